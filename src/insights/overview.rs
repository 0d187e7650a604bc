//! The diary summed up over a stretch of time, for the plots and their tables: by day,
//! week, month, quarter or year, as long as the stretch is, so that ten years are as
//! quick to read as a month.

use crate::diary::Diary;
use crate::diary::entry::{Absence, Body, Mind, Session};
use crate::rules::guidance::Advice;
use crate::rules::measure::Measure;
use crate::rules::progression::forecast;
use crate::rules::progression::forecast::Asked;
use crate::rules::rows::pain_severity;
use crate::thresholds::LONGEST_DAYS;
use crate::thresholds::ladder::Ladder;
use chrono::{Datelike, Days, Months, NaiveDate};

/// How far back is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// The last 28 days.
    FourWeeks,
    /// The last 13 weeks.
    ThreeMonths,
    /// Everything.
    All,
}

impl Span {
    /// Every span, the shortest first.
    pub const ALL: [Self; 3] = [Self::FourWeeks, Self::ThreeMonths, Self::All];

    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::FourWeeks => "weeks",
            Self::ThreeMonths => "months",
            Self::All => "all",
        }
    }
}

/// What one slot stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A day.
    Day,
    /// A week from the day that the runner's weeks begin on.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

impl Unit {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The smallest unit that shows so many days in no more than sixty slots or so.
    fn for_days(days: i64) -> Self {
        match days {
            ..=35 => Self::Day,
            36..=280 => Self::Week,
            281..=1461 => Self::Month,
            1462..=5478 => Self::Quarter,
            _ => Self::Year,
        }
    }

    /// The first day of the slot that a day belongs to.
    fn start(self, day: NaiveDate, from_sunday: bool) -> NaiveDate {
        let back = match self {
            Self::Day => 0,
            Self::Week if from_sunday => day.weekday().num_days_from_sunday(),
            Self::Week => day.weekday().num_days_from_monday(),
            Self::Month => day.day0(),
            Self::Quarter => {
                let first = day.with_day(1).unwrap_or(day);
                let first = first.checked_sub_months(Months::new(day.month0() % 3));
                return first.unwrap_or(day);
            }
            Self::Year => day.ordinal0(),
        };
        day.checked_sub_days(Days::new(back.into())).unwrap_or(day)
    }

    /// The first day of the slot after the one that begins on a day.
    fn next(self, from: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => from.succ_opt(),
            Self::Week => from.checked_add_days(Days::new(7)),
            Self::Month => from.checked_add_months(Months::new(1)),
            Self::Quarter => from.checked_add_months(Months::new(3)),
            Self::Year => from.checked_add_months(Months::new(12)),
        }
    }
}

/// A mean of what was answered; nothing where nothing was.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Mean {
    sum: f64,
    count: u32,
}

impl Mean {
    fn add(&mut self, value: Option<f64>) {
        if let Some(value) = value {
            self.sum += value;
            self.count += 1;
        }
    }

    /// Everything that two means were made of.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            count: self.count + other.count,
        }
    }

    /// The mean, to a tenth.
    pub fn get(self) -> Option<f64> {
        (self.count > 0).then(|| (self.sum / f64::from(self.count) * 10.0).round() / 10.0)
    }
}

/// Days, by how they went beside what they asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Adherence {
    /// A session as asked for, or an easier one.
    pub sessions: u32,
    /// Rest taken where rest was asked for.
    pub rest: u32,
    /// A session was offered and left.
    pub open: u32,
    /// More running than asked for, or running on a rest day.
    pub more: u32,
}

impl Adherence {
    /// As planned: sessions, and rest that was taken.
    pub fn as_planned(self) -> u32 {
        self.sessions + self.rest
    }

    /// All days counted.
    pub fn all(self) -> u32 {
        self.as_planned() + self.open + self.more
    }

    /// Both together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            sessions: self.sessions + other.sessions,
            rest: self.rest + other.rest,
            open: self.open + other.open,
            more: self.more + other.more,
        }
    }
}

/// One slot of the stretch.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day, no later than today.
    pub to: NaiveDate,
    /// Minutes run.
    pub run_min: f64,
    /// Minutes walked in sessions.
    pub walk_min: f64,
    /// Sessions.
    pub sessions: u32,
    /// The most running in one session of the 30 days up to its last day, minutes, each
    /// session counted at no more than it was asked; 0 without one.
    pub longest: f64,
    /// Worst pain during a session.
    pub during: Option<u8>,
    /// Worst pain of a morning.
    pub morning: Option<u8>,
    /// Sessions whose pain during went above the limit given.
    pub above: u32,
    /// Mood, 1 to 5.
    pub mood: Mean,
    /// Sleep, hours.
    pub sleep: Mean,
    /// Confidence, 0 to 10.
    pub confidence: Mean,
    /// Fear of re-injury, 0 to 10.
    pub fear: Mean,
    /// How its days went beside what they asked for.
    pub kept: Adherence,
}

impl Slot {
    /// The worst pain of all.
    pub fn pain(&self) -> Option<u8> {
        self.during.max(self.morning)
    }

    /// Its days up to today.
    pub fn days(&self) -> i64 {
        (self.to - self.from).num_days() + 1
    }
}

/// A stretch of time in slots, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// What a slot stands for.
    pub unit: Unit,
    /// The slots; never empty.
    pub slots: Vec<Slot>,
}

/// A number that is another one when the diary, or the day, is: what is drawn from them
/// is drawn anew then, and only then.
pub fn stamp(diary: &Diary, today: NaiveDate) -> i64 {
    let moment = |e: &crate::diary::entry::Entry| e.edited_at.unwrap_or(e.at).timestamp_millis();
    let day = i64::from(today.num_days_from_ce());
    let all = diary.all().map(moment);
    all.fold(day, |sum, ms| sum.wrapping_mul(31).wrapping_add(ms))
}

/// The most pain during a session that is still quiet: the runner's own limit, by the
/// profile's column of row D and what a clinician set.
pub fn tolerated_pain(m: &Measure) -> u8 {
    let quiet = |pain: &u8| pain_severity(m, *pain) == 0;
    (0..=10).take_while(quiet).last().unwrap_or(0)
}

/// Years looked back at most: an entry of another century is a slip of the hand.
const MOST_DAYS: u64 = 21_900;

impl Overview {
    /// Sums up a diary: no unit smaller than `least`, weeks from Monday or Sunday, pain
    /// above `limit` counted.
    pub fn of(
        diary: &Diary,
        today: NaiveDate,
        span: Span,
        (least, from_sunday): (Unit, bool),
        limit: u8,
    ) -> Self {
        let (unit, mut slots) = slots(first(diary, today, span), today, least, from_sunday);
        let from = slots.first().map_or(today, |s| s.from);
        let ladder = Ladder::builtin();
        let mut runs: Vec<(NaiveDate, f64)> = Vec::new();
        for entry in diary.all().filter(|e| !e.deleted) {
            let day = match &entry.body {
                Body::Morning(m) => m.day(entry),
                _ => entry.day(),
            };
            if day > today {
                continue;
            }
            if let Body::Session(s) = &entry.body {
                runs.push((day, counted(s, &ladder)));
            }
            let Some(slot) = slot_of(&mut slots, day).filter(|_| day >= from) else {
                continue;
            };
            match &entry.body {
                Body::Session(s) => {
                    slot.run_min += s.run_min;
                    slot.walk_min += s.walk_min;
                    slot.sessions += 1;
                    slot.during = slot.during.max(Some(s.pain_during.get()));
                    slot.above += u32::from(s.pain_during.get() > limit);
                    slot.mood.add(s.mood.map(|m| m.get().into()));
                    slot.fear.add(s.fear.map(|f| f.get().into()));
                }
                Body::Morning(m) => {
                    slot.mood.add(m.mood.map(|m| m.get().into()));
                    slot.sleep.add(m.sleep_h);
                }
                Body::Mind(m) => slot.mind(m),
                Body::CheckIn(c) => slot.sleep.add(c.sleep_h),
                _ => {}
            }
        }
        for (day, (_, morning)) in diary.mornings().range(from..=today) {
            if let Some(slot) = slot_of(&mut slots, *day).filter(|_| morning.remembered) {
                slot.morning = slot.morning.max(Some(morning.pain.get()));
            }
        }
        for slot in &mut slots {
            let within =
                |day: NaiveDate| day <= slot.to && (slot.to - day).num_days() <= LONGEST_DAYS;
            let recent = runs.iter().filter(|(day, _)| within(*day));
            slot.longest = recent.map(|(_, min)| *min).fold(0.0, f64::max);
        }
        Self { unit, slots }
    }

    /// Puts in how each day went beside what it asked for: one replay of the diary.
    pub fn add_kept(&mut self, diary: &Diary, today: NaiveDate) {
        let from = self.slots.first().map_or(today, |s| s.from);
        for (on, kept) in kept_by_day(diary, &forecast::asked(diary, from, today), today) {
            if let Some(slot) = slot_of(&mut self.slots, on) {
                slot.kept = slot.kept.with(kept);
            }
        }
    }

    /// All its days, as they went.
    pub fn kept(&self) -> Adherence {
        self.slots
            .iter()
            .fold(Adherence::default(), |all, slot| all.with(slot.kept))
    }
}

impl Slot {
    fn new(from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            from,
            to,
            run_min: 0.0,
            walk_min: 0.0,
            sessions: 0,
            longest: 0.0,
            during: None,
            morning: None,
            above: 0,
            mood: Mean::default(),
            sleep: Mean::default(),
            confidence: Mean::default(),
            fear: Mean::default(),
            kept: Adherence::default(),
        }
    }

    fn mind(&mut self, m: &Mind) {
        self.mood.add(m.mood.map(|m| m.get().into()));
        self.confidence.add(m.confidence.map(|c| c.get().into()));
        self.fear.add(m.fear.map(|f| f.get().into()));
    }
}

/// Where a span begins.
fn first(diary: &Diary, today: NaiveDate, span: Span) -> NaiveDate {
    let back = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    match span {
        Span::FourWeeks => back(27),
        Span::ThreeMonths => back(90),
        Span::All => {
            let days = diary.all().filter(|e| !e.deleted);
            let days = days.map(crate::diary::entry::Entry::day);
            let first = days.filter(|day| *day >= back(MOST_DAYS)).min();
            first.unwrap_or(today).min(back(27))
        }
    }
}

fn slots(first: NaiveDate, today: NaiveDate, least: Unit, from_sunday: bool) -> (Unit, Vec<Slot>) {
    let unit = Unit::for_days((today - first).num_days()).max(least);
    let mut from = unit.start(first, from_sunday);
    let mut out = Vec::new();
    while let Some(next) = unit.next(from).filter(|_| from <= today) {
        out.push(Slot::new(from, next.pred_opt().unwrap_or(from).min(today)));
        from = next;
    }
    (unit, out)
}

/// The slot of a day; days before the first are in it, too: ask first.
fn slot_of(slots: &mut [Slot], day: NaiveDate) -> Option<&mut Slot> {
    let at = slots.partition_point(|slot| slot.from <= day);
    slots.get_mut(at.checked_sub(1)?)
}

/// Running minutes, counted at no more than was asked for.
fn counted(s: &Session, ladder: &Ladder) -> f64 {
    let level = s.level.as_deref().and_then(|id| ladder.level(id));
    let most = level
        .map(crate::thresholds::ladder::Level::run_min)
        .or(s.planned_run_min);
    most.map_or(s.run_min, |most| s.run_min.min(most))
}

/// What was done on a day.
struct Done {
    on: NaiveDate,
    run_min: f64,
    sessions: u32,
    impact: bool,
}

fn days_done(diary: &Diary, from: NaiveDate, to: NaiveDate) -> Vec<Done> {
    let wanted = |e: &crate::diary::entry::Entry| {
        let what = matches!(
            e.body,
            Body::Session(_) | Body::SelfTest(_) | Body::Activity(_)
        );
        what && e.day() >= from && e.day() <= to
    };
    let mut out: Vec<Done> = Vec::new();
    for entry in diary.visible_where(&wanted) {
        let on = entry.day();
        // In the order of instants: a journey across zones may step back a day.
        let at = out.partition_point(|d| d.on < on);
        if out.get(at).is_none_or(|d| d.on != on) {
            let (run_min, sessions, impact) = (0.0, 0, false);
            out.insert(
                at,
                Done {
                    on,
                    run_min,
                    sessions,
                    impact,
                },
            );
        }
        let Some(day) = out.get_mut(at) else { continue };
        match &entry.body {
            Body::Session(s) => {
                day.run_min += s.run_min;
                day.sessions += 1;
            }
            Body::SelfTest(_) => day.sessions += 1,
            Body::Activity(a) => day.impact |= a.impact && !a.planned,
            _ => {}
        }
    }
    out
}

/// How each day went beside what it asked for; a last day that is not over may still bring
/// its session.
pub fn kept_by_day(
    diary: &Diary,
    asked: &[Asked],
    today: NaiveDate,
) -> Vec<(NaiveDate, Adherence)> {
    let from = asked.first().map_or(today, |a| a.on);
    let done = days_done(diary, from, today);
    let absences: Vec<&Absence> = diary
        .all()
        .filter(|e| !e.deleted)
        .filter_map(|e| match &e.body {
            Body::Absence(a) => Some(a),
            _ => None,
        })
        .collect();
    let away = |on| {
        let covers = |a: &&Absence| a.from <= on && a.until.is_none_or(|until| until >= on);
        absences.iter().any(covers)
    };
    let each = asked.iter().map(|asked| {
        let day = done
            .binary_search_by(|d| d.on.cmp(&asked.on))
            .ok()
            .and_then(|i| done.get(i));
        (asked.on, day_kept(asked, day, away(asked.on)))
    });
    each.filter(|(on, kept)| *on != today || kept.open + kept.rest == 0)
        .collect()
}

/// How one day went beside what it asked for.
fn day_kept(asked: &Asked, done: Option<&Done>, away: bool) -> Adherence {
    let session = asked.session.as_ref();
    let most = session.map_or(0.0, |p| p.minutes().0);
    let offered = session.is_some() || asked.advice == Advice::SelfTest;
    let mut kept = Adherence::default();
    match done {
        Some(d)
            if d.run_min > most * crate::thresholds::TOO_MUCH_SHARE + crate::thresholds::TINY =>
        {
            kept.more = 1;
        }
        Some(d) if d.impact && most <= 0.0 => kept.more = 1,
        Some(d) if d.sessions > 0 && offered => kept.sessions = 1,
        _ if offered && !away => kept.open = 1,
        _ => kept.rest = 1,
    }
    kept
}
