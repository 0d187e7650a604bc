//! The hand-over's two forms: what a clinician types, and what a runner is shown.

use crate::app::forms::number_field::NumberField;
use crate::app::now::Now;
use crate::app::state::State;
use crate::diary::StandingBenchmark;
use crate::diary::codec::ranges;
use crate::diary::entry::Benchmark;
use crate::diary::vocabulary::{Profile, Side, Site, Stage};
use crate::formats::day;
use crate::formats::decimal;
use crate::insights::hand_over_review::{self, Review};
use crate::plan::hand_over::code::{MAX_BENCHMARKS, MAX_NAME, MAX_NOTE, MAX_RUNGS, decode};
use crate::plan::hand_over::{AgreedBenchmark, HandOver, Refusal, Rung};
use crate::thresholds::ladder::Ladder;
use chrono::NaiveDate;

/// A plan as it is being filled in, each field as typed; empty: left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HandOverForm {
    /// Who fills it in.
    pub by: String,
    /// Their role.
    pub role: String,
    /// Where.
    pub site: Option<Site>,
    /// Which side.
    pub side: Option<Side>,
    /// Which columns of the rules.
    pub profile: Option<Profile>,
    /// Since when.
    pub since: String,
    /// The stage to begin at.
    pub stage: Option<Stage>,
    /// The level to begin at.
    pub level: String,
    /// Runs a week.
    pub per_week: String,
    /// Pain during that still counts 0.
    pub max_pain: String,
    /// Highest level.
    pub max_level: String,
    /// OK sessions to move up.
    pub ok_needed: String,
    /// Rest days between runs.
    pub min_rest: String,
    /// Runs in any 7 days at most.
    pub max_per_week: String,
    /// Another ladder is given.
    pub own_ladder: bool,
    /// Its name.
    pub ladder_name: String,
    /// Its levels, one a line: `R1 1/2 x 5`.
    pub ladder: String,
    /// Last day.
    pub valid_until: String,
    /// A word to the runner.
    pub note: String,
    /// Benchmarks: name, target, unit, the stage kept closed.
    pub benchmarks: Vec<(String, String, String, Option<Stage>)>,
}

/// What keeps a plan from being handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftFault {
    /// Nobody is named.
    By,
    /// A day is none, or where it cannot be.
    Day,
    /// A number is none, or out of its range.
    Number,
    /// A level that the ladder does not have.
    Level,
    /// A line of the ladder cannot be read, or cannot be climbed.
    Ladder,
    /// A benchmark without a name, or with a target that is none.
    Benchmark,
    /// A text is too long.
    Long,
}

impl DraftFault {
    /// Every fault.
    pub const ALL: [Self; 7] = [
        Self::By,
        Self::Day,
        Self::Number,
        Self::Level,
        Self::Ladder,
        Self::Benchmark,
        Self::Long,
    ];

    /// The key that words know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::By => "by",
            Self::Day => "day",
            Self::Number => "number",
            Self::Level => "level",
            Self::Ladder => "ladder",
            Self::Benchmark => "benchmark",
            Self::Long => "long",
        }
    }
}

impl HandOverForm {
    /// The plan that the answers make on `now`'s day.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with them.
    pub fn plan(&self, now: &Now) -> Result<HandOver, DraftFault> {
        let today = now.day();
        let by = short(&self.by)?;
        if by.is_empty() {
            return Err(DraftFault::By);
        }
        let ladder = self.rungs()?;
        let level = |text: &str| {
            let id = text.trim();
            let known = ladder.iter().any(|rung| rung.id == id)
                || Ladder::builtin()
                    .level(id)
                    // The walking levels stand before every ladder.
                    .is_some_and(|l| ladder.is_empty() || l.run_s == 0);
            match id {
                "" => Ok(None),
                _ if known => Ok(Some(id.to_owned())),
                _ => Err(DraftFault::Level),
            }
        };
        let since = day(&self.since)?;
        let valid_until = day(&self.valid_until)?;
        if since.is_some_and(|day| day > today) || valid_until.is_some_and(|day| day < today) {
            return Err(DraftFault::Day);
        }
        let note = self.note.trim().to_owned();
        if note.chars().count() > MAX_NOTE {
            return Err(DraftFault::Long);
        }
        let plan = HandOver {
            made_on: today,
            by,
            role: short(&self.role)?,
            site: self.site,
            side: self.side,
            profile: self.profile,
            since,
            start_stage: self.stage,
            start_level: level(&self.level)?,
            sessions_per_week: small(&self.per_week, 1, 4)?,
            max_pain_during: small(&self.max_pain, 0, 10)?,
            max_level: level(&self.max_level)?,
            ok_needed: small(&self.ok_needed, 1, 20)?,
            min_rest_days: small(&self.min_rest, 0, 14)?,
            max_per_week: small(&self.max_per_week, 1, 7)?,
            ladder_name: if ladder.is_empty() {
                String::new()
            } else {
                short(&self.ladder_name)?
            },
            ladder,
            valid_until,
            note,
            benchmarks: self.goals()?,
        };
        // As the runner's phone will see it: what the codec refuses there is said here.
        match hand_over_review::review(&plan, None, &[], now.at()) {
            Ok(_) => Ok(plan),
            Err(_) => Err(DraftFault::Ladder),
        }
    }

    fn rungs(&self) -> Result<Vec<Rung>, DraftFault> {
        if !self.own_ladder {
            return Ok(Vec::new());
        }
        let lines = self.ladder.lines().filter(|line| !line.trim().is_empty());
        let rungs: Option<Vec<Rung>> = lines.map(rung).collect();
        rungs
            .filter(|rungs| !rungs.is_empty() && rungs.len() <= MAX_RUNGS)
            .ok_or(DraftFault::Ladder)
    }

    fn goals(&self) -> Result<Vec<AgreedBenchmark>, DraftFault> {
        if self.benchmarks.len() > MAX_BENCHMARKS {
            return Err(DraftFault::Benchmark);
        }
        let goal = |(name, target, unit, gate): &(String, String, String, Option<Stage>)| {
            let name = short(name)?;
            let target = NumberField::HandOverTarget.read(target);
            let target = target.map_err(|_| DraftFault::Benchmark)?;
            if name.is_empty() {
                return Err(DraftFault::Benchmark);
            }
            Ok(AgreedBenchmark {
                name,
                unit: short(unit)?,
                target,
                gates_stage: *gate,
            })
        };
        self.benchmarks.iter().map(goal).collect()
    }
}

fn short(text: &str) -> Result<String, DraftFault> {
    let text = text.trim();
    if text.chars().count() > MAX_NAME {
        return Err(DraftFault::Long);
    }
    Ok(text.to_owned())
}

fn small(text: &str, least: u8, most: u8) -> Result<Option<u8>, DraftFault> {
    match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .ok()
            .filter(|n| (least..=most).contains(n))
            .map(Some)
            .ok_or(DraftFault::Number),
    }
}

fn day(text: &str) -> Result<Option<NaiveDate>, DraftFault> {
    match text.trim() {
        "" => Ok(None),
        text => day::typed(text).map(Some).ok_or(DraftFault::Day),
    }
}

/// One level as typed: `R1 1/2 x 5` (minutes of running, of walking, times), `C1 20`.
fn rung(line: &str) -> Option<Rung> {
    let (id, rest) = line.trim().split_once(char::is_whitespace)?;
    let rest: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
    let (minutes, reps) = rest
        .split_once(['x', 'X', '×', '*'])
        .unwrap_or((&rest, "1"));
    let (run, walk) = minutes.split_once('/').unwrap_or((minutes, "0"));
    let run_s = seconds(run).filter(|s| *s > 0)?;
    Some(Rung {
        id: id.to_owned(),
        run_s,
        walk_s: seconds(walk)?,
        reps: reps.parse().ok().filter(|n| (1..=1000).contains(n))?,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most a day"
)]
fn seconds(minutes: &str) -> Option<u32> {
    // One point or comma: no minutes of a level need a sign between thousands.
    let minutes = decimal::parse(&minutes.replace(',', "."));
    let minutes = minutes.filter(|m| (ranges::MINUTES.0..=ranges::MINUTES.1).contains(m));
    minutes.map(|m| (m * 60.0).round() as u32)
}

/// A ladder as it is typed, to begin with: its levels beyond walking.
pub fn ladder_text(ladder: &Ladder) -> String {
    let mut text = String::new();
    for level in ladder.levels().iter().filter(|l| l.run_s > 0) {
        // Whole minutes, as all of the built-in ones are.
        let [run, walk] = [level.run_s, level.walk_s].map(|s| (s / 60).to_string());
        text.extend([&level.id, " ", &run]);
        if level.walk_s > 0 {
            text.extend(["/", &walk, " x ", &level.reps.to_string()]);
        }
        text.push('\n');
    }
    text
}

/// What a code or a link would change for this runner, now.
///
/// # Errors
///
/// When it cannot be taken: nothing is changed.
pub fn review(state: &State, text: &str) -> Result<(HandOver, Review), Refusal> {
    let handed = decode(text)?;
    let standing = state.diary().benchmarks_on(state.now.day());
    let latest: Vec<&Benchmark> = standing.iter().map(StandingBenchmark::latest).collect();
    let review = hand_over_review::review(&handed, state.plan(), &latest, state.now.at())?;
    Ok((handed, review))
}
