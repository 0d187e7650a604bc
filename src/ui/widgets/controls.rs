//! What screens share. The functions take boxed handlers and give erased views,
//! so that each is compiled once.

use crate::app::Screen;
use crate::diary::codec::MAX_TEXT;
use crate::ui::context::derive;
use crate::ui::text::words::{t, tf};
use crate::ui::widgets::fields::too_long;
use leptos::prelude::*;

/// What happens on a tap.
pub type Tap = Box<dyn Fn()>;

/// Boxes a handler.
pub fn tap(handler: impl Fn() + 'static) -> Tap {
    Box::new(handler)
}

/// A button; `class` is one of `primary`, `ghost`, `quiet`.
pub fn button(label: String, id: &str, class: &'static str, on_tap: Tap) -> AnyView {
    // A finger that held another button until this one took its place has not tapped this one.
    let pressed = StoredValue::new(false);
    view! {
        <button type="button" class=["btn ", class].concat() data-t=id.to_owned()
            on:pointerdown=move |_| pressed.set_value(true)
            on:click=move |e| {
                let own = e.detail() == 0 || pressed.get_value();
                pressed.set_value(false);
                if own { on_tap() }
            }>
            {label}
        </button>
    }
    .into_any()
}

/// A link to a screen that looks like a button.
pub fn link(label: String, id: &str, class: &'static str, to: Screen) -> AnyView {
    view! {
        <a class=["btn ", class].concat() data-t=id.to_owned() href=to.to_hash()>
            {label}
        </a>
    }
    .into_any()
}

/// One choice of a radio group: the input is the target, the words lie over it.
pub fn option(
    group: &'static str,
    label: String,
    id: String,
    checked: Signal<bool>,
    on_pick: Tap,
) -> AnyView {
    view! {
        <label class="opt">
            <input type="radio" name=group data-t=id prop:checked=checked on:change=move |_| on_pick() />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// A box to tick.
pub fn tick(
    label: String,
    id: String,
    checked: Signal<bool>,
    on_change: Box<dyn Fn(bool)>,
) -> AnyView {
    view! {
        <label class="tick">
            <input
                type="checkbox"
                data-t=id
                prop:checked=checked
                on:change=move |e| on_change(event_target_checked(&e))
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// A 0 to 10 scale as a group of radio buttons of at least 48 px.
pub fn scale(
    group: &'static str,
    legend: String,
    ends: (String, String),
    value: RwSignal<Option<u8>>,
) -> AnyView {
    let options = (0..=10u8)
        .map(|n| {
            let picked = derive(move || value.get() == Some(n));
            option(
                group,
                n.to_string(),
                [group, "-", &n.to_string()].concat(),
                picked,
                tap(move || value.set(Some(n))),
            )
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{legend}</legend>
            <div class="scale">{options}</div>
            <div class="ends" aria-hidden="true">
                <span>{ends.0}</span>
                <span>{ends.1}</span>
            </div>
        </fieldset>
    }
    .into_any()
}

/// The pain scale, 0 none to 10 worst.
pub fn pain_scale(group: &'static str, legend: String, value: RwSignal<Option<u8>>) -> AnyView {
    scale(group, legend, (t("scale.none"), t("scale.worst")), value)
}

/// A field for words, a day or a time, with its label. Numbers have a field of their own.
pub fn field(
    label: String,
    id: &'static str,
    kind: &'static str,
    value: RwSignal<String>,
    hint: Option<String>,
) -> AnyView {
    field_of_at_most(label, id, kind, value, hint, MAX_TEXT)
}

/// The same for words of at most so many letters.
pub fn field_of_at_most(
    label: String,
    id: &'static str,
    kind: &'static str,
    value: RwSignal<String>,
    hint: Option<String>,
    most: usize,
) -> AnyView {
    let hint_id = ["hint-", id].concat();
    let described = hint.is_some().then(|| hint_id.clone());
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                data-t=id
                type=kind
                autocomplete="off"
                aria-describedby=described
                prop:value=value
                on:input=move |e| value.set(event_target_value(&e))
            />
            {(kind == "text").then(|| too_long(value, most))}
            {hint.map(|h| view! { <p class="small" id=hint_id>{h}</p> })}
        </div>
    }
    .into_any()
}

/// Words to read, several lines of them.
pub fn paragraphs(keys: &[&str]) -> AnyView {
    keys.iter()
        .map(|key| view! { <p>{t(key)}</p> })
        .collect_view()
        .into_any()
}

/// A card with a heading of the second level.
pub fn card(heading: String, body: AnyView) -> AnyView {
    view! {
        <section class="card">
            <h2>{heading}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// The head of a screen: contour lines, one line above, the heading that takes the focus.
pub fn head(eyebrow: AnyView, heading: AnyView) -> AnyView {
    view! {
        <header class="head">
            <div class="contour" aria-hidden="true"></div>
            <p class="eyebrow">{eyebrow}</p>
            {heading}
        </header>
    }
    .into_any()
}

/// A heading of the first level that can take the focus.
pub fn title(text: String) -> AnyView {
    view! { <h1 id="title" tabindex="-1">{text}</h1> }.into_any()
}

/// The heading of a screen that has no number of its own.
pub fn plain_head(eyebrow: &str, heading: &str) -> AnyView {
    head(t(eyebrow).into_any(), title(t(heading)))
}

/// A number of minutes in words: "1 min", "12.5 min".
pub fn minutes(min: f64) -> String {
    tf("unit.min", &[("n", &crate::shell::format::number(min))])
}

/// Seconds as a clock shows them: "1:24".
pub fn clock(seconds: i64) -> String {
    let (m, s) = (seconds / 60, seconds % 60);
    let pad = if s < 10 { "0" } else { "" };
    [m.to_string().as_str(), ":", pad, s.to_string().as_str()].concat()
}
