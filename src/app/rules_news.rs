//! What the rules show is kept, and what other rules moved is told once.

use crate::app::effect::{Effect, WriteEffect};
use crate::app::shown::{RulesChanged, RulesNews, Shown};
use crate::app::state::State;

/// Guidance may have changed: what is shown now is written, once the runner has put away
/// what the rules of this release moved.
pub(in crate::app) fn follow(state: &mut State) -> Option<Effect> {
    if !state.merged || state.in_demo() || state.book.storage.read_only {
        return None;
    }
    let planned = state.plan().is_some();
    let now = Shown::of(state.guidance());
    let book = &mut state.book;
    if book.rules_news == RulesNews::Unread {
        let changed = RulesChanged::since(book.shown.as_ref(), &now).filter(|_| planned);
        book.rules_news = changed.map_or(RulesNews::None, |c| RulesNews::Changed(Box::new(c)));
        state.revision += 1;
    }
    match &mut book.rules_news {
        // As things stand when it is read.
        RulesNews::Changed(changed) => changed.now = now,
        RulesNews::None if planned && book.shown.as_ref() != Some(&now) => {
            let json = now.to_json();
            book.shown = Some(now);
            return Some(Effect::Write(WriteEffect::Shown(json)));
        }
        RulesNews::None | RulesNews::Unread => {}
    }
    None
}
