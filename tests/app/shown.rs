//! What the rules last showed is stored, and a release with other rules says what moved.

#![allow(clippy::unwrap_used)]

use crate::phone::Phone;
use footing::app::Event;
use footing::app::effect::{Effect, WriteEffect};
use footing::app::event::{DemoEvent, DiaryEvent, NavigationEvent};
use footing::app::shown::{RulesChanged, Shown};
use footing::diary::vocabulary::{RedFlag, Stage};
use footing::rules;
use serde_json::{Value, json};

fn stored(phone: &Phone) -> Value {
    serde_json::from_str(phone.shown.as_deref().expect("it was written")).unwrap()
}

fn is_shown(effect: &Effect) -> bool {
    matches!(effect, Effect::Write(WriteEffect::Shown(_)))
}

#[test]
fn what_the_rules_show_is_written_when_it_changes_and_only_then() {
    let mut phone = Phone::new();
    assert_eq!(phone.shown, None, "there is no diary yet");
    phone.set_up();
    let shown =
        json!({"rules": rules::NUMBER, "stage": "run-walk", "level": "R1", "paused": false});
    assert_eq!(stored(&phone), shown);
    assert_eq!(
        phone.state.rules_changed(),
        None,
        "a new diary knows no other rules"
    );
    // A good morning moves nothing.
    let effects = phone.send(Event::Tick);
    assert!(!effects.iter().any(is_shown));
    phone.answer_morning(0);
    phone.open();
    assert_eq!(stored(&phone), shown);
    // A red flag pauses.
    phone.send(Event::Diary(DiaryEvent::LogRedFlags(vec![
        RedFlag::Numbness,
    ])));
    assert_eq!(stored(&phone)["paused"], true);
    phone.send(Event::Diary(DiaryEvent::Undo));
}

#[test]
fn the_demo_leaves_what_was_shown_alone() {
    let mut phone = Phone::new();
    phone.set_up();
    let before = phone.shown.clone();
    let demo = include_str!("../../public/demo.json");
    phone.send(Event::Demo(DemoEvent::Open));
    phone.send(Event::Demo(DemoEvent::Read(Some(demo.into()))));
    assert!(phone.state.in_demo());
    phone.answer_morning(9);
    phone.send(Event::Demo(DemoEvent::Leave));
    assert_eq!(phone.shown, before);
}

/// What older rules showed.
fn older(stage: Stage, level: &str) -> String {
    json!({"rules": 0, "stage": stage.key(), "level": level, "paused": true}).to_string()
}

#[test]
fn other_rules_say_once_what_moved_until_it_is_put_away() {
    let mut phone = Phone::new();
    phone.set_up();
    let now = phone.shown.clone();
    phone.shown = Some(older(Stage::Walking, "W4"));
    phone.open();
    let changed = phone.state.rules_changed().expect("they changed").clone();
    let before = changed.before.expect("it was stored");
    assert_eq!((before.level.as_deref(), before.paused), (Some("W4"), true));
    assert_eq!(changed.now.level.as_deref(), Some("R1"));
    // Not read yet: the next start says it again.
    phone.open();
    assert!(phone.state.rules_changed().is_some());
    assert_eq!(phone.shown, Some(older(Stage::Walking, "W4")));
    phone.send(Event::Navigation(NavigationEvent::DismissRules));
    assert_eq!((phone.state.rules_changed(), &phone.shown), (None, &now));
    phone.open();
    assert_eq!(phone.state.rules_changed(), None, "once");
}

#[test]
fn without_what_was_shown_only_newer_rules_are_new() {
    let now = |rules| Shown {
        rules,
        stage: Some(Stage::RunWalk),
        level: Some("R2".into()),
        paused: false,
    };
    assert_eq!(RulesChanged::since(None, &now(1)), None, "the first rules");
    let changed = RulesChanged::since(None, &now(2)).expect("newer rules");
    assert_eq!((changed.before, changed.now), (None, now(2)));
    assert_eq!(RulesChanged::since(Some(&now(2)), &now(2)), None);
    assert!(RulesChanged::since(Some(&now(1)), &now(2)).is_some());
}
