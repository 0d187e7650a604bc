//! A running session.

pub mod away;
pub mod live;
pub mod precheck;
pub mod steering;
