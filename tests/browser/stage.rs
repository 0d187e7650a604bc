//! One test's world: a host that serves Footing, a browser on a fresh profile, and a clock to turn.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::driver::{Browser, Engine, Habits, Scratch, Victim};
use crate::elsewhere::Elsewhere;
use crate::page::Page;
use crate::ports::reserve;
use crate::server::{Asked, Host, Manners};
use crate::watch;

/// As a static host would have it: somewhere below other people's pages.
const PREFIX: &str = "/some/where/footing/";

/// The picture that `open` visits brings the browser's own wish for an icon, outside of Footing's folder.
const ICON: &str = "/favicon.ico";

/// Browsers at one time: one for each of two cores.
static TURNS: Semaphore = Semaphore::const_new(2);

pub struct Stage {
    pub engine: Engine,
    pub host: Host,
    pub page: Page,
    elsewhere: Elsewhere,
    /// None only between two browsers.
    browser: Option<Browser>,
    profile: Scratch,
    habits: Habits,
    /// Milliseconds the app's clock is ahead.
    ahead: i64,
    faults: Vec<String>,
}

/// The built app.
pub fn dist() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
    assert!(
        folder.join("index.html").is_file(),
        "{} is not there: run `make build`",
        folder.display()
    );
    folder
}

/// Plays one test with the built app, then checks what must hold in every test.
pub async fn play(engine: Engine, test: impl AsyncFnOnce(&mut Stage)) {
    play_with(engine, &dist(), test).await;
}

/// The same with another folder.
pub async fn play_with(engine: Engine, folder: &Path, test: impl AsyncFnOnce(&mut Stage)) {
    let _turn = TURNS.acquire().await.expect("nobody closes the turns");
    on_stage(engine, folder, Habits::default(), test).await;
}

/// The built app in a browser that somebody has set to their liking.
pub async fn play_as(engine: Engine, habits: Habits, test: impl AsyncFnOnce(&mut Stage)) {
    let _turn = TURNS.acquire().await.expect("nobody closes the turns");
    on_stage(engine, &dist(), habits, test).await;
}

/// The same without waiting for a turn, for a test that does little for a long time.
pub async fn play_aside(engine: Engine, test: impl AsyncFnOnce(&mut Stage)) {
    on_stage(engine, &dist(), Habits::default(), test).await;
}

async fn on_stage(
    engine: Engine,
    folder: &Path,
    habits: Habits,
    test: impl AsyncFnOnce(&mut Stage),
) {
    let mut stage = Stage::set(engine, folder, habits).await;
    test(&mut stage).await;
    stage.check().await;
}

/// What a runner sees and does, they see and do on the page of the moment.
impl Deref for Stage {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Stage {
    async fn set(engine: Engine, folder: &Path, habits: Habits) -> Self {
        let host = Host::start(reserve(), PREFIX, folder, manners(folder));
        let elsewhere = Elsewhere::start();
        let profile = Scratch::new(engine.name());
        let browser = Browser::start(engine, profile.path(), &elsewhere.address(), habits).await;
        let page = Page {
            engine,
            client: browser.client.clone(),
        };
        Self {
            engine,
            host,
            page,
            elsewhere,
            browser: Some(browser),
            profile,
            habits,
            ahead: 0,
            faults: Vec::new(),
        }
    }

    /// The browser of this moment.
    pub fn browser(&self) -> &Browser {
        self.browser.as_ref().expect("a browser runs")
    }

    /// Loads the app at a route, with the clock as it was turned.
    pub async fn open(&mut self, route: &str) {
        self.collect().await;
        let here = self
            .page
            .client
            .current_url()
            .await
            .is_ok_and(|url| url.as_str().starts_with(&self.host.url()));
        if self.ahead != 0 && !here {
            self.visit_picture().await;
            self.write_clock().await;
        }
        self.go(route).await;
        watch::listen(&self.page).await;
    }

    /// Opens a picture of the app's: a page of its origin, so with its storage, on which nothing runs.
    pub async fn visit_picture(&self) {
        self.go("icons/icon-192.png").await;
    }

    /// Loads the same page again, as a pull on it does.
    pub async fn reload(&mut self) {
        self.collect().await;
        self.page
            .client
            .refresh()
            .await
            .expect("the page loads again");
        watch::listen(&self.page).await;
    }

    async fn go(&self, route: &str) {
        let target = format!("{}{route}", self.host.url());
        // A change of the fragment alone would load nothing.
        self.page
            .client
            .goto("about:blank")
            .await
            .expect("an empty page");
        if let Err(error) = self.client.goto(&target).await {
            self.page
                .fail(format_args!("{target} does not load: {error}"))
                .await;
        }
    }

    /// Sets the app's clock to a local time, say `2026-03-10T07:30:00`.
    pub async fn clock(&mut self, local: &str) {
        let script = "return Math.round(new Date(arguments[0]).getTime() - Date.now());";
        let ahead = self.run(script, &[json!(local)]).await;
        self.ahead = ahead.as_i64().expect("a time that the engine can read");
        self.turn_clock().await;
    }

    /// Lets the app's clock run ahead by so many seconds.
    pub async fn advance(&mut self, seconds: i64) {
        self.advance_ms(seconds * 1000).await;
    }

    /// The same by milliseconds.
    pub async fn advance_ms(&mut self, ms: i64) {
        self.ahead += ms;
        self.turn_clock().await;
    }

    /// The app's clock, milliseconds since 1970.
    pub async fn app_ms(&self) -> i64 {
        let ms = self.eval("Date.now()").await;
        ms.as_i64().expect("a time") + self.ahead
    }

    /// A script has turned the app's clock itself: so many milliseconds ahead.
    pub fn clock_was_turned(&mut self, ahead: i64) {
        self.ahead = ahead;
    }

    async fn turn_clock(&self) {
        self.write_clock().await;
        self.page
            .run("dispatchEvent(new Event('footing-test-tick'));", &[])
            .await;
    }

    async fn write_clock(&self) {
        let script = "sessionStorage['footing-test-offset-ms'] = String(arguments[0]);";
        self.run(script, &[json!(self.ahead)]).await;
    }

    /// Waits until this release answers without the network.
    pub async fn offline_ready(&self) {
        let ready =
            "navigator.serviceWorker.ready.then((known) => known.active?.state === 'activated')";
        let script = format!("const [done] = arguments; {ready}.then(done, () => done(false));");
        let answered = crate::wait::seen(async || {
            let answer = self.client.execute_async(&script, vec![]).await;
            (answer.ok()? == Value::Bool(true)).then_some(())
        });
        if answered.await.is_none() {
            self.fail("the worker never became active").await;
        }
    }

    /// Closes the browser and opens it again. `WebKit`'s sessions keep nothing, so there a new window,
    /// after the old one has closed, stands in.
    pub async fn restart(&mut self) {
        self.collect().await;
        match self.engine {
            Engine::Chromium | Engine::Gecko => {
                let browser = self.browser.take().expect("a browser runs");
                browser.quit().await;
                self.start_browser().await;
            }
            Engine::WebKit => {
                let client = &self.client;
                let fresh = client.new_window(false).await.expect("a new window");
                client.close_window().await.expect("the old window closes");
                client
                    .switch_to_window(fresh.handle)
                    .await
                    .expect("the new window answers");
                crate::driver::resize_window(client, self.habits.page).await;
            }
        }
    }

    /// The browser process, to be killed. Chromium only.
    pub fn victim(&self) -> Victim {
        Victim::on(self.profile.path())
    }

    /// Starts a browser where the last one was killed.
    pub async fn start_after_kill(&mut self) {
        drop(self.browser.take());
        self.start_browser().await;
    }

    async fn start_browser(&mut self) {
        let browser = Browser::start(
            self.engine,
            self.profile.path(),
            &self.elsewhere.address(),
            self.habits,
        )
        .await;
        self.page = Page {
            engine: self.engine,
            client: browser.client.clone(),
        };
        self.browser = Some(browser);
    }

    /// Serves another release from now on.
    pub fn deploy(&self, folder: &Path) {
        self.host.deploy(folder, manners(folder));
    }

    /// What the host was asked for since the last call.
    pub fn asked(&mut self) -> Vec<String> {
        let log = self.host.take_log();
        self.faults.extend(
            log.iter()
                .filter(|asked| asked.method == "POST")
                .map(|asked| format!("policy broken: {}", asked.body)),
        );
        let ours = log.into_iter().filter(|asked| asked.path != ICON);
        ours.map(|Asked { method, path, .. }| format!("{method} {path}"))
            .collect()
    }

    /// Takes the faults heard so far, for a test that provokes one.
    pub async fn take_faults(&mut self) -> Vec<String> {
        self.collect().await;
        std::mem::take(&mut self.faults)
    }

    async fn collect(&mut self) {
        self.asked();
        self.faults.extend(
            self.elsewhere
                .take()
                .into_iter()
                .map(|line| format!("beyond our origin: {line}")),
        );
        if let Some(browser) = &self.browser {
            let heard = watch::heard(&self.page, browser).await;
            let icon = format!("{}{ICON} ", self.host.origin());
            self.faults
                .extend(heard.into_iter().filter(|fault| !fault.contains(&icon)));
        }
    }

    async fn check(mut self) {
        self.collect().await;
        let faults = std::mem::take(&mut self.faults);
        assert!(
            faults.is_empty(),
            "in {}:\n  {}",
            self.engine.name(),
            faults.join("\n  ")
        );
        if let Some(browser) = self.browser.take() {
            browser.quit().await;
        }
    }
}

/// The host repeats the page's own policy as a header that reports, so that it hears of a violation
/// however early in the start it happens and in either engine.
fn manners(folder: &Path) -> Manners {
    let page = std::fs::read_to_string(folder.join("index.html")).unwrap_or_default();
    let policy = page
        .split("http-equiv=\"Content-Security-Policy\" content=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .filter(|policy| !policy.is_empty());
    let report_only = policy.map(|policy| format!("{policy}; report-uri {PREFIX}policy-report"));
    Manners {
        cache_control: "max-age=600",
        report_only,
    }
}
