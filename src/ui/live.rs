//! The live session: what now, how long, what next, readable at arm's length.

use super::context::{App, derive, memo};
use super::parts::{button, clock, link, option, pain_scale, tap};
use super::words::{t, tf, tk};
use crate::app::{Event, Screen};
use crate::domain::guidance::Prescription;
use crate::domain::live::{Act, Part, Phase, Running, Snapshot};
use crate::domain::precheck::Precheck;
use crate::shell;
use leptos::prelude::*;
use std::rc::Rc;

/// How long pause and end are held, milliseconds.
const HOLD_MS: u32 = 800;

/// The screen: the questions before, the session, or what there is to do instead.
pub fn view(app: App) -> AnyView {
    let on = app.memo(|s| s.live.is_some());
    view! { {move || if on.get() { session(app) } else { before(app) }} }.into_any()
}

/// Pain now, a limp, well? And what follows from the answers.
fn before(app: App) -> AnyView {
    let (prescription, elsewhere, easier) = app.peek(|s| {
        (
            s.guidance.prescription().cloned(),
            s.live_elsewhere,
            s.guidance.easier(),
        )
    });
    let Some(prescription) = prescription.filter(|_| !elsewhere) else {
        return nothing_to_start(elsewhere);
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
        app.send(Event::StartSession {
            level: level.get_untracked(),
            pain: pain.get_untracked().unwrap_or(0),
        });
    };
    let walk = move || {
        app.send(Event::StartWalk {
            pain: pain.get_untracked().unwrap_or(0),
        });
    };
    let easier_choice = easier_levels(&prescription, easier, level);
    view! {
        <div class="screen" data-screen="live">
            <header class="top">
                <a class="icon-btn" href=Screen::Today.to_hash() data-t="back">
                    <span aria-hidden="true">"‹"</span><span>{t("app.back")}</span>
                </a>
            </header>
            <main id="main" tabindex="-1" data-t="precheck">
                {super::today::plain_head("precheck.eyebrow", "precheck.title")}
                {pain_scale("pre-pain", t("precheck.pain"), pain)}
                {yes_no("pre-limp", limp, t("precheck.limp"), t("app.yes"), t("app.no"))}
                {yes_no("pre-well", well, t("precheck.well"), t("app.yes"), t("app.no"))}
                {easier_choice}
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
                    <p>{t("live.stop_rules")}</p>
                    <p>{t("precheck.screen_on")}</p>
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
        .map(|e| view! { <option value=e.level.clone()>{level_words(&e)}</option> })
        .collect_view();
    Some(
        view! {
            <div class="field">
                <label for="easier">{t("precheck.easier")}</label>
                <select id="easier" data-t="easier" on:change=move |e| {
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

/// "R2: 1 min run, 2 min walk, 8 times".
pub fn level_words(p: &Prescription) -> String {
    interval_words(&p.level, p.run_s, p.walk_s, p.reps)
}

/// The same for any level, prescribed or not.
pub fn interval_words(level: &str, run_s: u32, walk_s: u32, reps: u32) -> String {
    let n = |s: u32| shell::format::number(f64::from(s) / 60.0);
    let key = match (run_s > 0, walk_s > 0) {
        (true, true) => "level.run_walk",
        (true, false) => "level.run",
        _ => "level.walk",
    };
    let (run, walk, reps) = (n(run_s), n(walk_s), reps.to_string());
    tf(
        key,
        &[
            ("level", level),
            ("run", &run),
            ("walk", &walk),
            ("reps", &reps),
        ],
    )
}

fn nothing_to_start(elsewhere: bool) -> AnyView {
    let key = if elsewhere {
        "live.elsewhere"
    } else {
        "live.nothing"
    };
    view! {
        <div class="screen" data-screen="live">
            <main id="main" tabindex="-1" data-t="no-session">
                {super::today::plain_head("precheck.eyebrow", "live.none_title")}
                <p>{t(key)}</p>
                {link(t("precheck.back"), "precheck-back", "primary", Screen::Today)}
            </main>
        </div>
    }
    .into_any()
}

fn phase_words(part: &Part) -> String {
    tk("phase.", part.phase.key())
}

/// What a snapshot shows that changes only with its parts, not with each second.
#[derive(Clone, PartialEq)]
struct Shown {
    index: usize,
    running: Running,
    hurt: bool,
    interval: (usize, usize),
    phase: Option<Phase>,
}

fn session(app: App) -> AnyView {
    let live = app.memo(|s| s.live.clone());
    let at = memo(move || {
        let ms = app.clock();
        live.with(|l| l.as_ref().map(|l| l.at(ms)))
    });
    let shown = memo(move || {
        at.with(|a| {
            a.as_ref().map(|a| Shown {
                index: a.index,
                running: a.running,
                hurt: a.hurt,
                interval: a.interval(),
                phase: a.part().map(|p| p.phase),
            })
        })
    });
    let secs = |ms: i64| (ms + 999) / 1000;
    let left = memo(move || at.with(|a| a.as_ref().map_or(0, |a| secs(a.left_ms()))));
    let total_left = memo(move || at.with(|a| a.as_ref().map_or(0, |a| secs(a.total_left_ms()))));
    let phase = move || {
        shown.with(|s| match s {
            Some(s) if matches!(s.running, Running::Ended | Running::Done) => "done",
            Some(Shown { phase: Some(p), .. }) => p.key(),
            _ => "done",
        })
    };
    let state = move || {
        shown.with(|s| match s.as_ref().map(|s| s.running) {
            Some(Running::Running) => "running",
            Some(Running::Paused) => "paused",
            _ => "ended",
        })
    };
    announce_changes(at, shown);
    let held = app.memo(|s| s.wake_held);
    view! {
        <div
            class=move || ["live ", phase(), " ", state()].concat()
            data-screen="live"
            data-phase=phase
            data-state=state
            data-index=move || shown.with(|s| s.as_ref().map_or(0, |s| s.index)).to_string()
            data-left=move || left.get().to_string()
            data-total-left=move || total_left.get().to_string()
        >
            <main id="main" tabindex="-1">
                {move || {
                    let over = shown.with(|s| s.as_ref().is_none_or(|s|
                        matches!(s.running, Running::Ended | Running::Done)));
                    if over { over_view(app, at) } else { running_view(app, at, shown, left, total_left) }
                }}
                <p class="wake" data-t="wake-state" data-held=move || held.get().to_string()>
                    {move || if held.get() { t("live.wake_on") } else { t("live.wake_off") }}
                </p>
            </main>
        </div>
    }
    .into_any()
}

/// Screen readers hear the change of part, and each whole minute, not each second.
fn announce_changes(at: Memo<Option<Snapshot>>, shown: Memo<Option<Shown>>) {
    Effect::new(move |before: Option<Option<Shown>>| {
        let now = shown.get();
        if before.as_ref() != Some(&now) {
            let words = at.with_untracked(|a| {
                a.as_ref().map(|a| match (a.running, a.part()) {
                    (Running::Done | Running::Ended, _) | (_, None) => t("live.done"),
                    (Running::Paused, _) => t("live.paused"),
                    (Running::Running, Some(part)) => tf(
                        "live.announce",
                        &[("what", &phase_words(part)), ("for", &spoken(a.left_ms()))],
                    ),
                })
            });
            if let Some(words) = words {
                shell::announce::assertive(&words);
            }
        }
        now
    });
    let minutes = memo(move || at.with(|a| a.as_ref().map_or(0, |a| a.left_ms() / 60_000)));
    Effect::new(move |before: Option<i64>| {
        let now = minutes.get();
        let running =
            at.with_untracked(|a| a.as_ref().is_some_and(|a| a.running == Running::Running));
        if running && before.is_some_and(|b| b == now + 1) && now >= 1 {
            shell::announce::polite(super::words::tn("live.minutes_left", now + 1));
        }
        now
    });
}

fn spoken(ms: i64) -> String {
    let seconds = (ms + 999) / 1000;
    if seconds >= 60 && seconds % 60 == 0 {
        super::words::tn("unit.minutes", seconds / 60)
    } else {
        clock(seconds)
    }
}

fn running_view(
    app: App,
    at: Memo<Option<Snapshot>>,
    shown: Memo<Option<Shown>>,
    left: Memo<i64>,
    total_left: Memo<i64>,
) -> AnyView {
    let paused =
        memo(move || shown.with(|s| s.as_ref().is_some_and(|s| s.running == Running::Paused)));
    let hurt = memo(move || shown.with(|s| s.as_ref().is_some_and(|s| s.hurt)));
    let now = move || {
        shown.with(|_| ());
        at.with_untracked(|a| a.as_ref().and_then(|a| a.part().map(phase_words)))
    };
    let next = move || {
        shown.with(|_| ());
        at.with_untracked(|a| {
            a.as_ref().map(|a| match a.next() {
                Some(part) => tf(
                    "live.then",
                    &[
                        ("what", &tk("phase_then.", part.phase.key())),
                        ("for", &spoken(part.ends_ms)),
                    ],
                ),
                None => t("live.then_done"),
            })
        })
    };
    let count = move || {
        shown.with(|s| {
            s.as_ref().map(|s| {
                tf(
                    "live.count",
                    &[
                        ("n", &s.interval.0.to_string()),
                        ("all", &s.interval.1.to_string()),
                    ],
                )
            })
        })
    };
    let half = memo(move || {
        at.with(|a| {
            a.as_ref()
                .map(|a| (a.half_left_ms() + 59_999).div_euclid(60_000))
        })
    });
    view! {
        <div class="live-top">
            <span data-t="live-count">{count}</span>
            <span data-t="live-total">
                {move || tf("live.left", &[("time", &clock(total_left.get()))])}
            </span>
        </div>
        <h1 id="title" tabindex="-1" class="now" data-t="live-now">{now}</h1>
        <div
            class="big"
            class:long=move || { left.get() >= 600 }
            role="timer"
            aria-live="off"
            data-t="live-left"
        >
            {move || clock(left.get())}
        </div>
        <p class="next" data-t="live-next">{next}</p>
        {track(shown, at)}
        <p class="half">{move || half.get().map(|m| if m > 0 {
            super::words::tn("live.half_in", m)
        } else {
            t("live.half_done")
        })}</p>
        {move || hurt.get().then(|| view! {
            <div class="stop-rules" role="alert" data-t="stop-rules">
                <p><b>{t("live.hurt_title")}</b></p>
                <p>{t("live.stop_rules")}</p>
            </div>
        })}
        <div class="foot">
            {move || (!hurt.get()).then(|| button(t("live.hurts"), "hurts", "hurt", tap(move || app.send(Event::Act(Act::Hurt)))))}
            {move || if paused.get() {
                button(t("live.resume"), "resume", "primary", tap(move || app.send(Event::Act(Act::Resume))))
            } else {
                hold(t("live.hold_pause"), "hold-pause", Rc::new(move || app.send(Event::Act(Act::Pause))))
            }}
            <div class="row">
                {hold(t("live.back"), "hold-back", Rc::new(move || app.send(Event::Act(Act::Back))))}
                {hold(t("live.skip"), "hold-skip", Rc::new(move || app.send(Event::Act(Act::Skip))))}
            </div>
            {hold(t("live.hold_end"), "hold-end", Rc::new(move || app.send(Event::Act(Act::End))))}
        </div>
    }
    .into_any()
}

/// The whole session as a bar: what is done, where you are, what is left.
fn track(shown: Memo<Option<Shown>>, at: Memo<Option<Snapshot>>) -> AnyView {
    view! {
        <div class="track" aria-hidden="true">
            {move || {
                shown.with(|_| ());
                at.with_untracked(|a| a.as_ref().map(|a| {
                    let index = a.index;
                    a.parts.iter().enumerate().filter(|(_, p)| p.ends_ms > 0).map(|(i, p)| {
                        let place = match i.cmp(&index) {
                            std::cmp::Ordering::Less => " d",
                            std::cmp::Ordering::Equal => " c",
                            std::cmp::Ordering::Greater => "",
                        };
                        let kind = if p.phase == Phase::Run { "r" } else { "w" };
                        let grow = (p.ends_ms / 1000).max(1).to_string();
                        view! { <i class=[kind, place].concat() style:flex-grow=grow></i> }
                    }).collect_view()
                }))
            }}
        </div>
    }
    .into_any()
}

/// Done, or ended early: into the log, or back by undo.
fn over_view(app: App, at: Memo<Option<Snapshot>>) -> AnyView {
    let ended = at.with_untracked(|a| a.as_ref().is_some_and(|a| a.running == Running::Ended));
    let done = at.with_untracked(|a| {
        a.as_ref().map(|a| {
            let (run, walk) = a.done_s();
            tf(
                "live.done_body",
                &[
                    ("run", &shell::format::number((run / 6.0).round() / 10.0)),
                    ("walk", &shell::format::number((walk / 6.0).round() / 10.0)),
                ],
            )
        })
    });
    view! {
        <h1 id="title" tabindex="-1" class="now">{t("live.done")}</h1>
        <p class="next">{done}</p>
        <div class="foot">
            {link(t("live.to_log"), "to-log", "primary", Screen::Log)}
            {ended.then(|| button(t("live.undo_end"), "undo-end", "ghost", tap(move || app.send(Event::Act(Act::UndoEnd)))))}
            <details>
                <summary>{t("live.discard_title")}</summary>
                <p>{t("live.discard_body")}</p>
                {button(t("live.discard"), "discard", "quiet", tap(move || app.send(Event::DiscardLive)))}
            </details>
        </div>
    }
    .into_any()
}

/// A button that acts when held: pocket touches do nothing. By keyboard, and by a
/// screen reader's own click, it acts at once: neither happens in a pocket.
fn hold(label: String, id: &'static str, act: Rc<dyn Fn()>) -> AnyView {
    let held = RwSignal::new(0_u32);
    let begin = {
        let act = act.clone();
        move || {
            let turn = held.get_untracked() / 2 * 2 + 1;
            held.set(turn);
            let act = act.clone();
            shell::clock::after(HOLD_MS, move || {
                if held.try_get_untracked() == Some(turn) {
                    held.set(turn + 1);
                    act();
                }
            });
        }
    };
    let release = move || {
        if held.get_untracked() % 2 == 1 {
            held.update(|n| *n += 1);
        }
    };
    view! {
        <button
            type="button"
            class="btn hold"
            class:holding=move || held.get() % 2 == 1
            data-t=id
            on:pointerdown=move |_| begin()
            on:pointerup=move |_| release()
            on:pointerleave=move |_| release()
            on:pointercancel=move |_| release()
            on:contextmenu=|e| e.prevent_default()
            // A click without a pointer comes from a keyboard or a screen reader.
            on:click=move |e| if e.detail() == 0 { act() }
        >
            <span>{label}</span>
        </button>
    }
    .into_any()
}
