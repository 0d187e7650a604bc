//! What a physio would recognise: entries, diary, ladder, verdict, progression,
//! gates, gaps, warning signs, the live session's timeline, backup.
//!
//! Pure: no browser, no clock, no randomness, no sentences.

pub mod backup;
pub mod benchmarks;
pub mod body;
pub mod calendar;
pub mod csv;
pub mod cue;
pub mod decimal;
pub mod demo;
pub mod diary;
pub mod door;
pub mod edits;
pub mod entry;
pub mod flac;
pub mod guidance;
pub mod handover;
pub mod keys;
pub mod ladder;
pub mod live;
pub mod lookback;
pub mod merge;
pub mod milestones;
pub mod month;
pub mod mood;
pub mod numbers;
pub mod overview;
pub mod precheck;
pub mod profile;
pub mod progression;
pub mod qr;
pub mod quiet;
pub mod recovery;
pub mod report;
pub mod rules;
pub mod self_test;
pub mod sides;
pub mod sorted;
pub mod strength;
pub mod team;
pub mod track;
pub mod trail;
pub mod verdict;
pub mod wav;
