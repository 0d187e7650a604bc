//! What a plan is made of: the injury's profile, where the runner is placed, what is asked
//! before a session, and what a clinician hands over.

#![deny(clippy::wildcard_enum_match_arm)]

pub mod benchmarks;
pub mod hand_over;
pub mod precheck;
pub mod profile;
pub mod self_test;
