//! Profile and placement: what the first answers make of a runner (docs/rules.md,
//! section 1). The runner picks neither.

use crate::diary::vocabulary::{ClearanceReason, NamedBy, Onset, Profile, Site, Stage};
use crate::thresholds::ladder::{Ladder, Level};
use crate::thresholds::{BIRTH_DAYS, FRESH_DAYS, TINY, YOUNG_DAYS, YOUNG_RUN_MIN};
use chrono::{NaiveDate, TimeDelta};

/// Bone is the strictest, joint and muscle share their numbers, tendon is the softest
/// (docs/rules.md, section 1: only a softer profile waits for a clearance); 0 to 2.
pub fn softness(profile: Profile) -> u8 {
    match profile {
        Profile::Bone => 0,
        Profile::Joint | Profile::Muscle => 1,
        Profile::Tendon => 2,
    }
}

/// The answers that profile and placement follow from.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::struct_excessive_bools)] // each an answer of its own
pub struct SetupAnswers {
    /// Where it hurts.
    pub site: Site,
    /// Who named it.
    pub named_by: NamedBy,
    /// A clinician named a bone injury.
    pub bone_named: bool,
    /// 18 or older.
    pub adult: bool,
    /// After surgery.
    pub surgery: bool,
    /// Pregnant.
    pub pregnant: bool,
    /// Less than a year after a birth.
    pub within_year_of_birth: bool,
    /// A heart condition, chest pain or fainting in the past.
    pub heart_history: bool,
    /// Since when; `None`: left out.
    pub since: Option<NaiveDate>,
    /// Today.
    pub today: NaiveDate,
    /// What the runner does now; `None`: left out.
    pub doing: Option<Stage>,
    /// How it began; `None`: left out.
    pub onset: Option<Onset>,
    /// A limp in daily walking.
    pub walking_limp: bool,
    /// Longest painless run of the last 7 days, minutes; `None`: left out.
    pub longest_painless_run_min: Option<f64>,
    /// Longest painless brisk walk of the last 7 days, minutes; `None`: left out.
    pub longest_painless_walk_min: Option<f64>,
    /// The level that a clinician gave together with a clearance.
    pub clinician_level: Option<String>,
}

/// Where a runner is placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// Which table columns apply.
    pub profile: Profile,
    /// The self-test and running need a clearance.
    pub needs_clearance: bool,
    /// Why, beside the profile and a surgery.
    pub clearance_for: Vec<ClearanceReason>,
    /// The stage.
    pub stage: Stage,
    /// The level; `None`: the stage's first. With the self-test it is the level
    /// that a passed test leads to.
    pub level: Option<String>,
}

/// The profile of an injury (section 1): bone where a clinician named it so, or at
/// a bony site that no clinician examined; tendon and muscle only when a clinician
/// named it (tendon: 18 or older); else joint.
pub fn derive(site: Site, named_by: NamedBy, bone_named: bool, adult: bool) -> Profile {
    let examined = named_by == NamedBy::Clinician;
    if (examined && bone_named) || (site.is_bony() && !examined) {
        return Profile::Bone;
    }
    let tendon = matches!(
        site,
        Site::Achilles | Site::PatellarTendon | Site::Plantar | Site::HamstringTendon
    );
    let muscle = matches!(
        site,
        Site::Calf | Site::Hamstring | Site::Quad | Site::Adductor
    );
    match (examined, tendon, muscle) {
        (true, true, _) if adult => Profile::Tendon,
        (true, _, true) => Profile::Muscle,
        _ => Profile::Joint,
    }
}

/// Why a clearance is needed, beside the profile and a surgery (section 1).
fn clearance_for(a: &SetupAnswers) -> Vec<ClearanceReason> {
    let asked = [
        (!a.adult, ClearanceReason::Under18),
        (a.pregnant, ClearanceReason::Pregnant),
        (a.within_year_of_birth, ClearanceReason::Birth),
        (a.heart_history, ClearanceReason::Heart),
    ];
    asked
        .into_iter()
        .filter(|(so, _)| *so)
        .map(|(_, why)| why)
        .collect()
}

/// The highest level of a ladder that asks for no more than so many minutes.
fn fitting(ladder: &Ladder, stage: impl Fn(Stage) -> bool, most_min: f64) -> Option<&Level> {
    let minutes = |l: &Level| {
        if l.run_s == 0 {
            l.walk_min()
        } else {
            l.run_min()
        }
    };
    let mut down = ladder.levels().iter().rev();
    down.find(|l| stage(l.stage) && minutes(l) <= most_min + TINY)
}

/// `PLACE` (section 1), by the first line that fits: a clinician's level; rest, where the
/// runner rests, an injury is fresh and sudden, or daily walking limps; the self-test before
/// the longest painless run; else the walks, by the longest painless one.
pub fn placement(a: &SetupAnswers) -> Placement {
    let profile = derive(a.site, a.named_by, a.bone_named, a.adult);
    let clearance_for = clearance_for(a);
    let needs_clearance = profile == Profile::Bone || a.surgery || !clearance_for.is_empty();
    let at = |stage, level: Option<&Level>| Placement {
        profile,
        needs_clearance,
        clearance_for: clearance_for.clone(),
        stage,
        level: level.map(|l| l.id.clone()),
    };
    let ladder = Ladder::builtin();
    if let Some(level) = a.clinician_level.as_deref().and_then(|id| ladder.level(id)) {
        return at(level.stage, Some(level));
    }
    let age = a.since.map(|since| (a.today - since).num_days());
    let fresh = a.onset != Some(Onset::Gradual) && age.is_some_and(|days| days < FRESH_DAYS);
    if matches!(a.doing, None | Some(Stage::Rest)) || fresh || a.walking_limp {
        return at(Stage::Rest, None);
    }
    let runs = matches!(
        a.doing,
        Some(Stage::RunWalk | Stage::ShortRuns | Stage::Running)
    );
    let longest_run = a.longest_painless_run_min.unwrap_or(0.0);
    let old = age.is_some_and(|days| days >= YOUNG_DAYS);
    let eased_in =
        a.onset == Some(Onset::Gradual) && age.is_some() && longest_run >= YOUNG_RUN_MIN - TINY;
    let running = |stage| matches!(stage, Stage::RunWalk | Stage::ShortRuns);
    let tested = fitting(&ladder, running, longest_run)
        .filter(|_| runs && !needs_clearance && (old || eased_in));
    if let Some(level) = tested {
        return at(Stage::SelfTest, Some(level));
    }
    let longest_walk = a.longest_painless_walk_min.unwrap_or(0.0);
    let walk = fitting(&ladder, |stage| stage == Stage::Walking, longest_walk);
    at(Stage::Walking, walk.or_else(|| ladder.at(0)))
}

/// The first day with run levels again after a birth (section 1).
pub fn first_run(birth: NaiveDate) -> NaiveDate {
    birth
        .checked_add_signed(TimeDelta::days(BIRTH_DAYS))
        .unwrap_or(birth)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers() -> SetupAnswers {
        SetupAnswers {
            site: Site::Knee,
            named_by: NamedBy::Nobody,
            bone_named: false,
            adult: true,
            surgery: false,
            pregnant: false,
            within_year_of_birth: false,
            heart_history: false,
            since: NaiveDate::from_ymd_opt(2026, 1, 1),
            today: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default(),
            doing: Some(Stage::RunWalk),
            onset: None,
            walking_limp: false,
            longest_painless_run_min: Some(12.0),
            longest_painless_walk_min: None,
            clinician_level: None,
        }
    }

    #[test]
    fn profile_follows_from_site_name_and_age() {
        let d = |site, by, adult| derive(site, by, false, adult);
        assert_eq!(d(Site::Shin, NamedBy::Nobody, true), Profile::Bone);
        assert_eq!(d(Site::Shin, NamedBy::SelfNamed, true), Profile::Bone);
        assert_eq!(d(Site::Shin, NamedBy::Clinician, true), Profile::Joint);
        assert_eq!(
            derive(Site::Shin, NamedBy::Clinician, true, true),
            Profile::Bone
        );
        assert_eq!(
            derive(Site::Ankle, NamedBy::Clinician, true, true),
            Profile::Bone
        );
        assert_eq!(d(Site::Achilles, NamedBy::Clinician, true), Profile::Tendon);
        assert_eq!(d(Site::Achilles, NamedBy::SelfNamed, true), Profile::Joint);
        assert_eq!(d(Site::Achilles, NamedBy::Clinician, false), Profile::Joint);
        assert_eq!(d(Site::Calf, NamedBy::Clinician, true), Profile::Muscle);
        assert_eq!(d(Site::Calf, NamedBy::Nobody, true), Profile::Joint);
    }

    #[test]
    fn placement_never_goes_beyond_the_painless_run_and_tests_first() {
        let place = |change: &dyn Fn(&mut SetupAnswers)| {
            let mut a = answers();
            change(&mut a);
            let p = placement(&a);
            (p.stage, p.level)
        };
        assert_eq!(place(&|_| ()), (Stage::SelfTest, Some("R4".into())));
        assert_eq!(
            place(&|a| a.longest_painless_run_min = Some(4.0)),
            (Stage::Walking, Some("W1".into()))
        );
        assert_eq!(
            place(&|a| a.longest_painless_run_min = None),
            (Stage::Walking, Some("W1".into()))
        );
        assert_eq!(place(&|a| a.doing = None), (Stage::Rest, None));
        assert_eq!(
            place(&|a| a.surgery = true),
            (Stage::Walking, Some("W1".into()))
        );
        assert_eq!(
            place(&|a| a.site = Site::Shin),
            (Stage::Walking, Some("W1".into()))
        );
        assert_eq!(
            place(&|a| a.since = a.today.pred_opt()),
            (Stage::Rest, None)
        );
        assert_eq!(
            place(&|a| a.since = None),
            (Stage::Walking, Some("W1".into()))
        );
        let given = place(&|a| a.clinician_level = Some("R3".into()));
        assert_eq!(given, (Stage::RunWalk, Some("R3".into())));
    }

    /// The cases of placement, as the data contract lists them.
    #[test]
    fn every_case_of_placement_holds() {
        let cases = include_str!("../../tests/placements.json");
        let cases: Vec<serde_json::Value> = serde_json::from_str(cases).unwrap_or_default();
        assert!(cases.len() >= 22, "{}", cases.len());
        for case in &cases {
            let said = |key: &str| &case["answers"][key];
            let day = |key: &str| said(key).as_str().and_then(|day| day.parse().ok());
            let bone = said("profile") == "bone";
            let p = placement(&SetupAnswers {
                site: Site::Knee,
                named_by: if bone {
                    NamedBy::Clinician
                } else {
                    NamedBy::Nobody
                },
                bone_named: bone,
                since: day("since"),
                today: day("today").unwrap_or_default(),
                pregnant: said("needs_clearance") == true,
                doing: said("doing").as_str().and_then(Stage::from_key),
                onset: said("onset").as_str().and_then(Onset::from_key),
                walking_limp: said("walking_limp") == true,
                longest_painless_run_min: said("longest_painless_run_min").as_f64(),
                longest_painless_walk_min: said("longest_painless_walk_min").as_f64(),
                clinician_level: said("clinician_level").as_str().map(str::to_owned),
                ..answers()
            });
            let placed = (p.stage.key(), p.level.as_deref());
            let page = (
                case["stage"].as_str().unwrap_or_default(),
                case["level"].as_str(),
            );
            assert_eq!(placed, page, "{}", case["name"]);
        }
    }

    #[test]
    fn each_answer_that_asks_for_a_clearance_does_so_alone() {
        let needs = |change: &dyn Fn(&mut SetupAnswers)| {
            let mut a = answers();
            change(&mut a);
            let p = placement(&a);
            // Whoever needs one is placed no further than the walks.
            (p.needs_clearance, p.stage)
        };
        let walks = (true, Stage::Walking);
        assert_eq!(needs(&|_| ()), (false, Stage::SelfTest));
        assert_eq!(needs(&|a| a.site = Site::Groin), walks);
        assert_eq!(needs(&|a| a.surgery = true), walks);
        assert_eq!(needs(&|a| a.adult = false), walks);
        assert_eq!(needs(&|a| a.pregnant = true), walks);
        assert_eq!(needs(&|a| a.within_year_of_birth = true), walks);
        assert_eq!(needs(&|a| a.heart_history = true), walks);
    }

    #[test]
    fn an_injury_is_young_for_six_weeks() {
        let stage = |days| {
            let mut a = answers();
            a.since = Some(a.today - TimeDelta::days(days));
            placement(&a).stage
        };
        assert_eq!([stage(41), stage(42)], [Stage::Walking, Stage::SelfTest]);
    }

    #[test]
    fn the_longest_painless_run_counts_only_for_who_runs() {
        let stage = |doing| {
            let mut a = answers();
            a.doing = Some(doing);
            placement(&a).stage
        };
        assert_eq!(stage(Stage::Rest), Stage::Rest);
        assert_eq!(stage(Stage::Walking), Stage::Walking);
        assert_eq!(stage(Stage::SelfTest), Stage::Walking);
        assert_eq!(stage(Stage::ShortRuns), Stage::SelfTest);
        assert_eq!(stage(Stage::Running), Stage::SelfTest);
    }

    #[test]
    fn twelve_weeks_after_a_birth_lie_without_a_run() {
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).unwrap_or_default();
        assert_eq!(first_run(day(1, 1)), day(3, 26));
        assert_eq!(first_run(NaiveDate::MAX), NaiveDate::MAX);
    }
}
