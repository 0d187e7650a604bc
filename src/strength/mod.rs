//! Strength and mobility (progression, section 9): what there is to do
//! ([`library`]), where the runner stands in each pattern ([`levels`]), when the next
//! session may be ([`schedule`]), what it holds ([`compose`]), and how it goes
//! second by second ([`timeline`]).

pub mod body;
pub mod compose;
pub mod drawn_body;
pub mod figure;
pub mod levels;
pub mod library;
pub mod schedule;
pub mod timeline;
pub mod weight;

use crate::diary::Diary;
use crate::diary::entry::Plan;
use crate::diary::vocabulary::{ClearanceReason, Profile, Site};
use crate::rules::guidance::Guidance;
use chrono::{Days, NaiveDate};

/// Days after a birth for which its cautions are shown.
const BIRTH_CAUTION_DAYS: i64 = 365;

/// What an exercise may have to be careful of: the key that a caution's `for` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concerns {
    /// Where the injury is.
    pub site: Site,
    /// Of what kind it is; the strictest where none holds.
    pub profile: Profile,
    /// Within a year of a birth.
    pub birth: bool,
    /// A heart condition, chest pain or fainting in the past.
    pub heart: bool,
}

impl Concerns {
    /// Those of a runner on a day whose guidance this is.
    pub fn of(diary: &Diary, guidance: &Guidance, on: NaiveDate) -> Self {
        let plan = diary.plan_on(on);
        Self {
            site: plan.map_or(Site::Other, |p| p.injury.site),
            profile: guidance.profile.unwrap_or(Profile::Bone),
            birth: plan.is_some_and(|p| days_since_birth(p, on).is_some()),
            heart: plan.is_some_and(asks_heart),
        }
    }

    /// Whether a caution that names this key concerns the runner.
    pub fn has(&self, key: &str) -> bool {
        key == self.site.key()
            || key == self.profile.key()
            || (self.birth && key == "birth")
            || (self.heart && key == "heart")
    }
}

/// Days since a birth that the plan knows of, 0 where it does not know the day; `None`:
/// longer ago than [`BIRTH_CAUTION_DAYS`], or none.
fn days_since_birth(plan: &Plan, on: NaiveDate) -> Option<i64> {
    let unknown = plan
        .clearance_for
        .contains(&ClearanceReason::Birth)
        .then_some(0);
    match plan.birth_on {
        Some(day) => Some((on - day).num_days()).filter(|n| *n < BIRTH_CAUTION_DAYS),
        None => unknown,
    }
}

/// Whether the plan waits for a clearance because of the heart. One that asks for a
/// clearance without saying why is read so: the strictest line.
fn asks_heart(plan: &Plan) -> bool {
    let unsaid = plan.needs_clearance && plan.clearance_for.is_empty() && plan.birth_on.is_none();
    unsaid || plan.clearance_for.contains(&ClearanceReason::Heart)
}

/// Whether the last word of a clinician on the present injury is a yes.
fn cleared(diary: &Diary, on: NaiveDate) -> bool {
    let word = diary.standing_clearance(on);
    word.is_some_and(|(_, clearance)| clearance.granted)
}

fn plus(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}
