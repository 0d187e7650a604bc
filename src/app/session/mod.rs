//! What runs: a timed session, or a strength session.

pub mod run;
pub mod run_record;
pub mod strength_record;
pub(in crate::app) mod strength_run;
