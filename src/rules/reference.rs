//! Every rule as data: what a Rules screen shows, read from the very tables and numbers
//! that the engine judges by, with where each comes from and how strong that is.

use crate::diary::vocabulary::{FreedomName, Profile, RedFlag, TestItem, Tier};
use crate::rules::evidence::{Evidence, EvidenceGrade};
use crate::rules::guidance::Rule;
use crate::rules::measure::own_baseline;
use crate::rules::progression::gap_clock;
use crate::rules::progression::gap_clock::GapStep;
use crate::rules::rows::{ROWS, days, percent_of as percent};
use crate::thresholds as n;
use crate::thresholds::ladder::{Ladder, ok_needed};

/// A table of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// What one report votes: columns bone, joint and muscle, tendon.
    Verdict,
    /// What a severity brings: levels down, rest days, wait for the usual, pause.
    Severity,
    /// Levels: seconds of running, of walking, times.
    Ladder,
    /// OK sessions needed: bone, others.
    OkNeeded,
    /// Gates between the stages.
    Gates,
    /// When the next session may be.
    Spacing,
    /// Time away: from this day on; levels down normally, and when pain or fever was the
    /// reason; whether a walk comes first (1), or the gates (2); [`TO_FIRST`].
    Gaps,
    /// Caps on what is prescribed.
    Caps,
    /// Profiles and placement.
    Placement,
    /// The questions before Start.
    Precheck,
    /// Warning signs: tier for bone and for others, 3 emergency, 2 urgent, 1 review.
    Flags,
    /// Items of the self-test.
    SelfTest,
    /// Freedoms, in their order: days each is held.
    Freedoms,
}

impl Table {
    /// Every table, in the order in which a runner meets them.
    pub const ALL: [Self; 13] = [
        Self::Placement,
        Self::Gates,
        Self::SelfTest,
        Self::Ladder,
        Self::OkNeeded,
        Self::Caps,
        Self::Spacing,
        Self::Precheck,
        Self::Verdict,
        Self::Severity,
        Self::Gaps,
        Self::Flags,
        Self::Freedoms,
    ];

    /// The key that the words know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Severity => "severity",
            Self::Ladder => "ladder",
            Self::OkNeeded => "ok-needed",
            Self::Gates => "gates",
            Self::Spacing => "spacing",
            Self::Gaps => "gaps",
            Self::Caps => "caps",
            Self::Placement => "placement",
            Self::Precheck => "precheck",
            Self::Flags => "flags",
            Self::SelfTest => "self-test",
            Self::Freedoms => "freedoms",
        }
    }
}

/// In [`Table::Gaps`]: down to the first level, whatever the level was.
pub const TO_FIRST: u32 = 255;

/// One row: what it says in numbers, and where that comes from. Shares stand in percent.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleRow {
    /// The table it stands in.
    pub table: Table,
    /// Its id within the table.
    pub id: String,
    /// The rule that reasons name it by.
    pub rule: Option<Rule>,
    /// Its numbers, in the order that the table says.
    pub numbers: Vec<u32>,
    /// The numbers that its condition holds, for rows of [`Table::Verdict`].
    pub limits: Vec<u32>,
    /// Where it comes from, and how strong that is.
    pub evidence: Evidence,
}

impl RuleRow {
    /// Which words say it: `<table>.<id>`, or `<table>.row` where the rows of a table are
    /// alike. `None`: it is named by words that stand elsewhere.
    pub fn words(&self) -> Option<String> {
        let id = match self.table {
            Table::Ladder | Table::OkNeeded | Table::Flags | Table::SelfTest | Table::Freedoms => {
                return None;
            }
            Table::Gaps if self.numbers.len() > 3 => "row",
            Table::Verdict
            | Table::Severity
            | Table::Gates
            | Table::Spacing
            | Table::Gaps
            | Table::Caps
            | Table::Placement
            | Table::Precheck => &self.id,
        };
        Some([self.table.key(), ".", id].concat())
    }

    /// The numbers that its words name, in order: `{{a}}`, `{{b}}`, ….
    pub fn numbers(&self) -> &[u32] {
        match self.table {
            Table::Verdict => &self.limits,
            // The columns stand in cells.
            Table::Severity if self.numbers.len() > 1 => &[],
            Table::Gaps if self.numbers.len() > 3 => &self.numbers[..1],
            Table::Severity
            | Table::Ladder
            | Table::OkNeeded
            | Table::Gates
            | Table::Spacing
            | Table::Gaps
            | Table::Caps
            | Table::Placement
            | Table::Precheck
            | Table::Flags
            | Table::SelfTest
            | Table::Freedoms => &self.numbers,
        }
    }
}

/// Every row of every table, in the order of the page.
pub fn rows() -> Vec<RuleRow> {
    let mut out = Vec::new();
    placement(&mut out);
    gates(&mut out);
    ladder(&mut out);
    spacing(&mut out);
    verdicts(&mut out);
    time_away(&mut out);
    signs(&mut out);
    out
}

const OURS: Evidence = Evidence::OURS;

fn add(
    out: &mut Vec<RuleRow>,
    table: Table,
    id: &str,
    rule: Option<Rule>,
    numbers: &[u32],
    evidence: Evidence,
) {
    out.push(RuleRow {
        table,
        id: id.to_owned(),
        rule,
        numbers: numbers.to_vec(),
        limits: Vec::new(),
        evidence,
    });
}

fn placement(out: &mut Vec<RuleRow>) {
    let bone = Evidence::new(&["george"], EvidenceGrade::Consensus);
    for profile in Profile::ALL {
        let evidence = if *profile == Profile::Bone {
            bone
        } else {
            OURS
        };
        // Whether running asks for a clearance; the usual that a runner may set alone.
        let asks = u32::from(*profile == Profile::Bone);
        let most = u32::from(own_baseline(*profile));
        add(
            out,
            Table::Placement,
            profile.key(),
            Some(Rule::Clearance),
            &[asks, most],
            evidence,
        );
    }
    let agreed = [u32::from(n::MOST_BASELINE)];
    add(
        out,
        Table::Placement,
        "agreed",
        Some(Rule::Usual),
        &agreed,
        OURS,
    );
    add(
        out,
        Table::Placement,
        "young",
        None,
        &[days(n::YOUNG_DAYS)],
        OURS,
    );
    let goom = Evidence::new(&["goom"], EvidenceGrade::Consensus);
    let birth = [days(n::BIRTH_DAYS)];
    add(out, Table::Placement, "birth", None, &birth, goom);
    add(
        out,
        Table::Placement,
        "lapse",
        Some(Rule::Clearance),
        &[days(n::LAPSE_DAYS)],
        OURS,
    );
    let rise = u32::from(n::BASELINE_RISE);
    add(out, Table::Precheck, "pain", None, &[1, rise], OURS);
    add(out, Table::Precheck, "limp", None, &[], OURS);
    add(out, Table::Precheck, "well", None, &[], OURS);
}

fn gates(out: &mut Vec<RuleRow>) {
    let walk = Evidence::new(&["goom", "osu", "swansea"], EvidenceGrade::Practice);
    let table = Table::Gates;
    // Mornings in a row; pain at most for bone, for others.
    let rest = [n::QUIET_MORNINGS, 0, u32::from(n::QUIET_PAIN)];
    add(out, table, "rest", Some(Rule::Gate), &rest, OURS);
    add(
        out,
        table,
        "walking",
        Some(Rule::Gate),
        &[n::OK_LAST_WALK, n::ZERO_MORNINGS],
        walk,
    );
    add(
        out,
        table,
        "self-test",
        Some(Rule::Gate),
        &[days(n::RETEST_DAYS)],
        walk,
    );
    add(
        out,
        table,
        "running",
        Some(Rule::Gate),
        &[n::OK_LAST, days(n::HOME_DAYS)],
        OURS,
    );
    let own = [u32::from(n::SELF_MORNINGS), days(n::SELF_RELEASE_DAYS)];
    add(out, table, "itself", Some(Rule::Self_), &own, OURS);
    for item in TestItem::READINESS {
        let evidence = if *item == TestItem::CalfRaise {
            Evidence::new(&["heel-rise"], EvidenceGrade::Cohort)
        } else {
            Evidence::new(&["goom", "rambaud"], EvidenceGrade::Consensus)
        };
        add(
            out,
            Table::SelfTest,
            item.key(),
            Some(Rule::Gate),
            &[],
            evidence,
        );
    }
}

fn ladder(out: &mut Vec<RuleRow>) {
    let published = Evidence::new(
        &["oxsport", "herring", "running-clinic", "osu"],
        EvidenceGrade::Practice,
    );
    let line = Ladder::builtin();
    for (i, level) in line.levels().iter().enumerate() {
        let numbers = [level.run_s, level.walk_s, level.reps];
        add(out, Table::Ladder, &level.id, None, &numbers, published);
        let need = |profile| ok_needed(&line, i, profile);
        let numbers = [need(Profile::Bone), need(Profile::Joint)];
        add(
            out,
            Table::OkNeeded,
            &level.id,
            None,
            &numbers,
            Evidence::new(&["udel"], EvidenceGrade::Practice),
        );
    }
    let ups = u32::try_from(n::LEVEL_UPS_PER_WEEK).unwrap_or(0);
    let udel = Evidence::new(&["udel"], EvidenceGrade::Practice);
    add(
        out,
        Table::Caps,
        "level-ups",
        Some(Rule::LevelUps),
        &[ups, days(n::WEEK)],
        udel,
    );
    let longest = [percent(n::LONGEST_SHARE), days(n::LONGEST_DAYS)];
    let frandsen = Evidence::new(&["frandsen", "acwr"], EvidenceGrade::Cohort);
    add(
        out,
        Table::Caps,
        "longest",
        Some(Rule::Longest),
        &longest,
        frandsen,
    );
    let after_gap = [percent(n::LONGEST_SHARE_AFTER_GAP), days(n::GAP_SHARE_DAYS)];
    add(
        out,
        Table::Caps,
        "after-gap",
        Some(Rule::Longest),
        &after_gap,
        OURS,
    );
}

fn spacing(out: &mut Vec<RuleRow>) {
    let table = Table::Spacing;
    let practice = Evidence::new(&["udel", "oxsport", "osu"], EvidenceGrade::Practice);
    let rest = [u32::from(n::REST_DAYS)];
    add(out, table, "runs", Some(Rule::Spacing), &rest, practice);
    add(
        out,
        table,
        "bone-walks",
        Some(Rule::Spacing),
        &[days(n::BONE_WALK_DAYS)],
        OURS,
    );
    let cap = [u32::from(n::MOST_PER_WEEK), days(n::WEEK)];
    add(out, table, "cap", Some(Rule::Cap), &cap, practice);
    let rise = [1, u32::from(n::BASELINE_RISE)];
    add(out, table, "baseline", Some(Rule::Baseline), &rise, OURS);
    add(
        out,
        table,
        "illness",
        Some(Rule::Illness),
        &[days(n::WELL_DAYS)],
        Evidence::new(&[], EvidenceGrade::Practice),
    );
    for name in FreedomName::ALL {
        add(
            out,
            Table::Freedoms,
            name.key(),
            None,
            &[days(n::FREEDOM_DAYS)],
            Evidence::new(&[], EvidenceGrade::Practice),
        );
    }
}

fn verdicts(out: &mut Vec<RuleRow>) {
    for row in ROWS {
        let votes = [row.votes.bone, row.votes.joint, row.votes.tendon].map(u32::from);
        add(
            out,
            Table::Verdict,
            row.id,
            Some(row.rule),
            &votes,
            row.evidence,
        );
        if let Some(told) = out.last_mut() {
            told.limits = row.limits.to_vec();
        }
    }
    let table = Table::Severity;
    let rest = days(n::AFTER_SEVERE_DAYS) - 1;
    // Levels down, rest days, wait for the usual, pause.
    for ((severity, id), down) in (0..).zip(["0", "1", "2", "3", "4", "5"]).zip(n::DOWN) {
        let from = |least: u8, number: u32| if severity >= least { number } else { 0 };
        let numbers = [
            u32::try_from(down).unwrap_or(0),
            from(n::SEVERE, rest),
            from(n::WAIT_FROM, 1),
            from(n::PAUSE_FROM, 1),
        ];
        let evidence = Evidence::practice(&["adams", "herring"]);
        add(out, table, id, None, &numbers, evidence);
    }
    let ones = [u32::try_from(n::ONES_FOR_REVIEW).unwrap_or(0)];
    add(out, table, "review-row", Some(Rule::X2), &ones, OURS);
    add(out, table, "remind-row", Some(Rule::Remind), &ones, OURS);
    add(
        out,
        table,
        "memory",
        Some(Rule::X),
        &[days(n::MEMORY_DAYS)],
        Evidence::AGAIN,
    );
}

fn time_away(out: &mut Vec<RuleRow>) {
    let practice = Evidence::new(&["swansea", "running-clinic"], EvidenceGrade::Practice);
    let told = |step| match step {
        GapStep::Down(down) => [down, 0],
        GapStep::WalkThenDown(down) => [down, 1],
        GapStep::WalkThenFirst => [TO_FIRST as usize, 1],
        GapStep::Gates => [TO_FIRST as usize, 2],
    };
    for (from, usual, reason) in gap_clock::TABLE {
        let ([down, first], [worse, worse_first]) = (told(*usual), told(*reason));
        let small = |v: usize| u32::try_from(v).unwrap_or(0);
        let numbers = [
            days(*from),
            small(down),
            small(first),
            small(worse),
            small(worse_first),
        ];
        let id = match from {
            0 => "days-0",
            4 => "days-4",
            9 => "days-9",
            14 => "days-14",
            21 => "days-21",
            _ => "days-30",
        };
        add(out, Table::Gaps, id, Some(Rule::Gap), &numbers, practice);
    }
    let down = u32::try_from(n::WALKING_DOWN).unwrap_or(0);
    let walks = [
        days(n::WALKING_DOWN_DAYS),
        down,
        days(n::WALKING_START_DAYS),
    ];
    add(
        out,
        Table::Gaps,
        "walking",
        Some(Rule::Gap),
        &walks,
        practice,
    );
    add(
        out,
        Table::Gaps,
        "running",
        Some(Rule::Gap),
        &[days(n::RUNNING_GAP_DAYS)],
        practice,
    );
}

fn signs(out: &mut Vec<RuleRow>) {
    for flag in RedFlag::ALL {
        let tier = |profile| match flag.tier(profile) {
            Tier::Emergency => 3,
            Tier::Urgent => 2,
            Tier::Review => 1,
        };
        let (bone, other) = (tier(Profile::Bone), tier(Profile::Joint));
        let rule = match other {
            3 => Rule::F1,
            2 => Rule::F2,
            _ => Rule::X2,
        };
        let evidence = match other {
            3 => Evidence::EMERGENCY,
            2 => Evidence::URGENT,
            _ => Evidence::practice(&["sportmedbc"]),
        };
        add(
            out,
            Table::Flags,
            flag.key(),
            Some(rule),
            &[bone, other],
            evidence,
        );
    }
}
