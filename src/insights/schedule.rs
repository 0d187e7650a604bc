//! What is planned, for the phone's own calendar, which does the reminding.
//!
//! The days come from running the rules forward on quiet answers. They hold no level: each
//! log may change the plan, and then a new file moves what the old one put there. For that
//! every event has a name that does not hang on its day: the next session is the twelfth,
//! whenever it comes.

use crate::diary::Diary;
use crate::diary::entry::{Body, Entry, Extra, Plan, Score, Strength};
use crate::diary::vocabulary::Weekday;
use crate::formats;
use crate::formats::icalendar;
use crate::formats::icalendar::{EventStatus, Time};
use crate::rules::guidance::{Advice, Guidance};
use crate::rules::progression::guidance;
use crate::rules::symptom_free;
use crate::strength::schedule::{ENOUGH_PER_WEEK, due};
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};
use uuid::Uuid;

/// Most weeks ahead.
pub const MAX_WEEKS: u8 = 8;

/// What is entered into the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// A day for a session.
    Session,
    /// A day for strength.
    Strength,
    /// A morning check.
    Morning,
    /// An appointment.
    Appointment,
}

impl EventKind {
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
pub struct CalendarOptions {
    /// Weeks ahead, 1 to [`MAX_WEEKS`].
    pub weeks: u8,
    /// Which kinds, in the order of [`EventKind::ALL`].
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
pub struct PlannedEvent {
    pub kind: EventKind,
    /// Its name, the same in every file.
    pub uid: String,
    /// Its day.
    pub on: NaiveDate,
    /// With whom, for an appointment.
    pub with: String,
}

/// What is planned from `today` on, by kind and day. Empty where the plan is paused or
/// waits for a clinician's word.
pub fn planned(diary: &Diary, today: NaiveDate, weeks: u8) -> Vec<PlannedEvent> {
    let visible = diary.visible();
    let Some((first, _)) = diary.plans().next() else {
        return appointments(&visible, today, "");
    };
    let place = ["@", &first.id.to_string(), ".footing"].concat();
    let mut events = appointments(&visible, today, &place);
    if let Some(plan) = diary.plan_on(today) {
        QuietWay {
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

fn appointments(visible: &[&Entry], today: NaiveDate, place: &str) -> Vec<PlannedEvent> {
    let coming = visible.iter().filter_map(|e| match &e.body {
        Body::Appointment(a) if a.kept.is_none() && a.date >= today => Some((e.id, a)),
        _ => None,
    });
    let event = |(id, a): (Uuid, &crate::diary::entry::Appointment)| PlannedEvent {
        kind: EventKind::Appointment,
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
struct QuietWay<'a> {
    known: Diary,
    plan: &'a Plan,
    place: &'a str,
    sessions: u32,
    strengths: u32,
    /// The id of what was put last: from the far end, so that none of the runner's own is
    /// met.
    id: u128,
    events: &'a mut Vec<PlannedEvent>,
}

impl QuietWay<'_> {
    fn walk(&mut self, today: NaiveDate, weeks: u8) {
        let days = usize::from(weeks) * 7;
        for day in today.iter_days().take(days) {
            let mut g = guidance(&self.known, day);
            if let Some(due) = g.morning_due_for {
                // Of a session that is logged already: those planned bring their own.
                let name = ["morning-", &self.sessions.to_string()].concat();
                self.event(EventKind::Morning, &name, day);
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
                self.event(EventKind::Morning, &name, day);
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
            self.event(EventKind::Strength, &name, day);
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
        self.event(EventKind::Session, &["session-", &number].concat(), day);
        self.put(day, 18, body);
        let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
        self.event(EventKind::Morning, &["morning-", &number].concat(), next);
        self.put(next, 8, Body::Morning(symptom_free::morning()));
    }

    /// Whether the day is one that suits the runner; none named: every day.
    fn suits(&self, day: NaiveDate) -> bool {
        let at = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or_default();
        let days = &self.plan.days;
        days.is_empty() || Weekday::ALL.get(at).is_some_and(|day| days.contains(day))
    }

    fn event(&mut self, kind: EventKind, name: &str, on: NaiveDate) {
        let uid = [name, self.place].concat();
        if !self.events.iter().any(|e| e.uid == uid) {
            self.events.push(PlannedEvent {
                kind,
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

/// The words of the file, in the order of [`EventKind::ALL`]; `about` stands in every event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarWords {
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

/// The calendar file: what is planned and chosen, and, taken back, what an earlier file put
/// on this day or later and is planned no more. `before` is what [`remember`] gave then.
pub fn write(
    planned: &[PlannedEvent],
    options: &CalendarOptions,
    words: &CalendarWords,
    before: &str,
    stamp: DateTime<FixedOffset>,
) -> String {
    // The person's own day, not that of Greenwich.
    let today = stamp.date_naive();
    let stamp = stamp.with_timezone(&Utc);
    let wanted: Vec<&PlannedEvent> = planned.iter().filter(|e| options.wants(e.kind)).collect();
    let mut events: Vec<icalendar::CalendarEvent> =
        wanted.iter().map(|e| event(e, options, words)).collect();
    for (kind, uid, on) in taken_back(&wanted, before, today) {
        events.push(icalendar::CalendarEvent {
            uid,
            time: options.time(kind, on),
            title: [words.cancelled.as_str(), &words.titles[kind as usize]].join(" "),
            state: EventStatus::Cancelled,
        });
    }
    icalendar::write("-//Footing//Footing//EN", &words.name, &events, stamp)
}

fn event(
    planned: &PlannedEvent,
    options: &CalendarOptions,
    words: &CalendarWords,
) -> icalendar::CalendarEvent {
    let title = &words.titles[planned.kind as usize];
    let reminder = options.alarm_min.map(|before| match planned.kind {
        // A whole day begins at midnight: nine in the morning of the day before.
        EventKind::Appointment => TimeDelta::hours(15),
        _ => TimeDelta::minutes(before.into()),
    });
    icalendar::CalendarEvent {
        uid: planned.uid.clone(),
        time: options.time(planned.kind, planned.on),
        title: if planned.with.is_empty() {
            title.clone()
        } else {
            [title.as_str(), ": ", &planned.with].concat()
        },
        state: EventStatus::Wanted {
            description: words.about.clone(),
            reminder,
        },
    }
}

impl CalendarOptions {
    fn wants(&self, kind: EventKind) -> bool {
        self.kinds[kind as usize]
    }

    fn time(&self, kind: EventKind, on: NaiveDate) -> Time {
        let at = match kind {
            // Its hour is not known here.
            EventKind::Appointment => return Time::Day(on),
            EventKind::Morning => self.morning_at,
            EventKind::Session | EventKind::Strength => self.session_at,
        };
        Time::From(on.and_time(at), kind.minutes())
    }
}

/// What an earlier file put on this day or later and is wanted no more.
fn taken_back(
    wanted: &[&PlannedEvent],
    before: &str,
    today: NaiveDate,
) -> Vec<(EventKind, String, NaiveDate)> {
    let mut earlier = recalled(before);
    earlier.retain(|(_, uid, on)| *on >= today && !wanted.iter().any(|e| e.uid == *uid));
    earlier
}

/// Whether a file would hold nothing at all: no event, and none to take back.
pub fn is_empty(
    planned: &[PlannedEvent],
    options: &CalendarOptions,
    before: &str,
    today: NaiveDate,
) -> bool {
    let wanted: Vec<&PlannedEvent> = planned.iter().filter(|e| options.wants(e.kind)).collect();
    wanted.is_empty() && taken_back(&wanted, before, today).is_empty()
}

/// What a file holds, to be kept until the next one is made: a line an event.
pub fn remember(planned: &[PlannedEvent], options: &CalendarOptions) -> String {
    let line =
        |e: &PlannedEvent| [e.kind.key(), " ", &e.on.to_string(), " ", &e.uid, "\n"].concat();
    let wanted = planned.iter().filter(|e| options.wants(e.kind));
    wanted.map(line).collect()
}

fn recalled(text: &str) -> Vec<(EventKind, String, NaiveDate)> {
    let line = |line: &str| {
        let mut parts = line.split(' ');
        let kind = parts.next()?;
        let kind = EventKind::ALL.into_iter().find(|k| k.key() == kind)?;
        let on = formats::day::parse(parts.next()?)?;
        let uid = parts.next()?.to_owned();
        Some((kind, uid, on))
    };
    text.lines().filter_map(line).collect()
}
