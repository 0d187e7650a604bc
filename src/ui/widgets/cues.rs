//! How a cue reaches the runner: the tone, the word, the beat and the flash, and the
//! audio track of pocket mode. Whoever shows a screen that gives cues installs it.

use crate::app::Event;
use crate::app::effect::{CueWays, SoundEffect};
use crate::app::event::{DeviceEvent, SoundEvent};
use crate::session::cue::Cue;
use crate::session::cues::drill;
use crate::session::plan::Phase;
use crate::session::timeline::Snapshot;
use crate::shell;
use crate::ui::context::App;
use crate::ui::text::words::{t, tf, tk, tn};
use crate::ui::widgets::controls::{button, clock, tap};
use leptos::prelude::*;

/// How long a flash lasts, milliseconds.
const FLASH_MS: u32 = 500;

thread_local! {
    /// How many flashes there were; odd while one is seen.
    static FLASH: ArcRwSignal<u32> = ArcRwSignal::new(0);
}

/// Whether the screen flashes now.
pub fn flashes() -> bool {
    FLASH.with(Clone::clone).get() % 2 == 1
}

/// Brings the way of the cues, once in the life of the page.
pub fn install(app: App) {
    if shell::live::installed() {
        return;
    }
    shell::sound::listen(move |heard| app.send(Event::Device(DeviceEvent::SoundHeard(heard))));
    let dispatch = app.dispatch();
    shell::live::install(
        move |effect| match effect {
            SoundEffect::Prime => {
                shell::sound::prime();
                if app.peek(|s| s.prefs.voice) {
                    shell::speech::prime();
                }
            }
            SoundEffect::Cue(ways) => give(app, ways),
            SoundEffect::Hush => shell::sound::hush(),
            SoundEffect::Track(what) => shell::pocket::run(what, &dispatch),
        },
        shell::pocket::report,
    );
}

fn give(app: App, ways: CueWays) {
    if ways.tone > 0 {
        shell::sound::tone(ways.cue, ways.tone, ways.in_ms);
    }
    // As things stand at its moment. Three words would come too late for three, two, one.
    let said = (ways.voice > 0 && ways.cue != Cue::Count).then(|| {
        let at = app.peek(|s| {
            let moment = s.now.ms + ways.in_ms;
            let run = s.run().map(|run| run.record.at(moment));
            run.or_else(|| s.book.session.strength().map(|l| l.at(moment).line))
        });
        words(ways.cue, at.as_ref())
    });
    let felt = move || {
        if ways.vibrate {
            shell::sound::shake(ways.cue);
        }
        if let Some(said) = said {
            shell::speech::say(&said, ways.voice);
        }
        if ways.flash && ways.cue != Cue::Count {
            flash();
        }
    };
    // The tone waits on the clock of the sound, which no busy page holds up; the rest here.
    let hushed = shell::sound::hushes();
    match u32::try_from(ways.in_ms) {
        Ok(ms) if ms > 0 => shell::clock::after(ms, move || {
            if shell::sound::hushes() == hushed {
                felt();
            }
        }),
        _ => felt(),
    }
}

/// What stands where a tap is needed before anything sounds.
pub fn tap_for_sound(app: App) -> AnyView {
    let lost = app.memo(|s| {
        let silent = s.run().is_some_and(|run| run.silent);
        s.prefs.tones && s.sound_lost && !silent
    });
    view! {
        {move || lost.get().then(|| {
            button(t("live.sound"), "sound", "ghost", tap(move || app.send(Event::Sound(SoundEvent::Ready))))
        })}
    }
    .into_any()
}

fn flash() {
    let flash = FLASH.with(Clone::clone);
    let turn = flash.get_untracked() / 2 * 2 + 1;
    flash.set(turn);
    shell::clock::after(FLASH_MS, move || {
        if flash.get_untracked() == turn {
            flash.set(turn + 1);
        }
    });
}

/// What a cue says: "Run, 1 minute, 4 of 10". Without a session, as Settings try it.
pub fn words(cue: Cue, at: Option<&Snapshot>) -> String {
    match (cue, at) {
        (Cue::HalfWay, _) => t("say.half"),
        (Cue::Done, _) => t("say.done"),
        (Cue::Drill, Some(at)) => drill(at).map(drill_words).unwrap_or_default(),
        (Cue::Begin(_) | Cue::Last, Some(at)) => {
            let what = match cue {
                Cue::Last => t("say.last"),
                _ => at
                    .leg()
                    .map(|p| tk("phase.", p.phase.key()))
                    .unwrap_or_default(),
            };
            let (n, all) = at.interval();
            let numbered = at.leg().is_some_and(|p| p.phase == Phase::Run) && cue != Cue::Last;
            let long = spoken(at.left_ms());
            if at.leg().is_some_and(|p| p.waits) {
                what
            } else if numbered {
                tf(
                    "say.part",
                    &[
                        ("what", &what),
                        ("for", &long),
                        ("n", &n.to_string()),
                        ("all", &all.to_string()),
                    ],
                )
            } else {
                tf("live.announce", &[("what", &what), ("for", &long)])
            }
        }
        (cue, _) => tk("cue.", cue.key()),
    }
}

/// A drill of the warm-up, from 0.
pub fn drill_words(n: u32) -> String {
    tk("drill.", &(n + 1).to_string())
}

/// A length of time to be read or heard.
pub fn spoken(ms: i64) -> String {
    let seconds = (ms + 999) / 1000;
    if seconds >= 60 && seconds % 60 == 0 {
        tn("unit.minutes", seconds / 60)
    } else if seconds < 60 {
        tn("unit.seconds", seconds)
    } else {
        clock(seconds)
    }
}
