//! Names of months and of days of the week, in the words of the page's language.

use super::{format, js};
use chrono::{NaiveDate, NaiveTime};
use js_sys::{Date, Function, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// The language, and the formatters of months and of weekdays in it.
    static MADE: RefCell<Option<(String, [Function; 2])>> = const { RefCell::new(None) };
}

/// "Nov 2026".
pub fn month(day: NaiveDate) -> String {
    say(0, day)
}

/// "Thu".
pub fn weekday(day: NaiveDate) -> String {
    say(1, day)
}

#[allow(clippy::cast_precision_loss)] // milliseconds of a date
fn say(which: usize, day: NaiveDate) -> String {
    let language = format::language();
    let said = MADE.with_borrow_mut(|made| {
        if made.as_ref().is_none_or(|(of, _)| *of != language) {
            *made = make(&language).map(|both| (language, both));
        }
        let ms = day.and_time(NaiveTime::MIN).and_utc().timestamp_millis() as f64;
        let (_, both) = made.as_ref()?;
        let said = both[which].call1(&JsValue::NULL, &Date::new(&ms.into()));
        said.ok()?.as_string()
    });
    said.unwrap_or_else(|| day.to_string())
}

fn make(language: &str) -> Option<[Function; 2]> {
    let [short, numeric, utc] = ["short", "numeric", "UTC"].map(JsValue::from);
    let month = [("timeZone", &utc), ("month", &short), ("year", &numeric)];
    let weekday = [("timeZone", &utc), ("weekday", &short)];
    Some([formatter(language, &month)?, formatter(language, &weekday)?])
}

fn formatter(language: &str, options: &[(&str, &JsValue)]) -> Option<Function> {
    let intl = js::get(&js_sys::global(), "Intl")?;
    let maker: Function = js::get(&intl, "DateTimeFormat")?.dyn_into().ok()?;
    let arguments = js_sys::Array::of2(&language.into(), &js::object(options));
    let made = Reflect::construct(&maker, &arguments).ok()?;
    js::get(&made, "format")?.dyn_into().ok()
}
