//! Language, units and the week, in Settings. Each language stands there in its own words.

use crate::app::event::PrefsEvent;
use crate::app::prefs::{Language, Prefs};
use crate::app::{Event, Screen};
use crate::shell;
use crate::ui::context::{App, derive};
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::controls::tap;
use crate::ui::widgets::fields::radios;
use leptos::prelude::*;

/// The card.
pub fn view(app: App) -> AnyView {
    let now = app.peek(|s| s.prefs.language.tag().to_owned());
    let phone = (String::new(), t("settings.language_auto"));
    let options = std::iter::once(phone)
        .chain(shell::language::available())
        .map(|(tag, name)| {
            let selected = tag == now;
            let lang = (!tag.is_empty()).then(|| tag.clone());
            view! { <option value=tag lang=lang selected=selected>{name}</option> }
        })
        .collect_view();
    let pick = move |e| {
        let language = Language::from_tag(&event_target_value(&e));
        app.send(Event::Prefs(PrefsEvent::Language(language)));
        leptos::task::spawn_local(change(app));
    };
    view! {
        <section class="card">
            <div class="field">
                <label for="language">{t("settings.language")}</label>
                <select id="language" data-t="language" on:change=pick>{options}</select>
                <p class="small">{t("settings.language_about")}</p>
            </div>
            {either(app, "units", "settings.units", ["settings.units_km", "settings.units_mi"], |p| p.miles, |on| Event::Prefs(PrefsEvent::Miles(on)))}
            {either(app, "weights", "settings.weights", ["settings.weights_kg", "settings.weights_lb"], |p| p.pounds, |on| Event::Prefs(PrefsEvent::Pounds(on)))}
            {either(app, "week", "settings.week", ["settings.week_monday", "settings.week_sunday"], |p| p.from_sunday, |on| Event::Prefs(PrefsEvent::FromSunday(on)))}
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
    if !shell::language::choose().await {
        return app.late_missing().set(true);
    }
    app.spoken().notify();
    let name = t(&["screen.", Screen::Settings.spec().path].concat());
    shell::route::set_title(&tf("app.title", &[("screen", &name)]));
    shell::route::focus("#language");
}
