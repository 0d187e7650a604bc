//! Limits that hold for every text and list.

/// Longest text that is read, in characters.
pub const MAX_TEXT: usize = 20_000;
/// Longest list that is read, in items (a ladder: [`MAX_LEVELS`]).
pub const MAX_ITEMS: usize = 500;
/// Longest ladder that is read, in levels.
pub const MAX_LEVELS: usize = 100;
/// Longest id of a level, in characters.
pub const MAX_LEVEL_ID: usize = 40;
/// Deepest nesting of lists and objects kept in a field that this version does
/// not know. A backup wraps entries two levels deeper, and the parser refuses
/// a whole file beyond 128: this keeps one such entry from costing the others.
pub const MAX_DEPTH: usize = 64;
