//! Where a plan, a clearance or a change puts the runner (sections 1, 2 and 5).

use super::episode::Episode;
use super::gap_clock::GapClock;
use super::holds::Cause;
use super::replay::{Replay, Runner};
use super::standing::{BackBy, Standing, WayBack};
use crate::diary::entry::{Clearance, Entry, Plan};
use crate::diary::vocabulary::Stage;
use crate::plan::profile::softness;
use crate::rules::guidance::{ChangeCause, Fact, LevelChange, Rule};
use crate::rules::rows::{Kind, Vote};
use crate::thresholds::ZERO_MORNINGS;
use crate::thresholds::ladder::{Ladder, Level};
use chrono::NaiveDate;

/// Whether a later plan of the same injury places the runner again: by another stage or
/// another level. A level left out means the stage's first.
pub(crate) fn places_anew(old: &Plan, new: &Plan) -> bool {
    if old.start_stage != new.start_stage {
        return true;
    }
    let at = |plan: &Plan| {
        let ladder = Ladder::of(plan);
        let named = plan.start_level.as_deref().and_then(|id| ladder.index(id));
        named.unwrap_or_else(|| ladder.first_of(plan.start_stage))
    };
    let left_out = old.start_level.is_none() || new.start_level.is_none();
    old.start_level != new.start_level && !(left_out && at(old) == at(new))
}

impl<'a> Replay<'a> {
    pub(super) fn plan(&mut self, entry: &'a Entry, plan: &'a Plan, day: NaiveDate) {
        self.plans += 1;
        match self.runner.take() {
            None => {
                let episode = Episode::new(plan, plan.injury.profile, self.plans);
                self.begin(episode, None, day);
            }
            Some(runner) if plan.injury.is_another(&runner.episode.plan().injury) => {
                self.new_injury(runner, plan, day);
            }
            Some(runner) if places_anew(runner.episode.plan(), plan) => {
                let profile = held_profile(&runner.episode, plan);
                let mut episode = Episode::new(plan, profile, self.plans);
                episode.inherit(runner.episode);
                self.begin(episode, Some(runner.standing), day);
            }
            Some(runner) => self.keep(runner, plan),
        }
        self.flags(entry, day);
        self.plan_flags.clone_from(&entry.flags);
    }

    /// A new injury: its own placing and counts, and it needs its own clearance.
    fn new_injury(&mut self, runner: Runner<'a>, plan: &'a Plan, day: NaiveDate) {
        let profile = held_profile(&runner.episode, plan);
        let mut episode = Episode::new(plan, profile, self.plans);
        episode.inherit_cap(runner.episode);
        self.begin(episode, Some(runner.standing), day);
    }

    /// A plan that keeps the injury and the start moves nobody; another ladder aside.
    fn keep(&mut self, mut runner: Runner<'a>, plan: &'a Plan) {
        let needed = runner.needed();
        if let Some(old) = runner.episode.follow(plan) {
            let new = runner.episode.ladder().clone();
            runner.standing.change_ladder(&old, &new);
            runner.gap.left(runner.standing.index());
            self.verdicts.forget_ones();
            // What is yet found of an earlier session leads down here, too.
            for judged in self.verdicts.of_placing(runner.standing.placings()) {
                let (stage, index) = judged.base;
                judged.base.1 = old.at(index).map_or(index, |l| new.carried(l, stage));
            }
        } else {
            runner.standing.keep(needed, self.plans);
        }
        self.runner = Some(runner);
    }

    /// The runner stands where a plan puts them.
    fn begin(&mut self, episode: Episode<'a>, old: Option<Standing>, day: NaiveDate) {
        let mut standing = Standing::placed_by(episode.plan(), episode.ladder(), day);
        if let Some(old) = old {
            standing.inherit(old);
        }
        let from = self.history.last().map(|h| h.to.clone());
        let to = episode.ladder().at(standing.index());
        if standing.stage() != Stage::Rest || from.is_some() {
            self.history.push(LevelChange {
                on: day,
                from,
                to: to.map(|l| l.id.clone()).unwrap_or_default(),
                cause: ChangeCause::Placed,
            });
        }
        let gap = GapClock::new(day, standing.index());
        self.runner = Some(Runner {
            episode,
            standing,
            gap,
        });
        self.verdicts.forget_ones();
    }

    pub(super) fn clearance(&mut self, entry: &Entry, c: &Clearance, day: NaiveDate) {
        if !c.granted {
            self.refusal(entry, day);
            return;
        }
        // Nobody can clear what they had not yet seen: the earlier of both days counts.
        let seen = c.seen_on.map_or(day, |seen| seen.min(day));
        let word = (entry.at, entry.id);
        if let Some(runner) = &mut self.runner {
            if seen < runner.episode.plan().injury.since {
                // Seen before this injury: it frees nothing.
                runner.episode.cap_by_older_word(c.max_level.as_ref());
                return;
            }
            runner.episode.clear(c, seen);
        }
        self.holds.clear(seen, word);
        self.verdicts.clear(seen);
        if let Some(level) = &c.restart_level {
            self.restart(level, day);
        }
    }

    fn refusal(&mut self, entry: &Entry, day: NaiveDate) {
        if let Some(runner) = &mut self.runner {
            runner.episode.refuse();
        }
        let vote = Vote {
            rule: Rule::Clearance,
            fact: Fact::Clearance,
            severity: 4,
            kind: Kind::Conduct,
            rests: false,
            day,
            entry: Some(entry.id),
            from_morning: false,
        };
        self.pause(day, Cause::Entry(entry.id), vec![vote], None);
    }

    /// Puts the runner at a level, by a clinician's word; bone waits at W5 for its seven
    /// quiet mornings before a level of running.
    fn restart(&mut self, level: &str, day: NaiveDate) {
        let quiet = self.seven_zeros(day) >= ZERO_MORNINGS;
        let Some(runner) = &mut self.runner else {
            return;
        };
        let ladder = runner.episode.ladder().clone();
        let Some(index) = ladder.index(level) else {
            return;
        };
        let minutes = ladder.at(index).map_or(0.0, Level::run_min);
        let runs = minutes > 0.0;
        if runs {
            self.run_log.restart(day, minutes);
        }
        let waits = runs && runner.episode.bone() && !quiet;
        let (stage, at) = if waits {
            (Stage::Walking, ladder.top_walk())
        } else {
            (ladder.at(index).map_or(Stage::Walking, |l| l.stage), index)
        };
        self.move_to(stage, at, day, ChangeCause::Cleared);
        let Some(runner) = &mut self.runner else {
            return;
        };
        let r1 = ladder.first_of(Stage::RunWalk);
        runner.standing.place(index, r1);
        if waits {
            let way = WayBack {
                to: index,
                by: BackBy::Mornings,
                since: day,
            };
            runner.standing.open_way_back(way, r1);
        }
        runner.count_gap_from(day);
    }

    /// Any change of stage or level: counts start again, and the history keeps it.
    pub(super) fn move_to(&mut self, stage: Stage, index: usize, day: NaiveDate, why: ChangeCause) {
        let Some(runner) = &mut self.runner else {
            return;
        };
        let ladder = runner.episode.ladder();
        let name = |at| ladder.at(at).map(|l| l.id.clone());
        let old = (runner.standing.stage(), runner.standing.index());
        if old != (stage, index) {
            self.history.push(LevelChange {
                on: day,
                from: name(old.1),
                to: name(index).unwrap_or_default(),
                cause: why,
            });
        }
        runner.standing.stand(stage, index, day);
        match why {
            // Lowered once, time away is counted from what the run left.
            ChangeCause::Gap | ChangeCause::Down(_) => {}
            ChangeCause::Placed | ChangeCause::Up | ChangeCause::Cleared => runner.gap.left(index),
        }
        self.verdicts.forget_ones();
    }
}

/// A softer profile waits for a clearance that allows it; until then the old one goes on,
/// for a new site too (section 1).
fn held_profile(old: &Episode, plan: &Plan) -> crate::diary::vocabulary::Profile {
    let wanted = plan.injury.profile;
    if softness(wanted) > softness(old.profile()) && !old.allows_softer() {
        old.profile()
    } else {
        wanted
    }
}
