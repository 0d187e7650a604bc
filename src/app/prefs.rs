//! Preferences: they can be lost without losing history.

use crate::session::cue::Cue;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

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

/// The language of the app. Which ones there are is decided by the files in
/// `public/locales`, not here: one whose file is gone is read as [`Language::Auto`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Language {
    /// The first of the phone's that Footing speaks, else English.
    #[default]
    Auto,
    /// The language of this tag, such as "de".
    Tag(String),
}

/// How [`Language::Auto`] is stored.
const AUTO: &str = "auto";

impl Language {
    /// The tag of the language; empty for the phone's own.
    pub fn tag(&self) -> &str {
        match self {
            Self::Auto => "",
            Self::Tag(tag) => tag,
        }
    }

    /// The language of a tag; the phone's own for one that is none.
    pub fn from_tag(tag: &str) -> Self {
        let letters = tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if letters && tag.len() >= 2 && tag != AUTO {
            Self::Tag(tag.to_owned())
        } else {
            Self::Auto
        }
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(match self {
            Self::Auto => AUTO,
            Self::Tag(tag) => tag,
        })
    }
}

/// Fewest steps a minute of the metronome.
pub const STEPS_LEAST: u8 = 130;
/// Most of them.
pub const STEPS_MOST: u8 = 210;

/// What the runner chose; stored under `footing/prefs`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prefs {
    /// The look.
    pub theme: Theme,
    /// The language.
    pub language: Language,
    /// Tones.
    pub tones: bool,
    /// How loud they are, 0 to 10.
    pub volume: u8,
    /// Vibration.
    pub vibration: bool,
    /// Spoken cues.
    pub voice: bool,
    /// How loud they are, 0 to 10.
    pub voice_volume: u8,
    /// A flash of the screen with each cue.
    pub flash: bool,
    /// Bits of the cues that are left out ([`Cue::bit`]).
    pub left_out: u8,
    /// Steps a minute that a metronome clicks while running; 0: none.
    pub steps_min: u8,
    /// Pocket mode: the cues as one audio track, with the screen locked.
    pub pocket: bool,
    /// Whether the pocket check of a minute was heard; `None`: not tried.
    pub pocket_minute: Option<bool>,
    /// Whether the long one was.
    pub pocket_long: Option<bool>,
    /// The number that the emergency screen offers.
    pub emergency_number: String,
    /// The install card was put away.
    pub install_hidden: bool,
    /// Distances in miles instead of kilometres.
    pub miles: bool,
    /// Weights in pounds instead of kilograms.
    pub pounds: bool,
    /// Weeks begin on Sunday instead of Monday.
    pub from_sunday: bool,
}

impl Default for Prefs {
    fn default() -> Self {
        Self {
            theme: Theme::Auto,
            language: Language::Auto,
            tones: true,
            volume: 8,
            vibration: true,
            voice: true,
            voice_volume: 8,
            flash: true,
            left_out: 0,
            steps_min: 0,
            pocket: false,
            pocket_minute: None,
            pocket_long: None,
            emergency_number: "112".into(),
            install_hidden: false,
            miles: false,
            pounds: false,
            from_sunday: false,
        }
    }
}

/// One choice about the cues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueChoice {
    /// Tones on or off.
    Tones(bool),
    /// Their volume, 0 to 10.
    Volume(u8),
    /// Vibration on or off.
    Vibration(bool),
    /// Spoken cues on or off.
    Voice(bool),
    /// Their volume, 0 to 10.
    VoiceVolume(u8),
    /// The flash on or off.
    Flash(bool),
    /// A cue given, or left out.
    Give(Cue, bool),
    /// Steps a minute of the metronome; 0: none.
    Steps(u8),
    /// Pocket mode, or the screen kept on.
    Pocket(bool),
    /// The pocket check of a minute, or the long one, was heard or not.
    Checked {
        /// The one of fifteen minutes.
        long: bool,
        /// Every cue was heard.
        heard: bool,
    },
}

/// How far this phone has been found to keep a locked screen's cues going.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pocket {
    /// Not tried.
    Untried,
    /// A check was not heard to its end.
    Failed,
    /// The minute was heard, the long one not tried.
    Minute,
    /// Both were heard.
    Long,
}

impl Prefs {
    /// Takes one choice over.
    pub fn choose(&mut self, choice: CueChoice) {
        match choice {
            CueChoice::Tones(on) => self.tones = on,
            CueChoice::Volume(to) => self.volume = to.min(10),
            CueChoice::Vibration(on) => self.vibration = on,
            CueChoice::Voice(on) => self.voice = on,
            CueChoice::VoiceVolume(to) => self.voice_volume = to.min(10),
            CueChoice::Flash(on) => self.flash = on,
            CueChoice::Give(cue, true) => self.left_out &= !cue.bit(),
            CueChoice::Give(cue, false) => self.left_out |= cue.bit(),
            CueChoice::Steps(0) => self.steps_min = 0,
            CueChoice::Steps(n) => self.steps_min = n.clamp(STEPS_LEAST, STEPS_MOST),
            CueChoice::Pocket(on) => self.pocket = on,
            CueChoice::Checked { long: true, heard } => self.pocket_long = Some(heard),
            CueChoice::Checked { long: false, heard } => self.pocket_minute = Some(heard),
        }
    }

    /// What the pocket checks have shown.
    pub fn pocket_found(&self) -> Pocket {
        match (self.pocket_minute, self.pocket_long) {
            (Some(false), _) | (_, Some(false)) => Pocket::Failed,
            (_, Some(true)) => Pocket::Long,
            (Some(true), None) => Pocket::Minute,
            (None, None) => Pocket::Untried,
        }
    }

    /// What belongs to the person and travels in a backup; the rest is about this phone.
    const TRAVELS: [&str; 14] = [
        "theme",
        "language",
        "tones",
        "volume",
        "vibration",
        "voice",
        "voice_volume",
        "flash",
        "left_out",
        "steps_min",
        "emergency_number",
        "miles",
        "pounds",
        "from_sunday",
    ];

    /// The part of it that travels in a backup.
    pub fn to_backup(&self) -> Option<Map<String, Value>> {
        let Ok(Value::Object(mut all)) = serde_json::to_value(self) else {
            return None;
        };
        all.retain(|key, _| Self::TRAVELS.contains(&key.as_str()));
        Some(all)
    }

    /// These with what a backup brought.
    #[must_use]
    pub fn with_backup(&self, brought: &Map<String, Value>) -> Self {
        let Ok(Value::Object(mut all)) = serde_json::to_value(self) else {
            return self.clone();
        };
        for (key, value) in brought {
            if Self::TRAVELS.contains(&key.as_str()) {
                all.insert(key.clone(), value.clone());
            }
        }
        Self::from_json(&Value::Object(all).to_string())
    }

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
        read("voice", &mut prefs.voice);
        read("flash", &mut prefs.flash);
        read("pocket", &mut prefs.pocket);
        read("install_hidden", &mut prefs.install_hidden);
        read("miles", &mut prefs.miles);
        read("pounds", &mut prefs.pounds);
        read("from_sunday", &mut prefs.from_sunday);
        let number = |key: &str, into: &mut u8| {
            let value = stored.get(key).and_then(Value::as_u64);
            if let Some(value) = value.and_then(|n| u8::try_from(n).ok()) {
                *into = value;
            }
        };
        number("volume", &mut prefs.volume);
        number("voice_volume", &mut prefs.voice_volume);
        number("left_out", &mut prefs.left_out);
        let mut steps = 0;
        number("steps_min", &mut steps);
        prefs.choose(CueChoice::Steps(steps));
        prefs.pocket_minute = stored.get("pocket_minute").and_then(Value::as_bool);
        prefs.pocket_long = stored.get("pocket_long").and_then(Value::as_bool);
        let words = |key: &str| stored.get(key).and_then(Value::as_str);
        prefs.theme = match words("theme") {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            Some("sun") => Theme::Sun,
            _ => Theme::Auto,
        };
        prefs.language = Language::from_tag(words("language").unwrap_or_default());
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
        let themes = [
            Theme::Auto,
            Theme::Light,
            Theme::Dark,
            Theme::Sun,
            Theme::Sun,
        ];
        let languages = ["", "en", "de", "es", "pt-BR"].map(Language::from_tag);
        for (theme, language) in themes.into_iter().zip(languages) {
            let prefs = Prefs {
                theme,
                language,
                tones: theme == Theme::Sun,
                volume: 3,
                vibration: false,
                voice: false,
                voice_volume: 10,
                flash: theme == Theme::Dark,
                left_out: 5,
                steps_min: if theme == Theme::Sun { 0 } else { 166 },
                pocket: true,
                pocket_minute: Some(true),
                pocket_long: (theme == Theme::Sun).then_some(false),
                emergency_number: "144".into(),
                install_hidden: true,
                miles: theme == Theme::Light,
                pounds: theme == Theme::Auto,
                from_sunday: theme == Theme::Dark,
            };
            let text = serde_json::to_string(&prefs).expect("writes");
            assert_eq!(Prefs::from_json(&text), prefs);
        }
        assert_eq!(Language::from_tag("pt-BR").tag(), "pt-BR");
        for text in [
            "",
            "[]",
            "{\"theme\": 3, \"tones\": \"no\"}",
            "{\"language\": \"auto\"}",
            "{\"language\": \"../de\"}",
        ] {
            assert_eq!(Prefs::from_json(text), Prefs::default(), "{text}");
        }
    }
}
