//! Screens and their hash routes (`#/today`): they work from any sub-path and offline.

use std::fmt;
use uuid::Uuid;

/// What belongs to a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScreenSpec {
    /// Its route without the `#/`; words and tests know it by the same name.
    pub path: &'static str,
    /// Where "back" leads; `None`: nowhere.
    pub parent: Option<Screen>,
    /// It is one of the five tabs.
    pub tab: bool,
    /// An emergency covers it: so it is with Today and with all that moves a body or the
    /// plan; not with what is looked at, the settings, and what leads to help.
    pub shows_emergency: bool,
}

/// Makes the one list of screens: each with its route, where "back" leads, and whether an
/// emergency covers it.
macro_rules! screens {
    ($($(#[$doc:meta])* $name:ident $(($id:ty))? {
        path: $path:literal, parent: $parent:expr, tab: $tab:literal,
        shows_emergency: $emergency:literal
    })*) => {
        /// What fills the window.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum Screen {
            $($(#[$doc])* $name $(($id))?,)*
        }

        impl Screen {
            /// What belongs to this screen.
            pub const fn spec(self) -> ScreenSpec {
                match self {
                    $(screens!(@pattern $name $($id)?) => ScreenSpec {
                        path: $path,
                        parent: $parent,
                        tab: $tab,
                        shows_emergency: $emergency,
                    },)*
                }
            }

            /// The id that stands in its route: of an entry, or of an exercise.
            fn id(self) -> Option<String> {
                match self {
                    $(screens!(@bound id $name $($id)?) => screens!(@id id $($id)?),)*
                }
            }

            /// Every screen that its route alone names, in order: all but those of one entry
            /// and of one exercise.
            pub fn all() -> Vec<Self> {
                let all = [$(screens!(@plain $name $($id)?)),*];
                all.into_iter().flatten().collect()
            }
        }
    };
    (@pattern $name:ident) => { Self::$name };
    (@pattern $name:ident $id:ty) => { Self::$name(_) };
    (@bound $bound:ident $name:ident) => { Self::$name };
    (@bound $bound:ident $name:ident $id:ty) => { Self::$name($bound) };
    (@id $bound:ident) => { None };
    (@id $bound:ident $id:ty) => { Some($bound.to_string()) };
    (@plain $name:ident) => { Some(Self::$name) };
    (@plain $name:ident $id:ty) => { None };
}

screens! {
    /// The first questions.
    Setup { path: "setup", parent: None, tab: false, shows_emergency: true }
    /// One answer for today.
    #[default]
    Today { path: "today", parent: None, tab: true, shows_emergency: true }
    /// The way, with where you are.
    Journey { path: "journey", parent: None, tab: true, shows_emergency: false }
    /// Everything, by day.
    Diary { path: "diary", parent: None, tab: true, shows_emergency: false }
    /// Numbers over time.
    Progress { path: "progress", parent: None, tab: true, shows_emergency: false }
    /// Those who help.
    Care { path: "care", parent: None, tab: true, shows_emergency: false }
    /// The running session.
    Live { path: "live", parent: Some(Self::Today), tab: false, shows_emergency: true }
    /// The log, after a session or without one.
    Log { path: "log", parent: Some(Self::Today), tab: false, shows_emergency: true }
    /// A past session.
    Add { path: "add", parent: Some(Self::Diary), tab: false, shows_emergency: false }
    /// One entry, to change it.
    Edit(Uuid) { path: "entry", parent: Some(Self::Diary), tab: false, shows_emergency: false }
    /// The morning answer.
    Morning { path: "morning", parent: Some(Self::Today), tab: false, shows_emergency: true }
    /// Not feeling right.
    Check { path: "check", parent: Some(Self::Today), tab: false, shows_emergency: false }
    /// The readiness self-test.
    SelfTest { path: "self-test", parent: Some(Self::Today), tab: false, shows_emergency: true }
    /// A clinician's word.
    Clearance { path: "clearance", parent: Some(Self::Care), tab: false, shows_emergency: false }
    /// Strength: where each pattern stands, and what is next.
    Strength { path: "strength", parent: Some(Self::Today), tab: false, shows_emergency: true }
    /// One exercise.
    Exercise(ExerciseId) { path: "exercise", parent: Some(Self::Strength), tab: false, shows_emergency: true }
    /// The running strength session.
    StrengthSession { path: "strength-session", parent: Some(Self::Strength), tab: false, shows_emergency: true }
    /// Drills before, stretches after.
    Mobility { path: "mobility", parent: Some(Self::Strength), tab: false, shows_emergency: true }
    /// An appointment, to enter it.
    Appointment { path: "appointment", parent: Some(Self::Care), tab: false, shows_emergency: false }
    /// A benchmark, to agree on it or measure it.
    Benchmark { path: "benchmark", parent: Some(Self::Care), tab: false, shows_emergency: false }
    /// Rest and active recovery.
    Recovery { path: "recovery", parent: Some(Self::Today), tab: false, shows_emergency: false }
    /// Goals, confidence and fear, a few quiet minutes.
    Mind { path: "mind", parent: Some(Self::Today), tab: false, shows_emergency: false }
    /// Theme, cues, backup, storage, version.
    Settings { path: "settings", parent: Some(Self::Today), tab: false, shows_emergency: false }
    /// How a session calls, and the pocket check.
    Sounds { path: "sounds", parent: Some(Self::Settings), tab: false, shows_emergency: false }
    /// What is known about the injury.
    Injury { path: "injury", parent: Some(Self::Care), tab: false, shows_emergency: false }
    /// Cards on running well.
    RunningWell { path: "running-well", parent: Some(Self::Care), tab: false, shows_emergency: false }
    /// A clinician fills in a plan.
    HandOver { path: "hand-over", parent: Some(Self::Care), tab: false, shows_emergency: false }
    /// A handed plan, to look at and to take.
    OpenPlan { path: "plan", parent: Some(Self::Care), tab: false, shows_emergency: false }
    /// The report for a clinician.
    Report { path: "report", parent: Some(Self::Care), tab: false, shows_emergency: false }
    /// Backup, and moving to another phone.
    Backup { path: "backup", parent: Some(Self::Settings), tab: false, shows_emergency: false }
    /// The calendar file.
    Calendar { path: "calendar", parent: Some(Self::Care), tab: false, shows_emergency: false }
    /// Every rule, with its sources.
    Rules { path: "rules", parent: Some(Self::Settings), tab: false, shows_emergency: false }
}

/// The id of an exercise, as small as a screen must be: up to 24 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ExerciseId([u8; 24]);

impl ExerciseId {
    /// From its text; `None` when it is empty, too long, or no id.
    pub fn new(text: &str) -> Option<Self> {
        let fits = |b: u8| b.is_ascii_lowercase() || b == b'-';
        if text.is_empty() || text.len() > 24 || !text.bytes().all(fits) {
            return None;
        }
        let mut bytes = [0; 24];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Some(Self(bytes))
    }

    /// Its text.
    pub fn text(&self) -> &str {
        let end = self.0.iter().position(|b| *b == 0).unwrap_or(24);
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }
}

impl fmt::Display for ExerciseId {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.text())
    }
}

impl Screen {
    /// The route of this screen, with its `#`.
    pub fn to_hash(self) -> String {
        let path = self.spec().path;
        match self.id() {
            Some(id) => format!("#/{path}/{id}"),
            None => format!("#/{path}"),
        }
    }

    /// The screen of a route; an unknown one leads to Today.
    pub fn from_hash(hash: &str) -> Self {
        let path = hash.trim_start_matches('#');
        let path = path
            .strip_prefix("%2F")
            .or(path.strip_prefix("%2f"))
            .unwrap_or(path);
        let path = path.trim_matches('/');
        if let Some(id) = path.strip_prefix("entry/") {
            return Uuid::parse_str(id).map_or(Self::Diary, Self::Edit);
        }
        if let Some(id) = path.strip_prefix("exercise/") {
            return ExerciseId::new(id).map_or(Self::Strength, Self::Exercise);
        }
        // What stands behind is the plan itself: `plan::hand_over` reads it.
        // A service that rewrites links may have encoded the slash.
        let plan = path.strip_prefix("plan").unwrap_or_default();
        if plan.starts_with('/') || plan.to_ascii_lowercase().starts_with("%2f") {
            return Self::OpenPlan;
        }
        let mut all = Self::all().into_iter();
        all.find(|screen| screen.spec().path == path)
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_leads_back_to_its_screen() {
        let mut all = Screen::all();
        all.push(Screen::Edit(Uuid::from_u128(7)));
        all.push(Screen::Exercise(
            ExerciseId::new("side-plank").expect("an id"),
        ));
        for screen in &all {
            assert_eq!(Screen::from_hash(&screen.to_hash()), *screen);
        }
        assert_eq!(all.iter().filter(|s| s.spec().tab).count(), 5);
        assert_eq!(Screen::from_hash("#/plan/FP1ABC"), Screen::OpenPlan);
        assert_eq!(Screen::from_hash("#%2Fplan%2FFP1ABC"), Screen::OpenPlan);
        assert_eq!(Screen::from_hash("#/plan%2fFP1ABC"), Screen::OpenPlan);
        assert_eq!(Screen::from_hash(""), Screen::Today);
        assert_eq!(Screen::from_hash("#/nowhere"), Screen::Today);
        assert_eq!(Screen::from_hash("#/entry/x"), Screen::Diary);
        assert_eq!(Screen::from_hash("#/exercise/1"), Screen::Strength);
        assert_eq!(Screen::from_hash("#/exercise/"), Screen::Today);
    }
}
