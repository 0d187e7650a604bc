//! The way really walked, waypoint by waypoint, and what lies ahead: for the journey.

use crate::diary::Diary;
use crate::diary::entry::Body;
use crate::diary::vocabulary::{Movement, Stage};
use crate::rules::guidance::{ChangeCause, Guidance};
use crate::rules::progression::forecast::Forecast;
use crate::thresholds::ladder::Ladder;
use chrono::NaiveDate;

/// What a waypoint stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// A stage without levels of its own.
    Stage(Stage),
    /// A level, by its place on the ladder.
    Level(usize),
}

/// How the runner stands to a waypoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Stands at it.
    Here,
    /// Was at it, or beyond it.
    Behind,
    /// Has not come to it.
    Ahead,
}

/// One waypoint.
#[derive(Debug, Clone, PartialEq)]
pub struct Waypoint {
    /// What it stands for.
    pub point: Point,
    /// Its stage.
    pub stage: Stage,
    /// How the runner stands to it.
    pub place: Place,
    /// The day it was first reached.
    pub first: Option<NaiveDate>,
    /// The last day of a session at it.
    pub last: Option<NaiveDate>,
    /// Sessions at it; tests at the self-test.
    pub sessions: u32,
    /// Their worst pain.
    pub worst: Option<u8>,
    /// Rests taken while standing at it: days away, and a standing pause.
    pub camps: u32,
    /// The least number of sessions before it, where the engine reaches it on quiet days.
    pub ahead: Option<u32>,
}

/// A benchmark at the gate of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bench {
    /// Its name.
    pub name: String,
    /// The stage it keeps closed until met.
    pub stage: Stage,
    /// Met.
    pub met: bool,
}

/// The whole way.
#[derive(Debug, Clone, PartialEq)]
pub struct Trail {
    /// Waypoints from rest to running.
    pub points: Vec<Waypoint>,
    /// Where the runner stands among them.
    pub here: usize,
    /// Lowest and highest that were walked.
    pub walked: (usize, usize),
    /// Steps back, from one to another, each pair with how often.
    pub back: Vec<(usize, usize, u32)>,
    /// Benchmarks that gate a stage, each by what is known last.
    pub benches: Vec<Bench>,
}

impl Trail {
    /// The way of a runner with a plan; `None` without one.
    pub fn of(diary: &Diary, g: &Guidance, ladder: &Ladder, ahead: &Forecast) -> Option<Self> {
        let stage = g.stage?;
        let mut points = line(ladder);
        let at = |point: Point, points: &[Waypoint]| points.iter().position(|w| w.point == point);
        let level = |id: &str| ladder.index(id).map(Point::Level);
        let standing = g.standing_level.as_deref().and_then(level);
        let here = match stage {
            Stage::Rest | Stage::SelfTest | Stage::Running => at(Point::Stage(stage), &points),
            _ => standing.and_then(|point| at(point, &points)),
        };
        let here = here.unwrap_or(0);
        let mut walked = (here, here);
        let mut back: Vec<(usize, usize, u32)> = Vec::new();
        let mut stood: Vec<(NaiveDate, usize)> = Vec::new();
        for change in &g.history {
            let Some(to) = level(&change.to).and_then(|p| at(p, &points)) else {
                continue;
            };
            let first = &mut points[to].first;
            *first = first.or(Some(change.on));
            stood.push((change.on, to));
            walked = (walked.0.min(to), walked.1.max(to));
            let from = change.from.as_deref().and_then(level);
            let from = from.and_then(|p| at(p, &points)).filter(|from| *from > to);
            let down = matches!(change.cause, ChangeCause::Down(_) | ChangeCause::Gap);
            if let Some(from) = from.filter(|_| down) {
                match back.iter_mut().find(|(a, b, _)| (*a, *b) == (from, to)) {
                    Some((_, _, times)) => *times += 1,
                    None => back.push((from, to, 1)),
                }
            }
        }
        let mut trail = Self {
            points,
            here,
            walked,
            back,
            benches: benches(diary, g.on),
        };
        trail.read(diary, g, ladder, &stood);
        for (n, point) in trail.points.iter_mut().enumerate() {
            point.place = match n.cmp(&here) {
                std::cmp::Ordering::Less => Place::Behind,
                std::cmp::Ordering::Equal => Place::Here,
                std::cmp::Ordering::Greater => Place::Ahead,
            };
            point.ahead = match point.point {
                Point::Level(index) => find(&ahead.levels, index),
                Point::Stage(stage) => find(&ahead.stages, stage),
            };
        }
        Some(trail)
    }

    /// What the diary says of each.
    fn read(&mut self, diary: &Diary, g: &Guidance, ladder: &Ladder, stood: &[(NaiveDate, usize)]) {
        let find =
            |point: Point, points: &mut Vec<Waypoint>| points.iter().position(|w| w.point == point);
        let begun = stood.first().map_or(g.on, |(day, _)| *day);
        // Who stood where on a day: the last change up to it.
        let on = |day: NaiveDate| {
            let after = stood.partition_point(|(at, _)| *at <= day);
            after
                .checked_sub(1)
                .and_then(|n| stood.get(n))
                .map(|(_, at)| *at)
        };
        let wanted = |e: &crate::diary::entry::Entry| {
            e.day() <= g.on
                && matches!(
                    e.body,
                    Body::Session(_) | Body::SelfTest(_) | Body::Absence(_)
                )
        };
        for entry in diary.visible_where(&wanted) {
            let day = entry.day();
            match &entry.body {
                Body::Session(s) if day >= begun => {
                    let level = s.level.as_deref().and_then(|id| ladder.index(id));
                    let Some(n) = level.and_then(|i| find(Point::Level(i), &mut self.points))
                    else {
                        continue;
                    };
                    self.points[n].done(day, s.pain_during.get());
                }
                Body::SelfTest(test) if day >= begun => {
                    let worst = test.items.iter().map(|i| i.pain.get()).max();
                    if let Some(n) = find(Point::Stage(Stage::SelfTest), &mut self.points) {
                        let first = &mut self.points[n].first;
                        *first = first.or(Some(day));
                        self.points[n].done(day, worst.unwrap_or(0));
                    }
                }
                Body::Absence(a) if a.from <= g.on => {
                    if let Some(n) = on(a.from) {
                        self.points[n].camps += 1;
                    }
                }
                _ => {}
            }
        }
        if let Some(n) = g.paused_since.and_then(on) {
            self.points[n].camps += 1;
        }
    }
}

/// The benchmarks that gate a stage, in the order in which they came to it.
fn benches(diary: &Diary, on: NaiveDate) -> Vec<Bench> {
    let mut all = Vec::new();
    for standing in diary.benchmarks_on(on) {
        let (name, met) = (&standing.latest().name, standing.is_met());
        for (entry, stage) in &standing.gates {
            let (name, stage) = (name.clone(), *stage);
            all.push(((entry.at, entry.id), Bench { name, stage, met }));
        }
    }
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, bench)| bench).collect()
}

impl Waypoint {
    fn done(&mut self, day: NaiveDate, pain: u8) {
        self.last = self.last.max(Some(day));
        self.sessions += 1;
        self.worst = self.worst.max(Some(pain));
    }
}

fn find<K: PartialEq + Copy>(list: &[(K, u32)], key: K) -> Option<u32> {
    list.iter().find(|(k, _)| *k == key).map(|(_, n)| *n)
}

/// Rest, the walking levels, the self-test, the levels of runs, running.
fn line(ladder: &Ladder) -> Vec<Waypoint> {
    let mut out = vec![waypoint(Point::Stage(Stage::Rest), Stage::Rest)];
    for (n, level) in ladder.levels().iter().enumerate() {
        if n == ladder.top_walk() + 1 {
            out.push(waypoint(Point::Stage(Stage::SelfTest), Stage::SelfTest));
        }
        let stage = match level.movement() {
            Movement::Walk => Stage::Walking,
            Movement::RunWalk => Stage::RunWalk,
            Movement::Run => Stage::ShortRuns,
        };
        out.push(waypoint(Point::Level(n), stage));
    }
    out.push(waypoint(Point::Stage(Stage::Running), Stage::Running));
    out
}

fn waypoint(point: Point, stage: Stage) -> Waypoint {
    Waypoint {
        point,
        stage,
        place: Place::Ahead,
        first: None,
        last: None,
        sessions: 0,
        worst: None,
        camps: 0,
        ahead: None,
    }
}
