//! The calendar file: what is planned, for the phone's own calendar, which does the
//! reminding (RFC 5545).
//!
//! The days come from running the rules forward on quiet answers. They hold no level: each
//! log may change the plan, and then a new file moves what the old one put there. For that
//! every event has a name that does not hang on its day: the next session is the twelfth,
//! whenever it comes.

use crate::diary::Diary;
use crate::diary::entry::{Body, Entry, Extra, Plan, Score, Strength};
use crate::diary::vocabulary::Weekday;
use crate::rules::guidance::{Advice, Guidance};
use crate::rules::progression::guidance;
use crate::rules::symptom_free;
use crate::strength::schedule::{ENOUGH_PER_WEEK, due};
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

/// Longest line, in octets, its break left out.
const LINE: usize = 75;
/// Most weeks ahead.
pub const MAX_WEEKS: u8 = 8;

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A day for a session.
    Session,
    /// A day for strength.
    Strength,
    /// A morning check.
    Morning,
    /// An appointment.
    Appointment,
}

impl What {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::Session,
        Self::Strength,
        Self::Morning,
        Self::Appointment,
    ];

    /// The key that words and files know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Strength => "strength",
            Self::Morning => "morning",
            Self::Appointment => "appointment",
        }
    }

    /// Minutes that it is entered for.
    const fn minutes(self) -> u32 {
        match self {
            Self::Session => 45,
            Self::Strength => 25,
            Self::Morning | Self::Appointment => 5,
        }
    }
}

/// What the runner wants in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Weeks ahead, 1 to [`MAX_WEEKS`].
    pub weeks: u8,
    /// Which kinds, in the order of [`What::ALL`].
    pub kinds: [bool; 4],
    /// When a session begins; strength as well.
    pub session_at: NaiveTime,
    /// When the morning is asked about.
    pub morning_at: NaiveTime,
    /// Minutes before that the calendar reminds; `None`: not at all.
    pub alarm_min: Option<u16>,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub what: What,
    /// Its name, the same in every file.
    pub uid: String,
    /// Its day.
    pub on: NaiveDate,
    /// With whom, for an appointment.
    pub with: String,
}

/// What is planned from `today` on, by kind and day. Empty where the plan is paused or
/// waits for a clinician's word.
pub fn planned(diary: &Diary, today: NaiveDate, weeks: u8) -> Vec<Event> {
    let visible = diary.visible();
    let Some((first, _)) = diary.plans().next() else {
        return appointments(&visible, today, "");
    };
    let place = ["@", &first.id.to_string(), ".footing"].concat();
    let mut events = appointments(&visible, today, &place);
    if let Some(plan) = diary.plan_on(today) {
        Ahead {
            known: diary.clone(),
            plan,
            place: &place,
            sessions: days_with(&visible, today, |b| match b {
                Body::Session(s) => s.level.is_some() || s.run_min > 0.0,
                Body::SelfTest(_) => true,
                _ => false,
            }),
            strengths: days_with(&visible, today, |b| matches!(b, Body::Strength(_))),
            id: u128::MAX,
            events: &mut events,
        }
        .walk(today, weeks.clamp(1, MAX_WEEKS));
    }
    events
}

fn appointments(visible: &[&Entry], today: NaiveDate, place: &str) -> Vec<Event> {
    let coming = visible.iter().filter_map(|e| match &e.body {
        Body::Appointment(a) if a.kept.is_none() && a.date >= today => Some((e.id, a)),
        _ => None,
    });
    let event = |(id, a): (Uuid, &crate::diary::entry::Appointment)| Event {
        what: What::Appointment,
        uid: ["appointment-", &id.to_string(), place].concat(),
        on: a.date,
        with: a.with.clone(),
    };
    coming.map(event).collect()
}

/// How many days up to one hold what is meant.
fn days_with(visible: &[&Entry], today: NaiveDate, meant: impl Fn(&Body) -> bool) -> u32 {
    let mut count = 0;
    let mut last = None;
    for entry in visible
        .iter()
        .filter(|e| e.day() <= today && meant(&e.body))
    {
        count += u32::from(last != Some(entry.day()));
        last = Some(entry.day());
    }
    count
}

/// The way ahead, as if every answer were quiet.
struct Ahead<'a> {
    known: Diary,
    plan: &'a Plan,
    place: &'a str,
    sessions: u32,
    strengths: u32,
    /// The id of what was put last: from the far end, so that none of the runner's own is
    /// met.
    id: u128,
    events: &'a mut Vec<Event>,
}

impl Ahead<'_> {
    fn walk(&mut self, today: NaiveDate, weeks: u8) {
        let days = usize::from(weeks) * 7;
        for day in today.iter_days().take(days) {
            let mut g = guidance(&self.known, day);
            if let Some(due) = g.morning_due_for {
                // Of a session that is logged already: those planned bring their own.
                let name = ["morning-", &self.sessions.to_string()].concat();
                self.event(What::Morning, &name, day);
                self.put(due, 8, Body::Morning(symptom_free::morning()));
                g = guidance(&self.known, day);
            }
            if !self.day(&g, day) {
                return;
            }
        }
    }

    /// One day; `false`: nothing goes on without somebody's word.
    fn day(&mut self, g: &Guidance, day: NaiveDate) -> bool {
        let due = due(&self.known, g, day);
        match g.advice {
            Advice::SetUp | Advice::Emergency | Advice::Consult | Advice::ClearanceNeeded => {
                return false;
            }
            Advice::Recover | Advice::Morning => {
                let name = ["morning-on-", &day.to_string()].concat();
                self.event(What::Morning, &name, day);
                self.put(day, 8, Body::Morning(symptom_free::morning()));
            }
            Advice::SelfTest if self.suits(day) => {
                self.session(day, Body::SelfTest(symptom_free::self_test()));
            }
            Advice::Walk | Advice::RunWalk | Advice::Run if self.suits(day) => {
                if let Some(asked) = g.prescription() {
                    self.session(day, Body::Session(Box::new(symptom_free::session(asked))));
                }
            }
            _ => {}
        }
        if due.today() && due.week < ENOUGH_PER_WEEK {
            self.strengths += 1;
            let name = ["strength-", &self.strengths.to_string()].concat();
            self.event(What::Strength, &name, day);
            let strength = Strength {
                items: Vec::new(),
                pain: Score::ZERO,
            };
            self.put(day, 20, Body::Strength(strength));
        }
        true
    }

    fn session(&mut self, day: NaiveDate, body: Body) {
        self.sessions += 1;
        let number = self.sessions.to_string();
        self.event(What::Session, &["session-", &number].concat(), day);
        self.put(day, 18, body);
        let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
        self.event(What::Morning, &["morning-", &number].concat(), next);
        self.put(next, 8, Body::Morning(symptom_free::morning()));
    }

    /// Whether the day is one that suits the runner; none named: every day.
    fn suits(&self, day: NaiveDate) -> bool {
        let at = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or_default();
        let days = &self.plan.days;
        days.is_empty() || Weekday::ALL.get(at).is_some_and(|day| days.contains(day))
    }

    fn event(&mut self, what: What, name: &str, on: NaiveDate) {
        let uid = [name, self.place].concat();
        if !self.events.iter().any(|e| e.uid == uid) {
            self.events.push(Event {
                what,
                uid,
                on,
                with: String::new(),
            });
        }
    }

    fn put(&mut self, day: NaiveDate, hour: u32, body: Body) {
        self.id -= 1;
        let at = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        self.known.insert(Entry {
            id: Uuid::from_u128(self.id),
            at: day.and_time(at).and_utc().fixed_offset(),
            edited_at: None,
            deleted: false,
            notes: String::new(),
            flags: Vec::new(),
            body,
            extra: Extra::new(),
        });
    }
}

/// The words of the file, in the order of [`What::ALL`]; `about` stands in every event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The name of the calendar.
    pub name: String,
    /// What each kind is called.
    pub titles: [String; 4],
    /// That the plan may change, and where to look.
    pub about: String,
    /// What stands before the title of what is taken back: calendars that know no state go
    /// on showing it.
    pub cancelled: String,
}

/// The file: what is planned and chosen, and, taken back, what an earlier file put on
/// this day or later and is planned no more. `before` is what [`remember`] gave then.
pub fn write(
    events: &[Event],
    choice: &Choice,
    words: &Words,
    before: &str,
    stamp: DateTime<FixedOffset>,
) -> String {
    let mut out = String::new();
    // The person's own day, not that of Greenwich.
    let today = stamp.date_naive();
    let stamp = stamp.with_timezone(&Utc);
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Footing//Footing//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        fold(&mut out, line);
    }
    text(&mut out, "X-WR-CALNAME:", &words.name);
    let wanted: Vec<&Event> = events.iter().filter(|e| chosen(choice, e.what)).collect();
    for event in &wanted {
        begin(&mut out, &event.uid, stamp);
        start(&mut out, event.what, event.on, choice);
        let title = &words.titles[event.what as usize];
        let title = if event.with.is_empty() {
            title.clone()
        } else {
            [title.as_str(), ": ", &event.with].concat()
        };
        text(&mut out, "SUMMARY:", &title);
        text(&mut out, "DESCRIPTION:", &words.about);
        fold(&mut out, "TRANSP:TRANSPARENT");
        if let Some(before) = choice.alarm_min {
            alarm(&mut out, event.what, before, &title);
        }
        fold(&mut out, "END:VEVENT");
    }
    for (what, uid, on) in taken_back(&wanted, before, today) {
        begin(&mut out, &uid, stamp);
        start(&mut out, what, on, choice);
        let title = [words.cancelled.as_str(), &words.titles[what as usize]].join(" ");
        text(&mut out, "SUMMARY:", &title);
        fold(&mut out, "STATUS:CANCELLED");
        fold(&mut out, "END:VEVENT");
    }
    fold(&mut out, "END:VCALENDAR");
    out
}

/// What an earlier file put on this day or later and is wanted no more.
fn taken_back(wanted: &[&Event], before: &str, today: NaiveDate) -> Vec<(What, String, NaiveDate)> {
    let mut earlier = recalled(before);
    earlier.retain(|(_, uid, on)| *on >= today && !wanted.iter().any(|e| e.uid == *uid));
    earlier
}

/// Whether a file would hold nothing at all: no event, and none to take back.
pub fn is_empty(events: &[Event], choice: &Choice, before: &str, today: NaiveDate) -> bool {
    let wanted: Vec<&Event> = events.iter().filter(|e| chosen(choice, e.what)).collect();
    wanted.is_empty() && taken_back(&wanted, before, today).is_empty()
}

fn chosen(choice: &Choice, what: What) -> bool {
    choice.kinds[what as usize]
}

/// What a file holds, to be kept until the next one is made: a line an event.
pub fn remember(events: &[Event], choice: &Choice) -> String {
    let mut text = String::new();
    for event in events.iter().filter(|e| chosen(choice, e.what)) {
        text.extend([
            event.what.key(),
            " ",
            &event.on.to_string(),
            " ",
            &event.uid,
            "\n",
        ]);
    }
    text
}

fn recalled(text: &str) -> Vec<(What, String, NaiveDate)> {
    let line = |line: &str| {
        let mut parts = line.split(' ');
        let what = parts.next()?;
        let what = What::ALL.into_iter().find(|w| w.key() == what)?;
        let on = crate::formats::day::parse(parts.next()?)?;
        let uid = parts.next()?.to_owned();
        Some((what, uid, on))
    };
    text.lines().filter_map(line).collect()
}

fn begin(out: &mut String, uid: &str, stamp: DateTime<Utc>) {
    fold(out, "BEGIN:VEVENT");
    fold(out, &["UID:", uid].concat());
    let at = [&compact(stamp.date_naive()), "T", &clock(stamp.time()), "Z"].concat();
    fold(out, &["DTSTAMP:", &at].concat());
    // Later files win: minutes since 2024 never go back.
    let since = stamp.timestamp() / 60 - 28_401_120;
    fold(
        out,
        &[
            "SEQUENCE:",
            &since.clamp(0, i64::from(i32::MAX)).to_string(),
        ]
        .concat(),
    );
}

/// Times are those of wherever the runner is: they carry no zone.
fn start(out: &mut String, what: What, on: NaiveDate, choice: &Choice) {
    let day = compact(on);
    let at = match what {
        What::Appointment => {
            // Its hour is not known here: the whole day.
            fold(out, &["DTSTART;VALUE=DATE:", &day].concat());
            return;
        }
        What::Morning => choice.morning_at,
        What::Session | What::Strength => choice.session_at,
    };
    fold(out, &["DTSTART:", &day, "T", &clock(at)].concat());
    fold(
        out,
        &["DURATION:PT", &what.minutes().to_string(), "M"].concat(),
    );
}

fn alarm(out: &mut String, what: What, before: u16, title: &str) {
    fold(out, "BEGIN:VALARM");
    fold(out, "ACTION:DISPLAY");
    // A whole day begins at midnight: nine in the morning of the day before.
    let trigger = match what {
        What::Appointment => "TRIGGER:-PT15H".to_owned(),
        _ => ["TRIGGER:-PT", &before.to_string(), "M"].concat(),
    };
    fold(out, &trigger);
    text(out, "DESCRIPTION:", title);
    fold(out, "END:VALARM");
}

fn compact(day: NaiveDate) -> String {
    day.to_string().replace('-', "")
}

fn clock(at: NaiveTime) -> String {
    at.to_string()
        .chars()
        .filter(|c| *c != ':')
        .take(6)
        .collect()
}

/// A property whose value is free text.
fn text(out: &mut String, name: &str, value: &str) {
    let mut line = String::from(name);
    for c in value.chars() {
        match c {
            '\\' | ';' | ',' => line.extend(['\\', c]),
            '\n' => line.push_str("\\n"),
            c if c.is_control() => {}
            c => line.push(c),
        }
    }
    fold(out, &line);
}

/// A line, broken so that none is longer than 75 octets and no letter is cut.
fn fold(out: &mut String, line: &str) {
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
}
