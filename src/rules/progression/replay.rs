//! The replay: the diary gone through day by day, so that an old entry that was
//! edited, deleted or answered late simply changes the answer.

use super::case::Case;
use super::log::{Log, between, plus};
use crate::diary::entry::{Benchmark, Body, Entry, Session};
use crate::diary::vocabulary::{Movement, PainBehaviour, RedFlag, Stage};
use crate::formats::sorted::Sorted;
use crate::rules::guidance::LevelChange;
use crate::rules::rows::{Before, Vote, other_bony_site};
use crate::thresholds::ladder::Level;
use crate::thresholds::{AGAIN_DAYS, FEAR_IN_A_ROW};
use chrono::NaiveDate;
use uuid::Uuid;

/// Days after the last of which anything is said by which nothing changes any more:
/// every count of a gap, of a clearance and of a gate is shorter.
pub(super) const STILL_DAYS: i64 = 120;

/// Running is paused until a clearance on a later day than the last finding.
#[derive(Debug, Clone)]
pub(super) struct Pause {
    pub(super) since: NaiveDate,
    pub(super) last_finding: NaiveDate,
    pub(super) votes: Vec<Vote>,
    /// Seven quiet mornings in a row since then (`SELF`).
    pub(super) quiet_since: Option<NaiveDate>,
}

/// One day's sessions, judged as one (section 5).
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // each a fact of its own
pub(super) struct Judged {
    pub(super) day: NaiveDate,
    pub(super) votes: Vec<Vote>,
    pub(super) severity: u8,
    /// The morning after was answered, or missed.
    pub(super) settled: bool,
    /// Row A by the plan that stood with each session, until it is read.
    pub(super) after: Vec<Vote>,
    /// Where it is counted down from.
    pub(super) base: (Stage, usize),
    pub(super) steps: usize,
    /// The placing that stood.
    pub(super) placing: u32,
    /// The case of its last session, and of the last that went badly.
    pub(super) case: u32,
    pub(super) bad_case: u32,
    /// It may count as OK, in this epoch.
    pub(super) counts: Option<u32>,
    pub(super) swollen: bool,
    pub(super) zeros: bool,
    pub(super) fear: bool,
    pub(super) counted_not_ok: bool,
    /// The row of sessions that were not OK before it, which it broke.
    pub(super) row_before: u32,
}

/// The state of the replay.
pub(super) struct Replay<'a> {
    pub(super) log: &'a Log<'a>,
    pub(super) today: NaiveDate,
    pub(super) case: Option<Case<'a>>,
    pub(super) plan_flags: Vec<RedFlag>,
    pub(super) pause: Option<Pause>,
    /// A morning at the usual is awaited, later than this day.
    pub(super) wait_after: Option<NaiveDate>,
    /// No session before this day, and the rule that asks for the rest.
    pub(super) rest_until: Option<(NaiveDate, Vote)>,
    pub(super) judged: Vec<Judged>,
    /// Days of sessions of severity 2 or more, each with its last finding, and the case
    /// that it was done in (row X).
    pub(super) memory: Vec<(NaiveDate, NaiveDate, u32)>,
    /// Sessions in a row that were not OK, and the day of the last.
    pub(super) not_ok: u32,
    pub(super) not_ok_on: Option<NaiveDate>,
    /// Severity-1 results in a row at one level, those of K and E alone not counted.
    pub(super) ones: u32,
    /// Counts of OK sessions, and placings by a plan or a clinician, each numbered.
    pub(super) epoch: u32,
    pub(super) placings: u32,
    /// The placing that the standing case began with.
    pub(super) case_from: u32,
    pub(super) level_ups: Vec<NaiveDate>,
    pub(super) reviews: Vec<(NaiveDate, RedFlag, Uuid)>,
    pub(super) emergency: Vec<Vote>,
    pub(super) self_released: Option<NaiveDate>,
    pub(super) history: Vec<LevelChange>,
    /// Days with running, impact sport included, one item a session, in order.
    pub(super) runs: Vec<NaiveDate>,
    /// Running minutes, each counted at no more than it was asked, in order.
    pub(super) run_minutes: Vec<(NaiveDate, f64)>,
    pub(super) plan_walks: Vec<NaiveDate>,
    /// By a benchmark's name: the stages it names, and whether it keeps them closed.
    pub(super) benchmarks: Sorted<&'a str, (Vec<Stage>, bool)>,
    /// The last day with pain at another bony site, and with one fleeting pain let pass.
    bony: Option<NaiveDate>,
    fleeting: Option<NaiveDate>,
}

impl<'a> Replay<'a> {
    pub(super) fn new(log: &'a Log<'a>, today: NaiveDate) -> Self {
        Self {
            log,
            today,
            case: None,
            plan_flags: Vec::new(),
            pause: None,
            wait_after: None,
            rest_until: None,
            judged: Vec::new(),
            memory: Vec::new(),
            not_ok: 0,
            not_ok_on: None,
            ones: 0,
            epoch: 0,
            placings: 0,
            case_from: 0,
            level_ups: Vec::new(),
            reviews: Vec::new(),
            emergency: Vec::new(),
            self_released: None,
            history: Vec::new(),
            runs: Vec::new(),
            run_minutes: Vec::new(),
            plan_walks: Vec::new(),
            benchmarks: Sorted::default(),
            bony: None,
            fleeting: None,
        }
    }

    /// Goes through every day from the first entry to today. Days on which nothing can
    /// change are stepped over: those before the first plan, and long silences.
    pub(super) fn run(&mut self) {
        let Some(&(first, _)) = self.log.by_day.as_slice().first() else {
            return;
        };
        let (mut day, mut spoken) = (first, first);
        loop {
            self.day(day);
            if day >= self.today {
                return;
            }
            if self.log.speaks_of(day) {
                spoken = day;
            }
            let next = plus(day, 1);
            let still = self.case.is_none() || between(spoken, day) >= STILL_DAYS;
            day = if still {
                self.log.next_day(next).unwrap_or(self.today)
            } else {
                next
            };
        }
    }

    fn day(&mut self, day: NaiveDate) {
        self.dawn(day);
        self.rest_of_day(day);
    }

    /// What the day's own morning brings, before anything is done on it.
    pub(super) fn dawn(&mut self, day: NaiveDate) {
        let entries = self.log.on(day);
        for entry in entries {
            if let Body::Benchmark(b) = &entry.body {
                self.benchmark(b);
            }
        }
        if let Some(case) = &mut self.case {
            case.lapse(day);
            self.morning_findings(day);
        }
        // A morning's own warning signs come before what it could bring; those entered
        // after a plan or a word of this day are judged by it.
        for entry in entries.iter().take(turning(entries)) {
            if matches!(entry.body, Body::Morning(_)) {
                self.flags(entry, day);
            }
        }
        if self.case.is_some() {
            self.self_release(day);
            self.return_from_walk(day);
            self.gaps(day);
            self.advance(day);
        }
    }

    /// What was entered on the day.
    pub(super) fn rest_of_day(&mut self, day: NaiveDate) {
        let entries = self.log.on(day);
        let early = turning(entries);
        for (n, entry) in entries.iter().enumerate() {
            self.entry(entry, day);
            if n >= early && matches!(entry.body, Body::Morning(_)) {
                self.flags(entry, day);
            }
        }
        // A clearance, an appointment or a plan of this day may open a gate at once.
        if entries.iter().any(|e| {
            matches!(
                e.body,
                Body::Clearance(_) | Body::Plan(_) | Body::Appointment(_)
            )
        }) {
            self.return_from_walk(day);
            self.advance(day);
        }
    }

    pub(super) fn entry(&mut self, entry: &'a Entry, day: NaiveDate) {
        match &entry.body {
            Body::Plan(plan) => self.plan(entry, plan, day),
            Body::Clearance(c) => self.clearance(entry, c, day),
            Body::Session(s) => self.session(entry, s, day),
            Body::Activity(a) => {
                if a.impact {
                    self.runs.push(day);
                }
                self.other_pain(entry.id, a.pain.get(), day);
            }
            Body::Strength(s) => self.other_pain(entry.id, s.pain.get(), day),
            Body::SelfTest(test) => self.self_test(entry.id, test, day),
            _ => {}
        }
        if !matches!(
            entry.body,
            Body::Session(_) | Body::Morning(_) | Body::Plan(_)
        ) {
            self.flags(entry, day);
        }
    }

    /// A benchmark keeps the stages it names closed while its latest entry is not met.
    fn benchmark(&mut self, b: &'a Benchmark) {
        let (stages, closed) = self.benchmarks.or_default(b.name.as_str());
        *closed = !b.met;
        if let Some(stage) = b.gates_stage.filter(|stage| !stages.contains(stage)) {
            stages.push(stage);
        }
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

    /// A pause, or a later finding about one that stands.
    pub(super) fn pause_for(&mut self, day: NaiveDate, votes: Vec<Vote>) {
        let Some(pause) = &mut self.pause else {
            let (since, last_finding) = (day, day);
            self.pause = Some(Pause {
                since,
                last_finding,
                votes,
                quiet_since: None,
            });
            return;
        };
        pause.last_finding = pause.last_finding.max(day);
        pause.quiet_since = None;
        for vote in votes {
            if !pause.votes.contains(&vote) {
                pause.votes.push(vote);
            }
        }
    }

    fn session(&mut self, entry: &'a Entry, s: &'a Session, day: NaiveDate) {
        let running = s.run_min > 0.0 || s.activity != Movement::Walk;
        if running {
            self.runs.push(day);
            self.run_minutes.push((day, self.asked(s)));
        }
        if self.case.is_none() {
            // Older than the first plan: for rest days, gaps and LONGEST only.
            self.flags(entry, day);
            return;
        }
        self.missed_mornings(day);
        // Where it lowers what the last run left, a gap is lowered from that.
        self.gaps(day);
        // What this run itself lowers counts from this run.
        let ran = s.run_min > 0.0 && self.case.as_ref().is_some_and(Case::runs);
        let flag_votes = self.flag_votes(entry, day);
        self.judge(entry, s, day, flag_votes);
        let Some(case) = &mut self.case else { return };
        let on_plan = s
            .level
            .as_deref()
            .is_some_and(|id| case.ladder.index(id).is_some());
        let waits = case.return_from_gap && case.return_to.is_some();
        if ran || (s.run_min > 0.0 && waits) {
            case.count_gap_from(day);
        }
        if on_plan {
            case.last_plan_session = Some(day);
            if !running {
                self.plan_walks.push(day);
                if matches!(case.stage, Stage::Walking | Stage::SelfTest) && !waits {
                    case.count_gap_from(day);
                }
            }
        }
    }

    /// Running minutes of a session, counted at no more than it was asked.
    fn asked(&self, s: &Session) -> f64 {
        let ladder = self.case.as_ref().map(|c| &c.ladder);
        let level = s.level.as_deref().and_then(|id| ladder?.level(id));
        let most = level.map(Level::run_min).or(s.planned_run_min);
        most.map_or(s.run_min, |most| s.run_min.min(most))
    }

    /// What a session's votes need to know about what went before.
    pub(super) fn before(&mut self, s: &Session, day: NaiveDate) -> Before {
        let recent = |d: NaiveDate| between(d, day) <= AGAIN_DAYS;
        let earlier = || self.judged.iter().rev().filter(|j| j.day < day);
        let before = Before {
            bony: self.bony.is_some_and(recent),
            fleeting: self.fleeting.is_some_and(recent),
            fear_twice: earlier().take_while(|j| j.fear).map(|_| 1).sum::<u32>() >= FEAR_IN_A_ROW,
            swollen: earlier().next().is_some_and(|j| j.swollen),
        };
        if let Some(case) = &self.case {
            let bony = s.sites.iter().any(|x| other_bony_site(x, case.plan));
            if bony {
                self.bony = Some(day);
            }
            if s.pattern == PainBehaviour::Fleeting && !before.fleeting {
                self.fleeting = Some(day);
            }
        }
        before
    }
}

/// Where a day's first plan or word of a clinician stands among its entries; their number
/// when there is none.
fn turning(entries: &[&Entry]) -> usize {
    let turns = |e: &&Entry| matches!(e.body, Body::Plan(_) | Body::Clearance(_));
    entries.iter().position(turns).unwrap_or(entries.len())
}
