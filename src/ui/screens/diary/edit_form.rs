//! Which form changes an entry around the run.

use crate::diary::entry::{Body, Entry};
use crate::ui::context::App;
use crate::ui::screens::care::{appointment, benchmark, mind, recovery};
use crate::ui::screens::log::absence;
use crate::ui::screens::strength;
use leptos::prelude::*;

/// The form that changes an entry, for the kinds that have one; its heading's key.
pub(super) fn edit_form(app: App, entry: &Entry) -> Option<(&'static str, AnyView)> {
    Some(match &entry.body {
        Body::Appointment(_) => ("appointment.title", appointment::form(app, Some(entry))),
        Body::Benchmark(_) => ("bench.title", benchmark::form(app, Some(entry))),
        Body::Activity(_) => ("recovery.did", recovery::activity(app, Some(entry))),
        Body::CheckIn(_) => ("checkin.title", recovery::check_in(app, Some(entry))),
        Body::Mind(_) => ("mind.week", mind::week(app, Some(entry))),
        Body::Goal(_) => ("mind.goal", mind::goal(app, Some(entry))),
        Body::Strength(_) => ("kind.strength", strength::edit::view(app)),
        Body::Absence(_) => ("away.title", absence::form(app, Some(entry))),
        _ => return None,
    })
}
