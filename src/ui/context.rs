//! The one state signal, the one dispatch, and the ticking clock beside them.

use crate::app::{self, Effect, Event, Now, State};
use crate::shell;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// A memo, compiled once for each type of value.
pub fn memo<T: Clone + PartialEq + Send + Sync + 'static>(
    make: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    let make: Box<dyn Fn() -> T + Send + Sync> = Box::new(make);
    Memo::new(move |_| make())
}

/// A signal derived from others, compiled once for each type of value.
pub fn derive<T: Send + Sync + 'static>(make: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    let make: Box<dyn Fn() -> T + Send + Sync> = Box::new(make);
    Signal::derive(make)
}

/// What every view may reach: state to read, events to send, the clock.
#[derive(Clone, Copy)]
pub struct App {
    state: RwSignal<State>,
    clock: RwSignal<i64>,
}

thread_local! {
    static QUEUE: RefCell<(bool, VecDeque<Event>)> = const { RefCell::new((false, VecDeque::new())) };
}

impl App {
    /// A state that has read nothing yet.
    pub fn new() -> Self {
        let now = shell::clock::now();
        Self {
            state: RwSignal::new(State::new(now)),
            clock: RwSignal::new(now.ms),
        }
    }

    /// One event in: events are calls, so two in a row both arrive; one sent while
    /// another is handled waits its turn.
    pub fn send(self, event: Event) {
        let busy = QUEUE.with(|q| {
            let mut q = q.borrow_mut();
            q.1.push_back(event);
            std::mem::replace(&mut q.0, true)
        });
        if busy {
            return;
        }
        while let Some(event) = QUEUE.with(|q| q.borrow_mut().1.pop_front()) {
            self.handle(event);
        }
        QUEUE.with(|q| q.borrow_mut().0 = false);
    }

    fn handle(self, event: Event) {
        let now: Now = shell::clock::now();
        let mut effects = Vec::new();
        let changed = self
            .state
            .try_update_untracked(|state| {
                let before = state.revision;
                effects = app::update(state, event, now);
                state.revision != before
            })
            .unwrap_or(false);
        if changed {
            self.state.notify();
        }
        self.clock.set(now.ms);
        let dispatch = self.dispatch();
        for effect in effects {
            // Replacing an address is no event of the browser: it is told here.
            let replaced = match effect {
                Effect::Navigate {
                    screen,
                    replace: true,
                } => Some(screen),
                _ => None,
            };
            shell::run(effect, &dispatch);
            if let Some(screen) = replaced {
                self.send(Event::Navigated(screen));
            }
        }
    }

    /// The dispatch as the shell takes it.
    pub fn dispatch(self) -> shell::Dispatch {
        Rc::new(move |event| self.send(event))
    }

    /// A projection of the state that a view needs: it runs on every change, and
    /// what hangs on it only when its value changed.
    pub fn memo<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        project: impl Fn(&State) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        // Boxed, so that the machinery is compiled once for each type, not for each use.
        let project: Box<dyn Fn(&State) -> T + Send + Sync> = Box::new(project);
        let state = self.state;
        memo(move || state.with(&*project))
    }

    /// A look at the state that nothing hangs on.
    pub fn peek<T>(self, look: impl FnOnce(&State) -> T) -> T {
        self.state.with_untracked(look)
    }

    /// The ticking clock, milliseconds since 1970.
    pub fn clock(self) -> i64 {
        self.clock.get()
    }
}
