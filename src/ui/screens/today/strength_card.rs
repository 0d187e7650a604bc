//! Today's line on strength.

use crate::app::Screen;
use crate::rules::guidance::Advice;
use crate::strength::schedule::When;
use crate::ui::context::App;
use crate::ui::text::words::t;
use crate::ui::widgets::controls;
use crate::ui::widgets::controls::link;
use leptos::prelude::*;

/// Today's line on strength, with the way there.
pub fn card(app: App) -> AnyView {
    let seen = app.memo(|s| {
        if s.book.session.strength().is_some() {
            return Some("today.strength_running");
        }
        s.plan()?;
        match s.strength_due().when {
            When::Today => Some("today.strength_now"),
            When::After(Advice::Walk) => Some("today.strength_after_walk"),
            When::After(Advice::SelfTest) => Some("today.strength_after_test"),
            When::After(_) => Some("today.strength_after_run"),
            _ => None,
        }
    });
    view! {
        {move || seen.get().map(|key| controls::card(
            t("today.strength_title"),
            view! {
                <p data-t="strength-today">{t(key)}</p>
                {if key == "today.strength_running" {
                    link(t("today.strength_go_on"), "strength-go-on", "ghost", Screen::StrengthSession)
                } else {
                    link(t("today.strength_open"), "open-strength", "ghost", Screen::Strength)
                }}
            }.into_any(),
        ))}
    }
    .into_any()
}
