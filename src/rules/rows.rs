//! What one session's result means (docs/rules.md, section 5): the table of rows, each one
//! value with its condition and its votes. The highest vote wins.

use crate::diary::entry::{Morning, Plan, Session, SiteMark};
use crate::diary::vocabulary::{PainBehaviour, Profile, Side, Swelling};
use crate::rules::evidence::Evidence;
use crate::rules::guidance::{DoneOf, Fact, Reason, Rule};
use crate::rules::measure::{Measure, PainLimit};
use crate::thresholds as n;
use chrono::NaiveDate;
use uuid::Uuid;

/// What kind of row it is (section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What the body did: it moves the runner.
    Sign,
    /// A warning sign: it pauses from wherever it is logged, and row X leaves it aside.
    WarningSign,
    /// What was done or left out: it never votes more than 1.
    Conduct,
    /// What earlier results make of this one (row X).
    Memory,
}

/// When a row is read, and whether it holds then.
#[derive(Clone, Copy)]
pub enum When {
    /// With a warning sign, by how it stands.
    Sign(SignTier),
    /// With the session, on its day.
    Session(fn(&SessionReport<'_>) -> Option<Fact>),
    /// Pain after: bone with the session, others once the morning after is in, or missed.
    PainAfter(fn(&AfterReport) -> Option<Fact>),
    /// With the morning after, and where the row says so with the second morning.
    Morning(fn(&MorningReport<'_>) -> Option<Fact>),
    /// When the next session comes and the morning is still missing, or was forgotten.
    MorningMissing,
    /// Whenever a result of 2 or more is found.
    Again(fn(&AgainReport) -> bool),
}

/// How a warning sign stands on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignTier {
    /// Emergency help now.
    Emergency,
    /// It needs checking today or tomorrow.
    Urgent,
    /// Urgent, but known to the clinician, and of those that hold the level all the same.
    Known,
}

/// What a row votes, by profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Votes {
    /// For bone.
    pub bone: u8,
    /// For joint and muscle.
    pub joint: u8,
    /// For tendon.
    pub tendon: u8,
}

/// A row of the table.
#[derive(Clone, Copy)]
pub struct Row {
    /// Its id, by which the words and the Rules screen know it.
    pub id: &'static str,
    /// The rule it belongs to.
    pub rule: Rule,
    /// What it votes.
    pub votes: Votes,
    /// A sign, or conduct.
    pub kind: Kind,
    /// For bone it asks for two rest days, though it votes 1.
    pub bone_rests: bool,
    /// A limit on pain during changes what it votes.
    pub limited: bool,
    /// The numbers that its condition holds, beside those that its id names.
    pub limits: &'static [u32],
    /// Where it comes from.
    pub evidence: Evidence,
    /// When it holds.
    pub when: When,
    /// It is read with the morning after, too.
    pub in_morning: Option<fn(&MorningReport<'_>) -> Option<Fact>>,
}

const fn votes(bone: u8, joint: u8, tendon: u8) -> Votes {
    Votes {
        bone,
        joint,
        tendon,
    }
}

/// A number of days, as the Rules screen shows it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // small and positive
pub(super) const fn days(days: i64) -> u32 {
    days as u32
}

/// Minutes, or a rise, as the Rules screen shows it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // small and positive
const fn whole(number: f64) -> u32 {
    number as u32
}

/// A count, as the Rules screen shows it.
#[allow(clippy::cast_possible_truncation)] // small
const fn counted(count: usize) -> u32 {
    count as u32
}

/// A share in percent.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // small and positive
pub(super) const fn percent_of(share: f64) -> u32 {
    (share * 100.0 + 0.5) as u32
}

/// What a row is where its literal does not say otherwise: a sign of our own making.
const ROW: Row = Row {
    id: "",
    rule: Rule::D,
    votes: votes(0, 0, 0),
    kind: Kind::Sign,
    bone_rests: false,
    limited: false,
    limits: &[],
    evidence: Evidence::OURS,
    when: When::MorningMissing,
    in_morning: None,
};

/// Every row, in the order of the page.
pub static ROWS: &[Row] = &[
    Row {
        id: "emergency",
        rule: Rule::F1,
        votes: votes(5, 5, 5),
        kind: Kind::WarningSign,
        evidence: Evidence::EMERGENCY,
        when: When::Sign(SignTier::Emergency),
        ..ROW
    },
    Row {
        id: "urgent",
        rule: Rule::F2,
        votes: votes(4, 4, 4),
        kind: Kind::WarningSign,
        evidence: Evidence::URGENT,
        when: When::Sign(SignTier::Urgent),
        ..ROW
    },
    Row {
        id: "known-sign",
        rule: Rule::F2,
        votes: votes(1, 1, 1),
        kind: Kind::WarningSign,
        when: When::Sign(SignTier::Known),
        ..ROW
    },
    // Row D follows the pain-monitoring model for tendons (Thomeé 1997, Silbernagel 2007),
    // the kneecap limit of 2 during a run (Esculier 2016) and zero pain for bone (George 2024).
    Row {
        id: "during-1-to-2",
        rule: Rule::D,
        votes: votes(3, 0, 0),
        limited: true,
        evidence: Evidence::PAIN_DURING,
        when: When::Session(|r| r.pain_during(1, 2).filter(|_| !r.lets_fleeting_pass())),
        ..ROW
    },
    Row {
        id: "during-3",
        rule: Rule::D,
        votes: votes(4, 1, 0),
        limited: true,
        evidence: Evidence::PAIN_DURING,
        when: When::Session(|r| r.pain_during(3, 3)),
        ..ROW
    },
    Row {
        id: "during-4-to-5",
        rule: Rule::D,
        votes: votes(4, 2, 1),
        limited: true,
        evidence: Evidence::PAIN_DURING,
        when: When::Session(|r| r.pain_during(4, 5)),
        ..ROW
    },
    Row {
        id: "during-6-to-7",
        rule: Rule::D,
        votes: votes(4, 3, 3),
        limited: true,
        evidence: Evidence::PAIN_DURING,
        when: When::Session(|r| r.pain_during(6, 7)),
        ..ROW
    },
    Row {
        id: "during-8-to-10",
        rule: Rule::D,
        votes: votes(4, 4, 4),
        limited: true,
        evidence: Evidence::PAIN_DURING,
        when: When::Session(|r| r.pain_during(8, 10)),
        ..ROW
    },
    Row {
        id: "during-fleeting",
        rule: Rule::D,
        votes: votes(1, 0, 0),
        limited: true,
        limits: &[days(n::AGAIN_DAYS)],
        evidence: Evidence::PAIN_DURING,
        when: When::Session(|r| r.pain_during(1, 2).filter(|_| r.lets_fleeting_pass())),
        ..ROW
    },
    Row {
        id: "pattern-at-3",
        rule: Rule::P,
        votes: votes(3, 3, 3),
        evidence: Evidence::PAIN_COURSE,
        when: When::Session(|r| {
            let pattern = matches!(
                r.session.pattern,
                PainBehaviour::Returned | PainBehaviour::Rising
            );
            (pattern && r.pattern_counts()).then(|| r.pattern())
        }),
        ..ROW
    },
    Row {
        id: "rising-low",
        rule: Rule::P,
        votes: votes(0, 1, 1),
        evidence: Evidence::PAIN_COURSE,
        when: When::Session(|r| {
            let rising = r.session.pattern == PainBehaviour::Rising && r.pain() > 0;
            (rising && !r.pattern_counts()).then(|| r.pattern())
        }),
        ..ROW
    },
    Row {
        id: "sudden",
        rule: Rule::P,
        votes: votes(4, 3, 3),
        evidence: Evidence::PAIN_COURSE,
        when: When::Session(|r| {
            let sudden = r.session.pattern == PainBehaviour::Sudden && r.pain() > 0;
            (sudden && !r.sudden_and_hard()).then(|| r.pattern())
        }),
        ..ROW
    },
    Row {
        id: "sudden-hard",
        rule: Rule::P,
        votes: votes(4, 4, 4),
        limits: &[n::SUDDEN_PAIN as u32],
        evidence: Evidence::PAIN_COURSE,
        when: When::Session(|r| r.sudden_and_hard().then(|| r.pattern())),
        ..ROW
    },
    Row {
        id: "hurt",
        rule: Rule::H,
        votes: votes(1, 1, 1),
        kind: Kind::Conduct,
        when: When::Session(|r| r.session.hurt.then_some(Fact::Hurt)),
        ..ROW
    },
    Row {
        id: "bony-site-1-to-2",
        rule: Rule::Z,
        votes: votes(3, 3, 3),
        when: When::Session(|r| r.bony_site(1, 2, false)),
        ..ROW
    },
    Row {
        id: "bony-site-3",
        rule: Rule::Z,
        votes: votes(4, 4, 4),
        when: When::Session(|r| r.bony_site(3, 10, false)),
        ..ROW
    },
    Row {
        id: "bony-site-again",
        rule: Rule::Z,
        votes: votes(4, 4, 4),
        limits: &[days(n::AGAIN_DAYS)],
        when: When::Session(|r| r.bony_site(1, 10, true)),
        ..ROW
    },
    Row {
        id: "other-site-3",
        rule: Rule::Z,
        votes: votes(1, 1, 1),
        when: When::Session(|r| r.soft_site(3, 3)),
        ..ROW
    },
    Row {
        id: "other-site-4-to-5",
        rule: Rule::Z,
        votes: votes(2, 2, 2),
        when: When::Session(|r| r.soft_site(4, 5)),
        ..ROW
    },
    Row {
        id: "other-site-6-to-7",
        rule: Rule::Z,
        votes: votes(3, 3, 3),
        when: When::Session(|r| r.soft_site(6, 7)),
        ..ROW
    },
    Row {
        id: "other-site-8-to-10",
        rule: Rule::Z,
        votes: votes(4, 4, 4),
        when: When::Session(|r| r.soft_site(8, 10)),
        ..ROW
    },
    Row {
        id: "before",
        rule: Rule::B,
        votes: votes(3, 1, 1),
        limits: &[n::BASELINE_RISE as u32, 0],
        when: When::Session(|r| {
            let pain = r.session.pain_before.get();
            r.measure.too_high(pain).then_some(Fact::PainBefore {
                pain,
                baseline: r.measure.baseline,
            })
        }),
        ..ROW
    },
    Row {
        id: "after-by-1",
        rule: Rule::A,
        votes: votes(3, 1, 0),
        evidence: Evidence::PAIN_COURSE,
        when: When::PainAfter(|r| r.rise(1, 1)),
        ..ROW
    },
    Row {
        id: "after-by-2",
        rule: Rule::A,
        votes: votes(3, 2, 0),
        evidence: Evidence::PAIN_COURSE,
        when: When::PainAfter(|r| r.rise(2, 2)),
        ..ROW
    },
    Row {
        id: "after-by-3",
        rule: Rule::A,
        votes: votes(3, 2, 1),
        evidence: Evidence::PAIN_COURSE,
        when: When::PainAfter(|r| r.rise(3, 10)),
        ..ROW
    },
    Row {
        id: "after-above-5",
        rule: Rule::A,
        votes: votes(3, 3, 3),
        limits: &[n::HIGH_PAIN as u32],
        evidence: Evidence::PAIN_COURSE,
        when: When::Session(|r| {
            let pain = r.session.pain_after.get();
            (pain > n::HIGH_PAIN).then_some(Fact::PainAfter {
                pain,
                baseline: r.measure.baseline,
                settled: None,
            })
        }),
        ..ROW
    },
    Row {
        id: "morning-by-1",
        rule: Rule::N,
        votes: votes(3, 1, 1),
        evidence: Evidence::PAIN_COURSE,
        when: When::Morning(|r| r.rise(1, 1).filter(|_| !r.zeros)),
        ..ROW
    },
    Row {
        id: "morning-by-1-after-zeros",
        rule: Rule::N,
        votes: votes(1, 1, 1),
        evidence: Evidence::PAIN_COURSE,
        when: When::Morning(|r| r.rise(1, 1).filter(|_| r.zeros)),
        ..ROW
    },
    Row {
        id: "morning-by-2",
        rule: Rule::N,
        votes: votes(3, 2, 2),
        evidence: Evidence::PAIN_COURSE,
        when: When::Morning(|r| r.rise(2, 2)),
        ..ROW
    },
    Row {
        id: "morning-by-3",
        rule: Rule::N,
        votes: votes(3, 3, 3),
        limits: &[n::HIGH_PAIN as u32],
        evidence: Evidence::PAIN_COURSE,
        when: When::Morning(high),
        ..ROW
    },
    Row {
        id: "morning-missing",
        rule: Rule::N,
        votes: votes(1, 1, 1),
        kind: Kind::Conduct,
        when: When::MorningMissing,
        ..ROW
    },
    Row {
        id: "stiffness",
        rule: Rule::M,
        votes: votes(1, 1, 1),
        limits: &[whole(n::STIFFER_MIN)],
        when: When::Morning(stiffer),
        ..ROW
    },
    Row {
        id: "swelling-more",
        rule: Rule::S,
        votes: votes(1, 1, 1),
        evidence: Evidence::SWELLING_AND_LIMP,
        when: When::Session(|r| r.swelling(Swelling::More, false)),
        in_morning: Some(|r| r.swelling(Swelling::More, false)),
        ..ROW
    },
    Row {
        id: "swelling-twice",
        rule: Rule::S,
        votes: votes(3, 3, 3),
        evidence: Evidence::SWELLING_AND_LIMP,
        when: When::Session(|r| r.swelling(Swelling::More, true)),
        in_morning: Some(|r| r.swelling(Swelling::More, true)),
        ..ROW
    },
    Row {
        id: "swelling-clear",
        rule: Rule::S,
        votes: votes(4, 4, 4),
        evidence: Evidence::SWELLING_AND_LIMP,
        when: When::Session(|r| r.swelling(Swelling::Clear, false)),
        in_morning: Some(|r| r.swelling(Swelling::Clear, false)),
        ..ROW
    },
    Row {
        id: "limp-running",
        rule: Rule::L,
        votes: votes(3, 3, 3),
        evidence: Evidence::SWELLING_AND_LIMP,
        when: When::Session(|r| r.session.limp.then_some(Fact::Limp { morning: false })),
        ..ROW
    },
    Row {
        id: "limp-morning",
        rule: Rule::L,
        votes: votes(4, 4, 4),
        evidence: Evidence::SWELLING_AND_LIMP,
        when: When::Morning(|r| r.morning.limp.then_some(Fact::Limp { morning: true })),
        ..ROW
    },
    Row {
        id: "median-by-2",
        rule: Rule::T,
        votes: votes(2, 2, 2),
        limits: &[
            whole(n::MEDIAN_RISE),
            days(n::WEEK),
            counted(n::MEDIAN_MORNINGS),
        ],
        when: When::Morning(|r| r.median(1)),
        ..ROW
    },
    Row {
        id: "median-by-2-two-weeks",
        rule: Rule::T,
        votes: votes(4, 4, 4),
        limits: &[
            whole(n::MEDIAN_RISE),
            days(n::WEEK),
            counted(n::MEDIAN_MORNINGS),
        ],
        when: When::Morning(|r| r.median(2)),
        ..ROW
    },
    Row {
        id: "again",
        rule: Rule::X,
        votes: votes(4, 3, 3),
        kind: Kind::Memory,
        limits: &[n::SEVERE as u32, n::WAIT_FROM as u32, days(n::MEMORY_DAYS)],
        evidence: Evidence::AGAIN,
        when: When::Again(|r| r.comes_again() && !r.third_or_worse()),
        ..ROW
    },
    Row {
        id: "again-third",
        rule: Rule::X,
        votes: votes(4, 4, 4),
        kind: Kind::Memory,
        limits: &[n::WAIT_FROM as u32, days(n::MEMORY_DAYS)],
        evidence: Evidence::AGAIN,
        when: When::Again(|r| r.comes_again() && r.third_or_worse()),
        ..ROW
    },
    Row {
        id: "cut-short",
        rule: Rule::K,
        votes: votes(1, 1, 1),
        kind: Kind::Conduct,
        limits: &[percent_of(n::CUT_SHARE)],
        when: When::Session(cut),
        ..ROW
    },
    Row {
        id: "too-much",
        rule: Rule::K,
        votes: votes(1, 1, 1),
        kind: Kind::Conduct,
        bone_rests: true,
        limits: &[percent_of(n::TOO_MUCH_SHARE)],
        when: When::Session(too_much),
        ..ROW
    },
    Row {
        id: "rest-day",
        rule: Rule::O,
        votes: votes(1, 1, 1),
        kind: Kind::Conduct,
        bone_rests: true,
        limits: &[days(n::WEEK)],
        when: When::Session(rest_day_run),
        ..ROW
    },
    Row {
        id: "effort",
        rule: Rule::E,
        votes: votes(1, 1, 1),
        kind: Kind::Conduct,
        limits: &[n::HARD as u32],
        when: When::Session(|r| {
            let effort = r.session.effort.map_or(0, crate::diary::entry::Score::get);
            (effort >= n::HARD && !r.hard_by_freedom).then_some(Fact::Effort { effort })
        }),
        ..ROW
    },
    Row {
        id: "fear",
        rule: Rule::E,
        votes: votes(1, 1, 1),
        kind: Kind::Conduct,
        limits: &[n::HARD as u32],
        when: When::Session(|r| {
            let fear = r.session.fear.map_or(0, crate::diary::entry::Score::get);
            (fear >= n::HARD && r.is_run && !r.known_fear).then_some(Fact::Fear { fear })
        }),
        ..ROW
    },
    Row {
        id: "painkiller",
        rule: Rule::G,
        votes: votes(1, 1, 1),
        kind: Kind::Conduct,
        bone_rests: true,
        when: When::Session(|r| {
            (r.session.painkiller && !r.known_painkiller).then_some(Fact::Painkiller)
        }),
        ..ROW
    },
];

impl Row {
    /// What it votes for a profile.
    pub const fn votes_for(&self, profile: Profile) -> u8 {
        match profile {
            Profile::Bone => self.votes.bone,
            Profile::Joint | Profile::Muscle => self.votes.joint,
            Profile::Tendon => self.votes.tendon,
        }
    }

    /// Its vote for a measure.
    pub fn vote(&self, measure: &Measure, fact: Fact, day: NaiveDate) -> Vote {
        let mut severity = self.votes_for(measure.profile);
        if let (true, Fact::PainDuring { pain }) = (self.limited, &fact) {
            severity = within_limit(measure.limit, *pain, severity);
        }
        Vote {
            rule: self.rule,
            fact,
            severity,
            kind: self.kind,
            rests: self.bone_rests && measure.bone(),
            day,
            entry: None,
            from_morning: false,
        }
    }
}

/// What a limit on pain during makes of row D.
fn within_limit(limit: Option<PainLimit>, pain: u8, severity: u8) -> u8 {
    match limit {
        Some(limit) if pain > limit.pain() => severity.max(n::SEVERE),
        Some(PainLimit::Clinician(_)) => 0,
        Some(PainLimit::Own(_)) | None => severity,
    }
}

/// One vote.
#[derive(Debug, Clone, PartialEq)]
pub struct Vote {
    /// The rule of its row.
    pub rule: Rule,
    /// What triggered it.
    pub fact: Fact,
    /// What it votes, 0 to 5.
    pub severity: u8,
    /// A sign, or conduct.
    pub kind: Kind,
    /// It asks for two rest days, though it votes 1.
    pub rests: bool,
    /// The day it was found.
    pub day: NaiveDate,
    /// The entry it was read from.
    pub entry: Option<Uuid>,
    /// It was read from a morning's answer.
    pub from_morning: bool,
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

/// How much of what was asked was done (row K).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completion {
    /// Within 95 and 110 %, or nothing was asked.
    Whole,
    /// Less.
    Cut {
        /// Percent done.
        percent: u32,
        /// It was stopped for pain.
        pain: bool,
    },
    /// More.
    TooMuch {
        /// Percent done.
        percent: u32,
        /// Of what.
        of: DoneOf,
    },
}

/// A run on a day that gave none (row O).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestDayRun {
    /// What stood against a run.
    pub against: Rule,
    /// How many of them in 7 days, this one included.
    pub in_week: u32,
}

/// A session, and what its rows need to know beside it.
#[derive(Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // each a fact of its own
pub struct SessionReport<'a> {
    /// How it is measured.
    pub measure: &'a Measure,
    /// The plan that stands.
    pub plan: &'a Plan,
    /// The session.
    pub session: &'a Session,
    /// It holds running minutes, or was meant for running.
    pub is_run: bool,
    /// How much of what was asked was done.
    pub completion: Completion,
    /// It is a run on a day that gave none.
    pub rest_day: Option<RestDayRun>,
    /// A pain at another bony site within 14 days before.
    pub bony_before: bool,
    /// A fleeting pain within 14 days before.
    pub fleeting_before: bool,
    /// The session day before was swollen a little more than usual, or more.
    pub swollen_before: bool,
    /// It is the week's hard session under a freedom that allows one.
    pub hard_by_freedom: bool,
    /// The clinician knows of the fear.
    pub known_fear: bool,
    /// The clinician knows of the painkiller.
    pub known_painkiller: bool,
}

/// Worst pain during a session as it is read: "That hurts" means 1 at least.
pub fn pain_during(s: &Session) -> u8 {
    s.pain_during.get().max(u8::from(s.hurt))
}

/// Whether a session was without any pain (row N, bone).
pub fn is_painless(s: &Session) -> bool {
    s.pain_before.get() == 0
        && pain_during(s) == 0
        && s.pain_after.get() == 0
        && s.sites.iter().all(|x| x.pain.get() == 0)
}

/// Whether a pain lies at another site than the plan's; the other side's counts as another.
pub fn other_site(mark: &SiteMark, plan: &Plan) -> bool {
    let opposite = matches!(
        (mark.side, plan.injury.side),
        (Side::Left, Side::Right) | (Side::Right, Side::Left)
    );
    mark.pain.get() > 0 && (mark.site != plan.injury.site || opposite)
}

/// Whether a pain lies at another bony site than the plan's.
pub fn other_bony_site(mark: &SiteMark, plan: &Plan) -> bool {
    mark.site.is_bony() && other_site(mark, plan)
}

impl SessionReport<'_> {
    fn pain(&self) -> u8 {
        pain_during(self.session)
    }

    /// Row D: pain at or below the usual counts 0, unless a limit is stricter.
    fn pain_during(&self, from: u8, to: u8) -> Option<Fact> {
        let pain = self.pain();
        let above = self.measure.limit.is_some_and(|l| pain > l.pain());
        let reads = self.measure.bone() || pain > self.measure.baseline || above;
        ((from..=to).contains(&pain) && reads).then_some(Fact::PainDuring { pain })
    }

    fn lets_fleeting_pass(&self) -> bool {
        self.measure.bone()
            && self.session.pattern == PainBehaviour::Fleeting
            && !self.fleeting_before
    }

    /// "At 3 or more" reads "above the limit" where one stands, and always above the usual.
    fn pattern_counts(&self) -> bool {
        let pain = self.pain();
        let high = match self.measure.limit {
            Some(PainLimit::Clinician(most)) => pain > most,
            Some(PainLimit::Own(most)) => pain > most.min(n::PATTERN_PAIN - 1),
            None => pain >= n::PATTERN_PAIN,
        };
        high && pain > self.measure.baseline
    }

    fn pattern(&self) -> Fact {
        Fact::PainPattern {
            pattern: self.session.pattern,
            pain: self.pain(),
        }
    }

    /// A grab, a pop, a stab at 4 or more, or with a limp; a joint asks for both.
    fn sudden_and_hard(&self) -> bool {
        let (high, limp) = (self.pain() >= n::SUDDEN_PAIN, self.session.limp);
        let hard = match self.measure.profile {
            Profile::Joint => high && limp,
            Profile::Bone | Profile::Muscle | Profile::Tendon => high || limp,
        };
        self.session.pattern == PainBehaviour::Sudden && hard
    }

    fn worst_site(&self, counts: impl Fn(&SiteMark) -> bool) -> Option<&SiteMark> {
        let marks = self.session.sites.iter().filter(|x| counts(x));
        marks.max_by_key(|x| x.pain)
    }

    fn bony_site(&self, from: u8, to: u8, again: bool) -> Option<Fact> {
        let mark = self.worst_site(|x| other_bony_site(x, self.plan))?;
        let pain = mark.pain.get();
        let holds = (from..=to).contains(&pain) && self.bony_before == again;
        holds.then_some(Fact::OtherSite {
            site: mark.site,
            pain,
            again,
        })
    }

    fn soft_site(&self, from: u8, to: u8) -> Option<Fact> {
        let mark = self.worst_site(|x| !x.site.is_bony() && other_site(x, self.plan))?;
        let pain = mark.pain.get();
        (from..=to).contains(&pain).then_some(Fact::OtherSite {
            site: mark.site,
            pain,
            again: false,
        })
    }

    fn swelling(&self, swelling: Swelling, again: bool) -> Option<Fact> {
        let before = swelling == Swelling::More && self.swollen_before;
        (self.session.swelling == swelling && before == again).then_some(Fact::Swelling {
            swelling,
            morning: false,
            again,
        })
    }
}

/// Pain after a session above the usual that did not settle (row A).
#[derive(Clone, Copy)]
pub struct AfterReport {
    /// Pain, 0 to 10.
    pub pain: u8,
    /// The usual as it counts.
    pub baseline: u8,
}

impl AfterReport {
    fn rise(self, from: u8, to: u8) -> Option<Fact> {
        let rise = self.pain.saturating_sub(self.baseline);
        (from..=to).contains(&rise).then_some(Fact::PainAfter {
            pain: self.pain,
            baseline: self.baseline,
            settled: None,
        })
    }
}

/// The morning after a session, or the second one.
#[derive(Clone, Copy)]
pub struct MorningReport<'a> {
    /// How it is measured.
    pub measure: &'a Measure,
    /// The answer.
    pub morning: &'a Morning,
    /// It is the second morning, and no session lies between.
    pub second: bool,
    /// The session was without any pain.
    pub zeros: bool,
    /// The session day before was swollen.
    pub swollen_before: bool,
    /// The median of the 7 mornings up to this one is 2 or more above the usual: in so many
    /// windows of 7 days, and by how much.
    pub median: Option<(u8, f64)>,
}

impl MorningReport<'_> {
    fn pain(&self) -> u8 {
        self.morning.pain.get()
    }

    fn fact(&self) -> Fact {
        Fact::MorningPain {
            pain: self.pain(),
            baseline: self.measure.baseline,
            second: self.second,
        }
    }

    fn rise(&self, from: u8, to: u8) -> Option<Fact> {
        let rise = self.pain().saturating_sub(self.measure.baseline);
        let read = self.morning.remembered && !self.second && self.pain() <= n::HIGH_PAIN;
        (read && (from..=to).contains(&rise)).then(|| self.fact())
    }

    fn swelling(&self, swelling: Swelling, again: bool) -> Option<Fact> {
        let read = swelling == Swelling::Clear || !self.second;
        let before = swelling == Swelling::More && self.swollen_before;
        let holds = read && self.morning.swelling == swelling && before == again;
        holds.then_some(Fact::Swelling {
            swelling,
            morning: true,
            again,
        })
    }

    fn median(&self, weeks: u8) -> Option<Fact> {
        let above = self.pain() > self.measure.baseline && self.morning.remembered;
        let (in_weeks, by) = self.median.filter(|_| above && !self.second)?;
        (in_weeks == weeks).then_some(Fact::MedianRise { by, weeks })
    }
}

/// Results of 2 or more by signs, warning signs aside, within 14 days (row X).
#[derive(Debug, Clone, Copy, Default)]
pub struct AgainReport {
    /// This session's, 0 to 5.
    pub severity: u8,
    /// How many sessions before it.
    pub earlier: usize,
    /// The worst of those.
    pub worst_earlier: u8,
}

impl AgainReport {
    fn comes_again(&self) -> bool {
        (n::SEVERE..n::PAUSE_FROM).contains(&self.severity) && self.earlier > 0
    }

    fn third_or_worse(&self) -> bool {
        self.earlier + 1 >= n::THIRD_RESULT || self.severity.max(self.worst_earlier) >= n::WAIT_FROM
    }
}

/// The votes that are read with a session, on its day.
pub fn session_votes(report: &SessionReport<'_>, day: NaiveDate) -> Vec<Vote> {
    let holds = |row: &Row| match row.when {
        When::Session(when) => Some(row.vote(report.measure, when(report)?, day)),
        When::Sign(_)
        | When::PainAfter(_)
        | When::Morning(_)
        | When::MorningMissing
        | When::Again(_) => None,
    };
    ROWS.iter().filter_map(holds).collect()
}

/// Row A, once it is known that the pain did not settle; bone at once. Pain above 5 counts
/// with the session.
pub fn after_votes(measure: &Measure, pain: u8, day: NaiveDate) -> Vec<Vote> {
    let baseline = measure.baseline;
    let report = AfterReport { pain, baseline };
    let holds = |row: &Row| match row.when {
        When::PainAfter(when) => Some(row.vote(measure, when(&report)?, day)),
        When::Sign(_)
        | When::Session(_)
        | When::Morning(_)
        | When::MorningMissing
        | When::Again(_) => None,
    };
    ROWS.iter().filter_map(holds).collect()
}

/// The votes that are read with a morning, on its day.
pub fn morning_votes(report: &MorningReport<'_>, day: NaiveDate) -> Vec<Vote> {
    let holds = |row: &Row| {
        let fact = match row.when {
            When::Morning(when) => when(report)?,
            When::Session(_) => row.in_morning?(report)?,
            When::MorningMissing if !report.morning.remembered && !report.second => {
                Fact::MorningMissing
            }
            When::Sign(_) | When::PainAfter(_) | When::MorningMissing | When::Again(_) => {
                return None;
            }
        };
        let mut vote = row.vote(report.measure, fact, day);
        vote.from_morning = true;
        Some(vote)
    };
    ROWS.iter().filter_map(holds).collect()
}

/// Row N, when the next session comes and the morning is still missing.
pub fn missing_votes(measure: &Measure, day: NaiveDate) -> Vec<Vote> {
    let missing = ROWS
        .iter()
        .filter(|row| matches!(row.when, When::MorningMissing));
    missing
        .map(|row| row.vote(measure, Fact::MorningMissing, day))
        .collect()
}

/// What a warning sign votes.
pub fn sign_votes(measure: &Measure, tier: SignTier, fact: &Fact, day: NaiveDate) -> Vec<Vote> {
    let rows = ROWS
        .iter()
        .filter(|row| matches!(row.when, When::Sign(t) if t == tier));
    rows.map(|row| row.vote(measure, fact.clone(), day))
        .collect()
}

/// Row X.
pub fn again_votes(
    measure: &Measure,
    report: &AgainReport,
    fact: &Fact,
    day: NaiveDate,
) -> Vec<Vote> {
    let rows = ROWS
        .iter()
        .filter(|row| matches!(row.when, When::Again(when) if when(report)));
    rows.map(|row| row.vote(measure, fact.clone(), day))
        .collect()
}

/// Row D alone, as pain logged with strength, activities and the self-test votes. `None`:
/// pain at or below the usual, or none.
pub fn pain_vote(measure: &Measure, pain: u8, day: NaiveDate) -> Option<Vote> {
    let above = measure.limit.is_some_and(|l| pain > l.pain());
    let reads = measure.bone() || pain > measure.baseline || above;
    let id = match pain {
        1..=2 => "during-1-to-2",
        3 => "during-3",
        4..=5 => "during-4-to-5",
        6..=7 => "during-6-to-7",
        8.. => "during-8-to-10",
        0 => return None,
    };
    let row = ROWS.iter().find(|row| row.id == id).filter(|_| reads)?;
    Some(row.vote(measure, Fact::PainDuring { pain }, day))
}

/// The same as a severity, 0 to 4.
pub fn pain_severity(measure: &Measure, pain: u8) -> u8 {
    pain_vote(measure, pain, NaiveDate::default()).map_or(0, |vote| vote.severity)
}

/// The median of some pains, 0 to 10; `None` below three of them.
pub fn median(pains: &mut [u8]) -> Option<f64> {
    if pains.len() < n::MEDIAN_MORNINGS {
        return None;
    }
    pains.sort_unstable();
    let mid = pains.len() / 2;
    let high = f64::from(*pains.get(mid)?);
    if pains.len() % 2 == 1 {
        return Some(high);
    }
    Some(f64::midpoint(high, f64::from(*pains.get(mid - 1)?)))
}

fn cut(r: &SessionReport<'_>) -> Option<Fact> {
    match r.completion {
        Completion::Cut { percent, pain } => Some(Fact::Done {
            percent,
            of: DoneOf::Asked,
            pain,
        }),
        Completion::Whole | Completion::TooMuch { .. } => None,
    }
}

fn too_much(r: &SessionReport<'_>) -> Option<Fact> {
    match r.completion {
        Completion::TooMuch { percent, of } => Some(Fact::Done {
            percent,
            of,
            pain: false,
        }),
        Completion::Whole | Completion::Cut { .. } => None,
    }
}

/// The second within 7 days; bone: each.
fn rest_day_run(r: &SessionReport<'_>) -> Option<Fact> {
    let RestDayRun { against, in_week } = r.rest_day?;
    (r.measure.bone() || in_week > 1).then_some(Fact::RestDayRun { against, in_week })
}

/// By 3 or more, or above 5; on the second morning, too (bone: anything above 0).
fn high(r: &MorningReport<'_>) -> Option<Fact> {
    let pain = r.pain();
    let high = pain > n::HIGH_PAIN
        || pain >= r.measure.baseline + 3
        || (r.second && r.measure.bone() && pain > 0);
    (r.morning.remembered && high).then(|| r.fact())
}

fn stiffer(r: &MorningReport<'_>) -> Option<Fact> {
    let minutes = r.morning.stiffness_min;
    let longer = minutes >= r.measure.stiffness + n::STIFFER_MIN;
    (r.morning.remembered && !r.second && longer).then_some(Fact::Stiffness {
        minutes,
        baseline: r.measure.stiffness,
    })
}
