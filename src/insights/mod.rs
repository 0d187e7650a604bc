//! What the diary shows when it is looked at: sums, plots, reports, the way ahead. Nothing
//! here moves the runner.

pub mod adherence;
pub mod care_team;
pub mod check_in;
pub mod findings;
pub mod hand_over_review;
pub mod injury_guide;
pub mod low_mood;
pub mod milestones;
pub mod month;
pub mod overview;
pub mod recovery;
pub mod report;
pub mod report_drawing;
pub mod running_cards;
pub mod schedule;
pub mod sourced_text;
pub mod span;
pub mod spreadsheet;
pub mod symmetry;
pub mod tolerated_pain;
pub mod trail;
pub mod trail_drawing;
pub mod year_in_review;
