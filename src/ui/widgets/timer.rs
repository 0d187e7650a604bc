//! Seconds that go by on the wall clock, for what is done with the phone beside one.

use crate::app::Event;
use crate::app::event::SoundEvent;
use crate::shell;
use crate::ui::context::{App, derive};
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::controls::{button, clock, tap};
use leptos::prelude::*;

/// A count of seconds: when it began, and how many have passed.
#[derive(Clone, Copy)]
pub struct Timer {
    started: RwSignal<Option<i64>>,
    passed: RwSignal<i64>,
    alive: StoredValue<bool>,
    app: App,
    /// Seconds to get into place, before it counts.
    lead: i64,
    seconds: i64,
}

impl Timer {
    /// One that counts so many seconds, while its view is there, after some to get into
    /// place. Its end is heard and felt, and until then the screen stays on.
    pub fn new(app: App, lead: i64, seconds: i64) -> Self {
        let alive = StoredValue::new(true);
        let started = RwSignal::new(None::<i64>);
        let passed = RwSignal::new(0);
        on_cleanup(move || {
            alive.set_value(false);
            let counts = started.try_get_untracked().flatten().is_some()
                && passed.try_get_untracked().is_some_and(|n| n < seconds);
            if counts {
                app.send(Event::Sound(SoundEvent::TimerStopped));
            }
        });
        Self {
            started,
            passed,
            alive,
            app,
            lead,
            seconds,
        }
    }

    /// Begins, or begins anew.
    pub fn begin(self) {
        let before = self.started.get_untracked();
        let again = before.is_some() && self.passed.get_untracked() < self.seconds;
        self.started.set(Some(shell::clock::now().ms));
        self.passed.set(-self.lead);
        self.app.send(Event::Sound(SoundEvent::TimerBegins));
        if !again {
            self.watch();
        }
    }

    /// Puts it away.
    pub fn stop(self) {
        self.started.set(None);
        self.app.send(Event::Sound(SoundEvent::TimerStopped));
    }

    /// Whether it was begun and not put away.
    pub fn on(self) -> bool {
        self.started.get().is_some()
    }

    /// Seconds that have passed; less than none while there is time to get into place.
    pub fn passed(self) -> i64 {
        self.passed.get()
    }

    /// Seconds left, as a clock shows them.
    pub fn left(self) -> String {
        match self.passed.get() {
            early if early < 0 => tf("timer.lead", &[("n", &(-early).to_string())]),
            passed => clock((self.seconds - passed).max(0)),
        }
    }

    /// Looks at the clock each second until the time is over, put away, or off the screen.
    fn watch(self) {
        shell::clock::after(1000, move || {
            if self.alive.try_get_value() != Some(true) {
                return;
            }
            let Some(start) = self.started.get_untracked() else {
                return;
            };
            let passed = (shell::clock::now().ms - start) / 1000 - self.lead;
            self.passed.set(passed.max(-self.lead));
            if passed < self.seconds {
                self.watch();
            } else {
                self.app.send(Event::Sound(SoundEvent::TimerOver));
            }
        });
    }
}

/// Seconds to get into place.
const LEAD_S: i64 = 3;

/// A small timer with its button; says when the time is over.
pub fn view(app: App, seconds: i64, start: String) -> AnyView {
    let timer = Timer::new(app, LEAD_S, seconds);
    let over = derive(move || timer.on() && timer.passed() >= seconds);
    view! {
        <div class="row">
            {button(start, "timer-start", "ghost", tap(move || timer.begin()))}
            {move || timer.on().then(|| view! { <p class="say" data-t="timer-left" translate="no">{move || timer.left()}</p> })}
        </div>
        {crate::ui::widgets::cues::tap_for_sound(app)}
        <p role="status">{move || over.get().then(|| t("timer.over"))}</p>
    }
    .into_any()
}
