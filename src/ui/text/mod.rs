//! Sentences: the words of a key, and what the core says in them.

pub mod days;
pub mod entry_lines;
pub mod exercise_words;
pub mod field_errors;
pub mod import_errors;
pub mod levels;
pub mod reasons;
pub mod symmetry;
pub mod words;
