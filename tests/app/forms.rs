//! Whatever is typed into a form: what it writes is read again by the next start, and what
//! the next start would refuse is refused at once, and said.

#![allow(clippy::unwrap_used)]

use crate::phone::Phone;
use crate::support::any_session;
use chrono::NaiveDate;
use footing::app::Event;
use footing::app::Screen;
use footing::app::event::{BackupEvent, DiaryEvent, DraftEvent};
use footing::app::forms::entry_edit::{self, BenchmarkForm, EntryEdit};
use footing::app::forms::morning_form::MorningForm;
use footing::app::forms::session_form::SessionForm;
use footing::app::forms::setup_form::{SetupForm, Step};
use footing::app::notice::Notice;
use footing::diary::codec::{MAX_ITEMS, MAX_TEXT};
use footing::diary::entry::{Body, Clearance, Extra, Score, SiteMark};
use footing::diary::vocabulary::{AbsenceReason, Movement, NamedBy, RedFlag, Side, Site, Stage};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Words of any length, the longest that are read and one more among them.
fn words() -> BoxedStrategy<String> {
    prop_oneof![
        4 => any::<String>(),
        1 => select(vec!["", " ", "\u{0}", "\u{202e}", "\"\\", "é"]).prop_map(str::to_owned),
        1 => (MAX_TEXT - 1..=MAX_TEXT + 1).prop_map(|n| "ß".repeat(n)),
    ]
    .boxed()
}

/// What may stand in a field for a number.
fn number() -> BoxedStrategy<String> {
    prop_oneof![
        2 => any::<f64>().prop_map(|n| n.to_string()),
        2 => (0_u32..200_000).prop_map(|n| n.to_string()),
        2 => (0.0..2000.0).prop_map(|n: f64| n.to_string().replace('.', ",")),
        2 => select(vec!["", "0", "30", "1440", "1440.1", "-1", "1e9", "1e-320", "NaN", "inf",
            "10080", "100000", "0.0000001", "٣", "1 000"])
            .prop_map(str::to_owned),
    ]
    .boxed()
}

/// What may stand in a field for a day.
fn date() -> BoxedStrategy<String> {
    prop_oneof![
        3 => (-800_i64..30).prop_map(|n| {
            let monday = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
            (monday + chrono::TimeDelta::days(n)).to_string()
        }),
        1 => select(vec!["", "2026-02-30", "1899-12-31", "9999-01-01", "-1", "2026-3-1", "+2026-03-01"])
            .prop_map(str::to_owned),
    ]
    .boxed()
}

fn flags() -> BoxedStrategy<Vec<RedFlag>> {
    prop_oneof![
        4 => vec(select(RedFlag::ALL), 0..4),
        1 => (MAX_ITEMS..MAX_ITEMS + 2).prop_map(|n| vec![RedFlag::ALL[0]; n]),
    ]
    .boxed()
}

fn sites() -> BoxedStrategy<Vec<SiteMark>> {
    let mark = (select(Site::ALL), select(Side::ALL)).prop_map(|(site, side)| SiteMark {
        site,
        side,
        pain: Score::ZERO,
        extra: Extra::new(),
    });
    prop_oneof![
        3 => vec(mark.clone(), 0..4),
        1 => (MAX_ITEMS..MAX_ITEMS + 2, mark).prop_map(|(n, mark)| vec![mark; n]),
    ]
    .boxed()
}

fn answer() -> BoxedStrategy<Option<u8>> {
    prop_oneof![3 => (0_u8..=10).prop_map(Some), 1 => any::<u8>().prop_map(Some), 1 => Just(None)]
        .boxed()
}

fn logs() -> BoxedStrategy<DiaryEvent> {
    let typed = (
        date(),
        number(),
        number(),
        number(),
        words(),
        words(),
        words(),
    );
    let said = (
        answer(),
        answer(),
        answer(),
        answer(),
        answer(),
        flags(),
        sites(),
    );
    let more = (any_session(), any::<bool>(), any::<bool>(), any::<u8>());
    (typed, said, more)
        .prop_map(|(typed, said, (session, miles, hurt, before))| {
            let form = SessionForm {
                day: typed.0,
                run_min: typed.1,
                walk_min: typed.2,
                distance: typed.3,
                surface: typed.4,
                shoes: typed.5,
                notes: typed.6,
                pain_during: said.0,
                pain_after: said.1,
                effort: said.2,
                fear: said.3,
                mood: said.4,
                flags: said.5,
                sites: said.6,
                intervals: session.intervals,
                stopped_for: session.stopped_for,
                pattern: session.pattern,
                miles,
                hurt,
                pain_before: before,
                ..SessionForm::blank(
                    &crate::phone::now(crate::phone::MONDAY, 0),
                    None,
                    Movement::Walk,
                )
            };
            DiaryEvent::Log(Box::new(form.named_by_minutes()))
        })
        .boxed()
}

fn mornings() -> BoxedStrategy<DiaryEvent> {
    (
        answer(),
        any::<u16>(),
        words(),
        flags(),
        date(),
        any::<bool>(),
    )
        .prop_map(|(pain, stiffness_min, notes, flags, day, forgotten)| {
            DiaryEvent::AnswerMorning(Box::new(MorningForm {
                pain,
                stiffness_min,
                notes,
                flags,
                forgotten,
                for_day: day.parse().ok(),
                ..MorningForm::default()
            }))
        })
        .boxed()
}

/// A body as a form around the run makes it; nothing where the form says what is wrong.
fn bodies() -> BoxedStrategy<Option<Body>> {
    let today = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
    let yes = any::<Option<bool>>;
    prop_oneof![
        (words(), date(), yes(), words()).prop_map(move |(with, date, kept, ask)| {
            entry_edit::appointment(&with, &date, kept, &ask, today).ok()
        }),
        (
            words(),
            number(),
            number(),
            number(),
            number(),
            any::<bool>(),
            words()
        )
            .prop_map(|(name, target, left, right, value, met, agreed_with)| {
                let draft = BenchmarkForm {
                    unit: name.clone(),
                    name,
                    target,
                    left,
                    right,
                    value,
                    met,
                    agreed_with,
                    gates_stage: Some(Stage::Running),
                };
                draft.body().ok()
            }),
        (words(), number(), answer(), any::<bool>())
            .prop_map(|(what, min, pain, hard)| entry_edit::activity(&what, &min, pain, hard).ok()),
        (words(), number(), date()).prop_map(move |(what, min, date)| entry_edit::planned(
            &what,
            &min,
            &date,
            &[],
            today
        )
        .ok()
        .map(|made| made.0)),
        (number(), yes(), yes())
            .prop_map(|(h, food, water)| entry_edit::check_in(&h, food, water).ok()),
        (answer(), answer(), answer())
            .prop_map(|(mood, sure, fear)| entry_edit::mind(mood, sure, fear).ok()),
        (words(), date()).prop_map(|(text, day)| entry_edit::goal(&text, day.parse().ok()).ok()),
        (date(), date(), select(AbsenceReason::ALL), any::<bool>()).prop_map(
            move |(from, until, why, fever)| entry_edit::absence(&from, &until, why, fever, today)
                .ok()
        ),
    ]
    .boxed()
}

fn edits() -> BoxedStrategy<DiaryEvent> {
    (bodies(), words(), date())
        .prop_filter_map("a body", |(body, notes, day)| {
            Some(DiaryEvent::Edit(Box::new(EntryEdit {
                notes: Some(notes),
                day: day.parse().ok(),
                ..EntryEdit::new(body?, Screen::Today)
            })))
        })
        .boxed()
}

fn clearances() -> BoxedStrategy<DiaryEvent> {
    let said = (words(), words(), words(), words());
    (said, date(), flags(), any::<bool>())
        .prop_map(|(said, day, known_flags, granted)| {
            DiaryEvent::LogClearance(Box::new(Clearance {
                granted,
                by: said.0,
                role: said.1,
                seen_on: day.parse().ok(),
                restart_level: Some(said.2),
                max_level: Some(said.3),
                known_flags,
                softer_profile: granted,
                known_painkiller: false,
                known_fear: false,
                known_usual: None,
            }))
        })
        .boxed()
}

fn others() -> BoxedStrategy<DiaryEvent> {
    let raises = any::<Option<f64>>();
    prop_oneof![
        flags().prop_map(DiaryEvent::LogRedFlags),
        (
            vec((any::<bool>(), any::<u8>()), 0..20),
            raises.clone(),
            raises
        )
            .prop_map(|(answers, left, right)| DiaryEvent::LogSelfTest {
                answers,
                raises: [left, right],
            }),
        vec((bodies(), words()), 0..12).prop_map(|writes| {
            let writes = writes.into_iter();
            DiaryEvent::TakePlan(writes.filter_map(|(b, w)| Some((b?, w))).collect())
        }),
    ]
    .boxed()
}

fn setups() -> BoxedStrategy<SetupForm> {
    let typed = (
        date(),
        date(),
        number(),
        number(),
        number(),
        words(),
        words(),
        words(),
    );
    let said = (
        select(Site::ALL),
        any::<[bool; 6]>(),
        answer(),
        answer(),
        flags(),
        words(),
    );
    (typed, said)
        .prop_map(|(typed, said)| SetupForm {
            step: Step::Summary,
            site: Some(said.0),
            since: typed.0,
            birth_on: typed.1,
            usual_stiffness: typed.2,
            longest: typed.3,
            weekly: typed.4,
            goal: typed.5,
            clinician_name: typed.6,
            clinician_level: typed.7,
            named_by: Some(NamedBy::Clinician),
            clinician: Some(said.1[0]),
            cleared: said.1[1],
            after_birth: said.1[2],
            pregnant: said.1[3],
            heart: said.1[4],
            surgery: said.1[5],
            usual_pain: said.2,
            per_week: said.3,
            flags: said.4,
            recent: said.5,
            stage: Some(Stage::RunWalk),
            days: 255,
            ..SetupForm::default()
        })
        .boxed()
}

/// What is written comes back with the next start; what is not is told.
fn kept_or_told(phone: &mut Phone, event: DiaryEvent) {
    let (before, screen) = (phone.state.diary().clone(), phone.state.screen);
    let asked = format!("{event:.300?}");
    phone.send(Event::Diary(event));
    let after = phone.state.diary().clone();
    if after == before {
        let told = phone.state.notice.is_some() || phone.state.screen != screen;
        assert!(
            told || asked.contains("([])"),
            "neither kept nor told: {asked}"
        );
        return;
    }
    assert_ne!(phone.state.notice, Some(Notice::Incomplete), "{asked}");
    phone.open();
    assert!(phone.state.book.storage.damaged.is_empty(), "{asked}");
    assert_eq!(*phone.state.diary(), after, "{asked}");
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: crate::support::diaries::seed(),
        ..ProptestConfig::default()
    }
}

#[test]
fn whatever_is_typed_the_next_start_reads_what_was_kept() {
    let any_event = prop_oneof![logs(), mornings(), edits(), clearances(), others()].boxed();
    proptest!(config(400), |(events in vec(any_event, 1..4))| {
        let mut phone = Phone::new();
        phone.set_up();
        for event in events {
            kept_or_told(&mut phone, event);
            phone.ms += 60_000;
        }
    });
}

#[test]
fn whatever_the_first_questions_are_answered_with_the_next_start_reads_the_plan() {
    proptest!(config(400), |(form in setups())| {
        let mut phone = Phone::new();
        phone.send(Event::Draft(DraftEvent::Setup(Box::new(form))));
        kept_or_told(&mut phone, DiaryEvent::SetUp);
    });
}

#[test]
fn a_text_that_is_too_long_is_refused_at_its_field_and_a_shorter_one_is_kept() {
    let mut phone = Phone::new();
    phone.set_up();
    let goal = |n: usize| {
        let body = entry_edit::goal(&"x".repeat(n), None).unwrap();
        Event::Diary(DiaryEvent::Edit(Box::new(EntryEdit::new(
            body,
            Screen::Mind,
        ))))
    };
    let before = phone.state.diary().len();
    phone.send(goal(MAX_TEXT + 1));
    let Some(Notice::Refused(errors)) = &phone.state.notice else {
        panic!("not refused: {:?}", phone.state.notice);
    };
    assert_eq!((errors.len(), errors[0].field.as_str()), (1, "text"));
    assert_eq!(phone.state.diary().len(), before);
    phone.send(goal(MAX_TEXT));
    assert_eq!(phone.state.diary().len(), before + 1);
}

#[test]
fn a_restore_is_planned_anew_when_it_is_accepted() {
    let mut phone = Phone::new();
    phone.set_up();
    phone.answer_morning(3);
    let backup = footing::app::backup_text(&phone.state);
    let id = phone.state.diary().visible().last().unwrap().id;
    // Another phone's older copy of the same morning is shown …
    let older = backup.replace("\"pain\":3", "\"pain\":1");
    assert_ne!(older, backup);
    phone.local.remove(&id.to_string());
    phone.indexed_db.remove(&id.to_string());
    phone.open();
    phone.send(Event::Backup(BackupEvent::Read(older)));
    assert_eq!(phone.state.book.import.as_ref().unwrap().plan.new.len(), 1);
    // … and before it is accepted another window writes the morning anew, later.
    let newer = backup.replace("\"pain\":3", "\"pain\":5");
    let entries: serde_json::Value = serde_json::from_str(&newer).unwrap();
    let entries = entries["entries"].as_array().unwrap();
    let mut entry = entries
        .iter()
        .find(|e| e["id"] == id.to_string())
        .unwrap()
        .clone();
    entry["edited_at"] = "2026-03-02T20:00:00+01:00".into();
    phone.send(Event::Storage(
        footing::app::event::StorageEvent::OtherTab {
            name: format!("entry/{id}"),
            value: Some(entry.to_string()),
        },
    ));
    phone.send(Event::Diary(DiaryEvent::Restore));
    let Body::Morning(kept) = &phone.state.diary().get(id).unwrap().body else {
        panic!("a morning");
    };
    assert_eq!(kept.pain.get(), 5, "what became newer meanwhile stays");
    assert_eq!(phone.state.notice, Some(Notice::Imported(0)));
}
