//! The head: small goals, confidence and fear once a week, a line to think about, two
//! minutes of picturing a run, and where to get help. Nothing in here moves the plan.

use crate::app::event::DiaryEvent;
use crate::app::forms::entry_edit;
use crate::app::forms::entry_edit::EntryEdit;
use crate::app::{Event, Screen};
use crate::diary::entry::{Body, Entry, Goal, Kind, Mood, Score};
use crate::session::cue::Cue;
use crate::shell;
use crate::shell::format;
use crate::ui::context::{App, derive, memo};
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, card, field, scale, tap};
use crate::ui::widgets::entry_form::{Form, change, of_kind, text};
use crate::ui::widgets::fields::radios;
use crate::ui::widgets::timer::Timer;
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

/// Lines to think about: patience, control, support, self-kindness, by turns.
const PROMPTS: i32 = 8;
/// Steps of the picture, and the seconds of each: two minutes in all.
const STEPS: i64 = 6;
/// Lines of what is in the runner's own hands.
const HANDS: u8 = 5;
const STEP_S: i64 = 20;

/// The screen.
pub fn view(app: App) -> AnyView {
    let prompt = app.memo(prompt);
    view! {
        {crate::ui::widgets::controls::plain_head("mind.eyebrow", "mind.title")}
        <section class="why go"><p data-t="prompt">{move || t(&prompt.get())}</p></section>
        {goals(app)}
        {in_my_hands(app)}
        {weekly(app)}
        {card(t("imagine.title"), imagine(app))}
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
    let back_to = app.peek(|s| s.plan().map(|plan| plan.goal.clone()));
    let back_to = back_to.filter(|goal| !goal.is_empty());
    card(
        t("mind.goals"),
        view! {
            {back_to.map(|goal| view! { <p data-t="back-to">{tf("summary.goal", &[("goal", &goal)])}</p> })}
            <p>{t("mind.goals_body")}</p>
            <div class="ticks" data-t="goals">{rows}</div>
            {goal(app, None)}
        }
        .into_any(),
    )
}

/// What is in the runner's own hands this week: a tick is a small goal that was done, and
/// comes off by removing that.
fn in_my_hands(app: App) -> AnyView {
    let done = app.memo(|s| {
        let today = s.now.day();
        let mut done: Vec<(String, uuid::Uuid)> = Vec::new();
        for entry in s.diary().of_kind(Kind::Goal) {
            if let Body::Goal(goal) = &entry.body
                && goal.done_on.is_some_and(|day| same_week(day, today))
            {
                done.push((goal.text.clone(), entry.id));
            }
        }
        done
    });
    let one = |n: u8| {
        let text = tk("mind.hands_", &n.to_string());
        let of = text.clone();
        let there = move || done.with(|all| all.iter().find(|(t, _)| *t == of).map(|(_, id)| *id));
        let is = there.clone();
        let words = text.clone();
        let set = move |on: bool| {
            let today = app.peek(|s| s.now.day());
            match (on, there()) {
                (true, None) => {
                    if let Ok(body) = entry_edit::goal(&words, Some(today)) {
                        let edit = EntryEdit::new(body, Screen::Mind);
                        app.send(Event::Diary(DiaryEvent::Edit(Box::new(edit))));
                    }
                }
                (false, Some(id)) => app.send(Event::Diary(DiaryEvent::Delete(id))),
                (true, Some(_)) | (false, None) => {}
            }
        };
        let id = ["hands-", &n.to_string()].concat();
        crate::ui::widgets::controls::tick(text, id, derive(move || is().is_some()), Box::new(set))
    };
    card(
        t("mind.hands"),
        view! {
            <p class="small">{t("mind.hands_body")}</p>
            <div class="ticks" data-t="hands">{(1..=HANDS).map(one).collect_view()}</div>
        }
        .into_any(),
    )
}

/// Whether two days lie in one week, Monday to Sunday.
fn same_week(one: NaiveDate, other: NaiveDate) -> bool {
    one.iso_week() == other.iso_week()
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

/// Two minutes of picturing a run, step by step, by the wall clock: with open eyes as
/// text, with closed ones spoken by the phone's own voice, or a tone for each step where
/// it has none.
fn imagine(app: App) -> AnyView {
    let timer = Timer::new(app, 0, STEPS * STEP_S);
    let step = memo(move || (timer.passed() / STEP_S).min(STEPS) + 1);
    let aloud = RwSignal::new(false);
    let (volume, tones) = app.peek(|s| (s.prefs.voice_volume.max(1), s.prefs.volume.max(1)));
    leptos::prelude::Effect::new(move |_| {
        if !(timer.on() && aloud.get()) {
            return;
        }
        if shell::speech::can() {
            shell::speech::say(&tk("imagine.step_", &step.get().to_string()), volume);
        } else {
            // Which step it is does not matter to a tone.
            step.track();
            shell::sound::tone(Cue::Drill, tones, 0);
        }
    });
    on_cleanup(shell::speech::hush);
    let begin = move |spoken: bool| {
        if spoken {
            shell::speech::prime();
            shell::sound::prime();
        }
        aloud.set(spoken);
        timer.begin();
    };
    let stop = move || {
        timer.stop();
        shell::speech::hush();
    };
    view! {
        <p>{t("imagine.body")}</p>
        {move || if timer.on() {
            view! {
                <p class="say" role="status" data-t="imagine-step" translate="no">
                    {move || tk("imagine.step_", &step.get().to_string())}
                </p>
                <p class="small" data-t="imagine-left" translate="no">{move || timer.left()}</p>
                {button(t("imagine.stop"), "imagine-stop", "ghost", tap(stop))}
            }.into_any()
        } else {
            view! {
                <div class="row">
                    {button(t("imagine.start_aloud"), "imagine-aloud", "ghost", tap(move || begin(true)))}
                    {button(t("imagine.start"), "imagine-start", "ghost", tap(move || begin(false)))}
                </div>
                <p class="small">{t("imagine.aloud_about")}</p>
            }.into_any()
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
