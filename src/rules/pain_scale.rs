//! What each value of a pain scale means for the runner who answers it: what the rules make
//! of it on that scale, with the other answers as they stand. So the limit is seen where it is
//! needed, and a test holds it against the rules' own verdicts.

use crate::diary::entry::{Plan, Score, Session};
use crate::diary::vocabulary::PainBehaviour;
use crate::rules::guidance::Rule;
use crate::rules::measure::Measure;
use crate::rules::rows::{Completion, SessionReport, Vote, after_votes, session_votes};
use crate::rules::symptom_free;
use crate::thresholds::{PAUSE_FROM, SEVERE};
use chrono::NaiveDate;

/// What one value means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PainMeaning {
    /// The rules make nothing of it.
    Fine,
    /// The level is repeated.
    Repeat,
    /// No run today.
    RestToday,
    /// A step back; while running: stop and walk.
    StepBack,
    /// A pause until a clinician's word; while running: stop and walk.
    Pause,
}

impl PainMeaning {
    /// What a severity, 0 to 5, means.
    pub const fn of(severity: u8) -> Self {
        match severity {
            0 => Self::Fine,
            PAUSE_FROM.. => Self::Pause,
            SEVERE.. => Self::StepBack,
            1.. => Self::Repeat,
        }
    }
}

/// What the values 0 to 10 of one scale mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PainScale([PainMeaning; 11]);

/// What else was answered about a session that decides what its worst pain means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DuringAnswers {
    /// How the pain behaved.
    pub pattern: PainBehaviour,
    /// A limp.
    pub limp: bool,
    /// "That hurts" was pressed: 0 is read as 1.
    pub hurt: bool,
    /// A fleeting pain within 14 days before.
    pub fleeting_before: bool,
}

impl DuringAnswers {
    /// Nothing beside the pain itself.
    pub const NONE: Self = Self {
        pattern: PainBehaviour::None,
        limp: false,
        hurt: false,
        fleeting_before: false,
    };
}

impl PainScale {
    /// The scale on which each value, 0 to 10, means that.
    pub fn each(of: impl Fn(u8) -> PainMeaning) -> Self {
        let mut all = [PainMeaning::Fine; 11];
        for (pain, meaning) in (0..).zip(&mut all) {
            *meaning = of(pain);
        }
        Self(all)
    }

    /// What a value means; one above 10 as 10.
    pub fn meaning(&self, pain: u8) -> PainMeaning {
        let at = usize::from(pain.min(10));
        self.0.get(at).copied().unwrap_or(PainMeaning::Pause)
    }

    /// The lowest value at which to stop and walk, while running; `None`: no value says so.
    pub fn stop_at(&self) -> Option<u8> {
        (0..=10).find(|pain| self.meaning(*pain) >= PainMeaning::StepBack)
    }

    /// Worst pain during a session: rows D and P.
    pub fn during(measure: &Measure, plan: &Plan, answers: DuringAnswers) -> Self {
        Self::each(|pain| {
            let session = Session {
                pain_during: Score::new(pain).unwrap_or_default(),
                pattern: answers.pattern,
                limp: answers.limp,
                hurt: answers.hurt,
                ..symptom_free::walk()
            };
            let votes = votes(measure, plan, &session, answers.fleeting_before);
            PainMeaning::of(worst(&votes, &[Rule::D, Rule::P]))
        })
    }

    /// Pain before a session, as it is logged: row B.
    pub fn before(measure: &Measure, plan: &Plan) -> Self {
        Self::each(|pain| {
            let session = Session {
                pain_before: Score::new(pain).unwrap_or_default(),
                ..symptom_free::walk()
            };
            let votes = votes(measure, plan, &session, false);
            PainMeaning::of(worst(&votes, &[Rule::B]))
        })
    }

    /// Pain before Start: from where it offers a walk or rest, not the run (section 7).
    pub fn before_start(measure: &Measure) -> Self {
        Self::each(|pain| {
            if measure.too_high(pain) {
                PainMeaning::RestToday
            } else {
                PainMeaning::Fine
            }
        })
    }

    /// Pain after a session that does not settle within the hour: row A.
    pub fn after(measure: &Measure, plan: &Plan) -> Self {
        Self::each(|pain| {
            let session = Session {
                pain_after: Score::new(pain).unwrap_or_default(),
                ..symptom_free::walk()
            };
            let mut votes = votes(measure, plan, &session, false);
            votes.extend(after_votes(measure, pain, NaiveDate::MIN));
            PainMeaning::of(worst(&votes, &[Rule::A]))
        })
    }
}

/// What a session votes on its day, alone.
fn votes(measure: &Measure, plan: &Plan, session: &Session, fleeting_before: bool) -> Vec<Vote> {
    let report = SessionReport {
        measure,
        plan,
        session,
        is_run: false,
        completion: Completion::Whole,
        rest_day: None,
        bony_before: false,
        fleeting_before,
        swollen_before: false,
        hard_by_freedom: false,
        known_fear: false,
        known_painkiller: false,
    };
    session_votes(&report, NaiveDate::MIN)
}

/// The highest vote of some rules.
fn worst(votes: &[Vote], of: &[Rule]) -> u8 {
    let read = votes.iter().filter(|v| of.contains(&v.rule));
    read.map(|v| v.severity).max().unwrap_or(0)
}
