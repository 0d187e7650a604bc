//! Dates and numbers in the page's language. What Today says comes from the words; the rest
//! through `Intl`, whose first formatter costs a slow phone a sixteenth of a second.
//!
//! A formatter is kept. Dates go in as UTC and
//! are read as UTC: no zone, no summer time, can shift a day.

use super::{js, language};
use crate::formats::number::NumberForm;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use js_sys::{Date, Function, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// What is to be said.
#[derive(Clone, Copy)]
enum Style {
    ShortDate,
    LongDate,
    Time,
    Number,
}

const STYLES: usize = 4;
/// What plain English is read as.
const BRITISH: &str = "en-GB";

thread_local! {
    static NUMBER_FORM: RefCell<Option<NumberForm>> = const { RefCell::new(None) };
    static MADE: RefCell<[Option<Function>; STYLES]> = const { RefCell::new([const { None }; STYLES]) };
}

/// Whole numbers from here on are grouped, which is left to `Intl`.
const GROUPED: f64 = 1000.0;

/// "Thursday 26 November".
pub fn weekday_date(day: NaiveDate) -> String {
    let month = ["date.month_", &day.month().to_string()].concat();
    word("date.weekday_date")
        .replace("{{weekday}}", &weekday(day))
        .replace("{{day}}", &day.day().to_string())
        .replace("{{month}}", &word(&month))
}

/// Makes the first formatter while nothing else is to be done, or the first tap that says
/// a date would wait for it.
pub fn prepare() {
    if let Some(day) = DateTime::UNIX_EPOCH.date_naive().succ_opt() {
        long_date(day);
    }
}

/// "26 Nov".
pub fn short_date(day: NaiveDate) -> String {
    date(Style::ShortDate, day)
}

/// "26 November 2026".
pub fn long_date(day: NaiveDate) -> String {
    date(Style::LongDate, day)
}

/// "Thursday".
pub fn weekday(day: NaiveDate) -> String {
    word(match day.weekday() {
        Weekday::Mon => "date.weekday_mon",
        Weekday::Tue => "date.weekday_tue",
        Weekday::Wed => "date.weekday_wed",
        Weekday::Thu => "date.weekday_thu",
        Weekday::Fri => "date.weekday_fri",
        Weekday::Sat => "date.weekday_sat",
        Weekday::Sun => "date.weekday_sun",
    })
}

fn word(key: &str) -> String {
    language::word(key).unwrap_or_default()
}

/// "07:05", by the clock of the place where it was written down.
pub fn time(at: DateTime<FixedOffset>) -> String {
    say(Style::Time, &moment(at.naive_local())).unwrap_or_else(|| at.time().to_string())
}

/// "1,250" or "2.5": two decimals at most.
pub fn number(value: f64) -> String {
    small(value)
        .or_else(|| say(Style::Number, &value.into()))
        .unwrap_or_default()
}

/// A number without groups, which is most of them; `None` for another.
fn small(value: f64) -> Option<String> {
    if !(0.0..GROUPED - 0.005).contains(&value) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let hundredths = (value * 100.0).round() as u32;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let mut text = whole.to_string();
    if rest > 0 {
        text.push_str(&word("number.point"));
        text.push_str(&(rest / 10).to_string());
        if rest % 10 > 0 {
            text.push_str(&(rest % 10).to_string());
        }
    }
    Some(text)
}

/// How the page's language spells numbers, for the fields that are typed into.
pub fn number_form() -> NumberForm {
    NUMBER_FORM.with_borrow_mut(|known| *known.get_or_insert_with(ask_number_form))
}

/// By its own example: a number of five digits has a sign between thousands everywhere.
fn ask_number_form() -> NumberForm {
    let parts = || {
        let intl = js::get(&js_sys::global(), "Intl")?;
        let maker: Function = js::get(&intl, "NumberFormat")?.dyn_into().ok()?;
        let arguments = js_sys::Array::of1(&language().into());
        let made = Reflect::construct(&maker, &arguments).ok()?;
        let parts = js::call(&made, "formatToParts", &[&12_345.6.into()]).ok()?;
        Some(js_sys::Array::from(&parts))
    };
    let parts = parts().unwrap_or_default();
    let sign = |kind: &str| {
        let part = parts
            .iter()
            .find(|part| js::text(part, "type").as_deref() == Some(kind))?;
        js::text(&part, "value")?.chars().next()
    };
    let english = NumberForm::default();
    NumberForm::new(
        sign("decimal").unwrap_or(english.decimal),
        sign("group").unwrap_or(english.group),
    )
}

fn date(style: Style, day: NaiveDate) -> String {
    say(style, &moment(day.and_time(NaiveTime::MIN))).unwrap_or_else(|| day.to_string())
}

#[allow(clippy::cast_precision_loss)]
fn moment(local: NaiveDateTime) -> JsValue {
    Date::new(&(local.and_utc().timestamp_millis() as f64).into()).into()
}

fn say(style: Style, value: &JsValue) -> Option<String> {
    let made = MADE.with_borrow_mut(|made| {
        let slot = &mut made[style as usize];
        if slot.is_none() {
            *slot = make(style);
        }
        slot.clone()
    })?;
    // A date that the calendar does not know throws.
    made.call1(&JsValue::NULL, value).ok()?.as_string()
}

/// The `format` function of a new formatter; it comes bound to it.
fn make(style: Style) -> Option<Function> {
    let [long, short, numeric, digits, utc] =
        ["long", "short", "numeric", "2-digit", "UTC"].map(JsValue::from);
    let (day, year) = (("day", &numeric), ("year", &numeric));
    let options = match style {
        Style::ShortDate => js::object(&[("timeZone", &utc), day, ("month", &short)]),
        Style::LongDate => js::object(&[("timeZone", &utc), day, ("month", &long), year]),
        Style::Time => js::object(&[("timeZone", &utc), ("hour", &digits), ("minute", &digits)]),
        Style::Number => js::object(&[("maximumFractionDigits", &2.into())]),
    };
    let kind = match style {
        Style::Number => "NumberFormat",
        _ => "DateTimeFormat",
    };
    let intl = js::get(&js_sys::global(), "Intl")?;
    let maker: Function = js::get(&intl, kind)?.dyn_into().ok()?;
    let arguments = js_sys::Array::of2(&language().into(), &options);
    let made = Reflect::construct(&maker, &arguments).ok()?;
    js::get(&made, "format")?.dyn_into().ok()
}

/// The page's language. Plain English would be taken for American ("Thursday,
/// November 26"), which the sentences around it are not written for.
pub(super) fn language() -> String {
    let root = js::document().and_then(|document| document.document_element());
    match root.and_then(|root| root.get_attribute("lang")) {
        Some(tag) if !tag.is_empty() && tag != "en" => tag,
        _ => BRITISH.into(),
    }
}

/// Makes the formatters anew, after the page's `lang` has changed.
pub fn language_changed() {
    MADE.with_borrow_mut(|made| made.fill(None));
    NUMBER_FORM.take();
}
