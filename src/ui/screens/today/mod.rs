//! Today: one answer, why, and what leads on from it.

pub mod check_in;
pub mod emergency;
pub mod install;
pub mod reason_list;
pub mod strength_card;
pub mod today_extras;

use crate::app::event::DiaryEvent;
use crate::app::{Event, Screen, State};
use crate::rules::guidance::{Advice, Guidance, Prescription};
use crate::session::plan::SessionPlan;
use crate::shell::format;
use crate::ui::context::App;
use crate::ui::late;
use crate::ui::text::days::when;
use crate::ui::text::reasons;
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{button, card, head, link, tap};
use chrono::NaiveDate;
use leptos::prelude::*;

/// Milliseconds by which Today's answer has been drawn.
const DRAWN_MS: u32 = 50;

/// The screen.
pub fn view(app: App) -> AnyView {
    let day = app.memo(|s| s.now.day());
    // Nothing is started or logged beside a session that runs.
    let busy = app.memo(crate::app::State::in_session);
    let injury = app.memo(|s| s.plan().map(|p| (p.injury.site.key(), p.injury.side.key())));
    let guidance = app.memo(|s| s.guidance().clone());
    let there = app.late_loaded();
    // What stands below the answer keeps no frame back, neither the first nor the one
    // after a log: it goes through all of the diary again.
    let merged = app.memo(|s| s.merged);
    let drawn = RwSignal::new(false);
    crate::shell::clock::after(DRAWN_MS, move || {
        drawn.try_set(true);
    });
    let below = crate::ui::context::memo(move || there.get() && merged.get() && drawn.get());
    let due = app.memo(State::morning_asked);
    let night = app.memo(State::is_night);
    let eyebrow = view! {
        {move || format::weekday_date(day.get())}
        {move || injury.get().map(|(site, side)| {
            let side = tk("side.short_", side);
            [" · ", &side, if side.is_empty() { "" } else { " " }, &tk("site.", site)].concat()
        })}
    };
    let heading = view! {
        <h1
            id="title"
            tabindex="-1"
            data-t="advice"
            data-advice=move || guidance.with(|g| reasons::advice_key(g.advice))
            data-level=move || guidance.with(|g| g.level.clone().unwrap_or_default())
        >
            {move || guidance.with(|g| match g.advice {
                // No morning is asked for in the night.
                Advice::Morning if night.get() => t("today.rest"),
                _ => headline(g, day.get()),
            })}
        </h1>
    };
    view! {
        {head(eyebrow.into_any(), heading.into_any())}
        {move || due.get().map(|d| crate::ui::screens::log::morning::card(app, d))}
        {move || guidance.with(|g| answer(g, why(guidance, there, day.get()), busy.get()))}
        {also(app)}
        {move || below.get().then(|| late::strength_card(app))}
        {move || below.get().then(|| late::today_extras(app))}
    }
    .into_any()
}

/// The answer in one line.
pub fn headline(g: &Guidance, today: NaiveDate) -> String {
    let p = g.prescription();
    match (g.advice, p) {
        (Advice::SetUp, _) => t("today.set_up"),
        (Advice::Emergency, _) => t("emergency.title"),
        (Advice::Consult, _) => match g.how_soon() {
            Some(soon) => tk("today.consult_", soon.key()),
            None => t("today.consult"),
        },
        (Advice::ClearanceNeeded, _) => t("today.clearance"),
        (Advice::Morning, _) => t("today.morning_first"),
        (Advice::Recover, _) => t("today.recover"),
        (Advice::SelfTest, _) => t("today.self_test"),
        (Advice::Walk, Some(p)) => tf(
            "today.walk",
            &[("min", &format::number(f64::from(p.walk_s * p.reps) / 60.0))],
        ),
        (Advice::RunWalk, Some(p)) => tf(
            "today.run_walk",
            &[
                ("run", &format::number(f64::from(p.run_s) / 60.0)),
                ("walk", &format::number(f64::from(p.walk_s) / 60.0)),
            ],
        ),
        (Advice::Run, Some(p)) => tf(
            "today.run",
            &[("min", &format::number(f64::from(p.run_s * p.reps) / 60.0))],
        ),
        _ => match g.not_before {
            Some(day) if day > today => tf("today.rest_until", &[("day", &when(day, today))]),
            _ => t("today.rest"),
        },
    }
}

fn answer(g: &Guidance, why: AnyView, busy: bool) -> AnyView {
    let ahead = g.prescription().map(|p| prescribed(p, g));
    let acts = match g.advice {
        _ if busy => link(t("today.not_right"), "not-right", "ghost", Screen::Check),
        Advice::Walk | Advice::RunWalk | Advice::Run => view! {
            {link(t("today.start"), "start", "primary", Screen::Live)}
            <div class="row">
                {link(t("today.log"), "log-without-timer", "ghost", Screen::Log)}
                {link(t("today.not_right"), "not-right", "ghost", Screen::Check)}
            </div>
        }
        .into_any(),
        Advice::SelfTest => view! {
            {link(t("today.start_test"), "start-test", "primary", Screen::SelfTest)}
            <div class="row">
                {link(t("today.log"), "log-without-timer", "ghost", Screen::Log)}
                {link(t("today.not_right"), "not-right", "ghost", Screen::Check)}
            </div>
        }
        .into_any(),
        Advice::SetUp => link(t("today.begin"), "begin", "primary", Screen::Setup),
        advice => {
            let clearance = matches!(advice, Advice::Consult | Advice::ClearanceNeeded);
            view! {
                {clearance.then(|| link(t("today.log_clearance"), "log-clearance", "primary", Screen::Clearance))}
                <div class="row">
                    {link(t("today.log"), "log-without-timer", "ghost", Screen::Log)}
                    {link(t("today.not_right"), "not-right", "ghost", Screen::Check)}
                </div>
            }
            .into_any()
        }
    };
    view! {
        {ahead}
        {why}
        <div class="acts">{acts}</div>
    }
    .into_any()
}

fn prescribed(p: &Prescription, g: &Guidance) -> AnyView {
    let runs = p.run_s > 0;
    let total = (SessionPlan::new(p).total_s() / 60).to_string();
    let line = if runs && p.walk_s > 0 {
        tf(
            "today.intervals",
            &[("reps", &p.reps.to_string()), ("total", &total)],
        )
    } else if runs {
        tf("today.continuous", &[("total", &total)])
    } else {
        tf("today.brisk", &[("total", &total)])
    };
    let bars = (0..p.reps)
        .map(|_| {
            view! {
                {(p.run_s > 0).then(|| view! { <i class="r"></i> })}
                {(p.walk_s > 0).then(|| view! { <i class="w"></i> })}
            }
        })
        .collect_view();
    let run_min = format::number(f64::from(p.run_s * p.reps) / 60.0);
    let foot = if runs {
        tf("today.level_run", &[("level", &p.level), ("run", &run_min)])
    } else {
        tf("today.level_walk", &[("level", &p.level)])
    };
    let count = (g.ok_needed > 0).then(|| {
        tf(
            "today.count",
            &[
                ("done", &g.ok_done.to_string()),
                ("needed", &g.ok_needed.to_string()),
            ],
        )
    });
    view! {
        <section class="card">
            <p class="say">{line}</p>
            <div class="bars" aria-hidden="true">{bars}</div>
            <p class="small">{foot}</p>
            {count.map(|c| view! { <p class="small" data-t="count">{c}</p> })}
        </section>
    }
    .into_any()
}

/// Why, in one sentence; all reasons behind one tap, drawn by a later download.
fn why(guidance: Memo<Guidance>, there: RwSignal<bool>, today: NaiveDate) -> AnyView {
    let (sentence, advice) = guidance.with_untracked(|g| (reasons::why(g, today), g.advice));
    let tone = match advice {
        Advice::Consult | Advice::ClearanceNeeded | Advice::Emergency => "why caution",
        Advice::Walk | Advice::RunWalk | Advice::Run | Advice::SelfTest => "why go",
        _ => "why",
    };
    let list = move || {
        there.get();
        guidance.with_untracked(|g| late::reasons(g, today))
    };
    view! {
        <section class=tone>
            <p><b>{t("why.label")}</b>" "<span data-t="why">{sentence}</span></p>
            <details>
                <summary data-t="all-reasons">{t("why.all")}</summary>
                <div>{list}</div>
            </details>
        </section>
    }
    .into_any()
}

/// What else there is to do: the morning answer when none is due but none was given.
fn also(app: App) -> AnyView {
    let open = app.memo(|s| {
        let today = s.now.day();
        let due = s.guidance().morning_due_for.is_some_and(|d| d <= today);
        let asked = due || s.morning_asked().is_some() || s.is_night();
        s.plan().is_some() && !asked && !s.morning_answered(today)
    });
    let away = app.memo(|s| s.open_absence().is_some());
    view! {
        {move || open.get().then(|| card(
            t("today.morning_title"),
            view! {
                <p>{t("today.morning_body")}</p>
                {link(t("today.morning_answer"), "answer-morning", "ghost", Screen::Morning)}
            }.into_any(),
        ))}
        {move || away.get().then(|| card(
            t("today.away_title"),
            view! {
                <p>{t("today.away_body")}</p>
                {button(t("today.away_end"), "absence-end", "ghost", tap(move || app.send(Event::Diary(DiaryEvent::EndAbsence))))}
            }.into_any(),
        ))}
    }
    .into_any()
}
