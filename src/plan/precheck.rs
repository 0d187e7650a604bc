//! The three questions before Start (docs/rules.md, section 7).

use crate::diary::vocabulary::Profile;
use crate::thresholds::BASELINE_RISE;

/// What the three answers lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precheck {
    /// The session as prescribed.
    Go,
    /// A walk or rest, not the run.
    RestToday,
}

/// Pain now (0 to 10) against the usual as it counts (bone: 0), a limp, and whether the
/// runner is well: bone above 0, others 2 or more above the usual, a limp, or
/// not well means no run (docs/rules.md, section 7, "Before Start").
pub fn check(profile: Profile, baseline: u8, pain: u8, limp: bool, well: bool) -> Precheck {
    let too_much = match profile {
        Profile::Bone => pain > 0,
        Profile::Joint | Profile::Muscle | Profile::Tendon => pain >= baseline + BASELINE_RISE,
    };
    if too_much || limp || !well {
        Precheck::RestToday
    } else {
        Precheck::Go
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bone_asks_for_zero_and_others_for_less_than_two_above_the_usual() {
        let go = |profile, usual, pain| check(profile, usual, pain, false, true) == Precheck::Go;
        assert!(go(Profile::Bone, 0, 0));
        assert!(!go(Profile::Bone, 2, 1));
        assert!(go(Profile::Joint, 1, 2));
        assert!(!go(Profile::Joint, 1, 3));
        assert!(!go(Profile::Tendon, 5, 7));
        assert!(go(Profile::Tendon, 5, 6));
    }

    #[test]
    fn a_limp_or_not_being_well_is_enough() {
        assert_eq!(
            check(Profile::Tendon, 0, 0, true, true),
            Precheck::RestToday
        );
        assert_eq!(
            check(Profile::Tendon, 0, 0, false, false),
            Precheck::RestToday
        );
    }
}
