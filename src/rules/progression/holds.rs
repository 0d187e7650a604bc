//! What holds the runner: a pause, rest days, the wait for a morning at the usual, and signs
//! that a review is asked for.

use super::days::{between, plus};
use super::index::Place;
use crate::diary::vocabulary::RedFlag;
use crate::rules::guidance::Rule;
use crate::rules::measure::Measure;
use crate::rules::rows::Vote;
use crate::thresholds::SELF_RELEASE_DAYS;
use chrono::NaiveDate;
use uuid::Uuid;

/// What a finding of 4 or more was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// The sessions of a day.
    Sessions(NaiveDate),
    /// Something else that was entered.
    Entry(Uuid),
}

/// Running is paused until a clearance later than the last finding.
#[derive(Debug, Clone)]
pub(super) struct Pause {
    since: NaiveDate,
    last_finding: NaiveDate,
    /// The last finding was read from a morning alone: a clearance of that day lifts it, once
    /// the morning is in.
    by_morning: Option<Place>,
    votes: Vec<Vote>,
    /// How the mornings that may end it are measured.
    measure: Option<Measure>,
    /// Seven quiet mornings in a row since then (`SELF`).
    quiet_since: Option<NaiveDate>,
}

impl Pause {
    pub(super) fn since(&self) -> NaiveDate {
        self.since
    }

    pub(super) fn last_finding(&self) -> NaiveDate {
        self.last_finding
    }

    /// The day after which a clearance ends it.
    pub(super) fn ends_after(&self) -> NaiveDate {
        match self.by_morning {
            Some(_) => plus(self.last_finding, -1),
            None => self.last_finding,
        }
    }

    pub(super) fn votes(&self) -> &[Vote] {
        &self.votes
    }

    pub(super) fn measure(&self) -> Option<&Measure> {
        self.measure.as_ref()
    }

    pub(super) fn quiet_since(&self) -> Option<NaiveDate> {
        self.quiet_since
    }

    /// Whether a clinician who saw the runner on that day, by a word that stands there, had
    /// seen what caused it.
    fn lifted_by(&self, seen: NaiveDate, word: Place) -> bool {
        let same_day = seen == self.last_finding;
        seen > self.last_finding || (same_day && self.by_morning.is_some_and(|m| m < word))
    }
}

/// A run waits for a morning at the usual, later than a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wait {
    pub(super) after: NaiveDate,
    pub(super) measure: Measure,
}

/// A sign that a review is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Review {
    pub(super) since: NaiveDate,
    pub(super) flag: RedFlag,
    pub(super) entry: Uuid,
}

/// What holds the runner.
#[derive(Debug, Clone, Default)]
pub(super) struct Holds {
    pause: Option<Pause>,
    /// No session before this day, and the vote that asks for the rest.
    rest_until: Option<(NaiveDate, Vote)>,
    wait: Option<Wait>,
    reviews: Vec<Review>,
    emergencies: Vec<Vote>,
    /// Findings of 4 or more, each with its day.
    grave: Vec<(NaiveDate, Cause)>,
}

impl Holds {
    pub(super) fn pause(&self) -> Option<&Pause> {
        self.pause.as_ref()
    }

    pub(super) fn paused(&self) -> bool {
        self.pause.is_some()
    }

    /// A pause, or a later finding about one that stands. `by_morning`: the answer that it was
    /// read from, where it was read from nothing else.
    pub(super) fn pause_for(
        &mut self,
        day: NaiveDate,
        cause: Cause,
        votes: Vec<Vote>,
        by_morning: Option<Place>,
        measure: Option<Measure>,
    ) {
        self.grave.push((day, cause));
        let Some(pause) = &mut self.pause else {
            self.pause = Some(Pause {
                since: day,
                last_finding: day,
                by_morning,
                votes,
                measure,
                quiet_since: None,
            });
            return;
        };
        pause.by_morning = match (day.cmp(&pause.last_finding), pause.by_morning) {
            (std::cmp::Ordering::Less, old) => old,
            (std::cmp::Ordering::Equal, old) => old.and(by_morning),
            (std::cmp::Ordering::Greater, _) => by_morning,
        };
        pause.last_finding = pause.last_finding.max(day);
        pause.quiet_since = None;
        if let (Some(old), Some(new)) = (pause.measure, measure) {
            pause.measure = Some(old.no_softer_than(&new));
        }
        for vote in votes {
            if !pause.votes.contains(&vote) {
                pause.votes.push(vote);
            }
        }
    }

    /// A clinician's word that stands there, seen on that day.
    pub(super) fn clear(&mut self, seen: NaiveDate, word: Place) {
        if self.pause.as_ref().is_some_and(|p| p.lifted_by(seen, word)) {
            self.pause = None;
        }
        self.reviews.retain(|r| r.since > seen);
    }

    /// The pause ends by itself (`SELF`).
    pub(super) fn release(&mut self) {
        self.pause = None;
    }

    pub(super) fn quiet_since(&mut self, since: Option<NaiveDate>) {
        if let Some(pause) = &mut self.pause {
            pause.quiet_since = since;
        }
    }

    /// Whether the standing pause came from row X or T alone, and is the only finding of 4 or
    /// more in 90 days.
    pub(super) fn may_release_itself(&self, day: NaiveDate) -> bool {
        let Some(pause) = &self.pause else {
            return false;
        };
        let mild = pause
            .votes
            .iter()
            .all(|v| matches!(v.rule, Rule::X | Rule::T));
        let mut recent = self
            .grave
            .iter()
            .filter(|(found, _)| between(*found, day) < SELF_RELEASE_DAYS)
            .map(|(_, cause)| cause);
        let first = recent.next();
        mild && recent.all(|cause| Some(cause) == first)
    }

    pub(super) fn rest(&mut self, until: NaiveDate, vote: Vote) {
        // Of two that end on one day the worse is told.
        if self
            .rest_until
            .as_ref()
            .is_none_or(|(day, old)| (*day, old.severity) < (until, vote.severity))
        {
            self.rest_until = Some((until, vote));
        }
    }

    /// What asks for rest on a day.
    pub(super) fn resting(&self, on: NaiveDate) -> Option<&Vote> {
        let (until, vote) = self.rest_until.as_ref()?;
        (on < *until).then_some(vote)
    }

    pub(super) fn wait_for_baseline(&mut self, after: NaiveDate, measure: Measure) {
        self.wait = Some(match self.wait {
            Some(old) => Wait {
                after: old.after.max(after),
                measure: old.measure.no_softer_than(&measure),
            },
            None => Wait { after, measure },
        });
    }

    pub(super) fn wait(&self) -> Option<Wait> {
        self.wait
    }

    pub(super) fn end_wait(&mut self) {
        self.wait = None;
    }

    pub(super) fn ask_for_review(&mut self, review: Review) {
        self.reviews.push(review);
    }

    pub(super) fn reviews(&self) -> &[Review] {
        &self.reviews
    }

    pub(super) fn emergency(&mut self, votes: impl Iterator<Item = Vote>) {
        self.emergencies.extend(votes);
    }

    /// The emergency signs of a day.
    pub(super) fn emergencies(&self, day: NaiveDate) -> impl Iterator<Item = &Vote> {
        self.emergencies.iter().filter(move |v| v.day == day)
    }
}
