//! The first questions: one a screen, back and forth, resumable.

use super::log::parse_day;
use super::now::Now;
use crate::domain::decimal;
use crate::domain::entry::{Body, Clearance, Entry, Extra, Injury, Plan, Score};
use crate::domain::keys::{Flag, NamedBy, Side, Site, Stage};
use crate::domain::profile::{self, Placement, SetupAnswers};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The questions in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// What the app is and is not.
    #[default]
    About,
    /// Where it hurts, and which side.
    Site,
    /// Since when, sudden or gradual.
    Since,
    /// Who named it; surgery.
    Named,
    /// Age, pregnancy, birth, heart.
    Health,
    /// Warning signs.
    Worrying,
    /// What most mornings stay at or below.
    Usual,
    /// A clinician, and what they allowed.
    Clinician,
    /// Where the runner is now.
    Where,
    /// Runs a week.
    Days,
    /// What the runner wants back.
    Goal,
    /// The plan told back.
    Summary,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 12] = [
        Self::About,
        Self::Site,
        Self::Since,
        Self::Named,
        Self::Health,
        Self::Worrying,
        Self::Usual,
        Self::Clinician,
        Self::Where,
        Self::Days,
        Self::Goal,
        Self::Summary,
    ];

    /// The key that tests and words know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Site => "site",
            Self::Since => "since",
            Self::Named => "named",
            Self::Health => "health",
            Self::Worrying => "worrying",
            Self::Usual => "usual",
            Self::Clinician => "clinician",
            Self::Where => "where",
            Self::Days => "days",
            Self::Goal => "goal",
            Self::Summary => "summary",
        }
    }

    /// Its place, from 0.
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|s| *s == self).unwrap_or(0)
    }

    #[must_use]
    /// The step after it.
    pub fn next(self) -> Self {
        Self::ALL
            .get(self.index() + 1)
            .copied()
            .unwrap_or(Self::Summary)
    }

    #[must_use]
    /// The step before it.
    pub fn back(self) -> Self {
        Self::ALL
            .get(self.index().wrapping_sub(1))
            .copied()
            .unwrap_or(Self::About)
    }
}

/// The answers so far; stored under `footing/setup` until they make a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SetupDraft {
    /// The question being asked.
    pub step: Step,
    /// Where.
    pub site: Option<Site>,
    /// Which side.
    pub side: Option<Side>,
    /// Since when, as typed.
    pub since: String,
    /// Sudden (`true`) or gradual.
    pub sudden: Option<bool>,
    /// Who named it.
    pub named_by: Option<NamedBy>,
    /// The clinician named a stress injury or a fracture of a bone.
    pub bone_named: bool,
    /// Surgery.
    pub surgery: bool,
    /// Under 18.
    pub under_18: bool,
    /// Pregnant.
    pub pregnant: bool,
    /// Less than a year after a birth.
    pub after_birth: bool,
    /// The day of that birth, as typed; empty: left out.
    pub birth_on: String,
    /// Heart condition, chest pain or fainting in the past.
    pub heart: bool,
    /// Warning signs.
    pub flags: Vec<Flag>,
    /// What most mornings' pain stays at or below.
    pub usual_pain: Option<u8>,
    /// The same for stiffness, minutes, as typed.
    pub usual_stiffness: String,
    /// Has a clinician.
    pub clinician: Option<bool>,
    /// The clinician allowed running.
    pub cleared: bool,
    /// The clinician's name.
    pub clinician_name: String,
    /// The level the clinician gave; empty: none.
    pub clinician_level: String,
    /// Where the runner is now.
    pub stage: Option<Stage>,
    /// Longest painless run of the last 7 days, minutes, as typed.
    pub longest: String,
    /// Runs a week.
    pub per_week: Option<u8>,
    /// What the runner wants back.
    pub goal: String,
}

/// A day as typed, today or before.
fn past_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    parse_day(text).filter(|day| *day <= today)
}

/// What is still missing at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupFault {
    /// Choose where it hurts.
    Site,
    /// Say since when, today or before.
    Since,
    /// Say the day of the birth, today or before, or leave it out.
    Birth,
    /// A go-ahead needs the name of who gave it.
    ClinicianName,
}

impl SetupDraft {
    /// What keeps the runner from going on; most questions may be left out.
    pub fn fault(&self, today: NaiveDate) -> Option<SetupFault> {
        match self.step {
            Step::Site if self.site.is_none() => Some(SetupFault::Site),
            Step::Since if self.since_day(today).is_none() => Some(SetupFault::Since),
            Step::Health
                if self.after_birth
                    && !self.birth_on.trim().is_empty()
                    && past_day(&self.birth_on, today).is_none() =>
            {
                Some(SetupFault::Birth)
            }
            // A stored clearance without a name would be refused on the next start.
            Step::Clinician
                if self.clinician == Some(true)
                    && self.cleared
                    && self.clinician_name.trim().is_empty() =>
            {
                Some(SetupFault::ClinicianName)
            }
            _ => None,
        }
    }

    fn since_day(&self, today: NaiveDate) -> Option<NaiveDate> {
        past_day(&self.since, today)
    }

    /// The day of a birth less than a year ago; left out, the latest that it can have
    /// been: today.
    pub fn birth_day(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.after_birth
            .then(|| past_day(&self.birth_on, today).unwrap_or(today))
    }

    fn answers(&self, today: NaiveDate) -> SetupAnswers {
        SetupAnswers {
            site: self.site.unwrap_or(Site::Other),
            named_by: self.named_by.unwrap_or(NamedBy::Nobody),
            bone_named: self.bone_named,
            adult: !self.under_18,
            surgery: self.surgery,
            pregnant: self.pregnant,
            within_year_of_birth: self.after_birth,
            heart_history: self.heart,
            since: self.since_day(today),
            today,
            doing: self.stage,
            longest_painless_run_min: self.longest_min(),
            clinician_level: (self.clinician == Some(true) && self.cleared)
                .then(|| self.clinician_level.clone())
                .filter(|level| !level.is_empty()),
        }
    }

    fn longest_min(&self) -> Option<f64> {
        let text = self.longest.trim().replace(',', ".");
        decimal::parse(&text).filter(|m| (0.0..=1440.0).contains(m))
    }

    /// Where the answers place the runner, for the summary.
    pub fn placement(&self, today: NaiveDate) -> Placement {
        profile::placement(&self.answers(today))
    }

    /// The entries that the answers make: a plan, and a clearance when the
    /// clinician allowed running.
    pub fn entries(&self, now: &Now) -> Vec<Entry> {
        let today = now.day();
        let placed = self.placement(today);
        let entry = |n: u8, body: Body, flags: Vec<Flag>| Entry {
            id: now.id(n),
            // A millisecond apart, so that the clearance follows its plan whatever their ids.
            at: now.instant(now.ms + i64::from(n)),
            edited_at: None,
            deleted: false,
            notes: String::new(),
            flags,
            body,
            extra: Extra::new(),
        };
        let score = |v: Option<u8>| v.and_then(Score::new).unwrap_or_default();
        let stiffness = self.usual_stiffness.trim().replace(',', ".");
        let plan = Plan {
            injury: Injury {
                profile: placed.profile,
                site: self.site.unwrap_or(Site::Other),
                side: self.side.unwrap_or(Side::None),
                since: self.since_day(today).unwrap_or(today),
                surgery: self.surgery,
                named_by: self.named_by.unwrap_or(NamedBy::Nobody),
                extra: Extra::new(),
            },
            needs_clearance: placed.needs_clearance,
            // The declaration may only stand where no exclusion applies (section 1).
            no_clinician: self.clinician == Some(false) && !placed.needs_clearance,
            start_stage: placed.stage,
            start_level: placed.level,
            sessions_per_week: self.per_week.unwrap_or(3).clamp(1, 4),
            days: Vec::new(),
            usual_pain: score(self.usual_pain),
            usual_stiffness_min: decimal::parse(&stiffness)
                .filter(|m| (0.0..=1440.0).contains(m))
                .unwrap_or(0.0),
            longest_painless_run_min: self.longest_min(),
            weekly_minutes_before: None,
            goal: self.goal.trim().to_owned(),
            birth_on: self.birth_day(today),
            valid_until: None,
            limits: None,
            extra: Extra::new(),
        };
        let mut list = vec![entry(0, Body::Plan(Box::new(plan)), self.flags.clone())];
        if self.clinician == Some(true) && self.cleared {
            list.push(entry(
                1,
                Body::Clearance(Clearance {
                    granted: true,
                    by: self.clinician_name.trim().to_owned(),
                    role: String::new(),
                    seen_on: None,
                    restart_level: None,
                    max_level: None,
                    known_flags: Vec::new(),
                    softer_profile: false,
                }),
                Vec::new(),
            ));
        }
        list
    }
}
