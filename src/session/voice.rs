//! Which of a phone's voices speaks the cues.

/// A voice as the phone describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// What it is called.
    pub name: String,
    /// Its language, such as `en-GB`; some phones write `en_GB`.
    pub tag: String,
    /// It is on the phone itself. One that sends the words to a server would need a network,
    /// and would tell somebody of the run.
    pub local: bool,
    /// The phone calls it its own choice; some phones say so of every voice.
    pub chosen: bool,
}

/// Voices for fun that Apple's phones list among the others, and first.
const FOR_FUN: [&str; 23] = [
    "Albert",
    "Bad News",
    "Bahh",
    "Bells",
    "Boing",
    "Bubbles",
    "Cellos",
    "Deranged",
    "Fred",
    "Good News",
    "Hysterical",
    "Jester",
    "Junior",
    "Kathy",
    "Organ",
    "Pipe Organ",
    "Princess",
    "Ralph",
    "Superstar",
    "Trinoids",
    "Whisper",
    "Wobble",
    "Zarvox",
];

/// Voices of a speech machine of old: understood, but only where there is no other.
const OF_OLD: [&str; 8] = [
    "Eddy", "Flo", "Grandma", "Grandpa", "Reed", "Rocko", "Sandy", "Shelley",
];

/// The language of a tag, and its region (where it names none, the language again).
fn parts(tag: &str) -> (&str, &str) {
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    (language, parts.next_back().unwrap_or(language))
}

fn is_called(voice: &Voice, names: &[&str]) -> bool {
    // "Albert", "Albert (English (US))"
    let name = voice.name.split('(').next().unwrap_or_default().trim();
    names.contains(&name)
}

/// The place of the voice that speaks: on the phone, of the page's language, never one for
/// fun; that of the person's region before others, then the phone's own choice where that
/// says something. `tag`: the page's language with the region, such as `en-GB`.
pub fn choose(voices: &[Voice], tag: &str) -> Option<usize> {
    let (language, region) = parts(tag);
    // Said of more than one, it is no choice.
    let one_choice = voices.iter().filter(|v| v.chosen).count() == 1;
    let mut best = None;
    let mut most = 0;
    for (n, voice) in voices.iter().enumerate() {
        let (speaks, here) = parts(&voice.tag);
        if !voice.local || !speaks.eq_ignore_ascii_case(language) || is_called(voice, &FOR_FUN) {
            continue;
        }
        let score = 1
            + u8::from(one_choice && voice.chosen)
            + 2 * u8::from(here.eq_ignore_ascii_case(region))
            + 4 * u8::from(!is_called(voice, &OF_OLD));
        if score > most {
            (most, best) = (score, Some(n));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(name: &str, tag: &str) -> Voice {
        Voice {
            name: name.into(),
            tag: tag.into(),
            local: true,
            chosen: true,
        }
    }

    fn chosen(voices: &[Voice], tag: &str) -> Option<String> {
        choose(voices, tag).map(|n| voices[n].name.clone())
    }

    #[test]
    fn no_voice_for_fun_and_the_region_first() {
        let phone = [
            voice("Albert", "en-US"),
            voice("Grandma (English (UK))", "en-GB"),
            voice("Samantha", "en-US"),
            voice("Daniel", "en-GB"),
            voice("Anna", "de-DE"),
        ];
        assert_eq!(chosen(&phone, "en-GB").as_deref(), Some("Daniel"));
        assert_eq!(chosen(&phone, "en-US").as_deref(), Some("Samantha"));
        assert_eq!(chosen(&phone, "en-AU").as_deref(), Some("Samantha"));
        assert_eq!(chosen(&phone, "de").as_deref(), Some("Anna"));
        assert_eq!(chosen(&phone[..1], "en-US"), None, "rather none at all");
        assert_eq!(
            chosen(&phone[..2], "en-US").as_deref(),
            Some("Grandma (English (UK))")
        );
        assert_eq!(chosen(&phone, "pl"), None);
        let away = Voice {
            local: false,
            ..voice("Google", "pl-PL")
        };
        assert_eq!(chosen(&[away], "pl-PL"), None);
    }

    #[test]
    fn one_choice_of_the_phone_counts() {
        let mut phone = [
            voice("A", "de_DE"),
            voice("B", "de_DE"),
            voice("C", "de_DE"),
        ];
        assert_eq!(
            chosen(&phone, "de-DE").as_deref(),
            Some("A"),
            "said of all it says nothing"
        );
        phone[0].chosen = false;
        phone[2].chosen = false;
        assert_eq!(chosen(&phone, "de-DE").as_deref(), Some("B"));
    }
}
