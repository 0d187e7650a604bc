//! A picture made on the phone: a few words on paper with contour lines, drawn on a
//! canvas that the page shows first. Nothing is on it but the words that are given.

use super::{files, js};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;

/// Width and height, pixels.
const SIDE: f64 = 1080.0;
/// The room left and right of the words.
const EDGE: f64 = 96.0;
const FONT: &str = "system-ui,-apple-system,\"Segoe UI\",Roboto,sans-serif";

/// The name of its file.
const NAME: &str = "footing.png";

/// What stands on it.
pub struct Words<'a> {
    /// Large.
    pub title: &'a str,
    /// Below it; may be empty.
    pub text: &'a str,
    /// At the bottom.
    pub foot: &'a str,
}

/// Draws it on the canvas that the selector finds; whether that could be done.
pub fn draw(selector: &str, words: &Words) -> bool {
    drawn(selector, words).is_some()
}

/// Brings it into sight.
pub fn reveal(selector: &str) {
    if let Some(canvas) = canvas(selector) {
        let centre = js::object(&[("block", &"center".into())]);
        let _ = js::call(&canvas, "scrollIntoView", &[&centre]);
    }
}

fn drawn(selector: &str, words: &Words) -> Option<()> {
    let canvas = canvas(selector)?;
    let pen = js::call(&canvas, "getContext", &[&"2d".into()]).ok()?;
    let n = JsValue::from_f64;
    let fill = |colour: &str| js::set(&pen, "fillStyle", &colour.into());
    fill("#F6F1E6");
    js::call(&pen, "fillRect", &[&n(0.0), &n(0.0), &n(SIDE), &n(SIDE)]).ok()?;
    js::set(&pen, "strokeStyle", &"#E3D8C2".into());
    js::set(&pen, "lineWidth", &n(5.0));
    for line in 0..12 {
        let y = f64::from(line) * 92.0;
        js::call(&pen, "beginPath", &[]).ok()?;
        js::call(&pen, "moveTo", &[&n(-20.0), &n(y)]).ok()?;
        let through = [220.0, y - 150.0, 420.0, y + 170.0, 640.0, y + 20.0];
        curve(&pen, through)?;
        curve(&pen, [820.0, y - 100.0, 960.0, y + 60.0, 1100.0, y - 40.0])?;
        js::call(&pen, "stroke", &[]).ok()?;
    }
    fill("#A8431A");
    js::call(
        &pen,
        "fillRect",
        &[&n(EDGE), &n(262.0), &n(120.0), &n(14.0)],
    )
    .ok()?;
    fill("#1B2822");
    let y = text(&pen, words.title, "800 92px ", 390.0, 104.0)?;
    text(&pen, words.text, "400 50px ", y + 20.0, 66.0)?;
    text(&pen, words.foot, "600 40px ", SIDE - 96.0, 52.0)?;
    Some(())
}

fn curve(pen: &JsValue, through: [f64; 6]) -> Option<()> {
    let at = through.map(JsValue::from_f64);
    let at: Vec<&JsValue> = at.iter().collect();
    js::call(pen, "bezierCurveTo", &at).ok()?;
    Some(())
}

/// Writes words from a height down, line by line; gives the height of the next line.
fn text(pen: &JsValue, words: &str, font: &str, mut y: f64, step: f64) -> Option<f64> {
    js::set(pen, "font", &[font, FONT].concat().into());
    let wide = |line: &str| {
        let size = js::call(pen, "measureText", &[&line.into()]).ok()?;
        js::get(&size, "width")?.as_f64()
    };
    let mut line = String::new();
    let mut lines = Vec::new();
    for word in words.split_whitespace() {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            [&line, " ", word].concat()
        };
        if !line.is_empty() && wide(&longer)? > SIDE - 2.0 * EDGE {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        } else {
            line = longer;
        }
    }
    lines.push(line);
    for line in lines.iter().filter(|l| !l.is_empty()).take(6) {
        let (x, at) = (JsValue::from_f64(EDGE), JsValue::from_f64(y));
        js::call(pen, "fillText", &[&line.into(), &x, &at]).ok()?;
        y += step;
    }
    Some(y)
}

fn canvas(selector: &str) -> Option<JsValue> {
    let found = js::document()?.query_selector(selector).ok()?;
    found.map(Into::into)
}

/// Hands the picture to the runner, within the tap that asks for it: the share sheet
/// where it takes pictures, else a download. Answers whether that went well.
pub fn hand_out(selector: &str, answer: impl FnOnce(bool) + 'static) {
    match bytes(selector) {
        Some(bytes) => files::hand_out_picture(NAME, &bytes, answer),
        None => js::later(move || answer(false)),
    }
}

/// The bytes of the picture as PNG. By way of a data URL, because that is there at
/// once: a share sheet opens within the tap or not at all.
fn bytes(selector: &str) -> Option<Uint8Array> {
    let canvas = canvas(selector)?;
    let url = js::call(&canvas, "toDataURL", &[&"image/png".into()]).ok()?;
    let url = url.as_string()?;
    let data = url.strip_prefix("data:image/png;base64,")?;
    let text = js::call(&js::window()?.into(), "atob", &[&data.into()]).ok()?;
    let bytes: Vec<u8> = text
        .as_string()?
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or_default())
        .collect();
    Some(Uint8Array::from(bytes.as_slice()))
}
