//! Files to and from the runner.
//!
//! In an installed iOS app a download link fails or traps the runner on a page
//! without a way back, so there it is the share sheet. That must open within the
//! tap (the text comes ready-made), and it often refuses `.json`: a backup may
//! go as `.txt`.

use super::{install, js};
use crate::formats::file_kind::FIRST_BYTES;
use gloo_timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, File, FilePropertyBag, HtmlAnchorElement, Navigator, Url};

/// Hands a file to the runner and answers whether that went well; a closed
/// share sheet is a no. A download tells nothing: begun counts.
pub fn hand_out(name: &str, text: &str, answer: impl FnOnce(bool) + 'static) {
    let text = &JsValue::from(text);
    if install::is_ios() {
        if let Some(asked) = share(name, text) {
            return js::settled(asked, |shared| answer(shared.is_ok()));
        }
        if install::is_standalone() {
            return js::later(move || answer(false));
        }
    }
    let begun = download(name, text).is_some();
    js::later(move || answer(begun));
}

/// Hands a picture to the runner: by the share sheet wherever there is one for it.
pub fn hand_out_picture(name: &str, bytes: &Uint8Array, answer: impl FnOnce(bool) + 'static) {
    if let Some(asked) = share(name, bytes) {
        return js::settled(asked, |shared| answer(shared.is_ok()));
    }
    let trapped = install::is_ios() && install::is_standalone();
    let begun = !trapped && download(name, bytes).is_some();
    js::later(move || answer(begun));
}

/// Opens the share sheet, under the first name that it takes.
fn share(name: &str, content: &JsValue) -> Option<Result<JsValue, JsValue>> {
    let (navigator, data) = shareable(name, content)?;
    Some(js::call(&navigator, "share", &[&data]))
}

/// The file under the first name that the share sheet takes.
fn shareable(name: &str, content: &JsValue) -> Option<(Navigator, JsValue)> {
    let navigator = js::navigator()?;
    let mut tries = vec![(name.to_owned(), mime(name))];
    if let Some(stem) = name.strip_suffix(".json") {
        tries.push(([stem, ".txt"].concat(), "text/plain"));
    }
    for (name, mime) in tries {
        let options = FilePropertyBag::new();
        options.set_type(mime);
        let file =
            File::new_with_str_sequence_and_options(&Array::of1(content), &name, &options).ok()?;
        let data = js::object(&[("files", &Array::of1(&file))]);
        if js::call(&navigator, "canShare", &[&data]).is_ok_and(|can| can.is_truthy()) {
            return Some((navigator, data));
        }
    }
    None
}

/// Whether the phone has a sheet to share a file of this name with.
pub fn can_share(name: &str) -> bool {
    shareable(name, &"".into()).is_some()
}

/// Whether a file of this name cannot get out of here at all: an installed iOS app whose
/// share sheet refuses it.
pub fn stuck(name: &str) -> bool {
    install::is_ios() && install::is_standalone() && !can_share(name)
}

/// Opens it, within the tap; a closed sheet is a no.
pub fn share_file(name: &str, text: &str, answer: impl FnOnce(bool) + 'static) {
    match share(name, &text.into()) {
        Some(asked) => js::settled(asked, |shared| answer(shared.is_ok())),
        None => js::later(move || answer(false)),
    }
}

/// Whether the phone has a sheet to share a link with.
pub fn can_share_links() -> bool {
    js::navigator().is_some_and(|navigator| js::get(&navigator, "share").is_some())
}

/// Opens it, within the tap.
pub fn share_link(title: &str, url: &str) {
    if let Some(navigator) = js::navigator() {
        let data = js::object(&[("title", &title.into()), ("url", &url.into())]);
        js::settled(js::call(&navigator, "share", &[&data]), |_| {});
    }
}

/// Opens the phone's print sheet, which also makes a PDF.
pub fn print() {
    if let Some(window) = js::window() {
        let _ = js::call(&window, "print", &[]);
    }
}

/// Copies a text, within the tap, and answers whether that went well.
pub fn copy(text: &str, answer: impl FnOnce(bool) + 'static) {
    let clipboard = js::navigator().and_then(|navigator| js::get(&navigator, "clipboard"));
    match clipboard {
        Some(clipboard) => {
            let asked = js::call(&clipboard, "writeText", &[&text.into()]);
            js::settled(asked, |done| answer(done.is_ok()));
        }
        None => js::later(move || answer(false)),
    }
}

fn download(name: &str, content: &JsValue) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(mime(name));
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(content), &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let document = js::document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    let body = document.body()?;
    body.append_child(&link).ok()?;
    link.click();
    link.remove();
    // Gone at once, Safari and Firefox would find nothing to save.
    Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Some(())
}

fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("json") => "application/json",
        Some("csv") => "text/csv",
        Some("png") => "image/png",
        Some("ics") => "text/calendar",
        _ => "text/plain",
    }
}

/// Reads a file that the runner chose, after `judge` has heard its size and its first bytes
/// and has nothing against it; `None` when it cannot be read (a cloud file without network,
/// one that was moved).
pub fn read_file<E: 'static>(
    file: &File,
    judge: impl FnOnce(u64, &[u8]) -> Result<(), E> + 'static,
    answer: impl FnOnce(Option<Result<Vec<u8>, E>>) + 'static,
) {
    let first = file.slice_with_i32_and_i32(0, FIRST_BYTES);
    let Ok(first) = first else {
        return js::later(move || answer(None));
    };
    let file = file.clone();
    read_bytes(&first, move |first| {
        let Some(first) = first else {
            return answer(None);
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a size is whole"
        )]
        let size = file.size() as u64;
        match judge(size, &first) {
            Ok(()) => read_bytes(&file, |bytes| answer(bytes.map(Ok))),
            Err(refused) => answer(Some(Err(refused))),
        }
    });
}

fn read_bytes(blob: &Blob, answer: impl FnOnce(Option<Vec<u8>>) + 'static) {
    js::settled(js::call(blob, "arrayBuffer", &[]), |buffer| {
        answer(buffer.ok().map(|buffer| Uint8Array::new(&buffer).to_vec()));
    });
}
