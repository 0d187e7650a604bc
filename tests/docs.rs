//! The pages under `docs/` hold what the code holds: the tables of the rules are read out of
//! them and compared, both ways.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use footing::diary::vocabulary::{Profile, RedFlag, Stage, Tier};
use footing::rules::progression::gap_clock;
use footing::rules::progression::gap_clock::GapStep;
use footing::rules::rows::ROWS;
use footing::thresholds::ladder::{Ladder, Level};
use footing::thresholds::{AFTER_SEVERE_DAYS, DOWN, PAUSE_FROM, SEVERE, WAIT_FROM};
use std::collections::BTreeMap;
use std::path::Path;

fn file(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The rows of the one table whose head begins with these cells, each cell trimmed.
fn table(page: &str, head: &[&str]) -> Vec<Vec<String>> {
    let cells = |line: &str| -> Vec<String> {
        let line = line.trim().trim_start_matches('|').trim_end_matches('|');
        line.split('|').map(|c| c.trim().to_owned()).collect()
    };
    let lines: Vec<&str> = page.lines().collect();
    let heads: Vec<usize> = (0..lines.len())
        .filter(|i| {
            let ruled = lines.get(i + 1).is_some_and(|l| l.starts_with("|---"));
            let of = cells(lines[*i]);
            ruled && lines[*i].starts_with('|') && of.starts_with(&head.map_owned())
        })
        .collect();
    assert_eq!(heads.len(), 1, "one table that begins with {head:?}");
    lines[heads[0] + 2..]
        .iter()
        .take_while(|l| l.starts_with('|'))
        .map(|l| cells(l))
        .collect()
}

trait MapOwned {
    fn map_owned(&self) -> Vec<String>;
}

impl MapOwned for [&str] {
    fn map_owned(&self) -> Vec<String> {
        self.iter().map(|s| (*s).to_owned()).collect()
    }
}

fn rules() -> String {
    file("docs/rules.md")
}

fn number(cell: &str) -> u8 {
    cell.parse().unwrap_or_else(|_| panic!("a number: {cell}"))
}

#[test]
fn the_verdict_table_is_the_codes() {
    let page = table(
        &rules(),
        &[
            "row",
            "rule",
            "what was reported",
            "bone",
            "joint, muscle",
            "tendon",
        ],
    );
    let said: Vec<_> = page
        .iter()
        .map(|r| {
            let votes = [number(&r[3]), number(&r[4]), number(&r[5])];
            let rests = r[2].ends_with('*');
            (
                r[0].trim_matches('`').to_owned(),
                r[1].clone(),
                votes,
                rests,
            )
        })
        .collect();
    let coded: Vec<_> = ROWS
        .iter()
        .map(|row| {
            let votes = [Profile::Bone, Profile::Joint, Profile::Tendon].map(|p| row.votes_for(p));
            assert_eq!(row.votes_for(Profile::Muscle), votes[1], "{}", row.id);
            (
                row.id.to_owned(),
                row.rule.id().to_owned(),
                votes,
                row.bone_rests,
            )
        })
        .collect();
    assert_eq!(said, coded);
}

#[test]
fn what_a_severity_brings_is_the_codes() {
    let page = table(&rules(), &["severity", "levels down", "rest days"]);
    assert_eq!(page.len(), DOWN.len());
    for (severity, (row, down)) in (0..).zip(page.iter().zip(DOWN)) {
        let yes = |from: u8| if severity >= from { "yes" } else { "no" };
        let rest = if severity >= SEVERE {
            AFTER_SEVERE_DAYS - 1
        } else {
            0
        };
        let coded = [
            severity.to_string(),
            down.to_string(),
            rest.to_string(),
            yes(WAIT_FROM).to_owned(),
            yes(PAUSE_FROM).to_owned(),
        ];
        assert_eq!(row[..], coded);
    }
}

fn minutes(level: &Level) -> Vec<String> {
    vec![
        level.id.clone(),
        (level.run_s / 60).to_string(),
        (level.walk_s / 60).to_string(),
        level.reps.to_string(),
        level.run_min().to_string(),
    ]
}

#[test]
fn both_ladders_are_the_codes() {
    let page = rules();
    let head = ["level", "run", "walk", "times", "run minutes"];
    let builtin = Ladder::builtin();
    let with_down = [&head[..], &["down 1", "down 2"]].concat();
    let coded: Vec<Vec<String>> = (5..builtin.levels().len())
        .map(|i| {
            let mut row = minutes(builtin.at(i).unwrap());
            for n in [1, 2] {
                let to = builtin.down(i, n).unwrap_or(builtin.top_walk());
                row.push(builtin.at(to).unwrap().id.clone());
            }
            row
        })
        .collect();
    assert_eq!(table(&page, &with_down), coded);
    let brisk: Vec<Vec<String>> = Ladder::brisk().levels()[5..].iter().map(minutes).collect();
    // The brisk table is the one whose head ends with the minutes.
    let shorter = page.replace("| run minutes | down 1 | down 2 |", "| built in |");
    assert_eq!(table(&shorter, &head), brisk);
    let walks: Vec<String> = builtin.levels()[..5]
        .iter()
        .map(|l| format!("{} {}", l.id, l.walk_min()))
        .collect();
    let line = format!("Walking levels, minutes: {}.", walks.join(", "));
    assert!(page.contains(&line), "{line}");
}

#[test]
fn the_gap_table_is_the_codes() {
    let told = |step: GapStep| match step {
        GapStep::Down(n) => format!("down {n}"),
        GapStep::WalkThenDown(n) => format!("walk, then down {n}"),
        GapStep::WalkThenFirst => "walk, then R1".to_owned(),
        GapStep::Gates => "gates".to_owned(),
    };
    let coded: Vec<Vec<String>> = gap_clock::TABLE
        .iter()
        .map(|(from, usual, reason)| vec![from.to_string(), told(*usual), told(*reason)])
        .collect();
    assert_eq!(table(&rules(), &["from day", "normally"]), coded);
}

/// Every constant of the thresholds, by its name: what the source says it is.
fn thresholds() -> BTreeMap<String, String> {
    let source = file("src/thresholds/mod.rs");
    let constants = source.split("pub const ").skip(1);
    constants
        .map(|rest| {
            let (name, rest) = rest.split_once(':').unwrap();
            let value = rest.split_once('=').unwrap().1.split_once(';').unwrap().0;
            (name.trim().to_owned(), value.trim().to_owned())
        })
        .collect()
}

#[test]
fn the_single_numbers_are_the_codes() {
    let rows = table(&rules(), &["number", "value", "what it is"]);
    let said: BTreeMap<String, String> = rows
        .iter()
        .map(|r| (r[0].trim_matches('`').to_owned(), r[1].clone()))
        .collect();
    assert_eq!(said.len(), rows.len(), "a number stands twice");
    assert_eq!(said, thresholds());
}

#[test]
fn the_warning_signs_are_the_codes() {
    let keys = |cell: &str| -> Vec<String> {
        cell.split_whitespace()
            .map(|k| k.trim_matches('`').to_owned())
            .collect()
    };
    let rows = table(&rules(), &["tier", "signs"]);
    let said = |name: &str| keys(&rows.iter().find(|r| r[0] == name).unwrap()[1]);
    let of = |tier: Tier, profile: Profile| -> Vec<String> {
        let all = RedFlag::ALL.iter().filter(|f| f.tier(profile) == tier);
        all.map(|f| f.key().to_owned()).collect()
    };
    assert_eq!(said("emergency"), of(Tier::Emergency, Profile::Joint));
    assert_eq!(said("urgent"), of(Tier::Urgent, Profile::Joint));
    assert_eq!(said("review"), of(Tier::Review, Profile::Joint));
    let bone: Vec<String> = of(Tier::Urgent, Profile::Bone)
        .into_iter()
        .filter(|key| !of(Tier::Urgent, Profile::Joint).contains(key))
        .collect();
    assert_eq!(said("urgent for bone"), bone);
    assert_eq!(rows.len(), 4);
}

#[test]
fn every_stage_has_its_row() {
    let rows = table(&rules(), &["stage", "a day holds"]);
    let said: Vec<&str> = rows.iter().map(|r| r[0].trim_matches('`')).collect();
    let coded: Vec<&str> = Stage::ALL.iter().map(|s| s.key()).collect();
    assert_eq!(said, coded);
}

/// A reader who has only the repository finds every section that the code names.
#[test]
fn the_sections_that_the_code_names_exist() {
    let page = rules();
    for n in 1..=11 {
        assert!(page.contains(&format!("\n## {n}. ")), "section {n}");
    }
}
