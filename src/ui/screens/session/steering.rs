//! What steers a running session: the buttons at its foot, which are held, and what
//! "That hurts" leads to.

use crate::app::event::SessionEvent;
use crate::app::taps::is_assistive;
use crate::diary::vocabulary::Profile;
use crate::session::timeline::Clock;
use crate::shell;
use crate::ui::context::{App, memo};
use crate::ui::screens::session::live::Looks;
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::controls::{button, tap};
use leptos::prelude::*;
use std::rc::Rc;

/// How long pause and end are held, milliseconds.
const HOLD_MS: u32 = 800;

/// What "That hurts" leads to: walking, when to stop, and how to take it back. With a
/// bone or a limp there is one thing to do, and no rule to read for it.
pub fn stop_rules(looks: Looks) -> AnyView {
    let bone = looks
        .app
        .peek(|s| s.guidance().profile == Some(Profile::Bone));
    let shown = looks.shown;
    let limp = memo(move || shown.with(|s| s.as_ref().is_some_and(|s| s.limp)));
    view! {
        <div class="stop-rules" role="alert" data-t="stop-rules">
            <p><b>{t("live.hurt_title")}</b></p>
            {move || if bone || limp.get() {
                let key = if bone { "live.lift_bone" } else { "live.lift_limp" };
                view! { <p data-t="get-a-lift">{t(key)}</p> }.into_any()
            } else {
                view! { <p data-t="stop-at">{stop_words(looks.app)}</p> }.into_any()
            }}
        </div>
        {move || (!looks.locked.get()).then(|| view! {
            <div class="row">
                {if bone || limp.get() {
                    button(t("live.stop_here"), "stop-here", "primary", tap(move || looks.act(SessionEvent::Finish)))
                } else {
                    button(t("live.limp"), "limp", "ghost", tap(move || looks.act(SessionEvent::Limp)))
                }}
                {button(t("live.undo_hurt"), "undo-hurt", "ghost", tap(move || looks.act(SessionEvent::UndoHurt)))}
            </div>
        })}
    }
    .into_any()
}

/// When to stop, with the runner's own number.
pub fn stop_words(app: App) -> String {
    let at = app.peek(|s| {
        let bone = s.guidance().profile == Some(Profile::Bone);
        (bone, s.running_scale().and_then(|scale| scale.stop_at()))
    });
    let pain = match at {
        (true, _) => t("precheck.stop_bone"),
        (false, Some(pain)) => tf("live.stop_at", &[("pain", &pain.to_string())]),
        (false, None) => String::new(),
    };
    [pain, t("live.stop_rules")].join(" ")
}

/// Everything that steers. Pause, end, back and skip are held.
pub fn foot(looks: Looks, hurt: Memo<bool>) -> AnyView {
    let shown = looks.shown;
    let paused = memo(move || shown.with(|s| s.as_ref().is_some_and(|s| s.clock == Clock::Paused)));
    let held = move |key: &'static str, id: &'static str, event: SessionEvent| {
        hold(t(key), id, Rc::new(move || looks.act(event.clone())))
    };
    view! {
        <div class="foot">
            {move || (!hurt.get()).then(|| button(t("live.hurts"), "hurts", "hurt", tap(move || looks.act(SessionEvent::Hurt))))}
            {move || if paused.get() {
                button(t("live.resume"), "resume", "primary", tap(move || looks.act(SessionEvent::Resume)))
            } else {
                held("live.hold_pause", "hold-pause", SessionEvent::Pause)
            }}
            <div class="row three">
                {held("live.back", "hold-back", SessionEvent::Back)}
                {button(t("live.lock"), "lock", "ghost", tap(move || looks.locked.set(true)))}
                {held("live.skip", "hold-skip", SessionEvent::Skip)}
            </div>
            {held("live.hold_end", "hold-end", SessionEvent::Finish)}
        </div>
    }
    .into_any()
}

/// Locked: nothing answers a touch, only a hold.
pub fn locked_foot(looks: Looks) -> AnyView {
    let hurt = looks
        .shown
        .with_untracked(|s| s.as_ref().is_some_and(|s| s.hurt));
    let hurts = Rc::new(move || {
        looks.locked.set(false);
        looks.act(SessionEvent::Hurt);
    });
    view! {
        <div class="foot locked" data-t="locked">
            <p class="half">{t("live.locked")}</p>
            {(!hurt).then(|| hold(t("live.hold_hurts"), "hold-hurts", hurts))}
            {hold(t("live.unlock"), "unlock", Rc::new(move || looks.locked.set(false)))}
        </div>
    }
    .into_any()
}

/// A button that acts when held: pocket touches do nothing. By keyboard, and by a
/// screen reader's own click, it acts at once: neither happens in a pocket.
fn hold(label: String, id: &'static str, act: Rc<dyn Fn()>) -> AnyView {
    let held = RwSignal::new(0_u32);
    let assistive = StoredValue::new(false);
    let begin = {
        let act = act.clone();
        move || {
            let turn = held.get_untracked() / 2 * 2 + 1;
            held.set(turn);
            let act = act.clone();
            shell::clock::after(HOLD_MS, move || {
                if held.try_get_untracked() == Some(turn) {
                    held.set(turn + 1);
                    act();
                }
            });
        }
    };
    let release = move || {
        if held.get_untracked() % 2 == 1 {
            held.update(|n| *n += 1);
        }
    };
    view! {
        <button
            type="button"
            class="btn hold"
            class:holding=move || held.get() % 2 == 1
            data-t=id
            on:pointerdown=move |e| {
                let (width, height) = (f64::from(e.width()), f64::from(e.height()));
                let pressure = f64::from(e.pressure());
                assistive.set_value(is_assistive(&e.pointer_type(), width, height, pressure));
                begin();
            }
            on:pointerup=move |_| release()
            on:pointerleave=move |_| release()
            on:pointercancel=move |_| release()
            on:contextmenu=|e| e.prevent_default()
            // A click without a pointer comes from a keyboard, one without a finger from a
            // screen reader or from voice control.
            on:click=move |e| {
                if e.detail() == 0 || assistive.get_value() {
                    act();
                }
                assistive.set_value(false);
            }
        >
            <span>{label}</span>
        </button>
    }
    .into_any()
}
