//! The report's plot: minutes run and walked as bars, pain during and in the morning
//! over them. Whole numbers only, so that no float printer is needed.

use crate::insights::report::Day;
use chrono::{Datelike, NaiveDate};

/// Width of the plot's area.
pub const WIDTH: i32 = 700;
/// Height of the plot's area.
pub const HEIGHT: i32 = 150;

/// The paths of the plot, in units of its own, 0 0 at the upper left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plot {
    /// Minutes run.
    pub run: String,
    /// Minutes walked, on top of them.
    pub walk: String,
    /// Pain during, one diamond a session day.
    pub during: String,
    /// Pain in the morning, one line through the days that were answered.
    pub morning: String,
    /// The Mondays that carry a date: place and day.
    pub ticks: Vec<(i32, NaiveDate)>,
    /// The minutes at the top.
    pub most_min: u32,
}

/// The plot of these days; nothing to draw makes empty paths.
pub fn plot(days: &[Day]) -> Plot {
    let most = days
        .iter()
        .map(|d| d.run_min + d.walk_min)
        .fold(0.0, f64::max);
    let most_min = top(most);
    let count = i32::try_from(days.len()).unwrap_or(i32::MAX).max(1);
    let place = |n: usize| i32::try_from(n).unwrap_or_default() * WIDTH / count;
    let width = (WIDTH / count).clamp(2, 14);
    let bar = (width * 3 / 4).max(2);
    let high = |min: f64| whole(min / f64::from(most_min) * f64::from(HEIGHT));
    let pain = |pain: u8| HEIGHT - i32::from(pain) * HEIGHT / 10;
    let mut out = Plot {
        run: String::new(),
        walk: String::new(),
        during: String::new(),
        morning: String::new(),
        ticks: Vec::new(),
        most_min,
    };
    let mut before = None;
    for (n, day) in days.iter().enumerate() {
        let left = place(n);
        let middle = left + width / 2;
        let run = high(day.run_min);
        let walk = high(day.run_min + day.walk_min) - run;
        if run > 0 {
            push(
                &mut out.run,
                &["M", "h", "v", "h", "z"],
                &[&[left, HEIGHT - run], &[bar], &[run], &[-bar]],
            );
        }
        if walk > 0 {
            push(
                &mut out.walk,
                &["M", "h", "v", "h", "z"],
                &[&[left, HEIGHT - run - walk], &[bar], &[walk], &[-bar]],
            );
        }
        if let Some(p) = day.during {
            let at: [i32; 2] = [middle, pain(p) - 4];
            push(
                &mut out.during,
                &["M", "l", "l", "l", "z"],
                &[&at, &[4, 4], &[-4, 4], &[-4, -4]],
            );
        }
        if let Some(p) = day.morning {
            // A morning that was not answered is a hole, not a way.
            let joined = before == Some(n.wrapping_sub(1));
            push(
                &mut out.morning,
                &[if joined { "L" } else { "M" }],
                &[&[middle, pain(p)]],
            );
            if !joined {
                out.morning.push_str("h0");
            }
            before = Some(n);
        }
    }
    // A date each so many Mondays: eight at most.
    let mondays: Vec<(i32, NaiveDate)> = days
        .iter()
        .enumerate()
        .filter(|(_, d)| d.day.weekday().num_days_from_monday() == 0)
        .map(|(n, d)| (place(n), d.day))
        .collect();
    let step = mondays.len().div_ceil(7).max(1);
    out.ticks = mondays.into_iter().step_by(step).collect();
    out
}

/// A round number of minutes at or above the most, at least 20.
fn top(most: f64) -> u32 {
    let mut top = 20;
    while f64::from(top) < most && top < 1440 {
        top += if top < 60 { 10 } else { 30 };
    }
    // Two sessions of a day may be more than a day.
    if f64::from(top) < most { 2880 } else { top }
}

#[expect(clippy::cast_possible_truncation, reason = "within the plot")]
fn whole(value: f64) -> i32 {
    value.clamp(0.0, f64::from(HEIGHT) * 8.0).round() as i32
}

fn push(path: &mut String, letters: &[&str], numbers: &[&[i32]]) {
    for (n, letter) in letters.iter().enumerate() {
        path.push_str(letter);
        for (m, number) in numbers
            .get(n)
            .copied()
            .unwrap_or_default()
            .iter()
            .enumerate()
        {
            if m > 0 {
                path.push(' ');
            }
            path.push_str(&number.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(minutes: &[(f64, f64, Option<u8>, Option<u8>)]) -> Vec<Day> {
        let first = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default();
        first
            .iter_days()
            .zip(minutes)
            .map(|(day, (run_min, walk_min, during, morning))| Day {
                day,
                run_min: *run_min,
                walk_min: *walk_min,
                during: *during,
                morning: *morning,
            })
            .collect()
    }

    #[test]
    fn bars_stand_on_the_floor_and_pain_between_0_and_10() {
        let plot = plot(&days(&[
            (10.0, 10.0, Some(10), Some(0)),
            (0.0, 0.0, None, Some(10)),
            (0.0, 0.0, None, None),
            (0.0, 20.0, Some(0), Some(5)),
        ]));
        assert_eq!(plot.most_min, 20);
        // Half of it run, half walked, up to the top.
        assert_eq!(plot.run, "M0 75h10v75h-10z");
        assert_eq!(plot.walk, "M0 0h10v75h-10zM525 0h10v150h-10z");
        assert_eq!(plot.during, "M7 -4l4 4l-4 4l-4 -4zM532 146l4 4l-4 4l-4 -4z");
        // The third morning is a hole.
        assert_eq!(plot.morning, "M7 150h0L182 0M532 75h0");
        assert_eq!(plot.ticks.len(), 1);
    }

    #[test]
    fn any_number_of_days_can_be_drawn() {
        assert_eq!(plot(&[]).run, "");
        let many = vec![(2000.0, 2000.0, Some(3), Some(2)); 4000];
        let plot = plot(&days(&many));
        assert!(plot.ticks.len() <= 8);
        assert!(!plot.run.contains('-') || plot.run.contains("h-"));
    }
}
