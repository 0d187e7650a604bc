//! The log form: prefilled from a session, an old entry, or nothing.

use crate::app::forms::number_field::NumberField;
use crate::app::now::Now;
use crate::app::session::run_record::RunRecord;
use crate::diary::Diary;
use crate::diary::codec::MAX_TEXT;
use crate::diary::entry::{Body, Entry, Extra, Interval, Mood, Score, Session, SiteMark, day_of};
use crate::diary::vocabulary::{Movement, PainBehaviour, RedFlag, StoppedFor, Swelling};
use crate::formats::day;
use crate::session::plan::EASE_S;
use crate::thresholds::ladder::Level;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone};

/// What keeps a log from being saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFault {
    /// Worst pain during is not answered.
    Pain,
    /// Minutes are not a number that their field takes.
    Minutes,
    /// Nothing was run or walked.
    Nothing,
    /// The distance is not a number that its field takes.
    Distance,
    /// Own words are longer than the diary takes.
    Long,
    /// The day is not a date, or lies ahead.
    Day,
}

/// The grounds that the form offers, by key.
pub const SURFACES: [&str; 7] = [
    "road",
    "track",
    "grass",
    "trail",
    "hills",
    "sand",
    "treadmill",
];

/// The field in which distances are typed.
pub const fn distance_field(miles: bool) -> NumberField {
    if miles {
        NumberField::Miles
    } else {
        NumberField::Kilometres
    }
}

/// A log as it is being filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionForm {
    /// The entry being changed, or the one a session will become.
    pub original: Option<Box<Entry>>,
    /// It came from the running session.
    pub from_live: bool,
    /// Id of the new entry, when it is already known.
    pub id: Option<uuid::Uuid>,
    /// When the session was.
    pub at: DateTime<FixedOffset>,
    /// Its day, as typed (`YYYY-MM-DD`).
    pub day: String,
    /// What it was.
    pub activity: Movement,
    /// The plan's level, or `None`: not on the plan.
    pub level: Option<String>,
    /// Minutes run, as typed.
    pub run_min: String,
    /// Minutes walked, as typed.
    pub walk_min: String,
    /// Why it ended early.
    pub stopped_for: Option<StoppedFor>,
    /// Pain before.
    pub pain_before: u8,
    /// Worst pain during; `None`: not answered.
    pub pain_during: Option<u8>,
    /// Pain now; `None` reads as the lesser of 0.
    pub pain_after: Option<u8>,
    /// How pain behaved.
    pub pattern: PainBehaviour,
    /// "That hurts" was pressed.
    pub hurt: bool,
    /// Swelling.
    pub swelling: Swelling,
    /// Limp.
    pub limp: bool,
    /// Painkiller within 12 hours before.
    pub painkiller: bool,
    /// Effort, 0 to 10.
    pub effort: Option<u8>,
    /// Fear of re-injury, 0 to 10.
    pub fear: Option<u8>,
    /// Mood, 1 to 5.
    pub mood: Option<u8>,
    /// Pains by site.
    pub sites: Vec<SiteMark>,
    /// Warning signs.
    pub flags: Vec<RedFlag>,
    /// Intervals as done.
    pub intervals: Vec<Interval>,
    /// Key of the ground ([`SURFACES`]), or the words that an entry came with; empty: not said.
    pub surface: String,
    /// The shoes, in own words.
    pub shoes: String,
    /// The card of "Running well" that was tried, by its key.
    pub tried: String,
    /// Distance as typed, kilometres or miles.
    pub distance: String,
    /// It is typed in miles.
    pub miles: bool,
    /// Own words.
    pub notes: String,
    /// The session ended before its plan did.
    pub cut_short: bool,
}

impl SessionForm {
    /// An empty log for today, at the level that is on the plan.
    pub fn blank(now: &Now, level: Option<String>, activity: Movement) -> Self {
        Self {
            original: None,
            from_live: false,
            id: None,
            at: now.at(),
            day: now.day().to_string(),
            activity,
            level,
            run_min: String::new(),
            walk_min: String::new(),
            stopped_for: None,
            pain_before: 0,
            pain_during: None,
            pain_after: None,
            pattern: PainBehaviour::None,
            hurt: false,
            swelling: Swelling::None,
            limp: false,
            painkiller: false,
            effort: None,
            fear: None,
            mood: None,
            sites: Vec::new(),
            flags: Vec::new(),
            intervals: Vec::new(),
            surface: String::new(),
            shoes: String::new(),
            tried: String::new(),
            distance: String::new(),
            miles: false,
            notes: String::new(),
            cut_short: false,
        }
    }

    #[must_use]
    /// A log with the planned minutes of a level filled in.
    pub fn with_minutes(mut self, run_min: f64, walk_min: f64) -> Self {
        self.run_min = NumberField::LogRun.draft(Some(run_min));
        self.walk_min = NumberField::LogWalk.draft(Some(walk_min));
        self
    }

    /// What a running session really was, up to this instant.
    pub fn from_live(record: &RunRecord, now: &Now) -> Self {
        let done = record.at(now.ms);
        let (run_s, walk_s) = done.done_s();
        let began = record.began(now);
        // After a flight to the west its own day may read tomorrow here.
        let started = if began.date_naive() > now.day() {
            now.instant(began.timestamp_millis())
        } else {
            began
        };
        let level = record.on_plan.then(|| record.plan.level.clone());
        let mut draft = Self::blank(now, level, record.plan.movement());
        draft.from_live = true;
        draft.id = record.entry_id();
        draft.at = started;
        draft.day = day_of(&started).to_string();
        draft.pain_before = record.pain_before;
        draft.hurt = done.hurt;
        draft.limp = done.limp;
        draft.intervals = done.intervals();
        let planned = f64::from(record.plan.total_s());
        draft.cut_short =
            run_s + walk_s < planned * 0.95 || run_s < f64::from(record.plan.run_s()) * 0.95;
        if done.hurt {
            draft.stopped_for = Some(StoppedFor::Pain);
        }
        draft.with_minutes(run_s / 60.0, walk_s / 60.0)
    }

    /// An old session, to change it; `None` for other kinds.
    pub fn from_entry(entry: &Entry) -> Option<Self> {
        let Body::Session(s) = &entry.body else {
            return None;
        };
        Some(Self {
            original: Some(Box::new(entry.clone())),
            from_live: false,
            id: Some(entry.id),
            at: entry.at,
            day: entry.day().to_string(),
            activity: s.activity,
            level: s.level.clone(),
            run_min: NumberField::LogRun.draft(Some(s.run_min)),
            walk_min: NumberField::LogWalk.draft(Some(s.walk_min)),
            stopped_for: s.stopped_for,
            pain_before: s.pain_before.get(),
            pain_during: Some(s.pain_during.get()),
            pain_after: Some(s.pain_after.get()),
            pattern: s.pattern,
            hurt: s.hurt,
            swelling: s.swelling,
            limp: s.limp,
            painkiller: s.painkiller,
            effort: s.effort.map(Score::get),
            fear: s.fear.map(Score::get),
            mood: s.mood.map(Mood::get),
            sites: s.sites.clone(),
            flags: entry.flags.clone(),
            intervals: s.intervals.clone(),
            surface: s.surface.clone().unwrap_or_default(),
            shoes: s.shoes.clone().unwrap_or_default(),
            tried: s.tried.clone().unwrap_or_default(),
            distance: NumberField::Kilometres.draft(s.distance_m),
            miles: false,
            notes: entry.notes.clone(),
            cut_short: s.stopped_for.is_some(),
        })
    }

    /// The same with its distance in miles or in kilometres.
    #[must_use]
    pub fn in_miles(mut self, miles: bool) -> Self {
        self.miles = miles;
        if let Some(metres) = self.old().and_then(|s| s.distance_m) {
            self.distance = distance_field(miles).draft(Some(metres));
        }
        self
    }

    /// The session that is being changed.
    fn old(&self) -> Option<&Session> {
        if let Body::Session(session) = &self.original.as_deref()?.body {
            Some(session)
        } else {
            None
        }
    }

    /// Metres: what stood there, when nobody has typed over it.
    fn metres(&self) -> Result<Option<f64>, LogFault> {
        let old = self.old().and_then(|s| s.distance_m);
        let field = distance_field(self.miles);
        let metres = field.stored(&self.distance, old);
        metres.map_err(|_| LogFault::Distance)
    }

    /// Minutes run and walked, likewise; nothing typed is none of them.
    fn minutes(&self) -> Result<(f64, f64), LogFault> {
        let read = |field: NumberField, draft: &str, old: Option<f64>| {
            let minutes = field.stored(draft, old).map_err(|_| LogFault::Minutes)?;
            Ok(minutes.unwrap_or(0.0))
        };
        let (run, walk) = (
            self.old().map(|s| s.run_min),
            self.old().map(|s| s.walk_min),
        );
        Ok((
            read(NumberField::LogRun, &self.run_min, run)?,
            read(NumberField::LogWalk, &self.walk_min, walk)?,
        ))
    }

    #[must_use]
    /// The same with "all quiet" answered: no pain during, none now.
    pub fn all_quiet(mut self) -> Self {
        self.pain_during = Some(0);
        self.pain_after = Some(0);
        self
    }

    /// Puts it at a level of the plan, with the minutes of that level filled in, or
    /// (with `None`) off the plan, with the minutes left as they are.
    pub fn choose(&mut self, level: Option<&Level>) {
        self.level = level.map(|l| l.id.clone());
        let Some(level) = level else { return };
        self.activity = level.movement();
        self.run_min = NumberField::LogRun.draft(Some(level.run_min()));
        // The walks before and after any running.
        let ease = if level.run_s > 0 {
            f64::from(2 * EASE_S) / 60.0
        } else {
            0.0
        };
        self.walk_min = NumberField::LogWalk.draft(Some(level.walk_min() + ease));
    }

    /// A new session off the plan is named by what was done in it.
    #[must_use]
    pub fn named_by_minutes(mut self) -> Self {
        if self.level.is_none() && !self.from_live && self.original.is_none() {
            let (run, walk) = self.minutes().unwrap_or_default();
            self.activity = match (run > 0.0, walk > 0.0) {
                (true, true) => Movement::RunWalk,
                (true, false) => Movement::Run,
                _ => Movement::Walk,
            };
        }
        self
    }

    /// The entry it makes.
    ///
    /// # Errors
    /// What is missing or out of range.
    pub fn entry(&self, now: &Now) -> Result<Entry, LogFault> {
        let day = day::typed(&self.day)
            .filter(|d| *d <= now.day())
            .ok_or(LogFault::Day)?;
        let (run_min, walk_min) = self.minutes()?;
        // A session ended at once is a session too (a warning sign at the first
        // step must find its place); an empty form without timer is a mistake.
        if run_min + walk_min <= 0.0 && !self.from_live && self.original.is_none() {
            return Err(LogFault::Nothing);
        }
        let pain_during = self
            .pain_during
            .and_then(Score::new)
            .ok_or(LogFault::Pain)?;
        let long = |text: &str| text.chars().count() > MAX_TEXT;
        if long(&self.notes) || long(&self.shoes) {
            return Err(LogFault::Long);
        }
        let score = |v: Option<u8>| v.and_then(Score::new);
        let original = self.original.as_deref();
        let old = self.old();
        let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let session = Session {
            activity: self.activity,
            level: self.level.clone(),
            run_min,
            walk_min,
            planned_run_min: old.and_then(|s| s.planned_run_min),
            stopped_for: self.stopped_for,
            pain_before: Score::new(self.pain_before).unwrap_or_default(),
            pain_during,
            pain_after: score(self.pain_after).unwrap_or_default(),
            pattern: self.pattern,
            hurt: self.hurt,
            swelling: self.swelling,
            limp: self.limp,
            painkiller: self.painkiller,
            effort: score(self.effort),
            fear: score(self.fear),
            mood: self.mood.and_then(Mood::new),
            hard: old.is_some_and(|s| s.hard),
            soreness: old.and_then(|s| s.soreness),
            sites: self.sites.clone(),
            worse: old.is_some_and(|s| s.worse),
            surface: said(&self.surface),
            shoes: said(&self.shoes),
            tried: said(&self.tried),
            distance_m: self.metres()?,
            intervals: self.intervals.clone(),
        };
        Ok(Entry {
            id: self.id.unwrap_or_else(|| now.id(0)),
            at: self.moment(day, now),
            edited_at: None,
            deleted: false,
            notes: self.notes.clone(),
            flags: self.flags.clone(),
            body: Body::Session(Box::new(session)),
            extra: original.map_or_else(Extra::new, |e| e.extra.clone()),
        })
    }

    /// The instant of the session: as it was when the day is unchanged, else noon
    /// of the day that was typed.
    fn moment(&self, day: NaiveDate, now: &Now) -> DateTime<FixedOffset> {
        if day_of(&self.at) == day {
            return self.at;
        }
        noon(now, day).unwrap_or(self.at)
    }
}

/// The shoes that sessions were run or walked in, the latest first, five at most.
pub fn shoes(diary: &Diary) -> Vec<String> {
    let mut worn = Vec::new();
    for (_, session) in diary.sessions(..).rev() {
        if let Some(shoes) = &session.shoes
            && !worn.contains(shoes)
        {
            worn.push(shoes.clone());
            if worn.len() == 5 {
                break;
            }
        }
    }
    worn
}

/// Noon of a day, in the phone's own offset.
pub(in crate::app) fn noon(now: &Now, day: NaiveDate) -> Option<DateTime<FixedOffset>> {
    let noon = day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default());
    now.at().timezone().from_local_datetime(&noon).single()
}
