//! The first questions: one a screen, back and forth, resumable.

use crate::app::forms::number_field::NumberField;
use crate::app::forms::session_form::SessionForm;
use crate::app::now::Now;
use crate::diary::codec::MAX_TEXT;
use crate::diary::entry::{Body, Clearance, Entry, Extra, Injury, Plan, Score};
use crate::diary::vocabulary::{Movement, NamedBy, Onset, RedFlag, Side, Site, Stage, Weekday};
use crate::formats::day;
use crate::plan::profile;
use crate::plan::profile::{Placement, SetupAnswers};
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
    /// Sessions of the last four weeks.
    Recent,
    /// Runs a week, days that suit, minutes a week before.
    Days,
    /// What the runner wants back.
    Goal,
    /// The plan told back.
    Summary,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 13] = [
        Self::About,
        Self::Site,
        Self::Since,
        Self::Named,
        Self::Health,
        Self::Worrying,
        Self::Usual,
        Self::Clinician,
        Self::Where,
        Self::Recent,
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
            Self::Recent => "recent",
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
pub struct SetupForm {
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
    pub flags: Vec<RedFlag>,
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
    /// Sessions of the last four weeks: a line of day, minutes run, minutes walked and
    /// worst pain for each.
    pub recent: String,
    /// One more is being entered and not taken yet.
    pub recent_open: bool,
    /// Runs a week.
    pub per_week: Option<u8>,
    /// Weekdays that suit, a bit for each from Monday on.
    pub days: u8,
    /// Minutes of running a week before the injury, as typed.
    pub weekly: String,
    /// What the runner wants back.
    pub goal: String,
}

/// Days before the setup whose sessions are asked for.
pub const RECENT_DAYS: i64 = 28;
/// Most sessions that are taken: one a day.
const RECENT_MOST: usize = 28;

/// A session of the last weeks, quickly told.
#[derive(Clone, PartialEq)]
pub struct Recent {
    /// Its day.
    pub day: NaiveDate,
    /// Minutes run, as typed.
    pub run: String,
    /// Minutes walked, as typed.
    pub walk: String,
    /// Worst pain, 0 to 10.
    pub pain: u8,
}

impl Recent {
    fn read(line: &str) -> Option<Self> {
        let mut parts = line.split(' ');
        let mut part = || parts.next();
        Some(Self {
            day: day::typed(part()?)?,
            run: part()?.to_owned(),
            walk: part()?.to_owned(),
            pain: part()?.parse().ok()?,
        })
    }

    /// The entry it makes; `None` where it is no session of the weeks before today.
    fn entry(&self, now: &Now, id: uuid::Uuid) -> Option<Entry> {
        let ago = (now.day() - self.day).num_days();
        let draft = SessionForm {
            id: Some(id),
            day: self.day.to_string(),
            run_min: self.run.clone(),
            walk_min: self.walk.clone(),
            pain_during: Some(self.pain),
            ..SessionForm::blank(now, None, Movement::Walk)
        };
        let made = draft.named_by_minutes().entry(now).ok();
        made.filter(|_| (1..=RECENT_DAYS).contains(&ago))
    }
}

/// A day as typed, today or before.
fn past_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    day::typed(text).filter(|day| *day <= today)
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
    /// A session is half entered.
    Recent,
    /// A number is none, or out of its range.
    Number,
    /// Own words are longer than the diary takes.
    Long,
}

fn wrong_number(field: NumberField, draft: &str) -> Option<SetupFault> {
    field.read(draft).err().map(|_| SetupFault::Number)
}

fn long(text: &str) -> Option<SetupFault> {
    (text.chars().count() > MAX_TEXT).then_some(SetupFault::Long)
}

impl SetupForm {
    /// What keeps the runner from going on; most questions may be left out.
    pub fn fault(&self, today: NaiveDate) -> Option<SetupFault> {
        match self.step {
            Step::Site => self.site.is_none().then_some(SetupFault::Site),
            Step::Since => self.since_day(today).is_none().then_some(SetupFault::Since),
            Step::Health => {
                let said = self.after_birth && !self.birth_on.trim().is_empty();
                let wrong = said && past_day(&self.birth_on, today).is_none();
                wrong.then_some(SetupFault::Birth)
            }
            // A stored clearance without a name would be refused on the next start.
            Step::Clinician => {
                let cleared = self.clinician == Some(true) && self.cleared;
                let nameless = cleared && self.clinician_name.trim().is_empty();
                let wrong = nameless.then_some(SetupFault::ClinicianName);
                wrong.or_else(|| long(&self.clinician_name))
            }
            Step::Recent => self.recent_open.then_some(SetupFault::Recent),
            Step::Usual => wrong_number(NumberField::UsualStiffness, &self.usual_stiffness),
            Step::Where => wrong_number(NumberField::Longest, &self.longest),
            Step::Days => wrong_number(NumberField::Weekly, &self.weekly),
            Step::Goal => long(&self.goal),
            Step::About | Step::Named | Step::Worrying | Step::Summary => None,
        }
    }

    /// The questions for another injury: what is not about the injury stays answered.
    #[must_use]
    pub fn again(plan: &Plan) -> Self {
        let mut draft = Self {
            step: Step::Site,
            per_week: Some(plan.sessions_per_week),
            goal: plan.goal.clone(),
            ..Self::default()
        };
        for day in &plan.days {
            draft.days |= 1 << weekday_bit(*day);
        }
        draft
    }

    /// The sessions of the last weeks so far.
    pub fn recent_sessions(&self) -> Vec<Recent> {
        self.recent.lines().filter_map(Recent::read).collect()
    }

    /// Takes one more; whether it is one.
    pub fn add_recent(&mut self, session: &Recent, now: &Now) -> bool {
        let whole = session.entry(now, now.id(0)).is_some();
        let most = self.recent.lines().count() >= RECENT_MOST;
        if !whole || most {
            return false;
        }
        let (run, walk) = (typed_or_zero(&session.run), typed_or_zero(&session.walk));
        let line = [
            &session.day.to_string(),
            " ",
            &run,
            " ",
            &walk,
            " ",
            &session.pain.to_string(),
            "\n",
        ];
        self.recent.push_str(&line.concat());
        true
    }

    /// Takes one out again, by its place.
    pub fn remove_recent(&mut self, place: usize) {
        let lines = self.recent.lines().enumerate();
        let left = lines.filter(|(n, _)| *n != place);
        self.recent = left.flat_map(|(_, line)| [line, "\n"]).collect();
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
            onset: self.onset(),
            walking_limp: false,
            longest_painless_run_min: self.longest_min(),
            longest_painless_walk_min: None,
            clinician_level: (self.clinician == Some(true) && self.cleared)
                .then(|| self.clinician_level.clone())
                .filter(|level| !level.is_empty()),
        }
    }

    fn onset(&self) -> Option<Onset> {
        self.sudden.map(|sudden| {
            if sudden {
                Onset::Sudden
            } else {
                Onset::Gradual
            }
        })
    }

    fn longest_min(&self) -> Option<f64> {
        number(NumberField::Longest, &self.longest)
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
        let entry = |n: u8, body: Body, flags: Vec<RedFlag>| Entry {
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
        let plan = Plan {
            injury: Injury {
                profile: placed.profile,
                site: self.site.unwrap_or(Site::Other),
                side: self.side.unwrap_or(Side::None),
                since: self.since_day(today).unwrap_or(today),
                surgery: self.surgery,
                named_by: self.named_by.unwrap_or(NamedBy::Nobody),
                onset: self.onset(),
                surgery_on: None,
                grade: String::new(),
                imaging: String::new(),
                extra: Extra::new(),
            },
            // Bone and a surgery say it themselves; alone this field is the strictest reading.
            needs_clearance: !placed.clearance_for.is_empty(),
            clearance_for: placed.clearance_for,
            // The declaration may only stand where no exclusion applies (section 1).
            no_clinician: self.clinician == Some(false) && !placed.needs_clearance,
            start_stage: placed.stage,
            start_level: placed.level,
            sessions_per_week: self.per_week.unwrap_or(3).clamp(2, 4),
            days: self.weekdays(),
            usual_pain: score(self.usual_pain),
            usual_stiffness_min: number(NumberField::UsualStiffness, &self.usual_stiffness)
                .unwrap_or(0.0),
            walking_limp: false,
            longest_painless_walk_min: None,
            longest_painless_run_min: self.longest_min(),
            weekly_minutes_before: number(NumberField::Weekly, &self.weekly),
            goal: self.goal.trim().to_owned(),
            birth_on: self.birth_day(today),
            valid_until: None,
            limits: None,
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
                    known_painkiller: false,
                    known_fear: false,
                    known_usual: None,
                }),
                Vec::new(),
            ));
        }
        // Older than the plan: they count for rest days, gaps and the longest run.
        for (n, session) in (2..).zip(self.recent_sessions()) {
            list.extend(session.entry(now, now.id(n)));
        }
        list
    }

    /// The weekdays that suit.
    pub fn weekdays(&self) -> Vec<Weekday> {
        let suits = |day: &Weekday| self.days & (1 << weekday_bit(*day)) != 0;
        Weekday::ALL.iter().copied().filter(suits).collect()
    }
}

/// The place of a weekday in [`SetupForm::days`].
pub fn weekday_bit(day: Weekday) -> u8 {
    let at = Weekday::ALL.iter().position(|d| *d == day);
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(0)
}

/// A number as its draft holds it: the questions do not go on while it is none.
fn number(field: NumberField, draft: &str) -> Option<f64> {
    field.read(draft).ok().flatten()
}

/// A number as typed, with nothing read as 0 and without the spaces that part a line.
fn typed_or_zero(text: &str) -> String {
    let text: String = text.split_whitespace().collect();
    if text.is_empty() { "0".into() } else { text }
}
