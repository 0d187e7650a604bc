//! A second reading of the rules, made to disagree: slow, plain, written from the page
//! alone. It shares nothing with the engine but the types of the entries.
//!
//! Every question is asked of the whole diary again, day by day; nothing is kept that
//! could be looked up. Where the page is silent the harder answer is taken.
#![allow(dead_code, reason = "the tables stand here whole")]
#![allow(clippy::pedantic, reason = "as plain as the page, not as the house")]

mod findings;
mod rungs;

use chrono::{NaiveDate, TimeDelta};
use findings::{Book, Other};
use footing::diary::Diary;
use footing::diary::entry::{Body, Entry, Morning, Plan, SelfTest};
use footing::diary::vocabulary::{Movement, Profile, Stage, Swelling};
use rungs::{Kind, Rung, line};

/// What the page says of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    pub stage: Option<Stage>,
    pub level: Option<String>,
    pub standing: Option<String>,
    pub advice: &'static str,
    pub not_before: Option<NaiveDate>,
    pub morning_check_due: bool,
    pub severity: Option<u8>,
    pub paused: bool,
}

/// A day some days on, or back.
pub fn plus(day: NaiveDate, n: i64) -> NaiveDate {
    day + TimeDelta::days(n)
}

/// Whole days from one day to another.
pub fn between(from: NaiveDate, to: NaiveDate) -> i64 {
    (to - from).num_days()
}

/// A pause: from that day, by that; a clearance given later than `after` lifts it.
#[derive(Debug, Clone)]
struct Pause {
    start: NaiveDate,
    after: NaiveDate,
    /// It came from rows X or T alone.
    soft: bool,
    lifted: bool,
}

/// Where the runner stands, as the days go by.
#[derive(Debug, Clone)]
struct Runner {
    stage: Stage,
    rung: usize,
    /// Days of the OK sessions that count.
    ok: Vec<NaiveDate>,
    /// Sessions that wait for their morning: day of each.
    hopeful: Vec<NaiveDate>,
    ups: Vec<NaiveDate>,
    /// One OK W5 walk leads to that rung.
    back: Option<usize>,
    /// A passed test leads to that rung.
    after_test: Option<usize>,
    stage_since: NaiveDate,
    tests: Vec<(NaiveDate, bool)>,
    /// The gap is counted from that day, and from that rung.
    gap_from: NaiveDate,
    gap_rung: usize,
    gap_running: bool,
    /// The walk that is waited for was asked for by a gap.
    gap_walk: bool,
    /// The last placing, for LONGEST.
    placed: usize,
    walk_from: NaiveDate,
    walk_row: u8,
    pauses: Vec<Pause>,
    self_lifted: Option<NaiveDate>,
    /// Where each day's session is counted down from.
    bases: Vec<Base>,
    /// Placings, each numbered.
    placings: u32,
}

/// Where a day's sessions are counted down from, and how far they were.
#[derive(Debug, Clone)]
struct Base {
    day: NaiveDate,
    stage: Stage,
    rung: usize,
    steps: usize,
    placing: u32,
}

pub fn word(diary: &Diary, on: NaiveDate) -> Word {
    let mut entries: Vec<&Entry> = diary
        .all()
        .filter(|e| !e.deleted && e.day() <= on)
        .collect();
    entries.sort_by_key(|e| (e.at, e.id));
    let book = Book::new(entries, on);
    let mut runner: Option<Runner> = None;
    let mut days: Vec<NaiveDate> = book.entries.iter().map(|e| e.day()).collect();
    days.extend(book.entries.iter().filter_map(|e| match &e.body {
        Body::Morning(m) => m.for_day.filter(|d| *d <= on),
        _ => None,
    }));
    let Some(first) = days.iter().min() else {
        return set_up(&book);
    };
    let mut day = *first;
    // Pauses may be older than the first plan.
    let mut early: Vec<Pause> = Vec::new();
    while day <= on {
        one_day(&book, &mut runner, &mut early, day);
        day = plus(day, 1);
    }
    match runner {
        None => set_up(&book),
        Some(runner) => speak(&book, &runner),
    }
}

fn set_up(book: &Book) -> Word {
    Word {
        stage: None,
        level: None,
        standing: None,
        advice: "set-up",
        not_before: None,
        morning_check_due: book.morning_due(),
        severity: None,
        paused: false,
    }
}

/// The pauses that begin on a day: with its morning, or with what came later.
fn pauses_of(book: &Book, day: NaiveDate, morning: bool) -> Vec<Pause> {
    let mut out = Vec::new();
    for (i, found) in book.found.iter().enumerate() {
        let own = book.entries[book.sessions[i]].day() == day;
        let fresh = found.iter().any(|f| f.severity >= 2 && f.day == day);
        if book.severity_by(i, day) < 4 || !fresh || own == morning {
            continue;
        }
        // A later finding of 2 or more begins it again: what lifts it must be later still.
        let soft = found
            .iter()
            .filter(|f| f.severity >= 4 && f.day <= day)
            .all(|f| f.rule == "X" || f.rule == "T");
        out.push(Pause {
            start: day,
            after: day,
            soft,
            lifted: false,
        });
    }
    for (found, kind, _) in &book.others {
        if found.day == day && found.severity >= 4 && (*kind == Other::Morning) == morning {
            out.push(Pause {
                start: day,
                after: day,
                soft: false,
                lifted: false,
            });
        }
    }
    out
}

fn one_day(book: &Book, runner: &mut Option<Runner>, early: &mut Vec<Pause>, day: NaiveDate) {
    // The morning.
    let mut new = pauses_of(book, day, true);
    match runner {
        Some(r) => {
            r.pauses.append(&mut new);
            wake(book, r, day);
        }
        None => early.append(&mut new),
    }
    // The day's entries, in order; the pauses they cause begin with them.
    let mut new = pauses_of(book, day, false);
    match runner {
        Some(r) => r.pauses.append(&mut new),
        None => early.append(&mut new),
    }
    for (k, e) in book.entries.iter().enumerate() {
        if e.day() != day {
            continue;
        }
        // Whatever a report votes of 2 or more starts the count at 0.
        let severe = book.others.iter().any(|o| o.2 == k && o.0.severity >= 2);
        if let Some(r) = runner.as_mut().filter(|_| severe) {
            r.ok.clear();
            r.hopeful.clear();
        }
        match &e.body {
            Body::Plan(p) => plan_entry(book, runner, early, k, p, day),
            Body::Clearance(c) => {
                let given = c.seen_on.unwrap_or(day).min(day);
                let pauses = match runner {
                    Some(r) => &mut r.pauses,
                    None => &mut *early,
                };
                if c.granted {
                    // One pause stands, whatever has caused it: it ends whole or not at all.
                    let ends = pauses.iter().all(|p| p.lifted || given > p.after);
                    for p in pauses.iter_mut() {
                        p.lifted |= ends;
                    }
                } else {
                    pauses.push(Pause {
                        start: day,
                        after: day,
                        soft: false,
                        lifted: false,
                    });
                }
                if let (Some(r), true, Some(level)) = (runner.as_mut(), c.granted, &c.restart_level)
                {
                    let line = line(book.plan_at(k));
                    if let Some(i) = line.iter().position(|x| x.id == *level) {
                        r.put(line[i].kind.stage(), i, day);
                        r.placings += 1;
                        r.placed = i;
                    }
                }
            }
            Body::Session(_) => {
                if let Some(r) = runner {
                    // A morning that was missed is found with the next session, however
                    // much later.
                    let before = book.sessions.iter().map(|j| book.entries[*j].day());
                    if let Some(last) = before.filter(|d| *d < day).max() {
                        step_down(book, r, last, day, &line(book.plan_at(k)));
                        gaps(book, r, day, plus(day, -1), &line(book.plan_at(k)));
                    }
                    session_entry(book, r, k, day);
                }
            }
            Body::SelfTest(t) => {
                if let Some(r) = runner {
                    let good = test_good(book, k, t);
                    // It takes the place of one whose morning nobody answered.
                    r.tests
                        .retain(|(on, was)| !was || book.morning(plus(*on, 1)).is_some());
                    r.tests.push((day, good));
                }
            }
            _ => {}
        }
    }
    if let Some(r) = runner {
        step_down(book, r, day, day, &line(book.plan_on(day)));
        settle(book, r, day, day);
    }
}

impl Runner {
    fn put(&mut self, stage: Stage, rung: usize, day: NaiveDate) {
        if stage != self.stage {
            self.stage_since = day;
            self.tests.clear();
        }
        self.stage = stage;
        self.rung = rung;
        self.forget();
        self.back = None;
        self.gap_walk = false;
        self.after_test = None;
        if stage != Stage::SelfTest {
            self.start_gap(day);
        }
    }

    fn start_gap(&mut self, day: NaiveDate) {
        self.gap_from = day;
        self.gap_rung = self.rung;
        self.gap_running = self.stage == Stage::Running;
        self.walk_from = day;
        self.walk_row = 0;
    }

    fn forget(&mut self) {
        self.ok.clear();
        self.hopeful.clear();
    }

    fn paused(&self) -> bool {
        self.pauses.iter().any(|p| !p.lifted)
    }
}

fn plan_entry(
    book: &Book,
    runner: &mut Option<Runner>,
    early: &mut Vec<Pause>,
    k: usize,
    plan: &Plan,
    day: NaiveDate,
) {
    let before = book.plan_before(k);
    let line = line(Some(plan));
    let first_of = |p: &Plan| {
        let line = rungs::line(Some(p));
        place(&line, p)
    };
    let anew = before.is_none_or(|b| {
        b.start_stage != plan.start_stage
            || first_of(b).map(|i| i.1) != first_of(plan).map(|i| i.1)
            || b.start_level.is_some()
                && plan.start_level.is_some()
                && b.start_level != plan.start_level
            || book.case_of(k) == k
    });
    if !anew {
        if let Some(r) = runner {
            other_ladder(r, &rungs::line(before), &line);
        }
        return;
    }
    let Some((stage, rung)) = place(&line, plan) else {
        return;
    };
    let mut shown = rung;
    let mut after_test = None;
    if stage == Stage::SelfTest {
        shown = rungs::W5;
        after_test = (rung > rungs::W5).then_some(rung);
    }
    match runner {
        None => {
            *runner = Some(Runner {
                stage,
                rung: shown,
                ok: Vec::new(),
                hopeful: Vec::new(),
                ups: Vec::new(),
                back: None,
                after_test,
                stage_since: day,
                tests: Vec::new(),
                gap_from: day,
                gap_rung: shown,
                gap_running: stage == Stage::Running,
                gap_walk: false,
                placed: shown,
                walk_from: day,
                walk_row: 0,
                pauses: std::mem::take(early),
                self_lifted: None,
                bases: Vec::new(),
                placings: 0,
            });
        }
        Some(r) => {
            r.put(stage, shown, day);
            r.placings += 1;
            r.start_gap(day);
            r.stage_since = day;
            r.tests.clear();
            r.placed = shown;
            r.after_test = after_test;
        }
    }
}

/// A plan that places nobody anew may bring another ladder: the level of the same name
/// goes on, else no higher one; what was done on the old one counts for nothing.
fn other_ladder(r: &mut Runner, old: &[Rung], new: &[Rung]) {
    if old == new {
        return;
    }
    let r1 = rungs::W5 + 1;
    let last = new.len() - 1;
    let kind = |k: Kind| new.iter().position(|x| x.kind == k);
    let first_of = |stage| match stage {
        Stage::Rest | Stage::Walking => 0,
        Stage::SelfTest => rungs::W5,
        Stage::RunWalk => kind(Kind::RunWalk).or(kind(Kind::Run)).unwrap_or(last),
        Stage::ShortRuns => kind(Kind::Run).unwrap_or(last),
        Stage::Running => last,
    };
    let same = |i: usize| {
        old.get(i)
            .and_then(|x| new.iter().position(|y| y.id == x.id))
    };
    r.rung = same(r.rung).unwrap_or(r.rung.min(first_of(r.stage)));
    r.placed = same(r.placed).unwrap_or(r1).min(last);
    r.back = r.back.map(|i| same(i).unwrap_or(r1));
    r.after_test = r.after_test.map(|i| same(i).unwrap_or(r1));
    if matches!(r.stage, Stage::RunWalk | Stage::ShortRuns) {
        r.stage = new[r.rung].kind.stage();
    }
    r.gap_rung = r.rung;
    // What is found later of a session before it leads down on the new ladder.
    let now = r.placings;
    for b in r.bases.iter_mut().filter(|b| b.placing == now) {
        b.rung = same(b.rung).unwrap_or(b.rung.min(first_of(b.stage)));
    }
    r.forget();
}

/// Where a plan places the runner.
fn place(line: &[Rung], plan: &Plan) -> Option<(Stage, usize)> {
    let named = plan
        .start_level
        .as_ref()
        .and_then(|id| line.iter().position(|r| r.id == *id));
    let first = |kind: Kind| line.iter().position(|r| r.kind == kind);
    Some(match plan.start_stage {
        Stage::Rest => (Stage::Rest, 0),
        Stage::Walking => (
            Stage::Walking,
            named.filter(|i| line[*i].kind == Kind::Walk).unwrap_or(0),
        ),
        Stage::SelfTest => (Stage::SelfTest, named.unwrap_or(rungs::W5)),
        Stage::RunWalk | Stage::ShortRuns => {
            let kind = if plan.start_stage == Stage::RunWalk {
                Kind::RunWalk
            } else {
                Kind::Run
            };
            let i = named
                .filter(|i| line[*i].kind == kind)
                .or_else(|| first(kind))
                .unwrap_or(rungs::W5 + 1);
            (line[i].kind.stage(), i)
        }
        Stage::Running => (Stage::Running, line.len() - 1),
    })
}

/// The session's own day: does it count, and does it start the gap again?
fn session_entry(book: &Book, r: &mut Runner, k: usize, day: NaiveDate) {
    let s = book.session(k);
    let line = line(book.plan_at(k));
    let walked = walked_down(book, r, k, day);
    let first_of_day = !book
        .sessions
        .iter()
        // What is older than the first plan counts for no level, neither way.
        .any(|j| *j < k && book.entries[*j].day() == day && book.plan_at(*j).is_some());
    let rung = s
        .level
        .as_ref()
        .and_then(|id| line.iter().position(|x| x.id == *id));
    let exact = rung == Some(r.rung) && rung.is_some_and(|i| line[i].kind.movement() == s.activity);
    // What is done while a clearance is missing counts for nothing that leads on.
    let asks = match r.stage {
        Stage::Rest => false,
        Stage::Walking => book.yes_at(k),
        _ => true,
    };
    let free = !asks || book.consulted_by(day, k);
    if exact && free && first_of_day && !r.paused() && r.stage != Stage::Rest {
        r.hopeful.push(day);
    }
    let from = rung.map_or(r.rung, |i| i.min(r.rung));
    match r.bases.iter_mut().find(|b| b.day == day) {
        // The day is counted down once, from the lowest level that went badly.
        Some(b) => {
            let i = book
                .sessions
                .iter()
                .position(|j| *j == k)
                .expect("a session");
            if book.found[i]
                .iter()
                .any(|f| f.severity >= 2 && f.day == day && f.rule != "X" && f.rule != "8")
            {
                b.rung = b.rung.min(from);
            }
        }
        None => r.bases.push(Base {
            day,
            stage: r.stage,
            rung: from,
            steps: 0,
            placing: r.placings,
        }),
    }
    if s.activity == Movement::Walk && s.run_min <= 0.0 {
        if book.on_plan(k) {
            r.walk_from = day;
            r.walk_row = 0;
        }
    } else if s.run_min > 0.0
        // An earlier session of the day has led to the walks already.
        && !walked
        // A step down ends the way back that the gap asked for.
        && (r.gap_walk && book.sessions.iter().position(|j| *j == k).is_some_and(|i| book.severity_by(i, day) < 2)
            || matches!(r.stage, Stage::RunWalk | Stage::ShortRuns | Stage::Running))
    {
        r.gap_from = day;
        r.gap_running = r.stage == Stage::Running;
        // What it leaves is read on its morning.
        r.gap_rung = r.rung;
    }
}

/// Whether what came earlier on a day in a running stage leads down to the walks.
fn walked_down(book: &Book, r: &Runner, k: usize, day: NaiveDate) -> bool {
    let earlier = (0..book.sessions.len())
        .filter(|i| book.sessions[*i] < k && book.entries[book.sessions[*i]].day() == day);
    let worst = earlier.map(|i| book.severity_by(i, day)).max().unwrap_or(0);
    let n = match worst {
        0 | 1 => return false,
        2 | 3 => 1,
        _ => 2,
    };
    r.bases
        .iter()
        .any(|b| b.day == day && b.placing == r.placings && b.rung < rungs::W5 + 1 + n)
}

/// The sessions of a day step down once, by their worst, as far as is known on `day`:
/// from the lower of the level of the session and the current one. A verdict that grows
/// is counted down again from where its session stood.
fn step_down(book: &Book, r: &mut Runner, of: NaiveDate, day: NaiveDate, line: &[Rung]) {
    let of_day: Vec<usize> = (0..book.sessions.len())
        .filter(|i| book.entries[book.sessions[*i]].day() == of)
        .collect();
    let worst = of_day
        .iter()
        .map(|i| book.severity_by(*i, day))
        .max()
        .unwrap_or(0);
    let fresh = of_day.iter().any(|i| {
        book.found[*i]
            .iter()
            .any(|f| f.severity >= 2 && f.day == day)
    });
    if worst < 2 || !fresh {
        return;
    }
    r.forget();
    let n = if worst >= 4 { 2 } else { 1 };
    let Some(at) = r.bases.iter().position(|b| b.day == of) else {
        return;
    };
    let base = r.bases[at].clone();
    if n <= base.steps {
        return;
    }
    // Down takes effect on the session's day: a placing that came after it stands.
    if base.placing != r.placings {
        return;
    }
    let (stage, from) = (base.stage, base.rung);
    if stage == Stage::Rest {
        return;
    }
    r.bases[at].steps = n;
    let running = matches!(stage, Stage::RunWalk | Stage::ShortRuns | Stage::Running);
    // What time away has lowered further already stays where it is.
    let left = if running {
        from.checked_sub(n)
            .filter(|i| *i > rungs::W5)
            .unwrap_or(rungs::W5)
    } else {
        from.min(rungs::W5).saturating_sub(n)
    };
    if r.rung <= left && r.stage != Stage::SelfTest {
        if of == r.gap_from {
            r.gap_rung = left;
        }
        r.back = r.back.map(|b| b.min(left.max(rungs::W5 + 1)));
        return;
    }
    r.gap_walk = false;
    r.after_test = None;
    r.tests.clear();
    if running {
        match from.checked_sub(n).filter(|i| *i > rungs::W5) {
            Some(i) => {
                r.rung = i;
                r.stage = line[i].kind.stage();
                r.back = None;
            }
            None => {
                r.stage = Stage::Walking;
                r.stage_since = day;
                r.rung = rungs::W5;
                r.back = Some(rungs::W5 + 1);
            }
        }
    } else {
        r.back = None;
        r.stage = Stage::Walking;
        r.rung = from.min(rungs::W5).saturating_sub(n);
    }
    // A gap is lowered from what its run left.
    if of == r.gap_from {
        r.gap_rung = left;
    }
    r.gap_running = false;
}

/// What the morning of a day settles.
fn wake(book: &Book, r: &mut Runner, day: NaiveDate) {
    let yesterday = plus(day, -1);
    let ran = book.sessions.iter().any(|k| {
        let s = book.session(*k);
        let ran = s.activity != Movement::Walk || s.run_min > 0.0;
        book.entries[*k].day() == yesterday && ran
    });
    // What opened on the day of the run, after it, is left by it, too.
    if ran && r.gap_from == yesterday {
        r.gap_rung = r.rung;
    }
    for of in [plus(day, -2), yesterday] {
        if !book.found_with_session(of, day) {
            step_down(book, r, of, day, &line(book.plan_on(yesterday)));
        }
    }
    if r.hopeful.contains(&yesterday) {
        r.hopeful.retain(|d| *d != yesterday);
        // Pain in the day's second session is the day's.
        let fine = (0..book.sessions.len())
            .filter(|i| book.entries[book.sessions[*i]].day() == yesterday)
            .all(|i| book.severity_by(i, day) == 0);
        if fine && book.morning(day).is_some() {
            r.ok.push(yesterday);
        }
    }
    // The walk that a gap asked for settles it, on its morning.
    walk_back(book, r, day, yesterday);
    gaps(book, r, day, yesterday, &line(book.plan_on(yesterday)));
    let before = r.rung;
    settle(book, r, day, yesterday);
    if ran && r.gap_from == yesterday && r.rung != before {
        r.gap_rung = r.rung;
    }
}

fn quiet(m: &Morning, at_most: u8) -> bool {
    m.remembered && m.pain.get() <= at_most && !m.limp
}

/// Whatever opens by itself, opens.
/// `known`: up to which day plans and clearances are known; in the morning, yesterday's.
fn settle(book: &Book, r: &mut Runner, day: NaiveDate, known: NaiveDate) {
    release(book, r, day);
    let line = line(book.plan_on(known));
    let last = line.len() - 1;
    let profile = book.profile_on(known);
    if r.paused() {
        return;
    }
    if r.stage == Stage::Rest {
        if rest_gate(book, r.stage_since, day)
            && book.consulted_on(day, known)
            && book.open(Stage::Walking, day)
        {
            r.put(Stage::Walking, 0, day);
        }
        return;
    }
    if r.stage == Stage::Walking {
        if r.back.is_some() {
            walk_back(book, r, day, known);
            return;
        }
        let need = book.ok_needed(known, &line, r.rung);
        if r.ok.len() >= need {
            if r.rung == rungs::W5 {
                if (profile != Profile::Bone || book.zeros(day))
                    && book.open(Stage::SelfTest, day)
                    && !book.review_holds(day, known)
                {
                    r.put(Stage::SelfTest, rungs::W5, day);
                }
            } else if may_rise(book, r, day, known) {
                rise(r, &line, day);
            }
        }
        return;
    }
    if r.stage == Stage::SelfTest {
        if let Some((_, true)) = test_state(book, r, day)
            && !book.after_birth(day, known)
            && book.consulted_on(day, known)
        {
            let to = r.after_test.unwrap_or(rungs::W5 + 1);
            let stage = line[to].kind.stage();
            if book.open(stage, day) {
                r.put(stage, to, day);
            }
        }
        return;
    }
    if r.stage == Stage::Running {
        return;
    }
    let need = book.ok_needed(known, &line, r.rung);
    if r.ok.len() >= need {
        if r.rung == last {
            if between(r.ok[0], day) >= 14
                && book.open(Stage::Running, day)
                && !book.review_holds(day, known)
            {
                r.stage = Stage::Running;
                r.stage_since = day;
                r.forget();
                r.gap_running = true;
            }
        } else if may_rise(book, r, day, known)
            && (line[r.rung + 1].kind.stage() == r.stage
                || book.open(line[r.rung + 1].kind.stage(), day))
        {
            rise(r, &line, day);
        }
    }
}

/// One OK W5 walk leads back; bone with its seven zeros.
fn walk_back(book: &Book, r: &mut Runner, day: NaiveDate, known: NaiveDate) {
    let Some(to) = r.back.filter(|_| r.stage == Stage::Walking && !r.paused()) else {
        return;
    };
    let line = line(book.plan_on(known));
    let stage = line.get(to).map_or(Stage::RunWalk, |x| x.kind.stage());
    let zeros = book.profile_on(known) != Profile::Bone || book.zeros(day);
    if !r.ok.is_empty()
        && !book.after_birth(day, known)
        && zeros
        && book.open(stage, day)
        && book.consulted_on(day, known)
    {
        r.put(stage, to, day);
    }
}

fn may_rise(book: &Book, r: &Runner, day: NaiveDate, known: NaiveDate) -> bool {
    let lately = r.ups.iter().filter(|u| between(**u, day) < 7).count();
    lately < 2 && !book.review_holds(day, known)
}

fn rise(r: &mut Runner, line: &[Rung], day: NaiveDate) {
    r.rung += 1;
    r.stage = line[r.rung].kind.stage();
    r.ups.push(day);
    r.forget();
}

/// Mornings of this stay in the stage alone.
fn rest_gate(book: &Book, since: NaiveDate, day: NaiveDate) -> bool {
    let last = if book.morning(day).is_some() {
        day
    } else {
        plus(day, -1)
    };
    let at_most = book.two_or_usual(day);
    (0..3).all(|n| {
        plus(last, -n) >= since
            && book
                .morning(plus(last, -n))
                .is_some_and(|m| quiet(m, at_most))
    })
}

fn test_good(book: &Book, k: usize, t: &SelfTest) -> bool {
    use footing::diary::vocabulary::TestItem;
    let at_most = book.two_or_usual_at(k);
    TestItem::READINESS.iter().all(|item| {
        let of: Vec<_> = t.items.iter().filter(|i| i.test == *item).collect();
        !of.is_empty() && of.iter().all(|i| i.passed)
    }) && t.items.iter().all(|i| i.pain.get() <= at_most)
}

/// Where the last test that counts stands.
#[derive(Clone, Copy, PartialEq)]
enum Test {
    Pending(NaiveDate),
    Passed(NaiveDate),
    Failed(NaiveDate),
}

/// The last test that counts; one made before the 7th day after a failed one cannot pass,
/// but it can fail again.
fn last_test(book: &Book, r: &Runner, day: NaiveDate) -> Option<Test> {
    let mut last = None;
    for (on, good) in &r.tests {
        if let Some(Test::Failed(f)) = last
            && *good
            && between(f, *on) < 7
        {
            continue;
        }
        let morning = book.morning(plus(*on, 1)).filter(|_| plus(*on, 1) <= day);
        last = Some(match morning {
            _ if !good => Test::Failed(*on),
            None => Test::Pending(*on),
            Some(m) if quiet(m, book.usual_on(plus(*on, 1))) && m.swelling == Swelling::None => {
                Test::Passed(*on)
            }
            Some(_) => Test::Failed(*on),
        });
    }
    last
}

/// Its day, and whether it is passed; `None`: no test, or its morning is pending.
fn test_state(book: &Book, r: &Runner, day: NaiveDate) -> Option<(NaiveDate, bool)> {
    match last_test(book, r, day)? {
        Test::Pending(_) => None,
        Test::Passed(on) => Some((on, true)),
        Test::Failed(on) => Some((on, false)),
    }
}

/// A test whose morning is not in.
fn test_pending(book: &Book, r: &Runner, day: NaiveDate) -> Option<NaiveDate> {
    match last_test(book, r, day)? {
        Test::Pending(on) => Some(on),
        _ => None,
    }
}

/// A pause from X or T alone may end by itself.
fn release(book: &Book, r: &mut Runner, day: NaiveDate) {
    if self_open(book, r, day)
        && let Some((_, true)) = self_test(book, r, day)
    {
        for p in &mut r.pauses {
            p.lifted = true;
        }
        r.self_lifted = Some(day);
        r.tests.clear();
    }
}

/// Whether the pause that stands is one that may end by itself.
fn self_open(book: &Book, r: &Runner, day: NaiveDate) -> bool {
    let standing: Vec<&Pause> = r.pauses.iter().filter(|p| !p.lifted).collect();
    // A plan of this day speaks from tomorrow's morning on.
    !standing.is_empty()
        && standing.iter().all(|p| p.soft)
        && [day, plus(day, -1)]
            .iter()
            .all(|d| !book.yes_stands(*d) && book.plan_on(*d).is_some_and(|p| p.no_clinician))
        && !book.after_birth(day, day)
        && may_again(r, day)
}

/// Once in 90 days.
fn may_again(r: &Runner, day: NaiveDate) -> bool {
    r.self_lifted.is_none_or(|d| between(d, day) >= 90)
}

fn pause_start(r: &Runner) -> NaiveDate {
    let standing = r.pauses.iter().filter(|p| !p.lifted);
    standing.map(|p| p.after).max().unwrap_or(r.stage_since)
}

/// 7 quiet mornings in a row, all after the pause, and none above the usual since.
fn seven_quiet(book: &Book, r: &Runner, day: NaiveDate) -> bool {
    let since = pause_start(r);
    let fine = |at: NaiveDate| {
        book.morning(at)
            .map(|m| quiet(m, book.usual_on(at)) && m.swelling == Swelling::None)
    };
    let mut row = 0;
    let mut at = plus(since, 1);
    while at <= day {
        row = match fine(at) {
            Some(true) => row + 1,
            Some(false) => 0,
            // Once there, the seven stand; a gap before that breaks them.
            None if row >= 7 && may_again(r, plus(at, -1)) => row,
            None => 0,
        };
        at = plus(at, 1);
    }
    row >= 7
}

/// The test made in the pause: `Some((day, passed))`, or none, or pending.
fn self_test(book: &Book, r: &Runner, day: NaiveDate) -> Option<(NaiveDate, bool)> {
    let since = pause_start(r);
    let mut held = r.clone();
    held.tests
        .retain(|t| t.0 > since && seven_quiet(book, r, t.0));
    test_state(book, &held, day)
}

/// Time away.
fn gaps(book: &Book, r: &mut Runner, day: NaiveDate, known: NaiveDate, line: &[Rung]) {
    let r1 = rungs::W5 + 1;
    let last = line.len() - 1;
    let days = between(r.gap_from, day);
    let away = book.away_for_cause(r.gap_from, day, known);
    let running_stage = matches!(r.stage, Stage::RunWalk | Stage::ShortRuns | Stage::Running);
    if running_stage || r.gap_walk {
        if days >= 30 {
            r.put(Stage::Walking, rungs::W5, day);
            return;
        }
        if r.gap_running {
            if days >= 21 && r.stage == Stage::Running {
                r.stage = line[last].kind.stage();
                r.rung = last;
                r.forget();
            }
        } else if days >= 21 {
            let to = if away {
                r1
            } else {
                r.gap_rung.saturating_sub(4).max(r1)
            };
            if r.back.is_none() {
                r.stage = Stage::Walking;
                r.stage_since = day;
                r.tests.clear();
                r.rung = rungs::W5;
                r.forget();
                r.walk_row = 0;
                r.gap_walk = true;
            }
            r.back = Some(r.back.map_or(to, |b| b.min(to)));
        } else {
            let n = match days {
                ..=8 => 0,
                9..=13 => 1,
                _ => 2,
            } + usize::from(away);
            let to = r.gap_rung.saturating_sub(n);
            if n > 0 && to < r.rung && r.back.is_none() {
                r.forget();
                if to < r1 {
                    r.stage = Stage::Walking;
                    r.stage_since = day;
                    r.tests.clear();
                    r.rung = rungs::W5;
                    r.back = Some(r1);
                    r.gap_walk = true;
                    r.walk_row = 0;
                } else {
                    r.rung = to;
                    r.stage = line[to].kind.stage();
                }
            }
        }
    }
    // While a run's gap asks for its walk, the gap is that one.
    if r.stage == Stage::Walking && !r.gap_walk {
        let days = between(r.walk_from.max(r.gap_from), day);
        let row = match days {
            ..=13 => 0,
            14..=29 => 1,
            _ => 2,
        };
        if row > r.walk_row {
            let to = if row == 2 {
                0
            } else {
                r.rung.saturating_sub(2)
            };
            if to < r.rung {
                r.rung = to;
                r.forget();
                r.back = None;
                r.gap_walk = false;
            }
            r.walk_row = row;
        }
    }
}

/// What the page says at the end.
fn speak(book: &Book, r: &Runner) -> Word {
    let on = book.on;
    let line = line(book.plan_on(on));
    let running_stage = matches!(r.stage, Stage::RunWalk | Stage::ShortRuns | Stage::Running);
    let standing = line[r.rung].id.clone();
    // The caps.
    let mut given = r.rung;
    let c1 = line.iter().position(|x| x.kind == Kind::Run);
    // A ladder without continuous levels: its last one stands in when the runner is home.
    let from_c1 = match r.stage {
        Stage::ShortRuns | Stage::Running => r.rung >= c1.unwrap_or(line.len() - 1),
        _ => false,
    };
    if from_c1 {
        let most = book.longest(on).unwrap_or_else(|| line[r.placed].run_min());
        let days = between(r.gap_from, on);
        let part = if (r.stage == Stage::Running || r.gap_running) && days >= 9 {
            0.7
        } else {
            1.1
        };
        while given > rungs::W5 + 1 && line[given].run_min() > part * most + 1e-9 {
            given -= 1;
        }
    }
    if book.after_birth(on, on) {
        given = given.min(rungs::W5);
    }
    for cap in book.max_levels(on) {
        // A level that this ladder lacks caps at its lowest run.
        let at = line.iter().position(|x| x.id == cap);
        given = given.min(at.unwrap_or(rungs::W5 + 1));
    }
    let mut paused = r.paused();
    let consulted = book.consulted_on(on, on);
    let needs = match r.stage {
        Stage::Rest => false,
        Stage::Walking => book.yes_stands(on),
        _ => true,
    };
    let pending = test_pending(book, r, on);
    let mut due = book.morning_due();
    if r.stage == Stage::SelfTest && pending.is_some_and(|t| t < on) {
        due = true;
    }
    // Where runs are asked for, a level that a cap makes a walk stands for one.
    let walk_like = !running_stage;
    // What counts of section 8 while the runner is home.
    let home = if r.stage == Stage::Running {
        book.freedoms(r.stage_since)
    } else {
        Vec::new()
    };
    let first = (0..120)
        .map(|n| plus(on, n))
        .find(|d| book.may(*d, &home, walk_like))
        .filter(|_| !book.ill_open());
    let mut advice;
    let mut not_before = None;
    if book.emergency(on) {
        advice = "emergency";
    } else if paused {
        advice = "consult";
        if self_open(book, r, on) && seven_quiet(book, r, on) {
            let since = pause_start(r);
            let mut held = r.clone();
            held.tests
                .retain(|t| t.0 > since && seven_quiet(book, r, t.0));
            let waits = match test_state(book, &held, on) {
                Some((t, false)) => between(t, on) < 7,
                _ => false,
            };
            if !waits && test_pending(book, &held, on).is_none() {
                advice = "self-test";
            }
        }
    } else if needs && !consulted
        || r.stage == Stage::Rest
            && rest_gate(book, r.stage_since, on)
            && book.open(Stage::Walking, on)
            && !consulted
    {
        advice = "clearance-needed";
    } else if r.stage == Stage::Rest {
        advice = "recover";
    } else {
        not_before = first;
        let kind = line[given].kind;
        advice = match r.stage {
            Stage::Walking => "walk",
            Stage::SelfTest => {
                let waits = match test_state(book, r, on) {
                    Some((t, false)) => between(t, on) < 7,
                    // Passed, and a benchmark keeps the runs closed: it need not be repeated.
                    Some((_, true)) => true,
                    None => false,
                };
                if waits || book.waiting() || book.after_birth(on, on) {
                    "walk"
                } else {
                    "self-test"
                }
            }
            _ => match kind {
                Kind::Walk => "walk",
                Kind::RunWalk => "run-walk",
                Kind::Run => "run",
            },
        };
        // A walk of today or yesterday stands in no test's way.
        let free = first == Some(on)
            || advice == "self-test" && book.may_ever(on, &home, true, true) && !book.ill_open();
        if !free || r.stage == Stage::SelfTest && pending.is_some() {
            advice = "rest";
        }
    }
    if advice == "emergency" {
        paused = true;
    }
    Word {
        stage: Some(r.stage),
        level: (r.stage != Stage::Rest).then(|| line[given].id.clone()),
        standing: (r.stage != Stage::Rest).then_some(standing),
        advice,
        not_before,
        morning_check_due: due,
        severity: book.last_severity(),
        paused,
    }
}
