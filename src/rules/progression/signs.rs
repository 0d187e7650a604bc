//! Warning signs (section 7): they pause from wherever they are logged.

use super::replay::Replay;
use crate::diary::entry::{Body, Entry};
use crate::diary::vocabulary::{Profile, RedFlag, Tier};
use crate::rules::guidance::Fact;
use crate::rules::rows::{Measure, Row, Vote};
use chrono::NaiveDate;

impl Replay<'_> {
    /// The votes of warning signs on an entry; review signs are kept apart.
    pub(super) fn flag_votes(&mut self, entry: &Entry, day: NaiveDate) -> Vec<Vote> {
        if entry.flags.is_empty() {
            return Vec::new();
        }
        let profile = self.case.as_ref().map_or(Profile::Joint, |c| c.profile);
        let known = self
            .case
            .as_ref()
            .map(|c| c.known_flags.as_slice())
            .unwrap_or_default();
        let worse = match &entry.body {
            Body::Session(s) => s.worse,
            Body::Morning(m) => m.worse,
            _ => false,
        };
        // A plan that only repeats the signs of the plan before does not vote again.
        let repeated: &[RedFlag] = if matches!(entry.body, Body::Plan(_)) {
            &self.plan_flags
        } else {
            &[]
        };
        let measure = Measure {
            profile,
            usual: 0,
            stiffness: 0.0,
            max_during: None,
        };
        let mut votes = Vec::new();
        for &flag in entry.flags.iter().filter(|f| !repeated.contains(f)) {
            let row = match flag.tier(profile) {
                Tier::Emergency => Row::Emergency,
                Tier::Urgent if known.contains(&flag) && !worse => continue,
                Tier::Urgent => Row::Urgent,
                Tier::Review => {
                    self.reviews.push((day, flag, entry.id));
                    continue;
                }
            };
            votes.push(
                measure
                    .vote(row, Fact::RedFlag(flag), day)
                    .from_entry(entry.id),
            );
        }
        self.emergency
            .extend(votes.iter().filter(|v| v.severity == 5).cloned());
        votes
    }

    /// Warning signs outside a session pause and lower nothing (section 5).
    pub(super) fn flags(&mut self, entry: &Entry, day: NaiveDate) {
        let votes = self.flag_votes(entry, day);
        if !votes.is_empty() {
            self.count_anew();
            self.pause_for(day, votes);
        }
    }

    pub(super) fn flags_of_plan(&mut self, entry: &Entry, day: NaiveDate) {
        self.flags(entry, day);
        self.plan_flags.clone_from(&entry.flags);
    }
}
