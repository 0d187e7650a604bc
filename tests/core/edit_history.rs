//! The short history of an entry's changes, and taking a change back.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use crate::phone;
use crate::support;
use footing::app::event::{DiaryEvent, NavigationEvent};
use footing::app::forms::session_form::SessionForm;
use footing::app::{Event, Screen};
use footing::diary::codec;
use footing::diary::edit_history;
use footing::diary::edit_history::{LONG, MOST};
use footing::diary::entry::{Body, Entry};
use footing::thresholds::ladder::Ladder;
use phone::{MONDAY, Phone};
use support::diaries::{day, entry, score, session};

fn a_session(pain: u8) -> Entry {
    let mut s = session(Ladder::builtin().level("R1").unwrap());
    s.pain_during = score(pain);
    entry(&[], day(0), 18, Body::Session(Box::new(s)))
}

fn changed(old: &Entry, change: impl FnOnce(&mut Entry)) -> Entry {
    let mut new = old.clone();
    new.edited_at = Some(old.edited_at.unwrap_or(old.at) + chrono::TimeDelta::minutes(1));
    change(&mut new);
    edit_history::note(old, &mut new);
    new
}

#[test]
fn a_change_keeps_what_was_said_before_and_comes_through_the_door() {
    let old = a_session(0);
    let new = changed(&old, |e| {
        e.notes = "wet".into();
        let Body::Session(s) = &mut e.body else {
            panic!()
        };
        s.pain_during = score(4);
    });
    let kept = edit_history::of(&new);
    assert_eq!(kept.len(), 1);
    assert_eq!(
        kept[0].was,
        [
            ("notes".into(), None),
            ("pain_during".into(), Some("0".into()))
        ]
    );
    assert_eq!(kept[0].at, new.edited_at.unwrap());
    let text = codec::to_text(&new);
    let back = codec::entry_from_text(&text, None).unwrap();
    assert_eq!(edit_history::of(&back), kept);
    assert_eq!(codec::to_text(&back), text);
}

#[test]
fn it_stays_small_and_nothing_is_noted_where_nothing_changed() {
    let mut now = a_session(0);
    assert!(edit_history::of(&changed(&now, |_| ())).is_empty());
    for n in 0..20 {
        now = changed(&now, |e| e.notes = format!("{n}{}", "x".repeat(5000)));
    }
    let kept = edit_history::of(&now);
    assert_eq!(kept.len(), MOST);
    let (_, was) = &kept[0].was[0];
    assert!(was.as_ref().unwrap().starts_with("18x"), "the latest first");
    assert!(was.as_ref().unwrap().chars().count() <= LONG + 1);
    assert!(edit_history::of(&a_session(1)).is_empty());
    now.extra
        .insert("edits".into(), serde_json::json!(["nonsense", {"at": 3}]));
    assert!(
        edit_history::of(&now).is_empty(),
        "what another program wrote there harms nothing"
    );
}

#[test]
fn a_text_of_two_hundred_letters_is_kept_whole_and_a_longer_one_is_cut() {
    let before = |notes: String| {
        let mut old = a_session(0);
        old.notes = notes;
        let new = changed(&old, |e| e.notes.clear());
        edit_history::of(&new)[0].was.clone()
    };
    let was = |text: String| [("notes".to_owned(), Some(text))];
    let whole = "ü".repeat(200);
    assert_eq!(before(whole.clone()), was(whole.clone()));
    assert_eq!(before("ü".repeat(201)), was([&whole, "…"].concat()));
}

#[test]
fn a_short_list_is_kept_whole_and_a_long_one_only_named() {
    let before = |letters: usize| {
        let mut old = a_session(0);
        // In the file: four characters around the letters.
        let list = serde_json::json!(["x".repeat(letters)]);
        old.extra.insert("list".into(), list);
        let new = changed(&old, |e| e.extra.clear());
        edit_history::of(&new)[0].was.clone()
    };
    let was = |text: &str| [("list".to_owned(), Some(text.to_owned()))];
    assert_eq!(before(3), was(r#"["xxx"]"#));
    let longest = ["[\"", &"x".repeat(396), "\"]"].concat();
    assert_eq!(before(396), was(&longest));
    assert_eq!(before(397), was("…"));
}

/// A phone with one session in its diary, the edit screen open on it.
fn phone_with(old: &Entry) -> Phone {
    let mut phone = Phone::new();
    phone.ms = MONDAY + 40 * phone::DAY;
    phone.local.insert(old.id.to_string(), codec::to_text(old));
    phone.open();
    phone.send(Event::Navigation(NavigationEvent::Arrived(Screen::Edit(
        old.id,
    ))));
    phone
}

fn pain(phone: &Phone, id: uuid::Uuid) -> u8 {
    match &phone.state.diary().get(id).unwrap().body {
        Body::Session(s) => s.pain_during.get(),
        _ => panic!("a session"),
    }
}

#[test]
fn a_change_can_be_taken_back_on_the_screen_it_leads_to() {
    let old = a_session(0);
    let mut phone = phone_with(&old);
    let mut draft = SessionForm::from_entry(phone.state.diary().get(old.id).unwrap()).unwrap();
    draft.pain_during = Some(6);
    phone.send(Event::Diary(DiaryEvent::Log(Box::new(draft))));
    assert_eq!(
        (phone.state.screen, pain(&phone, old.id)),
        (Screen::Diary, 6)
    );
    // The browser says so, too, a moment later.
    phone.send(Event::Navigation(NavigationEvent::Arrived(Screen::Diary)));
    assert!(
        phone.state.book.undo.is_some(),
        "the way back is still there"
    );
    let text = &phone.local[&old.id.to_string()];
    assert!(text.contains("\"edits\":[{\"at\":"), "{text}");
    phone.send(Event::Diary(DiaryEvent::Undo));
    assert_eq!(pain(&phone, old.id), 0);
    assert!(phone.state.book.undo.is_none());
    let now = phone.state.diary().get(old.id).unwrap();
    assert!(edit_history::of(now).is_empty() && now.edited_at.is_some());
}

#[test]
fn a_removal_on_the_edit_screen_can_be_taken_back_too() {
    let old = a_session(2);
    let mut phone = phone_with(&old);
    phone.send(Event::Diary(DiaryEvent::Delete(old.id)));
    phone.send(Event::Navigation(NavigationEvent::Arrived(Screen::Diary)));
    assert!(phone.state.diary().get(old.id).unwrap().deleted && phone.state.book.undo.is_some());
    phone.send(Event::Diary(DiaryEvent::Undo));
    assert_eq!(pain(&phone, old.id), 2);
    assert!(!phone.state.diary().get(old.id).unwrap().deleted);
}
