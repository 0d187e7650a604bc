//! Sentences: the words of a key, and what the core says in them.

pub mod field_errors;
pub mod reasons;
pub mod words;
