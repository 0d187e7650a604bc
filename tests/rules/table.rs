//! The rules as data: whole, sourced, and the only copy of their numbers. The tables themselves
//! are compared with docs/rules.md in `tests/docs.rs`.
#![allow(clippy::unwrap_used, clippy::pedantic)]

use footing::rules::evidence::{EvidenceGrade, SOURCES};
use footing::rules::guidance::Rule;
use footing::rules::reference::{RuleRow, Table, rows};
use std::collections::BTreeSet;

fn row(table: Table, id: &str) -> RuleRow {
    let mut found: Vec<RuleRow> = rows()
        .into_iter()
        .filter(|r| r.table == table && r.id == id)
        .collect();
    assert_eq!(found.len(), 1, "{table:?} {id}");
    found.remove(0)
}

fn numbers(table: Table, id: &str) -> Vec<u32> {
    row(table, id).numbers
}

#[test]
fn the_other_tables_are_the_pages() {
    use Table::{Caps, Gaps, Gates, Ladder, OkNeeded, Placement, Precheck, Severity, Spacing};
    let page: &[(Table, &str, &[u32])] = &[
        (Severity, "0", &[0, 0, 0, 0]),
        (Severity, "1", &[0, 0, 0, 0]),
        (Severity, "2", &[1, 2, 0, 0]),
        (Severity, "3", &[1, 2, 1, 0]),
        (Severity, "4", &[2, 2, 1, 1]),
        (Severity, "5", &[2, 2, 1, 1]),
        (Severity, "review-row", &[4]),
        (Severity, "remind-row", &[4]),
        (Severity, "memory", &[14]),
        (Ladder, "W1", &[0, 600, 1]),
        (Ladder, "W5", &[0, 1800, 1]),
        (Ladder, "R1", &[60, 120, 5]),
        (Ladder, "R6", &[180, 120, 5]),
        (Ladder, "R10", &[420, 120, 3]),
        (Ladder, "R13", &[720, 60, 2]),
        (Ladder, "C1", &[1200, 0, 1]),
        (Ladder, "C6", &[1800, 0, 1]),
        (OkNeeded, "W4", &[2, 2]),
        (OkNeeded, "W5", &[3, 3]),
        (OkNeeded, "R1", &[3, 2]),
        (OkNeeded, "C5", &[2, 1]),
        (OkNeeded, "C6", &[6, 6]),
        (Gates, "rest", &[3, 0, 2]),
        (Gates, "walking", &[3, 7]),
        (Gates, "self-test", &[7]),
        (Gates, "running", &[6, 14]),
        (Gates, "itself", &[7, 90]),
        (Spacing, "runs", &[1]),
        (Spacing, "bone-walks", &[2]),
        (Spacing, "cap", &[4, 7]),
        (Spacing, "baseline", &[1, 2]),
        (Spacing, "illness", &[3]),
        (Gaps, "days-0", &[0, 0, 0, 0, 0]),
        (Gaps, "days-4", &[4, 0, 0, 1, 0]),
        (Gaps, "days-9", &[9, 1, 0, 2, 0]),
        (Gaps, "days-14", &[14, 2, 0, 3, 0]),
        (Gaps, "days-21", &[21, 4, 1, 255, 1]),
        (Gaps, "days-30", &[30, 255, 2, 255, 2]),
        (Gaps, "walking", &[14, 2, 30]),
        (Gaps, "running", &[21]),
        (Caps, "level-ups", &[2, 7]),
        (Caps, "longest", &[110, 30]),
        (Caps, "after-gap", &[70, 9]),
        (Placement, "bone", &[1, 0]),
        (Placement, "joint", &[0, 2]),
        (Placement, "tendon", &[0, 3]),
        (Placement, "agreed", &[5]),
        (Placement, "young", &[42]),
        (Placement, "birth", &[84]),
        (Placement, "lapse", &[30]),
        (Precheck, "pain", &[1, 2]),
        (Table::Freedoms, "longer", &[7]),
        (Table::Flags, "chest-pain", &[3, 3]),
        (Table::Flags, "night-pain", &[2, 2]),
        (Table::Flags, "missed-periods", &[2, 1]),
        (Table::Flags, "blood-thinners", &[1, 1]),
    ];
    for (table, id, wanted) in page {
        assert_eq!(numbers(*table, id), *wanted, "{table:?} {id}");
    }
}

#[test]
fn every_row_has_its_own_id_and_every_source_is_told_and_used() {
    let mut ids = BTreeSet::new();
    let mut used = BTreeSet::new();
    for row in rows() {
        assert!(
            ids.insert(format!("{:?} {}", row.table, row.id)),
            "{row:?} twice"
        );
        for source in row.evidence.sources {
            let told = SOURCES.iter().any(|s| s.id == *source);
            assert!(told, "{source} of {} is nowhere told", row.id);
            used.insert(*source);
        }
    }
    assert!(ids.len() >= 174, "{}", ids.len());
    for source in SOURCES {
        assert!(
            !source.author.is_empty() && !source.find.is_empty(),
            "{}",
            source.id
        );
        // These stand behind what is said around the tables.
        let aside = ["nielsen"].contains(&source.id);
        assert!(
            used.contains(source.id) || aside,
            "{} is used nowhere",
            source.id
        );
    }
}

/// Row D was tried for tendons alone: it may not claim a trial for bone and joint.
#[test]
fn no_row_claims_more_than_holds_for_each_profile() {
    let d = rows().into_iter().filter(|r| r.id.starts_with("during"));
    let grades: Vec<EvidenceGrade> = d.map(|r| r.evidence.grade).collect();
    assert_eq!(grades, [EvidenceGrade::Practice; 6]);
}

/// A row names what the evidence found for it, and our own choices name nobody: copied
/// by hand from the evidence's tables of swelling, limp, falling back and warning signs.
#[test]
fn a_row_names_the_sources_that_hold_for_it() {
    use EvidenceGrade::{Consensus, Practice, Synthesis};
    use Table::{Flags, Placement, Severity, Verdict};
    let emergency: &[&str] = &["ggc", "dvt", "septic"];
    let urgent: &[&str] = &["newcastle", "ggc"];
    let page: &[(Table, &str, Rule, &[&str], EvidenceGrade)] = &[
        (Placement, "bone", Rule::Clearance, &["george"], Consensus),
        (Placement, "joint", Rule::Clearance, &[], Synthesis),
        (Placement, "muscle", Rule::Clearance, &[], Synthesis),
        (Placement, "tendon", Rule::Clearance, &[], Synthesis),
        (Verdict, "emergency", Rule::F1, emergency, Consensus),
        (Verdict, "urgent", Rule::F2, urgent, Consensus),
        (
            Verdict,
            "swelling-more",
            Rule::S,
            &["adams", "osu"],
            Practice,
        ),
        (
            Verdict,
            "limp-running",
            Rule::L,
            &["adams", "osu"],
            Practice,
        ),
        (Verdict, "again", Rule::X, &["herring"], Practice),
        (Verdict, "painkiller", Rule::G, &[], Synthesis),
        (Severity, "memory", Rule::X, &["herring"], Practice),
        (Flags, "chest-pain", Rule::F1, emergency, Consensus),
        (Flags, "night-pain", Rule::F2, urgent, Consensus),
        (Flags, "blood-thinners", Rule::X2, &["sportmedbc"], Practice),
        // Urgent for bone, for others a review: it claims no more than holds for all.
        (Flags, "missed-periods", Rule::X2, &["sportmedbc"], Practice),
    ];
    for (table, id, rule, sources, grade) in page {
        let told = row(*table, id);
        assert_eq!(
            (told.rule, told.evidence.sources, told.evidence.grade),
            (Some(*rule), *sources, *grade),
            "{table:?} {id}"
        );
    }
}

/// No number of the rules stands twice: the engine's files hold none but counts of one or
/// two, severities, and what no rule knows.
#[test]
fn the_engine_holds_no_number_of_its_own() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules/progression");
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut in_table = false;
        for line in code.lines() {
            let line = line.split("//").next().unwrap();
            in_table |= line.contains("pub const TABLE");
            if in_table {
                in_table = !line.contains("];");
                continue;
            }
            // How far the engine looks, no rule.
            let looks = [
                "const STILL_DAYS",
                "const AHEAD",
                "const FAR_DAYS",
                "const STUCK_DAYS",
                "const KEPT",
                "const DAY_MIN",
                "const NOTHING_ASKED",
            ];
            if looks.iter().any(|far| line.contains(far)) {
                continue;
            }
            for word in line.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')) {
                // A field of a pair is no number.
                let word = if word.starts_with('.') { "" } else { word };
                let number: String = word
                    .chars()
                    .take_while(|c| c.is_ascii_digit() || *c == '.')
                    .collect();
                let number = number.trim_end_matches('.');
                if number
                    .parse::<f64>()
                    .is_ok_and(|n| n > 3.0 || n.fract() > 0.0)
                {
                    found.push(format!("{name}: {}", line.trim()));
                }
            }
        }
    }
    // A refusal pauses; an emergency is the severity 5.
    let known = ["severity: 4,", "severity == 5"];
    found.retain(|f| !known.iter().any(|k| f.contains(k)));
    assert!(found.is_empty(), "{found:#?}");
}
