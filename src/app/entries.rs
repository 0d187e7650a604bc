//! What the runner writes into the diary: every event that does comes through here.

use crate::app::backups;
use crate::app::book::Undo;
use crate::app::effect::{Effect, WriteEffect, go, go_instead};
use crate::app::event::DiaryEvent;
use crate::app::forms::entry_edit::EntryEdit;
use crate::app::forms::morning_form::MorningForm;
use crate::app::forms::session_form::{SessionForm, noon};
use crate::app::forms::setup_form::SetupForm;
use crate::app::notice::Notice;
use crate::app::saving;
use crate::app::saving::{Outcome, WriteRefusal};
use crate::app::screen::Screen;
use crate::app::session;
use crate::app::session::strength_run;
use crate::app::state::State;
use crate::diary::edit_history;
use crate::diary::entry::{Absence, Body, Entry, Extra, Freedom, Score, SelfTest, TestResult};
use crate::diary::vocabulary::{Side, TestItem};
use crate::plan::self_test::raises_hold;
use crate::rules::progression;
use chrono::{Days, NaiveDate, TimeDelta};
use uuid::Uuid;

/// Writes, or says why not. Refused while the stored data is newer than the app.
pub(in crate::app) fn handle(state: &mut State, event: DiaryEvent) -> Vec<Effect> {
    if state.book.storage.read_only {
        state.notice = Some(Notice::ReadOnly);
        return Vec::new();
    }
    write(state, event).unwrap_or_else(|refusal| {
        state.notice = Some(match refusal {
            WriteRefusal::Incomplete => Notice::Incomplete,
            WriteRefusal::Fields(errors) => Notice::Refused(errors),
        });
        Vec::new()
    })
}

fn write(state: &mut State, event: DiaryEvent) -> Outcome {
    match event {
        DiaryEvent::SetUp => set_up(state),
        DiaryEvent::Log(form) => log(state, &form),
        DiaryEvent::AnswerMorning(form) => answer_morning(state, &form),
        DiaryEvent::LogRedFlags(flags) => {
            if flags.is_empty() {
                return Ok(go(Screen::Today));
            }
            let mut entry = blank(state, Body::Flag);
            entry.flags = flags;
            keep_and_return(state, entry)
        }
        DiaryEvent::BeginAbsence { reason, fever } => {
            let absence = Absence {
                from: state.now.day(),
                until: None,
                reason,
                fever,
            };
            let entry = blank(state, Body::Absence(absence));
            let effects = keep_and_return(state, entry)?;
            state.notice = Some(Notice::Away(reason));
            Ok(effects)
        }
        DiaryEvent::EndAbsence => end_absence(state),
        DiaryEvent::LogClearance(clearance) => {
            let entry = blank(state, Body::Clearance(*clearance));
            keep_and_return(state, entry)
        }
        DiaryEvent::LogSelfTest { answers, raises } => log_self_test(state, answers, raises),
        DiaryEvent::TakeFreedom => take_freedom(state),
        DiaryEvent::Edit(form) => edit(state, *form),
        DiaryEvent::PlanActivity(body, days) => plan_activity(state, &body, &days),
        DiaryEvent::TakePlan(writes) => take_plan(state, writes),
        DiaryEvent::LogStrength { pain, flags, notes } => {
            strength_run::log(state, pain, flags, notes)
        }
        DiaryEvent::Restore => Ok(backups::restore(state)?),
        DiaryEvent::Delete(id) => delete(state, id),
        DiaryEvent::Undo => undo(state),
    }
}

fn set_up(state: &mut State) -> Outcome {
    let entries = state.book.setup.entries(&state.now);
    let mut effects = saving::keep_all(state, entries)?;
    effects.push(Effect::Write(WriteEffect::Setup(None)));
    state.book.setup = SetupForm::default();
    effects.push(go_instead(Screen::Today));
    Ok(effects)
}

fn answer_morning(state: &mut State, form: &MorningForm) -> Outcome {
    let mut entry = form.entry(&state.now).ok_or(WriteRefusal::Incomplete)?;
    if let Some(old) = form.original.as_deref() {
        entry.edited_at = Some(later(state, old));
        return changed(state, old.clone(), entry, Screen::Diary);
    }
    let effects = keep_and_return(state, entry)?;
    state.notice = Some(Notice::MorningKept);
    Ok(effects)
}

fn log_self_test(state: &mut State, answers: Vec<(bool, u8)>, raises: [Option<f64>; 2]) -> Outcome {
    let side = state.plan().map_or(Side::None, |p| p.injury.side);
    let held = raises_hold(raises, side);
    let counted = |test: TestItem, n: usize| raises[n].filter(|_| test == TestItem::CalfRaise);
    let items = TestItem::READINESS.iter().zip(answers);
    let items = items
        .map(|(test, (passed, pain))| TestResult {
            test: *test,
            passed: passed && (held || *test != TestItem::CalfRaise),
            left: counted(*test, 0),
            right: counted(*test, 1),
            pain: Score::new(pain).unwrap_or_default(),
            extra: Extra::new(),
        })
        .collect();
    let entry = blank(state, Body::SelfTest(SelfTest { items }));
    keep_and_return(state, entry)
}

/// A handed plan, after the runner has seen it: all of it, or nothing.
fn take_plan(state: &mut State, writes: Vec<(Body, String)>) -> Outcome {
    let mut entries = Vec::with_capacity(writes.len());
    for (n, (body, notes)) in (0..).zip(writes) {
        let mut entry = blank(state, body);
        entry.id = state.now.id(n);
        // A millisecond apart: what stands is the latest.
        entry.at = state.now.instant(state.now.ms + i64::from(n));
        entry.notes = notes;
        entries.push(entry);
    }
    let mut effects = saving::keep_all(state, entries)?;
    state.notice = Some(Notice::Kept);
    effects.push(go_instead(Screen::Today));
    Ok(effects)
}

/// The same for each of some days: all of them, or none.
fn plan_activity(state: &mut State, body: &Body, days: &[NaiveDate]) -> Outcome {
    let mut entries = Vec::with_capacity(days.len());
    for (n, day) in (0..).zip(days) {
        let mut entry = blank(state, body.clone());
        entry.id = state.now.id(n);
        if *day != entry.day() {
            entry.at = noon(&state.now, *day).unwrap_or(entry.at);
        }
        entries.push(entry);
    }
    let effects = saving::keep_all(state, entries)?;
    state.notice = Some(Notice::Kept);
    Ok(effects)
}

/// Takes up the freedom on offer; nothing where none is offered yet.
fn take_freedom(state: &mut State) -> Outcome {
    let from = state.now.day();
    let now = Some(state.now.at());
    let offered = progression::guidance_at(state.diary(), from, now).next_freedom;
    let Some((name, _)) = offered.filter(|(_, free_on)| *free_on <= from) else {
        return Ok(Vec::new());
    };
    let entry = blank(state, Body::Freedom(Freedom { name, from }));
    let effects = saving::keep(state, entry)?;
    state.notice = Some(Notice::Kept);
    Ok(effects)
}

fn blank(state: &State, body: Body) -> Entry {
    Entry {
        id: state.now.id(0),
        at: state.now.at(),
        edited_at: None,
        deleted: false,
        notes: String::new(),
        flags: Vec::new(),
        body,
        extra: Extra::new(),
    }
}

fn keep_and_return(state: &mut State, entry: Entry) -> Outcome {
    let mut effects = saving::keep(state, entry)?;
    state.notice = Some(Notice::Kept);
    if state.screen != Screen::Today {
        effects.push(go_instead(Screen::Today));
    }
    Ok(effects)
}

fn log(state: &mut State, form: &SessionForm) -> Outcome {
    let mut entry = form
        .entry(&state.now)
        .map_err(|_| WriteRefusal::Incomplete)?;
    if let Some(old) = form.original.as_deref() {
        entry.edited_at = Some(later(state, old));
        return changed(state, old.clone(), entry, Screen::Diary);
    }
    let day = entry.day();
    let later_session = state
        .diary()
        .all()
        .any(|e| !e.deleted && e.day() > day && matches!(e.body, Body::Session(_)));
    let mut effects = saving::keep(state, entry)?;
    if form.from_live {
        effects.extend(session::end(state, Screen::Today));
    } else {
        effects.push(go_instead(Screen::Today));
    }
    // Only the latest session's verdict is known by name: an older one is just kept.
    state.notice = Some(if later_session {
        Notice::Kept
    } else {
        Notice::Logged {
            severity: 0,
            provisional: true,
        }
    });
    Ok(effects)
}

/// A changed entry, with what it said before; it can be taken back where it leads.
fn changed(state: &mut State, old: Entry, mut entry: Entry, to: Screen) -> Outcome {
    edit_history::note(&old, &mut entry);
    let effects = saving::keep(state, entry)?;
    state.notice = Some(Notice::Kept);
    Ok(arrived_with(state, old, to, effects))
}

/// Goes to a screen with the way back for an entry: as if that screen stood already, or
/// the change of screen would take the way back away.
fn arrived_with(
    state: &mut State,
    old: Entry,
    to: Screen,
    mut effects: Vec<Effect>,
) -> Vec<Effect> {
    state.book.undo = Some(Undo::Entry(Box::new(old)));
    if state.screen != to {
        state.screen = to;
        effects.push(go_instead(to));
    }
    effects
}

/// An edit must be later than what it changes, even when the clock was set back.
fn later(state: &State, old: &Entry) -> chrono::DateTime<chrono::FixedOffset> {
    let before = old.edited_at.unwrap_or(old.at);
    state.now.at().max(before + TimeDelta::milliseconds(1))
}

fn delete(state: &mut State, id: Uuid) -> Outcome {
    let Some(old) = state.diary().get(id).filter(|e| !e.deleted).cloned() else {
        return Ok(Vec::new());
    };
    let mut entry = old.clone();
    entry.deleted = true;
    entry.edited_at = Some(later(state, &old));
    // What was said about another entry no longer stands beside the removal.
    state.notice = None;
    let effects = saving::keep(state, entry)?;
    let to = if state.screen == Screen::Edit(id) {
        Screen::Diary
    } else {
        state.screen
    };
    Ok(arrived_with(state, old, to, effects))
}

fn undo(state: &mut State) -> Outcome {
    match state.book.undo.take() {
        None => Ok(Vec::new()),
        Some(Undo::Session(record)) => Ok(session::undo_discard(state, *record)),
        Some(Undo::Entry(entry)) => {
            let mut entry = *entry;
            if let Some(tombstone) = state.diary().get(entry.id) {
                entry.edited_at = Some(later(state, tombstone));
            }
            Ok(saving::keep(state, entry)?)
        }
    }
}

fn end_absence(state: &mut State) -> Outcome {
    let today = state.now.day();
    let Some(mut entry) = state.open_absence().cloned() else {
        return Ok(Vec::new());
    };
    entry.edited_at = Some(later(state, &entry));
    if let Body::Absence(absence) = &mut entry.body {
        // Well today: the last day away was yesterday, or the first day itself.
        let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
        absence.until = Some(yesterday.max(absence.from));
    }
    let effects = keep_and_return(state, entry)?;
    state.notice = Some(Notice::Back);
    Ok(effects)
}

/// An entry of a form around the run, new or changed; what the next start
/// would refuse is not kept.
fn edit(state: &mut State, edit: EntryEdit) -> Outcome {
    let away = if let Body::Absence(absence) = &edit.body {
        Some(absence.reason)
    } else {
        None
    };
    let mut was = None;
    let mut entry = match edit.original {
        None => blank(state, edit.body),
        Some(id) => {
            let same = |e: &&Entry| !e.deleted && e.body.kind() == edit.body.kind();
            let Some(old) = state.diary().get(id).filter(same) else {
                return Err(WriteRefusal::Incomplete);
            };
            let mut entry = old.clone();
            entry.edited_at = Some(later(state, old));
            entry.body = edit.body;
            was = Some(old.clone());
            entry
        }
    };
    if let Some(day) = edit.day.filter(|day| *day != entry.day()) {
        entry.at = noon(&state.now, day).unwrap_or(entry.at);
    }
    if let Some(notes) = edit.notes {
        entry.notes = notes;
    }
    if let Some(old) = was {
        return changed(state, old, entry, edit.then);
    }
    let asked = matches!(entry.body, Body::Appointment(_));
    let mut effects = saving::keep(state, entry)?;
    if asked {
        // Its form began with them.
        state.questions.clear();
    }
    state.notice = Some(away.map_or(Notice::Kept, Notice::Away));
    if state.screen != edit.then {
        effects.push(go_instead(edit.then));
    }
    Ok(effects)
}
