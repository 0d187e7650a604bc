//! The head: small goals, confidence and fear once a week, a line to think about, two
//! minutes of picturing a run, and where to get help. Nothing in here moves the plan.

use crate::app::Screen;
use crate::app::forms::entry_edit;
use crate::diary::entry::{Body, Entry, Goal, Mood, Score};
use crate::shell::format;
use crate::ui::context::{App, derive, memo};
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, card, field, scale, tap};
use crate::ui::widgets::entry_form::{Form, change, of_kind, text};
use crate::ui::widgets::fields::radios;
use crate::ui::widgets::timer::Timer;
use chrono::Datelike;
use leptos::prelude::*;

/// Lines to think about: patience, control, support, self-kindness, by turns.
const PROMPTS: i32 = 8;
/// Steps of the picture, and the seconds of each: two minutes in all.
const STEPS: i64 = 6;
const STEP_S: i64 = 20;

/// The screen.
pub fn view(app: App) -> AnyView {
    let prompt = app.memo(prompt);
    view! {
        {crate::ui::widgets::controls::plain_head("mind.eyebrow", "mind.title")}
        <section class="why go"><p data-t="prompt">{move || t(&prompt.get())}</p></section>
        {goals(app)}
        {weekly(app)}
        {card(t("imagine.title"), imagine())}
        {help(app)}
    }
    .into_any()
}

/// The key of the day's line.
pub fn prompt(s: &crate::app::State) -> String {
    let n = s.now.day().num_days_from_ce().rem_euclid(PROMPTS) + 1;
    ["mind.prompt_", &n.to_string()].concat()
}

fn goals(app: App) -> AnyView {
    let list = of_kind(app, "goal");
    let rows = move || {
        list.with(|list| {
            let (open, done): (Vec<_>, Vec<_>) = list
                .iter()
                .filter_map(|e| match &e.body {
                    Body::Goal(g) => Some((e, g)),
                    _ => None,
                })
                .partition(|(_, g)| g.done_on.is_none());
            let rows = open.into_iter().chain(done.into_iter().take(5));
            rows.map(|(e, g)| goal_row(app, e, g)).collect_view()
        })
    };
    card(
        t("mind.goals"),
        view! {
            <p>{t("mind.goals_body")}</p>
            <div class="ticks" data-t="goals">{rows}</div>
            {goal(app, None)}
        }
        .into_any(),
    )
}

/// A goal with its box; ticking it can be taken back.
pub fn goal_row(app: App, entry: &Entry, goal: &Goal) -> AnyView {
    let done = goal.done_on.is_some();
    let (entry, text) = (entry.clone(), goal.text.clone());
    let label = match goal.done_on {
        Some(day) => [
            goal.text.as_str(),
            " · ",
            &tf("mind.goal_done", &[("day", &format::weekday_date(day))]),
        ]
        .concat(),
        None => goal.text.clone(),
    };
    crate::ui::widgets::controls::tick(
        label,
        "goal-tick".into(),
        derive(move || done),
        Box::new(move |on| {
            let today = app.peek(|s| s.now.day());
            let then = app.peek(|s| s.screen);
            if let Ok(body) = entry_edit::goal(&text, on.then_some(today)) {
                change(app, &entry, body, then);
            }
        }),
    )
}

/// The form of a goal, or one that is there.
pub fn goal(app: App, entry: Option<&Entry>) -> AnyView {
    let old = entry.and_then(|e| match &e.body {
        Body::Goal(g) => Some(g.clone()),
        _ => None,
    });
    let done_on = old.as_ref().and_then(|g| g.done_on);
    let form = Form::new(app, entry, Screen::Mind);
    let words = text(old.map(|g| g.text).unwrap_or_default());
    let save = move || {
        if form.keep(
            entry_edit::goal(&words.get_untracked(), done_on),
            None,
            None,
        ) {
            words.set(String::new());
        }
    };
    view! {
        {field(t("mind.goal"), "goal-text", "text", words, Some(t("mind.goal_hint")))}
        {form.fault()}
        {button(t("mind.goal_save"), "goal-save", "ghost", tap(save))}
    }
    .into_any()
}

/// Confidence and fear, asked about again a week after the last answer.
fn weekly(app: App) -> AnyView {
    let due = app.memo(crate::app::State::mind_due);
    card(
        t("mind.week"),
        view! {
            {move || if due.get() {
                view! { <p>{t("mind.week_body")}</p>{week(app, None)} }.into_any()
            } else {
                view! { <p data-t="week-done">{t("mind.week_done")}</p> }.into_any()
            }}
            {crate::ui::screens::care::recovery::recent(app, "mind")}
            <p class="small">{t("mind.fear_rule")}</p>
        }
        .into_any(),
    )
}

/// The form of a week's answers, or of some that are there.
pub fn week(app: App, entry: Option<&Entry>) -> AnyView {
    let old = entry.and_then(|e| match &e.body {
        Body::Mind(m) => Some(m.clone()),
        _ => None,
    });
    let form = Form::new(app, entry, Screen::Mind);
    let old = old.as_ref();
    let confidence = RwSignal::new(old.and_then(|m| m.confidence).map(Score::get));
    let fear = RwSignal::new(old.and_then(|m| m.fear).map(Score::get));
    let mood = RwSignal::new(old.and_then(|m| m.mood).map(Mood::get));
    let faces = (1..=5u8)
        .map(|n| {
            let key = n.to_string();
            (
                ["mind-mood-", &key].concat(),
                tk("mood.", &key),
                derive(move || mood.get() == Some(n)),
                tap(move || mood.set(Some(n))),
            )
        })
        .collect();
    let save = move || {
        let made = entry_edit::mind(
            mood.get_untracked(),
            confidence.get_untracked(),
            fear.get_untracked(),
        );
        form.keep(made, None, None);
    };
    view! {
        {scale("confidence", t("mind.confidence"), (t("mind.confidence_low"), t("mind.confidence_high")), confidence)}
        {scale("fear", t("mind.fear"), (t("mind.fear_low"), t("mind.fear_high")), fear)}
        {radios("mind-mood", t("mind.mood"), None, "choices", faces)}
        {form.fault()}
        {button(t("mind.save"), "mind-save", "ghost", tap(save))}
    }
    .into_any()
}

/// Two minutes of picturing a run, step by step, by the wall clock.
fn imagine() -> AnyView {
    let timer = Timer::new(STEPS * STEP_S);
    let step = memo(move || (timer.passed() / STEP_S).min(STEPS) + 1);
    view! {
        <p>{t("imagine.body")}</p>
        {move || if timer.on() {
            view! {
                <p class="say" role="status" data-t="imagine-step">
                    {move || tk("imagine.step_", &step.get().to_string())}
                </p>
                <p class="small" data-t="imagine-left">{move || timer.left()}</p>
                {button(t("imagine.stop"), "imagine-stop", "ghost", tap(move || timer.stop()))}
            }.into_any()
        } else {
            button(t("imagine.start"), "imagine-start", "ghost", tap(move || timer.begin()))
        }}
    }
    .into_any()
}

/// Where to get help: always there.
fn help(app: App) -> AnyView {
    let number = app.memo(|s| s.prefs.emergency_number.clone());
    card(
        t("mind.help"),
        view! {
            <p>{t("mind.help_body")}</p>
            <p>{t("mind.help_now")}</p>
            <a class="btn ghost" href=move || ["tel:", &number.get()].concat() data-t="mind-call">
                {move || tf("emergency.call", &[("number", &number.get())])}
            </a>
        }
        .into_any(),
    )
}
