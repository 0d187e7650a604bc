//! The screens, by feature.

pub mod care;
pub mod diary;
pub mod journey;
pub mod log;
pub mod progress;
pub mod self_test;
pub mod session;
pub mod settings;
pub mod setup;
pub mod strength;
pub mod today;
