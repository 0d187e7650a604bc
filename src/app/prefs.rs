//! Preferences: they can be lost without losing history.

use serde::Serialize;
use serde_json::Value;

/// The look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

impl Prefs {
    /// From what was stored. Read by hand, since the first download needs it: what is
    /// missing or of no known kind stands as it is by default.
    pub fn from_json(text: &str) -> Self {
        let mut prefs = Self::default();
        let Ok(Value::Object(stored)) = serde_json::from_str(text) else {
            return prefs;
        };
        let read = |key: &str, into: &mut bool| {
            if let Some(value) = stored.get(key).and_then(Value::as_bool) {
                *into = value;
            }
        };
        read("tones", &mut prefs.tones);
        read("vibration", &mut prefs.vibration);
        read("install_hidden", &mut prefs.install_hidden);
        let words = |key: &str| stored.get(key).and_then(Value::as_str);
        prefs.theme = match words("theme") {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            Some("sun") => Theme::Sun,
            _ => Theme::Auto,
        };
        if let Some(number) = words("emergency_number") {
            prefs.emergency_number = number.into();
        }
        prefs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        for theme in [Theme::Auto, Theme::Light, Theme::Dark, Theme::Sun] {
            let prefs = Prefs {
                theme,
                tones: theme == Theme::Sun,
                vibration: false,
                emergency_number: "144".into(),
                install_hidden: true,
            };
            let text = serde_json::to_string(&prefs).expect("writes");
            assert_eq!(Prefs::from_json(&text), prefs);
        }
        for text in ["", "[]", "{\"theme\": 3, \"tones\": \"no\"}"] {
            assert_eq!(Prefs::from_json(text), Prefs::default(), "{text}");
        }
    }
}
