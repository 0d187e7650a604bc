//! The demo diary: what is in it, and that it stays apart from the runner's own.
#![allow(clippy::unwrap_used)]

use crate::phone;
use chrono::{FixedOffset, NaiveDate};
use footing::app::demo_diary;
use footing::app::effect::SoundEffect;
use footing::app::event::{
    BackupEvent, DemoEvent, DiaryEvent, IndexedDbRead, LocalRead, NavigationEvent, SessionEvent,
    StorageEvent, StrengthEvent,
};
use footing::app::notice::Notice;
use footing::app::state::State;
use footing::app::{Effect, Event, Screen, backup_text};
use footing::diary::Diary;
use footing::diary::backup;
use footing::diary::entry::Body;
use footing::diary::entry::KINDS;
use footing::insights::milestones::{Milestone, reached};
use footing::rules::guidance::{Advice, ChangeCause};
use footing::rules::progression::guidance;
use phone::Phone;

const FILE: &str = include_str!("../../public/demo.json");

fn ending(day: &str) -> (Diary, NaiveDate) {
    let today: NaiveDate = day.parse().unwrap();
    let berlin = FixedOffset::east_opt(7200).unwrap();
    (demo_diary::read(FILE, today, berlin).unwrap(), today)
}

/// Every day that an entry names moves with the diary, whichever kind it is of.
#[test]
fn every_day_that_an_entry_names_moves() {
    let file = r#"{"format":"footing-demo","ends":"2026-03-10","entries":[
        {"kind":"plan","at":"2026-03-01T08:00:00+02:00","start_stage":"rest","birth_on":"2026-01-01",
         "valid_until":"2026-06-01","injury":{"profile":"joint","site":"knee","side":"left",
         "since":"2026-02-01","named_by":"clinician"}},
        {"kind":"clearance","at":"2026-03-02T08:00:00+02:00","granted":true,"by":"P","seen_on":"2026-03-01"},
        {"kind":"morning","at":"2026-03-03T08:00:00+02:00","pain":0,"for":"2026-03-02"},
        {"kind":"appointment","at":"2026-03-04T08:00:00+02:00","with":"P","date":"2026-03-09"},
        {"kind":"goal","at":"2026-03-05T08:00:00+02:00","text":"a","done_on":"2026-03-05"},
        {"kind":"absence","at":"2026-03-06T08:00:00+02:00","from":"2026-03-06","until":"2026-03-07","reason":"holiday"},
        {"kind":"freedom","at":"2026-03-07T08:00:00+02:00","name":"hills","from":"2026-03-08"}]}"#;
    // Ten days later.
    let today: NaiveDate = "2026-03-20".parse().unwrap();
    let berlin = FixedOffset::east_opt(7200).unwrap();
    let diary = demo_diary::read(file, today, berlin).unwrap();
    let mut days = Vec::new();
    let mut note = |day: NaiveDate| days.push(day.format("%m-%d").to_string());
    for entry in diary.visible() {
        note(entry.day());
        match &entry.body {
            Body::Plan(p) => {
                note(p.injury.since);
                note(p.birth_on.unwrap());
                note(p.valid_until.unwrap());
            }
            Body::Clearance(c) => note(c.seen_on.unwrap()),
            Body::Morning(m) => note(m.for_day.unwrap()),
            Body::Appointment(a) => note(a.date),
            Body::Goal(g) => note(g.done_on.unwrap()),
            Body::Absence(a) => {
                note(a.from);
                note(a.until.unwrap());
            }
            Body::Freedom(f) => note(f.from),
            _ => unreachable!("none of the file"),
        }
    }
    assert_eq!(
        days,
        [
            "03-11", "02-11", "01-11", "06-11", "03-12", "03-11", "03-13", "03-12", "03-14",
            "03-19", "03-15", "03-15", "03-16", "03-16", "03-17", "03-17", "03-18"
        ]
    );
}

/// The sessions whose level is not the day's guidance, by their day.
fn off_the_plan(diary: &Diary) -> Vec<NaiveDate> {
    let mut off = Vec::new();
    for entry in diary.visible() {
        let Body::Session(session) = &entry.body else {
            continue;
        };
        let before = diary.visible().into_iter().filter(|e| e.at < entry.at);
        let before: Diary = before.cloned().collect();
        let g = guidance(&before, entry.day());
        let given = g.prescription().map(|p| p.level.clone());
        let fits = session.level.is_some()
            && session.level == given
            && g.prescription().map(|p| p.activity) == Some(session.activity);
        if !fits {
            // Marked as not on the plan, and said in words.
            assert!(
                session.level.is_none(),
                "{} is {:?}, given {given:?}",
                entry.at,
                session.level
            );
            assert!(
                entry.notes.contains("although the plan said"),
                "{}",
                entry.at
            );
            off.push(entry.day());
        }
    }
    off
}

#[test]
fn every_session_follows_the_guidance_of_its_day_or_says_that_it_does_not() {
    for today in ["2026-06-28", "2027-01-01", "2028-03-01"] {
        let (diary, today) = ending(today);
        assert_eq!(off_the_plan(&diary), [today - chrono::TimeDelta::days(29)]);
    }
}

#[test]
fn fourteen_weeks_with_a_setback_end_today() {
    let (diary, today) = ending("2026-11-22");
    let all = diary.visible();
    assert_eq!((today - all[0].day()).num_days(), 97);
    // All of it lies behind, whatever the hour.
    assert_eq!((today - all.last().unwrap().day()).num_days(), 1);
    let g = guidance(&diary, today);
    assert_eq!(
        (g.advice, g.level.as_deref()),
        (Advice::RunWalk, Some("R9"))
    );
    let causes: Vec<_> = g.history.iter().map(|c| c.cause).collect();
    assert!(
        causes.iter().any(|c| matches!(c, ChangeCause::Down(_))),
        "a step back"
    );
    assert!(causes.contains(&ChangeCause::Gap), "an illness");
    let reached: Vec<_> = reached(&diary, &g).into_iter().map(|r| r.what).collect();
    assert!(reached.contains(&Milestone::StepBack) && reached.contains(&Milestone::Hour));
    let has = |kind: &str| all.iter().any(|e| e.body.kind() == kind);
    for kind in KINDS.iter().filter(|k| !["flag", "freedom"].contains(k)) {
        assert!(has(kind), "{kind}");
    }
    // What is planned lies ahead, also after the move.
    let ahead = |e: &&&footing::diary::entry::Entry| matches!(&e.body, Body::Appointment(a) if a.kept.is_none() && a.date > today);
    assert_eq!(all.iter().filter(ahead).count(), 1);
}

#[test]
fn it_is_no_backup_and_no_backup_is_it() {
    assert!(backup::read(FILE).is_err());
    let phone = Phone::new();
    let berlin = FixedOffset::east_opt(7200).unwrap();
    let day = phone.state.now.day();
    assert!(demo_diary::read(&backup_text(&phone.state), day, berlin).is_none());
    assert!(demo_diary::read("{", day, berlin).is_none());
}

impl Phone {
    /// Opens the demo as the shell would.
    fn see_demo(&mut self) {
        let effects = self.send(Event::Demo(DemoEvent::Open));
        assert_eq!(effects, [Effect::ReadDemo]);
        self.send(Event::Demo(DemoEvent::Read(Some(FILE.into()))));
        assert!(self.state.in_demo());
    }
}

fn written(effects: &[Effect]) -> Vec<&Effect> {
    let writes = |e: &&Effect| {
        !matches!(
            e,
            Effect::Navigate { .. }
                | Effect::SessionRunning(_)
                | Effect::WakeLock(_)
                | Effect::Sound(SoundEffect::Prime | SoundEffect::Cue(_) | SoundEffect::Hush)
                | Effect::TickIn(_)
                | Effect::ReadExercises
        )
    };
    effects.iter().filter(writes).collect()
}

#[test]
fn nothing_of_it_reaches_a_store_or_leaves_as_a_file() {
    let mut phone = Phone::new();
    phone.set_up_at("R3");
    let before = (phone.local.clone(), phone.indexed_db.clone());
    let own = (phone.state.diary().clone(), phone.state.guidance().clone());
    phone.see_demo();
    assert_eq!(phone.state.screen, Screen::Today);
    assert_eq!(phone.advice(), (Advice::RunWalk, Some("R9")));

    let mut effects = Vec::new();
    effects.extend(phone.send(Event::Session(SessionEvent::Start {
        level: None,
        pain: 0,
    })));
    effects.extend(phone.pass(90));
    let draft = phone.state.log_draft().all_quiet();
    effects.extend(phone.send(Event::Diary(DiaryEvent::Log(Box::new(draft)))));
    effects.extend(phone.send(Event::Diary(DiaryEvent::LogRedFlags(vec![
        footing::diary::vocabulary::RedFlag::NightPain,
    ]))));
    assert_eq!(phone.advice().0, Advice::Consult);
    let id = phone.state.diary().visible()[3].id;
    effects.extend(phone.send(Event::Diary(DiaryEvent::Delete(id))));
    effects.extend(phone.send(Event::Diary(DiaryEvent::Undo)));
    effects.extend(phone.send(Event::Diary(DiaryEvent::SetUp)));
    effects.extend(phone.send(Event::Navigation(NavigationEvent::Go(Screen::Strength))));
    effects.extend(phone.send(Event::Strength(StrengthEvent::Start { short: true })));
    assert!(
        phone.state.book.pending.is_empty(),
        "nothing waits to be saved"
    );
    for event in [
        Event::Backup(BackupEvent::Export),
        Event::Backup(BackupEvent::Read(FILE.into())),
        Event::Diary(DiaryEvent::Restore),
    ] {
        effects.extend(phone.send(event));
        assert_eq!(phone.state.notice, Some(Notice::InDemo));
    }
    assert_eq!(backup_text(&phone.state), "");
    assert_eq!(written(&effects), Vec::<&Effect>::new());
    assert_eq!((&phone.local, &phone.indexed_db), (&before.0, &before.1));
    assert_eq!((&phone.live, &phone.setup), (&None, &None));

    // Out of it again: the runner's own, as it was.
    phone.send(Event::Demo(DemoEvent::Leave));
    assert!(!phone.state.in_demo() && phone.state.run().is_none());
    assert_eq!(
        (phone.state.diary(), phone.state.guidance()),
        (&own.0, &own.1)
    );
    assert!(!backup_text(&phone.state).is_empty());
    phone.log_and_keep();
    assert_ne!(phone.local, before.0);
}

impl Phone {
    fn log_and_keep(&mut self) {
        let draft = self.state.log_draft().all_quiet();
        self.send(Event::Diary(DiaryEvent::Log(Box::new(draft))));
    }
}

#[test]
fn asked_for_while_the_stores_are_read_it_comes_when_they_are() {
    let mut phone = Phone::new();
    phone.set_up_at("R3");
    let entries = |of: &std::collections::BTreeMap<String, String>| {
        of.clone().into_iter().collect::<Vec<_>>()
    };
    for same in [true, false] {
        phone.state = State::new(phone.state.now);
        phone.send(Event::Storage(StorageEvent::Loaded(Box::new(LocalRead {
            entries: entries(&phone.local),
            ..LocalRead::default()
        }))));
        assert_eq!(phone.send(Event::Demo(DemoEvent::Open)), []);
        let read = phone.send(Event::Storage(StorageEvent::IndexedDbRead(Ok(Box::new(
            IndexedDbRead {
                same,
                entries: if same {
                    Vec::new()
                } else {
                    entries(&phone.indexed_db)
                },
                ..IndexedDbRead::default()
            },
        )))));
        assert!(read.contains(&Effect::ReadDemo), "{read:?}");
        phone.send(Event::Demo(DemoEvent::Read(Some(FILE.into()))));
        assert!(phone.state.in_demo());
        // The next look at the stores asks for nothing.
        phone.send(Event::Demo(DemoEvent::Leave));
        assert!(!phone.state.demo_wanted);
    }
}

#[test]
fn a_reload_ends_it() {
    let mut phone = Phone::new();
    phone.see_demo();
    phone.open();
    assert!(!phone.state.in_demo() && phone.state.diary().is_empty());
    assert_eq!(phone.state.screen, Screen::Setup);
}

#[test]
fn leaving_it_without_a_plan_leads_back_to_the_first_questions() {
    let mut phone = Phone::new();
    phone.see_demo();
    phone.next_day();
    phone.send(Event::Demo(DemoEvent::Leave));
    assert_eq!(phone.state.screen, Screen::Setup);
    assert_eq!(phone.state.guidance().on, phone.state.now.day());
}

#[test]
fn what_another_tab_writes_meanwhile_reaches_the_own_diary_alone() {
    let mut phone = Phone::new();
    phone.set_up_at("R3");
    let (id, text) = phone
        .local
        .iter()
        .next()
        .map(|(a, b)| (a.clone(), b.clone()))
        .unwrap();
    phone.see_demo();
    let shown = phone.state.diary().clone();
    phone.send(Event::Storage(StorageEvent::OtherTab {
        name: format!("entry/{id}"),
        value: Some(text.replace(
            "\"kind\"",
            "\"notes\":\"from the other tab\",\"edited_at\":\"2030-01-01T00:00:00Z\",\"kind\"",
        )),
    }));
    assert_eq!(*phone.state.diary(), shown);
    phone.send(Event::Demo(DemoEvent::Leave));
    let entry = phone.state.diary().get(id.parse().unwrap()).unwrap();
    assert_eq!(entry.notes, "from the other tab");
}

#[test]
fn it_does_not_open_over_what_is_under_way() {
    let mut phone = Phone::new();
    phone.set_up_at("R3");
    phone.send(Event::Session(SessionEvent::Start {
        level: None,
        pain: 0,
    }));
    assert_eq!(phone.send(Event::Demo(DemoEvent::Open)), []);
    phone.send(Event::Demo(DemoEvent::Read(Some(FILE.into()))));
    assert!(!phone.state.in_demo());
    // A file that is not the demo's opens nothing.
    phone.open();
    phone.send(Event::Session(SessionEvent::Discard));
    phone.send(Event::Demo(DemoEvent::Read(Some("{}".into()))));
    assert_eq!(phone.state.notice, Some(Notice::NoDemo));
    assert!(!phone.state.in_demo());
}
