//! Says something to those who listen to the screen, through the live regions
//! `#live-polite` and `#live-assertive` of the page.

use super::js;
use gloo_timers::callback::Timeout;

/// When what is being read out has come to its end.
pub fn polite(text: impl Into<String>) {
    say("live-polite", text.into());
}

/// At once, into whatever is being read out.
pub fn assertive(text: impl Into<String>) {
    say("live-assertive", text.into());
}

/// The same words twice are no change and would not be read: the region is
/// emptied first, and filled when that has been noticed.
fn say(region: &'static str, text: String) {
    let Some(region) = js::document().and_then(|document| document.get_element_by_id(region))
    else {
        return;
    };
    region.set_text_content(None);
    Timeout::new(60, move || region.set_text_content(Some(&text))).forget();
}
