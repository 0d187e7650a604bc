//! What an entry around the run says, in one line.

use crate::diary::entry::{Benchmark, Body, Score};
use crate::shell::format;
use crate::ui::text::words::{t, tf, tk, tn};
use crate::ui::widgets::controls::minutes;

/// What a benchmark's entry says: its values against its target.
pub fn measured(b: &Benchmark) -> String {
    let unit = if b.unit.is_empty() {
        String::new()
    } else {
        [" ", &b.unit].concat()
    };
    let mut parts = Vec::new();
    for (key, value) in [
        ("bench.of_left", b.left),
        ("bench.of_right", b.right),
        ("bench.of_value", b.value),
        ("bench.of_target", b.target),
    ] {
        if let Some(value) = value {
            let value = [format::number(value), unit.clone()].concat();
            parts.push(tf(key, &[("value", &value)]));
        }
    }
    if b.met {
        parts.push(t("bench.met"));
    }
    parts.join(" · ")
}

/// The line of an entry around the run in the diary.
pub fn line(body: &Body) -> String {
    let mut parts = Vec::new();
    match body {
        Body::Absence(a) => {
            parts.push(tk("absence.", a.reason.key()));
            if a.fever {
                parts.push(t("away.fever"));
            }
            let from = format::weekday_date(a.from);
            parts.push(match a.until {
                Some(until) if until == a.from => from,
                Some(until) => tf(
                    "away.from_until",
                    &[("from", &from), ("until", &format::weekday_date(until))],
                ),
                None => tf("away.from", &[("from", &from)]),
            });
        }
        Body::Activity(a) => {
            parts.push(a.what.clone());
            parts.push(minutes(a.minutes));
            parts.push(if a.planned {
                t("recovery.planned_line")
            } else {
                tf("recovery.pain_line", &[("pain", &a.pain.get().to_string())])
            });
            if a.impact {
                parts.push(t("recovery.impact_line"));
            }
        }
        Body::Goal(g) => {
            parts.push(g.text.clone());
            parts.extend(
                g.done_on
                    .map(|day| tf("mind.goal_done", &[("day", &format::weekday_date(day))])),
            );
        }
        Body::Benchmark(b) => {
            parts.push(b.name.clone());
            parts.push(measured(b));
        }
        Body::Appointment(a) => {
            parts.push(a.with.clone());
            parts.push(format::weekday_date(a.date));
            parts.extend(a.kept.map(|kept| {
                t(if kept {
                    "appointment.kept"
                } else {
                    "appointment.missed"
                })
            }));
            if !a.questions.is_empty() {
                parts.push(tf("appointment.ask", &[("questions", &a.questions)]));
            }
        }
        Body::Mind(m) => {
            let score = |key, v: Option<u8>| v.map(|v| tf(key, &[("n", &v.to_string())]));
            let number = Score::get;
            parts.extend(score("mind.confidence_line", m.confidence.map(number)));
            parts.extend(score("mind.fear_line", m.fear.map(number)));
            parts.extend(m.mood.map(|m| tk("mood.", &m.get().to_string())));
        }
        Body::CheckIn(c) => {
            parts.extend(
                c.sleep_h
                    .map(|h| tf("checkin.slept", &[("hours", &format::number(h))])),
            );
            let answered = |yes, no, v: Option<bool>| v.map(|v| t(if v { yes } else { no }));
            parts.extend(answered("checkin.food_yes", "checkin.food_no", c.food));
            parts.extend(answered("checkin.water_yes", "checkin.water_no", c.water));
        }
        _ => {}
    }
    parts.retain(|p| !p.is_empty());
    parts.join(" · ")
}

/// A count of entries in words.
pub fn entry_count(n: usize) -> String {
    tn("diary.count", i64::try_from(n).unwrap_or(i64::MAX))
}
