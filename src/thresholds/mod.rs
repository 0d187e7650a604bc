//! The single numbers of the rules (docs/rules.md), each in one place: the engine reads
//! them here, and the Rules screen shows them from here. The tables stand beside what they
//! judge: the verdict rows in `rules::rows`, the levels in [`ladder`], time away in
//! `rules::progression::gap_clock`.

pub mod ladder;

/// Days that a count over "any 7 days" looks at.
pub const WEEK: i64 = 7;
/// Quiet mornings in a row that end `rest` (section 2).
pub const QUIET_MORNINGS: u32 = 3;
/// Pain that is still quiet there, where the usual is lower; bone 0 (section 2).
pub const QUIET_PAIN: u8 = 2;
/// Mornings at 0 that bone needs before running (`GATE`, section 2).
pub const ZERO_MORNINGS: u32 = 7;
/// Heel raises of the injured side, percent of the other's, that pass the self-test
/// (section 2).
pub const RAISES_PERCENT: u8 = 90;
/// Days after a failed self-test before the next (section 2).
pub const RETEST_DAYS: i64 = 7;
/// Days between the first OK session at the last level and `running` (section 2).
pub const HOME_DAYS: i64 = 14;
/// OK sessions needed at a walking level (section 3).
pub const OK_WALK: u32 = 2;
/// OK sessions needed at W5 (section 3).
pub const OK_LAST_WALK: u32 = 3;
/// OK sessions needed at a run-walk level; bone one more (section 3).
pub const OK_RUN_WALK: u32 = 2;
/// OK sessions needed at a continuous level; bone one more (section 3).
pub const OK_RUN: u32 = 1;
/// OK sessions needed at the last level (section 3).
pub const OK_LAST: u32 = 6;
/// Level-ups in any 7 days (`LEVELUPS`; University of Delaware).
pub const LEVEL_UPS_PER_WEEK: usize = 2;
/// Share of a level's running minutes up to which a session counts (sections 3 and 5, row K).
pub const TOO_MUCH_SHARE: f64 = 1.1;
/// Share of the planned minutes below which a session was cut short (row K).
pub const CUT_SHARE: f64 = 0.95;
/// Runs in any 7 days that no limit goes beyond (section 10, property 2).
pub const MOST_PER_WEEK: u8 = 4;
/// Runs in any 7 days that a plan by the runner alone asks for at least (section 4).
pub const LEAST_PER_WEEK: u8 = 2;
/// OK sessions that bone needs at least, whatever a clinician's plan says (section 3).
pub const LEAST_OK_BONE: u32 = 2;
/// Share of the minutes of the level reached that the level left asks for at least, when a
/// verdict steps down (section 3).
pub const LIGHTER_SHARE: f64 = 1.1;
/// Full days between runs (`SPACING`, section 4).
pub const REST_DAYS: u8 = 1;
/// Days from one bone walk to the next (section 4).
pub const BONE_WALK_DAYS: i64 = 2;
/// The day after a session of severity 2 or more on which the next may be: two full rest
/// days between (section 5).
pub const AFTER_SEVERE_DAYS: i64 = 3;
/// Pain above the usual that makes a day a rest day (`BASELINE`); bone: any.
pub const BASELINE_RISE: u8 = 2;
/// The day after an illness's last on which a session may be: 48 hours well (`ILLNESS`).
pub const WELL_DAYS: i64 = 3;
/// The usual pain that a runner may set alone: joint and muscle (section 5).
pub const OWN_BASELINE_JOINT: u8 = 2;
/// The usual pain that a runner may set alone: tendon (section 5).
pub const OWN_BASELINE_TENDON: u8 = 3;
/// The usual pain that a clinician may agree to; bone 0 (section 5).
pub const MOST_BASELINE: u8 = 5;
/// Minutes of usual stiffness that a longer one is read as; bone 0 (section 5).
pub const MOST_STIFFNESS_MIN: f64 = 60.0;
/// Minutes of stiffness above the usual that count (row M).
pub const STIFFER_MIN: f64 = 15.0;
/// Pain after, or in the morning, above which it counts whatever the usual (rows A and N).
pub const HIGH_PAIN: u8 = 5;
/// Pain from which one that came back, or rises, counts (row P).
pub const PATTERN_PAIN: u8 = 3;
/// Pain from which a sudden one counts most (row P).
pub const SUDDEN_PAIN: u8 = 4;
/// Effort and fear that count (row E).
pub const HARD: u8 = 7;
/// Days within which a second pain at another bony site, or a second fleeting one, counts.
pub const AGAIN_DAYS: i64 = 14;
/// Days within which results of 2 or more count together (row X).
pub const MEMORY_DAYS: i64 = 14;
/// The result of 2 or more within those days that counts 4, whatever the others were (row X).
pub const THIRD_RESULT: usize = 3;
/// Results of severity 1 in a row at one level that suggest a review (`X2`) or ask what is
/// in the way (`REMIND`).
pub const ONES_FOR_REVIEW: usize = 4;
/// Mornings in a row that alone kept the day from a session, after which the app asks
/// whether the usual is right (`X2`, section 5).
pub const MORNINGS_IN_THE_WAY: u32 = 7;
/// Answered mornings in a row above the usual after a session that suggest a review (`X2`,
/// section 7).
pub const MORNINGS_ABOVE: u32 = 5;
/// Days after a sudden injury by which somebody should have looked at it (`X2`, section 7).
pub const UNSEEN_DAYS: i64 = 14;
/// Painful strength sessions within [`AGAIN_DAYS`] that suggest a review (`X2`, section 9).
pub const PAINFUL_STRENGTH: usize = 3;
/// Remembered mornings that a median needs (row T).
pub const MEDIAN_MORNINGS: usize = 3;
/// How far above the usual a median counts (row T).
pub const MEDIAN_RISE: f64 = 2.0;
/// Days in which a pause must be the only finding of 4 or more to end by itself (`SELF`,
/// section 5).
pub const SELF_RELEASE_DAYS: i64 = 90;
/// Quiet mornings in a row that it takes (`SELF`).
pub const SELF_MORNINGS: u8 = 7;
/// Days without a run or a walk on the plan after which a bone clearance lapses (section 1).
pub const LAPSE_DAYS: i64 = 30;
/// Days that an injury is young for (`PLACE`, section 1).
pub const YOUNG_DAYS: i64 = 42;
/// Days after a sudden injury that are rested (`PLACE`, section 1).
pub const FRESH_DAYS: i64 = 3;
/// Minutes of painless running that let a young, gradual injury test first (`PLACE`).
pub const YOUNG_RUN_MIN: f64 = 20.0;
/// Days after a birth without any run level (section 1).
pub const BIRTH_DAYS: i64 = 84;
/// Days after a birth in which walking levels ask for a clearance (section 1).
pub const BIRTH_WALK_DAYS: i64 = 42;
/// Months after a birth in which running asks for a clearance (section 1).
pub const BIRTH_MONTHS: u32 = 12;
/// Days after a surgery in which walking levels ask for a clearance (section 1).
pub const SURGERY_WALK_DAYS: i64 = 84;
/// Most running in one session against the longest of 30 days (`LONGEST`; Frandsen 2025).
pub const LONGEST_SHARE: f64 = 1.1;
/// The same from day 9 of a gap on, when back to running (section 6).
pub const LONGEST_SHARE_AFTER_GAP: f64 = 0.7;
/// The day of a gap from which that share holds (section 6).
pub const GAP_SHARE_DAYS: i64 = 9;
/// Days that the longest session is looked for in (`LONGEST`).
pub const LONGEST_DAYS: i64 = 30;
/// Days of a gap from which pain or fever as its reason lowers the level (section 6).
pub const GAP_REASON_DAYS: i64 = 4;
/// Days of a gap from which the level is one lower (section 6).
pub const GAP_DOWN_DAYS: i64 = 9;
/// Days of a gap from which the level is two lower (section 6).
pub const GAP_TWO_DOWN_DAYS: i64 = 14;
/// Days of a gap from which an OK walk comes first (section 6).
pub const GAP_WALK_DAYS: i64 = 21;
/// Days of a gap from which the gates are asked for again (section 6).
pub const GATES_DAYS: i64 = 30;
/// From `running`: the level is the last one from this day of a gap on (section 6).
pub const RUNNING_GAP_DAYS: i64 = 21;
/// In walking, days since the last walk on the plan: down 2 (section 6).
pub const WALKING_DOWN_DAYS: i64 = 14;
/// How far down that is.
pub const WALKING_DOWN: usize = 2;
/// In walking, days since the last walk on the plan: W1 (section 6).
pub const WALKING_START_DAYS: i64 = 30;
/// Days that each freedom is held before the next is offered (section 8).
pub const FREEDOM_DAYS: i64 = 7;
/// Levels down, by severity 0 to 5 (section 5).
pub const DOWN: [usize; 6] = [0, 0, 1, 1, 2, 2];
/// The severity that starts counts again and asks for rest days (section 5).
pub const SEVERE: u8 = 2;
/// The severity from which a run waits for a morning at the usual (section 5).
pub const WAIT_FROM: u8 = 3;
/// The severity from which running is paused (section 5).
pub const PAUSE_FROM: u8 = 4;
/// Minutes are decimal: 110 % of 10 must take 11.
pub const TINY: f64 = 1e-9;
