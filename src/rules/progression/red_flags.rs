//! Warning signs (section 7): they pause from wherever they are logged.

use super::holds::{Cause, Review};
use super::replay::Replay;
use crate::diary::entry::{Body, Entry};
use crate::diary::vocabulary::{Profile, RedFlag, Tier};
use crate::rules::guidance::Fact;
use crate::rules::measure::Measure;
use crate::rules::rows;
use crate::rules::rows::{SignTier, Vote};
use crate::thresholds::SEVERE;
use chrono::NaiveDate;

impl Replay<'_> {
    /// The votes of warning signs on an entry; review signs are kept apart.
    pub(super) fn flag_votes(&mut self, entry: &Entry, day: NaiveDate) -> Vec<Vote> {
        if entry.flags.is_empty() {
            return Vec::new();
        }
        let profile = self
            .runner
            .as_ref()
            .map_or(Profile::Joint, |r| r.episode.profile());
        let worse = says_worse(entry);
        // A plan that only repeats the signs of the plan before does not vote again.
        let repeated: &[RedFlag] = if matches!(entry.body, Body::Plan(_)) {
            &self.plan_flags
        } else {
            &[]
        };
        let measure = Measure {
            profile,
            baseline: 0,
            stiffness: 0.0,
            limit: None,
        };
        let mut votes = Vec::new();
        let mut reviews = Vec::new();
        for &flag in entry.flags.iter().filter(|f| !repeated.contains(f)) {
            let known = self
                .runner
                .as_ref()
                .is_some_and(|r| r.episode.known_flag(flag));
            let tier = match flag.tier(profile) {
                Tier::Emergency => SignTier::Emergency,
                Tier::Urgent if !known || worse => SignTier::Urgent,
                // What holds the level although the clinician knows of it.
                Tier::Urgent if matches!(flag, RedFlag::Leakage | RedFlag::Heaviness) => {
                    SignTier::Known
                }
                Tier::Urgent => continue,
                Tier::Review => {
                    reviews.push(Review {
                        since: day,
                        flag,
                        entry: entry.id,
                    });
                    continue;
                }
            };
            let fact = Fact::RedFlag(flag);
            votes.extend(rows::sign_votes(&measure, tier, &fact, day));
        }
        for review in reviews {
            self.holds.ask_for_review(review);
        }
        for vote in &mut votes {
            vote.entry = Some(entry.id);
        }
        let emergencies = votes.iter().filter(|v| v.severity == 5).cloned();
        self.holds.emergency(emergencies);
        votes
    }

    /// Warning signs outside a session pause and lower nothing (section 5).
    pub(super) fn flags(&mut self, entry: &Entry, day: NaiveDate) {
        let mut votes = self.flag_votes(entry, day);
        votes.retain(|v| v.severity >= SEVERE);
        if !votes.is_empty() {
            self.count_anew();
            self.pause(day, Cause::Entry(entry.id), votes, None);
        }
    }
}

fn says_worse(entry: &Entry) -> bool {
    match &entry.body {
        Body::Session(s) => s.worse,
        Body::Morning(m) => m.worse,
        Body::Plan(_)
        | Body::Clearance(_)
        | Body::SelfTest(_)
        | Body::Strength(_)
        | Body::Activity(_)
        | Body::Flag
        | Body::Benchmark(_)
        | Body::Appointment(_)
        | Body::Mind(_)
        | Body::CheckIn(_)
        | Body::Goal(_)
        | Body::Absence(_)
        | Body::Freedom(_)
        | Body::Unknown(_) => false,
    }
}
