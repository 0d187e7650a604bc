//! Half-written forms: what a screen asks for, checked, and the entry that it yields.

pub mod entry_edit;
pub mod hand_over_form;
pub mod morning_form;
pub mod number_field;
pub mod session_form;
pub mod setup_form;
