//! Lives walked forward: what a runner does each day, and what the guidance makes of it.

use super::diaries::{clearance, day, entry, morning, plan, self_test, session};
use chrono::{NaiveDate, TimeDelta};
use footing::diary::Diary;
use footing::diary::entry::{Appointment, Body, Entry, Limits, Plan, Session};
use footing::diary::vocabulary::{AbsenceReason, Profile, Stage};
use footing::rules::guidance::{Advice, Guidance, Rule};
use footing::rules::progression::guidance;
use footing::thresholds::ladder::Ladder;

/// The diary of a list.
pub fn diary(list: &[Entry]) -> Diary {
    list.iter().cloned().collect()
}

/// A runner under way.
pub struct Walked {
    /// What was entered.
    pub list: Vec<Entry>,
    /// The ladder climbed.
    pub ladder: Ladder,
}

impl Walked {
    /// Under a plan, cleared by a clinician on the first day or not.
    pub fn under(plan: Plan, cleared: bool) -> Self {
        let ladder = Ladder::of(&plan);
        let mut list = vec![entry(&[], day(0), 6, Body::Plan(Box::new(plan)))];
        if cleared {
            list.push(entry(&list, day(0), 7, Body::Clearance(clearance())));
        }
        Self { list, ladder }
    }

    /// Enters something.
    pub fn put(&mut self, on: NaiveDate, hour: u32, body: Body) {
        let made = entry(&self.list, on, hour, body);
        self.list.push(made);
    }

    /// What a day asks for as far as it is known.
    pub fn ask(&self, on: NaiveDate) -> Guidance {
        guidance(&diary(&self.list), on)
    }

    /// The session that a level stands for.
    pub fn level(&self, id: &str) -> Session {
        session(self.ladder.level(id).expect("a level"))
    }

    /// Walks some days: each morning is answered as given (`None`: not at all), then `act`
    /// says what is done, by what the day asks for.
    pub fn days(
        &mut self,
        days: std::ops::Range<usize>,
        mut wakes: impl FnMut(usize) -> Option<u8>,
        mut act: impl FnMut(usize, &Guidance, &Ladder) -> Vec<Body>,
    ) {
        for n in days {
            if let Some(pain) = wakes(n) {
                self.put(day(n), 8, Body::Morning(morning(pain)));
            }
            let g = self.ask(day(n));
            let ladder = self.ladder.clone();
            for (i, body) in (17..).zip(act(n, &g, &ladder)) {
                self.put(day(n), i, body);
            }
        }
    }
}

/// What the day asks for, done to the letter.
pub fn as_advised(g: &Guidance, ladder: &Ladder) -> Vec<Body> {
    if g.advice == Advice::SelfTest {
        return vec![Body::SelfTest(self_test())];
    }
    let level = g.prescription().and_then(|p| ladder.level(&p.level));
    level
        .map(|level| Body::Session(Box::new(session(level))))
        .into_iter()
        .collect()
}

/// A steady runner: so many weeks to a level, done as advised on these weekdays of 7;
/// `None`: not within so many days.
pub fn weeks_to(plan: Plan, cleared: bool, on: &[usize], goal: &str, most: usize) -> Option<f64> {
    let mut runner = Walked::under(plan, cleared);
    let goal = runner.ladder.index(goal).expect("a level");
    for n in 0..most {
        let mut reached = false;
        runner.days(
            n..n + 1,
            |_| Some(0),
            |n, g, ladder| {
                let at = g.standing_level.as_deref().and_then(|id| ladder.index(id));
                reached = at >= Some(goal);
                // A self-test is made when it is asked for, a session on its weekdays.
                if on.contains(&(n % 7)) || g.advice == Advice::SelfTest {
                    as_advised(g, ladder)
                } else {
                    Vec::new()
                }
            },
        );
        if reached {
            return Some(f64::from(u32::try_from(n).expect("few days")) / 7.0);
        }
    }
    None
}

/// A plan of a runner who declares to have no clinician, or of bone.
pub fn simple(profile: Profile, stage: Stage, level: Option<&str>) -> Plan {
    let mut p = plan(profile, stage, level);
    p.no_clinician = profile != Profile::Bone;
    p
}

/// The same by the ready shorter ladder.
pub fn brisk(profile: Profile) -> Plan {
    let mut p = simple(profile, Stage::RunWalk, None);
    p.limits = Some(Limits {
        by: "physio".into(),
        ladder: Some(footing::diary::entry::LadderSpec {
            name: "brisk".into(),
            levels: Vec::new(),
            extra: footing::diary::entry::Extra::new(),
        }),
        ..Limits::default()
    });
    p
}

/// Days within which the way named has to lead somewhere.
pub const WAY_DAYS: i64 = 28;

/// Why nothing needs to lead on from a day.
fn excused(g: &Guidance) -> bool {
    g.stage.is_none()
        || g.stage == Some(Stage::Running)
        || g.paused_since.is_some()
        || matches!(
            g.advice,
            Advice::Emergency | Advice::Consult | Advice::ClearanceNeeded
        )
        || g.reasons.iter().any(|r| {
            // A clearance, or a clinician's number, is what is waited for.
            matches!(r.rule, Rule::Clearance | Rule::Usual)
        })
}

/// Whether the app names what leads on: a session, or what would end what binds.
fn named(g: &Guidance) -> bool {
    match g.binding() {
        Some(reason) => !reason.changes.is_empty(),
        None => true,
    }
}

/// The way on from a day: what is asked for is done, mornings are quiet, what is open is
/// closed, a review is kept. Gives the days until stage, level or pause change; `Ok(None)`:
/// nothing needs to lead on.
///
/// # Errors
///
/// Says what stands still, or what is not named.
pub fn way_on(list: &[Entry], on: NaiveDate) -> Result<Option<i64>, String> {
    let known: Vec<Entry> = list.iter().filter(|e| e.day() <= on).cloned().collect();
    let plans = known.iter().filter_map(|e| match &e.body {
        Body::Plan(p) => Some((**p).clone()),
        _ => None,
    });
    let Some(plan) = plans.into_iter().next_back() else {
        return Ok(None);
    };
    let mut runner = Walked {
        ladder: Ladder::of(&plan),
        list: known,
    };
    let start = runner.ask(on);
    if excused(&start) {
        return Ok(None);
    }
    if !named(&start) {
        return Err(format!("on {on}: nothing is named for {:?}", start.reasons));
    }
    let place = |g: &Guidance| (g.stage, g.standing_level.clone(), g.paused_since);
    for n in 1..=WAY_DAYS {
        let today = on + TimeDelta::days(n);
        close_what_is_open(&mut runner, today);
        runner.put(today, 8, Body::Morning(morning(0)));
        let g = runner.ask(today);
        if place(&g) != place(&start) {
            return Ok(Some(n));
        }
        if g.reasons
            .iter()
            .any(|r| matches!(r.rule, Rule::Clearance | Rule::Usual))
        {
            return Ok(Some(n));
        }
        if !named(&g) {
            return Err(format!("on {today}: nothing is named for {:?}", g.reasons));
        }
        for body in as_advised(&g, &runner.ladder.clone()) {
            runner.put(today, 18, body);
        }
    }
    let last = runner.ask(on + TimeDelta::days(WAY_DAYS));
    Err(format!(
        "from {on}: still {:?} {:?} ({:?}) after {WAY_DAYS} days: {:?}",
        last.stage, last.standing_level, last.advice, last.reasons
    ))
}

/// Ends open illnesses and flares, and keeps an appointment where a sign waits for one.
fn close_what_is_open(runner: &mut Walked, today: NaiveDate) {
    let yesterday = today - TimeDelta::days(1);
    for e in &mut runner.list {
        if let Body::Absence(a) = &mut e.body {
            let open = a.until.is_none() || a.until > Some(yesterday);
            if open && matches!(a.reason, AbsenceReason::Illness | AbsenceReason::Pain) {
                a.until = Some(yesterday.max(a.from));
            }
        }
    }
    let waits = runner
        .ask(today)
        .reasons
        .iter()
        .any(|r| r.rule == Rule::X2 && !r.changes.is_empty());
    if waits {
        let kept = Appointment {
            with: "physio".into(),
            date: today,
            kept: Some(true),
            questions: String::new(),
        };
        runner.put(today, 7, Body::Appointment(kept));
    }
}
