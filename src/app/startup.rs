//! The two stores on a start: read, merged by the rules of a restore, repaired.
//! Nothing is written before the merge is done.

use crate::app::book::{Damaged, SCHEMA};
use crate::app::effect::{Effect, WriteEffect, go_instead};
use crate::app::emergency_number;
use crate::app::event::{IndexedDbRead, LocalRead, StoreFault};
use crate::app::navigation;
use crate::app::notice::Notice;
use crate::app::prefs::Prefs;
use crate::app::saving;
use crate::app::screen::Screen;
use crate::app::session;
use crate::app::session::active::{ActiveSession, Run};
use crate::app::session::run_record::RunRecord;
use crate::app::session::strength_record::StrengthRun;
use crate::app::session::strength_run;
use crate::app::shown::Shown;
use crate::app::state::State;
use crate::diary::codec;
use crate::diary::codec::{FieldError, FieldErrorKind};
use crate::diary::entry::Entry;
use crate::diary::merge;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// One stored item, read by the codec; its id must be that of its key.
pub(in crate::app) fn parse(id: &str, raw: &str) -> Result<Entry, Vec<FieldError>> {
    // As a rule: with ten years of entries the start feels it when each id is parsed twice.
    if let Ok(entry) = codec::entry_from_text(raw, None)
        && entry
            .id
            .hyphenated()
            .encode_lower(&mut Uuid::encode_buffer())
            == id
    {
        return Ok(entry);
    }
    let bad_id = || {
        let (entry, field) = (id.to_owned(), "id".to_owned());
        vec![FieldError {
            entry,
            kind: String::new(),
            field,
            problem: FieldErrorKind::BadId,
        }]
    };
    let key = Uuid::parse_str(id).map_err(|_| bad_id())?;
    let entry = codec::entry_from_text(raw, Some(key))?;
    if entry.id == key {
        Ok(entry)
    } else {
        Err(bad_id())
    }
}

fn schema(meta: Option<&String>) -> u64 {
    meta.and_then(|m| serde_json::from_str::<serde_json::Value>(m).ok())
        .and_then(|v| v.get("schema").and_then(serde_json::Value::as_u64))
        .unwrap_or(0)
}

/// localStorage was read: the diary stands, and a session that ran goes on.
pub(in crate::app) fn loaded(state: &mut State, mut read: LocalRead) -> Vec<Effect> {
    let (setup, live) = (read.setup.take(), read.live.take());
    state.book.shown = read.shown.take().as_deref().and_then(Shown::from_json);
    take_entries(state, read);
    take_setup(state, setup.as_deref());
    take_live(state, live.as_deref());
    let mut effects = session::resume_stored(state);
    effects.extend(strength_run::resume_stored(state));
    effects.extend(navigation::begin(state));
    effects
}

/// IndexedDB was read, or cannot be.
pub(in crate::app) fn compared(
    state: &mut State,
    indexed_db: Result<&IndexedDbRead, StoreFault>,
) -> Vec<Effect> {
    let had_none = state.diary().is_empty();
    let mut effects = match indexed_db {
        Ok(indexed_db) if state.merged => late(state, indexed_db),
        Ok(indexed_db) if agrees(state, indexed_db) => agreed(state, indexed_db),
        Ok(_) | Err(_) => merge_indexed_db(state, indexed_db),
    };
    if had_none && !state.diary().is_empty() {
        effects.extend(show_found_diary(state));
    }
    if let Ok(indexed_db) = indexed_db {
        effects.extend(compare_live(state, indexed_db.live.as_deref()));
    }
    effects.extend(navigation::begin(state));
    // The demo that was asked for before the stores were merged.
    if std::mem::take(&mut state.demo_wanted) {
        effects.push(Effect::ReadDemo);
    }
    effects
}

/// A diary that localStorage knew nothing of: it is shown, with a word on that, in the
/// place of the first questions.
fn show_found_diary(state: &mut State) -> Vec<Effect> {
    state.notice = Some(Notice::DiaryFound);
    if state.screen == Screen::Setup && state.plan().is_some() {
        vec![go_instead(Screen::Today)]
    } else {
        Vec::new()
    }
}

/// The disk may know more of a running session than localStorage does.
fn compare_live(state: &mut State, stored: Option<&str>) -> Vec<Effect> {
    let before = state.book.session.clone();
    take_live(state, stored);
    if state.book.session == before {
        return Vec::new();
    }
    let (json, mut found) = match &state.book.session {
        ActiveSession::Run(run) => (run.record.to_json(), session::resume_stored(state)),
        ActiveSession::Strength(run) => (run.to_json(), strength_run::resume_stored(state)),
        ActiveSession::None | ActiveSession::OtherWindow(_) => return Vec::new(),
    };
    if before.run().is_some() {
        // By now this page holds it itself.
        found.retain(|effect| *effect != Effect::AskElsewhere);
    }
    let mut effects = Vec::new();
    if !state.book.storage.read_only {
        effects.push(Effect::Write(WriteEffect::Live(Some(json))));
    }
    effects.extend(found);
    effects
}

fn take_entries(state: &mut State, read: LocalRead) {
    state.book.storage.local = read.fault;
    state.book.storage.read_only = schema(read.meta.as_ref()) > SCHEMA;
    if let Some(prefs) = &read.prefs {
        state.prefs = Prefs::from_json(prefs);
    } else {
        state.prefs.emergency_number = emergency_number::of_zone(&read.zone).into();
    }
    state.book.take_diary(
        read.entries
            .iter()
            .filter_map(|(id, raw)| parse(id, raw).ok())
            .collect(),
    );
    for (id, raw) in &read.damaged {
        note_damaged(state, id, raw);
    }
    state.local_texts = read.entries;
    // An empty localStorage may only mean that the browser emptied it: IndexedDB decides.
    state.ready = !state.diary().is_empty();
}

/// The answers to the first questions so far.
fn take_setup(state: &mut State, stored: Option<&str>) {
    if let Some(setup) = stored.and_then(|s| serde_json::from_str(s).ok()) {
        state.book.setup = setup;
    }
}

/// The running session, unless it is logged already. A kill may lose what localStorage
/// took last, and not what the disk has confirmed: of two copies the later one stands.
fn take_live(state: &mut State, stored: Option<&str>) {
    let Some(stored) = stored else {
        return;
    };
    if let Some(record) = RunRecord::from_json(stored) {
        take_run(state, record);
    } else if let Some(run) = StrengthRun::from_json(stored) {
        take_strength(state, run);
    }
}

fn logged(state: &State, id: Option<Uuid>) -> bool {
    id.is_some_and(|id| state.diary().get(id).is_some())
}

fn take_run(state: &mut State, record: RunRecord) {
    if logged(state, record.entry_id()) {
        return;
    }
    match &mut state.book.session {
        session @ ActiveSession::None => *session = ActiveSession::Run(Run::new(record)),
        ActiveSession::Run(ours) => {
            if ours.record.id != record.id || ours.record.age() >= record.age() {
                return;
            }
            // It is looked at as if it were found only now.
            ours.record = record;
            ours.away = None;
            ours.silent = false;
        }
        ActiveSession::OtherWindow(theirs) => {
            let newer = theirs
                .as_ref()
                .is_some_and(|t| t.id == record.id && t.age() < record.age());
            if newer {
                *theirs = Some(record);
            }
        }
        ActiveSession::Strength(_) => return,
    }
    state.ready = true;
}

fn take_strength(state: &mut State, run: StrengthRun) {
    if logged(state, run.entry_id()) {
        return;
    }
    match &mut state.book.session {
        session @ ActiveSession::None => *session = ActiveSession::Strength(run),
        ActiveSession::Strength(ours) => {
            if ours.id != run.id || ours.moments.len() >= run.moments.len() {
                return;
            }
            *ours = run;
        }
        ActiveSession::Run(_) | ActiveSession::OtherWindow(_) => return,
    }
    state.ready = true;
}

fn note_damaged(state: &mut State, id: &str, raw: &str) {
    let known = state.book.storage.damaged.iter().any(|d| d.raw == raw);
    if !known {
        let faults = parse(id, raw).err().unwrap_or_default();
        state.book.storage.damaged.push(Damaged {
            id: id.into(),
            raw: raw.into(),
            faults,
        });
    }
}

/// Whether IndexedDB holds just what localStorage gave, all of it good, and nothing
/// waits: then there is nothing to merge.
fn agrees(state: &State, indexed_db: &IndexedDbRead) -> bool {
    let whole = state.book.pending.is_empty() && state.diary().len() == state.local_texts.len();
    whole && indexed_db.same && indexed_db.damaged.is_empty()
}

/// Both stores hold the same.
fn agreed(state: &mut State, indexed_db: &IndexedDbRead) -> Vec<Effect> {
    state.local_texts = Vec::new();
    state.book.storage.read_only |= schema(indexed_db.meta.as_ref()) > SCHEMA;
    state.merged = true;
    state.ready = true;
    write_schema(state, indexed_db)
}

fn write_schema(state: &State, indexed_db: &IndexedDbRead) -> Vec<Effect> {
    if state.book.storage.read_only || schema(indexed_db.meta.as_ref()) >= SCHEMA {
        return Vec::new();
    }
    let schema = ["{\"schema\":", &SCHEMA.to_string(), "}"].concat();
    vec![Effect::Write(WriteEffect::Meta(schema))]
}

/// IndexedDB was read, or cannot be: merge, repair, and let waiting saves go.
fn merge_indexed_db(
    state: &mut State,
    indexed_db: Result<&IndexedDbRead, StoreFault>,
) -> Vec<Effect> {
    let mut effects = Vec::new();
    let local = std::mem::take(&mut state.local_texts);
    match indexed_db {
        Err(fault) => {
            state.book.storage.indexed_db = Some(fault);
            note_unreadable(state, &local);
        }
        Ok(indexed_db) => {
            state.book.storage.read_only |= schema(indexed_db.meta.as_ref()) > SCHEMA;
            for (id, raw) in &indexed_db.damaged {
                note_damaged(state, id, raw);
            }
            let there = if indexed_db.same {
                &local
            } else {
                &indexed_db.entries
            };
            repair(state, &local, there, &mut effects);
            effects.extend(write_schema(state, indexed_db));
        }
    }
    if state.book.storage.read_only {
        effects.clear();
    }
    state.merged = true;
    state.ready = true;
    effects.extend(saving::send_waiting(state));
    effects
}

/// What cannot be read while the other store is not: it is shown and exported, and stays
/// where it is. A good copy may stand in the store that did not answer.
fn note_unreadable(state: &mut State, local: &[(String, String)]) {
    for (id, raw) in local {
        if let Err(faults) = parse(id, raw) {
            note_aside(state, id, raw, faults);
        }
    }
}

/// Keeps an item that cannot be read, beside others of its id.
pub(in crate::app) fn set_aside(state: &mut State, id: &str, raw: &str) -> Vec<Effect> {
    let faults = parse(id, raw).err().unwrap_or_default();
    let of_id = |d: &&Damaged| d.id.split('~').next() == Some(id);
    let others = state.book.storage.damaged.iter().filter(of_id).count();
    let id = if others == 0 {
        id.to_owned()
    } else {
        [id, "~", &(others + 1).to_string()].concat()
    };
    note_aside(state, &id, raw, faults);
    vec![Effect::Write(WriteEffect::SetAside {
        id,
        raw: raw.to_owned(),
        remove: false,
    })]
}

/// IndexedDB answered after it was given up: what it holds is brought together with what
/// the app has shown since, by the rules of a restore.
fn late(state: &mut State, read: &IndexedDbRead) -> Vec<Effect> {
    state.book.storage.indexed_db = None;
    state.book.storage.read_only |= schema(read.meta.as_ref()) > SCHEMA;
    if read.same {
        return write_schema(state, read);
    }
    for (id, raw) in &read.damaged {
        note_damaged(state, id, raw);
    }
    let first_questions = state.plan().is_none();
    let mut effects = Vec::new();
    let mut to_indexed_db = Vec::new();
    let mut there = BTreeSet::new();
    for (id, raw) in &read.entries {
        match parse(id, raw) {
            Ok(entry) => {
                there.insert(entry.id);
                match state.diary().get(entry.id) {
                    Some(ours) if codec::to_text(ours) == *raw => {}
                    Some(ours) if merge::wins(ours, &entry) => {
                        to_indexed_db.push((id.clone(), codec::to_text(ours)));
                    }
                    Some(_) | None => {
                        let json = codec::to_text(&entry);
                        let id = id.clone();
                        effects.push(Effect::Write(WriteEffect::RepairLocal { id, json }));
                        state.put(entry);
                    }
                }
            }
            Err(_) => effects.extend(set_aside(state, id, raw)),
        }
    }
    for entry in state.diary().all() {
        // One that is on its way is written to both.
        let saved = !there.contains(&entry.id) && !state.book.pending.contains_key(&entry.id);
        if saved {
            to_indexed_db.push((entry.id.to_string(), codec::to_text(entry)));
        }
    }
    if !to_indexed_db.is_empty() {
        let items = to_indexed_db;
        effects.push(Effect::Write(WriteEffect::RepairIndexedDb { items }));
    }
    effects.extend(write_schema(state, read));
    effects.extend(saving::retry(state));
    let asked = state.screen == Screen::Setup;
    if first_questions && asked && state.plan().is_some() {
        // They were asked for nothing: there is a plan.
        effects.push(go_instead(Screen::Today));
    }
    effects
}

fn note_aside(state: &mut State, id: &str, raw: &str, faults: Vec<FieldError>) {
    if !state.book.storage.damaged.iter().any(|d| d.raw == raw) {
        state.book.storage.damaged.push(Damaged {
            id: id.into(),
            raw: raw.into(),
            faults,
        });
    }
}

fn repair(
    state: &mut State,
    local: &[(String, String)],
    indexed_db: &[(String, String)],
    effects: &mut Vec<Effect>,
) {
    let mut both: BTreeMap<&str, (Option<&str>, Option<&str>)> = BTreeMap::new();
    for (id, raw) in local {
        both.insert(id.as_str(), (Some(raw.as_str()), None));
    }
    for (id, raw) in indexed_db {
        both.entry(id.as_str()).or_default().1 = Some(raw.as_str());
    }
    let mut to_indexed_db = Vec::new();
    for (id, (here, there)) in both {
        // Same bytes in both: what localStorage gave was taken in already, if it could be.
        let known = Uuid::parse_str(id)
            .ok()
            .filter(|key| state.diary().get(*key).is_some());
        if here == there && known.is_some() {
            continue;
        }
        // Changed by the runner since the start: the save that waits writes both.
        if known.is_some_and(|key| state.book.pending.contains_key(&key)) {
            continue;
        }
        let mut good = None;
        let mut bad: Vec<&str> = Vec::new();
        for raw in [here, there].into_iter().flatten() {
            match parse(id, raw) {
                Ok(entry) => {
                    good = Some(match good {
                        Some(other) if merge::wins(&other, &entry) => other,
                        _ => entry,
                    });
                }
                Err(faults) => {
                    note_aside(state, id, raw, faults);
                    if !bad.contains(&raw) {
                        bad.push(raw);
                    }
                }
            }
        }
        for (n, raw) in bad.into_iter().enumerate() {
            // Two different damaged texts of one id are both kept.
            let id = if n == 0 {
                id.to_owned()
            } else {
                [id, "~2"].concat()
            };
            effects.push(Effect::Write(WriteEffect::SetAside {
                id,
                raw: raw.into(),
                remove: good.is_none(),
            }));
        }
        let Some(entry) = good else { continue };
        let json = codec::to_text(&entry);
        if here != Some(json.as_str()) {
            effects.push(Effect::Write(WriteEffect::RepairLocal {
                id: id.into(),
                json: json.clone(),
            }));
        }
        if there != Some(json.as_str()) {
            to_indexed_db.push((id.to_owned(), json));
        }
        state.put(entry);
    }
    if !to_indexed_db.is_empty() {
        effects.push(Effect::Write(WriteEffect::RepairIndexedDb {
            items: to_indexed_db,
        }));
    }
}

/// Another tab wrote an entry.
pub(in crate::app) fn other_tab(state: &mut State, id: &str, value: Option<&str>) -> bool {
    if !state.merged {
        // The merge to come goes by what is there then.
        state.local_texts.retain(|(key, _)| key != id);
        let theirs = value.map(|raw| (id.to_owned(), raw.to_owned()));
        state.local_texts.extend(theirs);
    }
    // A removed item is not a removed entry: tombstones are entries. IndexedDB still has it.
    let Some(Ok(entry)) = value.map(|raw| parse(id, raw)) else {
        return false;
    };
    let newer = match state.diary().get(entry.id) {
        Some(ours) => !merge::wins(ours, &entry),
        None => true,
    };
    if newer {
        state.put(entry);
    }
    newer
}
