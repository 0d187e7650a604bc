//! What must not happen in any test: an error on the console, or a broken policy.

use serde_json::Value;

use crate::driver::{Browser, Engine};
use crate::page::Page;

/// Listens in the page. The drivers of `WebKit` and Gecko have no console, so the page itself is the witness there;
/// it is heard from the load event on, what broke the policy before that is in the host's log.
const LISTEN: &str = "
    if (window.footingWatch) return;
    window.footingWatch = true;
    const write = (what) => {
        const all = JSON.parse(sessionStorage['footing-watch'] ?? '[]');
        sessionStorage['footing-watch'] = JSON.stringify([...all, String(what)]);
    };
    // What a page that is being left had still asked for never comes: that is no fault.
    let leaving = false;
    addEventListener('beforeunload', () => { leaving = true; });
    addEventListener('error', (event) => {
        const asked = event.target?.src ?? event.target?.href;
        if (!(leaving && asked)) write('error: ' + (event.message ?? asked));
    }, true);
    addEventListener('unhandledrejection', (event) => write('rejected: ' + event.reason));
    document.addEventListener('securitypolicyviolation', (event) =>
        write('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
    const error = console.error;
    console.error = (...words) => { write('console: ' + words.join(' ')); error(...words); };";

const HEARD: &str = "
    const heard = JSON.parse(sessionStorage['footing-watch'] ?? '[]');
    sessionStorage.removeItem('footing-watch');
    return heard;";

/// Begins to listen in a page that has just loaded.
pub async fn listen(page: &Page) {
    // Blocked storage has no place to write to; Chromium's console hears that page all the same.
    let _ = page.client.execute(LISTEN, vec![]).await;
}

/// Everything heard since the last call, in the page and on Chromium's console.
pub async fn heard(page: &Page, browser: &Browser) -> Vec<String> {
    let mut faults = Vec::new();
    if let Ok(Value::Array(heard)) = page.client.execute(HEARD, vec![]).await {
        faults.extend(heard.iter().filter_map(Value::as_str).map(str::to_owned));
    }
    if page.engine == Engine::Chromium {
        let lines = browser.console().await;
        let errors = lines
            .into_iter()
            .filter(|(level, _)| level == "SEVERE" || level == "WARNING");
        faults.extend(errors.map(|(level, message)| format!("{level}: {message}")));
    }
    faults
}
