//! The one reason that stands beside the day's answer: one that fits it. What is over, such as
//! a warning sign that was lifted, does not explain a session.

use crate::rules::guidance::{Advice, ChangeCause, Fact, Guidance, Missing, Reason, Rule};
use chrono::NaiveDate;

/// Why the day's answer is what it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Why<'a> {
    /// A reason of the day.
    Reason(&'a Reason),
    /// Today's session is done, and the next may be tomorrow.
    DoneToday,
    /// What the next gate still misses.
    Missing(&'a Missing),
    /// The level went down: from and to.
    MovedDown(&'a str, &'a str),
    /// The level went up: from and to.
    MovedUp(&'a str, &'a str),
    /// There is no plan yet.
    SetUp,
    /// The plan begins: nothing was done under it.
    First,
    /// Nothing holds the runner back.
    Go,
    /// The self-test comes before running.
    SelfTest,
    /// Rest is what the day holds.
    Rest,
}

impl Guidance {
    /// The reason that fits the day's answer.
    pub fn why(&self) -> Why<'_> {
        match self.advice {
            Advice::SetUp => Why::SetUp,
            Advice::Emergency | Advice::Consult => {
                let grave = self.reasons.iter().find(|r| r.severity >= Some(4));
                self.held(grave)
            }
            Advice::ClearanceNeeded => {
                let word = |r: &&Reason| matches!(r.rule, Rule::Usual | Rule::Clearance);
                self.held(self.reasons.iter().find(word))
            }
            Advice::Morning | Advice::Recover | Advice::Rest => self.held(None),
            Advice::Walk | Advice::SelfTest | Advice::RunWalk | Advice::Run => self.of_session(),
        }
    }

    /// What keeps a session from the day.
    fn held<'a>(&'a self, first: Option<&'a Reason>) -> Why<'a> {
        match first.or(self.binding()) {
            Some(reason) if self.is_done(reason) => Why::DoneToday,
            Some(reason) => Why::Reason(reason),
            None => self.gate.first().map_or(Why::Rest, Why::Missing),
        }
    }

    /// Whether a reason says no more than that today has had its session.
    fn is_done(&self, reason: &Reason) -> bool {
        let next: Option<NaiveDate> = self.on.succ_opt();
        let today = matches!(reason.fact, Fact::Spacing { last } if last == self.on);
        today && self.not_before == next
    }

    /// What led to the day's session: what lowers or holds its level, else what it leads to.
    fn of_session(&self) -> Why<'_> {
        let explains = |r: &&Reason| {
            let sign = matches!(r.rule, Rule::F1 | Rule::F2);
            let lowers = matches!(r.rule, Rule::Longest | Rule::Gap | Rule::LevelUps);
            lowers || (!sign && r.severity == Some(1))
        };
        if let Some(reason) = self.reasons.iter().find(explains) {
            return Why::Reason(reason);
        }
        let moved = self
            .history
            .last()
            .filter(|c| c.moves() && self.ok_done == 0);
        let moved = moved.and_then(|c| Some((c.cause, c.from.as_deref()?, c.to.as_str())));
        if let Some((ChangeCause::Down(_), from, to)) = moved {
            return Why::MovedDown(from, to);
        }
        if let Some(missing) = self.gate.first().filter(|_| !self.advice.runs()) {
            return Why::Missing(missing);
        }
        if let Some((ChangeCause::Up, from, to)) = moved {
            return Why::MovedUp(from, to);
        }
        if self.advice == Advice::SelfTest {
            Why::SelfTest
        } else if self.severity.is_none() {
            Why::First
        } else {
            Why::Go
        }
    }
}
