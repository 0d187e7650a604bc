//! A day written `YYYY-MM-DD`, as date fields, stored entries and our own files spell it.
//! By hand: chrono's reading lets signs and single digits pass.

use chrono::{Datelike, NaiveDate};

/// The day that the text spells; `None` for anything but `YYYY-MM-DD` of the calendar.
pub fn parse(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
    let year = i32::try_from(digits(year, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, digits(month, 2)?, digits(day, 2)?)
}

/// A day as a person enters it, of the years that an entry may hold: 1900 to 2200.
pub fn typed(text: &str) -> Option<NaiveDate> {
    parse(text.trim()).filter(|day| (1900..=2200).contains(&day.year()))
}

/// The number that exactly `length` digits spell.
fn digits(text: &str, length: usize) -> Option<u32> {
    let all = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_day_of_the_calendar_is_one() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2);
        assert_eq!((parse("2026-03-02"), typed(" 2026-03-02\n")), (day, day));
        for text in [
            "",
            "2026-3-02",
            "2026-02-30",
            "2026-03-02T00:00",
            "+026-03-02",
            "2026/03/02",
            "２０２６-03-02",
            "2026-03-0é",
            "2026-03-002",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!((typed("1899-12-31"), typed("2201-01-01")), (None, None));
        assert!(parse("1899-12-31").is_some());
    }
}
