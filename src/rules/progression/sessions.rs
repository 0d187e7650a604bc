//! A session in the replay: whether its day gave it, what it votes, and what it counts as
//! (sections 3 to 6).

use super::replay::{Replay, Runner};
use super::verdicts::Judged;
use crate::diary::entry::{Entry, Session};
use crate::diary::vocabulary::{FreedomName, Movement, PainBehaviour, Stage, StoppedFor, Swelling};
use crate::rules::guidance::{DoneOf, Rule};
use crate::rules::rows;
use crate::rules::rows::{
    Completion, RestDayRun, SessionReport, Vote, other_bony_site, percent_of,
};
use crate::thresholds::ladder::Level;
use crate::thresholds::{CUT_SHARE, SEVERE, TINY, TOO_MUCH_SHARE};
use chrono::NaiveDate;

/// Whether a session is a run: it holds running minutes, or was meant for running.
fn is_run(s: &Session) -> bool {
    s.run_min > 0.0 || s.activity != Movement::Walk
}

/// Whether it was stopped for pain.
fn stopped_for_pain(s: &Session) -> bool {
    s.hurt || s.stopped_for == Some(StoppedFor::Pain)
}

/// Whether it is a run for time away: one without a minute counts when it was stopped for
/// pain.
fn ends_gaps(s: &Session) -> bool {
    s.run_min > 0.0 || (is_run(s) && stopped_for_pain(s))
}

/// The share that is told of a run where nothing at all was asked; more is told as this.
const NOTHING_ASKED: f64 = 10.0;

fn percent(done: f64, of: f64) -> u32 {
    let share = if of > 0.0 { done / of } else { NOTHING_ASKED };
    percent_of(share.clamp(0.0, NOTHING_ASKED))
}

/// What a session is held against: its level, the runner's own, and the longest run.
struct Asked<'l> {
    level: Option<&'l Level>,
    /// Its level is above the runner's own.
    above_own: bool,
    own_min: f64,
    longest_min: f64,
    longest_whole_min: f64,
}

impl Asked<'_> {
    /// Running minutes that were asked for, walking ones for a walk, and what was done of
    /// them; `None`: nothing was asked.
    fn planned(&self, s: &Session) -> Option<(f64, f64)> {
        let planned = match self.level {
            Some(l) if l.run_s == 0 => (l.walk_min(), s.walk_min),
            Some(l) => (l.run_min(), s.run_min),
            None => (s.planned_run_min?, s.run_min),
        };
        (planned.0 > 0.0).then_some(planned)
    }

    /// Off the ladder, ahead of it, or running in a walk: held against the greater of the
    /// runner's own level and the longest run.
    fn off_ladder(&self, s: &Session) -> bool {
        let run_in_walk = self.level.is_some_and(|l| l.run_s == 0) && s.run_min > 0.0;
        self.level.is_none() || self.above_own || run_in_walk
    }

    /// Row K.
    fn completion(&self, s: &Session, bone: bool) -> Completion {
        let planned = self.planned(s);
        let too_much = if self.off_ladder(s) && s.run_min > 0.0 {
            let (of, most) = if self.longest_min > self.own_min {
                (DoneOf::Longest, self.longest_min)
            } else {
                (DoneOf::Level, self.own_min)
            };
            (s.run_min > TOO_MUCH_SHARE * most + TINY).then(|| (percent(s.run_min, most), of))
        } else {
            // Walks are held to it for bone alone.
            let held = bone || self.level.is_none_or(|l| l.run_s > 0);
            planned
                .filter(|(asked, done)| held && *done > TOO_MUCH_SHARE * asked + TINY)
                .map(|(asked, done)| (percent(done, asked), DoneOf::Asked))
        };
        if let Some((percent, of)) = too_much {
            return Completion::TooMuch { percent, of };
        }
        match planned {
            Some((asked, done)) if done < CUT_SHARE * asked - TINY => Completion::Cut {
                percent: percent(done, asked),
                pain: stopped_for_pain(s),
            },
            _ => Completion::Whole,
        }
    }

    /// What a run counts as for `LONGEST`, and whether it is a whole one (section 6).
    fn counted(&self, s: &Session) -> (f64, bool) {
        let asked = self.level.map(Level::run_min).or(s.planned_run_min);
        let most = asked.unwrap_or(f64::INFINITY);
        let cap = if self.off_ladder(s) {
            TOO_MUCH_SHARE * self.own_min.max(self.longest_min)
        } else {
            f64::INFINITY
        };
        let counted = s.run_min.min(most).min(cap);
        let cut = stopped_for_pain(s) && asked.is_none_or(|a| s.run_min < CUT_SHARE * a - TINY);
        if cut {
            (self.longest_whole_min.min(most).max(counted), false)
        } else {
            (counted, true)
        }
    }
}

impl<'a> Replay<'a> {
    pub(super) fn session(&mut self, entry: &'a Entry, s: &'a Session, day: NaiveDate) {
        if self.runner.is_none() {
            self.older_session(entry, s, day);
            return;
        }
        // Before anything of this session is read: what did the day give?
        let given = self.gives(is_run(s)) && self.verdicts.at(day).is_none();
        let rest_day = self.rest_day_run(s, day, entry);
        self.missed_mornings(day);
        // Where it lowers what the last run left, a gap is lowered from that.
        self.time_away(day);
        let Some(runner) = &self.runner else { return };
        let ladder = runner.episode.ladder().clone();
        let own = runner.standing.index();
        let level = s.level.as_deref().and_then(|id| ladder.index(id));
        let asked = Asked {
            level: level.and_then(|i| ladder.at(i)),
            above_own: level.is_some_and(|i| i > own),
            own_min: runner.level().map_or(0.0, Level::run_min),
            longest_min: self.run_log.longest(day, runner.placed_min()),
            longest_whole_min: self.run_log.longest_whole(day, runner.placed_min()),
        };
        let completion = asked.completion(s, runner.episode.bone());
        let counted = asked.counted(s);
        let in_running_stage = runner.standing.runs();
        let as_plan_walk = counts_as_plan_walk(runner, s, level);
        self.judge(entry, s, day, completion, rest_day, given);
        if is_run(s) {
            self.run_log.day(day);
            self.run_log.run(day, counted.0, counted.1);
        }
        let Some(runner) = &mut self.runner else {
            return;
        };
        // What this run itself lowers counts from this run.
        let waits = runner.waits_after_gap();
        if ends_gaps(s) {
            self.run_log.ends_gaps(day);
            runner.standing.ran(day);
            if in_running_stage || waits {
                runner.count_gap_from(day);
            }
        }
        if level.is_some() || as_plan_walk {
            runner.episode.did_plan_session(day);
            if !is_run(s) {
                self.run_log.walk(day);
                if runner.standing.walks() && !waits {
                    runner.count_gap_from(day);
                }
            }
        }
    }

    /// Older than the first plan: for rest days, gaps and `LONGEST` only.
    fn older_session(&mut self, entry: &'a Entry, s: &Session, day: NaiveDate) {
        if is_run(s) {
            self.run_log.day(day);
            let most = s.planned_run_min.unwrap_or(f64::INFINITY);
            let whole = !stopped_for_pain(s);
            self.run_log.run(day, s.run_min.min(most), whole);
        }
        if ends_gaps(s) {
            self.run_log.ends_gaps(day);
        }
        self.flags(entry, day);
    }

    /// Impact sport counts as a run for spacing and the cap, and ends a gap.
    pub(super) fn impact(&mut self, day: NaiveDate) {
        self.run_log.day(day);
        self.run_log.ends_gaps(day);
        if let Some(runner) = &mut self.runner {
            let waits = runner.waits_after_gap();
            runner.standing.ran(day);
            if runner.standing.runs() || waits {
                runner.count_gap_from(day);
            }
        }
    }

    /// Row O: the day's first run, on a day that gave none; not where only the day's answer
    /// was missing.
    fn rest_day_run(&mut self, s: &Session, day: NaiveDate, entry: &Entry) -> Option<RestDayRun> {
        if !is_run(s) || self.run_log.ran_on(day) || self.gives_run() {
            return None;
        }
        let against = self.against_a_run();
        let place = self.index.on(day).iter().position(|e| e.id == entry.id);
        let answered = place.and_then(|n| self.as_if_answered(n));
        if answered.is_some_and(|world| world.gives_run()) {
            return None;
        }
        Some(RestDayRun {
            against: against.unwrap_or(Rule::Gate),
            in_week: self.verdicts.rest_day_run(day),
        })
    }

    /// Puts a session into its day's verdict: the sessions of one day are one session.
    fn judge(
        &mut self,
        entry: &'a Entry,
        s: &'a Session,
        day: NaiveDate,
        completion: Completion,
        rest_day: Option<RestDayRun>,
        given: bool,
    ) {
        let mut votes = self.flag_votes(entry, day);
        let hard_by_freedom = self.hard_by_freedom(s, day);
        let swollen_before = self.verdicts.before(day).is_some_and(|j| j.swollen);
        let Some(runner) = &self.runner else { return };
        let (episode, standing) = (&runner.episode, &runner.standing);
        let measure = *episode.measure();
        let report = SessionReport {
            measure: &measure,
            plan: episode.plan(),
            session: s,
            is_run: is_run(s),
            completion,
            rest_day,
            bony_before: self.verdicts.bony_within(day),
            fleeting_before: self.verdicts.fleeting_within(day),
            swollen_before,
            hard_by_freedom,
            known_fear: episode.known_fear(),
            known_painkiller: episode.known_painkiller(),
        };
        let from_entry = |v: Vote| v.from_entry(entry.id);
        votes.extend(
            rows::session_votes(&report, day)
                .into_iter()
                .map(from_entry),
        );
        let mut after: Vec<Vote> = rows::after_votes(&measure, s.pain_after.get(), day)
            .into_iter()
            .map(from_entry)
            .collect();
        if episode.bone() {
            // Bone at once: the others wait for the morning.
            votes.append(&mut after);
        }
        let ladder = episode.ladder();
        let level = s.level.as_deref().and_then(|id| ladder.index(id));
        let from = if standing.stage() == Stage::Running {
            ladder.last()
        } else {
            standing.index()
        };
        let base = (standing.stage(), level.map_or(from, |l| l.min(from)));
        let counts =
            given && (matches_own_level(runner, s, level) || counts_as_plan_walk(runner, s, level));
        let judged = Judged {
            day,
            votes,
            severity: 0,
            settled: false,
            after,
            base,
            steps: 0,
            placing: standing.placings(),
            plan: self.plans,
            episode: episode.number(),
            worst_episode: episode.number(),
            counts: counts.then_some(standing.count()),
            given,
            swollen: s.swelling != Swelling::None,
            zeros: rows::is_painless(s),
            measure,
        };
        let bony = s.sites.iter().any(|x| other_bony_site(x, episode.plan()));
        if bony {
            self.verdicts.bony_on(day);
        }
        if s.pattern == PainBehaviour::Fleeting && !report.fleeting_before {
            self.verdicts.fleeting_on(day);
        }
        if hard_by_freedom {
            self.verdicts.hard_on(day);
        }
        let at = match self.verdicts.at(day) {
            Some(at) => {
                if let Some(same) = self.verdicts.get_mut(at) {
                    join(same, judged, level);
                }
                at
            }
            None => self.verdicts.push(judged),
        };
        self.take_effect(at, day, None);
    }

    /// Under a taken freedom the runner may mark one session in any 7 days as hard.
    fn hard_by_freedom(&self, s: &Session, day: NaiveDate) -> bool {
        let allows = [
            FreedomName::Hills,
            FreedomName::Strides,
            FreedomName::Tempo,
            FreedomName::Intervals,
        ];
        s.hard && self.verdicts.hard_free(day) && allows.iter().any(|name| self.freedom(*name))
    }
}

/// A second session of a day joins the first.
fn join(same: &mut Judged, new: Judged, level: Option<usize>) {
    let severe = new.votes.iter().any(|v| v.severity >= SEVERE);
    same.votes.extend(new.votes);
    same.after.extend(new.after);
    same.swollen |= new.swollen;
    same.zeros &= new.zeros;
    same.plan = new.plan;
    same.episode = new.episode;
    same.measure = new.measure.no_softer_than(&same.measure);
    if severe {
        same.worst_episode = same.episode;
    }
    // The day is counted down once, from the lowest level that went badly.
    if let Some(lower) = level.filter(|l| severe && *l < same.base.1) {
        same.base.1 = lower;
        same.steps = 0;
    }
}

/// Whether a session is one of exactly the runner's own level: the matching activity and no
/// more than 110 % of its running minutes.
fn matches_own_level(runner: &Runner, s: &Session, level: Option<usize>) -> bool {
    let Some(own) = runner
        .level()
        .filter(|_| level == Some(runner.standing.index()))
    else {
        return false;
    };
    let walks = own.movement() == Movement::Walk;
    let kind = s.activity == own.movement() && (!walks || s.run_min <= 0.0);
    runner.standing.stage() != Stage::Rest
        && kind
        && s.run_min <= own.run_min() * TOO_MUCH_SHARE + TINY
}

/// In walking and self-test a walk off the plan at least as long as the level's counts as one
/// of it; not bone.
fn counts_as_plan_walk(runner: &Runner, s: &Session, level: Option<usize>) -> bool {
    let off_plan = level.is_none() && s.activity == Movement::Walk && s.run_min <= 0.0;
    let long = runner
        .level()
        .is_some_and(|own| own.run_s == 0 && s.walk_min >= own.walk_min() - TINY);
    off_plan && long && runner.standing.walks() && !runner.episode.bone()
}
