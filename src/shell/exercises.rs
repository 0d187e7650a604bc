//! The exercise files and the demo diary: part of the release, fetched when they are
//! first wanted (from the service worker's cache after the first visit).

use super::{js, language};
use wasm_bindgen::JsValue;

const DATA: &str = "./exercises/exercises.json";
const WORDS: &str = "./locales/en/exercises.json";
const DEMO: &str = "./demo.json";

type Answer<T> = Box<dyn FnOnce(Option<T>)>;

/// Reads the data, the English words and the texts of the page's language (none for
/// English); `None` when one of them cannot be had.
pub fn read(answer: impl FnOnce(Option<(String, String, String)>) + 'static) {
    // Boxed, so that the machinery below is compiled once.
    let answer: Answer<(String, String, String)> = Box::new(answer);
    let tag = language::tag();
    files(
        vec![
            DATA.to_owned(),
            WORDS.to_owned(),
            ["./locales/", &tag, "/exercises.txt"].concat(),
        ],
        if tag == "en" { 2 } else { 3 },
        Vec::new(),
        Box::new(move |read| {
            let mut read = read.unwrap_or_default().into_iter();
            let all = (read.next(), read.next(), read.next().unwrap_or_default());
            answer(match all {
                (Some(data), Some(words), texts) => Some((data, words, texts)),
                _ => None,
            });
        }),
    );
}

/// Reads the first `count` files, one after the other.
fn files(paths: Vec<String>, count: usize, mut read: Vec<String>, answer: Answer<Vec<String>>) {
    match paths.get(read.len()).filter(|_| read.len() < count) {
        None => answer(Some(read)),
        Some(path) => text(
            &path.clone(),
            Box::new(move |found| match found {
                Some(found) => {
                    read.push(found);
                    files(paths, count, read, answer);
                }
                None => answer(None),
            }),
        ),
    }
}

/// Reads the demo diary; `None` when it cannot be had.
pub fn demo(answer: impl FnOnce(Option<String>) + 'static) {
    text(DEMO, Box::new(answer));
}

fn text(path: &str, answer: Answer<String>) {
    let asked = js::window().map_or(Err(JsValue::NULL), |window| {
        js::call(&window, "fetch", &[&path.into()])
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
