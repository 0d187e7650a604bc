//! What screens share: controls, fields, figures, plots.

pub mod controls;
pub mod cues;
pub mod entry_form;
pub mod fields;
pub mod figure;
pub mod notices;
pub mod pieces;
pub mod plot;
pub mod red_flags;
pub mod sites;
pub mod timer;
