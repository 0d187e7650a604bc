//! The choice of the language, in Settings. Each stands there in its own words.

use super::context::App;
use super::words::{self, t, tf};
use crate::app::prefs::Language;
use crate::app::{Event, Screen};
use crate::shell;
use leptos::prelude::*;

const CHOICES: [(Language, &str, &str); 5] = [
    (Language::Auto, "", "settings.language_auto"),
    (Language::En, "en", "settings.language_en"),
    (Language::De, "de", "settings.language_de"),
    (Language::Es, "es", "settings.language_es"),
    (Language::Fr, "fr", "settings.language_fr"),
];

/// The card.
pub fn view(app: App) -> AnyView {
    let now = app.peek(|s| s.prefs.language);
    let options = CHOICES
        .into_iter()
        .map(|(language, tag, key)| {
            let selected = language == now;
            let lang = (!tag.is_empty()).then_some(tag);
            view! { <option value=tag lang=lang selected=selected>{t(key)}</option> }
        })
        .collect_view();
    let pick = move |e| {
        let picked = event_target_value(&e);
        if let Some(choice) = CHOICES.iter().find(|choice| choice.1 == picked) {
            app.send(Event::SetLanguage(choice.0));
            leptos::task::spawn_local(change(app));
        }
    };
    view! {
        <section class="card">
            <div class="field">
                <label for="language">{t("settings.language")}</label>
                <select id="language" data-t="language" on:change=pick>{options}</select>
                <p class="small">{t("settings.language_about")}</p>
            </div>
        </section>
    }
    .into_any()
}

/// Draws the page anew in the language that was chosen.
async fn change(app: App) {
    let Some(texts) = shell::language::choose().await else {
        return app.missing().set(true);
    };
    words::speak(texts, &shell::language::tag());
    app.spoken().notify();
    let name = t(&["screen.", Screen::Settings.name()].concat());
    shell::route::set_title(&tf("app.title", &[("screen", &name)]));
    shell::route::focus("#language");
}
