//! Benchmarks to begin with, by injury. A clinician's own goes before any of them.
//! Numbers: docs/evidence.md, "Before running" (healthy averages and published criteria; test and
//! retest differ by up to six heel raises).

use crate::diary::vocabulary::Site;

/// One to begin with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Template {
    /// The key of its name.
    pub key: &'static str,
    /// The key of its unit.
    pub unit: &'static str,
    /// Its target, in that unit.
    pub target: f64,
    /// Measured left and right.
    pub sides: bool,
}

const fn each_leg(key: &'static str, unit: &'static str, target: f64) -> Template {
    let sides = true;
    Template {
        key,
        unit,
        target,
        sides,
    }
}

/// Heel raises on one leg.
const HEEL: Template = each_leg("heel-raise", "reps", 20.0);
/// Bridges on one leg.
const BRIDGE: Template = each_leg("bridge", "reps", 20.0);
/// Standing up from a chair on one leg.
const STAND: Template = each_leg("sit-to-stand", "reps", 20.0);
/// Lifting the upper leg, lying on the side.
const ABDUCTION: Template = each_leg("side-lift", "reps", 20.0);
/// Standing on one leg.
const BALANCE: Template = each_leg("balance", "seconds", 30.0);
/// A brisk walk without pain.
const WALK: Template = Template {
    key: "walk",
    unit: "minutes",
    target: 30.0,
    sides: false,
};

/// Every template, each once.
pub const ALL: [Template; 6] = [HEEL, BRIDGE, STAND, ABDUCTION, BALANCE, WALK];

/// What suits an injury at that site, the most fitting first.
pub const fn for_site(site: Site) -> [Template; 3] {
    match site {
        Site::Achilles | Site::Calf | Site::Plantar | Site::HeelBone => [HEEL, BALANCE, WALK],
        Site::Ankle | Site::Shin | Site::Midfoot | Site::Forefoot => [BALANCE, HEEL, WALK],
        Site::Knee | Site::Kneecap | Site::PatellarTendon | Site::Quad => [STAND, BRIDGE, WALK],
        Site::Hamstring | Site::HamstringTendon | Site::DeepButtock | Site::Back => {
            [BRIDGE, STAND, WALK]
        }
        Site::ItBand | Site::Hip | Site::Groin | Site::Thigh | Site::Adductor => {
            [ABDUCTION, BRIDGE, WALK]
        }
        Site::Other => [STAND, HEEL, WALK],
    }
}
