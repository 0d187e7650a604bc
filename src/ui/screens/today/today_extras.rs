//! What else helps today, under the day's answer: what was reached, a day that passed or
//! is put off, sleep and food, a line for the head, an open goal, what was planned besides, the ways to
//! recovery and mind.

use crate::app::event::DiaryEvent;
use crate::app::forms::entry_edit::EntryEdit;
use crate::app::today_extras::not_on;
use crate::app::{Event, Screen, State};
use crate::diary::entry::Body;
use crate::insights::{low_mood, milestones};
use crate::ui::context::App;
use crate::ui::screens::care::mind;
use crate::ui::screens::today::check_in;
use crate::ui::text::days::when;
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{Tap, button, card, link, minutes, tap};
use crate::ui::widgets::entry_form::{keyed, of_kind};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// The card, for a runner with a plan; then how to get the app onto the home screen.
pub fn view(app: App) -> AnyView {
    let planned = app.memo(|s| s.plan().is_some());
    view! {
        {crate::ui::widgets::notices::rules_news(app)}
        {move || planned.get().then(|| view! {
            {keyed(app, fresh_key, fresh)}
            {keyed(app, missed_key, missed)}
            {keyed(app, put_off_key, put_off)}
            {keyed(app, after_key, after)}
            {check_in::view(app)}
            {keyed(app, low_key, low)}
            {what_else_helps(app)}
        })}
        {crate::ui::screens::today::install::card(app)}
    }
    .into_any()
}

fn what_else_helps(app: App) -> AnyView {
    let prompt = app.memo(mind::prompt);
    let well = app.memo(State::running_card);
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
            {keyed(app, meant_key, meant)}
            {move || well.get().map(|card| {
                let name = tk("well.card_", card);
                link(tf("well.week", &[("card", &name)]), "to-running-well", "ghost", Screen::RunningWell)
            })}
            <div class="row">
                {link(t("injury.open"), "to-injury", "ghost", Screen::Injury)}
                {link(t("beside.recovery"), "to-recovery", "ghost", Screen::Recovery)}
                {link(t("beside.mind"), "to-mind", "ghost", Screen::Mind)}
            </div>
        }
        .into_any(),
    )
}

/// What all of the diary has to be gone through for.
#[derive(Default)]
struct Scan {
    /// [`State::guidance_revision`] of then.
    guidance_revision: Option<u64>,
    /// What was reached today.
    reached: Vec<&'static str>,
    missed: Option<(NaiveDate, String)>,
}

thread_local! {
    static SCAN: RefCell<Rc<Scan>> = RefCell::default();
}

/// Found once for each change of the diary: Today asks with every event, and on every
/// return to it.
fn scanned(s: &State) -> Rc<Scan> {
    let known = SCAN.with_borrow(Clone::clone);
    if known.guidance_revision == Some(s.guidance_revision) {
        return known;
    }
    let today = s.now.day();
    let reached = milestones::reached(s.diary(), s.guidance()).into_iter();
    let found = Rc::new(Scan {
        guidance_revision: Some(s.guidance_revision),
        reached: reached
            .filter(|r| r.on == today)
            .map(|r| r.what.key())
            .collect(),
        missed: s.missed(),
    });
    SCAN.set(found.clone());
    found
}

fn fresh_key(s: &State) -> String {
    scanned(s).reached.concat()
}

/// A quiet word on what was reached today, and the way to all of it.
fn fresh(app: App) -> AnyView {
    let mut words = String::new();
    for key in &app.peek(scanned).reached {
        if !words.is_empty() {
            words.push_str(" · ");
        }
        words.push_str(&tk("milestone.", key));
    }
    if words.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="why go" data-t="today-reached">
            <p class="say"><b>{words}</b></p>
            {link(t("milestone.see"), "see-milestones", "quiet", Screen::Journey)}
        </section>
    }
    .into_any()
}

fn missed_key(s: &State) -> String {
    let found = scanned(s);
    found
        .missed
        .as_ref()
        .map_or_else(String::new, |m| m.1.clone())
}

/// A planned day that passed without a word: asked about once.
fn missed(app: App) -> AnyView {
    let Some((day, level)) = app.peek(scanned).missed.clone() else {
        return ().into_any();
    };
    card(
        t("missed.title"),
        view! {
            <p data-t="missed">{tf("missed.body", &[("level", &level)])}</p>
            <div class="row">
                {link(t("missed.log"), "missed-log", "ghost", Screen::Add)}
                {button(t("missed.no"), "missed-no", "ghost", not_done(app, day))}
            </div>
        }
        .into_any(),
    )
}

/// Says of a day that its session is not done on it.
fn not_done(app: App, day: NaiveDate) -> Tap {
    tap(move || {
        let note = EntryEdit::new(not_on(day), Screen::Today);
        app.send(Event::Diary(DiaryEvent::Edit(Box::new(note))));
    })
}

fn put_off_key(s: &State) -> String {
    match s.put_off() {
        Some(entry) => entry.id.to_string(),
        None if s.guidance().prescription().is_some() => s.now.day().to_string(),
        None => String::new(),
    }
}

/// Today's session on another day: it keeps.
fn put_off(app: App) -> AnyView {
    let today = app.peek(|s| s.now.day());
    if let Some(id) = app.peek(|s| s.put_off().map(|e| e.id)) {
        let next = app.peek(State::suits_next).map(|day| when(day, today));
        let body = tf("put_off.body", &[("day", &next.unwrap_or_default())]);
        return card(
            t("put_off.title"),
            view! {
                <p data-t="put-off-kept">{body}</p>
                {button(t("put_off.undo"), "put-off-undo", "ghost", tap(move || app.send(Event::Diary(DiaryEvent::Delete(id)))))}
            }
            .into_any(),
        );
    }
    if app.peek(|s| s.guidance().prescription().is_none()) {
        return ().into_any();
    }
    button(t("put_off.do"), "put-off", "quiet", not_done(app, today))
}

fn after_key(s: &State) -> String {
    s.session_to_round_off()
        .map_or_else(String::new, |e| e.id.to_string())
}

/// After a session that was logged today: stretches, and a word on how it felt.
fn after(app: App) -> AnyView {
    let Some(id) = app.peek(|s| s.session_to_round_off().map(|e| e.id)) else {
        return ().into_any();
    };
    card(
        t("after.title"),
        view! {
            <p class="small">{t("after.body")}</p>
            <div class="row">
                {link(t("after.stretch"), "after-stretch", "ghost", Screen::Mobility)}
                {link(t("after.note"), "after-note", "ghost", Screen::Edit(id))}
            </div>
        }
        .into_any(),
    )
}

fn low_key(s: &State) -> String {
    let low = low_mood::low_for_two_weeks(s.diary(), s.now.day());
    if low { "low".into() } else { String::new() }
}

/// A low mood of two weeks: where to find somebody, said quietly.
fn low(app: App) -> AnyView {
    if app.peek(low_key).is_empty() {
        return ().into_any();
    }
    view! {
        <section class="why" data-t="low-mood">
            <p>{t("low.body")}</p>
            {link(t("mind.help"), "low-help", "ghost", Screen::Mind)}
        </section>
    }
    .into_any()
}

fn meant_key(s: &State) -> String {
    let all = s.planned_today().into_iter();
    all.map(|e| e.id.to_string()).collect()
}

/// What was planned besides for today.
fn meant(app: App) -> AnyView {
    let one = |id, what: &str, min: f64| {
        let drop = tap(move || app.send(Event::Diary(DiaryEvent::Delete(id))));
        view! {
            <p data-t="meant">{tf("beside.meant", &[("what", what), ("time", &minutes(min))])}</p>
            <div class="row">
                {link(t("beside.meant_done"), "meant-done", "ghost", Screen::Edit(id))}
                {button(t("beside.meant_not"), "meant-not", "ghost", drop)}
            </div>
        }
        .into_any()
    };
    app.peek(|s| {
        let all = s.planned_today().into_iter();
        let views = all.filter_map(|e| match &e.body {
            Body::Activity(a) => Some(one(e.id, &a.what, a.minutes)),
            _ => None,
        });
        views.collect_view().into_any()
    })
}
