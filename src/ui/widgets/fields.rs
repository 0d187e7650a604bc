//! Form fields that several screens share, beside those of `controls`.

use crate::app::forms::number_field::NumberField;
use crate::diary::codec::MAX_TEXT;
use crate::formats::number;
use crate::formats::number::WrongNumber;
use crate::shell::format;
use crate::ui::context::derive;
use crate::ui::text::words::tf;
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
            {too_long(value, MAX_TEXT)}
        </div>
    }
    .into_any()
}

/// What is wrong, beside its field; heard at once by a screen reader.
pub fn fault(words: Signal<Option<String>>) -> AnyView {
    view! { <p role="alert" class="fault">{move || words.get()}</p> }.into_any()
}

/// The one field for a number: it shows and reads it by the language in use, its draft
/// holds it plainly, and what it does not take is said beside it at once.
pub fn number(
    label: String,
    of: NumberField,
    draft: RwSignal<String>,
    hint: Option<String>,
) -> AnyView {
    number_of_many(label, of, of.id().to_owned(), draft, hint)
}

/// The same, one of many alike: its id is made where it stands.
pub fn number_of_many(
    label: String,
    of: NumberField,
    id: String,
    draft: RwSignal<String>,
    hint: Option<String>,
) -> AnyView {
    let limits = of.limits();
    let start = draft.get_untracked();
    let shown = RwSignal::new(number::shown(format::number_form(), &start));
    let wrong = RwSignal::new(wrong_at_start(of, &start));
    let entered = StoredValue::new(start);
    let enter = move |typed: String| {
        let (held, found) = limits.enter(format::number_form(), &typed);
        entered.set_value(held.clone());
        wrong.set(found);
        shown.set(typed);
        draft.set(held);
    };
    // Filled from elsewhere, such as the level that was picked.
    Effect::new(move |_| {
        let held = draft.get();
        if entered.with_value(|entered| *entered != held) {
            shown.set(number::shown(format::number_form(), &held));
            wrong.set(wrong_at_start(of, &held));
            entered.set_value(held);
        }
    });
    let wrong_id = ["wrong-", &id].concat();
    let hint_id = ["hint-", &id].concat();
    let described = match &hint {
        Some(_) => [wrong_id.as_str(), " ", &hint_id].concat(),
        None => wrong_id.clone(),
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id.clone()
                data-t=id
                type="text"
                inputmode="decimal"
                autocomplete="off"
                aria-describedby=described
                aria-invalid=move || wrong.get().is_some().then_some("true")
                prop:value=shown
                on:input=move |e| enter(event_target_value(&e))
            />
            <p role="alert" class="fault" id=wrong_id>
                {move || wrong.get().map(|wrong| wrong_number(wrong, of))}
            </p>
            {hint.map(|h| view! { <p class="small" id=hint_id>{h}</p> })}
        </div>
    }
    .into_any()
}

fn wrong_at_start(of: NumberField, draft: &str) -> Option<WrongNumber> {
    of.read(draft).err()
}

/// What is wrong with what stands in a number field, in words.
fn wrong_number(wrong: WrongNumber, of: NumberField) -> String {
    let limits = of.limits();
    match wrong {
        WrongNumber::Ambiguous { smaller, greater } => {
            let form = format::number_form();
            let (smaller, greater) = (form.write(smaller), form.write(greater));
            tf(
                "number.ambiguous",
                &[("smaller", &smaller), ("greater", &greater)],
            )
        }
        WrongNumber::NotANumber | WrongNumber::OutOfRange | WrongNumber::NotWhole => {
            let (min, max) = (format::number(limits.least), format::number(limits.most));
            let key = if limits.whole {
                "number.whole"
            } else {
                "number.range"
            };
            tf(key, &[("min", &min), ("max", &max)])
        }
    }
}

/// Says beside a field for words that they are longer than it takes. Nothing that was
/// typed or pasted is cut off: the runner shortens it.
pub fn too_long(words: RwSignal<String>, most: usize) -> AnyView {
    let over = crate::ui::context::memo(move || {
        // Bytes are never fewer than letters: most texts are not counted.
        words.with(|words| match words.len() {
            bytes if bytes <= most => None,
            _ => Some(words.chars().count()).filter(|letters| *letters > most),
        })
    });
    let said = derive(move || {
        over.get().map(|letters| {
            let [most, letters] = [most, letters].map(|n| n.to_string());
            tf("number.too_long", &[("max", &most), ("n", &letters)])
        })
    });
    fault(said)
}
