//! The house held to its own rules: the walls between the rooms, what says what it is, and
//! the pages that speak of the code.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::case_sensitive_file_extension_comparisons
)]

mod comments;
mod pages;
mod sources;
mod walls;
