//! Sleep, food and water once the morning is answered: a tap each, and what follows from
//! them today.

use crate::app::event::DiaryEvent;
use crate::app::forms::entry_edit::EntryEdit;
use crate::app::{Event, Screen, State};
use crate::diary::entry::{Body, CheckIn};
use crate::insights::check_in::{self, Fuel, SameAgain};
use crate::shell::format;
use crate::ui::context::{App, derive};
use crate::ui::text::words::{t, tf, tk};
use crate::ui::widgets::controls::{Tap, card, link, tap};
use crate::ui::widgets::entry_form::keyed;
use crate::ui::widgets::fields::radios;
use leptos::prelude::*;

/// Hours to choose from: the first stands for less as well, the last for more.
const HOURS: [u8; 5] = [5, 6, 7, 8, 9];

/// What there is to say of food and water: id, food, water.
const FED: [(&str, Option<bool>, Option<bool>); 4] = [
    ("enough", Some(true), Some(true)),
    ("food", Some(false), None),
    ("water", None, Some(false)),
    ("both", Some(false), Some(false)),
];

/// The questions, then what follows from the answers.
pub fn view(app: App) -> AnyView {
    view! {
        {keyed(app, asks_key, asks)}
        {keyed(app, follows_key, follows)}
    }
    .into_any()
}

fn told(s: &State) -> Option<CheckIn> {
    let told = check_in::of_day(s.diary(), s.now.day());
    told.map(|(_, told)| told.clone())
}

/// Asked once the morning is answered. Not of the answers: a card that went away under the
/// finger would let the next tap hit something else.
fn asks_key(s: &State) -> String {
    let today = s.now.day();
    let asks = s.plan().is_some() && s.morning_answered(today);
    if asks {
        today.to_string()
    } else {
        String::new()
    }
}

fn asks(app: App) -> AnyView {
    let open = |c: &CheckIn| c.sleep_h.is_none() || (c.food.is_none() && c.water.is_none());
    let all_told = app.peek(|s| asks_key(s).is_empty() || told(s).is_some_and(|c| !open(&c)));
    if all_told {
        return ().into_any();
    }
    let told = app.memo(told);
    let nights = HOURS.map(|hours| {
        let n = hours.to_string();
        let words = match hours {
            5 => tf("checkin.hours_less", &[("n", &n)]),
            9 => tf("checkin.hours_more", &[("n", &n)]),
            _ => tf("checkin.hours", &[("n", &n)]),
        };
        let slept = Some(f64::from(hours));
        let picked = derive(move || told.with(|c| c.as_ref().is_some_and(|c| c.sleep_h == slept)));
        (
            ["slept-", &n].concat(),
            words,
            picked,
            answer(app, move |c| c.sleep_h = slept),
        )
    });
    let fed = FED.map(|(id, food, water)| {
        let is = move |c: &CheckIn| (c.food, c.water) == (food, water);
        let picked = derive(move || told.with(|c| c.as_ref().is_some_and(is)));
        let put = answer(app, move |c| (c.food, c.water) = (food, water));
        (["fed-", id].concat(), tk("checkin.fed_", id), picked, put)
    });
    let body = view! {
        {radios("slept", t("checkin.night"), None, "choices", nights.into())}
        {radios("fed", t("checkin.fed"), None, "choices", fed.into())}
        <p class="small">{t("checkin.body")}</p>
    };
    card(t("checkin.title"), body.into_any())
}

fn follows_key(s: &State) -> String {
    let again = check_in::same_again(s.diary(), s.guidance());
    let fuel = check_in::fuel(s.diary(), s.now.day());
    let fuel = fuel.map(|fuel| match fuel {
        Fuel::TooLittle(days) => days.to_string(),
        Fuel::Sign => "sign".into(),
    });
    again
        .map(|again| again.level + &again.hours.to_string())
        .unwrap_or_default()
        + &fuel.unwrap_or_default()
}

fn follows(app: App) -> AnyView {
    let again = app.peek(|s| check_in::same_again(s.diary(), s.guidance()));
    view! {
        {again.map(|again| view! {
            <section class="why" data-t="same-again"><p>{same_again(&again)}</p></section>
        })}
        {app.peek(|s| check_in::fuel(s.diary(), s.now.day())).map(fuel)}
    }
    .into_any()
}

/// What a short night suggests, in words.
pub fn same_again(again: &SameAgain) -> String {
    tf(
        "checkin.same_again",
        &[
            ("hours", &format::number(again.hours)),
            ("level", &again.instead_of),
            ("same", &again.level),
        ],
    )
}

/// An answer, which is saved when it is tapped: into the day's check-in, where there is one.
fn answer(app: App, put: impl Fn(&mut CheckIn) + 'static) -> Tap {
    tap(move || {
        let edit = app.peek(|s| {
            let there = check_in::of_day(s.diary(), s.now.day());
            let mut told = told(s).unwrap_or(CheckIn {
                sleep_h: None,
                food: None,
                water: None,
            });
            put(&mut told);
            EntryEdit {
                original: there.map(|(entry, _)| entry.id),
                ..EntryEdit::new(Body::CheckIn(told), Screen::Today)
            }
        });
        app.send(Event::Diary(DiaryEvent::Edit(Box::new(edit))));
    })
}

/// What too little food does, and where the warning signs are.
fn fuel(why: Fuel) -> AnyView {
    let days = match why {
        Fuel::TooLittle(days) => Some(tf("fuel.days", &[("n", &days.to_string())])),
        Fuel::Sign => None,
    };
    view! {
        <section class="why caution" data-t="fuel">
            <p>{days}" "{t("fuel.body")}</p>
            <p>{t("fuel.signs")}</p>
            {link(t("fuel.check"), "fuel-check", "ghost", Screen::Check)}
        </section>
    }
    .into_any()
}
