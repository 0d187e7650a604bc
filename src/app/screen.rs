//! Screens and their hash routes (`#/today`): they work from any sub-path and offline.

use uuid::Uuid;

/// What fills the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Screen {
    /// The first questions.
    Setup,
    /// One answer for today.
    #[default]
    Today,
    /// The way, with where you are.
    Journey,
    /// Everything, by day.
    Diary,
    /// Numbers over time.
    Progress,
    /// Those who help.
    Care,
    /// The running session.
    Live,
    /// The log, after a session or without one.
    Log,
    /// A past session.
    Add,
    /// One entry, to change it.
    Edit(Uuid),
    /// The morning answer.
    Morning,
    /// Not feeling right.
    Check,
    /// The readiness self-test.
    SelfTest,
    /// A clinician's word.
    Clearance,
    /// Strength: where each pattern stands, and what is next.
    Strength,
    /// One exercise.
    Exercise(ExerciseId),
    /// The running strength session.
    StrengthSession,
    /// Drills before, stretches after.
    Mobility,
    /// An appointment, to enter it.
    Appointment,
    /// A benchmark, to agree on it or measure it.
    Benchmark,
    /// Rest and active recovery.
    Recovery,
    /// Goals, confidence and fear, a few quiet minutes.
    Mind,
    /// Theme, cues, backup, storage, version.
    Settings,
    /// How a session calls, and the pocket check.
    Sounds,
    /// A clinician fills in a plan.
    HandOver,
    /// A handed plan, to look at and to take.
    OpenPlan,
    /// The report for a clinician.
    Report,
    /// Backup, and moving to another phone.
    Backup,
    /// The calendar file.
    Calendar,
    /// Every rule, with its sources.
    Rules,
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

impl Screen {
    /// The route of this screen, with its `#`.
    pub fn to_hash(self) -> String {
        match self {
            Self::Edit(id) => format!("#/entry/{id}"),
            Self::Exercise(id) => ["#/exercise/", id.text()].concat(),
            other => format!("#/{}", other.name()),
        }
    }

    /// The name that titles, tests and styles know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Today => "today",
            Self::Journey => "journey",
            Self::Diary => "diary",
            Self::Progress => "progress",
            Self::Care => "care",
            Self::Live => "live",
            Self::Log => "log",
            Self::Add => "add",
            Self::Edit(_) => "entry",
            Self::Morning => "morning",
            Self::Check => "check",
            Self::SelfTest => "self-test",
            Self::Clearance => "clearance",
            Self::Strength => "strength",
            Self::Exercise(_) => "exercise",
            Self::StrengthSession => "strength-session",
            Self::Mobility => "mobility",
            Self::Appointment => "appointment",
            Self::Benchmark => "benchmark",
            Self::Recovery => "recovery",
            Self::Mind => "mind",
            Self::Settings => "settings",
            Self::Sounds => "sounds",
            Self::HandOver => "hand-over",
            Self::OpenPlan => "plan",
            Self::Report => "report",
            Self::Backup => "backup",
            Self::Calendar => "calendar",
            Self::Rules => "rules",
        }
    }

    /// The screen of a route; an unknown one leads to Today.
    pub fn from_hash(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_matches('/');
        if let Some(id) = path.strip_prefix("entry/") {
            return Uuid::parse_str(id).map_or(Self::Diary, Self::Edit);
        }
        if let Some(id) = path.strip_prefix("exercise/") {
            return ExerciseId::new(id).map_or(Self::Strength, Self::Exercise);
        }
        // What stands behind is the plan itself: `domain::handover` reads it.
        if path.starts_with("plan/") {
            return Self::OpenPlan;
        }
        [
            Self::Setup,
            Self::Journey,
            Self::Diary,
            Self::Progress,
            Self::Care,
            Self::Live,
            Self::Log,
            Self::Add,
            Self::Morning,
            Self::Check,
            Self::SelfTest,
            Self::Clearance,
            Self::Strength,
            Self::StrengthSession,
            Self::Mobility,
            Self::Appointment,
            Self::Benchmark,
            Self::Recovery,
            Self::Mind,
            Self::Settings,
            Self::Sounds,
            Self::HandOver,
            Self::OpenPlan,
            Self::Report,
            Self::Backup,
            Self::Calendar,
            Self::Rules,
        ]
        .into_iter()
        .find(|s| s.name() == path)
        .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_leads_back_to_its_screen() {
        let id = Uuid::from_u128(7);
        for screen in [
            Screen::Setup,
            Screen::Today,
            Screen::Live,
            Screen::Log,
            Screen::Add,
            Screen::Check,
            Screen::Appointment,
            Screen::Benchmark,
            Screen::Recovery,
            Screen::Mind,
            Screen::Settings,
            Screen::Sounds,
            Screen::HandOver,
            Screen::OpenPlan,
            Screen::Report,
            Screen::Backup,
            Screen::Calendar,
            Screen::Rules,
            Screen::Edit(id),
            Screen::Strength,
            Screen::StrengthSession,
            Screen::Mobility,
            Screen::Exercise(ExerciseId::new("side-plank").expect("an id")),
        ] {
            assert_eq!(Screen::from_hash(&screen.to_hash()), screen);
        }
        assert_eq!(Screen::from_hash("#/plan/FP1ABC"), Screen::OpenPlan);
        assert_eq!(Screen::from_hash(""), Screen::Today);
        assert_eq!(Screen::from_hash("#/nowhere"), Screen::Today);
        assert_eq!(Screen::from_hash("#/entry/x"), Screen::Diary);
        assert_eq!(Screen::from_hash("#/exercise/1"), Screen::Strength);
        assert_eq!(Screen::from_hash("#/exercise/"), Screen::Today);
    }
}
