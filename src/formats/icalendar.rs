//! Calendar files (RFC 5545): events as text that any calendar takes in.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// Longest line, in octets, its break left out.
const LONGEST_LINE: usize = 75;
/// Minutes from 1970 to 2024: sequence numbers count from there, so that they fit 31 bits.
const MINUTES_TO_2024: i64 = 28_401_120;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEvent {
    /// The same in every file: a calendar moves what it knows by this name.
    pub uid: String,
    pub time: Time,
    pub title: String,
    pub state: EventStatus,
}

/// When an event is. No zone: wherever the phone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// A whole day.
    Day(NaiveDate),
    /// From an instant on, so many minutes.
    From(NaiveDateTime, u32),
}

/// What a calendar shall do with an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventStatus {
    /// Enter it, with a description, and remind of it so long before it begins.
    Wanted {
        description: String,
        reminder: Option<TimeDelta>,
    },
    /// Take it out.
    Cancelled,
}

/// The file: a calendar of that name, made by `product` at `stamp`. Where two files speak
/// of one event, the later one wins.
pub fn write(product: &str, name: &str, events: &[CalendarEvent], stamp: DateTime<Utc>) -> String {
    let mut file = Lines::default();
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line(&["PRODID:", product].concat());
    file.line("CALSCALE:GREGORIAN");
    file.line("METHOD:PUBLISH");
    file.text("X-WR-CALNAME:", name);
    for event in events {
        file.event(event, stamp);
    }
    file.line("END:VCALENDAR");
    file.0
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn event(&mut self, event: &CalendarEvent, stamp: DateTime<Utc>) {
        self.line("BEGIN:VEVENT");
        self.line(&["UID:", &event.uid].concat());
        self.line(&["DTSTAMP:", &instant(stamp.naive_utc()), "Z"].concat());
        let sequence = stamp.timestamp() / 60 - MINUTES_TO_2024;
        let sequence = sequence.clamp(0, i64::from(i32::MAX));
        self.line(&["SEQUENCE:", &sequence.to_string()].concat());
        match event.time {
            Time::Day(day) => self.line(&["DTSTART;VALUE=DATE:", &date(day)].concat()),
            Time::From(at, minutes) => {
                self.line(&["DTSTART:", &instant(at)].concat());
                self.line(&["DURATION:PT", &minutes.to_string(), "M"].concat());
            }
        }
        self.text("SUMMARY:", &event.title);
        match &event.state {
            EventStatus::Wanted {
                description,
                reminder,
            } => {
                self.text("DESCRIPTION:", description);
                self.line("TRANSP:TRANSPARENT");
                if let Some(before) = reminder {
                    self.reminder(*before, &event.title);
                }
            }
            EventStatus::Cancelled => self.line("STATUS:CANCELLED"),
        }
        self.line("END:VEVENT");
    }

    fn reminder(&mut self, before: TimeDelta, title: &str) {
        self.line("BEGIN:VALARM");
        self.line("ACTION:DISPLAY");
        let minutes = before.num_minutes().to_string();
        self.line(&["TRIGGER:-PT", &minutes, "M"].concat());
        self.text("DESCRIPTION:", title);
        self.line("END:VALARM");
    }

    /// A property whose value is free text.
    fn text(&mut self, name: &str, value: &str) {
        let mut line = String::from(name);
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => line.extend(['\\', c]),
                '\n' => line.push_str("\\n"),
                c if c.is_control() => {}
                c => line.push(c),
            }
        }
        self.line(&line);
    }

    /// A line, folded so that none is too long and no letter is cut.
    fn line(&mut self, line: &str) {
        let mut width = 0;
        for c in line.chars() {
            if width + c.len_utf8() > LONGEST_LINE {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// `20260331`.
fn date(day: NaiveDate) -> String {
    day.to_string().replace('-', "")
}

/// `20260331T183000`.
fn instant(at: NaiveDateTime) -> String {
    [&date(at.date()), "T", &clock(at.time())].concat()
}

fn clock(at: NaiveTime) -> String {
    at.to_string()
        .chars()
        .filter(|c| *c != ':')
        .take(6)
        .collect()
}
