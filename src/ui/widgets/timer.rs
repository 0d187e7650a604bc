//! Seconds that go by on the wall clock, for what is done with the phone beside one.

use crate::shell;
use crate::ui::context::derive;
use crate::ui::text::words::t;
use crate::ui::widgets::controls::{button, clock, tap};
use leptos::prelude::*;

/// A count of seconds: when it began, and how many have passed.
#[derive(Clone, Copy)]
pub struct Timer {
    started: RwSignal<Option<i64>>,
    passed: RwSignal<i64>,
    alive: StoredValue<bool>,
    seconds: i64,
}

impl Timer {
    /// One that counts so many seconds, while its view is there.
    pub fn new(seconds: i64) -> Self {
        let alive = StoredValue::new(true);
        on_cleanup(move || alive.set_value(false));
        Self {
            started: RwSignal::new(None),
            passed: RwSignal::new(0),
            alive,
            seconds,
        }
    }

    /// Begins, or begins anew.
    pub fn begin(self) {
        self.started.set(Some(shell::clock::now().ms));
        self.passed.set(0);
        self.watch();
    }

    /// Puts it away.
    pub fn stop(self) {
        self.started.set(None);
    }

    /// Whether it was begun and not put away.
    pub fn on(self) -> bool {
        self.started.get().is_some()
    }

    /// Seconds that have passed.
    pub fn passed(self) -> i64 {
        self.passed.get()
    }

    /// Seconds left, as a clock shows them.
    pub fn left(self) -> String {
        clock((self.seconds - self.passed.get()).max(0))
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
            let passed = (shell::clock::now().ms - start) / 1000;
            self.passed.set(passed.max(0));
            if passed < self.seconds {
                self.watch();
            }
        });
    }
}

/// A small timer with its button; says when the time is over.
pub fn view(seconds: i64, start: String) -> AnyView {
    let timer = Timer::new(seconds);
    let over = derive(move || timer.on() && timer.passed() >= seconds);
    view! {
        <div class="row">
            {button(start, "timer-start", "ghost", tap(move || timer.begin()))}
            {move || timer.on().then(|| view! { <p class="say" data-t="timer-left">{move || timer.left()}</p> })}
        </div>
        <p role="status">{move || over.get().then(|| t("timer.over"))}</p>
    }
    .into_any()
}
