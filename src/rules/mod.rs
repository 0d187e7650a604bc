//! The rules: what one session's result means, and the progression that turns a diary into
//! guidance for one day.

pub mod guidance;
pub mod progression;
pub mod reference;
pub mod rows;
pub mod symptom_free;
