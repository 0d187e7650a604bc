//! A body to point at, from the front and from behind: where each site lies, and the
//! outline. Units are those of a drawing of 200 by 420.

use crate::diary::vocabulary::{Side, Site};
use crate::formats::plot::put;

/// Width and height of the drawing.
pub const SIZE: (f64, f64) = (200.0, 420.0);
/// The middle line.
const MIDDLE: f64 = 100.0;

/// Sites seen from the front: how far from the middle, and how far down.
const FRONT: [(Site, f64, f64); 12] = [
    (Site::Hip, 37.0, 186.0),
    (Site::Groin, 15.0, 202.0),
    (Site::Quad, 33.0, 232.0),
    (Site::Adductor, 10.0, 236.0),
    (Site::Thigh, 24.0, 262.0),
    (Site::Kneecap, 18.0, 294.0),
    (Site::ItBand, 40.0, 292.0),
    (Site::PatellarTendon, 19.0, 316.0),
    (Site::Shin, 21.0, 345.0),
    (Site::Ankle, 19.0, 376.0),
    (Site::Midfoot, 25.0, 394.0),
    (Site::Forefoot, 36.0, 410.0),
];

/// Sites seen from behind.
const BACK: [(Site, f64, f64); 9] = [
    (Site::Back, 0.0, 150.0),
    (Site::DeepButtock, 25.0, 190.0),
    (Site::HamstringTendon, 20.0, 216.0),
    (Site::Hamstring, 26.0, 250.0),
    (Site::Knee, 22.0, 290.0),
    (Site::Calf, 25.0, 326.0),
    (Site::Achilles, 20.0, 362.0),
    (Site::HeelBone, 20.0, 386.0),
    (Site::Plantar, 24.0, 408.0),
];

/// A place to point at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// The site.
    pub site: Site,
    /// Which side of the runner.
    pub side: Side,
    /// Where it lies.
    pub at: (f64, f64),
}

/// The places of one view, from the top down, left before right. Seen from the front, the
/// runner's left is on the right of the drawing.
pub fn spots(behind: bool) -> Vec<Spot> {
    let sites: &[(Site, f64, f64)] = if behind { &BACK } else { &FRONT };
    let mut out = Vec::new();
    for &(site, far, y) in sites {
        if far <= 0.0 {
            let (side, at) = (Side::None, (MIDDLE, y));
            out.push(Spot { site, side, at });
            continue;
        }
        for (side, sign) in [(Side::Left, 1.0), (Side::Right, -1.0)] {
            let sign = if behind { -sign } else { sign };
            let at = (MIDDLE + sign * far, y);
            out.push(Spot { site, side, at });
        }
    }
    out
}

/// Half of the outline, from the top of the neck down the outside to the inside of the
/// leg: each a point and the points that bend the way to it.
const HALF: [(f64, f64); 17] = [
    (7.0, 62.0),
    (32.0, 76.0),
    (42.0, 96.0),
    (50.0, 150.0),
    (54.0, 196.0),
    (46.0, 198.0),
    (38.0, 152.0),
    (31.0, 112.0),
    (30.0, 150.0),
    (42.0, 190.0),
    (46.0, 232.0),
    (36.0, 290.0),
    (37.0, 326.0),
    (27.0, 374.0),
    (44.0, 416.0),
    (10.0, 402.0),
    (7.0, 214.0),
];

/// The outline as one path: a head, and a body that is the same on both sides.
pub fn outline() -> String {
    let mut out = crate::formats::plot::Mark::Circle.path(MIDDLE, 36.0, 23.0);
    let right = HALF.iter().map(|(x, y)| (MIDDLE + x, *y));
    let left = HALF.iter().rev().map(|(x, y)| (MIDDLE - x, *y));
    for (n, (x, y)) in right.chain(left).enumerate() {
        put(&mut out, if n == 0 { 'M' } else { 'L' }, x, y);
    }
    out.push('z');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_site_can_be_pointed_at_but_another_place() {
        let all: Vec<Spot> = [false, true].into_iter().flat_map(spots).collect();
        for site in Site::ALL.iter().filter(|s| **s != Site::Other) {
            let sides: Vec<Side> = all
                .iter()
                .filter(|s| s.site == *site)
                .map(|s| s.side)
                .collect();
            let whole = [Side::Left, Side::Right].to_vec();
            assert!(sides == whole || sides == [Side::None], "{}", site.key());
        }
    }

    #[test]
    fn places_lie_apart_and_on_the_drawing() {
        for behind in [false, true] {
            let found = spots(behind);
            for (n, a) in found.iter().enumerate() {
                assert!(a.at.0 > 20.0 && a.at.0 < 180.0 && a.at.1 < SIZE.1);
                for b in &found[n + 1..] {
                    let d = (a.at.0 - b.at.0).hypot(a.at.1 - b.at.1);
                    assert!(
                        d >= 18.0,
                        "{} and {} are {d} apart",
                        a.site.key(),
                        b.site.key()
                    );
                }
            }
        }
    }

    #[test]
    fn left_is_where_a_mirror_would_not_have_it() {
        let left = |behind: bool| {
            let spot = spots(behind).into_iter().find(|s| s.side == Side::Left);
            spot.map_or(0.0, |s| s.at.0)
        };
        assert!(
            left(false) > MIDDLE,
            "from the front the left is on the right"
        );
        assert!(left(true) < MIDDLE, "from behind it is on the left");
        assert!(outline().ends_with('z'));
    }
}
