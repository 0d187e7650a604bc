//! Numbers over time, each as a picture with one sentence, values to read and a table.

mod adherence;
mod findings;
mod left_and_right;
mod level_steps;
mod mind;
mod pain_and_load;
mod room;
mod summary;
mod time_plot;
mod weekly_load;

use crate::insights::overview;
use crate::insights::span::Span;
use crate::shell;
use crate::ui::context::{App, derive};
use crate::ui::text::words::{t, tk};
use crate::ui::widgets::controls::{head, tap, title};
use crate::ui::widgets::fields::{Choice, radios};
use leptos::prelude::*;
use std::rc::Rc;
use summary::Summary;

/// How many pictures there are, and what was found beside them.
const PLOTS: usize = 7;

/// The screen.
pub fn view(app: App) -> AnyView {
    let span = RwSignal::new(Span::FourWeeks);
    let changes = app.memo(|s| overview::stamp(s.diary(), s.now.day()));
    // Summed up once for all six.
    let once = StoredValue::new_local(None);
    let seen = move || -> Rc<Summary> {
        let key = (changes.get(), span.get());
        if let Some((_, seen)) = once.get_value().filter(|(of, _)| *of == key) {
            return seen;
        }
        let seen = Rc::new(app.peek(|s| Summary::of(s, key.1)));
        once.set_value(Some((key, seen.clone())));
        seen
    };
    // One picture a turn: none of them keeps a tap waiting.
    let plots: [fn(App, &Summary) -> AnyView; PLOTS] = [
        pain_and_load::view,
        weekly_load::view,
        level_steps::view,
        left_and_right::view,
        mind::view,
        adherence::view,
        findings::view,
    ];
    let there = RwSignal::new(1_usize);
    let plots = (0..)
        .zip(plots)
        .map(|(n, one)| {
            let ready = crate::ui::context::memo(move || there.get() > n);
            move || {
                let seen = ready.get().then(seen)?;
                match (seen.is_empty(), n) {
                    (false, _) => Some(one(app, &seen)),
                    (true, 0) => Some(
                        view! {
                            <p class="empty" data-t="progress-empty">{t("progress.empty")}</p>
                        }
                        .into_any(),
                    ),
                    _ => None,
                }
            }
        })
        .collect_view();
    draw_next(there);
    view! {
        {head(t("progress.over").into_any(), title(t("screen.progress")))}
        {spans(span, there)}
        {plots}
    }
    .into_any()
}

/// The next picture, when the one before has been drawn; none once the screen has gone.
fn draw_next(there: RwSignal<usize>) {
    shell::clock::after(0, move || {
        if let Some(n) = there.try_get_untracked().filter(|n| *n < PLOTS) {
            there.set(n + 1);
            draw_next(there);
        }
    });
}

/// Milliseconds by which a tap has been answered on the screen.
const ANSWERED_MS: u32 = 20;

fn spans(span: RwSignal<Span>, there: RwSignal<usize>) -> AnyView {
    let pick = move |one| {
        shell::clock::after(ANSWERED_MS, move || {
            if there.try_set(1).is_none() {
                span.set(one);
                draw_next(there);
            }
        });
    };

    let choices = Span::ALL
        .iter()
        .map(|&one| -> Choice {
            let picked = derive(move || span.get() == one);
            let id = ["span-", one.key()].concat();
            (id, tk("span.", one.key()), picked, tap(move || pick(one)))
        })
        .collect();
    radios("span", t("progress.span"), None, "choices spans", choices)
}
