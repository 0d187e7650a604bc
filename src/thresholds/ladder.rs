//! The ladder: one line of levels, W1 to W5, then R1 to R13, then C1 to C6, or a
//! clinician's own R and C levels. Data, not code (docs/rules.md, section 3).

use crate::diary::entry::{LadderSpec, Plan};
use crate::diary::vocabulary::{Movement, Profile, Stage};
use crate::thresholds::{LIGHTER_SHARE, OK_LAST, OK_LAST_WALK, OK_RUN, OK_RUN_WALK, OK_WALK, TINY};

/// One level.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Its id.
    pub id: String,
    /// Seconds of running in one interval; 0 for a walking level.
    pub run_s: u32,
    /// Seconds of walking in one interval; 0 for a continuous run.
    pub walk_s: u32,
    /// Intervals.
    pub reps: u32,
    /// The stage it belongs to.
    pub stage: Stage,
}

impl Level {
    /// Minutes of running in the session.
    pub fn run_min(&self) -> f64 {
        f64::from(self.run_s) * f64::from(self.reps) / 60.0
    }

    /// Minutes of walking between its runs, or of the whole walk.
    pub fn walk_min(&self) -> f64 {
        f64::from(self.walk_s) * f64::from(self.reps) / 60.0
    }

    /// The activity it is done as.
    pub fn movement(&self) -> Movement {
        match self.stage {
            Stage::RunWalk => Movement::RunWalk,
            Stage::ShortRuns | Stage::Running => Movement::Run,
            _ => Movement::Walk,
        }
    }
}

/// Walking levels: brisk minutes (section 3).
const WALKS: [u32; 5] = [10, 15, 20, 25, 30];

/// Run-walk levels: minutes of running, of walking, times (section 3; between the
/// published tables of `OxSport`, the Running Clinic and Ohio State, see Sources).
const RUN_WALKS: [(u32, u32, u32); 13] = [
    (1, 2, 5),
    (1, 2, 8),
    (1, 2, 10),
    (2, 2, 6),
    (2, 2, 7),
    (3, 2, 5),
    (3, 2, 6),
    (4, 2, 5),
    (5, 2, 4),
    (7, 2, 3),
    (8, 2, 3),
    (12, 2, 2),
    (12, 1, 2),
];

/// Continuous levels: minutes (section 3).
const RUNS: [u32; 6] = [20, 22, 24, 26, 28, 30];

/// The name of the ready ladder that a clinician's plan may ask for without spelling it out.
pub const BRISK: &str = "brisk";

/// Its run-walk levels: minutes of running, of walking, times (section 3; between the
/// published tables of four to nine weeks, see Sources).
const BRISK_RUN_WALKS: [(u32, u32, u32); 8] = [
    (1, 2, 6),
    (2, 2, 5),
    (3, 2, 4),
    (4, 2, 4),
    (5, 2, 4),
    (7, 2, 3),
    (12, 2, 2),
    (13, 1, 2),
];

/// Its continuous levels: minutes (section 3).
const BRISK_RUNS: [u32; 4] = [22, 25, 28, 30];

/// The line of levels.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    levels: Vec<Level>,
}

impl Ladder {
    /// The built-in ladder.
    pub fn builtin() -> Self {
        Self {
            levels: ready(["R", "C"], &RUN_WALKS, &RUNS),
        }
    }

    /// The ready shorter ladder: by a clinician's plan only.
    pub fn brisk() -> Self {
        Self {
            levels: ready(["B", "B"], &BRISK_RUN_WALKS, &BRISK_RUNS),
        }
    }

    /// The plan's ladder: a clinician's own, else the built-in one.
    pub fn of(plan: &Plan) -> Self {
        plan.limits
            .as_ref()
            .filter(|l| !l.by.trim().is_empty())
            .and_then(|l| l.ladder.as_ref())
            .and_then(Self::custom)
            .unwrap_or_else(Self::builtin)
    }

    /// A clinician's ladder behind the walking levels; `None` where it holds no level and is
    /// not the name of a ready one. Once a level is continuous, all after it belong to the
    /// short runs.
    fn custom(spec: &LadderSpec) -> Option<Self> {
        if spec.levels.is_empty() {
            return (spec.name == BRISK).then(Self::brisk);
        }
        let mut levels = walking_levels();
        let mut stage = Stage::RunWalk;
        for item in &spec.levels {
            if item.walk <= 0.0 {
                stage = Stage::ShortRuns;
            }
            levels.push(Level {
                id: item.id.clone(),
                run_s: seconds(item.run),
                walk_s: seconds(item.walk),
                reps: item.reps.max(1),
                stage,
            });
        }
        Some(Self { levels })
    }

    /// Every level, easiest first.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The place of a level on the line.
    pub fn index(&self, id: &str) -> Option<usize> {
        self.levels.iter().position(|l| l.id == id)
    }

    /// The level at a place; beyond the end, the last.
    pub fn at(&self, index: usize) -> Option<&Level> {
        self.levels.get(index).or_else(|| self.levels.last())
    }

    /// The level of that id.
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels.iter().find(|l| l.id == id)
    }

    /// The first level of a stage: W5 for the self-test, the last level for running.
    pub fn first_of(&self, stage: Stage) -> usize {
        let first = |s| self.levels.iter().position(|l| l.stage == s);
        let last = self.levels.len().saturating_sub(1);
        match stage {
            Stage::Rest | Stage::Walking => 0,
            Stage::SelfTest => self.top_walk(),
            Stage::RunWalk => first(Stage::RunWalk)
                .or_else(|| first(Stage::ShortRuns))
                .unwrap_or(last),
            // A ladder without continuous levels: its last level stands in.
            Stage::ShortRuns => first(Stage::ShortRuns).unwrap_or(last),
            Stage::Running => last,
        }
    }

    /// Where "down n" leads from a level of running (section 3): n places, and then on until
    /// the level left asks for at least 110 % of the running minutes of the level reached;
    /// never lower than from an easier level. `None`: past the first level, to the walks.
    pub fn down(&self, from: usize, n: usize) -> Option<usize> {
        let first = self.first_of(Stage::RunWalk);
        let minutes = |i: usize| self.at(i).map_or(0.0, Level::run_min);
        let lighter = |left: usize| {
            let start = left.checked_sub(n).filter(|i| *i >= first)?;
            let lighter = |i: &usize| minutes(left) >= LIGHTER_SHARE * minutes(*i) - TINY;
            Some((first..=start).rev().find(lighter).unwrap_or(first))
        };
        (first..=from.min(self.last()))
            .map(lighter)
            .fold(None, Option::max)
    }

    /// Where another ladder puts who stood on a level of an older one (section 3): on the
    /// level of that name, else on the highest of the stage that asks for no more minutes,
    /// the first if none does.
    pub fn carried(&self, old: &Level, stage: Stage) -> usize {
        if let Some(same) = self.index(&old.id) {
            return same;
        }
        let of = match stage {
            Stage::Rest | Stage::SelfTest | Stage::Walking => Stage::Walking,
            Stage::RunWalk => Stage::RunWalk,
            Stage::ShortRuns | Stage::Running => Stage::ShortRuns,
        };
        let minutes = |l: &Level| {
            if l.run_s == 0 {
                l.walk_min()
            } else {
                l.run_min()
            }
        };
        let fits = |l: &Level| l.stage == of && minutes(l) <= minutes(old) + TINY;
        let highest = self.levels.iter().rposition(fits);
        highest.unwrap_or_else(|| self.first_of(of))
    }

    /// The place of W5.
    pub fn top_walk(&self) -> usize {
        WALKS.len() - 1
    }

    /// The last place on the line.
    pub fn last(&self) -> usize {
        self.levels.len().saturating_sub(1)
    }
}

/// OK sessions needed to move up from a level (section 3): W 2 (W5: 3); R 2
/// (bone 3); C 1 (bone 2); the last one 6.
pub fn ok_needed(ladder: &Ladder, index: usize, profile: Profile) -> u32 {
    let bone = profile == Profile::Bone;
    let Some(level) = ladder.at(index) else {
        return 2;
    };
    match level.stage {
        _ if index >= ladder.last() => OK_LAST,
        Stage::RunWalk => OK_RUN_WALK + u32::from(bone),
        Stage::ShortRuns | Stage::Running => OK_RUN + u32::from(bone),
        _ if index >= ladder.top_walk() => OK_LAST_WALK,
        _ => OK_WALK,
    }
}

fn ready(letters: [&str; 2], run_walks: &[(u32, u32, u32)], runs: &[u32]) -> Vec<Level> {
    let [first, then] = letters;
    let mut levels = walking_levels();
    for (n, (run, walk, reps)) in (1..).zip(run_walks) {
        levels.push(level(first, n, run * 60, walk * 60, *reps, Stage::RunWalk));
    }
    // One letter goes on counting, another begins at 1.
    let from = if first == then { run_walks.len() } else { 0 };
    for (n, run) in (1..).zip(runs) {
        let n = n + u32::try_from(from).unwrap_or(0);
        levels.push(level(then, n, run * 60, 0, 1, Stage::ShortRuns));
    }
    levels
}

fn walking_levels() -> Vec<Level> {
    (1..)
        .zip(WALKS)
        .map(|(n, min)| level("W", n, 0, min * 60, 1, Stage::Walking))
        .collect()
}

fn level(letter: &str, n: u32, run_s: u32, walk_s: u32, reps: u32, stage: Stage) -> Level {
    Level {
        id: [letter, &n.to_string()].concat(),
        run_s,
        walk_s,
        reps,
        stage,
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // bounded by a day
fn seconds(minutes: f64) -> u32 {
    (minutes.clamp(0.0, 1440.0) * 60.0).round() as u32
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp)]
    use super::*;
    use crate::diary::entry::{Extra, LevelSpec};

    #[test]
    fn the_line_holds_the_minutes_of_the_page() {
        let ladder = Ladder::builtin();
        assert_eq!(ladder.levels().len(), 24);
        let run: Vec<f64> = ladder.levels().iter().skip(5).map(Level::run_min).collect();
        assert_eq!(
            run,
            [
                5.0, 8.0, 10.0, 12.0, 14.0, 15.0, 18.0, 20.0, 20.0, 21.0, 24.0, 24.0, 24.0, 20.0,
                22.0, 24.0, 26.0, 28.0, 30.0
            ]
        );
        assert_eq!(ladder.level("R13").unwrap().walk_s, 60);
        let walk: Vec<f64> = ladder.levels().iter().map(Level::walk_min).collect();
        assert_eq!(
            walk,
            [
                10.0, 15.0, 20.0, 25.0, 30.0, 10.0, 16.0, 20.0, 12.0, 14.0, 10.0, 12.0, 10.0, 8.0,
                6.0, 6.0, 4.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
            ]
        );
        assert_eq!(ladder.index("C1"), Some(18));
        assert_eq!(ladder.first_of(Stage::Running), 23);
    }

    fn custom(levels: &[(&str, f64, f64, u32)]) -> Ladder {
        let item = |&(id, run, walk, reps): &(&str, f64, f64, u32)| LevelSpec {
            id: id.to_owned(),
            run,
            walk,
            reps,
            extra: Extra::new(),
        };
        let spec = LadderSpec {
            name: String::new(),
            levels: levels.iter().map(item).collect(),
            extra: Extra::new(),
        };
        Ladder::custom(&spec).unwrap()
    }

    #[test]
    fn a_clinicians_ladder_stands_behind_the_walks() {
        let ladder = custom(&[
            ("one", 0.5, 1.25, 4),
            ("two", 3.0, 1.0, 0),
            ("long", 12.0, 0.0, 1),
            ("mixed", 5.0, 1.0, 3),
        ]);
        let ids: Vec<&str> = ladder.levels().iter().map(|l| l.id.as_str()).collect();
        assert_eq!(ids[4..], ["W5", "one", "two", "long", "mixed"]);
        let one = ladder.level("one").unwrap();
        assert_eq!((one.run_s, one.walk_s, one.reps), (30, 75, 4));
        // No repeats at all would be no session.
        assert_eq!(ladder.level("two").unwrap().reps, 1);
        // Once a level is continuous, all after it belong to the short runs.
        let stages: Vec<Stage> = ladder.levels().iter().map(|l| l.stage).collect();
        let (runs, short) = (Stage::RunWalk, Stage::ShortRuns);
        assert_eq!(stages[5..], [runs, runs, short, short]);
        assert_eq!(ladder.first_of(Stage::ShortRuns), 7);
        assert_eq!((ladder.first_of(Stage::Running), ladder.last()), (8, 8));
        let need = |i, p| ok_needed(&ladder, i, p);
        assert_eq!([need(5, Profile::Joint), need(6, Profile::Bone)], [2, 3]);
        assert_eq!([need(7, Profile::Joint), need(8, Profile::Joint)], [1, 6]);
        assert_eq!(ladder.at(99).map(|l| l.id.as_str()), Some("mixed"));
    }

    #[test]
    fn a_step_back_takes_load_off() {
        let ladder = Ladder::builtin();
        let down = |n: usize| {
            let name = |i: usize| match ladder.down(i, n) {
                Some(to) => ladder.levels()[to].id.clone(),
                None => "W5".to_owned(),
            };
            (5..24).map(name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            down(1),
            "W5 R1 R2 R3 R4 R4 R6 R7 R7 R7 R10 R10 R10 R10 C1 C1 C2 C3 C4"
        );
        assert_eq!(
            down(2),
            "W5 W5 R1 R2 R3 R4 R5 R6 R7 R7 R9 R10 R10 R10 R10 C1 C2 C3 C4"
        );
        let brisk = Ladder::brisk();
        let name = |id: &str| {
            brisk
                .down(brisk.index(id)?, 1)
                .map(|i| &*brisk.levels()[i].id)
        };
        assert_eq!(
            [name("B9"), name("B8"), name("B1")],
            [Some("B6"), Some("B6"), None]
        );
    }

    #[test]
    fn the_brisk_ladder_is_the_pages() {
        let brisk = Ladder::brisk();
        let run: Vec<f64> = brisk.levels().iter().skip(5).map(Level::run_min).collect();
        assert_eq!(
            run,
            [
                6.0, 10.0, 12.0, 16.0, 20.0, 21.0, 24.0, 26.0, 22.0, 25.0, 28.0, 30.0
            ]
        );
        assert_eq!(brisk.first_of(Stage::ShortRuns), brisk.index("B9").unwrap());
        assert_eq!(brisk.last(), brisk.index("B12").unwrap());
    }

    #[test]
    fn another_ladder_keeps_the_name_or_asks_for_no_more() {
        let (old, brisk) = (Ladder::builtin(), Ladder::brisk());
        let to = |id: &str, stage| {
            let at = brisk.carried(old.level(id).unwrap(), stage);
            brisk.levels()[at].id.clone()
        };
        assert_eq!(to("W3", Stage::Walking), "W3");
        assert_eq!(to("R1", Stage::RunWalk), "B1");
        assert_eq!(to("R7", Stage::RunWalk), "B4");
        assert_eq!(to("C1", Stage::ShortRuns), "B9");
        assert_eq!(to("C4", Stage::ShortRuns), "B10");
        assert_eq!(to("C6", Stage::Running), "B12");
    }

    #[test]
    fn where_a_ladder_lacks_a_stage_its_nearest_level_stands_in() {
        let runs_only = custom(&[("a", 1.0, 1.0, 5), ("b", 2.0, 1.0, 5)]);
        assert_eq!(runs_only.first_of(Stage::RunWalk), 5);
        assert_eq!(runs_only.first_of(Stage::ShortRuns), 6);
        let continuous = custom(&[("c", 10.0, 0.0, 1), ("d", 20.0, 0.0, 1)]);
        assert_eq!(continuous.first_of(Stage::RunWalk), 5);
        assert_eq!(continuous.first_of(Stage::SelfTest), 4);
    }

    #[test]
    fn ok_sessions_needed_are_those_of_the_page() {
        let ladder = Ladder::builtin();
        let need = |id: &str, p| ok_needed(&ladder, ladder.index(id).unwrap(), p);
        assert_eq!(
            [need("W1", Profile::Joint), need("W5", Profile::Bone)],
            [2, 3]
        );
        assert_eq!(
            [need("R1", Profile::Joint), need("R13", Profile::Bone)],
            [2, 3]
        );
        assert_eq!(
            [need("C1", Profile::Tendon), need("C5", Profile::Bone)],
            [1, 2]
        );
        assert_eq!(
            [need("C6", Profile::Joint), need("C6", Profile::Bone)],
            [6, 6]
        );
    }
}
