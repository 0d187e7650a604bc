//! What is wrong with an entry, in words: by entry, by field.

use crate::diary::codec::{FieldError, FieldErrorKind};
use crate::shell::format;
use crate::ui::text::words::{t, tf};
use leptos::prelude::*;

/// One fault as a line of a list.
pub fn item(fault: &FieldError) -> AnyView {
    let place = place(fault);
    let words = field(fault);
    view! {
        <li class="small">
            {(!place.is_empty()).then(|| view! { <code>{place}</code> })}
            " "
            {words}
        </li>
    }
    .into_any()
}

/// The same as plain words.
pub fn words(fault: &FieldError) -> String {
    [place(fault), field(fault)].join(" ").trim().to_owned()
}

/// Which entry.
fn place(fault: &FieldError) -> String {
    if fault.kind.is_empty() {
        return fault.entry.clone();
    }
    [fault.entry.as_str(), " (", &fault.kind, ")"].concat()
}

/// Which field, and what is wrong with it.
pub fn field(fault: &FieldError) -> String {
    let field = if fault.field.is_empty() {
        t("problem.whole")
    } else {
        fault.field.clone()
    };
    let problem = problem(&fault.problem);
    tf("problem.line", &[("field", &field), ("problem", &problem)])
}

fn problem(problem: &FieldErrorKind) -> String {
    match problem {
        FieldErrorKind::OutOfRange { min, max, got } => tf(
            "problem.out_of_range",
            &[
                ("min", &format::number(*min)),
                ("max", &format::number(*max)),
                ("got", &format::number(*got)),
            ],
        ),
        FieldErrorKind::UnknownKey { got } => tf("problem.unknown_key", &[("got", got)]),
        FieldErrorKind::UnknownLevel { got } => tf("problem.unknown_level", &[("got", got)]),
        FieldErrorKind::TooLong { max } => tf("problem.too_long", &[("max", &max.to_string())]),
        FieldErrorKind::TooMany { max } => tf("problem.too_many", &[("max", &max.to_string())]),
        FieldErrorKind::TooSteep { max, got } => tf(
            "problem.too_steep",
            &[
                ("max", &format::number(*max)),
                ("got", &format::number(*got)),
            ],
        ),
        FieldErrorKind::NotJson { line, column } => tf(
            "problem.not_json",
            &[("line", &line.to_string()), ("column", &column.to_string())],
        ),
        FieldErrorKind::Missing => t("problem.missing"),
        FieldErrorKind::NotANumber => t("problem.not_a_number"),
        FieldErrorKind::NotWhole => t("problem.not_whole"),
        FieldErrorKind::NotADate => t("problem.not_a_date"),
        FieldErrorKind::NotAnInstant => t("problem.not_an_instant"),
        FieldErrorKind::NotABool => t("problem.not_a_bool"),
        FieldErrorKind::NotText => t("problem.not_text"),
        FieldErrorKind::NotAList => t("problem.not_a_list"),
        FieldErrorKind::NotAnObject => t("problem.not_an_object"),
        FieldErrorKind::BadId => t("problem.bad_id"),
        FieldErrorKind::Empty => t("problem.empty"),
        FieldErrorKind::TooDeep => t("problem.too_deep"),
        FieldErrorKind::EndsBeforeStart => t("problem.ends_before_start"),
        FieldErrorKind::Duplicate => t("problem.duplicate"),
        FieldErrorKind::WalkingLevel => t("problem.walking_level"),
        FieldErrorKind::OutOfOrder => t("problem.out_of_order"),
    }
}
