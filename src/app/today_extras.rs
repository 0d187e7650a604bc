//! What Today says beside its answer: a planned day that passed, one put off, what is
//! planned besides.

use crate::app::state::State;
use crate::diary::entry::{Absence, Body, DAY_BEGINS_H, Entry};
use crate::diary::vocabulary::{AbsenceReason, Weekday};
use crate::insights::running_cards;
use crate::rules::guidance::Advice;
use crate::rules::progression::guidance;
use crate::thresholds::SEVERE;
use crate::thresholds::ladder::Ladder;
use chrono::{Datelike, NaiveDate, Timelike};

impl State {
    /// The card on running well that this week puts forward.
    pub fn running_card(&self) -> Option<&'static str> {
        let ladder = Ladder::of(self.plan()?);
        let since = running_cards::far_enough(&self.guidance().history, &ladder)?;
        running_cards::card_of_day(since, self.now.day())
    }

    /// Whether it is before the day begins: no morning is asked for in the night.
    pub fn is_night(&self) -> bool {
        i64::from(self.now.at().hour()) < DAY_BEGINS_H
    }

    /// The morning that Today asks about on top: today's where it decides the day, else the
    /// one that settles the last session.
    pub fn morning_asked(&self) -> Option<NaiveDate> {
        let (today, g) = (self.now.day(), self.guidance());
        let decides = (g.advice == Advice::Morning).then_some(today);
        let due = decides.or(g.morning_due_for.filter(|day| *day <= today));
        due.filter(|_| !self.is_night())
    }

    /// Yesterday, when it was the day meant for a session and holds neither one nor a
    /// word on why not; with its level. Asked about once: the day after, and no longer
    /// once it is answered.
    pub fn missed(&self) -> Option<(NaiveDate, String)> {
        let yesterday = self.now.day().pred_opt()?;
        let before = yesterday.pred_opt()?;
        let done = self
            .diary()
            .sessions(yesterday..=yesterday)
            .next()
            .is_some();
        let away =
            |a: &Absence| a.from <= yesterday && a.until.is_none_or(|until| until >= yesterday);
        if done || self.diary().absences().any(|(_, a)| away(a)) {
            return None;
        }
        // One that stood before the day: nothing is missed on the day of the first plan.
        self.diary().plan_on(before)?;
        let plan = self.plan()?;
        let level = |day| {
            let given = guidance(self.diary(), day);
            given.prescription().map(|p| p.level.clone())
        };
        let meant = if plan.days.is_empty() {
            // Any day would do: then it was the first one.
            level(before).is_none()
        } else {
            plan.days.contains(&weekday(yesterday))
        };
        if !meant {
            return None;
        }
        level(yesterday).map(|level| (yesterday, level))
    }

    /// Today's session was put off: the entry that says so.
    pub fn put_off(&self) -> Option<&Entry> {
        let today = self.now.day();
        let mut all = self.diary().absences();
        let off = all.find(|(_, a)| a.is_one_day() && a.from == today);
        off.map(|(entry, _)| entry)
    }

    /// The day that suits next, as the runner chose them: tomorrow, where any will do.
    pub fn suits_next(&self) -> Option<NaiveDate> {
        let days = &self.plan()?.days;
        let ahead = self.now.day().iter_days().skip(1).take(7);
        let mut ahead = ahead.filter(|d| days.is_empty() || days.contains(&weekday(*d)));
        ahead.next()
    }

    /// The last session of today, as long as nothing was written about it and no stretching
    /// or other training followed; none that ended with pain to talk about first.
    pub fn session_to_round_off(&self) -> Option<&Entry> {
        let today = self.now.day();
        let (entry, _) = self.diary().sessions(today..=today).next_back()?;
        let mut activities = self.diary().activities_on(today);
        let moved = activities.any(|(_, activity)| !activity.planned);
        let well = self.guidance().severity < Some(SEVERE);
        (entry.notes.is_empty() && !moved && well).then_some(entry)
    }

    /// What was planned besides for today and is not done yet.
    pub fn planned_today(&self) -> Vec<&Entry> {
        let all = self.diary().activities_on(self.now.day());
        let planned = all.filter(|(_, activity)| activity.planned);
        planned.map(|(entry, _)| entry).collect()
    }
}

/// The body that says of a day that its session is not done on it.
pub fn not_on(day: NaiveDate) -> Body {
    Body::Absence(Absence {
        from: day,
        until: Some(day),
        reason: AbsenceReason::Other,
        fever: false,
    })
}

fn weekday(day: NaiveDate) -> Weekday {
    let at = day.weekday().num_days_from_monday() as usize;
    Weekday::ALL.get(at).copied().unwrap_or(Weekday::ALL[0])
}
