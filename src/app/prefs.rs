//! Preferences: they can be lost without losing history.

use serde::{Deserialize, Serialize};

/// The look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Follows the phone.
    #[default]
    Auto,
    /// Ink on warm paper.
    Light,
    /// Night trail.
    Dark,
    /// Black, white, one yellow.
    Sun,
}

/// What the runner chose; stored under `footing/prefs`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    /// The look.
    pub theme: Theme,
    /// Tones.
    pub tones: bool,
    /// Vibration.
    pub vibration: bool,
    /// The number that the emergency screen offers.
    pub emergency_number: String,
    /// The install card was put away.
    pub install_hidden: bool,
}

impl Default for Prefs {
    fn default() -> Self {
        Self {
            theme: Theme::Auto,
            tones: true,
            vibration: true,
            emergency_number: "112".into(),
            install_hidden: false,
        }
    }
}
