//! The readiness self-test (progression, section 2): what its counted task asks for.

use crate::diary::vocabulary::Side;
use crate::thresholds::RAISES_PERCENT;

/// Whether heel raises, left and right, pass: so much of the other side, of the better
/// one where no side is hurt more. Where they were not counted on both sides, the
/// runner's own word stands.
pub fn raises_hold(raises: [Option<f64>; 2], hurt: Side) -> bool {
    let [Some(left), Some(right)] = raises else {
        return true;
    };
    let (hurt, other) = match hurt {
        Side::Left => (left, right),
        Side::Right => (right, left),
        Side::Both | Side::None => (left.min(right), left.max(right)),
    };
    hurt * 100.0 >= other * f64::from(RAISES_PERCENT)
}
