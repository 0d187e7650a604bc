//! The room of a drawing, and the lines of its scales.

use crate::formats::scale::Scale;
use crate::formats::svg::Svg;
use crate::shell::{self, format};

/// Height of what stands above the values.
pub const TOP: f64 = 26.0;
/// Height of what stands below them.
pub const FOOT: f64 = 24.0;

/// The room of a drawing: as wide as the page gives, with room for the letters at the left.
pub struct Room {
    pub width: f64,
    pub left: f64,
    pub letter: f64,
}

impl Room {
    pub fn new() -> Self {
        let (page, letters) = shell::page::size();
        let letter = (letters / 16.0).clamp(0.75, 2.5);
        // The page's edges and the card's.
        let width = (page.min(38.0 * letters) - 66.0).max(200.0);
        Self {
            width,
            left: 32.0 * letter,
            letter,
        }
    }

    /// The lines of a scale, their figures, and what they measure.
    pub fn scale(&self, svg: &mut Svg, scale: &Scale, marks: &[f64], words: &str) {
        for &m in marks {
            let y = scale.y(m);
            svg.line("grid", (self.left, y), (self.width, y));
            let place = (self.left - 6.0, y + 4.0 * self.letter);
            svg.words("axis end", place, &format::number(m));
        }
        let top = marks.last().map_or(0.0, |m| scale.y(*m));
        svg.words("axis", (0.0, top - 12.0), words);
    }
}
