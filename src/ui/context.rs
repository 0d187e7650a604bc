//! The one state signal, the one dispatch, and the ticking clock beside them.

use crate::app::near;
use crate::app::near::Outcome;
use crate::app::{Effect, Event, Now, State};
use crate::shell;
use crate::ui::router;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::mem::discriminant;
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
    rest: RwSignal<bool>,
    missing: RwSignal<bool>,
    spoken: RwSignal<()>,
}

/// Milliseconds by which a tap has been answered on the screen.
const ANSWERED_MS: u32 = 20;

/// Events that wait for their turn.
#[derive(Default)]
struct Queue {
    busy: bool,
    waiting: VecDeque<Event>,
    /// The first of them waits for the screen to answer its tap.
    resting: bool,
    /// It has been answered.
    rested: bool,
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
            rest: RwSignal::new(false),
            missing: RwSignal::new(false),
            spoken: RwSignal::new(()),
        }
    }

    /// One event in: events are calls, so two in a row both arrive; one sent while
    /// another is handled waits its turn.
    pub fn send(self, event: Event) {
        QUEUE.with_borrow_mut(|q| {
            // A second tap before the first was answered means the same; two deletions
            // are of two entries.
            let kind = discriminant(&event);
            let twice = q.resting
                && !matches!(event, Event::Delete(_))
                && q.waiting
                    .front()
                    .is_some_and(|first| discriminant(first) == kind);
            if !twice {
                q.waiting.push_back(event);
            }
        });
        self.go_on();
    }

    /// Does at once what waits for the screen: the page may be about to be frozen.
    pub fn flush(self) {
        let resting = QUEUE.with_borrow_mut(|q| {
            q.rested = q.resting;
            q.busy &= !q.resting;
            std::mem::take(&mut q.resting)
        });
        if resting {
            self.go_on();
        }
    }

    /// Whether the screen is to answer the tap first; what follows waits behind it.
    fn rests(self) -> bool {
        let rests = QUEUE.with_borrow_mut(|q| {
            let keeps = q.waiting.front().is_some_and(Event::keeps);
            q.resting = keeps && !std::mem::take(&mut q.rested);
            q.resting
        });
        if rests {
            shell::clock::after(ANSWERED_MS, move || self.flush());
        }
        rests
    }

    fn go_on(self) {
        if QUEUE.with(|q| std::mem::replace(&mut q.borrow_mut().busy, true)) {
            return;
        }
        while !self.rests()
            && let Some(event) = QUEUE.with(|q| q.borrow_mut().waiting.pop_front())
        {
            if let Some(event) = self.handle(event) {
                QUEUE.with(|q| q.borrow_mut().waiting.push_front(event));
                // Still busy: the queue goes on when the rest is there.
                self.fetch_far();
                return;
            }
        }
        QUEUE.with_borrow_mut(|q| q.busy = q.resting);
    }

    fn fetch_far(self) {
        leptos::task::spawn_local(async move {
            // Without it (the first visit was cut off) the next event tries again.
            let there = router::fetch(self).await.is_ok();
            QUEUE.with(|q| q.borrow_mut().busy = false);
            if there {
                self.go_on();
            }
        });
    }

    /// Gives the event back when the rest, which handles it, is not there.
    fn handle(self, event: Event) -> Option<Event> {
        let now: Now = shell::clock::now();
        let mut effects = Vec::new();
        let mut left = None;
        let changed = self
            .state
            .try_update_untracked(|state| {
                let before = state.revision;
                match near::update(state, event, now) {
                    Outcome::Done(done) => effects = done,
                    Outcome::Far(event) if self.has_rest() => {
                        effects = router::far(state, event, now);
                    }
                    Outcome::Far(event) => left = Some(event),
                }
                state.revision != before
            })
            .unwrap_or(false);
        if left.is_some() {
            return left;
        }
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
            if let Some(effect) = shell::run(effect, &dispatch) {
                router::run(effect, &dispatch);
            }
            if let Some(screen) = replaced {
                self.send(Event::Navigated(screen));
            }
        }
        None
    }

    /// Whether the rest of the screens was fetched, `ui::pages`.
    pub fn has_rest(self) -> bool {
        self.rest.get_untracked()
    }

    /// The same, to be told of.
    pub fn rest(self) -> RwSignal<bool> {
        self.rest
    }

    /// The rest could not be fetched.
    pub fn missing(self) -> RwSignal<bool> {
        self.missing
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
