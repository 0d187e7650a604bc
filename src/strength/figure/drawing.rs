//! A body and what it stands on or holds, drawn part by part.

use super::path::{Path, whole};
use super::{Dot, Figure, Kind, Prop, Shape};
use crate::strength::body::{Body, Part, V3, sin_cos};

/// Something to draw: part of the body (with its side), or a prop by its number.
#[derive(Clone, Copy)]
pub(super) enum Item {
    Arm(usize, bool),
    Leg(usize, bool),
    Torso,
    Head,
    Prop(usize),
}

impl Figure {
    /// What to draw, back to front as it lies halfway between the poses.
    pub(super) fn order(&self) -> Vec<(i32, Item)> {
        let body = self.body(0.5);
        let near = |part: Part, side: usize| self.camera.see(body.at(part, side)).2;
        let torso = f64::midpoint(near(Part::Neck, 0), near(Part::Pelvis, 0));
        let mut out = vec![
            (whole(torso * 10.0), Item::Torso),
            (whole(near(Part::Head, 0) * 10.0), Item::Head),
        ];
        let leg =
            |side| (near(Part::Hip, side) + near(Part::Knee, side) + near(Part::Ankle, side)) / 3.0;
        let arm = |side| {
            (near(Part::Shoulder, side) + near(Part::Elbow, side) + near(Part::Wrist, side)) / 3.0
        };
        for side in [0, 1] {
            let far = near(Part::Hip, side) < near(Part::Hip, 1 - side) - 4.0;
            out.push((whole(leg(side) * 10.0), Item::Leg(side, far)));
            let far = near(Part::Shoulder, side) < near(Part::Shoulder, 1 - side) - 4.0;
            out.push((whole(arm(side) * 10.0), Item::Arm(side, far)));
        }
        for (n, prop) in self.props.iter().enumerate() {
            let depth = match prop {
                Prop::Wall(_) => -9000.0,
                Prop::Block(ends) => {
                    let mid = [0, 1, 2].map(|k| f64::midpoint(ends[0][k], ends[1][k]));
                    // What bears the body lies under it.
                    self.camera.see(mid).2 - if mid[1] < 30.0 { 60.0 } else { 0.0 }
                }
                Prop::Ball(a, b, _) => f64::midpoint(
                    self.camera.see(body.place(*a)).2,
                    self.camera.see(body.place(*b)).2,
                ),
                Prop::Band(a, b) => {
                    self.camera
                        .see(body.place(*a))
                        .2
                        .max(self.camera.see(body.place(*b)).2)
                        + 30.0
                }
                Prop::Tether(a, _) => self.camera.see(body.place(*a)).2 + 30.0,
                Prop::Weight(a) | Prop::Plate(a) => self.camera.see(body.place(*a)).2 + 15.0,
            };
            out.push((whole(depth * 10.0), Item::Prop(n)));
        }
        out.sort_unstable_by_key(|(depth, _)| *depth);
        out
    }

    pub(super) fn draw(&self, item: Item, body: &Body, out: &mut Vec<Shape>) {
        let see = |part: Part, side: usize| self.camera.see(body.at(part, side));
        let mut path = Path::new();
        let kind = match item {
            Item::Leg(side, far) => {
                let (hip, knee) = (see(Part::Hip, side), see(Part::Knee, side));
                let ankle = see(Part::Ankle, side);
                path.limb(hip, knee, 88.0, 58.0);
                path.limb(knee, ankle, 56.0, 36.0);
                self.foot(body, side, &mut path);
                if far { Kind::FarLeg } else { Kind::Leg }
            }
            Item::Arm(side, far) => {
                let (shoulder, elbow) = (see(Part::Shoulder, side), see(Part::Elbow, side));
                let (wrist, hand) = (see(Part::Wrist, side), see(Part::Hand, side));
                path.limb(shoulder, elbow, 56.0, 40.0);
                path.limb(elbow, wrist, 40.0, 28.0);
                path.limb(wrist, hand, 30.0, 24.0);
                if far { Kind::FarArm } else { Kind::Arm }
            }
            Item::Torso => {
                let (sr, sl) = (see(Part::Shoulder, 0), see(Part::Shoulder, 1));
                let inner = |a: Dot, b: Dot| {
                    let m = |x: f64, y: f64| x + (y - x) * 0.14;
                    (m(a.0, b.0), m(a.1, b.1), 0.0)
                };
                let (shr, shl) = (inner(sr, sl), inner(sl, sr));
                let (wr, wl) = (see(Part::Flank, 0), see(Part::Flank, 1));
                let (hr, hl) = (see(Part::Hip, 0), see(Part::Hip, 1));
                path.area(&[shr, shl, wl, wr]);
                path.area(&[wr, wl, hl, hr]);
                path.limb(shr, shl, 74.0, 74.0);
                path.limb(shr, wr, 74.0, 78.0);
                path.limb(shl, wl, 74.0, 78.0);
                path.limb(wr, hr, 78.0, 90.0);
                path.limb(wl, hl, 78.0, 90.0);
                path.limb(hr, hl, 90.0, 90.0);
                Kind::Torso
            }
            Item::Head => {
                let (neck, head) = (see(Part::Neck, 0), see(Part::Head, 0));
                path.limb(neck, head, 46.0, 46.0);
                path.circle(head, 98.0);
                let nose = see(Part::Nose, 0);
                path.limb(head, nose, 40.0, 22.0);
                out.push(Shape {
                    kind: Kind::Head,
                    path: path.0,
                });
                // A face only where it looks at the viewer.
                path = Path::new();
                let turned = ((nose.2 - head.2) / 10.5).clamp(0.01, 1.0).sqrt();
                let look = |h: f64, n: f64| h + (n - h) * 0.5;
                let face = (look(head.0, nose.0), look(head.1, nose.1), 0.0);
                path.circle(face, 72.0 * turned);
                Kind::Face
            }
            Item::Prop(n) => return self.draw_prop(&self.props[n], body, out),
        };
        out.push(Shape { kind, path: path.0 });
    }

    fn foot(&self, body: &Body, side: usize, path: &mut Path) {
        let at = |part: Part| body.at(part, side);
        let (ankle, heel, ball, toe, instep) = (
            at(Part::Ankle),
            at(Part::Heel),
            at(Part::Ball),
            at(Part::Toe),
            at(Part::Instep),
        );
        // The sole is where the body rests: flesh lies above it.
        let up = |v: V3, by: f64| {
            let mut out = v;
            for (o, (a, b)) in out.iter_mut().zip(instep.iter().zip(ball)) {
                *o += (a - b) / 5.0 * by;
            }
            self.camera.see(out)
        };
        let (heel, ball, toe) = (up(heel, 3.2), up(ball, 2.8), up(toe, 2.2));
        let ankle = self.camera.see(ankle);
        path.area(&[ankle, heel, ball]);
        path.limb(ankle, heel, 38.0, 32.0);
        path.limb(ankle, ball, 38.0, 28.0);
        path.limb(heel, ball, 32.0, 28.0);
        path.limb(ball, toe, 28.0, 22.0);
    }

    fn draw_prop(&self, prop: &Prop, body: &Body, out: &mut Vec<Shape>) {
        let seen = |n: usize| self.camera.see(body.place(n));
        let mut path = Path::new();
        let kind = match prop {
            Prop::Wall(x) => {
                let corner = |y: f64, z: f64| self.camera.see([*x, y, z]);
                path.area(&[
                    corner(0.0, -55.0),
                    corner(400.0, -55.0),
                    corner(400.0, 55.0),
                    corner(0.0, 55.0),
                ]);
                Kind::Wall
            }
            Prop::Block(ends) => return self.block(ends, out),
            Prop::Ball(a, b, size) => {
                let (a, b) = (seen(*a), seen(*b));
                path.circle(
                    (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1), 0.0),
                    size * 10.0,
                );
                Kind::Ball
            }
            Prop::Band(a, b) => {
                path.limb(seen(*a), seen(*b), 18.0, 18.0);
                Kind::Band
            }
            Prop::Tether(a, to) => {
                path.limb(seen(*a), self.camera.see(*to), 18.0, 14.0);
                Kind::Band
            }
            Prop::Weight(at) => {
                let at = seen(*at);
                path.limb(
                    (at.0 - 105.0, at.1, 0.0),
                    (at.0 + 105.0, at.1, 0.0),
                    18.0,
                    18.0,
                );
                for side in [-1.0, 1.0] {
                    let x = at.0 + side * 90.0;
                    path.limb((x, at.1 - 40.0, 0.0), (x, at.1 + 40.0, 0.0), 26.0, 26.0);
                }
                Kind::Weight
            }
            Prop::Plate(at) => {
                let at = seen(*at);
                path.circle((at.0, at.1 - 110.0, 0.0), 85.0);
                Kind::Weight
            }
        };
        out.push(Shape { kind, path: path.0 });
    }

    /// A block's three faces that the viewer sees.
    fn block(&self, ends: &[V3; 2], out: &mut Vec<Shape>) {
        let [a, b] = *ends;
        let face = |corners: [V3; 4], kind: Kind| {
            let mut path = Path::new();
            path.area(&corners.map(|c| self.camera.see(c)));
            Shape { kind, path: path.0 }
        };
        let (sin, cos) = sin_cos(self.yaw);
        let x = if sin >= 0.0 { b[0] } else { a[0] };
        let z = if cos >= 0.0 { b[2] } else { a[2] };
        out.push(face(
            [
                [x, a[1], a[2]],
                [x, b[1], a[2]],
                [x, b[1], b[2]],
                [x, a[1], b[2]],
            ],
            Kind::Side,
        ));
        out.push(face(
            [
                [a[0], a[1], z],
                [a[0], b[1], z],
                [b[0], b[1], z],
                [b[0], a[1], z],
            ],
            Kind::Front,
        ));
        out.push(face(
            [
                [a[0], b[1], a[2]],
                [b[0], b[1], a[2]],
                [b[0], b[1], b[2]],
                [a[0], b[1], b[2]],
            ],
            Kind::Top,
        ));
    }
}
