//! What the forms around the run share: keeping what was filled in, its faults, lists of
//! what was kept.

use crate::app::event::DiaryEvent;
use crate::app::forms::entry_edit::{EntryEdit, NoteFault};
use crate::app::forms::number_field::NumberField;
use crate::app::{Event, Screen, State};
use crate::diary::entry::{Body, Entry};
use crate::shell;
use crate::ui::context::{App, derive};
use crate::ui::text::words::{t, tk};
use crate::ui::widgets::controls::tap;
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
        self.send(made, |body| {
            DiaryEvent::Edit(Box::new(EntryEdit {
                original: self.original,
                day,
                body,
                notes,
                then: self.then,
            }))
        })
    }

    /// The same by another event than an edit.
    pub fn send<T>(self, made: Result<T, NoteFault>, event: impl FnOnce(T) -> DiaryEvent) -> bool {
        match made {
            Ok(made) => {
                self.wrong.set(None);
                self.app.send(Event::Diary(event(made)));
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
