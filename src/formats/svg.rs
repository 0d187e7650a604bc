//! Drawings as SVG.

use crate::formats::markup::{Attributes, Markup};
use crate::formats::plot::{Mark, number};

/// A drawing as it grows; what is drawn later lies over what was drawn before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Svg(Markup);

impl Svg {
    fn shape(&mut self, tag: &str, class: &str, places: &[(&str, f64)]) {
        let values: Vec<String> = places.iter().map(|(_, value)| number(*value)).collect();
        let mut attributes = vec![("class", class)];
        for ((name, _), value) in places.iter().zip(&values) {
            attributes.push((name, value));
        }
        self.0.element(tag, &attributes, "");
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let ends = [("x1", from.0), ("y1", from.1), ("x2", to.0), ("y2", to.1)];
        self.shape("line", class, &ends);
    }

    /// A rectangle; nothing when it has no size.
    pub fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        if width > 0.0 && height > 0.0 {
            let sides = [("x", x), ("y", y), ("width", width), ("height", height)];
            self.shape("rect", class, &sides);
        }
    }

    /// A path; nothing when it is empty.
    pub fn path(&mut self, class: &str, d: &str) {
        self.path_at(class, d, &[]);
    }

    /// A path with attributes of its own besides.
    pub fn path_at(&mut self, class: &str, d: &str, more: Attributes) {
        if !d.is_empty() {
            let attributes = [&[("class", class), ("d", d)], more].concat();
            self.0.element("path", &attributes, "");
        }
    }

    /// Marks of one kind.
    pub fn marks(&mut self, class: &str, mark: Mark, r: f64, points: &[Option<(f64, f64)>]) {
        let path: String = points
            .iter()
            .flatten()
            .map(|(x, y)| mark.path(*x, *y, r))
            .collect();
        self.path(class, &path);
    }

    /// Words; `class` says where they are anchored: `start`, `mid` or `end`.
    pub fn words(&mut self, class: &str, (x, y): (f64, f64), words: &str) {
        let place = [number(x), number(y)];
        let [x, y] = &place;
        self.0
            .element("text", &[("class", class), ("x", x), ("y", y)], words);
    }

    /// The whole drawing, seen through a window (left, top, width, height).
    pub fn finish(self, window: [f64; 4], attributes: Attributes) -> Markup {
        let window = window.map(number).join(" ");
        let mut out = Markup::default();
        out.open("svg", &[attributes, &[("viewBox", &window)]].concat());
        out.append(&self.0);
        out.close("svg");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_holds_its_shapes_in_order_and_none_that_is_empty() {
        let mut svg = Svg::default();
        svg.rect("bar", (0.0, 1.25), (10.0, 2.0));
        svg.rect("bar", (0.0, 0.0), (10.0, 0.0));
        svg.path("way", "");
        svg.words("axis end", (3.0, 4.0), "<5");
        let text = svg.finish([0.0, 0.0, 20.0, 10.0], &[("class", "plot")]);
        assert_eq!(
            text.into_string(),
            "<svg class=\"plot\" viewBox=\"0 0 20 10\">\
             <rect class=\"bar\" x=\"0\" y=\"1.3\" width=\"10\" height=\"2\"></rect>\
             <text class=\"axis end\" x=\"3\" y=\"4\">&lt;5</text></svg>"
        );
    }
}
