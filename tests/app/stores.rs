//! The two stores of a phone when they disagree, come late or cannot be read, and what a
//! backup carries of them.

use crate::phone::{Phone, now};
use footing::app::effect::WriteEffect;
use footing::app::event::{
    BackupEvent, DiaryEvent, IndexedDbRead, LocalRead, PrefsEvent, SessionEvent, StorageEvent,
    StoreFault, StrengthEvent,
};
use footing::app::forms::morning_form::MorningForm;
use footing::app::notice::Notice;
use footing::app::prefs::Theme;
use footing::app::screen::Screen;
use footing::app::{Effect, Event, State, backup_text, update};
use footing::rules::guidance::Advice;
use std::collections::BTreeMap;

fn pairs(store: &BTreeMap<String, String>) -> Vec<(String, String)> {
    store.clone().into_iter().collect()
}

fn loaded(entries: &BTreeMap<String, String>) -> Event {
    Event::Storage(StorageEvent::Loaded(Box::new(LocalRead {
        entries: pairs(entries),
        ..LocalRead::default()
    })))
}

fn answered(entries: &BTreeMap<String, String>) -> Event {
    Event::Storage(StorageEvent::IndexedDbRead(Ok(Box::new(IndexedDbRead {
        entries: pairs(entries),
        ..IndexedDbRead::default()
    }))))
}

fn gave_up() -> Event {
    Event::Storage(StorageEvent::IndexedDbRead(Err(StoreFault::Blocked)))
}

/// A runner with a plan and a session; the app, about to start on what is stored.
fn runner() -> (Phone, State) {
    let mut phone = Phone::new();
    phone.set_up();
    phone.run_it();
    let state = State::new(now(phone.ms, 0));
    (phone, state)
}

fn changes(effects: &[Effect]) -> Vec<&Effect> {
    let changes = effects.iter().filter(|e| e.changes_storage());
    changes.collect()
}

/// A good copy may stand in the store that did not answer: nothing is removed from either.
#[test]
fn nothing_is_taken_from_a_store_that_was_not_read() {
    let (mut phone, mut state) = runner();
    let id = phone.local.keys().next().expect("an entry").clone();
    phone.local.insert(id.clone(), "x".into());
    update(&mut state, loaded(&phone.local), now(phone.ms, 1));
    let effects = update(&mut state, gave_up(), now(phone.ms, 2));
    assert_eq!(changes(&effects), Vec::<&Effect>::new());
    assert_eq!(state.book.storage.damaged.len(), 1);
    assert!(backup_text(&state).contains("\"damaged\""));

    // It answers after all, and its copy repairs the other.
    let effects = update(&mut state, answered(&phone.indexed_db), now(phone.ms, 3));
    let good = phone.indexed_db[&id].clone();
    let repair = Effect::Write(WriteEffect::RepairLocal { id, json: good });
    assert!(effects.contains(&repair), "{effects:?}");
    assert_eq!(state.diary().len(), phone.indexed_db.len());
}

/// A diary that only the late store holds takes the place of the first question.
#[test]
fn a_diary_that_comes_late_is_shown() {
    let (phone, mut state) = runner();
    update(&mut state, loaded(&BTreeMap::new()), now(phone.ms, 1));
    update(&mut state, gave_up(), now(phone.ms, 2));
    assert_eq!(state.guidance().advice, Advice::SetUp);
    state.screen = Screen::Setup;
    let effects = update(&mut state, answered(&phone.indexed_db), now(phone.ms, 3));
    let home = Effect::Navigate {
        screen: Screen::Today,
        replace: true,
    };
    assert!(effects.contains(&home), "{effects:?}");
    assert_ne!(state.guidance().advice, Advice::SetUp);
    assert_eq!(*state.diary(), *phone.state.diary());
    assert_eq!(state.book.storage.indexed_db, None);
}

/// What was written while it was away reaches it, and what it knows better stays.
#[test]
fn what_the_late_store_lacks_is_written_back() {
    let (mut phone, mut state) = runner();
    let ids: Vec<String> = phone.local.keys().cloned().collect();
    phone.indexed_db.remove(&ids[0]);
    let newer = phone.local[&ids[1]].replacen('{', "{\"edited_at\":\"2030-01-01T00:00:00Z\",", 1);
    phone.indexed_db.insert(ids[1].clone(), newer);
    update(&mut state, loaded(&phone.local), now(phone.ms, 1));
    update(&mut state, gave_up(), now(phone.ms, 2));
    let effects = update(&mut state, answered(&phone.indexed_db), now(phone.ms, 3));
    let item = (ids[0].clone(), phone.local[&ids[0]].clone());
    let repair = WriteEffect::RepairIndexedDb { items: vec![item] };
    assert!(effects.contains(&Effect::Write(repair)), "{effects:?}");
    let edited = ids[1].parse().expect("an id");
    let shown = state.diary().get(edited).expect("the entry");
    assert!(shown.edited_at.is_some());
}

/// After a rollback: a newer release's data is shown; nothing starts, nothing is written.
#[test]
fn nothing_is_started_on_data_of_a_newer_version() {
    let (phone, mut state) = runner();
    let read = LocalRead {
        entries: pairs(&phone.local),
        meta: Some("{\"schema\":2}".into()),
        ..LocalRead::default()
    };
    let mut turn = 1;
    let mut send = |state: &mut State, event| {
        turn += 1;
        update(state, event, now(phone.ms + 2 * crate::phone::DAY, turn))
    };
    let mut all = send(
        &mut state,
        Event::Storage(StorageEvent::Loaded(Box::new(read))),
    );
    let same = IndexedDbRead {
        same: true,
        ..IndexedDbRead::default()
    };
    let same = Event::Storage(StorageEvent::IndexedDbRead(Ok(Box::new(same))));
    all.extend(send(&mut state, same));
    assert!(
        state.guidance().prescription().is_some(),
        "there is a session to start"
    );
    let start = Event::Session(SessionEvent::Start {
        level: None,
        pain: 0,
    });
    all.extend(send(&mut state, start));
    assert!(!state.in_session());
    assert_eq!(state.notice, Some(Notice::ReadOnly));
    all.extend(send(
        &mut state,
        Event::Prefs(PrefsEvent::Theme(Theme::Dark)),
    ));
    all.extend(send(&mut state, Event::Storage(StorageEvent::Retry)));
    assert_eq!(changes(&all), Vec::<&Effect>::new());
    // It can still be handed out.
    let export = send(&mut state, Event::Backup(BackupEvent::Export));
    assert!(matches!(export[..], [Effect::HandOut { .. }]));
}

/// What was set aside on one phone is kept on the next, shown, and handed out again.
#[test]
fn what_was_set_aside_travels_in_a_backup_both_ways() {
    let mut phone = Phone::new();
    phone.set_up();
    let id = uuid::Uuid::from_u128(99).to_string();
    let text = "{\"kind\":\"morn";
    phone.local.insert(id.clone(), text.into());
    phone.open();
    let backup = backup_text(&phone.state);

    let mut other = Phone::new();
    other.send(Event::Backup(BackupEvent::Read(backup.clone())));
    let preview = other.state.book.import.clone().expect("a preview");
    assert_eq!(preview.damaged, [(id.clone(), text.to_owned())]);
    let effects = other.send(Event::Diary(DiaryEvent::Restore));
    let aside = WriteEffect::SetAside {
        id: id.clone(),
        raw: text.to_owned(),
        remove: false,
    };
    assert!(effects.contains(&Effect::Write(aside)), "{effects:?}");
    assert_eq!(other.state.book.storage.damaged.len(), 1);
    assert!(backup_text(&other.state).contains("{\\\"kind\\\":\\\"morn"));

    // Once: the same item is nothing new the second time.
    other.send(Event::Backup(BackupEvent::Read(backup)));
    let again = other.state.book.import.clone().expect("a preview");
    assert!(again.is_empty(), "{again:?}");
}

/// The look, the language and the like come along; they are taken only when that is wished.
#[test]
fn settings_travel_in_a_backup_by_choice() {
    let mut phone = Phone::new();
    phone.set_up();
    phone.send(Event::Prefs(PrefsEvent::Miles(true)));
    phone.send(Event::Prefs(PrefsEvent::EmergencyNumber("911".into())));
    phone.send(Event::Prefs(PrefsEvent::HideInstall));
    let backup = backup_text(&phone.state);
    for wanted in [false, true] {
        let mut other = Phone::new();
        other.send(Event::Backup(BackupEvent::Read(backup.clone())));
        other.send(Event::Backup(BackupEvent::TakePrefs(wanted)));
        let effects = other.send(Event::Diary(DiaryEvent::Restore));
        let prefs = &other.state.prefs;
        let number = if wanted { "911" } else { "112" };
        assert_eq!((prefs.miles, &*prefs.emergency_number), (wanted, number));
        // What is about a phone stays with it.
        assert!(!prefs.install_hidden);
        let written = effects.iter().any(|e| matches!(e, Effect::WritePrefs(_)));
        assert_eq!(written, wanted);
    }
}

#[test]
fn nothing_is_started_or_written_after_a_rollback() {
    let (phone, mut state) = runner();
    let entries: Vec<(String, String)> = phone.local.clone().into_iter().collect();
    let read = LocalRead {
        entries: entries.clone(),
        meta: Some(r#"{"schema":99}"#.into()),
        live: Some(r#"{"of":"a newer release"}"#.into()),
        ..LocalRead::default()
    };
    let read_there = IndexedDbRead {
        same: true,
        ..IndexedDbRead::default()
    };
    let morning = MorningForm {
        pain: Some(1),
        ..MorningForm::default()
    };
    let events = [
        Event::Storage(StorageEvent::Loaded(Box::new(read))),
        Event::Storage(StorageEvent::IndexedDbRead(Ok(Box::new(read_there)))),
        Event::Session(SessionEvent::Start {
            level: None,
            pain: 0,
        }),
        Event::Session(SessionEvent::StartWalk { pain: 0 }),
        Event::Strength(StrengthEvent::Start { short: true }),
        Event::Diary(DiaryEvent::AnswerMorning(Box::new(morning))),
        Event::Tick,
    ];
    for (turn, event) in (1..).zip(events) {
        let said = format!("{event:?}");
        let effects = update(&mut state, event, now(phone.ms, turn));
        let writes = effects.iter().any(Effect::changes_storage);
        assert!(!writes, "{said}: {effects:?}");
        assert!(!effects.contains(&Effect::SessionRunning(true)), "{said}");
    }
    assert!(state.book.session.is_none());
    assert_eq!(state.notice, Some(Notice::ReadOnly));
}
