//! Geometry of the trail: waypoints in rows that wind uphill, the path through them, the
//! loops of steps back, the land behind. Numbers in, numbers and path strings out; units
//! are those of the drawing, y grows downwards.

use crate::formats::plot::put;

/// Waypoints and the bands of land that they stand in.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Its height.
    pub height: f64,
    /// Where each waypoint stands, from the start on.
    pub places: Vec<(f64, f64)>,
    /// Top and bottom of each group's band, in the order of the groups.
    pub bands: Vec<(f64, f64)>,
}

/// Lays groups of waypoints out from the bottom up, each in rows of its own of no more
/// than `most`, each row going on where the one below it ended. `row` is the height of a
/// row, `head` the room above a group's rows for its name, `edge` the room at both sides.
#[allow(clippy::cast_precision_loss)] // a handful of waypoints
pub fn layout(groups: &[usize], width: f64, most: usize, row: f64, head: f64, edge: f64) -> Layout {
    let most = most.max(1);
    let rows = |n: usize| n.div_ceil(most).max(1);
    let whole: usize = groups.iter().map(|n| rows(*n)).sum();
    let height = whole as f64 * row + groups.len() as f64 * head;
    let (mut places, mut bands) = (Vec::new(), Vec::new());
    let (mut bottom, mut to_right) = (height, true);
    for &count in groups {
        let all = rows(count);
        let top = bottom - all as f64 * row - head;
        bands.push((top, bottom));
        let mut left = count;
        for r in 0..all {
            // Rows of one group are as even as they can be.
            let here = left.div_ceil(all - r);
            left -= here;
            for k in 0..here {
                let share = (k as f64 + 0.5) / here as f64;
                let share = if to_right { share } else { 1.0 - share };
                let x = edge + share * (width - 2.0 * edge);
                let rise = if k % 2 == 0 { 5.0 } else { -5.0 };
                places.push((x, bottom - (r as f64 + 0.5) * row + rise));
            }
            to_right = !to_right;
        }
        bottom = top;
    }
    Layout {
        height,
        places,
        bands,
    }
}

/// A smooth way through places, as one path.
pub fn way(places: &[(f64, f64)]) -> String {
    let mut out = String::new();
    let Some(&(x, y)) = places.first() else {
        return out;
    };
    put(&mut out, 'M', x, y);
    for n in 1..places.len() {
        let (a, b) = (places[n - 1], places[n]);
        let before = places[n.saturating_sub(2)];
        let after = places.get(n + 1).copied().unwrap_or(b);
        // Tangents along the neighbours, so that the way has no corner.
        put(
            &mut out,
            'C',
            a.0 + (b.0 - before.0) / 6.0,
            a.1 + (b.1 - before.1) / 6.0,
        );
        put(
            &mut out,
            ' ',
            b.0 - (after.0 - a.0) / 6.0,
            b.1 - (after.1 - a.1) / 6.0,
        );
        put(&mut out, ' ', b.0, b.1);
    }
    out
}

/// A loop back from one place to another, bulging to its side by `bulge`, and ending
/// `short` of it; with where it arrives and the direction in which it does (a unit vector).
pub fn back(
    from: (f64, f64),
    to: (f64, f64),
    bulge: f64,
    short: f64,
) -> (String, (f64, f64), (f64, f64)) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let long = (dx * dx + dy * dy).sqrt().max(1.0);
    let middle = (
        f64::midpoint(from.0, to.0) - dy / long * bulge,
        f64::midpoint(from.1, to.1) + dx / long * bulge,
    );
    let (ex, ey) = (to.0 - middle.0, to.1 - middle.1);
    let last = (ex * ex + ey * ey).sqrt().max(1.0);
    let way = (ex / last, ey / last);
    let end = (to.0 - way.0 * short, to.1 - way.1 * short);
    let mut out = String::new();
    put(&mut out, 'M', from.0, from.1);
    put(&mut out, 'Q', middle.0, middle.1);
    put(&mut out, ' ', end.0, end.1);
    (out, end, way)
}

/// An arrowhead at a point.
pub fn arrow((x, y): (f64, f64), (dx, dy): (f64, f64), size: f64) -> String {
    let mut out = String::new();
    put(&mut out, 'M', x + dx * size, y + dy * size);
    put(&mut out, 'L', x - dy * size, y + dx * size);
    put(&mut out, 'L', x + dy * size, y - dx * size);
    out.push('z');
    out
}

/// Hills that fill a band from their ridge down to `bottom`: so many, so high, rounded or
/// with peaks.
#[allow(clippy::cast_precision_loss)] // a handful of hills
pub fn hills(width: f64, ridge: f64, bottom: f64, count: usize, high: f64, peaks: bool) -> String {
    let step = width / count.max(1) as f64;
    let mut out = String::new();
    put(&mut out, 'M', 0.0, bottom);
    put(&mut out, 'L', 0.0, ridge);
    for n in 0..count {
        let (a, b) = (n as f64 * step, (n as f64 + 1.0) * step);
        // No two alike.
        let high = high * if n % 2 == 0 { 1.0 } else { 0.6 };
        let middle = f64::midpoint(a, b);
        if peaks {
            put(&mut out, 'L', middle, ridge - high);
            put(&mut out, 'L', b, ridge);
        } else {
            put(&mut out, 'Q', middle, ridge - 2.0 * high);
            put(&mut out, ' ', b, ridge);
        }
    }
    put(&mut out, 'L', width, bottom);
    out.push('z');
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp)]
    use super::*;

    #[test]
    fn waypoints_wind_uphill_and_never_touch() {
        for width in [236.0, 300.0, 540.0] {
            let groups = [1, 5, 1, 13, 6, 1];
            let found = layout(&groups, width, 5, 62.0, 26.0, 4.0);
            assert_eq!(found.places.len(), 27);
            for (n, a) in found.places.iter().enumerate() {
                assert!(a.0 >= 20.0 && a.0 <= width - 20.0, "{a:?} lies at the edge");
                for b in &found.places[n + 1..] {
                    let d = ((a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)).sqrt();
                    assert!(d > 42.0, "{a:?} and {b:?} are {d} apart at {width}");
                }
            }
            // Each next one is no lower than a row.
            assert!(found.places.windows(2).all(|p| p[1].1 < p[0].1 + 12.0));
            assert_eq!(found.bands.last().map(|b| b.0), Some(0.0));
            assert_eq!(found.bands[0].1, found.height);
        }
    }

    #[test]
    fn rows_are_even_and_turn_at_their_ends() {
        let found = layout(&[13], 300.0, 5, 60.0, 0.0, 0.0);
        let row = |n: f64| {
            found
                .places
                .iter()
                .filter(|p| p.1 <= 180.0 - n && p.1 > 120.0 - n)
                .count()
        };
        assert_eq!([row(0.0), row(60.0), row(120.0)], [5, 4, 4]);
        assert!(found.places[0].0 < found.places[4].0 && found.places[5].0 > found.places[8].0);
        assert_eq!(layout(&[0], 300.0, 0, 60.0, 10.0, 0.0).bands, [(0.0, 70.0)]);
    }

    #[test]
    fn a_way_goes_through_its_places_and_a_loop_stops_short() {
        let path = way(&[(0.0, 0.0), (10.0, 0.0), (20.0, 10.0)]);
        assert!(
            path.starts_with("M0 0C") && path.ends_with("20 10"),
            "{path}"
        );
        assert_eq!(path.matches('C').count(), 2);
        assert_eq!(way(&[]), "");
        let (path, end, way) = back((100.0, 50.0), (40.0, 50.0), 20.0, 18.0);
        assert!(path.starts_with("M100 50Q70 "), "{path}");
        let d = ((end.0 - 40.0).powi(2) + (end.1 - 50.0).powi(2)).sqrt();
        assert!((d - 18.0).abs() < 0.01 && (way.0.hypot(way.1) - 1.0).abs() < 0.01);
    }

    #[test]
    fn hills_close_over_the_whole_width() {
        let path = hills(300.0, 40.0, 100.0, 4, 12.0, true);
        assert!(
            path.starts_with("M0 100L0 40") && path.ends_with("L300 100z"),
            "{path}"
        );
        assert!(!path.contains('Q') && hills(300.0, 40.0, 100.0, 4, 12.0, false).contains('Q'));
    }
}
