//! The one state signal, the one dispatch, and the ticking clock beside them.

use crate::app::event::NavigationEvent;
use crate::app::{Effect, Event, State, update};
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
    late_loaded: RwSignal<bool>,
    late_missing: RwSignal<bool>,
    spoken: RwSignal<()>,
}

/// Milliseconds by which a tap has been answered on the screen.
const ANSWERED_MS: u32 = 20;

/// Events that wait for their turn.
#[derive(Default)]
struct Queue {
    /// One is being handled, or the first waits for the screen.
    busy: bool,
    waiting: VecDeque<Event>,
    /// The first of them waits for the screen to answer its tap.
    waiting_for_paint: bool,
    /// It has been answered.
    painted: bool,
}

impl Queue {
    /// Whether the event means the same as the one that still waits for the screen: a
    /// second tap before the first was answered.
    fn is_repeated(&self, event: &Event) -> bool {
        match (self.waiting.front(), event) {
            (Some(Event::Diary(first)), Event::Diary(second)) if self.waiting_for_paint => {
                first.repeated_by(second)
            }
            _ => false,
        }
    }
}

thread_local! {
    static QUEUE: RefCell<Queue> = RefCell::default();
}

impl App {
    /// A state that has read nothing yet.
    pub fn new() -> Self {
        let now = shell::clock::now();
        Self {
            state: RwSignal::new(State::new(now)),
            clock: RwSignal::new(now.ms),
            late_loaded: RwSignal::new(false),
            late_missing: RwSignal::new(false),
            spoken: RwSignal::new(()),
        }
    }

    /// One event in: events are calls, so two in a row both arrive; one sent while
    /// another is handled waits its turn.
    pub fn send(self, event: Event) {
        QUEUE.with_borrow_mut(|q| {
            if !q.is_repeated(&event) {
                q.waiting.push_back(event);
            }
        });
        self.drain();
    }

    /// Does at once what waits for the screen: the page may be about to be frozen.
    pub fn drain_now(self) {
        let waited = QUEUE.with_borrow_mut(|q| {
            q.painted = q.waiting_for_paint;
            q.busy &= !q.waiting_for_paint;
            std::mem::take(&mut q.waiting_for_paint)
        });
        if waited {
            self.drain();
        }
    }

    /// Whether the screen is to answer the tap first: what writes is judged anew, which
    /// takes longer than a tap may in a diary of ten years. What follows waits behind it.
    fn wait_for_paint(self) -> bool {
        let waits = QUEUE.with_borrow_mut(|q| {
            let writes = matches!(q.waiting.front(), Some(Event::Diary(_)));
            q.waiting_for_paint = writes && !std::mem::take(&mut q.painted);
            q.waiting_for_paint
        });
        if waits {
            shell::clock::after(ANSWERED_MS, move || self.drain_now());
        }
        waits
    }

    fn drain(self) {
        if QUEUE.with(|q| std::mem::replace(&mut q.borrow_mut().busy, true)) {
            return;
        }
        while !self.wait_for_paint()
            && let Some(event) = QUEUE.with(|q| q.borrow_mut().waiting.pop_front())
        {
            self.handle(event);
        }
        QUEUE.with_borrow_mut(|q| q.busy = q.waiting_for_paint);
    }

    fn handle(self, event: Event) {
        let now = shell::clock::now();
        let mut effects = Vec::new();
        let changed = self
            .state
            .try_update_untracked(|state| {
                let before = state.revision;
                effects = update(state, event, now);
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
                self.send(Event::Navigation(NavigationEvent::Arrived(screen)));
            }
        }
    }

    /// Whether the late views are here.
    pub fn late_loaded(self) -> RwSignal<bool> {
        self.late_loaded
    }

    /// They could not be fetched.
    pub fn late_missing(self) -> RwSignal<bool> {
        self.late_missing
    }

    /// Another language is spoken.
    pub fn spoken(self) -> RwSignal<()> {
        self.spoken
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
