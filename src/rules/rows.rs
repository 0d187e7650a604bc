//! What one session's result means (progression, section 5): the table of rows, and
//! the votes that a session and its mornings cast. The highest vote wins.

use crate::diary::entry::{Morning, Plan, Session, SiteMark};
use crate::diary::vocabulary::{Movement, PainBehaviour, Profile, Side, StoppedFor, Swelling};
use crate::formats::sorted::sort_few;
use crate::rules::guidance::{Fact, Reason, Rule};
use crate::thresholds::ladder::{Ladder, Level};
use crate::thresholds::{
    BASELINE_RISE, CUT_FOR_PAIN_SHARE, CUT_SHARE, HARD, HIGH_PAIN, MEDIAN_MORNINGS, MOST_USUAL,
    STIFFER_MIN, TOO_MUCH_SHARE,
};
use chrono::NaiveDate;
use uuid::Uuid;

/// Rows of the table, each a condition that a report meets or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the words of each row stand in TABLE
pub enum Row {
    Emergency,
    Urgent,
    During1To2,
    During3,
    During4To5,
    During6To7,
    During8To10,
    DuringFleeting,
    PatternAt3,
    RisingLow,
    Sudden,
    Hurt,
    HurtFleeting,
    BonySite1To2,
    BonySite3,
    BonySiteAgain,
    Before,
    AfterBy1,
    AfterBy2,
    AfterBy3,
    AfterAbove5,
    MorningBy1,
    MorningBy1AfterZeros,
    MorningBy2,
    MorningBy3,
    MorningMissing,
    Stiffness,
    SwellingMore,
    SwellingTwice,
    SwellingClear,
    LimpRunning,
    LimpMorning,
    CutShort,
    CutShortForPain,
    TooMuch,
    EffortOrFear,
    Painkiller,
    MedianBy1,
    MedianBy2,
    MedianBy2TwoWeeks,
    Again,
    EighthNotOk,
}

impl Row {
    /// The id that the Rules screen names it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Urgent => "urgent",
            Self::During1To2 => "during-1-to-2",
            Self::During3 => "during-3",
            Self::During4To5 => "during-4-to-5",
            Self::During6To7 => "during-6-to-7",
            Self::During8To10 => "during-8-to-10",
            Self::DuringFleeting => "during-fleeting",
            Self::PatternAt3 => "pattern-at-3",
            Self::RisingLow => "rising-low",
            Self::Sudden => "sudden",
            Self::Hurt => "hurt",
            Self::HurtFleeting => "hurt-fleeting",
            Self::BonySite1To2 => "bony-site-1-to-2",
            Self::BonySite3 => "bony-site-3",
            Self::BonySiteAgain => "bony-site-again",
            Self::Before => "before",
            Self::AfterBy1 => "after-by-1",
            Self::AfterBy2 => "after-by-2",
            Self::AfterBy3 => "after-by-3",
            Self::AfterAbove5 => "after-above-5",
            Self::MorningBy1 => "morning-by-1",
            Self::MorningBy1AfterZeros => "morning-by-1-after-zeros",
            Self::MorningBy2 => "morning-by-2",
            Self::MorningBy3 => "morning-by-3",
            Self::MorningMissing => "morning-missing",
            Self::Stiffness => "stiffness",
            Self::SwellingMore => "swelling-more",
            Self::SwellingTwice => "swelling-twice",
            Self::SwellingClear => "swelling-clear",
            Self::LimpRunning => "limp-running",
            Self::LimpMorning => "limp-morning",
            Self::CutShort => "cut-short",
            Self::CutShortForPain => "cut-short-for-pain",
            Self::TooMuch => "too-much",
            Self::EffortOrFear => "effort-or-fear",
            Self::Painkiller => "painkiller",
            Self::MedianBy1 => "median-by-1",
            Self::MedianBy2 => "median-by-2",
            Self::MedianBy2TwoWeeks => "median-by-2-two-weeks",
            Self::Again => "again",
            Self::EighthNotOk => "eighth-not-ok",
        }
    }
}

/// The table: the rule a row belongs to, and what it votes for bone, for joint and
/// muscle, and for tendon. The one place where these numbers stand.
///
/// Row D follows the pain-monitoring model for tendons (Thomeé 1997, Silbernagel
/// 2007), the kneecap limit of 2 during a run (Esculier 2016) and zero pain for bone
/// (George 2024); the rest is a synthesis, see Sources.
pub const TABLE: &[(Row, Rule, [u8; 3])] = &[
    (Row::Emergency, Rule::F1, [5, 5, 5]),
    (Row::Urgent, Rule::F2, [4, 4, 4]),
    (Row::During1To2, Rule::D, [3, 0, 0]),
    (Row::During3, Rule::D, [4, 1, 0]),
    (Row::During4To5, Rule::D, [4, 2, 1]),
    (Row::During6To7, Rule::D, [4, 3, 3]),
    (Row::During8To10, Rule::D, [4, 4, 4]),
    (Row::DuringFleeting, Rule::D, [1, 0, 0]),
    (Row::PatternAt3, Rule::P, [3, 3, 3]),
    (Row::RisingLow, Rule::P, [0, 1, 1]),
    (Row::Sudden, Rule::P, [4, 3, 3]),
    (Row::Hurt, Rule::H, [3, 1, 1]),
    (Row::HurtFleeting, Rule::H, [1, 1, 1]),
    (Row::BonySite1To2, Rule::Z, [3, 3, 3]),
    (Row::BonySite3, Rule::Z, [4, 4, 4]),
    (Row::BonySiteAgain, Rule::Z, [4, 4, 4]),
    (Row::Before, Rule::B, [3, 1, 1]),
    (Row::AfterBy1, Rule::A, [3, 1, 0]),
    (Row::AfterBy2, Rule::A, [3, 2, 0]),
    (Row::AfterBy3, Rule::A, [3, 2, 1]),
    (Row::AfterAbove5, Rule::A, [3, 3, 3]),
    (Row::MorningBy1, Rule::N, [3, 1, 1]),
    (Row::MorningBy1AfterZeros, Rule::N, [1, 1, 1]),
    (Row::MorningBy2, Rule::N, [3, 2, 2]),
    (Row::MorningBy3, Rule::N, [3, 3, 3]),
    (Row::MorningMissing, Rule::N, [1, 1, 1]),
    (Row::Stiffness, Rule::M, [1, 1, 1]),
    (Row::SwellingMore, Rule::S, [1, 1, 1]),
    (Row::SwellingTwice, Rule::S, [3, 3, 3]),
    (Row::SwellingClear, Rule::S, [4, 4, 4]),
    (Row::LimpRunning, Rule::L, [3, 3, 3]),
    (Row::LimpMorning, Rule::L, [4, 4, 4]),
    (Row::CutShort, Rule::K, [1, 1, 1]),
    (Row::CutShortForPain, Rule::K, [2, 2, 2]),
    (Row::TooMuch, Rule::K, [2, 1, 1]),
    (Row::EffortOrFear, Rule::E, [1, 1, 1]),
    (Row::Painkiller, Rule::G, [2, 1, 1]),
    (Row::MedianBy1, Rule::T, [1, 1, 1]),
    (Row::MedianBy2, Rule::T, [2, 2, 2]),
    (Row::MedianBy2TwoWeeks, Rule::T, [4, 4, 4]),
    (Row::Again, Rule::X, [4, 4, 4]),
    (Row::EighthNotOk, Rule::K, [2, 2, 2]),
];

/// One vote.
#[derive(Debug, Clone, PartialEq)]
pub struct Vote {
    /// The rule of its row.
    pub rule: Rule,
    /// What triggered it.
    pub fact: Fact,
    /// What it votes, 0 to 5.
    pub severity: u8,
    /// The day it was found.
    pub day: NaiveDate,
    /// The entry it was read from.
    pub entry: Option<Uuid>,
}

impl Vote {
    /// The vote as a reason.
    pub(super) fn reason(&self) -> Reason {
        Reason {
            rule: self.rule,
            fact: self.fact.clone(),
            severity: Some(self.severity),
            entry: self.entry,
            day: self.day,
            changes: Vec::new(),
        }
    }

    /// The same vote, read from this entry.
    #[must_use]
    pub fn from_entry(mut self, id: Uuid) -> Self {
        self.entry = Some(id);
        self
    }
}

/// What a plan says about judging: its column, its usual, its limits.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Which columns apply.
    pub profile: Profile,
    /// The usual pain: 3 at most, bone 0 (section 1).
    pub usual: u8,
    /// The usual stiffness, minutes: bone 0.
    pub stiffness: f64,
    /// A limit on pain during, and whether a clinician set it.
    pub max_during: Option<(u8, bool)>,
}

impl Measure {
    /// The measure of a plan for the profile that holds.
    pub fn of(plan: &Plan, profile: Profile) -> Self {
        let bone = profile == Profile::Bone;
        let limits = plan.limits.as_ref();
        Self {
            profile,
            usual: if bone {
                0
            } else {
                plan.usual_pain.get().min(MOST_USUAL)
            },
            stiffness: if bone { 0.0 } else { plan.usual_stiffness_min },
            max_during: limits.and_then(|l| {
                l.max_pain_during
                    .map(|m| (m.get(), !l.by.trim().is_empty()))
            }),
        }
    }

    /// Whether the profile is bone.
    pub fn bone(&self) -> bool {
        self.profile == Profile::Bone
    }

    /// What a row votes for this profile.
    pub fn severity(&self, row: Row) -> u8 {
        let column = match self.profile {
            Profile::Bone => 0,
            Profile::Joint | Profile::Muscle => 1,
            Profile::Tendon => 2,
        };
        TABLE
            .iter()
            .find(|(r, _, _)| *r == row)
            .map_or(0, |(_, _, votes)| votes[column])
    }

    pub(super) fn vote(&self, row: Row, fact: Fact, day: NaiveDate) -> Vote {
        let rule = TABLE
            .iter()
            .find(|(r, _, _)| *r == row)
            .map_or(Rule::D, |(_, rule, _)| *rule);
        Vote {
            rule,
            fact,
            severity: self.severity(row),
            day,
            entry: None,
        }
    }

    /// Row D alone, as pain logged with strength, activities and the self-test votes.
    pub fn pain_during(&self, pain: u8, day: NaiveDate) -> Option<Vote> {
        let row = match pain {
            0 => return None,
            1..=2 => Row::During1To2,
            3 => Row::During3,
            4..=5 => Row::During4To5,
            6..=7 => Row::During6To7,
            _ => Row::During8To10,
        };
        let mut vote = self.vote(row, Fact::PainDuring { pain }, day);
        match self.max_during {
            Some((max, true)) if pain <= max => vote.severity = 0,
            Some((max, _)) if pain > max => vote.severity = vote.severity.max(2),
            _ => {}
        }
        Some(vote)
    }

    /// Whether a morning is at the usual (bone: 0), remembered, without limp or swelling.
    pub fn quiet(&self, m: &Morning) -> bool {
        m.remembered && m.pain.get() <= self.usual && !m.limp && m.swelling == Swelling::None
    }
}

/// What a session's votes need to know about what went before.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // each a fact of its own
pub struct Before {
    /// A pain at another bony site within 14 days before.
    pub bony: bool,
    /// A fleeting pain within 14 days before.
    pub fleeting: bool,
    /// The fear row voted in the two sessions before.
    pub fear_twice: bool,
    /// The session day before was swollen a little more than usual, or more.
    pub swollen: bool,
}

/// Whether a pain lies at another bony site than the plan's.
pub fn other_bony_site(mark: &SiteMark, plan: &Plan) -> bool {
    let opposite = matches!(
        (mark.side, plan.injury.side),
        (Side::Left, Side::Right) | (Side::Right, Side::Left)
    );
    mark.pain.get() > 0 && mark.site.is_bony() && (mark.site != plan.injury.site || opposite)
}

/// The rows that are read from the session itself, on its day.
pub fn session_votes(
    m: &Measure,
    plan: &Plan,
    ladder: &Ladder,
    s: &Session,
    before: Before,
    day: NaiveDate,
) -> Vec<Vote> {
    let mut votes = Vec::new();
    let pain = s.pain_during.get();
    let fleeting = s.pattern == PainBehaviour::Fleeting && !before.fleeting;
    if let Some(mut vote) = m.pain_during(pain, day) {
        let above = m.max_during.is_some_and(|(max, _)| pain > max);
        if fleeting && pain <= 2 && m.bone() && !above {
            vote.severity = vote.severity.min(m.severity(Row::DuringFleeting));
        }
        votes.push(vote);
    }
    let mut add = |row: Row, fact: Fact| votes.push(m.vote(row, fact, day));
    let pattern = Fact::PainPattern {
        pattern: s.pattern,
        pain,
    };
    // "At 3 or more" reads "above the clinician's limit" where one stands.
    let counts = match m.max_during {
        Some((max, true)) => pain > max,
        _ => pain >= 3,
    };
    match s.pattern {
        PainBehaviour::Sudden if pain > 0 => add(Row::Sudden, pattern),
        PainBehaviour::Returned | PainBehaviour::Rising if counts => add(Row::PatternAt3, pattern),
        PainBehaviour::Rising if pain > 0 => add(Row::RisingLow, pattern),
        _ => {}
    }
    if s.hurt {
        add(
            if fleeting {
                Row::HurtFleeting
            } else {
                Row::Hurt
            },
            Fact::Hurt,
        );
    }
    if let Some(mark) = s
        .sites
        .iter()
        .filter(|x| other_bony_site(x, plan))
        .max_by_key(|x| x.pain)
    {
        let row = match mark.pain.get() {
            _ if before.bony => Row::BonySiteAgain,
            1..=2 => Row::BonySite1To2,
            _ => Row::BonySite3,
        };
        let fact = Fact::BonySite {
            site: mark.site,
            pain: mark.pain.get(),
            again: before.bony,
        };
        add(row, fact);
    }
    let start = s.pain_before.get();
    if if m.bone() {
        start > 0
    } else {
        start >= m.usual + BASELINE_RISE
    } {
        add(
            Row::Before,
            Fact::PainBefore {
                pain: start,
                usual: m.usual,
            },
        );
    }
    match s.swelling {
        Swelling::Clear => add(
            Row::SwellingClear,
            Fact::Swelling {
                swelling: s.swelling,
                morning: false,
                again: false,
            },
        ),
        Swelling::More => {
            let row = if before.swollen {
                Row::SwellingTwice
            } else {
                Row::SwellingMore
            };
            let again = before.swollen;
            add(
                row,
                Fact::Swelling {
                    swelling: s.swelling,
                    morning: false,
                    again,
                },
            );
        }
        Swelling::None => {}
    }
    if s.limp {
        add(Row::LimpRunning, Fact::Limp { morning: false });
    }
    if let Some((row, fact)) = completion(ladder, s) {
        add(row, fact);
    }
    let effort = s.effort.map_or(0, crate::diary::entry::Score::get);
    let fear = s.fear.map_or(0, crate::diary::entry::Score::get);
    if effort >= HARD && !s.hard {
        add(Row::EffortOrFear, Fact::Effort { effort });
    } else if fear >= HARD && !before.fear_twice {
        add(Row::EffortOrFear, Fact::Fear { fear });
    }
    if s.painkiller {
        add(Row::Painkiller, Fact::Painkiller);
    }
    // Pain after: above 5, and bone, are read at once; others wait for the morning.
    let after = s.pain_after.get();
    let fact = Fact::PainAfter {
        pain: after,
        usual: m.usual,
        settled: None,
    };
    if after > HIGH_PAIN {
        add(Row::AfterAbove5, fact);
    } else if m.bone() && after > 0 {
        add(after_row(after), fact);
    }
    votes
}

fn after_row(by: u8) -> Row {
    match by {
        0 | 1 => Row::AfterBy1,
        2 => Row::AfterBy2,
        _ => Row::AfterBy3,
    }
}

/// Row A for the profiles that wait: pain after above the usual that did not settle
/// within the hour (`settled: None`: not answered, which counts as not settled).
pub fn after_vote(m: &Measure, s: &Session, settled: Option<bool>, day: NaiveDate) -> Option<Vote> {
    let after = s.pain_after.get();
    if m.bone() || after <= m.usual || settled == Some(true) {
        return None;
    }
    let fact = Fact::PainAfter {
        pain: after,
        usual: m.usual,
        settled,
    };
    Some(m.vote(after_row(after - m.usual), fact, day))
}

/// Row K: how much of the planned minutes was done.
fn completion(ladder: &Ladder, s: &Session) -> Option<(Row, Fact)> {
    let level = s.level.as_deref().and_then(|id| ladder.level(id));
    let (planned, done) = match level {
        Some(l) if l.run_s == 0 => (l.walk_min(), s.walk_min),
        Some(l) => (l.run_min(), s.run_min),
        None => (s.planned_run_min?, s.run_min),
    };
    if planned <= 0.0 {
        return None;
    }
    let share = done / planned;
    let pain = s.stopped_for == Some(StoppedFor::Pain);
    let row = if share < CUT_FOR_PAIN_SHARE - TINY && pain {
        Row::CutShortForPain
    } else if share < CUT_SHARE - TINY {
        Row::CutShort
    } else if share > TOO_MUCH_SHARE + TINY {
        Row::TooMuch
    } else {
        return None;
    };
    Some((
        row,
        Fact::Done {
            percent: percent(share),
            pain,
        },
    ))
}

/// Minutes are decimal: 110 % of 10 must take 11.
pub(crate) const TINY: f64 = 1e-9;

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // bounded
fn percent(share: f64) -> u32 {
    (share.clamp(0.0, 100.0) * 100.0).round() as u32
}

/// The rows that are read from the morning after, on that morning's day.
pub fn morning_votes(
    m: &Measure,
    morning: &Morning,
    zeros: bool,
    swollen_before: bool,
    day: NaiveDate,
) -> Vec<Vote> {
    let mut votes = Vec::new();
    let mut add = |row: Row, fact: Fact| votes.push(m.vote(row, fact, day));
    let pain = morning.pain.get();
    let fact = Fact::MorningPain {
        pain,
        usual: m.usual,
        second: false,
    };
    if !morning.remembered {
        add(Row::MorningMissing, Fact::MorningMissing);
    } else if pain > HIGH_PAIN || pain >= m.usual + 3 {
        add(Row::MorningBy3, fact);
    } else if pain == m.usual + 2 {
        add(Row::MorningBy2, fact);
    } else if pain == m.usual + 1 {
        add(
            if zeros {
                Row::MorningBy1AfterZeros
            } else {
                Row::MorningBy1
            },
            fact,
        );
    }
    if morning.remembered && morning.stiffness_min >= m.stiffness + STIFFER_MIN {
        add(
            Row::Stiffness,
            Fact::Stiffness {
                minutes: morning.stiffness_min,
                usual: m.stiffness,
            },
        );
    }
    match morning.swelling {
        Swelling::Clear => add(
            Row::SwellingClear,
            Fact::Swelling {
                swelling: morning.swelling,
                morning: true,
                again: false,
            },
        ),
        Swelling::More => {
            let row = if swollen_before {
                Row::SwellingTwice
            } else {
                Row::SwellingMore
            };
            add(
                row,
                Fact::Swelling {
                    swelling: morning.swelling,
                    morning: true,
                    again: swollen_before,
                },
            );
        }
        Swelling::None => {}
    }
    if morning.limp {
        add(Row::LimpMorning, Fact::Limp { morning: true });
    }
    votes
}

/// The rows that the second morning is read for, when no session lies between.
pub fn second_morning_votes(m: &Measure, morning: &Morning, day: NaiveDate) -> Vec<Vote> {
    let mut votes = Vec::new();
    let pain = morning.pain.get();
    let high = pain > HIGH_PAIN || pain >= m.usual + 3 || (m.bone() && pain > 0);
    if morning.remembered && high {
        let fact = Fact::MorningPain {
            pain,
            usual: m.usual,
            second: true,
        };
        votes.push(m.vote(Row::MorningBy3, fact, day));
    }
    if morning.swelling == Swelling::Clear {
        let fact = Fact::Swelling {
            swelling: morning.swelling,
            morning: true,
            again: false,
        };
        votes.push(m.vote(Row::SwellingClear, fact, day));
    }
    if morning.limp {
        votes.push(m.vote(Row::LimpMorning, Fact::Limp { morning: true }, day));
    }
    votes
}

/// Whether a session's minutes and kind are those of a level, so that it may count:
/// the matching activity and no more than 110 % of its running minutes.
pub fn matches_level(s: &Session, level: &Level) -> bool {
    let walks = level.movement() == Movement::Walk;
    let kind = s.activity == level.movement() && (!walks || s.run_min <= 0.0);
    kind && s.run_min <= level.run_min() * TOO_MUCH_SHARE + TINY
}

/// The median of some pains, 0 to 10; `None` below three of them.
pub fn median(pains: &mut [u8]) -> Option<f64> {
    if pains.len() < MEDIAN_MORNINGS {
        return None;
    }
    sort_few(pains, |a, b| a > b);
    let mid = pains.len() / 2;
    let high = f64::from(*pains.get(mid)?);
    if pains.len() % 2 == 1 {
        return Some(high);
    }
    Some(f64::midpoint(high, f64::from(*pains.get(mid - 1)?)))
}
