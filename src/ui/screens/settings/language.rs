//! Language, units and the week, in Settings. Each language stands there in its own words.

use crate::app::prefs::{Language, Prefs};
use crate::app::{Event, Screen};
use crate::shell;
use crate::ui::context::{App, derive};
use crate::ui::text::words;
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::controls::tap;
use crate::ui::widgets::fields::radios;
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
            {either(app, "units", "settings.units", ["settings.units_km", "settings.units_mi"], |p| p.miles, Event::SetMiles)}
            {either(app, "week", "settings.week", ["settings.week_monday", "settings.week_sunday"], |p| p.from_sunday, Event::SetSunday)}
        </section>
    }
    .into_any()
}

/// One of two ways; the second is that of `true`.
fn either(
    app: App,
    id: &'static str,
    legend: &str,
    keys: [&str; 2],
    read: fn(&Prefs) -> bool,
    event: fn(bool) -> Event,
) -> AnyView {
    let chosen = app.memo(move |s| read(&s.prefs));
    let choices = keys
        .into_iter()
        .zip([(false, "-first"), (true, "-second")])
        .map(|(key, (value, end))| {
            let picked = derive(move || chosen.get() == value);
            let pick = tap(move || app.send(event(value)));
            ([id, end].concat(), t(key), picked, pick)
        })
        .collect();
    radios(id, t(legend), None, "choices two", choices)
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
