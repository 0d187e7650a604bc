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
}

impl Screen {
    /// The route of this screen, with its `#`.
    pub fn to_hash(self) -> String {
        match self {
            Self::Edit(id) => format!("#/entry/{id}"),
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
            Self::Appointment => "appointment",
            Self::Benchmark => "benchmark",
            Self::Recovery => "recovery",
            Self::Mind => "mind",
            Self::Settings => "settings",
        }
    }

    /// The screen of a route; an unknown one leads to Today.
    pub fn from_hash(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_matches('/');
        if let Some(id) = path.strip_prefix("entry/") {
            return Uuid::parse_str(id).map_or(Self::Diary, Self::Edit);
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
            Self::Appointment,
            Self::Benchmark,
            Self::Recovery,
            Self::Mind,
            Self::Settings,
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
            Screen::Edit(id),
        ] {
            assert_eq!(Screen::from_hash(&screen.to_hash()), screen);
        }
        assert_eq!(Screen::from_hash(""), Screen::Today);
        assert_eq!(Screen::from_hash("#/nowhere"), Screen::Today);
        assert_eq!(Screen::from_hash("#/entry/x"), Screen::Diary);
    }
}
