//! A logged strength session, to change it: what each set came to, pain, notes.

use crate::app::Screen;
use crate::app::forms::entry_edit;
use crate::app::forms::entry_edit::load_field;
use crate::app::forms::number_field::NumberField;
use crate::diary::entry::{Body, Strength, StrengthSet};
use crate::diary::vocabulary::Side;
use crate::ui::context::App;
use crate::ui::screens::strength::exercises::with;
use crate::ui::text::exercise_words::ExerciseWords;
use crate::ui::widgets::controls::{button, pain_scale, tap};
use crate::ui::widgets::entry_form::{Form, typed};
use crate::ui::widgets::fields::{number_of_many, textarea};
use leptos::prelude::*;

/// The form for the strength entry that the screen names.
pub fn view(app: App) -> AnyView {
    with(app, "kind.strength", |app, words| {
        let entry = app.peek(|s| match s.screen {
            Screen::Edit(id) => s.diary().get(id).cloned(),
            _ => None,
        });
        let Some(entry) = entry else {
            return ().into_any();
        };
        let Body::Strength(old) = &entry.body else {
            return ().into_any();
        };
        let form = Form::new(app, Some(&entry), Screen::Diary);
        form_of(words, form, old, &entry.notes, app.peek(|s| s.prefs.pounds))
    })
}

/// The field for what a set came to.
fn amount_field(set: &StrengthSet) -> NumberField {
    if set.seconds.is_some() {
        NumberField::HoldSeconds
    } else {
        NumberField::Repetitions
    }
}

fn form_of(
    words: &ExerciseWords,
    form: Form,
    old: &Strength,
    notes: &str,
    pounds: bool,
) -> AnyView {
    let pain = RwSignal::new(Some(old.pain.get()));
    let notes = RwSignal::new(notes.to_owned());
    let load = load_field(pounds);
    // One pair of fields for each set, in the entry's order: amount, then weight.
    let typed_in: Vec<(RwSignal<String>, RwSignal<String>)> = old
        .items
        .iter()
        .flat_map(|item| &item.sets)
        .map(|set| {
            let amount = set.reps.map(f64::from).or(set.seconds);
            (typed(amount_field(set), amount), typed(load, set.load_kg))
        })
        .collect();
    let mut fields = typed_in.iter();
    let items = old
        .items
        .iter()
        .map(|item| {
            let name = words.of(&item.exercise, "name");
            let rows = (1..=item.sets.len())
                .zip(&item.sets)
                .zip(fields.by_ref())
                .map(|((n, set), (amount, weight))| {
                    let what = if set.seconds.is_some() {
                        "strength.edit_hold"
                    } else {
                        "strength.edit_reps"
                    };
                    let side = match set.side {
                        Side::Left => words.t("strength.left_short"),
                        Side::Right => words.t("strength.right_short"),
                        _ => String::new(),
                    };
                    let label = words.tf(what, &[("n", &n.to_string()), ("side", &side)]);
                    let unit = if pounds { "strength.edit_load_lb" } else { "strength.edit_load" };
                    let unit = words.tf(unit, &[("n", &n.to_string())]);
                    let id = [item.exercise.as_str(), "-", &n.to_string()].concat();
                    let load_id = [id.as_str(), "-kg"].concat();
                    view! {
                        <div class="pair">
                            {number_of_many(label, amount_field(set), id, *amount, None)}
                            {set.load_kg.is_some().then(|| number_of_many(unit, load, load_id, *weight, None))}
                        </div>
                    }
                })
                .collect_view();
            view! { <fieldset class="field"><legend>{name}</legend>{rows}</fieldset> }
        })
        .collect_view();
    let was = old.clone();
    let save = move || {
        let sets: Vec<(String, String)> = typed_in
            .iter()
            .map(|(amount, load)| (amount.get_untracked(), load.get_untracked()))
            .collect();
        let made = entry_edit::strength(&was, &sets, pounds, pain.get_untracked());
        form.keep(made, None, Some(notes.get_untracked()));
    };
    view! {
        <p class="small">{words.t("strength.edit_about")}</p>
        {items}
        {pain_scale("strength-pain", words.t("strength.log_pain"), pain)}
        {textarea(words.t("strength.log_notes"), "strength-notes", notes)}
        {form.fault()}
        <div class="acts">{button(words.t("strength.log_save"), "strength-save", "primary", tap(save))}</div>
    }
    .into_any()
}
