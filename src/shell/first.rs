//! The first screens of the page itself (`public/first.js`): the welcome and the first
//! question work before the app is there, and stay when it comes.

use super::{js, route};
use std::cell::RefCell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

const PLACE: &str = "first";

/// What was chosen on them, by the keys of the diary.
#[derive(Debug, Default)]
pub struct Answer {
    /// The question that is to be shown.
    pub step: String,
    /// Where it hurts.
    pub site: Option<String>,
    /// On which side.
    pub side: Option<String>,
    /// What else was tapped: "demo", "hide-install".
    pub ask: Option<String>,
}

type AnswerCallback = Closure<dyn Fn(JsValue)>;

thread_local! {
    static HEARD: RefCell<Option<AnswerCallback>> = const { RefCell::new(None) };
}

/// Takes over the welcome, where it stands: from now on all that is chosen there is heard,
/// and at once what was chosen so far. `false`: there is none.
pub fn adopt(heard: impl Fn(Answer) + 'static) -> bool {
    if HEARD.with_borrow(Option::is_some) {
        return route::element(PLACE).is_some();
    }
    let Some(window) = js::window() else {
        return false;
    };
    let heard = AnswerCallback::new(move |answer| {
        let text = |name| js::text(&answer, name);
        heard(Answer {
            step: text("step").unwrap_or_default(),
            site: text("site"),
            side: text("side"),
            ask: text("ask"),
        });
    });
    let adopted = js::call(&window, "footingAdopt", &[heard.as_ref()]);
    let adopted = adopted.is_ok_and(|adopted| adopted.is_truthy());
    HEARD.set(adopted.then_some(heard));
    adopted
}

/// Takes the words on a late start away: the app is there.
pub fn arrived() {
    let late = js::document().and_then(|d| d.query_selector(".late").ok().flatten());
    if let Some(late) = late {
        late.remove();
    }
}

/// Removes them, once the app has drawn its own: the focus goes to what is called the same
/// there. Whether the app had taken them over.
pub fn leave() -> bool {
    let focused = js::document().and_then(|document| document.active_element());
    let focused = focused.and_then(|focused| focused.get_attribute("data-t"));
    let Some(first) = route::element(PLACE) else {
        return false;
    };
    first.remove();
    let selector = focused.map(|id| ["[data-t=\"", &id, "\"]"].concat());
    let same = selector.and_then(|selector| js::document()?.query_selector(&selector).ok()?);
    if let Some(same) = same.and_then(|same| same.dyn_into::<HtmlElement>().ok()) {
        let _ = same.focus();
    }
    HEARD.with_borrow(Option::is_some)
}
