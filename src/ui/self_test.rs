//! The readiness self-test: eight items, each passed or not yet.

use super::context::{App, derive};
use super::forms::{fault, radios, select};
use super::parts::{button, tap};
use super::words::{t, tf, tk};
use crate::app::Event;
use crate::domain::keys::TestItem;
use crate::shell;
use leptos::prelude::*;

/// One answer: passed or not, and the pain.
#[derive(Clone, Copy)]
struct Answer {
    item: TestItem,
    passed: RwSignal<Option<bool>>,
    pain: RwSignal<u8>,
}

/// The screen.
pub fn view(app: App) -> AnyView {
    let answers: Vec<Answer> = TestItem::ALL
        .iter()
        .map(|&item| Answer {
            item,
            passed: RwSignal::new(None),
            pain: RwSignal::new(0),
        })
        .collect();
    let asked = answers.clone();
    let open = RwSignal::new(false);
    let save = move || {
        let given: Option<Vec<(bool, u8)>> = asked
            .iter()
            .map(|a| Some((a.passed.get_untracked()?, a.pain.get_untracked())))
            .collect();
        match given {
            Some(given) => app.send(Event::SelfTested(given)),
            None => open.set(true),
        }
        if open.get_untracked() {
            shell::route::focus(".fault:not(:empty)");
        }
    };
    let items = (1..).zip(answers).map(|(n, a)| item(n, a)).collect_view();
    let words = derive(move || open.get().then(|| t("self_test.fault")));
    view! {
        {super::today::plain_head("self_test.eyebrow", "self_test.title")}
        <p>{t("self_test.body")}</p>
        <section class="why caution"><p>{t("self_test.stop")}</p></section>
        {items}
        <p class="small">{t("self_test.after")}</p>
        {fault(words)}
        <div class="acts">{button(t("self_test.save"), "self-test-save", "primary", tap(save))}</div>
    }
    .into_any()
}

fn item(n: u8, a: Answer) -> AnyView {
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
    let pick: Box<dyn Fn(String)> = Box::new(move |v| a.pain.set(v.parse().unwrap_or(0)));
    view! {
        <section class="card">
            {radios(key, legend, Some(tk("test_how.", key)), "choices", choices)}
            {select(t("self_test.pain"), pain_id(a.item), scores, "0", None, pick)}
        </section>
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
    }
}
