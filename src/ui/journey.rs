//! The journey: the line of levels with where you are, and how you came there.

use super::context::App;
use super::parts::{button, card, head, link, minutes, tap, title};
use super::reasons;
use super::setup_steps::words_of;
use super::today::when;
use super::words::{t, tf, tk};
use crate::app::{Event, Screen};
use crate::domain::guidance::{ChangeCause, Guidance, LevelChange};
use crate::domain::keys::Stage;
use crate::domain::ladder::Ladder;
use crate::shell::format;
use chrono::NaiveDate;
use leptos::prelude::*;

/// The screen.
pub fn view(app: App) -> AnyView {
    let seen = app.memo(|s| {
        let ladder = s.plan().map_or_else(Ladder::builtin, Ladder::of);
        (s.guidance.clone(), ladder, s.now.day())
    });
    view! {
        {move || seen.with(|(g, ladder, today)| drawn(app, g, ladder, *today))}
        {super::milestones::view(app)}
        {super::lookback::view(app)}
    }
    .into_any()
}

fn drawn(app: App, g: &Guidance, ladder: &Ladder, today: NaiveDate) -> AnyView {
    let Some(stage) = g.stage else {
        return view! {
            {head(t("journey.eyebrow").into_any(), title(t("screen.journey")))}
            <p class="empty">{t("journey.no_plan")}</p>
        }
        .into_any();
    };
    let stages = Stage::ALL
        .iter()
        .map(|&s| stage_item(g, ladder, s, stage))
        .collect_view();
    let gate = g
        .gate
        .iter()
        .map(|m| view! { <li>{reasons::missing(m, today)}</li> })
        .collect_view();
    let history = g
        .history
        .iter()
        .rev()
        .map(|c| change(c, today))
        .collect_view();
    view! {
        {head(t("journey.eyebrow").into_any(), title(tk("stage.", stage.key())))}
        {super::milestones::fresh(app)}
        {(g.ok_needed > 0).then(|| view! {
            <p class="say" data-t="journey-count">
                {tf("today.count", &[("done", &g.ok_done.to_string()), ("needed", &g.ok_needed.to_string())])}
            </p>
        })}
        {(!g.gate.is_empty()).then(|| card(t("journey.gate"), view! { <ul class="plain">{gate}</ul> }.into_any()))}
        {freedoms(app, g, today)}
        <ol class="trail">{stages}</ol>
        {link(t("journey.strength"), "open-strength", "ghost", Screen::Strength)}
        {(!g.history.is_empty()).then(|| card(
            t("journey.history"),
            view! { <ul class="plain" data-t="level-history">{history}</ul> }.into_any(),
        ))}
    }
    .into_any()
}

/// Back to running: the freedom that comes next, and what `longer` allows this week.
fn freedoms(app: App, g: &Guidance, today: NaiveDate) -> AnyView {
    let longer = g.longer_min.map(|min| {
        let about = tf("journey.longer_about", &[("time", &minutes(min))]);
        card(
            t("journey.longer"),
            view! { <p data-t="longer">{about}</p> }.into_any(),
        )
    });
    let next = g.next_freedom.map(|(name, from)| {
        let act = if from <= today {
            let take = tap(move || app.send(Event::FreedomTaken));
            button(t("journey.freedom_take"), "freedom-take", "ghost", take)
        } else {
            let words = tf("journey.freedom_from", &[("day", &when(from, today))]);
            view! { <p data-t="freedom-from">{words}</p> }.into_any()
        };
        card(
            t("journey.freedom"),
            view! {
                <p class="say" data-t="freedom" data-freedom=name.key()>{tk("freedom.", name.key())}</p>
                {act}
                <p class="small">{t("journey.freedom_about")}</p>
            }
            .into_any(),
        )
    });
    view! { {longer}{next} }.into_any()
}

/// A stage, with its levels when it has some; the levels of the others stay folded.
fn stage_item(g: &Guidance, ladder: &Ladder, stage: Stage, here: Stage) -> AnyView {
    let at = g.standing_level.as_deref().and_then(|id| ladder.index(id));
    let levels = ladder
        .levels()
        .iter()
        .enumerate()
        .filter(|(_, l)| l.stage == stage)
        .map(|(i, l)| {
            // In the self-test stage the level is W5, which belongs to walking.
            let now = at == Some(i) && stage == here;
            let place = if now {
                "here"
            } else if at.is_some_and(|at| i < at) {
                "done"
            } else {
                "ahead"
            };
            view! {
                <li class=place aria-current=now.then_some("step")>
                    {words_of(l)}
                    {now.then(|| view! { " " <b class="you">{t("journey.you")}</b> })}
                </li>
            }
        })
        .collect::<Vec<_>>();
    let current = (stage == here && levels.is_empty()).then_some("step");
    let class = match stage.cmp(&here) {
        std::cmp::Ordering::Less => "stage done",
        std::cmp::Ordering::Equal => "stage here",
        std::cmp::Ordering::Greater => "stage ahead",
    };
    let open = stage == here;
    view! {
        <li class=class aria-current=current data-stage=stage.key()>
            <b>{tk("stage.", stage.key())}</b>
            {(stage == here).then(|| view! { " " <span class="you">{t("journey.here")}</span> })}
            <p class="small">{tk("stage_about.", stage.key())}</p>
            {(!levels.is_empty()).then(|| view! {
                <details open=open>
                    <summary>{t("journey.levels")}</summary>
                    <ol class="levels">{levels}</ol>
                </details>
            })}
        </li>
    }
    .into_any()
}

fn change(c: &LevelChange, today: NaiveDate) -> AnyView {
    let from = c.from.as_deref().unwrap_or("");
    let key = match c.cause {
        ChangeCause::Placed => "journey.placed",
        ChangeCause::Up => "journey.up",
        ChangeCause::Down(_) => "journey.down",
        ChangeCause::Gap => "journey.gap",
        ChangeCause::Cleared => "journey.cleared",
    };
    let rule = if let ChangeCause::Down(rule) = c.cause {
        rule.id()
    } else {
        ""
    };
    let words = tf(key, &[("from", from), ("to", &c.to), ("rule", rule)]);
    let when = if c.on == today {
        t("day.today")
    } else {
        format::weekday_date(c.on)
    };
    view! { <li>{words}" "<span class="small">{when}</span></li> }.into_any()
}
