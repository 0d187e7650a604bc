//! From screen to screen, and where a start leads.

use crate::app::book::Undo;
use crate::app::effect::{Effect, go, go_instead};
use crate::app::event::NavigationEvent;
use crate::app::notice::Notice;
use crate::app::reading;
use crate::app::screen::Screen;
use crate::app::session::active::Run;
use crate::app::session::strength_run;
use crate::app::shown::RulesNews;
use crate::app::state::State;

pub(in crate::app) fn handle(state: &mut State, event: NavigationEvent) -> Vec<Effect> {
    match event {
        NavigationEvent::Arrived(screen) => {
            let mut effects = arrived(state, screen);
            effects.extend(strength_run::fetch(state, screen));
            effects.extend(reading::fetch(state, screen));
            effects
        }
        NavigationEvent::Go(screen) => go(screen),
        NavigationEvent::Dismiss => {
            state.book.undo = None;
            state.notice = None;
            Vec::new()
        }
        NavigationEvent::DismissRules => {
            state.book.rules_news = RulesNews::None;
            Vec::new()
        }
    }
}

/// Where a start, or the end of the merge, leads: the first questions when there is no
/// plan. A running session goes first.
pub(in crate::app) fn begin(state: &State) -> Vec<Effect> {
    if state.in_session() || state.screen != Screen::Today {
        return Vec::new();
    }
    ask_first(state)
}

fn arrived(state: &mut State, screen: Screen) -> Vec<Effect> {
    if state.screen != screen {
        let tells = state.notice.as_ref().is_some_and(Notice::goes_along);
        let shown = [Screen::Today, Screen::Diary, Screen::Care].contains(&screen);
        if !(tells && shown) {
            state.notice = None;
        }
        // A session that was thrown away can be brought back from Today.
        let stays = match state.book.undo {
            Some(Undo::Session(_)) => screen == Screen::Today,
            Some(Undo::Entry(_)) | None => false,
        };
        if !stays {
            state.book.undo = None;
        }
    }
    state.screen = screen;
    let now = state.now.ms;
    let goes_on = |run: &Run| !run.asks() && !run.record.at(now).over();
    if screen == Screen::Log && state.run().is_some_and(goes_on) {
        // To save it would end the session.
        return vec![go_instead(Screen::Live)];
    }
    if screen == Screen::Today {
        ask_first(state)
    } else {
        Vec::new()
    }
}

/// Without a plan Today has nothing to say: the first questions come in its place, once
/// both stores are known to hold none.
fn ask_first(state: &State) -> Vec<Effect> {
    if state.ready && state.merged && state.plan().is_none() {
        vec![go_instead(Screen::Setup)]
    } else {
        Vec::new()
    }
}
