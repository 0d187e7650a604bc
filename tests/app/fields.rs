//! Every field that takes a number or words: what is typed into it in each language, what it
//! takes, and that nothing passes a form which the diary would refuse at the next start.

#![allow(clippy::unwrap_used)]

use footing::app::event::{DiaryEvent, PrefsEvent};
use footing::app::forms::entry_edit;
use footing::app::forms::entry_edit::{BenchmarkForm, NoteFault};
use footing::app::forms::number_field::NumberField;
use footing::app::forms::session_form::{LogFault, SessionForm, distance_field};
use footing::app::forms::setup_form::{SetupFault, SetupForm, Step};
use footing::app::notice::Notice;
use footing::app::{Event, Now, Screen};
use footing::diary::codec;
use footing::diary::entry::{Body, Extra, Score, Session, Strength, StrengthItem, StrengthSet};
use footing::diary::vocabulary::{Movement, Side};
use footing::formats::number::{NumberForm, WrongNumber, shown};
use proptest::prelude::*;
use std::path::Path;

use crate::phone::{MONDAY, Phone, now};

/// How the languages of the app spell numbers, as browsers have it.
const LANGUAGES: [(&str, NumberForm); 4] = [
    (
        "en",
        NumberForm {
            decimal: '.',
            group: ',',
        },
    ),
    (
        "de",
        NumberForm {
            decimal: ',',
            group: '.',
        },
    ),
    (
        "es",
        NumberForm {
            decimal: ',',
            group: '.',
        },
    ),
    (
        "fr",
        NumberForm {
            decimal: ',',
            group: ' ',
        },
    ),
];

/// Which of 0.5, 2.5, 1200 and 12500 a field takes.
fn taken(field: NumberField) -> [bool; 4] {
    match field {
        NumberField::LogRun
        | NumberField::LogWalk
        | NumberField::RecentRun
        | NumberField::RecentWalk
        | NumberField::UsualStiffness
        | NumberField::Longest
        | NumberField::ActivityMinutes
        | NumberField::MobilityMinutes
        | NumberField::Pounds
        | NumberField::Weekly => [true, true, true, false],
        NumberField::Kilometres
        | NumberField::Miles
        | NumberField::Sleep
        | NumberField::Kilograms => [true, true, false, false],
        NumberField::RaisesLeft | NumberField::RaisesRight => [false, false, false, false],
        NumberField::Repetitions => [false, false, true, false],
        NumberField::BenchTarget
        | NumberField::BenchLeft
        | NumberField::BenchRight
        | NumberField::BenchValue
        | NumberField::HandOverTarget
        | NumberField::HoldSeconds => [true, true, true, true],
    }
}

#[test]
fn every_field_reads_each_language_and_shows_what_it_reads() {
    for field in NumberField::ALL {
        for (language, form) in LANGUAGES {
            let d = form.decimal;
            // As typed with the language's own signs, and with those between thousands.
            let rows = [
                (
                    0.5,
                    vec![format!("0{d}5"), format!("{d}5"), format!("0{d}50")],
                ),
                (2.5, vec![format!("2{d}5"), "٢٫٥".to_owned()]),
                (
                    1200.0,
                    vec!["1200".into(), format!("1{}200", form.group), "١٢٠٠".into()],
                ),
                (
                    12_500.0,
                    vec!["12500".into(), format!("12{}500", form.group)],
                ),
            ];
            for ((number, texts), takes) in rows.into_iter().zip(taken(*field)) {
                for text in texts {
                    let (draft, wrong) = field.limits().enter(form, &text);
                    let said = format!("{field:?} {language} {text}");
                    assert_eq!(wrong.is_none(), takes, "{said}: {wrong:?}");
                    assert_eq!(
                        field.read(&draft).ok(),
                        takes.then_some(Some(number)),
                        "{said}"
                    );
                    // What the field then shows it reads again, and so does every language.
                    for (_, other) in LANGUAGES {
                        let again = field.limits().enter(other, &shown(other, &draft));
                        assert_eq!(again, (draft.clone(), wrong), "{said}");
                    }
                }
            }
            assert_eq!(field.limits().enter(form, " "), (String::new(), None));
            for letters in ["abc", "2 5", "12:30", "1e3", "25 min"] {
                let (draft, wrong) = field.limits().enter(form, letters);
                assert_eq!(wrong, Some(WrongNumber::NotANumber), "{field:?} {letters}");
                assert!(field.read(&draft).is_err(), "{field:?} {letters}");
                assert_eq!(shown(form, &draft), letters);
            }
        }
        let french = LANGUAGES[3].1;
        assert!(
            matches!(
                field.limits().enter(french, "1.200").1,
                Some(WrongNumber::Ambiguous { .. })
            ),
            "{field:?}"
        );
    }
}

#[test]
fn a_field_that_is_left_as_it_was_changes_nothing() {
    for field in NumberField::ALL {
        for stored in [
            0.0,
            0.1,
            1.0 / 3.0,
            6.8039,
            20.016_666_666_666_666,
            1200.0,
            1234.567,
        ] {
            let draft = field.draft(Some(stored));
            for (language, form) in LANGUAGES {
                let (held, wrong) = field.limits().enter(form, &shown(form, &draft));
                assert_eq!(held, draft, "{field:?} {language} {stored}");
                if wrong.is_none() {
                    let kept = field.stored(&held, Some(stored));
                    assert_eq!(kept, Ok(Some(stored)), "{field:?} {language}");
                }
            }
        }
    }
}

/// What each field comes to in an entry, and whether that entry would be read again.
fn accepted(field: NumberField, stored: f64) -> bool {
    let now = now(MONDAY, 0);
    let session = |change: fn(&mut Session, f64)| {
        let form = SessionForm {
            run_min: "1".into(),
            pain_during: Some(0),
            ..SessionForm::blank(&now, None, Movement::Run)
        };
        let Body::Session(mut session) = form.entry(&now).unwrap().body else {
            panic!("no session");
        };
        change(&mut session, stored);
        Body::Session(session)
    };
    let set = |reps: Option<f64>, seconds, load_kg| {
        Body::Strength(Strength {
            items: vec![StrengthItem {
                pattern: "squat".into(),
                exercise: "squat".into(),
                level: 1,
                sets: vec![StrengthSet {
                    reps: reps.map(|n| format!("{n}").parse().unwrap_or(u32::MAX)),
                    seconds,
                    load_kg,
                    side: Side::None,
                    extra: Extra::new(),
                }],
                extra: Extra::new(),
            }],
            pain: Score::ZERO,
        })
    };
    let plan = |change: fn(&mut footing::diary::entry::Plan, f64)| {
        let draft = SetupForm {
            site: Some(footing::diary::vocabulary::Site::Knee),
            since: "2026-01-01".into(),
            ..SetupForm::default()
        };
        let Body::Plan(mut plan) = draft.entries(&now)[0].body.clone() else {
            panic!("no plan");
        };
        change(&mut plan, stored);
        Body::Plan(plan)
    };
    let bench = |change: fn(&mut footing::diary::entry::Benchmark, f64)| {
        let draft = BenchmarkForm {
            name: "Hops".into(),
            ..BenchmarkForm::default()
        };
        let Ok(Body::Benchmark(mut bench)) = draft.body() else {
            panic!("no benchmark");
        };
        change(&mut bench, stored);
        Body::Benchmark(bench)
    };
    let raises = |left, right| {
        Body::SelfTest(footing::diary::entry::SelfTest {
            items: vec![footing::diary::entry::TestResult {
                test: footing::diary::vocabulary::TestItem::CalfRaise,
                passed: true,
                left,
                right,
                pain: Score::ZERO,
                extra: Extra::new(),
            }],
        })
    };
    let some = Some(stored);
    let body = match field {
        NumberField::LogRun | NumberField::RecentRun => session(|s, v| s.run_min = v),
        NumberField::LogWalk | NumberField::RecentWalk => session(|s, v| s.walk_min = v),
        NumberField::Kilometres | NumberField::Miles => session(|s, v| s.distance_m = Some(v)),
        NumberField::UsualStiffness => plan(|p, v| p.usual_stiffness_min = v),
        NumberField::Longest => plan(|p, v| p.longest_painless_run_min = Some(v)),
        NumberField::Weekly => plan(|p, v| p.weekly_minutes_before = Some(v)),
        NumberField::RaisesLeft => raises(some, None),
        NumberField::RaisesRight => raises(None, some),
        NumberField::BenchTarget | NumberField::HandOverTarget => bench(|b, v| b.target = Some(v)),
        NumberField::BenchLeft => bench(|b, v| b.left = Some(v)),
        NumberField::BenchRight => bench(|b, v| b.right = Some(v)),
        NumberField::BenchValue => bench(|b, v| b.value = Some(v)),
        NumberField::ActivityMinutes | NumberField::MobilityMinutes => {
            let Ok(Body::Activity(mut a)) = entry_edit::activity("x", "1", Some(0), false) else {
                panic!("no activity");
            };
            a.minutes = stored;
            Body::Activity(a)
        }
        NumberField::Sleep => Body::CheckIn(footing::diary::entry::CheckIn {
            sleep_h: some,
            food: None,
            water: None,
        }),
        NumberField::Repetitions => set(some, None, None),
        NumberField::HoldSeconds => set(None, some, None),
        NumberField::Kilograms | NumberField::Pounds => set(Some(1.0), None, some),
    };
    let mut entry = SessionForm {
        run_min: "1".into(),
        pain_during: Some(0),
        ..SessionForm::blank(&now, None, Movement::Run)
    }
    .entry(&now)
    .unwrap();
    entry.body = body;
    codec::check(&entry).is_ok()
}

#[test]
fn what_a_field_takes_the_diary_takes() {
    for field in NumberField::ALL {
        let limits = field.limits();
        for ends in [limits.least, limits.most] {
            assert!(accepted(*field, ends * field.unit()), "{field:?} {ends}");
            let text = footing::formats::number::plain(ends);
            assert_eq!(field.read(&text), Ok(Some(ends)), "{field:?}");
        }
        for beyond in [limits.least - 1.0, limits.most + 1.0] {
            let text = footing::formats::number::plain(beyond);
            assert_eq!(field.read(&text), Err(WrongNumber::OutOfRange), "{field:?}");
        }
        // Where the field takes as much as the diary, one more is refused there too.
        let narrower = matches!(
            field,
            NumberField::RaisesLeft | NumberField::RaisesRight | NumberField::HandOverTarget
        );
        let beyond = (limits.most + 1.0) * field.unit();
        assert_eq!(accepted(*field, beyond), narrower, "{field:?}");
    }
}

/// The sources of `ui`, by path.
fn screens() -> Vec<(String, String)> {
    fn walk(folder: &Path, out: &mut Vec<(String, String)>) {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                out.push((path.to_string_lossy().into_owned(), text));
            }
        }
    }
    let mut out = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui");
    walk(&root, &mut out);
    out
}

/// A number is typed in the one widget alone, which asks for a member of the list.
#[test]
fn no_number_is_typed_outside_the_one_field() {
    let all = screens();
    for (path, text) in &all {
        let widget = path.ends_with("widgets/fields.rs");
        for mark in ["inputmode", "type=\"number\"", "\"decimal\"", "\"numeric\""] {
            assert!(widget || !text.contains(mark), "{path} holds {mark}");
        }
    }
    for field in NumberField::ALL {
        let name = format!("NumberField::{field:?}");
        let through = ["Kilometres", "Miles", "Kilograms", "Pounds"];
        let by_unit = through.iter().any(|unit| name.ends_with(unit));
        let used = by_unit || all.iter().any(|(_, text)| text.contains(&name));
        assert!(used, "{name} is drawn nowhere");
    }
    assert_eq!(distance_field(true), NumberField::Miles);
    assert_eq!(entry_edit::load_field(true), NumberField::Pounds);
}

/// Words are typed in fields that say when they are too long.
#[test]
fn no_words_are_typed_without_a_limit() {
    let mut known = Vec::new();
    for (path, text) in screens() {
        let free = text.matches("<textarea").count() + text.matches("<input").count();
        let closed = [
            "type=\"radio\"",
            "type=\"checkbox\"",
            "type=\"file\"",
            "type=\"range\"",
            "readonly",
            "type=\"date\"",
        ];
        let closed: usize = closed.iter().map(|mark| text.matches(mark).count()).sum();
        for _ in closed..free {
            known.push(path.rsplit_once("src/ui/").unwrap().1.to_owned());
        }
    }
    known.sort();
    // The field for words, the field for a number, the one for several lines, and the
    // shoes with their list.
    let expected = [
        "screens/log/mod.rs",
        "widgets/controls.rs",
        "widgets/fields.rs",
        "widgets/fields.rs",
    ];
    assert_eq!(known, expected);
}

#[test]
fn what_is_too_long_or_too_far_is_refused_by_its_form_and_nothing_is_stored() {
    let now = now(MONDAY, 0);
    let log = SessionForm {
        run_min: "5".into(),
        walk_min: "20".into(),
        pain_during: Some(2),
        pain_after: Some(1),
        ..SessionForm::blank(&now, None, Movement::RunWalk)
    };
    let far = |distance: &str, miles| SessionForm {
        distance: distance.into(),
        miles,
        ..log.clone()
    };
    for (form, fault) in [
        (far("800", false), LogFault::Distance),
        (far("501", false), LogFault::Distance),
        (far("400", true), LogFault::Distance),
        (
            SessionForm {
                notes: "x".repeat(codec::MAX_TEXT + 1),
                ..log.clone()
            },
            LogFault::Long,
        ),
        (
            SessionForm {
                shoes: "x".repeat(codec::MAX_TEXT + 1),
                ..log.clone()
            },
            LogFault::Long,
        ),
    ] {
        assert_eq!(form.entry(&now).err(), Some(fault));
        let mut phone = Phone::new();
        phone.set_up();
        let before = phone.local.clone();
        phone.send(Event::Diary(DiaryEvent::Log(Box::new(form))));
        assert_eq!(phone.local, before);
        assert_eq!(phone.state.notice, Some(Notice::Incomplete));
    }
    for (form, metres) in [
        (far("500", false), 500_000.0),
        (far("310", true), 498_896.64),
    ] {
        let Body::Session(session) = form.entry(&now).unwrap().body else {
            panic!("no session");
        };
        assert_eq!(session.distance_m, Some(metres));
    }
    let at = |step, change: fn(&mut SetupForm)| {
        let mut form = SetupForm {
            step,
            ..SetupForm::default()
        };
        change(&mut form);
        form.fault(now.day())
    };
    let number = Some(SetupFault::Number);
    assert_eq!(
        at(Step::Usual, |f| f.usual_stiffness = "1441".into()),
        number
    );
    assert_eq!(at(Step::Where, |f| f.longest = "abc?".into()), number);
    assert_eq!(at(Step::Days, |f| f.weekly = "10081".into()), number);
    let long = at(Step::Goal, |f| f.goal = "x".repeat(codec::MAX_TEXT + 1));
    assert_eq!(long, Some(SetupFault::Long));
}

#[test]
fn a_thousand_stays_a_thousand_when_a_target_is_edited() {
    let bench = BenchmarkForm {
        name: "Walk".into(),
        target: NumberField::BenchTarget.draft(Some(1200.0)),
        value: "900".into(),
        met: true,
        ..BenchmarkForm::default()
    };
    assert_eq!(bench.body(), Err(NoteFault::BelowTarget));
}

#[test]
fn pounds_that_are_left_as_they_were_change_no_weight() {
    let old = Strength {
        items: vec![StrengthItem {
            pattern: "squat".into(),
            exercise: "squat".into(),
            level: 2,
            sets: vec![StrengthSet {
                reps: Some(8),
                seconds: None,
                load_kg: Some(6.8039),
                side: Side::None,
                extra: Extra::new(),
            }],
            extra: Extra::new(),
        }],
        pain: Score::ZERO,
    };
    for pounds in [false, true] {
        let load = entry_edit::load_field(pounds).draft(Some(6.8039));
        assert_eq!(load, if pounds { "15" } else { "6.8" });
        let kept = entry_edit::strength(&old, &[("8".into(), load)], pounds, Some(0));
        assert_eq!(kept, Ok(Body::Strength(old.clone())));
    }
    let heavier = entry_edit::strength(&old, &[("8".into(), "20".into())], true, Some(0));
    let Ok(Body::Strength(heavier)) = heavier else {
        panic!("no strength");
    };
    let kg = heavier.items[0].sets[0].load_kg;
    assert!(kg.is_some_and(|kg| (kg - 9.071_847_4).abs() < 1e-9));
}

#[test]
fn the_emergency_number_takes_the_digits_of_every_keyboard() {
    let mut phone = Phone::new();
    for (typed, kept) in [
        ("١١٢", "112"),
        ("९११", "911"),
        ("+49 112", "+49112"),
        ("", "112"),
    ] {
        phone.send(Event::Prefs(PrefsEvent::EmergencyNumber(typed.into())));
        assert_eq!(phone.state.prefs.emergency_number, kept);
    }
}

#[test]
fn signs_that_were_ticked_are_known_to_be_saved() {
    use footing::diary::vocabulary::RedFlag;
    let mut phone = Phone::new();
    phone.set_up();
    let flags = vec![RedFlag::ChestPain];
    assert!(!phone.state.holds_red_flags(&flags));
    phone.send(Event::Diary(DiaryEvent::LogRedFlags(flags.clone())));
    assert!(phone.state.holds_red_flags(&flags));
    assert!(
        !phone
            .state
            .holds_red_flags(&[RedFlag::ChestPain, RedFlag::NightPain])
    );
    phone.ms += 86_400_000;
    phone.send(Event::Tick);
    assert!(
        !phone.state.holds_red_flags(&flags),
        "those of yesterday are not those of now"
    );
}

fn any_typed() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        "-?[0-9]{0,8}[.,]?[0-9]{0,4}",
        Just(String::new()),
        Just("x".repeat(20_001)),
        (-1e9..1e9_f64).prop_map(footing::formats::number::plain),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    /// Whatever is typed: a form refuses it, or the next start reads what it made.
    #[test]
    fn nothing_passes_a_form_that_the_next_start_would_refuse(
        texts in prop::collection::vec(any_typed(), 7),
        pain in prop::option::of(0_u8..20),
        miles in any::<bool>(),
    ) {
        let now: Now = now(MONDAY, 0);
        let [run, walk, distance, notes, shoes, surface, what] = texts.try_into().unwrap();
        let log = SessionForm {
            run_min: run.clone(),
            walk_min: walk.clone(),
            distance: distance.clone(),
            notes: notes.clone(),
            shoes,
            surface,
            miles,
            pain_during: pain,
            pain_after: pain,
            effort: pain,
            fear: pain,
            mood: pain,
            ..SessionForm::blank(&now, None, Movement::Run)
        };
        if let Ok(entry) = log.entry(&now) {
            prop_assert_eq!(codec::check(&entry), Ok(()));
        }
        // The forms around the run keep through the one door, which says what it refuses.
        let bodies = [
            entry_edit::activity(&what, &run, pain, false),
            entry_edit::check_in(&run, None, None),
            entry_edit::goal(&what, None),
            entry_edit::appointment(&what, "2026-03-03", None, &notes, now.day()),
            BenchmarkForm { name: what.clone(), target: run, left: walk, value: distance, unit: notes, ..BenchmarkForm::default() }.body(),
        ];
        let mut phone = Phone::new();
        for body in bodies.into_iter().flatten() {
            let edit = entry_edit::EntryEdit::new(body, Screen::Care);
            phone.send(Event::Diary(DiaryEvent::Edit(Box::new(edit))));
        }
        let kept = phone.local.len();
        phone.open();
        prop_assert!(phone.state.book.storage.damaged.is_empty());
        prop_assert_eq!(phone.state.diary().all().count(), kept);
    }
}
