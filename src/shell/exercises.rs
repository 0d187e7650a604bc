//! The exercise files, what there is to read and the demo diary: part of the release, fetched when they are
//! first wanted (from the service worker's cache after the first visit).

use super::{js, language, version};
use wasm_bindgen::JsValue;

const DEMO: &str = "demo.json";

type Answer<T> = Box<dyn FnOnce(Option<T>)>;

/// Reads the exercises and their words in the page's language; `None` when one cannot be
/// had.
pub fn read(answer: impl FnOnce(Option<(String, String)>) + 'static) {
    read_both("exercises", Box::new(answer));
}

/// The same for what there is to read, by the stem of its files.
pub fn read_page(stem: &str, answer: impl FnOnce(Option<(String, String)>) + 'static) {
    read_both(stem, Box::new(answer));
}

fn read_both(stem: &str, answer: Answer<(String, String)>) {
    let words = ["locales/", &language::tag(), "/", stem, ".json"].concat();
    text(
        &[stem, "/", stem, ".json"].concat(),
        Box::new(move |data| {
            let Some(data) = data else {
                return answer(None);
            };
            text(
                &words,
                Box::new(move |words| answer(words.map(|words| (data, words)))),
            );
        }),
    );
}

/// Reads the demo diary; `None` when it cannot be had.
pub fn demo(answer: impl FnOnce(Option<String>) + 'static) {
    text(DEMO, Box::new(answer));
}

fn text(path: &str, answer: Answer<String>) {
    let asked = js::window().map_or(Err(JsValue::NULL), |window| {
        js::call(&window, "fetch", &[&version::address(path).into()])
    });
    js::settled(asked, move |response| {
        let body = match response {
            Ok(response) if js::is_true(&response, "ok") => js::call(&response, "text", &[]),
            Ok(_) => Err(JsValue::NULL),
            Err(error) => Err(error),
        };
        js::settled(body, move |text| {
            answer(text.ok().and_then(|text| text.as_string()));
        });
    });
}
