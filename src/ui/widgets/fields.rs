//! Form fields that several screens share, beside those of `parts`.

use crate::ui::widgets::controls::{Tap, option};
use leptos::prelude::*;

/// A signal for one field that writes itself into the draft it belongs to.
pub fn bind<D, T>(draft: RwSignal<D>, start: T, put: fn(&mut D, T)) -> RwSignal<T>
where
    D: Send + Sync + 'static,
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let value = RwSignal::new(start);
    Effect::new(move |_| {
        let now = value.get();
        draft.update(|d| put(d, now));
    });
    value
}

/// One choice of a group: its id, its words, whether it is picked, what picking does.
pub type Choice = (String, String, Signal<bool>, Tap);

/// A group of choices under one legend, with a line on why it is asked.
pub fn radios(
    group: &'static str,
    legend: String,
    hint: Option<String>,
    class: &'static str,
    choices: Vec<Choice>,
) -> AnyView {
    let choices = choices
        .into_iter()
        .map(|(id, words, picked, pick)| option(group, words, id, picked, pick))
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{legend}</legend>
            {hint.map(|h| view! { <p class="small">{h}</p> })}
            <div class=class>{choices}</div>
        </fieldset>
    }
    .into_any()
}

/// A list to choose one line from: value and words. `selected` stands on the option,
/// since a value set on the list before its options are there is lost.
pub fn select(
    label: String,
    id: &'static str,
    options: Vec<(String, String)>,
    start: &str,
    hint: Option<String>,
    on_pick: Box<dyn Fn(String)>,
) -> AnyView {
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let selected = value == start;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=id data-t=id on:change=move |e| on_pick(event_target_value(&e))>
                {options}
            </select>
            {hint.map(|h| view! { <p class="small">{h}</p> })}
        </div>
    }
    .into_any()
}

/// A field for several lines of the runner's own words.
pub fn textarea(label: String, id: &'static str, value: RwSignal<String>) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <textarea
                id=id
                data-t=id
                rows="3"
                prop:value=value
                on:input=move |e| value.set(event_target_value(&e))
            ></textarea>
        </div>
    }
    .into_any()
}

/// What is wrong, beside its field; heard at once by a screen reader.
pub fn fault(words: Signal<Option<String>>) -> AnyView {
    view! { <p role="alert" class="fault">{move || words.get()}</p> }.into_any()
}

/// A field for a number, one of many alike: its id is made where it stands.
pub fn number_field(label: String, id: String, value: RwSignal<String>) -> AnyView {
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id.clone()
                data-t=id
                type="text"
                inputmode="decimal"
                autocomplete="off"
                prop:value=value
                on:input=move |e| value.set(event_target_value(&e))
            />
        </div>
    }
    .into_any()
}
