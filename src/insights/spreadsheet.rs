//! The report as a table that the spreadsheets of the language open, one fact a line.
//!
//! The words are the keys of the data contract, the same in every language; numbers and
//! the sign between cells are those of the language.

use crate::diary::entry::Score;
use crate::diary::vocabulary::Stage;
use crate::diary::vocabulary::Tier;
use crate::formats::csv;
use crate::formats::number::NumberForm;
use crate::insights::report::{Content, Report};
use crate::insights::symmetry::Measured;
use crate::rules::guidance::ChangeCause;
use chrono::NaiveDate;
use serde_json::Number;

/// The columns.
const HEAD: [&str; 6] = ["section", "day", "item", "value", "unit", "detail"];

/// Facts as lines of the file.
struct Facts(csv::Writer);

impl Facts {
    fn fact(&mut self, section: &str, day: NaiveDate, rest: [&str; 4]) {
        let [item, value, unit, detail] = rest;
        let value = self.0.number(value);
        self.0
            .row(&[section, &day.to_string(), item, &value, unit, detail]);
    }
}

/// A number as JSON writes it: whole ones without a fraction.
fn number(value: f64) -> String {
    // To a hundredth: a timer's seconds are no more exact as minutes.
    let rounded = (value * 100.0).round() / 100.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole, and no entry holds more than a million"
    )]
    if rounded.fract() == 0.0 {
        return (rounded as i64).to_string();
    }
    Number::from_f64(rounded).map_or_else(String::new, |n| n.to_string())
}

/// The facts of a report, those that the runner chose, for the spreadsheets of a language.
pub fn of(report: &Report, content: &Content, form: NumberForm) -> String {
    let mut out = Facts(csv::Writer::new(form));
    out.0.row(&HEAD);
    head(&mut out, report);
    for f in &report.flags {
        let tier = match f.tier {
            Tier::Review => "review",
            Tier::Urgent => "urgent",
            Tier::Emergency => "emergency",
        };
        out.fact("flag", f.day, [f.flag.key(), "", "", tier]);
    }
    for pause in &report.pauses {
        let rules: Vec<&str> = pause.rules.iter().map(|r| r.id()).collect();
        let until = pause.until.map(|day| day.to_string()).unwrap_or_default();
        out.fact("pause", pause.from, ["until", &until, "", &rules.join(" ")]);
    }
    for (day, c) in &report.clearances {
        let word = if c.granted { "granted" } else { "refused" };
        let by = [c.by.as_str(), &c.role];
        let by: Vec<&str> = by.into_iter().filter(|t| !t.is_empty()).collect();
        out.fact("clearance", *day, [word, "", "", &by.join(", ")]);
        let levels = [
            ("restart_level", &c.restart_level),
            ("max_level", &c.max_level),
        ];
        for (item, level) in levels {
            if let Some(level) = level {
                out.fact("clearance", *day, [item, level, "", ""]);
            }
        }
    }
    if content.load {
        load(&mut out, report);
    }
    if content.levels {
        for change in &report.levels {
            let (cause, rule) = match change.cause {
                ChangeCause::Placed => ("placed", "PLACE"),
                ChangeCause::Up => ("up", ""),
                ChangeCause::Down(rule) => ("down", rule.id()),
                ChangeCause::Gap => ("gap", "GAP"),
                ChangeCause::Cleared => ("cleared", "CLEARANCE"),
            };
            out.fact("level", change.on, [cause, &change.to, "", rule]);
        }
    }
    if content.strength {
        for s in &report.strength {
            let what = match &s.measured {
                Measured::Pattern(key) | Measured::Benchmark(key) => key.as_str(),
                Measured::Test(item) => item.key(),
            };
            for (side, value) in [("left", s.left), ("right", s.right)] {
                out.fact("strength", s.on, [what, &number(value), &s.unit, side]);
            }
        }
    }
    if content.benchmarks {
        benchmarks(&mut out, report);
    }
    if content.adherence {
        let days = report.adherence;
        for (item, n) in [
            ("sessions_as_advised", days.sessions),
            ("more_than_advised", days.exceeded),
            ("rest_taken", days.rest),
            ("session_open", days.missed),
            ("strength_days", report.strength_days),
        ] {
            let n = n.to_string();
            out.fact("adherence", report.period.to, [item, &n, "days", ""]);
        }
    }
    for note in report
        .notes
        .iter()
        .filter(|n| content.notes.contains(&n.id))
    {
        out.fact("note", note.day, [&note.kind, "", "", &note.text]);
    }
    out.0.finish()
}

fn head(out: &mut Facts, report: &Report) {
    let end = report.period.to;
    let from = report.period.from.to_string();
    out.fact("report", end, ["from", &from, "", ""]);
    let g = &report.guidance;
    out.fact(
        "report",
        end,
        ["stage", g.stage.map_or("", Stage::key), "", ""],
    );
    let level = g.standing_level.as_deref().unwrap_or_default();
    out.fact("report", end, ["level", level, "", ""]);
    let Some(plan) = &report.plan else { return };
    let injury = &plan.injury;
    let since = injury.since.to_string();
    let usual = plan.usual_pain.get().to_string();
    for (item, value, unit) in [
        ("site", injury.site.key(), ""),
        ("side", injury.side.key(), ""),
        ("profile", injury.profile.key(), ""),
        ("since", &since, ""),
        ("named_by", injury.named_by.key(), ""),
        (
            "no_clinician",
            if plan.no_clinician { "yes" } else { "no" },
            "",
        ),
        ("usual_pain", &usual, "0-10"),
    ] {
        out.fact("plan", end, [item, value, unit, ""]);
    }
    let Some(limits) = &plan.limits else { return };
    out.fact("plan", end, ["limits_by", &limits.by, "", ""]);
    let n = |n: Option<u8>| n.map(|n| n.to_string());
    for (item, value, unit) in [
        (
            "max_pain_during",
            n(limits.max_pain_during.map(Score::get)),
            "0-10",
        ),
        ("max_level", limits.max_level.clone(), ""),
        ("ok_needed", n(limits.ok_needed), "sessions"),
        ("min_rest_days", n(limits.min_rest_days), "days"),
        ("max_per_week", n(limits.max_per_week), "runs"),
    ] {
        if let Some(value) = value {
            out.fact("plan", end, [item, &value, unit, ""]);
        }
    }
}

fn load(out: &mut Facts, report: &Report) {
    for day in &report.days {
        let mut put = |item: &str, value: &str, unit: &str| {
            out.fact("day", day.day, [item, value, unit, ""]);
        };
        if let Some(pain) = day.during {
            put("run", &number(day.run_min), "min");
            put("walk", &number(day.walk_min), "min");
            put("pain_during", &pain.to_string(), "0-10");
        }
        if let Some(pain) = day.morning {
            put("morning_pain", &pain.to_string(), "0-10");
        }
    }
    if let Some((day, min)) = report.longest {
        out.fact("longest", day, ["run", &number(min), "min", ""]);
    }
}

fn benchmarks(out: &mut Facts, report: &Report) {
    for (day, b) in &report.benchmarks {
        let values = [
            ("target", b.target),
            ("left", b.left),
            ("right", b.right),
            ("value", b.value),
        ];
        for (what, value) in values {
            if let Some(value) = value {
                out.fact("benchmark", *day, [&b.name, &number(value), &b.unit, what]);
            }
        }
        let met = if b.met { "met" } else { "not met" };
        out.fact("benchmark", *day, [&b.name, "", "", met]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_to_a_hundredth() {
        let rows = [
            (0.0, "0"),
            (-3.0, "-3"),
            (1_000_000.0, "1000000"),
            (2.5, "2.5"),
            (20.0 / 3.0, "6.67"),
            (1.999, "2"),
        ];
        for (value, text) in rows {
            assert_eq!(number(value), text);
        }
    }
}
