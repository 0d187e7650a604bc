//! The runner chooses a preference.

use crate::app::effect::Effect;
use crate::app::event::PrefsEvent;
use crate::app::exercises::Files;
use crate::app::prefs::Prefs;
use crate::app::reading::Readings;
use crate::app::state::State;
use crate::formats::number::plain_digits;

/// The runner chose: it is kept.
pub(in crate::app) fn handle(state: &mut State, event: PrefsEvent) -> Vec<Effect> {
    match event {
        PrefsEvent::Theme(theme) => state.prefs.theme = theme,
        PrefsEvent::Miles(miles) => state.prefs.miles = miles,
        PrefsEvent::Pounds(pounds) => state.prefs.pounds = pounds,
        PrefsEvent::FromSunday(from) => state.prefs.from_sunday = from,
        PrefsEvent::Language(language) => {
            state.prefs.language = language;
            // Read again in the new language when a screen wants them.
            state.files = Files::None;
            state.readings = Readings::default();
        }
        PrefsEvent::Cue(choice) => state.prefs.choose(choice),
        PrefsEvent::EmergencyNumber(number) => {
            let digits: String = plain_digits(&number)
                .chars()
                .filter(|c| c.is_ascii_digit() || *c == '+')
                .take(15)
                .collect();
            state.prefs.emergency_number = if digits.is_empty() {
                Prefs::default().emergency_number
            } else {
                digits
            };
        }
        PrefsEvent::HideInstall => state.prefs.install_hidden = true,
    }
    written(state)
}

/// All of them at once, as a backup brings them.
pub(in crate::app) fn take(state: &mut State, prefs: Prefs) -> Vec<Effect> {
    if prefs.language != state.prefs.language {
        state.files = Files::None;
    }
    state.prefs = prefs;
    written(state)
}

fn written(state: &State) -> Vec<Effect> {
    let text = serde_json::to_string(&state.prefs);
    text.map(Effect::WritePrefs).into_iter().collect()
}
