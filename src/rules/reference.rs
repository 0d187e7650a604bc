//! Every rule as data: what a Rules screen shows, read from the very tables and numbers
//! that the engine judges by, with where each comes from and how strong that is.

use crate::diary::vocabulary::{FreedomName, Profile, RedFlag, TestItem, Tier};
use crate::rules::guidance::Rule;
use crate::rules::progression::gaps;
use crate::rules::progression::gaps::GapStep;
use crate::rules::rows;
use crate::rules::rows::Row;
use crate::thresholds as n;
use crate::thresholds::ladder::{Ladder, ok_needed};

/// How strong the evidence behind a rule is (evidence.md). The combination of all these
/// rules was tested by nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Our own synthesis, or a cautious choice: no source states it in this form.
    Synthesis,
    /// What published programmes and clinicians do.
    Practice,
    /// A guideline, a consensus, or a scoping review.
    Consensus,
    /// A cohort study.
    Cohort,
    /// A randomised trial.
    Trial,
}

impl Strength {
    /// The key that the words know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Synthesis => "synthesis",
            Self::Practice => "practice",
            Self::Consensus => "consensus",
            Self::Cohort => "cohort",
            Self::Trial => "trial",
        }
    }
}

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
    /// Where it comes from: ids of [`SOURCES`].
    pub sources: &'static [&'static str],
    /// How strong that is.
    pub strength: Strength,
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
            _ => &self.id,
        };
        Some([self.table.key(), ".", id].concat())
    }

    /// The numbers that its words name, in order: `{{a}}`, `{{b}}`, ….
    pub fn said(&self) -> &[u32] {
        match self.table {
            Table::Verdict => &self.limits,
            // The columns stand in cells.
            Table::Severity if self.numbers.len() > 1 => &[],
            Table::Gaps if self.numbers.len() > 3 => &self.numbers[..1],
            _ => &self.numbers,
        }
    }
}

/// A source: who, when, and where to find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: &'static str,
    /// The authors, or who publishes it.
    pub author: &'static str,
    /// The year; 0 where the page names none.
    pub year: u16,
    /// A DOI, a `PubMed` number or an address.
    pub find: &'static str,
}

const fn source(id: &'static str, author: &'static str, year: u16, find: &'static str) -> Source {
    Source {
        id,
        author,
        year,
        find,
    }
}

/// The sources (evidence.md, sections 1 to 7 and 10).
pub const SOURCES: &[Source] = &[
    source("thomee", "Thomeé", 1997, "Phys Ther 77:1690"),
    source(
        "silbernagel",
        "Silbernagel et al.",
        2007,
        "Am J Sports Med 35:897",
    ),
    source("esculier", "Esculier et al. (protocol)", 2016, "PMC4702381"),
    source("george", "George, Sheerin, Reid", 2024, "Sports Med 54(9)"),
    source("adams", "Adams et al.", 2012, "PMC6044585, table 5"),
    source(
        "udel",
        "University of Delaware, in Ann Jt 3:40",
        2018,
        "PMC6693858, table 4",
    ),
    source(
        "frandsen",
        "Frandsen et al.",
        2025,
        "doi:10.1136/bjsports-2024-109380",
    ),
    source("acwr", "Impellizzeri et al.", 2020, "PMC7534938"),
    source(
        "goom",
        "Goom, Donnelly, Brockwell",
        2019,
        "researchgate.net/publication/335928424",
    ),
    source(
        "rambaud",
        "Rambaud et al.",
        2018,
        "bjsm.bmj.com/content/52/22/1437",
    ),
    source(
        "heel-rise",
        "Hébert-Losier et al.",
        2017,
        "Physiotherapy 103:446",
    ),
    source(
        "oxsport",
        "OxSport, Oxford University Hospitals NHS",
        0,
        "scribd.com/document/616015042",
    ),
    source(
        "herring",
        "Herring, Green (Advanced Orthopaedics)",
        0,
        "paperzz.com/doc/7833418",
    ),
    source(
        "running-clinic",
        "The Running Clinic",
        0,
        "therunningclinic.com",
    ),
    source(
        "osu",
        "Ohio State Wexner Medical Center",
        2012,
        "scribd.com/doc/288525516",
    ),
    source(
        "swansea",
        "Swansea Bay NHS physiotherapy",
        0,
        "swanseabay.nhs.wales, return to running",
    ),
    source(
        "chop",
        "Children's Hospital of Philadelphia",
        2023,
        "chopib.staywellsolutionsonline.com, 22,37235",
    ),
    source(
        "sportmedbc",
        "SportMedBC",
        0,
        "sportmedbc.com, rehabilitation rules for runners",
    ),
    source(
        "newcastle",
        "Newcastle Hospitals NHS",
        0,
        "newcastle-hospitals.nhs.uk, injury prevention advice for runners",
    ),
    source(
        "ggc",
        "NHS Greater Glasgow and Clyde",
        0,
        "rightdecisions.scot.nhs.uk/ggc-msk-index",
    ),
    source(
        "dvt",
        "Gloucestershire Hospitals NHS",
        0,
        "gloshospitals.nhs.uk, deep vein thrombosis",
    ),
    source(
        "septic",
        "Versus Arthritis",
        0,
        "versusarthritis.org, septic arthritis",
    ),
    source("nielsen", "Nielsen et al.", 2014, "PMC4059311"),
];

/// Percent of a share.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // small and positive
fn percent(share: f64) -> u32 {
    (share * 100.0 + 0.5) as u32
}

fn days(days: i64) -> u32 {
    u32::try_from(days).unwrap_or(0)
}

/// Where a rule of the verdict table comes from.
fn behind(rule: Rule) -> (&'static [&'static str], Strength) {
    match rule {
        // The trial is of tendons alone: for bone and joint the row rests on less, and no
        // row claims more than holds for each of its columns.
        Rule::D => (
            &["thomee", "silbernagel", "esculier", "george"],
            Strength::Practice,
        ),
        Rule::A | Rule::N | Rule::P => (&["silbernagel", "adams", "chop"], Strength::Practice),
        Rule::S | Rule::L => (&["adams", "osu"], Strength::Practice),
        Rule::X => (&["herring"], Strength::Practice),
        Rule::F1 => (&["ggc", "dvt", "septic"], Strength::Consensus),
        Rule::F2 => (&["newcastle", "ggc"], Strength::Consensus),
        _ => (&[], Strength::Synthesis),
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

type Behind = (&'static [&'static str], Strength);
const OURS: Behind = (&[], Strength::Synthesis);

fn add(
    out: &mut Vec<RuleRow>,
    table: Table,
    id: &str,
    rule: Option<Rule>,
    numbers: &[u32],
    behind: Behind,
) {
    out.push(RuleRow {
        table,
        id: id.to_owned(),
        rule,
        numbers: numbers.to_vec(),
        limits: Vec::new(),
        sources: behind.0,
        strength: behind.1,
    });
}

fn placement(out: &mut Vec<RuleRow>) {
    let bone: Behind = (&["george"], Strength::Consensus);
    for profile in Profile::ALL {
        let behind = if *profile == Profile::Bone {
            bone
        } else {
            OURS
        };
        // Whether running asks for a clearance; the usual that a higher one is read as.
        let asks = u32::from(*profile == Profile::Bone);
        let most = if asks == 1 {
            0
        } else {
            u32::from(n::MOST_USUAL)
        };
        add(
            out,
            Table::Placement,
            profile.key(),
            Some(Rule::Clearance),
            &[asks, most],
            behind,
        );
    }
    add(
        out,
        Table::Placement,
        "young",
        None,
        &[days(n::YOUNG_DAYS)],
        OURS,
    );
    let goom: Behind = (&["goom"], Strength::Consensus);
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
    let walk: Behind = (&["goom", "osu", "swansea"], Strength::Practice);
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
        let behind: Behind = match item {
            TestItem::CalfRaise => (&["heel-rise"], Strength::Cohort),
            _ => (&["goom", "rambaud"], Strength::Consensus),
        };
        add(
            out,
            Table::SelfTest,
            item.key(),
            Some(Rule::Gate),
            &[],
            behind,
        );
    }
}

fn ladder(out: &mut Vec<RuleRow>) {
    let published: Behind = (
        &["oxsport", "herring", "running-clinic", "osu"],
        Strength::Practice,
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
            (&["udel"], Strength::Practice),
        );
    }
    let ups = u32::try_from(n::LEVEL_UPS_PER_WEEK).unwrap_or(0);
    let udel: Behind = (&["udel"], Strength::Practice);
    add(
        out,
        Table::Caps,
        "level-ups",
        Some(Rule::LevelUps),
        &[ups, days(n::WEEK)],
        udel,
    );
    let longest = [percent(n::LONGEST_SHARE), days(n::LONGEST_DAYS)];
    let frandsen: Behind = (&["frandsen", "acwr"], Strength::Cohort);
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
    let practice: Behind = (&["udel", "oxsport", "osu"], Strength::Practice);
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
        (&[], Strength::Practice),
    );
    for name in FreedomName::ALL {
        add(
            out,
            Table::Freedoms,
            name.key(),
            None,
            &[days(n::FREEDOM_DAYS)],
            (&[], Strength::Practice),
        );
    }
}

/// The numbers that the condition of a row holds, beside those that its id names.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // small and positive
fn limits(row: Row) -> Vec<u32> {
    let median = |i: usize| {
        let mornings = u32::try_from(n::MEDIAN_MORNINGS).unwrap_or(0);
        vec![n::MEDIAN_RISES[i] as u32, days(n::WEEK), mornings]
    };
    match row {
        Row::DuringFleeting | Row::BonySiteAgain => vec![days(n::AGAIN_DAYS)],
        Row::Before => vec![u32::from(n::BASELINE_RISE), 0],
        Row::AfterAbove5 | Row::MorningBy3 => vec![u32::from(n::HIGH_PAIN)],
        Row::Stiffness => vec![n::STIFFER_MIN as u32],
        Row::CutShort => vec![percent(n::CUT_SHARE), percent(n::CUT_FOR_PAIN_SHARE)],
        Row::CutShortForPain => vec![percent(n::CUT_FOR_PAIN_SHARE)],
        Row::TooMuch => vec![percent(n::TOO_MUCH_SHARE)],
        Row::EffortOrFear => vec![u32::from(n::HARD), n::FEAR_IN_A_ROW],
        Row::MedianBy1 => median(0),
        Row::MedianBy2 | Row::MedianBy2TwoWeeks => median(1),
        Row::Again => vec![
            u32::from(n::SEVERE),
            u32::from(n::WAIT_FROM),
            days(n::MEMORY_DAYS),
        ],
        Row::EighthNotOk => vec![n::NOT_OK_ROW],
        _ => Vec::new(),
    }
}

fn verdicts(out: &mut Vec<RuleRow>) {
    for (row, rule, votes) in rows::TABLE {
        let votes = votes.map(u32::from);
        add(
            out,
            Table::Verdict,
            row.key(),
            Some(*rule),
            &votes,
            behind(*rule),
        );
        if let Some(told) = out.last_mut() {
            told.limits = limits(*row);
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
        let behind: Behind = (&["adams", "herring"], Strength::Practice);
        add(out, table, id, None, &numbers, behind);
    }
    add(out, table, "not-ok-row", None, &[n::NOT_OK_ROW], OURS);
    add(
        out,
        table,
        "review-row",
        Some(Rule::X2),
        &[n::ONES_FOR_REVIEW],
        OURS,
    );
    add(
        out,
        table,
        "memory",
        Some(Rule::X),
        &[days(n::MEMORY_DAYS)],
        behind(Rule::X),
    );
}

fn time_away(out: &mut Vec<RuleRow>) {
    let practice: Behind = (&["swansea", "running-clinic"], Strength::Practice);
    let told = |step| match step {
        GapStep::Down(down) => [down, 0],
        GapStep::WalkThenDown(down) => [down, 1],
        GapStep::WalkThenFirst => [TO_FIRST as usize, 1],
        GapStep::Gates => [TO_FIRST as usize, 2],
    };
    for (from, usual, reason) in gaps::TABLE {
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
        let behind = match rule {
            Rule::X2 => (&["sportmedbc"][..], Strength::Practice),
            rule => behind(rule),
        };
        add(
            out,
            Table::Flags,
            flag.key(),
            Some(rule),
            &[bone, other],
            behind,
        );
    }
}
