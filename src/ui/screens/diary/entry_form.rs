//! What the forms around the run share: keeping, faults, lists, and the lines of the
//! diary that speak of them.

use crate::app::event::DiaryEvent;
use crate::app::forms::entry_edit::{EntryEdit, NoteFault};
use crate::app::forms::number_field::NumberField;
use crate::app::{Event, Screen, State};
use crate::diary::entry::{Benchmark, Body, Entry};
use crate::shell::{self, format};
use crate::ui::context::{App, derive};
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{minutes, tap};
use crate::ui::widgets::fields::{Choice, fault};
use chrono::NaiveDate;
use leptos::prelude::*;
use uuid::Uuid;

/// One form: what it changes, where it leads, what is wrong with it.
#[derive(Clone, Copy)]
pub struct Form {
    app: App,
    original: Option<Uuid>,
    then: Screen,
    wrong: RwSignal<Option<NoteFault>>,
}

impl Form {
    /// A form for a new entry, or for one that is there.
    pub fn new(app: App, original: Option<&Entry>, then: Screen) -> Self {
        let original = original.map(|e| e.id);
        let then = if original.is_some() {
            Screen::Diary
        } else {
            then
        };
        Self {
            app,
            original,
            then,
            wrong: RwSignal::new(None),
        }
    }

    /// Keeps what was made of the answers, or says what is wrong; whether it was kept.
    pub fn keep(
        self,
        made: Result<Body, NoteFault>,
        day: Option<NaiveDate>,
        notes: Option<String>,
    ) -> bool {
        match made {
            Ok(body) => {
                self.wrong.set(None);
                self.app
                    .send(Event::Diary(DiaryEvent::Edit(Box::new(EntryEdit {
                        original: self.original,
                        day,
                        body,
                        notes,
                        then: self.then,
                    }))));
                true
            }
            Err(wrong) => {
                self.wrong.set(Some(wrong));
                shell::route::focus(".fault:not(:empty)");
                false
            }
        }
    }

    /// What is wrong, in words.
    pub fn fault(self) -> AnyView {
        let wrong = self.wrong;
        fault(derive(move || {
            wrong.get().map(|w| tk("note.fault_", w.key()))
        }))
    }
}

/// A field's start: what an entry holds, or nothing.
pub fn text(start: String) -> RwSignal<String> {
    RwSignal::new(start)
}

/// What a number field's draft begins with.
pub fn typed(of: NumberField, value: Option<f64>) -> RwSignal<String> {
    text(of.draft(value))
}

/// The entries of a kind, the newest first.
pub fn of_kind(app: App, kind: &'static str) -> Memo<Vec<Entry>> {
    app.memo(move |s| {
        let all = s.diary().visible_where(&|e| e.body.kind() == kind);
        all.into_iter().rev().cloned().collect()
    })
}

/// What is drawn anew when its key changes. Compiled once for all that hang on it: a
/// memo of its own for each kind of value is some kilobytes of wasm.
pub fn keyed(app: App, key: fn(&State) -> String, draw: fn(App) -> AnyView) -> AnyView {
    let key = app.memo(key);
    view! { {move || { key.get(); draw(app) }} }.into_any()
}

/// Changes an entry that is there, from a list on the screen `then`.
pub fn change(app: App, entry: &Entry, body: Body, then: Screen) {
    app.send(Event::Diary(DiaryEvent::Edit(Box::new(EntryEdit {
        original: Some(entry.id),
        ..EntryEdit::new(body, then)
    }))));
}

/// Yes and no, or neither.
pub fn yes_no(id: &str, value: RwSignal<Option<bool>>) -> Vec<Choice> {
    [(true, "-yes", "app.yes"), (false, "-no", "app.no")]
        .into_iter()
        .map(|(answer, end, key)| {
            let picked = derive(move || value.get() == Some(answer));
            let pick = tap(move || value.set(Some(answer)));
            ([id, end].concat(), t(key), picked, pick)
        })
        .collect()
}

/// The form that changes an entry, for the kinds that have one; its heading's key.
pub fn edit(app: App, entry: &Entry) -> Option<(&'static str, AnyView)> {
    Some(match &entry.body {
        Body::Appointment(_) => (
            "appointment.title",
            crate::ui::screens::care::appointment::form(app, Some(entry)),
        ),
        Body::Benchmark(_) => (
            "bench.title",
            crate::ui::screens::care::benchmark::form(app, Some(entry)),
        ),
        Body::Activity(_) => (
            "recovery.did",
            crate::ui::screens::care::recovery::activity(app, Some(entry)),
        ),
        Body::CheckIn(_) => (
            "checkin.title",
            crate::ui::screens::care::recovery::check_in(app, Some(entry)),
        ),
        Body::Mind(_) => (
            "mind.week",
            crate::ui::screens::care::mind::week(app, Some(entry)),
        ),
        Body::Goal(_) => (
            "mind.goal",
            crate::ui::screens::care::mind::goal(app, Some(entry)),
        ),
        Body::Strength(_) => (
            "kind.strength",
            crate::ui::screens::strength::edit::view(app),
        ),
        Body::Absence(_) => (
            "away.title",
            crate::ui::screens::log::absence::form(app, Some(entry)),
        ),
        _ => return None,
    })
}

/// What a benchmark's entry says: its values against its target.
pub fn measured(b: &Benchmark) -> String {
    let unit = if b.unit.is_empty() {
        String::new()
    } else {
        [" ", &b.unit].concat()
    };
    let mut parts = Vec::new();
    for (key, value) in [
        ("bench.of_left", b.left),
        ("bench.of_right", b.right),
        ("bench.of_value", b.value),
        ("bench.of_target", b.target),
    ] {
        if let Some(value) = value {
            let value = [format::number(value), unit.clone()].concat();
            parts.push(tf(key, &[("value", &value)]));
        }
    }
    if b.met {
        parts.push(t("bench.met"));
    }
    parts.join(" · ")
}

/// The line of an entry around the run in the diary.
pub fn line(body: &Body) -> String {
    let mut parts = Vec::new();
    match body {
        Body::Absence(a) => {
            parts.push(tk("absence.", a.reason.key()));
            if a.fever {
                parts.push(t("away.fever"));
            }
            let from = format::weekday_date(a.from);
            parts.push(match a.until {
                Some(until) if until == a.from => from,
                Some(until) => tf(
                    "away.from_until",
                    &[("from", &from), ("until", &format::weekday_date(until))],
                ),
                None => tf("away.from", &[("from", &from)]),
            });
        }
        Body::Activity(a) => {
            parts.push(a.what.clone());
            parts.push(minutes(a.minutes));
            parts.push(if a.planned {
                t("recovery.planned_line")
            } else {
                tf("recovery.pain_line", &[("pain", &a.pain.get().to_string())])
            });
            if a.impact {
                parts.push(t("recovery.impact_line"));
            }
        }
        Body::Goal(g) => {
            parts.push(g.text.clone());
            parts.extend(
                g.done_on
                    .map(|day| tf("mind.goal_done", &[("day", &format::weekday_date(day))])),
            );
        }
        Body::Benchmark(b) => {
            parts.push(b.name.clone());
            parts.push(measured(b));
        }
        Body::Appointment(a) => {
            parts.push(a.with.clone());
            parts.push(format::weekday_date(a.date));
            parts.extend(a.kept.map(|kept| {
                t(if kept {
                    "appointment.kept"
                } else {
                    "appointment.missed"
                })
            }));
            if !a.questions.is_empty() {
                parts.push(tf("appointment.ask", &[("questions", &a.questions)]));
            }
        }
        Body::Mind(m) => {
            let score = |key, v: Option<u8>| v.map(|v| tf(key, &[("n", &v.to_string())]));
            let number = crate::diary::entry::Score::get;
            parts.extend(score("mind.confidence_line", m.confidence.map(number)));
            parts.extend(score("mind.fear_line", m.fear.map(number)));
            parts.extend(m.mood.map(|m| tk("mood.", &m.get().to_string())));
        }
        Body::CheckIn(c) => {
            parts.extend(
                c.sleep_h
                    .map(|h| tf("checkin.slept", &[("hours", &format::number(h))])),
            );
            let said = |yes, no, v: Option<bool>| v.map(|v| t(if v { yes } else { no }));
            parts.extend(said("checkin.food_yes", "checkin.food_no", c.food));
            parts.extend(said("checkin.water_yes", "checkin.water_no", c.water));
        }
        _ => {}
    }
    parts.retain(|p| !p.is_empty());
    parts.join(" · ")
}
