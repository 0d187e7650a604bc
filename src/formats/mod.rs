//! File formats and drawing: bytes, text and geometry. No word of running in it.

pub mod csv;
pub mod day;
pub mod decimal;
pub mod file_kind;
pub mod flac;
pub mod icalendar;
pub mod markup;
pub mod number;
pub mod plot;
pub mod qr;
pub mod scale;
pub mod svg;
pub mod wav;
