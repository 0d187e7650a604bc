//! The replay: the diary gone through day by day, so that an old entry that was
//! edited, deleted or answered late simply changes the answer.

use super::days::{between, plus};
use super::episode::Episode;
use super::gap_clock::GapClock;
use super::holds::Holds;
use super::index::Index;
use super::run_log::RunLog;
use super::standing::Standing;
use super::verdicts::Verdicts;
use crate::diary::entry::{Benchmark, Body, Entry, Morning};
use crate::diary::vocabulary::{RedFlag, Stage};
use crate::rules::guidance::LevelChange;
use crate::rules::symptom_free;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Days after the last of which anything is said by which nothing changes any more:
/// every count of a gap, of a clearance and of a gate is shorter.
pub(super) const STILL_DAYS: i64 = 120;

/// A morning without pain, limp or swelling, as it is assumed where the day's answer is missing.
static QUIET: Morning = symptom_free::morning();

/// The runner under a plan: the injury, where they stand, and the count of days away.
#[derive(Debug, Clone)]
pub(super) struct Runner<'a> {
    pub(super) episode: Episode<'a>,
    pub(super) standing: Standing,
    pub(super) gap: GapClock,
}

/// The state of the replay, as of one day.
#[derive(Clone)]
pub(super) struct Replay<'a> {
    pub(super) index: &'a Index<'a>,
    pub(super) today: NaiveDate,
    /// `None` before the first plan.
    pub(super) runner: Option<Runner<'a>>,
    pub(super) holds: Holds,
    pub(super) verdicts: Verdicts,
    pub(super) run_log: RunLog,
    pub(super) plan_flags: Vec<RedFlag>,
    /// Plans so far.
    pub(super) plans: u32,
    pub(super) history: Vec<LevelChange>,
    /// By a benchmark's name: the stages it names, and whether it keeps them closed.
    benchmarks: BTreeMap<&'a str, (Vec<Stage>, bool)>,
    /// This day's missing answer is taken as one without symptoms.
    assumed_quiet: Option<NaiveDate>,
    /// The state before this day began, where its answer is missing.
    day_before: Option<Box<Replay<'a>>>,
}

impl<'a> Replay<'a> {
    pub(super) fn new(index: &'a Index<'a>, today: NaiveDate) -> Self {
        Self {
            index,
            today,
            runner: None,
            holds: Holds::default(),
            verdicts: Verdicts::default(),
            run_log: RunLog::default(),
            plan_flags: Vec::new(),
            plans: 0,
            history: Vec::new(),
            benchmarks: BTreeMap::new(),
            assumed_quiet: None,
            day_before: None,
        }
    }

    /// Goes through every day from the first entry to `on`. Days on which nothing can
    /// change are stepped over: those before the first plan, and long silences.
    pub(super) fn run(&mut self, on: NaiveDate) {
        let Some(first) = self.index.first_day() else {
            self.today = on;
            return;
        };
        let (mut day, mut spoken) = (first, first);
        loop {
            if day >= on || self.index.asks_what_it_gave(day) {
                self.remember_start(day);
            }
            self.start_of_day(day);
            self.entries_of_day(day);
            if day >= on {
                return;
            }
            if self.index.speaks_of(day) {
                spoken = day;
            }
            let next = plus(day, 1);
            day = if self.is_still(spoken, day) {
                self.index.next_day(next).unwrap_or(on)
            } else {
                next
            };
        }
    }

    /// Whether nothing can change until something is said again.
    fn is_still(&self, spoken: NaiveDate, day: NaiveDate) -> bool {
        self.runner.is_none() || between(spoken, day) >= STILL_DAYS
    }

    /// Keeps the state before a day whose answer is missing, so that it can be asked what an
    /// answer without symptoms would make of it.
    pub(super) fn remember_start(&mut self, day: NaiveDate) {
        self.day_before = None;
        if self.answer(day).is_some() {
            return;
        }
        // What has happened to the level is not asked of that day.
        let history = std::mem::take(&mut self.history);
        let before = self.clone();
        self.history = history;
        self.day_before = Some(Box::new(before));
    }

    /// The day as it would stand had its missing morning been answered without symptoms, with
    /// the first so many of its entries. `None` where it is answered.
    pub(super) fn as_if_answered(&self, entries: usize) -> Option<Self> {
        let mut world = (**self.day_before.as_ref()?).clone();
        world.assumed_quiet = Some(self.today);
        world.start_of_day(self.today);
        world.first_entries(self.today, entries);
        Some(world)
    }

    /// What the day's own morning brings, before anything is done on it.
    pub(super) fn start_of_day(&mut self, day: NaiveDate) {
        self.today = day;
        self.benchmarks_of(day);
        if let Some(runner) = &mut self.runner {
            runner.episode.begin_day(day);
        }
        self.fit_to_longest(day);
        self.morning_findings(day);
        self.morning_flags(day);
        self.release_by_itself(day);
        self.way_back(day);
        self.time_away(day);
        self.advance(day);
        self.fit_to_longest(day);
        self.count_mornings(day);
    }

    /// What was entered on the day.
    pub(super) fn entries_of_day(&mut self, day: NaiveDate) {
        self.first_entries(day, usize::MAX);
    }

    /// The first so many entries of a day; after all of them what they open, opens.
    fn first_entries(&mut self, day: NaiveDate, count: usize) {
        let entries = self.index.on(day);
        let early = turning(entries);
        let mut opens = false;
        for (n, entry) in entries.iter().enumerate().take(count) {
            opens |= self.entry_of_day(entry, day);
            if n >= early && matches!(entry.body, Body::Morning(_)) {
                self.flags(entry, day);
            }
        }
        if opens && count >= entries.len() {
            self.way_back(day);
            self.advance(day);
        }
    }

    /// Reads an entry; whether it may open a gate at once: a clearance, an appointment, a
    /// plan that places the runner.
    fn entry_of_day(&mut self, entry: &'a Entry, day: NaiveDate) -> bool {
        let placings = self.placings();
        self.entry(entry, day);
        match entry.body {
            Body::Clearance(_) | Body::Appointment(_) => true,
            Body::Plan(_) => self.placings() != placings,
            Body::Session(_)
            | Body::Morning(_)
            | Body::SelfTest(_)
            | Body::Strength(_)
            | Body::Activity(_)
            | Body::Flag
            | Body::Benchmark(_)
            | Body::Mind(_)
            | Body::CheckIn(_)
            | Body::Goal(_)
            | Body::Absence(_)
            | Body::Freedom(_)
            | Body::Unknown(_) => false,
        }
    }

    fn placings(&self) -> Option<u32> {
        self.runner.as_ref().map(|r| r.standing.placings())
    }

    pub(super) fn entry(&mut self, entry: &'a Entry, day: NaiveDate) {
        match &entry.body {
            Body::Plan(plan) => self.plan(entry, plan, day),
            Body::Clearance(c) => {
                self.clearance(entry, c, day);
                self.flags(entry, day);
            }
            Body::Session(s) => self.session(entry, s, day),
            Body::Activity(a) => {
                if a.impact {
                    self.impact(day);
                }
                self.other_pain(entry.id, a.pain.get(), day);
                self.flags(entry, day);
            }
            Body::Strength(s) => {
                self.strength_pain(entry.id, s.pain.get(), day);
                self.flags(entry, day);
            }
            Body::SelfTest(test) => {
                self.self_test(entry, test, day);
                self.flags(entry, day);
            }
            // Its answer stands for its day, its flags come with the morning.
            Body::Morning(_) => {}
            Body::Flag
            | Body::Benchmark(_)
            | Body::Appointment(_)
            | Body::Mind(_)
            | Body::CheckIn(_)
            | Body::Goal(_)
            | Body::Absence(_)
            | Body::Freedom(_)
            | Body::Unknown(_) => self.flags(entry, day),
        }
    }

    /// The answer that stands for a morning.
    pub(super) fn answer(&self, day: NaiveDate) -> Option<super::index::Answer<'a>> {
        let stands = self.index.answer(day);
        if stands.is_none() && self.assumed_quiet == Some(day) {
            let place = (chrono::DateTime::default(), uuid::Uuid::nil());
            return Some(super::index::Answer {
                place,
                morning: &QUIET,
            });
        }
        stands
    }

    pub(super) fn morning(&self, day: NaiveDate) -> Option<&'a Morning> {
        self.answer(day).map(|a| a.morning)
    }

    /// A morning's own warning signs come before what it could bring; those entered
    /// after a plan or a word of this day are judged by it.
    fn morning_flags(&mut self, day: NaiveDate) {
        let entries = self.index.on(day);
        for entry in entries.iter().take(turning(entries)) {
            if matches!(entry.body, Body::Morning(_)) {
                self.flags(entry, day);
            }
        }
    }

    fn benchmarks_of(&mut self, day: NaiveDate) {
        for entry in self.index.on(day) {
            if let Body::Benchmark(b) = &entry.body {
                self.benchmark(b);
            }
        }
    }

    /// A benchmark keeps the stages it names closed while its latest entry is not met.
    fn benchmark(&mut self, b: &'a Benchmark) {
        let (stages, closed) = self.benchmarks.entry(b.name.as_str()).or_default();
        *closed = !b.met;
        if let Some(stage) = b.gates_stage.filter(|stage| !stages.contains(stage)) {
            stages.push(stage);
        }
    }

    /// The first benchmark that keeps a stage closed.
    pub(super) fn unmet_benchmark(&self, stage: Stage) -> Option<&str> {
        self.benchmarks
            .iter()
            .find(|(_, (stages, closed))| *closed && stages.contains(&stage))
            .map(|(name, _)| *name)
    }
}

/// Where a day's first plan or word of a clinician stands among its entries; their number
/// when there is none.
fn turning(entries: &[&Entry]) -> usize {
    let turns = |e: &&Entry| matches!(e.body, Body::Plan(_) | Body::Clearance(_));
    entries.iter().position(turns).unwrap_or(entries.len())
}
