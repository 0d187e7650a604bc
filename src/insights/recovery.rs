//! What a time after an injury asks for, by its days. Content, not a rule: no gate and
//! no level hangs on it.

use crate::diary::Diary;
use crate::diary::entry::{Body, Kind};
use crate::diary::vocabulary::{Profile, Stage};
use crate::thresholds::YOUNG_DAYS;
use chrono::NaiveDate;

/// Days that protect first (progression, section 2: 1-3 days).
const PROTECT_DAYS: i64 = 3;

/// Where a runner stands in time, for what helps now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecoveryPhase {
    /// The first days: protect it.
    Protect,
    /// The weeks after: move what does not hurt.
    Move,
    /// Later, and not yet walking on the plan: build up, and have it looked at.
    Build,
    /// On the plan: what goes beside it.
    Beside,
}

impl RecoveryPhase {
    /// Every phase.
    pub const ALL: [Self; 4] = [Self::Protect, Self::Move, Self::Build, Self::Beside];

    /// The key that words and tests know it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Protect => "protect",
            Self::Move => "move",
            Self::Build => "build",
            Self::Beside => "beside",
        }
    }

    /// The phase on `today` of an injury that dates from `since`; in the stages after
    /// rest it goes beside the plan. A possible bone injury is protected until it is
    /// six weeks old, whatever the day.
    pub fn of(stage: Stage, profile: Profile, since: NaiveDate, today: NaiveDate) -> Self {
        let days = (today - since).num_days();
        if stage != Stage::Rest {
            Self::Beside
        } else if days <= PROTECT_DAYS || (profile == Profile::Bone && days < YOUNG_DAYS) {
            Self::Protect
        } else if days < YOUNG_DAYS {
            Self::Move
        } else {
            Self::Build
        }
    }
}

/// What a week of other training may hold to begin with, for whom.
pub fn week_key(phase: RecoveryPhase, profile: Profile) -> &'static str {
    match phase {
        RecoveryPhase::Beside => "beside",
        RecoveryPhase::Protect | RecoveryPhase::Move | RecoveryPhase::Build
            if profile == Profile::Bone =>
        {
            "bone"
        }
        RecoveryPhase::Protect | RecoveryPhase::Move | RecoveryPhase::Build => phase.key(),
    }
}

/// Minutes of other training in a week around a day: done on it and the six days before,
/// planned for it and the six after.
pub fn week(diary: &Diary, today: NaiveDate) -> (f64, f64) {
    let (mut done, mut planned) = (0.0, 0.0);
    for entry in diary.of_kind(Kind::Activity) {
        let ahead = (entry.day() - today).num_days();
        if let Body::Activity(activity) = &entry.body {
            if activity.planned && (0..7).contains(&ahead) {
                planned += activity.minutes;
            } else if !activity.planned && (-6..=0).contains(&ahead) {
                done += activity.minutes;
            }
        }
    }
    (done, planned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_days_protect_and_a_possible_bone_injury_for_six_weeks() {
        let since = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default();
        let phase = |stage, profile, days| {
            let today = since + chrono::TimeDelta::days(days);
            RecoveryPhase::of(stage, profile, since, today)
        };
        let at = |days| phase(Stage::Rest, Profile::Joint, days);
        assert_eq!([at(0), at(3)], [RecoveryPhase::Protect; 2]);
        assert_eq!([at(4), at(41)], [RecoveryPhase::Move; 2]);
        assert_eq!([at(42), at(400)], [RecoveryPhase::Build; 2]);
        let bone = |days| phase(Stage::Rest, Profile::Bone, days);
        assert_eq!([bone(3), bone(4), bone(41)], [RecoveryPhase::Protect; 3]);
        assert_eq!(bone(42), RecoveryPhase::Build);
        let walks = |profile, days| phase(Stage::Walking, profile, days);
        assert_eq!(walks(Profile::Bone, 1), RecoveryPhase::Beside);
        assert_eq!(walks(Profile::Joint, 60), RecoveryPhase::Beside);
    }
}
