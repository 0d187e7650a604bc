//! Scales of plots: where a value lies, and at which values a line stands.

/// A linear scale from a range of values to a range of places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    top: f64,
    height: f64,
    max: f64,
}

impl Scale {
    /// Values 0 to `max` over `height` units below `top`; a `max` of 0 or less, or
    /// none at all, still gives a scale on which 0 lies at the bottom.
    pub fn new(max: f64, top: f64, height: f64) -> Self {
        let max = if max.is_finite() && max > 0.0 {
            max
        } else {
            1.0
        };
        Self { top, height, max }
    }

    /// Where a value lies, from the top.
    pub fn y(&self, value: f64) -> f64 {
        self.top + self.height - self.len(value)
    }

    /// How long a bar of that value is.
    pub fn len(&self, value: f64) -> f64 {
        let value = if value.is_finite() {
            value.clamp(0.0, self.max)
        } else {
            0.0
        };
        value / self.max * self.height
    }
}

/// Ticks from 0 to at least `max` at a step that people count in (1, 2, 5, 10, ...),
/// at most `most` of them above 0.
pub fn ticks(max: f64, most: u32) -> Vec<f64> {
    let max = if max.is_finite() && max > 0.0 {
        max.min(1e9)
    } else {
        1.0
    };
    let mut step = 1.0;
    let mut factors = [2.0, 2.5, 2.0].into_iter().cycle();
    while max / step > f64::from(most.max(1)) {
        step *= factors.next().unwrap_or(2.0);
    }
    let mut out = vec![0.0];
    let mut at = 0.0;
    while at < max {
        at += step;
        out.push(at);
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp)]
    use super::*;

    #[test]
    fn a_scale_puts_zero_at_the_bottom_and_the_most_at_the_top() {
        let s = Scale::new(50.0, 10.0, 100.0);
        assert_eq!((s.y(0.0), s.y(50.0), s.len(25.0)), (110.0, 10.0, 50.0));
        assert_eq!(Scale::new(0.0, 0.0, 10.0).y(0.0), 10.0);
        assert_eq!(Scale::new(f64::NAN, 0.0, 10.0).len(f64::NAN), 0.0);
    }

    #[test]
    fn ticks_are_few_and_reach_the_most() {
        assert_eq!(ticks(37.0, 4), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(ticks(0.0, 4), [0.0, 1.0]);
        assert_eq!(ticks(120.0, 4), [0.0, 50.0, 100.0, 150.0]);
        assert!(ticks(f64::INFINITY, 4).len() <= 6);
    }
}
