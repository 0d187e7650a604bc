//! The outlines of a figure as SVG paths, in whole millimetres.

use super::Dot;

pub(super) fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

/// Whole millimetres.
#[allow(clippy::cast_possible_truncation)] // clamped to what a picture can hold
pub(super) fn whole(n: f64) -> i32 {
    n.clamp(-99_999.0, 99_999.0).round() as i32
}

/// A path as text.
pub(super) struct Path(pub(super) String);

impl Path {
    pub(super) const fn new() -> Self {
        Self(String::new())
    }

    pub(super) fn pair(&mut self, letter: char, x: f64, y: f64) {
        self.0.push(letter);
        self.0.push_str(&whole(x).to_string());
        self.0.push(' ');
        self.0.push_str(&whole(y).to_string());
    }

    pub(super) fn to(&mut self, letter: char, x: f64, y: f64) {
        self.pair(letter, x, y);
    }

    pub(super) fn arc(&mut self, r: f64, large: bool, x: f64, y: f64) {
        let r = whole(r).to_string();
        self.0.push('A');
        self.0.push_str(&r);
        self.0.push(' ');
        self.0.push_str(&r);
        self.0.push_str(if large { " 0 1 0 " } else { " 0 0 0 " });
        self.0.push_str(&whole(x).to_string());
        self.0.push(' ');
        self.0.push_str(&whole(y).to_string());
    }

    pub(super) fn close(&mut self) {
        self.0.push('Z');
    }

    /// A limb: from a to b, so thick at each end (mm).
    pub(super) fn limb(&mut self, a: Dot, b: Dot, thick_a: f64, thick_b: f64) {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let len = length(dx, dy);
        if len <= (thick_a - thick_b).abs() + 1.0 {
            let (at, r) = if thick_a >= thick_b {
                (a, thick_a)
            } else {
                (b, thick_b)
            };
            return self.circle(at, r);
        }
        let (ux, uy) = (dx / len, dy / len);
        let lean = (thick_a - thick_b) / len;
        let out = (1.0 - lean * lean).max(0.0).sqrt();
        // The two tangents, left and right of the way.
        let (lx, ly) = (ux * lean + uy * out, uy * lean - ux * out);
        let (rx, ry) = (ux * lean - uy * out, uy * lean + ux * out);
        let big = thick_a > thick_b;
        self.to('M', a.0 + rx * thick_a, a.1 + ry * thick_a);
        self.to('L', b.0 + rx * thick_b, b.1 + ry * thick_b);
        self.arc(thick_b, !big, b.0 + lx * thick_b, b.1 + ly * thick_b);
        self.to('L', a.0 + lx * thick_a, a.1 + ly * thick_a);
        self.arc(thick_a, big, a.0 + rx * thick_a, a.1 + ry * thick_a);
        self.close();
    }

    pub(super) fn circle(&mut self, at: Dot, r: f64) {
        self.to('M', at.0 - r, at.1);
        self.arc(r, false, at.0 + r, at.1);
        self.arc(r, false, at.0 - r, at.1);
        self.close();
    }

    /// A filled area, drawn the same way round as everything else.
    pub(super) fn area(&mut self, dots: &[Dot]) {
        let mut round = 0.0;
        for (n, a) in dots.iter().enumerate() {
            let b = dots[(n + 1) % dots.len()];
            round += a.0 * b.1 - b.0 * a.1;
        }
        let mut letter = 'M';
        for n in 0..dots.len() {
            let dot = if round > 0.0 {
                dots[dots.len() - 1 - n]
            } else {
                dots[n]
            };
            self.to(letter, dot.0, dot.1);
            letter = 'L';
        }
        self.close();
    }
}
