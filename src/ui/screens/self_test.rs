//! The readiness self-test, guided: eight tasks one after the other, each with its
//! picture where there is one to see, a timer where there is time to keep, and the two
//! answers; then all of them once more before they are saved.

use crate::app::Event;
use crate::app::event::DiaryEvent;
use crate::app::exercises::Files;
use crate::app::forms::number_field::NumberField;
use crate::diary::vocabulary::{Side, TestItem};
use crate::plan::self_test::raises_hold;
use crate::shell;
use crate::ui::context::{App, derive};
use crate::ui::text::exercise_words::ExerciseWords;
use crate::ui::text::words::{label_and_value, t, tf, tk};
use crate::ui::widgets::controls::{button, card, tap};
use crate::ui::widgets::fields::{fault, number, radios, select};
use crate::ui::widgets::figure;
use crate::ui::widgets::timer;
use leptos::prelude::*;

/// One answer: passed or not, and the pain.
#[derive(Clone, Copy)]
struct Answer {
    item: TestItem,
    passed: RwSignal<Option<bool>>,
    pain: RwSignal<u8>,
}

/// The exercise that shows a task.
fn shown(item: TestItem) -> Option<&'static str> {
    match item {
        TestItem::Balance => Some("one-leg-stand"),
        TestItem::StepDown => Some("step-down"),
        TestItem::JogOnSpot => Some("jog-on-spot"),
        TestItem::Hop => Some("single-hop"),
        TestItem::CalfRaise => Some("single-calf"),
        TestItem::FullMovement
        | TestItem::NoSwelling
        | TestItem::NoGivingWay
        | TestItem::PelvicFloor => None,
    }
}

/// The seconds that a task lasts (section 2).
fn seconds(item: TestItem) -> Option<i64> {
    match item {
        TestItem::Balance => Some(10),
        TestItem::JogOnSpot => Some(60),
        _ => None,
    }
}

/// The screen.
pub fn view(app: App) -> AnyView {
    let answers: Vec<Answer> = TestItem::READINESS
        .iter()
        .map(|&item| Answer {
            item,
            passed: RwSignal::new(None),
            pain: RwSignal::new(0),
        })
        .collect();
    let raises = [(); 2].map(|()| RwSignal::new(String::new()));
    let step = RwSignal::new(0_u8);
    let wrong = RwSignal::new(None::<&'static str>);
    let all = u8::try_from(TestItem::READINESS.len()).unwrap_or(0);
    let side = app.peek(|s| s.plan().map_or(Side::None, |p| p.injury.side));
    let go = move |to: u8| {
        wrong.set(None);
        step.set(to);
        shell::route::scroll_to_top();
        shell::route::focus("#title");
    };
    let asked = answers.clone();
    let next = move || {
        let at = step.get_untracked();
        let answer = asked.get(usize::from(at)).copied();
        let passed = answer.and_then(|a| a.passed.get_untracked());
        let few = answer.is_some_and(|a| a.item == TestItem::CalfRaise)
            && passed == Some(true)
            && !raises_hold(counts(raises), side);
        let raises_asked = answer.is_some_and(|a| a.item == TestItem::CalfRaise);
        match passed {
            // Its field says what it takes.
            _ if raises_asked && wrong_counts(raises) => wrong.set(None),
            None => wrong.set(Some("self_test.fault")),
            Some(_) if few => wrong.set(Some("self_test.fault_raises")),
            Some(_) => return go(at + 1),
        }
        shell::route::focus(".fault:not(:empty)");
    };
    let given = answers.clone();
    let save = move || {
        let given = given
            .iter()
            .map(|a| Some((a.passed.get_untracked()?, a.pain.get_untracked())));
        let given: Option<Vec<(bool, u8)>> = given.collect();
        if let Some(answers) = given {
            app.send(Event::Diary(DiaryEvent::LogSelfTest {
                answers,
                raises: counts(raises),
            }));
        }
    };
    let words = derive(move || wrong.get().map(t));
    // A picture that came later would push the answers away from under a finger.
    let waits = app.memo(|s| matches!(s.files, Files::None | Files::Asked));
    view! {
        {crate::ui::widgets::controls::plain_head("self_test.eyebrow", "self_test.title")}
        {move || {
            if waits.get() {
                return view! { <p role="status">{t("load.wait")}</p> }.into_any();
            }
            let n = step.get();
            match answers.get(usize::from(n)).copied() {
                Some(a) => view! {
                    <progress max=all.to_string() value=n.to_string() aria-label=t("self_test.progress")></progress>
                    {(n == 0).then(|| view! { <p>{t("self_test.body")}</p> })}
                    {item(app, n + 1, a, raises)}
                    <section class="why caution"><p>{t("self_test.stop")}</p></section>
                }
                .into_any(),
                None => summary(&answers),
            }
        }}
        {fault(words)}
        <div class="acts">
            {move || if step.get() < all {
                button(t("self_test.next"), "test-next", "primary", tap(next.clone()))
            } else {
                button(t("self_test.save"), "self-test-save", "primary", tap(save.clone()))
            }}
            {move || (step.get() > 0).then(|| {
                button(t("app.back"), "test-back", "quiet", tap(move || go(step.get_untracked().saturating_sub(1))))
            })}
        </div>
    }
    .into_any()
}

const RAISES: [NumberField; 2] = [NumberField::RaisesLeft, NumberField::RaisesRight];

/// Heel raises left and right, as typed.
fn counts(raises: [RwSignal<String>; 2]) -> [Option<f64>; 2] {
    let mut fields = RAISES.into_iter();
    raises.map(|side| fields.next()?.read(&side.get_untracked()).ok().flatten())
}

/// Whether one of them is no number that its field takes.
fn wrong_counts(raises: [RwSignal<String>; 2]) -> bool {
    let mut fields = RAISES.iter().zip(raises);
    fields.any(|(field, side)| field.read(&side.get_untracked()).is_err())
}

fn item(app: App, n: u8, a: Answer, raises: [RwSignal<String>; 2]) -> AnyView {
    let key = a.item.key();
    let choice = |end: &str, words: &str, value: bool| {
        let picked = derive(move || a.passed.get() == Some(value));
        (
            ["test-", key, end].concat(),
            t(words),
            picked,
            tap(move || a.passed.set(Some(value))),
        )
    };
    let choices = vec![
        choice("-passed", "self_test.passed", true),
        choice("-not-yet", "self_test.not_yet", false),
    ];
    let legend = tf(
        "self_test.item",
        &[("n", &n.to_string()), ("name", &tk("test.", key))],
    );
    let scores = (0..=10u8)
        .map(|n| {
            let words = match n {
                0 => t("self_test.no_pain"),
                _ => n.to_string(),
            };
            (n.to_string(), words)
        })
        .collect();
    let pain = a.pain.get_untracked().to_string();
    let pick: Box<dyn Fn(String)> = Box::new(move |v| a.pain.set(v.parse().unwrap_or(0)));
    let words = app.peek(|s| s.exercises().cloned()).map(ExerciseWords);
    let picture = words.and_then(|words| {
        let exercise = shown(a.item).and_then(|id| words.0.library.get(id))?;
        Some(figure::moving(&words, exercise))
    });
    let [left, right] = raises;
    view! {
        <section class="card">
            {picture}
            {radios(key, legend, Some(tk("test_how.", key)), "choices", choices)}
            {seconds(a.item).map(|s| timer::view(app, s, t("timer.start")))}
            {(a.item == TestItem::CalfRaise).then(|| view! {
                <div class="pair">
                    {number(t("self_test.left"), NumberField::RaisesLeft, left, None)}
                    {number(t("self_test.right"), NumberField::RaisesRight, right, None)}
                </div>
            })}
            {select(t("self_test.pain"), pain_id(a.item), scores, &pain, None, pick)}
        </section>
    }
    .into_any()
}

/// All answers once more, before they are saved.
fn summary(answers: &[Answer]) -> AnyView {
    let rows = answers
        .iter()
        .map(|a| {
            let passed = a.passed.get_untracked() == Some(true);
            let outcome = t(if passed {
                "self_test.passed"
            } else {
                "self_test.not_yet"
            });
            let pain = tf(
                "recovery.pain_line",
                &[("pain", &a.pain.get_untracked().to_string())],
            );
            view! { <li>{label_and_value(&tk("test.", a.item.key()), "")}<b>{outcome}</b>", "{pain}</li> }
        })
        .collect_view();
    view! {
        {card(t("self_test.all"), view! { <ul class="plain" data-t="test-summary">{rows}</ul> }.into_any())}
        <p class="small">{t("self_test.after")}</p>
    }
    .into_any()
}

/// A label needs an id of its own.
fn pain_id(item: TestItem) -> &'static str {
    match item {
        TestItem::Balance => "test-balance-pain",
        TestItem::StepDown => "test-step-down-pain",
        TestItem::JogOnSpot => "test-jog-on-spot-pain",
        TestItem::Hop => "test-hop-pain",
        TestItem::CalfRaise => "test-calf-raise-pain",
        TestItem::FullMovement => "test-full-movement-pain",
        TestItem::NoSwelling => "test-no-swelling-pain",
        TestItem::NoGivingWay => "test-no-giving-way-pain",
        TestItem::PelvicFloor => "test-pelvic-floor-pain",
    }
}
