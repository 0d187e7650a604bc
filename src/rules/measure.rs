//! How a runner's reports are measured: by which columns, against which usual pain, within
//! which limits.

use crate::diary::entry::{Limits, Morning, Plan, Score};
use crate::diary::vocabulary::{Profile, Swelling};
use crate::thresholds::{
    BASELINE_RISE, MOST_BASELINE, MOST_STIFFNESS_MIN, OWN_BASELINE_JOINT, OWN_BASELINE_TENDON,
    QUIET_PAIN,
};

/// A limit on pain during a session, and who set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PainLimit {
    /// A clinician's: up to it pain counts 0, above it at least 2.
    Clinician(u8),
    /// The runner's own: above it pain counts at least 2; it lets nothing through.
    Own(u8),
}

impl PainLimit {
    /// Pain, 0 to 10.
    pub const fn pain(self) -> u8 {
        match self {
            Self::Clinician(pain) | Self::Own(pain) => pain,
        }
    }
}

/// What a plan says about judging: its columns, its usual, its limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// Which columns apply.
    pub profile: Profile,
    /// The usual pain as it counts, 0 to 5; bone 0 (section 5).
    pub baseline: u8,
    /// The usual stiffness as it counts, minutes, 0 to 60; bone 0.
    pub stiffness: f64,
    /// A limit on pain during.
    pub limit: Option<PainLimit>,
}

/// Whether limits were set by a clinician: they name who.
pub fn by_clinician(limits: &Limits) -> bool {
    !limits.by.trim().is_empty()
}

/// The usual pain that a clinician agreed to, 0 to 5: by the plan's limits, by a clearance,
/// the lower of both. `None`: nobody did.
pub fn agreed_baseline(plan: &Plan, known_usual: Option<u8>) -> Option<u8> {
    let limits = plan.limits.as_ref().filter(|l| by_clinician(l));
    let limit = limits.and_then(|l| l.usual_pain).map(Score::get);
    let agreed = match (limit, known_usual) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    agreed.map(|pain| pain.min(MOST_BASELINE))
}

/// The usual pain that a runner may set alone (section 5).
pub const fn own_baseline(profile: Profile) -> u8 {
    match profile {
        Profile::Bone => 0,
        Profile::Joint | Profile::Muscle => OWN_BASELINE_JOINT,
        Profile::Tendon => OWN_BASELINE_TENDON,
    }
}

impl Measure {
    /// The measure of a plan for the profile that holds, without what a clearance agreed to.
    pub fn of(plan: &Plan, profile: Profile) -> Self {
        Self::agreed(plan, profile, None)
    }

    /// The measure of a plan for the profile that holds; `known_usual`: the usual that the
    /// standing clearance agrees to.
    pub fn agreed(plan: &Plan, profile: Profile, known_usual: Option<u8>) -> Self {
        let bone = profile == Profile::Bone;
        let most = agreed_baseline(plan, known_usual).unwrap_or(own_baseline(profile));
        let limit = plan.limits.as_ref().and_then(|l| {
            let pain = l.max_pain_during?.get();
            match (by_clinician(l), bone) {
                // No limit lets pain of a bone through.
                (true, true) if pain > 0 => None,
                (true, _) => Some(PainLimit::Clinician(pain)),
                (false, _) => Some(PainLimit::Own(pain)),
            }
        });
        Self {
            profile,
            baseline: if bone {
                0
            } else {
                plan.usual_pain.get().min(most)
            },
            stiffness: if bone {
                0.0
            } else {
                plan.usual_stiffness_min.min(MOST_STIFFNESS_MIN)
            },
            limit,
        }
    }

    /// Whether the profile is bone.
    pub fn bone(&self) -> bool {
        self.profile == Profile::Bone
    }

    /// The same measure with the lower of both baselines: a usual that was raised does not
    /// reach back (section 5).
    #[must_use]
    pub fn no_softer_than(mut self, other: &Self) -> Self {
        self.baseline = self.baseline.min(other.baseline);
        self.stiffness = self.stiffness.min(other.stiffness);
        self
    }

    /// Whether a morning is at the usual (bone: 0), remembered, without limp or swelling.
    pub fn at_baseline(&self, m: &Morning) -> bool {
        m.remembered && m.pain.get() <= self.baseline && !m.limp && m.swelling == Swelling::None
    }

    /// Whether pain makes a day a rest day, or keeps a run from starting: 2 or more above the
    /// usual, bone above 0 (sections 4 and 7).
    pub fn too_high(&self, pain: u8) -> bool {
        if self.bone() {
            pain > 0
        } else {
            pain >= self.baseline + BASELINE_RISE
        }
    }

    /// The pain up to which a morning leads out of `rest`, and an item of the self-test
    /// passes: the higher of 2 and the usual, bone 0 (section 2).
    pub fn gate_limit(&self) -> u8 {
        if self.bone() {
            0
        } else {
            self.baseline.max(QUIET_PAIN)
        }
    }
}
