//! The single numbers of the rules (progression.md), each in one place: the engine reads
//! them here, and [`crate::rules::reference`] shows them from here. The tables stand beside what
//! they judge: [`crate::rules::rows::TABLE`], [`crate::thresholds::ladder`], [`crate::rules::progression::gaps`].

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
/// The same when it was for pain and steps down (row K).
pub const CUT_FOR_PAIN_SHARE: f64 = 0.8;
/// Runs in any 7 days that no limit goes beyond (section 10, property 2).
pub const MOST_PER_WEEK: u8 = 4;
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
/// The usual pain that a higher one is read as; bone 0 (section 1).
pub const MOST_USUAL: u8 = 3;
/// Minutes of stiffness above the usual that count (row M).
pub const STIFFER_MIN: f64 = 15.0;
/// Pain after, or in the morning, above which it counts whatever the usual (rows A and N).
pub const HIGH_PAIN: u8 = 5;
/// Effort and fear that count (row E).
pub const HARD: u8 = 7;
/// Sessions in a row that fear may vote in (row E).
pub const FEAR_IN_A_ROW: u32 = 2;
/// Days within which a second pain at another bony site, or a second fleeting one, counts.
pub const AGAIN_DAYS: i64 = 14;
/// Days within which a second result of 2 or more counts 4 (row X).
pub const MEMORY_DAYS: i64 = 14;
/// Sessions in a row that were not OK of which the last counts 2 (section 5).
pub const NOT_OK_ROW: u32 = 8;
/// Results of severity 1 in a row that suggest a review (`X2`).
pub const ONES_FOR_REVIEW: u32 = 4;
/// Remembered mornings that a median needs (row T).
pub const MEDIAN_MORNINGS: usize = 3;
/// How far above the usual a median counts, and counts more (row T).
pub const MEDIAN_RISES: [f64; 2] = [1.0, 2.0];
/// Days in which a pause may end by itself once (`SELF`, section 5).
pub const SELF_RELEASE_DAYS: i64 = 90;
/// Quiet mornings in a row that it takes (`SELF`).
pub const SELF_MORNINGS: u8 = 7;
/// Days without a run or a walk on the plan after which a bone clearance lapses (section 1).
pub const LAPSE_DAYS: i64 = 30;
/// Days that an injury is young for (`PLACE`, section 1).
pub const YOUNG_DAYS: i64 = 42;
/// Days after a birth without any run level (section 1).
pub const BIRTH_DAYS: i64 = 84;
/// Most running in one session against the longest of 30 days (`LONGEST`; Frandsen 2025).
pub const LONGEST_SHARE: f64 = 1.1;
/// The same from day 9 of a gap on, when back to running (section 6).
pub const LONGEST_SHARE_AFTER_GAP: f64 = 0.7;
/// The day of a gap from which that share holds (section 6).
pub const GAP_SHARE_DAYS: i64 = 9;
/// Days that the longest session is looked for in (`LONGEST`).
pub const LONGEST_DAYS: i64 = 30;
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
