//! Every field of the app that takes a number: what it takes, and how it is read. The one
//! list that widgets, forms and tests go by.

use crate::diary::codec::ranges;
use crate::diary::codec::ranges::Number;
use crate::formats::number::{NumberLimits, WrongNumber, rounded};
use crate::plan::hand_over::code::MAX_TARGET;

/// Metres of a mile (international, 1959).
pub const MILE_M: f64 = 1609.344;
/// Kilograms of a pound (international avoirdupois, 1959).
pub const POUND_KG: f64 = 0.453_592_37;

/// Any number of a range of the diary's.
const fn any(Number(least, most): Number) -> NumberLimits {
    NumberLimits {
        least,
        most,
        whole: false,
    }
}

/// Whole numbers of a range.
const fn whole(Number(least, most): Number) -> NumberLimits {
    NumberLimits {
        least,
        most,
        whole: true,
    }
}

macro_rules! number_fields {
    ($($(#[$about:meta])* $field:ident: $id:literal, $limits:expr;)*) => {
        /// A field that takes a number.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum NumberField {
            $($(#[$about])* $field,)*
        }

        impl NumberField {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$field),*];

            /// The id that its label and tests know it by; where there are many of one
            /// kind, each makes its own.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$field => $id,)*
                }
            }

            /// What it takes.
            pub const fn limits(self) -> NumberLimits {
                match self {
                    $(Self::$field => $limits,)*
                }
            }
        }
    };
}

number_fields! {
    /// Minutes run in a session.
    LogRun: "log-run-min", any(ranges::MINUTES);
    /// Minutes walked in it.
    LogWalk: "log-walk-min", any(ranges::MINUTES);
    /// Its distance in kilometres.
    Kilometres: "distance", any(Number(0.0, ranges::METRES.1 / 1000.0));
    /// Its distance in miles: 500 km, rounded down.
    Miles: "distance", any(Number(0.0, 310.0));
    /// Minutes run in a session of the last weeks.
    RecentRun: "recent-run", any(ranges::MINUTES);
    /// Minutes walked in it.
    RecentWalk: "recent-walk", any(ranges::MINUTES);
    /// Minutes of stiffness on most mornings.
    UsualStiffness: "usual-stiffness", any(ranges::MINUTES);
    /// Longest painless run, minutes.
    Longest: "longest-painless", any(ranges::MINUTES);
    /// Minutes of running in a week before the injury.
    Weekly: "weekly-before", any(ranges::WEEK_MINUTES);
    /// Heel raises left.
    RaisesLeft: "test-raises-left", whole(Number(0.0, 1000.0));
    /// Heel raises right.
    RaisesRight: "test-raises-right", whole(Number(0.0, 1000.0));
    /// A benchmark's target.
    BenchTarget: "bench-target", any(ranges::MEASURE);
    /// What was measured left.
    BenchLeft: "bench-left", any(ranges::MEASURE);
    /// What was measured right.
    BenchRight: "bench-right", any(ranges::MEASURE);
    /// What was measured without side.
    BenchValue: "bench-value", any(ranges::MEASURE);
    /// The target of a benchmark that is handed over.
    HandOverTarget: "handover-target", any(Number(0.0, MAX_TARGET));
    /// Minutes of cross-training.
    ActivityMinutes: "activity-minutes", any(ranges::MINUTES);
    /// Minutes of mobility.
    MobilityMinutes: "mobility-minutes", any(ranges::MINUTES);
    /// Hours slept.
    Sleep: "checkin-sleep", any(ranges::HOURS);
    /// Repetitions of a set.
    Repetitions: "", whole(Number(0.0, 10_000.0));
    /// Seconds of a hold.
    HoldSeconds: "", any(ranges::SECONDS);
    /// A weight in kilograms.
    Kilograms: "", any(ranges::KILOGRAMS);
    /// A weight in pounds: 1000 kg, rounded down.
    Pounds: "", any(Number(0.0, 2204.0));
}

impl NumberField {
    /// The number that a draft holds for it; `None` where it holds nothing.
    ///
    /// # Errors
    /// It holds what is no number, or one that the field does not take.
    pub fn read(self, draft: &str) -> Result<Option<f64>, WrongNumber> {
        self.limits().read(draft)
    }

    /// What one of its units comes to in the unit in which it is stored.
    pub const fn unit(self) -> f64 {
        match self {
            Self::Kilometres => 1000.0,
            Self::Miles => MILE_M,
            Self::Pounds => POUND_KG,
            Self::LogRun
            | Self::LogWalk
            | Self::RecentRun
            | Self::RecentWalk
            | Self::UsualStiffness
            | Self::Longest
            | Self::Weekly
            | Self::RaisesLeft
            | Self::RaisesRight
            | Self::BenchTarget
            | Self::BenchLeft
            | Self::BenchRight
            | Self::BenchValue
            | Self::HandOverTarget
            | Self::ActivityMinutes
            | Self::MobilityMinutes
            | Self::Sleep
            | Self::Repetitions
            | Self::HoldSeconds
            | Self::Kilograms => 1.0,
        }
    }

    /// What a draft holds to begin with of a stored number: minutes to a tenth, distances
    /// and weights to a hundredth, the rest in full.
    pub fn draft(self, stored: Option<f64>) -> String {
        let Some(stored) = stored else {
            return String::new();
        };
        match self {
            Self::LogRun | Self::LogWalk => rounded(stored, 1),
            Self::Kilometres | Self::Miles | Self::Kilograms | Self::Pounds => {
                rounded(stored / self.unit(), 2)
            }
            Self::RecentRun
            | Self::RecentWalk
            | Self::UsualStiffness
            | Self::Longest
            | Self::Weekly
            | Self::RaisesLeft
            | Self::RaisesRight
            | Self::BenchTarget
            | Self::BenchLeft
            | Self::BenchRight
            | Self::BenchValue
            | Self::HandOverTarget
            | Self::ActivityMinutes
            | Self::MobilityMinutes
            | Self::Sleep
            | Self::Repetitions
            | Self::HoldSeconds => crate::formats::number::plain(stored),
        }
    }

    /// What is stored of a draft: the old number to its last digit where the draft still
    /// holds what it began with, so that an unchanged form changes nothing.
    ///
    /// # Errors
    /// It holds what is no number, or one that the field does not take.
    pub fn stored(self, draft: &str, old: Option<f64>) -> Result<Option<f64>, WrongNumber> {
        if old.is_some() && self.draft(old) == draft {
            return Ok(old);
        }
        Ok(self.read(draft)?.map(|typed| typed * self.unit()))
    }
}
