//! Before Start: pain now, a limp, well? And what follows from the answers.

use crate::app::event::{PrefsEvent, SessionEvent};
use crate::app::prefs::{CueChoice, Pocket, STEPS_LEAST, STEPS_MOST};
use crate::app::{Event, Screen};
use crate::insights::check_in;
use crate::plan::precheck::Precheck;
use crate::rules::guidance::Prescription;
use crate::ui::context::{App, derive, memo};
use crate::ui::screens::session::steering::stop_words;
use crate::ui::screens::today::check_in as today;
use crate::ui::text::levels::prescription_words;
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::controls::{button, link, option, pain_scale, tap};
use crate::ui::widgets::fields::select;
use leptos::prelude::*;

/// Pain now, a limp, well? And what follows from the answers.
pub fn view(app: App) -> AnyView {
    let (prescription, elsewhere, easier) = app.peek(|s| {
        (
            s.guidance().prescription().cloned(),
            s.book.session.is_elsewhere(),
            s.guidance().easier(),
        )
    });
    let Some(prescription) = prescription.filter(|_| !elsewhere) else {
        return nothing_to_start(app, elsewhere);
    };
    let pain = RwSignal::new(None::<u8>);
    let limp = RwSignal::new(None::<bool>);
    let well = RwSignal::new(None::<bool>);
    let level = RwSignal::new(None::<String>);
    let verdict = memo(move || {
        let (pain, limp, well) = (pain.get()?, limp.get()?, well.get()?);
        Some(app.peek(|s| s.precheck(pain, limp, well)))
    });
    let walks_only = prescription.run_s == 0;
    let yes_no = |group: &'static str,
                  value: RwSignal<Option<bool>>,
                  legend: String,
                  yes: String,
                  no: String| {
        let one = |want: bool, id: &str, words: String| {
            let picked = derive(move || value.get() == Some(want));
            option(
                group,
                words,
                [group, id].concat(),
                picked,
                tap(move || value.set(Some(want))),
            )
        };
        view! {
            <fieldset class="field">
                <legend>{legend}</legend>
                <div class="choices">{one(true, "-yes", yes)}{one(false, "-no", no)}</div>
            </fieldset>
        }
    };
    let start = move || {
        app.send(Event::Session(SessionEvent::Start {
            level: level.get_untracked(),
            pain: pain.get_untracked().unwrap_or(0),
        }));
    };
    let walk = move || {
        app.send(Event::Session(SessionEvent::StartWalk {
            pain: pain.get_untracked().unwrap_or(0),
        }));
    };
    let easier_choice = easier_levels(&prescription, easier, level);
    let again = app.peek(|s| check_in::same_again(s.diary(), s.guidance()));
    let again = again.map(|again| {
        let same = again.level.clone();
        view! {
            <section class="why" data-t="same-again">
                <p>{today::same_again(&again)}</p>
                {button(tf("checkin.take_same", &[("level", &same)]), "take-same", "ghost", tap(move || level.set(Some(same.clone()))))}
            </section>
        }
    });
    view! {
        <div class="screen" data-screen="live">
            <header class="top">
                <a class="icon-btn" href=Screen::Today.to_hash() data-t="back">
                    <span aria-hidden="true">"‹"</span><span>{t("app.back")}</span>
                </a>
            </header>
            <main id="main" tabindex="-1" data-t="precheck">
                {crate::ui::widgets::controls::plain_head("precheck.eyebrow", "precheck.title")}
                {pain_scale("pre-pain", t("precheck.pain"), pain)}
                {yes_no("pre-limp", limp, t("precheck.limp"), t("app.yes"), t("app.no"))}
                {yes_no("pre-well", well, t("precheck.well"), t("app.yes"), t("app.no"))}
                {again}
                {easier_choice}
                {modes(app)}
                {(!walks_only).then(|| metronome(app))}
                <div class="acts" aria-live="polite">
                    {move || match verdict.get() {
                        None => view! {
                            <p class="small">{t("precheck.answer")}</p>
                            <button type="button" class="btn primary" data-t="live-start" disabled=true>{t("precheck.start")}</button>
                        }.into_any(),
                        Some(Precheck::Go) => button(t("precheck.start"), "live-start", "primary", tap(start)),
                        Some(Precheck::RestToday) if walks_only => view! {
                            <p class="why caution" data-t="precheck-rest">{t("precheck.rest")}</p>
                            {link(t("precheck.back"), "precheck-back", "ghost", Screen::Today)}
                        }.into_any(),
                        Some(Precheck::RestToday) => view! {
                            <p class="why caution" data-t="precheck-rest">{t("precheck.walk_or_rest")}</p>
                            {button(t("precheck.walk"), "live-walk", "ghost", tap(walk))}
                            {link(t("precheck.back"), "precheck-back", "ghost", Screen::Today)}
                        }.into_any(),
                    }}
                </div>
                <details class="small">
                    <summary>{t("precheck.stop_title")}</summary>
                    <p data-t="stop-at">{stop_words(app)}</p>
                    <p>{t("precheck.held")}</p>
                </details>
            </main>
        </div>
    }
    .into_any()
}

fn easier_levels(
    p: &Prescription,
    easier: Vec<Prescription>,
    level: RwSignal<Option<String>>,
) -> Option<AnyView> {
    if easier.is_empty() {
        return None;
    }
    let today = p.level.clone();
    let options = easier
        .into_iter()
        .rev()
        .map(|e| view! { <option value=e.level.clone()>{prescription_words(&e)}</option> })
        .collect_view();
    Some(
        view! {
            <div class="field">
                <label for="easier">{t("precheck.easier")}</label>
                <select id="easier" data-t="easier" prop:value=move || level.get().unwrap_or_default() on:change=move |e| {
                    let value = event_target_value(&e);
                    level.set((!value.is_empty()).then_some(value));
                }>
                    <option value="">{tf("precheck.as_planned", &[("level", &today)])}</option>
                    {options}
                </select>
            </div>
        }
        .into_any(),
    )
}

/// Steps a minute that click while running: none, unless it was chosen.
fn metronome(app: App) -> AnyView {
    let start = app.peek(|s| s.prefs.steps_min);
    let mut options = vec![(String::new(), t("metro.off"))];
    options.extend((STEPS_LEAST..=STEPS_MOST).step_by(2).map(|n| {
        let n = n.to_string();
        (n.clone(), tf("metro.steps", &[("n", &n)]))
    }));
    let chosen = if start == 0 {
        String::new()
    } else {
        start.to_string()
    };
    let pick = move |n: String| {
        let steps = n.parse().unwrap_or(0);
        app.send(Event::Prefs(PrefsEvent::Cue(CueChoice::Steps(steps))));
    };
    view! {
        <details open=start != 0>
            <summary data-t="metronome-open">{t("metro.title")}</summary>
            {select(t("metro.label"), "metronome", options, &chosen, Some(t("metro.about")), Box::new(pick))}
        </details>
    }
    .into_any()
}

/// Screen on, or in the pocket; and what this phone has been found to do.
fn modes(app: App) -> AnyView {
    let pocket = app.memo(|s| s.prefs.pocket);
    let found = app.memo(|s| s.prefs.pocket_found());
    let one = |on: bool, id: &str, words: String| {
        option(
            "mode",
            words,
            id.to_owned(),
            derive(move || pocket.get() == on),
            tap(move || app.send(Event::Prefs(PrefsEvent::Cue(CueChoice::Pocket(on))))),
        )
    };
    view! {
        <fieldset class="field" data-t="mode">
            <legend>{t("mode.title")}</legend>
            <div class="choices">
                {one(false, "mode-screen", t("mode.screen"))}
                {one(true, "mode-pocket", t("mode.pocket"))}
            </div>
            <p class="small" data-t="mode-about">
                {move || if pocket.get() { t("mode.pocket_about") } else { t("mode.screen_about") }}
            </p>
            {move || pocket.get().then(|| {
                let (id, key) = match found.get() {
                    Pocket::Untried => ("mode-untried", "mode.untried"),
                    Pocket::Failed => ("mode-failed", "mode.failed"),
                    Pocket::Minute => ("mode-minute", "mode.minute"),
                    Pocket::Long => ("mode-long", "mode.long"),
                };
                view! {
                    <p class="why caution" data-t=id>{t(key)}</p>
                    {link(t("mode.check"), "to-check", "ghost", Screen::Sounds)}
                }
            })}
        </fieldset>
    }
    .into_any()
}

fn nothing_to_start(app: App, elsewhere: bool) -> AnyView {
    let key = if elsewhere {
        "live.elsewhere"
    } else {
        "live.nothing"
    };
    let theirs = app.memo(|s| s.book.session.in_other_window().is_some());
    view! {
        <div class="screen" data-screen="live">
            <main id="main" tabindex="-1" data-t="no-session">
                {crate::ui::widgets::controls::plain_head("precheck.eyebrow", if elsewhere { "live.elsewhere_title" } else { "live.none_title" })}
                <p>{t(key)}</p>
                {move || theirs.get().then(|| view! {
                    <p class="small">{t("live.take_over_about")}</p>
                    {button(t("live.take_over"), "take-over", "ghost", tap(move || app.send(Event::Session(SessionEvent::TakeOver))))}
                })}
                {link(t("precheck.back"), "precheck-back", "primary", Screen::Today)}
            </main>
        </div>
    }
    .into_any()
}
