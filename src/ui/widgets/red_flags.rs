//! Warning signs in plain words, to tick, by how fast they need checking.

use crate::app::Event;
use crate::app::event::DiaryEvent;
use crate::diary::vocabulary::{Profile, RedFlag, Tier};
use crate::shell;
use crate::ui::context::{App, derive, memo};
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, tap, tick};
use leptos::prelude::*;

/// What becomes of ticked signs when their form is left without being saved.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum WhenLeft {
    /// They are saved by themselves: a sign that was ticked is not dropped.
    Saved,
    /// Their form keeps them.
    InForm,
}

/// All signs as boxes, under one heading a tier. A sign of an emergency stops the person at
/// once, wherever it is ticked.
pub fn picker(app: App, chosen: RwSignal<Vec<RedFlag>>, when_left: WhenLeft) -> AnyView {
    let tier = |tier: Tier, key: &'static str| {
        let flags = RedFlag::ALL.iter().copied();
        let flags = flags.filter(|f| f.tier(Profile::Joint) == tier).collect();
        boxes(t(key), flags, chosen)
    };
    let before = chosen.get_untracked();
    if when_left == WhenLeft::Saved {
        on_cleanup(move || {
            let ticked = chosen.try_get_untracked().unwrap_or_default();
            let new = ticked.iter().any(|flag| !before.contains(flag));
            if new && !app.peek(|s| s.holds_red_flags(&ticked)) {
                app.send(Event::Diary(DiaryEvent::LogRedFlags(ticked)));
            }
        });
    }
    let number = app.peek(|s| s.prefs.emergency_number.clone());
    view! {
        <p class="small" data-t="flags-number">{tf("flags.number", &[("number", &number)])}</p>
        {tier(Tier::Emergency, "flags.emergency")}
        {tier(Tier::Urgent, "flags.urgent")}
        {tier(Tier::Review, "flags.review")}
        {stop(app, chosen)}
    }
    .into_any()
}

/// Some of the signs as boxes, under one heading.
pub fn boxes(legend: String, flags: Vec<RedFlag>, chosen: RwSignal<Vec<RedFlag>>) -> AnyView {
    let boxes = flags
        .into_iter()
        .map(|flag| {
            let ticked = derive(move || chosen.with(|c| c.contains(&flag)));
            tick(
                tk("flag.", flag.key()),
                ["flag-", flag.key()].concat(),
                ticked,
                Box::new(move |on| {
                    chosen.update(|c| {
                        c.retain(|f| *f != flag);
                        if on {
                            c.push(flag);
                        }
                    });
                }),
            )
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{legend}</legend>
            {boxes}
        </fieldset>
    }
    .into_any()
}

/// When an emergency sign is ticked: help first, over everything else. On from here it goes
/// only by saving it or by taking it back.
fn stop(app: App, chosen: RwSignal<Vec<RedFlag>>) -> AnyView {
    let is_emergency = |flag: &RedFlag| flag.tier(Profile::Joint) == Tier::Emergency;
    // What an entry came with has been told; what is ticked now has not.
    let before = chosen.get_untracked();
    let told = move |flag: &RedFlag| before.contains(flag);
    let emergency = memo(move || chosen.with(|c| c.iter().any(|f| is_emergency(f) && !told(f))));
    let save = move || {
        app.send(Event::Diary(DiaryEvent::LogRedFlags(
            chosen.get_untracked(),
        )));
        chosen.update(|chosen| chosen.retain(|flag| !is_emergency(flag)));
    };
    let by_mistake = move || {
        chosen.update(|chosen| chosen.retain(|flag| !is_emergency(flag)));
    };
    Effect::new(move |_| {
        if emergency.get() {
            shell::route::focus("#stop-title");
        }
    });
    view! {
        {move || emergency.get().then(|| {
            let number = app.peek(|s| s.prefs.emergency_number.clone());
            view! {
                <section class="cover emergency" role="alertdialog" aria-modal="true"
                    aria-labelledby="stop-title" data-t="flag-alarm">
                    <h1 id="stop-title" tabindex="-1">{t("emergency.title")}</h1>
                    <p class="say">{t("emergency.body")}</p>
                    <a class="btn primary" href=["tel:", &number].concat() data-t="flag-call">
                        {tf("emergency.call", &[("number", &number)])}
                    </a>
                    <p>{t("emergency.number")}</p>
                    {button(t("emergency.save"), "flag-keep", "ghost", tap(save))}
                    {button(t("emergency.mistake"), "flag-mistake", "quiet", tap(by_mistake))}
                    <p class="small">{t("emergency.honest")}</p>
                </section>
            }
        })}
    }
    .into_any()
}
