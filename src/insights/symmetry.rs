//! Left against right: the latest measure of each thing that was measured on both sides.

use crate::diary::Diary;
use crate::diary::entry::{Body, StrengthItem, StrengthSet};
use crate::diary::vocabulary::{Side, TestItem};
use crate::strength::library::trained_with;
use chrono::NaiveDate;

/// What was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measured {
    /// A strength pattern, by its key.
    Pattern(String),
    /// An item of the self-test.
    Test(TestItem),
    /// A benchmark, by its own name.
    Benchmark(String),
}

/// Both sides of one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Symmetry {
    pub measured: Measured,
    /// When.
    pub on: NaiveDate,
    /// Left.
    pub left: f64,
    /// Right.
    pub right: f64,
    /// Repetitions, seconds or kilograms, by key; a benchmark's own words.
    pub unit: String,
}

impl Symmetry {
    /// The weaker side as a share of the stronger, 0 to 1, and whether it is the left.
    pub fn weaker_share(&self) -> (f64, bool) {
        let (left, right) = (self.left.max(0.0), self.right.max(0.0));
        let most = left.max(right);
        let share = if most > 0.0 {
            left.min(right) / most
        } else {
            1.0
        };
        (share, left < right)
    }

    /// The limb symmetry index: the injured side as a share of the other, per cent; the weaker one where no side
    /// is injured, or both are. `None`: the other is nothing.
    pub fn symmetry_index(&self, injured: Side) -> Option<u32> {
        let (one, other) = match injured {
            Side::Left => (self.left, self.right),
            Side::Right => (self.right, self.left),
            Side::None | Side::Both => (self.left.min(self.right), self.left.max(self.right)),
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped"
        )]
        let percent = |share: f64| (share * 100.0).round().clamp(0.0, 999.0) as u32;
        (other > 0.0).then(|| percent(one / other))
    }
}

/// The latest of each, from a day to another, in the order in which each first appeared.
pub fn latest(diary: &Diary, from: NaiveDate, to: NaiveDate) -> Vec<Symmetry> {
    let mut out: Vec<Symmetry> = Vec::new();
    let mut put = |measured: Measured, on, unit: &str, (left, right): (f64, f64)| {
        let unit = unit.to_owned();
        let sides = Symmetry {
            measured,
            on,
            left,
            right,
            unit,
        };
        match out.iter_mut().find(|s| s.measured == sides.measured) {
            Some(old) => *old = sides,
            None => out.push(sides),
        }
    };
    let wanted = |e: &crate::diary::entry::Entry| {
        let kind = matches!(
            e.body,
            Body::Strength(_) | Body::SelfTest(_) | Body::Benchmark(_)
        );
        kind && e.day() >= from && e.day() <= to
    };
    for entry in diary.visible_where(&wanted) {
        let on = entry.day();
        match &entry.body {
            Body::Strength(s) => {
                for item in &s.items {
                    if let Some((unit, both)) = best(item) {
                        let pattern = trained_with(&item.pattern).to_owned();
                        put(Measured::Pattern(pattern), on, unit, both);
                    }
                }
            }
            Body::SelfTest(test) => {
                for item in &test.items {
                    if let (Some(left), Some(right)) = (item.left, item.right) {
                        let unit = match item.test {
                            TestItem::Balance | TestItem::JogOnSpot => "s",
                            _ => "reps",
                        };
                        put(Measured::Test(item.test), on, unit, (left, right));
                    }
                }
            }
            Body::Benchmark(b) => {
                if let (Some(left), Some(right)) = (b.left, b.right) {
                    put(
                        Measured::Benchmark(b.name.clone()),
                        on,
                        &b.unit,
                        (left, right),
                    );
                }
            }
            _ => {}
        }
    }
    out
}

/// The best set of each side: by load where the loads differ, else by repetitions, else
/// by seconds held.
fn best(item: &StrengthItem) -> Option<(&'static str, (f64, f64))> {
    let of = |side: Side, value: &dyn Fn(&StrengthSet) -> Option<f64>| {
        let sets = item.sets.iter().filter(|set| set.side == side);
        sets.filter_map(value).reduce(f64::max)
    };
    let both = |value: &dyn Fn(&StrengthSet) -> Option<f64>| {
        Some((of(Side::Left, value)?, of(Side::Right, value)?))
    };
    let load = both(&|set| set.load_kg);
    if let Some((left, right)) = load.filter(|(l, r)| (l - r).abs() > 0.01) {
        return Some(("kg", (left, right)));
    }
    let reps = both(&|set| set.reps.map(f64::from));
    let held = || both(&|set| set.seconds).map(|both| ("s", both));
    reps.map(|both| ("reps", both)).or_else(held)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp)]
    use super::*;
    use crate::diary::entry::Extra;

    fn set(side: Side, reps: u32, load: Option<f64>) -> StrengthSet {
        let (seconds, extra) = (None, Extra::new());
        StrengthSet {
            reps: Some(reps),
            seconds,
            load_kg: load,
            side,
            extra,
        }
    }

    fn item(sets: Vec<StrengthSet>) -> StrengthItem {
        StrengthItem {
            pattern: "calf".into(),
            exercise: "x".into(),
            level: 2,
            sets,
            extra: Extra::new(),
        }
    }

    #[test]
    fn the_best_set_of_each_side_is_compared() {
        let reps = item(vec![
            set(Side::Left, 12, None),
            set(Side::Left, 14, None),
            set(Side::Right, 18, None),
        ]);
        assert_eq!(best(&reps), Some(("reps", (14.0, 18.0))));
        let loads = item(vec![
            set(Side::Left, 8, Some(10.0)),
            set(Side::Right, 8, Some(15.0)),
        ]);
        assert_eq!(best(&loads), Some(("kg", (10.0, 15.0))));
        assert_eq!(best(&item(vec![set(Side::None, 9, None)])), None);
        // The same load says nothing of the sides, nor does a hundredth of a kilogram.
        for (left, right) in [(10.0, 10.0), (0.01, 0.0), (0.0, 0.01)] {
            let alike = item(vec![
                set(Side::Left, 8, Some(left)),
                set(Side::Right, 9, Some(right)),
            ]);
            assert_eq!(best(&alike), Some(("reps", (8.0, 9.0))), "{left} {right}");
        }
        let mut held = [set(Side::Left, 0, None), set(Side::Right, 0, None)];
        for (one, seconds) in held.iter_mut().zip([30.0, 45.0]) {
            (one.reps, one.seconds) = (None, Some(seconds));
        }
        assert_eq!(best(&item(held.to_vec())), Some(("s", (30.0, 45.0))));
    }

    #[test]
    fn the_weaker_side_is_named() {
        let sides = |left, right| Symmetry {
            measured: Measured::Test(TestItem::Hop),
            on: NaiveDate::default(),
            left,
            right,
            unit: String::new(),
        };
        assert_eq!(sides(9.0, 12.0).weaker_share(), (0.75, true));
        assert_eq!(sides(12.0, 9.0).weaker_share(), (0.75, false));
        assert_eq!(sides(0.0, 0.0).weaker_share(), (1.0, false));
        let share = |left, right, injured| sides(left, right).symmetry_index(injured);
        assert_eq!(share(9.0, 12.0, Side::Left), Some(75));
        assert_eq!(share(9.0, 12.0, Side::Right), Some(133));
        assert_eq!(share(12.0, 9.0, Side::None), Some(75));
        assert_eq!(share(12.0, 9.0, Side::Both), Some(75));
        assert_eq!(
            share(9.0, 0.0, Side::Left),
            None,
            "of nothing there is no share"
        );
    }
}
