//! Drawing in pieces: what a tap leads to is answered by its frame at once, and the rest
//! follows piece by piece, so that another tap in between is answered as quickly.

use crate::shell;
use crate::ui::context::memo;
use leptos::prelude::*;

/// One piece, drawn when its turn comes.
pub type Piece = Box<dyn Fn() -> AnyView + Send + Sync>;

/// A piece of a screen.
pub fn piece(draw: impl Fn() -> AnyView + Send + Sync + 'static) -> Piece {
    Box::new(draw)
}

/// Draws one piece after another, the first when what stands already has been painted.
/// Each should take a slow phone fifty milliseconds at most.
pub fn in_pieces(pieces: Vec<Piece>) -> AnyView {
    let drawn = RwSignal::new(0_usize);
    let all = pieces.len();
    shell::page::after_paint(move || next(drawn, all));
    let drawn_pieces = pieces
        .into_iter()
        .enumerate()
        .map(|(n, draw)| {
            let turn = memo(move || drawn.get() > n);
            view! { {move || turn.get().then(&*draw)} }.into_any()
        })
        .collect_view();
    // Says to who looks from outside that more is to come.
    let more = memo(move || drawn.get() < all);
    view! {
        {move || more.get().then(|| view! { <span hidden data-pieces="to-come"></span> })}
        {drawn_pieces}
    }
    .into_any()
}

/// Draws the next one, and has the one after it drawn in a task of its own. Ends with the
/// screen.
fn next(drawn: RwSignal<usize>, all: usize) {
    let there = drawn.try_update(|n| {
        *n += 1;
        *n
    });
    if there.is_some_and(|n| n < all) {
        shell::page::after_paint(move || next(drawn, all));
    }
}
