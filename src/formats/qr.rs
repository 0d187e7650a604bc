//! A link as a QR code: one path of black squares, for a white ground.

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// Most modules on a side that a phone reads off another phone's screen without trouble
/// (version 25: 117 modules, some 3 pixels each on a page 390 pixels wide).
const LARGEST: u8 = 25;
/// The white edge that a reader needs, in modules.
pub const EDGE: i32 = 4;

/// A QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules on a side, its edge included.
    pub size: i32,
    /// The black squares, one unit a module.
    pub path: String,
}

/// The code of a link whose part behind `split` is written in capitals and digits: that
/// part takes 5.5 bits a letter instead of 8. `None` when it would be too fine to be read
/// off a screen.
pub fn of_link(link: &str, split: usize) -> Option<Qr> {
    let (address, data) = link.split_at_checked(split)?;
    let mut segments = vec![QrSegment::make_bytes(address.as_bytes())];
    segments.push(if QrSegment::is_alphanumeric(data) {
        QrSegment::make_alphanumeric(data)
    } else {
        QrSegment::make_bytes(data.as_bytes())
    });
    let level = QrCodeEcc::Medium;
    // Which mask reads best is not looked for: any can be read.
    let (least, most) = (Version::MIN, Version::new(LARGEST));
    let code = QrCode::encode_segments_advanced(&segments, level, least, most, None::<Mask>, false)
        .ok()?;
    Some(Qr {
        size: code.size() + 2 * EDGE,
        path: path(&code),
    })
}

/// Each run of black squares of a row.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let from = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                let place = [from + EDGE, y + EDGE, x - from, from - x].map(|n| n.to_string());
                let [left, top, right, back] = &place;
                path.extend(["M", left, " ", top, "h", right, "v1h", back, "z"]);
            } else {
                x += 1;
            }
        }
    }
    path
}
