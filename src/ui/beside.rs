//! What else helps today, under the day's answer: what was reached, a day that passed or
//! is put off, a line for the head, an open goal, what was planned besides, the ways to
//! recovery and mind.

use super::context::App;
use super::mind;
use super::notes::of_kind;
use super::parts::{button, card, link, minutes, tap};
use super::today::when;
use super::words::{t, tf, tk};
use crate::app::beside::not_on;
use crate::app::note::Note;
use crate::app::{Event, Screen};
use crate::domain::entry::Body;
use crate::domain::{milestones, mood};
use leptos::prelude::*;

/// The card, for a runner with a plan; then how to get the app onto the home screen.
pub fn view(app: App) -> AnyView {
    let planned = app.memo(|s| s.plan().is_some());
    view! {
        {move || planned.get().then(|| view! {
            {fresh(app)}
            {missed(app)}
            {put_off(app)}
            {low(app)}
            {beside(app)}
        })}
        {super::install::card(app)}
    }
    .into_any()
}

fn beside(app: App) -> AnyView {
    let prompt = app.memo(mind::prompt);
    let goals = of_kind(app, "goal");
    let open = move || {
        goals.with(|goals| {
            let open = goals.iter().find_map(|e| match &e.body {
                Body::Goal(g) if g.done_on.is_none() => Some((e, g)),
                _ => None,
            });
            open.map(|(e, g)| mind::goal_row(app, e, g))
        })
    };
    card(
        t("beside.title"),
        view! {
            <p>{move || t(&prompt.get())}</p>
            {open}
            {meant(app)}
            <div class="row">
                {link(t("beside.recovery"), "to-recovery", "ghost", Screen::Recovery)}
                {link(t("beside.mind"), "to-mind", "ghost", Screen::Mind)}
            </div>
        }
        .into_any(),
    )
}

/// What was reached today: a quiet word, and the way to all of it.
fn fresh(app: App) -> AnyView {
    let found = app.memo(|s| {
        let today = s.now.day();
        let all = milestones::reached(&s.diary, &s.guidance).into_iter();
        let fresh = all.filter(|r| r.on == today).map(|r| r.what.key());
        fresh.collect::<Vec<_>>()
    });
    view! {
        {move || found.with(|found| (!found.is_empty()).then(|| {
            let words = found.iter().map(|key| view! {
                <p class="say"><b>{tk("milestone.", key)}</b></p>
            });
            view! {
                <section class="why go" data-t="today-reached">
                    {words.collect_view()}
                    {link(t("milestone.see"), "see-milestones", "quiet", Screen::Journey)}
                </section>
            }
        }))}
    }
    .into_any()
}

/// A planned day that passed without a word: asked about once.
fn missed(app: App) -> AnyView {
    let day = app.memo(crate::app::State::missed);
    view! {
        {move || day.get().map(|(day, level)| {
            let no = tap(move || app.send(Event::Noted(Box::new(Note::new(not_on(day), Screen::Today)))));
            card(t("missed.title"), view! {
                <p data-t="missed">{tf("missed.body", &[("level", &level)])}</p>
                <div class="row">
                    {link(t("missed.log"), "missed-log", "ghost", Screen::Add)}
                    {button(t("missed.no"), "missed-no", "ghost", no)}
                </div>
            }.into_any())
        })}
    }
    .into_any()
}

/// Today's session on another day: it keeps.
fn put_off(app: App) -> AnyView {
    let at = app.memo(|s| {
        let next = s.suits_next().map(|day| when(day, s.now.day()));
        let given = s.guidance.prescription().is_some();
        (
            given,
            s.put_off().map(|e| e.id),
            next.unwrap_or_default(),
            s.now.day(),
        )
    });
    view! {
        {move || match at.get() {
            (true, None, _, today) => Some(button(
                t("put_off.do"),
                "put-off",
                "quiet",
                tap(move || app.send(Event::Noted(Box::new(Note::new(not_on(today), Screen::Today))))),
            )),
            (_, Some(id), next, _) => Some(card(t("put_off.title"), view! {
                <p data-t="put-off-kept">{tf("put_off.body", &[("day", &next)])}</p>
                {button(t("put_off.undo"), "put-off-undo", "ghost", tap(move || app.send(Event::Delete(id))))}
            }.into_any())),
            _ => None,
        }}
    }
    .into_any()
}

/// A low mood of two weeks: where to find somebody, said once and quietly.
fn low(app: App) -> AnyView {
    let low = app.memo(|s| mood::low_for_two_weeks(&s.diary, s.now.day()));
    view! {
        {move || low.get().then(|| view! {
            <section class="why" data-t="low-mood">
                <p>{t("low.body")}</p>
                {link(t("mind.help"), "low-help", "ghost", Screen::Mind)}
            </section>
        })}
    }
    .into_any()
}

/// What was planned besides for today.
fn meant(app: App) -> AnyView {
    let list = app.memo(|s| {
        let planned = s.planned_today().into_iter().filter_map(|e| match &e.body {
            Body::Activity(a) => Some((e.id, a.what.clone(), a.minutes)),
            _ => None,
        });
        planned.collect::<Vec<_>>()
    });
    view! {
        {move || list.get().into_iter().map(|(id, what, min)| view! {
            <p data-t="meant">{tf("beside.meant", &[("what", &what), ("time", &minutes(min))])}</p>
            <div class="row">
                {link(t("beside.meant_done"), "meant-done", "ghost", Screen::Edit(id))}
                {button(t("beside.meant_not"), "meant-not", "ghost", tap(move || app.send(Event::Delete(id))))}
            </div>
        }).collect_view()}
    }
    .into_any()
}
