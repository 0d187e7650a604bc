//! A body as joint angles: what a pose of an exercise is made of.
//!
//! Lengths in centimetres, angles in degrees. The frame: x forward, y up, z to
//! the body's right. An angle of 0 everywhere is standing upright with the arms
//! at the sides; positive is what a physio calls flexion, abduction, outward
//! rotation and dorsiflexion, so a knee never has a negative angle. Linear steps
//! between two poses keep a flat foot flat, because the angles of a chain add up.

use serde_json::{Map, Value};

/// A place or a direction.
pub type V3 = [f64; 3];

/// A number of the data.
pub fn number(value: &Value) -> Option<f64> {
    value.as_f64()
}

/// One joint: the name it has in the data, and how far people's move.
pub struct Joint {
    /// Its key.
    pub key: &'static str,
    /// Least angle, degrees.
    pub min: f64,
    /// Greatest angle, degrees.
    pub max: f64,
}

const fn joint(key: &'static str, min: f64, max: f64) -> Joint {
    Joint { key, min, max }
}

/// Every joint, the whole body's own turning first. Limits are those of ordinary
/// supple adults (AAOS norms, rounded outwards by some degrees).
pub const JOINTS: [Joint; 17] = [
    joint("pitch", -180.0, 180.0),
    joint("roll", -180.0, 180.0),
    joint("spine", -30.0, 65.0),
    joint("side", -35.0, 35.0),
    joint("twist", -50.0, 50.0),
    joint("neck", -60.0, 60.0),
    joint("hip", -30.0, 130.0),
    joint("abd", -35.0, 60.0),
    joint("rot", -45.0, 60.0),
    joint("knee", 0.0, 150.0),
    joint("ankle", -55.0, 40.0),
    joint("toe", -15.0, 75.0),
    joint("arm", -60.0, 185.0),
    joint("out", -45.0, 180.0),
    joint("turn", -95.0, 95.0),
    joint("elbow", 0.0, 150.0),
    joint("wrist", -80.0, 95.0),
];

const PITCH: usize = 0;
const ROLL: usize = 1;
const SPINE: usize = 2;
const SIDE: usize = 3;
const TWIST: usize = 4;
const NECK: usize = 5;
const HIP: usize = 6;
const ABD: usize = 7;
const ROT: usize = 8;
const KNEE: usize = 9;
const ANKLE: usize = 10;
const TOE: usize = 11;
const ARM: usize = 12;
const OUT: usize = 13;
const TURN: usize = 14;
const ELBOW: usize = 15;
const WRIST: usize = 16;

/// One pose: the angle of every joint, right then left (what the body has once
/// stands in both).
#[derive(Clone, PartialEq, Default)]
pub struct Pose {
    angles: [[f64; 2]; JOINTS.len()],
    /// How high above its support the body is (a hop), cm.
    pub lift: f64,
    /// Height of the surface under the anchor, cm; `None`: the lowest point of the
    /// body rests on the floor.
    pub at: Option<f64>,
}

impl Pose {
    /// From its JSON: `{"knee": 90}` for both sides, `{"knee": [90, 0]}` for right
    /// and left; what is left out is 0. `None` for a joint that nobody has.
    pub fn from_json(fields: &Map<String, Value>) -> Option<Self> {
        let mut pose = Self::default();
        for (key, value) in fields {
            match key.as_str() {
                "lift" => pose.lift = number(value)?,
                "at" => pose.at = number(value),
                // What must touch what is for the tests.
                "touch" => {}
                _ => {
                    let n = JOINTS.iter().position(|j| j.key == key)?;
                    let one = |side: usize| number(value.get(side).unwrap_or(value));
                    pose.angles[n] = [one(0)?, one(1)?];
                }
            }
        }
        Some(pose)
    }

    /// The angles of a joint, right and left.
    pub fn angles(&self) -> &[[f64; 2]; JOINTS.len()] {
        &self.angles
    }

    /// The pose on the way to another: 0 this one, 1 the other.
    #[must_use]
    pub fn towards(&self, other: &Self, share: f64) -> Self {
        let mut pose = self.clone();
        let mix = |a: f64, b: f64| a + (b - a) * share;
        for (mine, theirs) in pose.angles.iter_mut().zip(&other.angles) {
            for side in 0..2 {
                mine[side] = mix(mine[side], theirs[side]);
            }
        }
        pose.lift = mix(self.lift, other.lift);
        pose.at = match (self.at, other.at) {
            (Some(a), Some(b)) => Some(mix(a, b)),
            (a, b) => a.or(b),
        };
        pose
    }
}

/// Places on the body. Those there are two of stand right first, left after.
#[derive(Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Part {
    Pelvis = 0,
    Waist = 1,
    Neck = 2,
    Head = 3,
    Nose = 4,
    Shoulder = 5,
    Elbow = 7,
    Wrist = 9,
    Hand = 11,
    Hip = 13,
    Knee = 15,
    Ankle = 17,
    Heel = 19,
    Ball = 21,
    Toe = 23,
    /// The sides of the waist.
    Flank = 25,
    /// The knuckle of the big toe, above the ball, for drawing.
    Instep = 27,
}

/// How many places there are.
pub const PARTS: usize = 29;

/// The key of each place that can hold the body, and how thick the flesh is there, cm.
pub const SURFACE: [(&str, Part, f64); 15] = [
    ("pelvis", Part::Pelvis, 10.0),
    ("neck", Part::Neck, 8.0),
    ("head", Part::Head, 10.0),
    ("shoulder", Part::Shoulder, 4.0),
    ("elbow", Part::Elbow, 4.0),
    ("wrist", Part::Wrist, 3.0),
    ("hand", Part::Hand, 2.0),
    ("hip", Part::Hip, 10.0),
    ("knee", Part::Knee, 6.0),
    ("ankle", Part::Ankle, 4.0),
    ("heel", Part::Heel, 0.0),
    ("ball", Part::Ball, 0.0),
    ("toe", Part::Toe, 0.0),
    ("waist", Part::Waist, 9.0),
    ("instep", Part::Instep, 0.0),
];

/// A place by its key, `heel-r`, `heel-l` or `pelvis`: its index and its flesh, cm.
pub fn place(key: &str) -> Option<(usize, f64)> {
    let (name, side) = match key.strip_suffix("-l") {
        Some(name) => (name, 1),
        None => (key.strip_suffix("-r").unwrap_or(key), 0),
    };
    let (_, part, flesh) = SURFACE.iter().find(|(k, ..)| *k == name)?;
    Some((*part as usize + side, *flesh))
}

/// Where every place of the body is, cm.
#[derive(Clone, PartialEq)]
pub struct Body {
    places: [V3; PARTS],
}

/// Three axes as columns: where x, y and z of a limb point.
type Turn = [V3; 3];

const STRAIGHT: Turn = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];

fn along(turn: &Turn, v: V3) -> V3 {
    let mut out = [0.0; 3];
    for (axis, len) in turn.iter().zip(v) {
        for (o, a) in out.iter_mut().zip(axis) {
            *o += a * len;
        }
    }
    out
}

fn plus(a: V3, b: V3) -> V3 {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

/// A turn about one of its own axes (0 x, 1 y, 2 z).
fn turned(turn: &Turn, axis: usize, degrees: f64) -> Turn {
    let (sin, cos) = sin_cos(degrees);
    let (a, b) = ((axis + 1) % 3, (axis + 2) % 3);
    let mut out = *turn;
    for n in 0..3 {
        out[a][n] = turn[a][n] * cos + turn[b][n] * sin;
        out[b][n] = turn[b][n] * cos - turn[a][n] * sin;
    }
    out
}

/// Sine and cosine of degrees, to a millionth: a picture needs no more, and the
/// library's brings kilobytes into the download.
pub fn sin_cos(degrees: f64) -> (f64, f64) {
    let d = degrees.clamp(-720.0, 720.0);
    (sine(d), sine(d + 90.0))
}

fn sine(d: f64) -> f64 {
    // Within half a turn; what lies beyond a quarter is mirrored at it.
    let d = d - 360.0 * (d / 360.0).round_ties_even();
    let d = 2.0 * d.clamp(-90.0, 90.0) - d;
    let x = d.to_radians();
    let s = x * x;
    x * (1.0 - s / 6.0 * (1.0 - s / 20.0 * (1.0 - s / 42.0 * (1.0 - s / 72.0 * (1.0 - s / 110.0)))))
}

impl Body {
    /// The body in a pose, its pelvis at the origin.
    pub fn new(pose: &Pose) -> Self {
        let a = &pose.angles;
        let one = |joint: usize| a[joint][0];
        let mut places = [[0.0; 3]; PARTS];
        let root = turned(&STRAIGHT, 2, -one(PITCH));
        let root = turned(&root, 0, one(ROLL));
        let waist = along(&root, [0.0, 18.0, 0.0]);
        let chest = turned(&root, 2, -one(SPINE));
        let chest = turned(&chest, 0, one(SIDE));
        let chest = turned(&chest, 1, one(TWIST));
        let neck = plus(waist, along(&chest, [0.0, 32.0, 0.0]));
        let skull = turned(&chest, 2, -one(NECK));
        let head = plus(neck, along(&skull, [0.0, 17.0, 0.0]));
        places[Part::Waist as usize] = waist;
        places[Part::Neck as usize] = neck;
        places[Part::Head as usize] = head;
        places[Part::Nose as usize] = plus(head, along(&skull, [10.5, -1.0, 0.0]));
        for (n, s) in [(0, 1.0), (1, -1.0)] {
            let mut put = |part: Part, v: V3| {
                places[part as usize + n] = v;
                v
            };
            let angle = |joint: usize| a[joint][n];
            put(Part::Flank, plus(waist, along(&root, [0.0, 0.0, s * 7.0])));

            let hip = put(Part::Hip, along(&root, [0.0, 0.0, s * 9.0]));
            let thigh = turned(&root, 2, angle(HIP));
            let thigh = turned(&thigh, 0, -s * angle(ABD));
            let thigh = turned(&thigh, 1, -s * angle(ROT));
            let knee = put(Part::Knee, plus(hip, along(&thigh, [0.0, -43.0, 0.0])));
            let shank = turned(&thigh, 2, -angle(KNEE));
            let ankle = put(Part::Ankle, plus(knee, along(&shank, [0.0, -41.0, 0.0])));
            let foot = turned(&shank, 2, angle(ANKLE));
            put(Part::Heel, plus(ankle, along(&foot, [-5.0, -7.0, 0.0])));
            let ball = put(Part::Ball, plus(ankle, along(&foot, [13.0, -7.0, 0.0])));
            let instep = plus(ball, along(&foot, [0.0, 5.0, 0.0]));
            put(Part::Instep, instep);
            let toes = turned(&foot, 2, angle(TOE));
            put(Part::Toe, plus(ball, along(&toes, [6.0, 0.0, 0.0])));

            let shoulder = plus(neck, along(&chest, [0.0, -4.0, s * 17.0]));
            put(Part::Shoulder, shoulder);
            let upper = turned(&chest, 2, angle(ARM));
            let upper = turned(&upper, 0, -s * angle(OUT));
            let upper = turned(&upper, 1, -s * angle(TURN));
            let elbow = put(
                Part::Elbow,
                plus(shoulder, along(&upper, [0.0, -29.0, 0.0])),
            );
            let fore = turned(&upper, 2, angle(ELBOW));
            let wrist = put(Part::Wrist, plus(elbow, along(&fore, [0.0, -25.0, 0.0])));
            let palm = turned(&fore, 2, angle(WRIST));
            put(Part::Hand, plus(wrist, along(&palm, [0.0, -9.0, 0.0])));
        }
        Self { places }
    }

    /// The body in a pose, set down: the anchor (a place by its index) at x 0 and as far
    /// out sideways as when standing, resting on the surface under it, or the lowest place of the body on the floor.
    pub fn grounded(pose: &Pose, anchor: usize) -> Self {
        let mut body = Self::new(pose);
        let held = body.place(anchor);
        let low = match pose.at {
            Some(height) => {
                let flesh = SURFACE.iter().find(|(_, p, _)| {
                    let first = *p as usize;
                    anchor == first || (first >= Part::Shoulder as usize && anchor == first + 1)
                });
                held[1] - flesh.map_or(0.0, |f| f.2) - height
            }
            None => body.lowest(),
        };
        let out = match anchor {
            _ if anchor >= Part::Hip as usize => 9.0,
            _ if anchor >= Part::Shoulder as usize => 17.0,
            _ => 0.0,
        };
        // Of the places there are two of, the right ones have odd indices.
        let out = if anchor.is_multiple_of(2) { -out } else { out };
        let by = [-held[0], pose.lift - low, out - held[2]];
        for place in &mut body.places {
            *place = plus(*place, by);
        }
        body
    }

    fn lowest(&self) -> f64 {
        let mut low = f64::INFINITY;
        for (_, part, flesh) in SURFACE {
            let first = part as usize;
            let twice = usize::from(first >= Part::Shoulder as usize);
            for place in &self.places[first..=first + twice] {
                low = low.min(place[1] - flesh);
            }
        }
        low
    }

    /// A place by its index; beyond the last, the last.
    pub fn place(&self, index: usize) -> V3 {
        self.places[index.min(PARTS - 1)]
    }

    /// A place the body has once, or on one side (0 right, 1 left).
    pub fn at(&self, part: Part, side: usize) -> V3 {
        self.place(part as usize + side)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-4
    }

    #[test]
    fn sine_and_cosine_are_those_of_the_library_to_a_millionth() {
        for tenths in -7200..=7200_i32 {
            let degrees = f64::from(tenths) / 10.0;
            let (sin, cos) = sin_cos(degrees);
            let (true_sin, true_cos) = degrees.to_radians().sin_cos();
            let off = (sin - true_sin).abs().max((cos - true_cos).abs());
            assert!(off < 1e-6, "{degrees} degrees: off by {off}");
        }
    }

    /// Where the anchor is once the standing body is set down with it on a surface 20 cm
    /// high.
    fn anchored(key: &str) -> V3 {
        let pose = Pose {
            at: Some(20.0),
            ..Pose::default()
        };
        let (index, _) = place(key).unwrap();
        Body::grounded(&pose, index).place(index)
    }

    #[test]
    fn an_anchor_lies_on_its_surface_as_high_as_its_flesh_and_as_far_out_as_when_standing() {
        for (key, flesh, out) in [
            ("pelvis", 10.0, 0.0),
            ("waist", 9.0, 0.0),
            ("neck", 8.0, 0.0),
            ("head", 10.0, 0.0),
            ("shoulder-r", 4.0, 17.0),
            ("shoulder-l", 4.0, -17.0),
            ("elbow-r", 4.0, 17.0),
            ("elbow-l", 4.0, -17.0),
            ("wrist-l", 3.0, -17.0),
            ("hand-r", 2.0, 17.0),
            ("hand-l", 2.0, -17.0),
            ("hip-r", 10.0, 9.0),
            ("hip-l", 10.0, -9.0),
            ("knee-r", 6.0, 9.0),
            ("knee-l", 6.0, -9.0),
            ("ankle-l", 4.0, -9.0),
            ("ball-r", 0.0, 9.0),
            ("instep-l", 0.0, -9.0),
        ] {
            let [x, y, z] = anchored(key);
            assert!(
                near(x, 0.0) && near(y, 20.0 + flesh) && near(z, out),
                "{key}: {x} {y} {z}"
            );
        }
    }

    #[test]
    fn a_body_that_no_surface_holds_has_its_soles_on_the_floor_or_a_hop_above_it() {
        for lift in [0.0, 11.0] {
            let pose = Pose {
                lift,
                ..Pose::default()
            };
            let body = Body::grounded(&pose, Part::Pelvis as usize);
            // Thigh 43, shank 41, and 7 from the ankle to the sole.
            assert!(near(body.at(Part::Pelvis, 0)[1], 91.0 + lift));
            assert!(near(body.at(Part::Ball, 0)[1], lift));
            assert!(near(body.at(Part::Heel, 1)[1], lift));
        }
    }

    #[test]
    fn each_place_is_found_by_its_side_and_none_lies_beyond_the_last() {
        let body = Body::new(&Pose::default());
        // The left instep: 13 before the ankle, 2 below it.
        let instep = [13.0, -86.0, -9.0];
        for (found, expected) in [
            (body.at(Part::Knee, 0), [0.0, -43.0, 9.0]),
            (body.at(Part::Knee, 1), [0.0, -43.0, -9.0]),
            (body.at(Part::Neck, 0), [0.0, 50.0, 0.0]),
            (body.at(Part::Instep, 1), instep),
            (body.place(PARTS - 1), instep),
            (body.place(PARTS), instep),
            (body.place(PARTS + 1), instep),
        ] {
            let there = found.iter().zip(expected).all(|(a, b)| near(*a, b));
            assert!(there, "{found:?}, not {expected:?}");
        }
    }
}
