//! Figures of exercises: a body ([`crate::strength::body`]) and what it stands on or
//! holds, seen by a camera, as SVG paths. Numbers in, path strings out; colours are
//! the stylesheet's.
//!
//! Paths are in millimetres, whole numbers: writing decimals would bring the float
//! printer into the download.

mod drawing;
mod path;

use crate::strength::body;
use crate::strength::body::{Body, PARTS, Part, Pose, V3, place, sin_cos};
use path::{Path, length, whole};
use serde_json::{Map, Value};

/// Where the viewer stands.
#[derive(Clone, Copy, PartialEq)]
pub struct Camera {
    yaw: (f64, f64),
    tilt: (f64, f64),
}

/// A place on the picture, mm: right, down, and how near the viewer.
type Dot = (f64, f64, f64);

impl Camera {
    /// `yaw` 0 sees the body's right side, facing right; 90 its face; -90 its back.
    /// `tilt`: how many degrees from above.
    pub fn new(yaw: f64, tilt: f64) -> Self {
        Self {
            yaw: sin_cos(yaw),
            tilt: sin_cos(tilt),
        }
    }

    fn see(&self, v: V3) -> Dot {
        let (sin, cos) = self.yaw;
        let x = v[0] * cos - v[2] * sin;
        let near = v[0] * sin + v[2] * cos;
        let (sin, cos) = self.tilt;
        let up = v[1] * cos - near * sin;
        (x * 10.0, -up * 10.0, near * cos + v[1] * sin)
    }
}

/// What a shape shows; its key is the class that the stylesheet colours.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Kind {
    Floor,
    Wall,
    Top,
    Front,
    Side,
    Pole,
    FarArm,
    FarLeg,
    Arm,
    Leg,
    Torso,
    Head,
    Face,
    Ball,
    Band,
    Weight,
    Arrow,
}

impl Kind {
    /// The class.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Wall => "wall",
            Self::Top => "top",
            Self::Front => "front",
            Self::Side => "side",
            Self::Pole => "pole",
            Self::FarArm | Self::FarLeg => "far",
            Self::Arm | Self::Leg => "near",
            Self::Torso => "torso",
            Self::Head => "head",
            Self::Face => "face",
            Self::Ball => "ball",
            Self::Band => "band",
            Self::Weight => "weight",
            Self::Arrow => "arrow",
        }
    }
}

/// One shape of a picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Shape {
    /// What it shows.
    pub kind: Kind,
    /// Its path, mm.
    pub path: String,
}

/// What stands beside the body, or what it holds.
#[derive(Clone, PartialEq)]
enum Prop {
    /// A wall across the way, so far in front of the anchor, cm.
    Wall(f64),
    /// From x, y, z to x, y, z, cm.
    Block([V3; 2]),
    /// A ball between two places.
    Ball(usize, usize, f64),
    /// A band, from place to place.
    Band(usize, usize),
    /// A band from a place to a point in the room.
    Tether(usize, V3),
    /// A dumbbell in a hand.
    Weight(usize),
    /// A weight lying across a place.
    Plate(usize),
}

/// A two-pose figure, as the data file describes it.
#[derive(Clone, PartialEq)]
pub struct Figure {
    poses: [Pose; 2],
    anchor: usize,
    camera: Camera,
    yaw: f64,
    props: Vec<Prop>,
    arrow: Option<usize>,
    window: Window,
}

/// The part of the picture that is seen, mm: left, top, width, height.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// Left edge.
    pub left: i32,
    /// Top edge.
    pub top: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

fn number(fields: &Map<String, Value>, key: &str) -> Option<f64> {
    fields.get(key).and_then(body::number)
}

fn triple(value: Option<&Value>) -> Option<V3> {
    let at = |n: usize| body::number(value?.get(n)?);
    Some([at(0)?, at(1)?, at(2)?])
}

impl Prop {
    /// What one item of `props` puts into the picture; a chair is several blocks.
    fn read(fields: &Map<String, Value>, out: &mut Vec<Self>) -> Option<()> {
        let kind = fields.get("kind")?.as_str()?;
        let part = |key: &str| Some(place(fields.get(key)?.as_str()?)?.0);
        match kind {
            "wall" => out.push(Self::Wall(number(fields, "x")?)),
            "block" => out.push(Self::Block([
                triple(fields.get("from"))?,
                triple(fields.get("to"))?,
            ])),
            "chair" => {
                // The middle of the seat; the back on its far side from `face`.
                let (x, z) = (number(fields, "x")?, number(fields, "z").unwrap_or(0.0));
                let h = number(fields, "h")?;
                let back = number(fields, "face").unwrap_or(1.0) * -19.0;
                out.push(Self::Block([
                    [x - 19.0, h - 5.0, z - 20.0],
                    [x + 19.0, h, z + 20.0],
                ]));
                for (dx, dz) in [(-17.0, -18.0), (-17.0, 18.0), (17.0, -18.0), (17.0, 18.0)] {
                    out.push(Self::Block([
                        [x + dx - 1.5, 0.0, z + dz - 1.5],
                        [x + dx + 1.5, h - 5.0, z + dz + 1.5],
                    ]));
                }
                out.push(Self::Block([
                    [x + back - 1.5, h, z - 20.0],
                    [x + back + 1.5, h + 40.0, z + 20.0],
                ]));
            }
            "ball" => out.push(Self::Ball(
                part("from")?,
                part("to")?,
                number(fields, "size")?,
            )),
            "band" => out.push(match triple(fields.get("tied")) {
                Some(tied) => Self::Tether(part("from")?, tied),
                None => Self::Band(part("from")?, part("to")?),
            }),
            "weight" => out.push(Self::Weight(part("at")?)),
            "plate" => out.push(Self::Plate(part("at")?)),
            _ => return None,
        }
        Some(())
    }
}

impl Figure {
    /// From its JSON; `None` when a word in it is unknown or a number is missing.
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let pose = |key: &str| Pose::from_json(fields.get(key)?.as_object()?);
        let mut props = Vec::new();
        for prop in fields
            .get("props")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            Prop::read(prop.as_object()?, &mut props)?;
        }
        let yaw = number(fields, "yaw")?;
        let arrow = match fields.get("arrow") {
            Some(key) => Some(place(key.as_str()?)?.0),
            None => None,
        };
        let mut figure = Self {
            poses: [pose("a")?, pose("b")?],
            anchor: place(fields.get("anchor")?.as_str()?)?.0,
            camera: Camera::new(yaw, number(fields, "tilt")?),
            yaw,
            props,
            arrow,
            window: Window::default(),
        };
        figure.window = figure.look();
        Some(figure)
    }

    /// Its first (0) or second (1) pose.
    pub fn pose(&self, n: usize) -> &Pose {
        &self.poses[n.min(1)]
    }

    /// The body at a share of the way from the first pose to the second.
    pub fn body(&self, share: f64) -> Body {
        Body::grounded(&self.poses[0].towards(&self.poses[1], share), self.anchor)
    }

    /// The shapes at a share of the way (0 to 1), back to front. Their number and
    /// order are the same for every share, so that a moving picture changes paths only.
    pub fn shapes(&self, share: f64) -> Vec<Shape> {
        let middle = self.order();
        let body = self.body(share);
        let mut out = vec![self.floor()];
        for (_, item) in middle {
            self.draw(item, &body, &mut out);
        }
        out
    }

    /// The same with the way that the most moving part takes, on the second pose.
    pub fn arrow(&self) -> Option<Shape> {
        let part = self.arrow?;
        let dots = [0.0, 0.5, 1.0].map(|s| self.camera.see(self.body(s).place(part)));
        // A heel's way is short: beside the foot it can be seen.
        let heel = part == Part::Heel as usize || part == Part::Heel as usize + 1;
        let aside = if heel { -90.0 } else { 0.0 };
        let [a, m, b] = dots.map(|d| (d.0 + aside, d.1, d.2));
        // Through the middle point, not by it.
        let bend = (
            2.0 * m.0 - f64::midpoint(a.0, b.0),
            2.0 * m.1 - f64::midpoint(a.1, b.1),
        );
        let (dx, dy) = (b.0 - bend.0, b.1 - bend.1);
        let len = length(dx, dy);
        if len < 20.0 || length(b.0 - a.0, b.1 - a.1) < 55.0 {
            return None;
        }
        let (ux, uy) = (dx / len, dy / len);
        let whole_way = length(b.0 - a.0, b.1 - a.1);
        let barb = (whole_way * 0.45).clamp(25.0, 60.0);
        let mut path = Path::new();
        path.to('M', a.0, a.1);
        path.pair('Q', bend.0, bend.1);
        path.pair(' ', b.0, b.1);
        for side in [1.0, -1.0] {
            path.to('M', b.0, b.1);
            path.to(
                'L',
                b.0 - ux * barb + uy * barb * 0.75 * side,
                b.1 - uy * barb - ux * barb * 0.75 * side,
            );
        }
        Some(Shape {
            kind: Kind::Arrow,
            path: path.0,
        })
    }

    /// The window that holds both poses and what stands beside them.
    pub const fn window(&self) -> Window {
        self.window
    }

    fn look(&self) -> Window {
        let (mut left, mut right, mut top, mut bottom) = (1e9_f64, -1e9_f64, 1e9_f64, 150.0_f64);
        let mut hold = |d: Dot, by: f64| {
            left = left.min(d.0 - by);
            right = right.max(d.0 + by);
            top = top.min(d.1 - by);
            bottom = bottom.max(d.1 + by);
        };
        for share in [0.0, 0.5, 1.0] {
            let body = self.body(share);
            for n in 0..PARTS {
                hold(self.camera.see(body.place(n)), 60.0);
            }
            hold(self.camera.see(body.at(Part::Head, 0)), 120.0);
        }
        for prop in &self.props {
            match prop {
                Prop::Block(ends) => {
                    for x in [ends[0][0], ends[1][0]] {
                        for y in [ends[0][1], ends[1][1]] {
                            for z in [ends[0][2], ends[1][2]] {
                                hold(self.camera.see([x, y, z]), 30.0);
                            }
                        }
                    }
                }
                Prop::Wall(x) => {
                    for z in [-55.0, 55.0] {
                        hold(self.camera.see([*x, 150.0, z]), 20.0);
                    }
                }
                Prop::Tether(_, to) => hold(self.camera.see(*to), 40.0),
                _ => {}
            }
        }
        // Never so near that a lying body looks like a giant.
        let (wide, high) = (right - left, bottom - top);
        let (more_w, more_h) = ((1500.0 - wide).max(0.0), (1000.0 - high).max(0.0));
        Window {
            left: whole(left - more_w / 2.0 - 40.0),
            top: whole(top - more_h - 40.0),
            width: whole(wide + more_w + 80.0),
            height: whole(high + more_h + 80.0),
        }
    }

    fn floor(&self) -> Shape {
        // The floor is a band from behind the body to the front edge of the picture.
        let back = self.camera.see([0.0, 0.0, 0.0]).1 - 550.0 * self.camera.tilt.0;
        let Window {
            left,
            top,
            width,
            height,
        } = self.window;
        let (left, right) = (f64::from(left), f64::from(left + width));
        let bottom = f64::from(top + height);
        let mut path = Path::new();
        path.to('M', left, back);
        path.to('L', right, back);
        path.to('L', right, bottom);
        path.to('L', left, bottom);
        path.close();
        Shape {
            kind: Kind::Floor,
            path: path.0,
        }
    }
}
