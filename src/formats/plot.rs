//! Geometry of plots over slots of time: places, lines, marks, labels. Numbers in,
//! numbers and path strings out; units are those of the drawing.

/// Slots side by side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slots {
    left: f64,
    step: f64,
    count: usize,
}

#[allow(clippy::cast_precision_loss)] // slots are few
impl Slots {
    /// So many slots from `left` over `width`; none at all are read as one.
    pub fn new(left: f64, width: f64, count: usize) -> Self {
        let count = count.max(1);
        let step = width.max(1.0) / count as f64;
        Self { left, step, count }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Never: there is always one.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// How wide one is.
    pub fn step(&self) -> f64 {
        self.step
    }

    /// The middle of one.
    pub fn middle(&self, slot: usize) -> f64 {
        self.left + self.step * (slot as f64 + 0.5)
    }

    /// The slots whose labels of that width do not touch, counted back from the last.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn labelled(&self, wide: f64) -> Vec<usize> {
        let every = (wide / self.step).ceil().max(1.0) as usize;
        let mut out: Vec<usize> = (0..self.count).rev().step_by(every).collect();
        out.reverse();
        out
    }
}

/// The place among several that is nearest to a point; `None` among none.
pub fn nearest(places: &[(f64, f64)], x: f64, y: f64) -> Option<usize> {
    let far = |(px, py): &(f64, f64)| (px - x) * (px - x) + (py - y) * (py - y);
    let mut best: Option<(usize, f64)> = None;
    for (at, place) in places.iter().enumerate() {
        let d = far(place);
        if best.is_none_or(|(_, least)| d < least) {
            best = Some((at, d));
        }
    }
    best.map(|(at, _)| at)
}

/// A line through what is there; a hole of more than `bridge` slots breaks it.
pub fn line(points: &[Option<(f64, f64)>], bridge: usize) -> String {
    let mut out = String::new();
    let mut last: Option<usize> = None;
    for (at, point) in points.iter().enumerate() {
        let Some((x, y)) = point else { continue };
        let goes_on = last.is_some_and(|last| at - last <= bridge + 1);
        put(&mut out, if goes_on { 'L' } else { 'M' }, *x, *y);
        last = Some(at);
    }
    out
}

/// Steps: each value holds until the next, the last until `end`.
pub fn steps(points: &[(f64, f64)], end: f64) -> String {
    let mut out = String::new();
    let mut before: Option<f64> = None;
    for (x, y) in points {
        if let Some(before) = before {
            put(&mut out, 'L', *x, before);
        }
        let letter = if before.is_none() { 'M' } else { 'L' };
        put(&mut out, letter, *x, *y);
        before = Some(*y);
    }
    if let Some(y) = before {
        put(&mut out, 'L', end, y);
    }
    out
}

/// Shapes of marks: a value is never told by its colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A disc.
    Circle,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
    /// A triangle that points up.
    Up,
    /// A triangle that points down.
    Down,
}

impl Mark {
    /// Its outline around a point, `r` to each side.
    pub fn path(self, x: f64, y: f64, r: f64) -> String {
        let corners: &[(f64, f64)] = match self {
            Self::Circle => {
                let mut out = String::new();
                put(&mut out, 'M', x - r, y);
                for side in [1.0, -1.0] {
                    out.push('a');
                    for n in [r, r, 0.0, 1.0, 1.0, 2.0 * r * side, 0.0] {
                        out.push(' ');
                        out.push_str(&number(n));
                    }
                }
                out.push('z');
                return out;
            }
            Self::Square => &[(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)],
            Self::Diamond => &[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
            Self::Up => &[(0.0, -1.3), (1.2, 1.0), (-1.2, 1.0)],
            Self::Down => &[(0.0, 1.3), (1.2, -1.0), (-1.2, -1.0)],
        };
        let mut out = String::new();
        for (n, (dx, dy)) in corners.iter().enumerate() {
            let letter = if n == 0 { 'M' } else { 'L' };
            put(&mut out, letter, x + dx * r, y + dy * r);
        }
        out.push('z');
        out
    }
}

/// One command of a path with its point.
pub fn put(out: &mut String, letter: char, x: f64, y: f64) {
    out.push(letter);
    out.push_str(&number(x));
    out.push(' ');
    out.push_str(&number(y));
}

/// A place as text, to a tenth. Made of whole numbers: the text of a fraction would bring
/// all of float formatting into the wasm.
#[allow(clippy::cast_possible_truncation)] // bounded
pub fn number(place: f64) -> String {
    let tenths = (place.clamp(-1e6, 1e6) * 10.0).round() as i32;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    let mut out = [sign, &whole.to_string()].concat();
    if rest > 0 {
        out.push('.');
        out.push_str(&rest.to_string());
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp)]
    use super::*;

    #[test]
    fn slots_fill_the_width_and_labels_do_not_touch() {
        let slots = Slots::new(30.0, 280.0, 28);
        assert_eq!(
            (slots.step(), slots.middle(0), slots.middle(27)),
            (10.0, 35.0, 305.0)
        );
        let labels = slots.labelled(45.0);
        assert_eq!(labels, [2, 7, 12, 17, 22, 27]);
        assert_eq!(Slots::new(0.0, 100.0, 0).len(), 1);
        assert_eq!(Slots::new(0.0, 100.0, 3).labelled(10.0), [0, 1, 2]);
    }

    #[test]
    fn a_line_breaks_where_too_much_is_missing() {
        let points = [
            Some((0.0, 1.0)),
            None,
            Some((2.0, 3.0)),
            None,
            None,
            Some((5.0, 0.25)),
        ];
        assert_eq!(line(&points, 1), "M0 1L2 3M5 0.3");
        assert_eq!(line(&points, 2), "M0 1L2 3L5 0.3");
        assert_eq!(line(&[None, None], 3), "");
    }

    #[test]
    fn steps_hold_until_the_next() {
        assert_eq!(
            steps(&[(0.0, 5.0), (10.0, 2.0)], 20.0),
            "M0 5L10 5L10 2L20 2"
        );
        assert_eq!(steps(&[], 20.0), "");
    }

    #[test]
    fn the_nearest_place_is_found_at_the_edges_too() {
        let places = [(10.0, 0.0), (20.0, 0.0), (20.0, 30.0)];
        assert_eq!(nearest(&places, -100.0, 0.0), Some(0));
        assert_eq!(nearest(&places, 19.0, 2.0), Some(1));
        assert_eq!(nearest(&places, 900.0, 900.0), Some(2));
        assert_eq!(nearest(&[], 0.0, 0.0), None);
    }

    #[test]
    fn numbers_are_short_and_never_a_stray_sign() {
        assert_eq!(
            ["0", "-1.5", "2", "1000000"],
            [0.04, -1.46, 2.0, f64::INFINITY]
                .map(number)
                .each_ref()
                .map(String::as_str)
        );
        assert_eq!(number(-0.04), "0");
    }

    #[test]
    fn each_mark_is_closed_and_around_its_point() {
        for mark in [
            Mark::Circle,
            Mark::Square,
            Mark::Diamond,
            Mark::Up,
            Mark::Down,
        ] {
            let path = mark.path(50.0, 50.0, 4.0);
            assert!(path.starts_with('M') && path.ends_with('z'), "{path}");
        }
        assert_eq!(Mark::Square.path(5.0, 5.0, 1.0), "M4 4L6 4L6 6L4 6z");
    }
}
