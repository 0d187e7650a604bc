//! The live session: what now, how long, what next, readable at arm's length.

use crate::app::event::SessionEvent;
use crate::app::session::active::Run;
use crate::app::{Event, Screen, State};
use crate::session::cues::drill;
use crate::session::plan::Phase;
use crate::session::timeline::{Clock, Leg, Snapshot};
use crate::shell;
use crate::ui::context::{App, memo};
use crate::ui::screens::session::away::{away_note, found_again, minutes};
use crate::ui::screens::session::steering::{foot, locked_foot, stop_rules};
use crate::ui::text::words::{t, tf, tk, tn};
use crate::ui::widgets::controls::{button, clock, link, tap};
use crate::ui::widgets::cues;
use crate::ui::widgets::cues::spoken;
use leptos::prelude::*;

/// The screen: the questions before, the session, or what there is to do instead.
pub fn view(app: App) -> AnyView {
    let on = app.memo(|s| s.run().is_some());
    let asks = app.memo(|s| s.run().is_some_and(Run::asks));
    let elsewhere = app.memo(|s| s.book.session.is_elsewhere());
    view! {
        {move || if on.get() {
            if asks.get() { found_again(app) } else { session(app) }
        } else {
            // Read, not only tracked: a memo that was never read seems to change when it is.
            let _ = elsewhere.get();
            crate::ui::screens::session::precheck::view(app)
        }}
    }
    .into_any()
}

fn phase_words(part: &Leg) -> String {
    tk("phase.", part.phase.key())
}

/// What a snapshot shows that changes only with its parts, not with each second.
#[derive(Clone, PartialEq)]
pub struct Face {
    index: usize,
    pub clock: Clock,
    pub hurt: bool,
    pub limp: bool,
    interval: (usize, usize),
    phase: Option<Phase>,
    drill: Option<u32>,
}

impl Face {
    fn of(at: &Snapshot) -> Self {
        Self {
            index: at.index,
            clock: at.clock,
            hurt: at.hurt,
            limp: at.limp,
            interval: at.interval(),
            phase: at.leg().map(|p| p.phase),
            drill: drill(at),
        }
    }

    fn over(&self) -> bool {
        matches!(self.clock, Clock::Ended | Clock::Finished)
    }
}

/// What the parts of the screen look at.
#[derive(Clone, Copy)]
pub struct Looks {
    pub app: App,
    at: Memo<Option<Snapshot>>,
    pub shown: Memo<Option<Face>>,
    /// Seconds left in the part.
    left: Memo<i64>,
    /// Seconds left in all.
    total_left: Memo<i64>,
    /// Against touches in a pocket.
    pub locked: RwSignal<bool>,
}

/// Whether an audio track gives the cues.
fn by_track(state: &State) -> bool {
    state.run().is_some_and(|run| run.track.plays)
}

impl Looks {
    /// The snapshot, looked at again only when its parts change.
    fn at_parts<T>(self, look: impl FnOnce(&Snapshot) -> T) -> Option<T> {
        self.shown.with(|_| ());
        self.at.with_untracked(|a| a.as_ref().map(look))
    }

    pub fn act(self, event: SessionEvent) {
        self.app.send(Event::Session(event));
    }
}

fn session(app: App) -> AnyView {
    let live = app.memo(|s| s.run().map(|run| run.record.clone()));
    let at = memo(move || {
        let ms = app.clock();
        live.with(|l| l.as_ref().map(|l| l.at(ms)))
    });
    let secs = |ms: i64| (ms + 999) / 1000;
    let looks = Looks {
        app,
        at,
        shown: memo(move || at.with(|a| a.as_ref().map(Face::of))),
        left: memo(move || at.with(|a| a.as_ref().map_or(0, |a| secs(a.left_ms())))),
        total_left: memo(move || at.with(|a| a.as_ref().map_or(0, |a| secs(a.total_left_ms())))),
        // In a pocket from the start: the first touch is the cloth's.
        locked: RwSignal::new(app.peek(by_track)),
    };
    let shown = looks.shown;
    let over = memo(move || shown.with(|s| s.as_ref().is_none_or(Face::over)));
    let phase = memo(move || {
        shown.with(|s| {
            let running = s.as_ref().filter(|s| !s.over());
            running.and_then(|s| s.phase).map_or("done", Phase::key)
        })
    });
    let state = move || {
        shown.with(|s| match s.as_ref().map(|s| s.clock) {
            Some(Clock::Counting) => "running",
            Some(Clock::Paused) => "paused",
            _ => "ended",
        })
    };
    // All of it in one: beside classes of their own a class that changes would stand still.
    let look = memo(move || {
        let hurts = shown.with(|s| s.as_ref().is_some_and(|s| s.hurt));
        let flash = if cues::flashes() { " flash" } else { "" };
        let hurting = if hurts { " hurting" } else { "" };
        ["live ", phase.get(), " ", state(), flash, hurting].concat()
    });
    announce_changes(looks);
    let clicks = metronome(looks);
    view! {
        <div
            class=move || look.get()
            translate="no"
            data-screen="live"
            data-phase=move || phase.get()
            data-state=state
            data-index=move || shown.with(|s| s.as_ref().map_or(0, |s| s.index)).to_string()
            data-left=move || looks.left.get().to_string()
            data-metronome=move || clicks.get().to_string()
            data-total-left=move || looks.total_left.get().to_string()
        >
            <main id="main" tabindex="-1">
                {move || if over.get() { over_view(looks) } else { running_view(looks) }}
                {cue_line(app)}
            </main>
        </div>
    }
    .into_any()
}

/// How the cues come now: from the screen that stays on, from the track, or not yet.
fn cue_line(app: App) -> AnyView {
    let held = app.memo(|s| s.wake_held);
    let how = app.memo(|s| {
        let run = s.run();
        let silent = run.is_some_and(|run| run.silent);
        let begun = run.is_some_and(|run| run.track.plays && run.track.begun);
        (silent, begun, s.track_failed)
    });
    let track = app.memo(by_track);
    view! {
        {move || how.get().0.then(|| button(
            t("live.sound"), "sound", "ghost", tap(move || app.send(Event::Session(SessionEvent::Sound)))))}
        {cues::tap_for_sound(app)}
        <p class="wake" data-t="wake-state" data-held=move || held.get().to_string()
            data-track=move || track.get().to_string()>
            {move || match (how.get(), held.get()) {
                ((_, true, _), _) => t("live.pocket_on"),
                ((_, _, true), _) => t("live.pocket_failed"),
                (_, true) => t("live.wake_on"),
                (_, false) => t("live.wake_off"),
            }}
        </p>
    }
    .into_any()
}

/// Clicks for each step while a part is run and the screen gives the cues: the steps a
/// minute, 0 where it is silent.
fn metronome(looks: Looks) -> Memo<u8> {
    let Looks { app, shown, .. } = looks;
    let asked = app.memo(|s| {
        let heard = s.run().is_some_and(|run| !run.silent && !run.track.plays);
        (if heard { s.prefs.steps_min } else { 0 }, s.prefs.volume)
    });
    let clicks = memo(move || {
        let runs = shown.with(|s| {
            s.as_ref()
                .is_some_and(|s| s.clock == Clock::Counting && s.phase == Some(Phase::Run))
        });
        if runs { asked.get().0 } else { 0 }
    });
    Effect::new(move |_| match clicks.get() {
        0 => shell::metronome::stop(),
        steps => shell::metronome::start(steps, asked.get_untracked().1),
    });
    on_cleanup(shell::metronome::stop);
    clicks
}

/// Screen readers hear the change of part, and each whole minute, not each second; the
/// lock screen shows the part.
fn announce_changes(looks: Looks) {
    let Looks { at, shown, .. } = looks;
    // A drill changes no part: it is heard politely, by its own line.
    let part = memo(move || shown.with(|s| s.as_ref().map(|s| (s.index, s.clock, s.hurt))));
    Effect::new(move |before: Option<Option<(usize, Clock, bool)>>| {
        let now = part.get();
        if before.as_ref() != Some(&now) {
            let words = at.with_untracked(|a| {
                a.as_ref().map(|a| match (a.clock, a.leg()) {
                    (Clock::Finished | Clock::Ended, _) | (_, None) => t("live.done"),
                    (Clock::Paused, _) => t("live.paused"),
                    (Clock::Counting, Some(part)) => tf(
                        "live.announce",
                        &[("what", &phase_words(part)), ("for", &spoken(a.left_ms()))],
                    ),
                })
            });
            if let Some(words) = words {
                shell::pocket::title(&words, &t("app.name"));
                shell::announce::assertive(&words);
            }
        }
        now
    });
    let minutes = memo(move || {
        let left = |a: &Snapshot| (a.left_ms() + 59_999) / 60_000;
        at.with(|a| a.as_ref().map_or(0, left))
    });
    Effect::new(move |before: Option<i64>| {
        let left = minutes.get();
        // At the very start of a part, after a skip, no minute of it has gone by.
        let goes_on = |a: &Snapshot| a.clock == Clock::Counting && a.into_ms >= 1_000;
        let goes_on = at.with_untracked(|a| a.as_ref().is_some_and(goes_on));
        if goes_on && left >= 1 && before == Some(left + 1) {
            shell::announce::polite(tn("live.minutes_left", left));
        }
        left
    });
}

fn running_view(looks: Looks) -> AnyView {
    let Looks {
        app,
        at,
        shown,
        left,
        total_left,
        ..
    } = looks;
    let hurt = memo(move || shown.with(|s| s.as_ref().is_some_and(|s| s.hurt)));
    let now = move || looks.at_parts(|a| a.leg().map(phase_words));
    let next = move || {
        looks.at_parts(|a| {
            if let Some(n) = drill(a) {
                return cues::drill_words(n);
            }
            match a.next() {
                Some(part) => tf(
                    "live.then",
                    &[
                        ("what", &tk("phase_then.", part.phase.key())),
                        ("for", &spoken(part.ends_ms)),
                    ],
                ),
                None => t("live.then_done"),
            }
        })
    };
    let count = move || {
        looks.at_parts(|a| {
            let (n, all) = a.interval();
            tf(
                "live.count",
                &[("n", &n.to_string()), ("all", &all.to_string())],
            )
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
        <p class="half" data-t="live-half">{move || half.get().map(|m| if m > 0 {
            tn("live.half_in", m)
        } else {
            t("live.half_done")
        })}</p>
        {away_note(app)}
        {move || hurt.get().then(|| stop_rules(looks))}
        {move || if looks.locked.get() { locked_foot(looks) } else { foot(looks, hurt) }}
    }
    .into_any()
}

/// The whole session as a bar: what is done, where you are, what is left.
fn track(shown: Memo<Option<Face>>, at: Memo<Option<Snapshot>>) -> AnyView {
    view! {
        <div class="track" aria-hidden="true">
            {move || {
                shown.with(|_| ());
                at.with_untracked(|a| a.as_ref().map(|a| {
                    let index = a.index;
                    a.legs.iter().enumerate().filter(|(_, p)| p.ends_ms > 0).map(|(i, p)| {
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
            <b class="half-mark"></b>
        </div>
    }
    .into_any()
}

/// Done, or ended early: into the log, or back by undo.
fn over_view(looks: Looks) -> AnyView {
    let Looks { app, at, .. } = looks;
    let ended = at.with_untracked(|a| a.as_ref().is_some_and(|a| a.clock == Clock::Ended));
    let done = move || {
        looks.at_parts(|a| {
            let (run, walk) = a.done_s();
            tf(
                "live.done_body",
                &[("run", &minutes(run)), ("walk", &minutes(walk))],
            )
        })
    };
    view! {
        <h1 id="title" tabindex="-1" class="now">{t("live.done")}</h1>
        <p class="next" data-t="live-done">{done}</p>
        {away_note(app)}
        <div class="foot">
            {link(t("live.to_log"), "to-log", "primary", Screen::Log)}
            {link(t("after.stretch"), "to-stretches", "ghost", Screen::Mobility)}
            {ended.then(|| button(t("live.undo_end"), "undo-end", "ghost", tap(move || looks.act(SessionEvent::UndoFinish))))}
            <details>
                <summary>{t("live.discard_title")}</summary>
                <p>{t("live.discard_body")}</p>
                {button(t("live.discard"), "discard", "quiet", tap(move || app.send(Event::Session(SessionEvent::Discard))))}
            </details>
        </div>
    }
    .into_any()
}
