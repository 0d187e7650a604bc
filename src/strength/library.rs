//! The exercises, as `public/exercises/exercises.json` lists them. The file is part of
//! the release and fetched when a strength screen opens, so it is not in the wasm.

use super::Concerns;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The patterns of section 9, in the order of a session: large before small.
pub const PATTERNS: [&str; 10] = [
    "squat",
    "lunge",
    "step",
    "bridge",
    "calf",
    "hip-abduction",
    "hip-adduction",
    "plank",
    "side-plank",
    "balance",
];
/// Hops: three levels, only after the self-test.
pub const PLYOMETRIC: &str = "plyometric";
/// Moving before a run.
pub const DRILL: &str = "drill";
/// Stretching after one.
pub const STRETCH: &str = "stretch";
/// What the self-test asks for.
pub const TEST: &str = "test";

/// Levels of a pattern.
pub fn top_level(pattern: &str) -> u8 {
    if pattern == PLYOMETRIC { 3 } else { 4 }
}

/// How an exercise uses the two sides.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// Both at once.
    Together,
    /// A set for the left, a set for the right.
    Each,
    /// In turn within one set; repetitions are counted for each.
    Alternate,
}

/// What is counted in a set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Repetitions.
    Reps,
    /// Seconds of holding still.
    Hold,
}

/// Something to know before doing an exercise.
#[derive(Clone, PartialEq, Eq)]
pub struct Caution {
    /// The key of its words.
    pub key: String,
    /// Sites, profiles, `birth` or `heart` that it is for; empty: for everyone.
    pub only: Vec<String>,
    /// Not put into a session before a clinician's word.
    pub hold: bool,
}

/// The pattern of [`PATTERNS`] that a stored `pattern` is trained with. The data contract
/// tells heel raises with a straight knee from those with a bent one, and steps up from
/// steps down; they move up a level together. Entries of earlier versions hold the
/// pattern itself.
pub fn trained_with(stored: &str) -> &str {
    match stored {
        "calf-raise" | "bent-calf-raise" => "calf",
        "step-up" | "step-down" => "step",
        "plyometrics" => PLYOMETRIC,
        other => other,
    }
}

/// One exercise.
#[derive(Clone, PartialEq)]
pub struct Exercise {
    /// Its id, the stem of its words.
    pub id: String,
    /// Its pattern.
    pub pattern: String,
    /// The `pattern` that an entry stores for it: see [`trained_with`].
    pub stored: String,
    /// Its level, 1 to 4; 0 for drills and stretches.
    pub level: u8,
    /// Sets, for each side where sides take turns.
    pub sets: u8,
    /// What is counted.
    pub count: Count,
    /// Lower end of the range, repetitions or seconds.
    pub low: u16,
    /// Upper end.
    pub high: u16,
    /// How it uses the sides.
    pub sides: Sides,
    /// The picture shows the left side at work, else the right.
    pub shows_left: bool,
    /// Rest after a set, seconds.
    pub rest_s: u16,
    /// Done with a weight, in kilograms.
    pub load: bool,
    /// Done lying or sitting: no weight on the feet.
    pub off_feet: bool,
    /// Stands in for another exercise of its level where the injury is at these sites;
    /// empty: for every site.
    pub sites: Vec<String>,
    /// The id of that other exercise.
    pub instead: Option<String>,
    /// What to know before.
    pub cautions: Vec<Caution>,
    /// Its picture, for [`crate::strength::figure::Figure::from_json`].
    pub figure: Value,
}

impl Exercise {
    /// Cautions that concern a runner.
    pub fn cautions_for(&self, who: Concerns) -> impl Iterator<Item = &Caution> {
        let mine = move |c: &&Caution| c.only.is_empty() || c.only.iter().any(|o| who.has(o));
        self.cautions.iter().filter(mine)
    }
}

/// All exercises, easiest first within a pattern.
#[derive(Clone, PartialEq, Default)]
pub struct Library {
    exercises: Vec<Exercise>,
    regions: BTreeMap<String, Vec<String>>,
}

impl Library {
    /// From the file's text; `None` when it is not the file it should be.
    pub fn parse(text: &str) -> Option<Self> {
        let Ok(Value::Object(file)) = serde_json::from_str(text) else {
            return None;
        };
        let mut exercises = Vec::new();
        for item in file.get("exercises")?.as_array()? {
            exercises.push(exercise(item.as_object()?)?);
        }
        let mut regions = BTreeMap::new();
        for (site, patterns) in file.get("regions")?.as_object()? {
            let patterns = patterns.as_array()?.iter();
            let patterns: Option<Vec<String>> =
                patterns.map(|p| Some(p.as_str()?.to_owned())).collect();
            regions.insert(site.clone(), patterns?);
        }
        Some(Self { exercises, regions })
    }

    /// The patterns that every session holds for an injury at a site; none: all in turn.
    pub fn region(&self, site: &str) -> &[String] {
        self.regions.get(site).map_or(&[], Vec::as_slice)
    }

    /// Those of a pattern at a level for an injury at a site: what is made for the site
    /// stands in for the usual one.
    pub fn for_site<'a>(
        &'a self,
        pattern: &'a str,
        level: u8,
        site: &'a str,
    ) -> impl Iterator<Item = &'a Exercise> {
        let made = move |e: &Exercise| e.sites.iter().any(|s| s == site);
        let replaced = move |e: &Exercise| {
            let mut own = self.of(pattern, level).filter(move |o| made(o));
            own.any(|o| o.instead.as_ref() == Some(&e.id))
        };
        self.of(pattern, level)
            .filter(move |e| made(e) || (e.sites.is_empty() && !replaced(e)))
    }

    /// All of them.
    pub fn all(&self) -> &[Exercise] {
        &self.exercises
    }

    /// One by its id.
    pub fn get(&self, id: &str) -> Option<&Exercise> {
        self.exercises.iter().find(|e| e.id == id)
    }

    /// Those of a pattern at a level, in the file's order.
    pub fn of<'a>(&'a self, pattern: &'a str, level: u8) -> impl Iterator<Item = &'a Exercise> {
        let fits = move |e: &&Exercise| e.pattern == pattern && e.level == level;
        self.exercises.iter().filter(fits)
    }
}

fn exercise(fields: &Map<String, Value>) -> Option<Exercise> {
    let text = |key: &str| Some(fields.get(key)?.as_str()?.to_owned());
    let number = |value: Option<&Value>| u16::try_from(value?.as_u64()?).ok();
    let small = |key: &str| match number(fields.get(key)) {
        Some(n) => u8::try_from(n).ok(),
        None => Some(0),
    };
    let (count, dose) = match (fields.get("reps"), fields.get("hold")) {
        (Some(reps), None) => (Count::Reps, reps),
        (None, Some(hold)) => (Count::Hold, hold),
        _ => return None,
    };
    let mut cautions = Vec::new();
    for item in fields
        .get("cautions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        cautions.push(Caution {
            key: item.get("key")?.as_str()?.to_owned(),
            only: texts(item.get("for")),
            hold: item.get("hold") == Some(&Value::Bool(true)),
        });
    }
    Some(Exercise {
        id: text("id")?,
        stored: text("stored").or_else(|| text("pattern"))?,
        pattern: text("pattern")?,
        level: small("level")?,
        sets: small("sets")?,
        count,
        low: number(dose.get(0))?,
        high: number(dose.get(1))?,
        sides: match fields.get("sides").and_then(Value::as_str) {
            None => Sides::Together,
            Some("each") => Sides::Each,
            Some("alternate") => Sides::Alternate,
            Some(_) => return None,
        },
        shows_left: fields.get("works").and_then(Value::as_str) == Some("left"),
        rest_s: number(fields.get("rest")).unwrap_or(0),
        load: fields.get("load") == Some(&Value::Bool(true)),
        off_feet: fields.get("off_feet") == Some(&Value::Bool(true)),
        sites: texts(fields.get("sites")),
        instead: fields
            .get("instead")
            .and_then(|v| Some(v.as_str()?.to_owned())),
        cautions,
        figure: fields.get("figure")?.clone(),
    })
}

/// The texts of a list; none where there is no list.
fn texts(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|v| Some(v.as_str()?.to_owned())).collect()
}
