//! What is wrong with an entry, in words: by entry, by field.

use crate::diary::codec::{Fault, Problem};
use crate::shell::format;
use crate::ui::text::words::{t, tf};
use leptos::prelude::*;

/// One fault as a line of a list.
pub fn item(fault: &Fault) -> AnyView {
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
pub fn words(fault: &Fault) -> String {
    [place(fault), field(fault)].join(" ").trim().to_owned()
}

/// Which entry.
fn place(fault: &Fault) -> String {
    if fault.kind.is_empty() {
        return fault.entry.clone();
    }
    [fault.entry.as_str(), " (", &fault.kind, ")"].concat()
}

/// Which field, and what is wrong with it.
fn field(fault: &Fault) -> String {
    let field = if fault.field.is_empty() {
        t("problem.whole")
    } else {
        fault.field.clone()
    };
    let problem = problem(&fault.problem);
    tf("problem.line", &[("field", &field), ("problem", &problem)])
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::OutOfRange { min, max, got } => tf(
            "problem.out_of_range",
            &[
                ("min", &format::number(*min)),
                ("max", &format::number(*max)),
                ("got", &format::number(*got)),
            ],
        ),
        Problem::UnknownKey { got } => tf("problem.unknown_key", &[("got", got)]),
        Problem::UnknownLevel { got } => tf("problem.unknown_level", &[("got", got)]),
        Problem::TooLong { max } => tf("problem.too_long", &[("max", &max.to_string())]),
        Problem::TooMany { max } => tf("problem.too_many", &[("max", &max.to_string())]),
        Problem::TooSteep { max, got } => tf(
            "problem.too_steep",
            &[
                ("max", &format::number(*max)),
                ("got", &format::number(*got)),
            ],
        ),
        Problem::NotJson { line, column } => tf(
            "problem.not_json",
            &[("line", &line.to_string()), ("column", &column.to_string())],
        ),
        Problem::Missing => t("problem.missing"),
        Problem::NotANumber => t("problem.not_a_number"),
        Problem::NotWhole => t("problem.not_whole"),
        Problem::NotADate => t("problem.not_a_date"),
        Problem::NotAnInstant => t("problem.not_an_instant"),
        Problem::NotABool => t("problem.not_a_bool"),
        Problem::NotText => t("problem.not_text"),
        Problem::NotAList => t("problem.not_a_list"),
        Problem::NotAnObject => t("problem.not_an_object"),
        Problem::BadId => t("problem.bad_id"),
        Problem::Empty => t("problem.empty"),
        Problem::TooDeep => t("problem.too_deep"),
        Problem::EndsBeforeStart => t("problem.ends_before_start"),
        Problem::Duplicate => t("problem.duplicate"),
        Problem::WalkingLevel => t("problem.walking_level"),
        Problem::OutOfOrder => t("problem.out_of_order"),
    }
}
