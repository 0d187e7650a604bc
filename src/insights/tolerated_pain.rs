//! The runner's own limit of pain during a session.

use crate::rules::measure::Measure;
use crate::rules::rows::pain_severity;

/// The most pain during a session that is still quiet: by the profile's column of row D and
/// what a clinician set.
pub fn tolerated_pain(m: &Measure) -> u8 {
    let quiet = |pain: &u8| pain_severity(m, *pain) == 0;
    (0..=10).take_while(quiet).last().unwrap_or(0)
}
