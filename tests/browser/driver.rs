//! Three real engines through `WebDriver`, each on a profile of its own, phone-sized.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::ports::reserve;
use crate::processes::{Family, kill, lives, main_process_with, program, unique};
use crate::wait::until;

/// The engines a phone may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    WebKit,
    /// Firefox's.
    Gecko,
}

impl Engine {
    /// As folders of screenshots are named.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::WebKit => "webkit",
            Self::Gecko => "gecko",
        }
    }
}

/// How a person has set their browser.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// Pages may keep something; Chromium only.
    pub storage: bool,
    /// The size of letters in per cent; Chromium only.
    pub letters: u32,
    /// The phone's page in CSS pixels.
    pub page: (u32, u32),
    /// Pages may move; if not, they are asked to keep still.
    pub motion: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            storage: true,
            letters: 100,
            page: (390, 844),
            motion: true,
        }
    }
}

impl Habits {
    /// What a page's letters are made from, 16 pixels where nothing was changed.
    fn font_size(self) -> u32 {
        16 * self.letters / 100
    }
}

/// The zone the browsers live in: not UTC, so that offsets matter.
const ZONE: &str = "Europe/Berlin";

/// A folder that is gone when the test is over.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(purpose: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{purpose}-{}", unique()));
        fs::create_dir_all(&folder).expect("a folder below target/");
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// One browser with its driver. Everything it started ends when it is dropped.
pub struct Browser {
    pub client: Client,
    _family: Family,
}

impl Browser {
    /// Starts a browser on this profile folder, which sends everything beyond loopback to `proxy`.
    pub async fn start(engine: Engine, profile: &Path, proxy: &str, habits: Habits) -> Self {
        match engine {
            Engine::Chromium => chromium(profile, proxy, habits).await,
            Engine::WebKit => webkit(profile, proxy, habits).await,
            Engine::Gecko => gecko(profile, proxy, habits).await,
        }
    }

    /// Closes the browser as a person would: it may write down what it has to.
    pub async fn quit(self) {
        self.client
            .clone()
            .close()
            .await
            .expect("the browser closes");
    }

    /// A command of the Chrome `DevTools` protocol.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        let answer = self
            .client
            .issue_cmd(Post {
                path: "goog/cdp/execute",
                body,
            })
            .await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// What Chromium's console said since the last call, as (level, message).
    pub async fn console(&self) -> Vec<(String, String)> {
        let body = json!({"type": "browser"});
        let lines = self
            .client
            .issue_cmd(Post {
                path: "se/log",
                body,
            })
            .await;
        let lines = lines.expect("Chromium's driver hands out its console");
        let word = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let lines = lines.as_array().cloned().unwrap_or_default();
        lines
            .iter()
            .map(|line| (word(line, "level"), word(line, "message")))
            .collect()
    }
}

/// The browser process on this profile, and how to end it without a farewell.
pub struct Victim(Vec<u32>);

impl Victim {
    pub fn on(profile: &Path) -> Self {
        let found = main_process_with(&format!("--user-data-dir={}", profile.display()));
        assert_eq!(found.len(), 1, "one Chromium runs on {}", profile.display());
        Self(found)
    }

    /// SIGKILL, now.
    pub fn kill(&self) {
        kill(&self.0);
    }

    /// Until the kernel has buried it.
    pub async fn gone(&self) {
        until("the killed browser is gone", async || {
            (!self.0.iter().any(|pid| lives(*pid))).then_some(())
        })
        .await;
    }
}

async fn chromium(profile: &Path, proxy: &str, habits: Habits) -> Browser {
    let mut family = Family::new();
    let port = free_port();
    let driver = program("chromedriver", &["/usr/lib/chromium/chromedriver"]);
    let mut command = Command::new(driver);
    command
        .arg(format!("--port={port}"))
        .env("TZ", ZONE)
        .stdout(Stdio::null());
    family.start(&mut command);

    let (width, height) = habits.page;
    let mut arguments = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--no-first-run".to_owned(),
        "--no-default-browser-check".to_owned(),
        "--hide-crash-restore-bubble".to_owned(),
        "--lang=en-GB".to_owned(),
        "--mute-audio".to_owned(),
        // What the browser would ask for on its own account, so that the proxy sees Footing alone.
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-default-apps".to_owned(),
        "--disable-domain-reliability".to_owned(),
        "--disable-extensions".to_owned(),
        "--disable-sync".to_owned(),
        "--no-pings".to_owned(),
        "--disable-features=NetworkTimeServiceQuerying,AutofillServerCommunication,PreconnectToSearch,\
         OptimizationHints,MediaRouter,Translate,CertificateTransparencyComponentUpdater"
            .to_owned(),
        "--gaia-url=http://127.0.0.1:9/".to_owned(),
        "--component-updater=url-source=http://127.0.0.1:9/".to_owned(),
        format!("--proxy-server=http://{proxy}"),
        format!("--user-data-dir={}", profile.display()),
        format!("--window-size={width},{height}"),
    ];
    if !habits.motion {
        arguments.push("--force-prefers-reduced-motion".to_owned());
    }
    let capabilities = json!({
        "browserName": "chrome",
        "goog:loggingPrefs": {"browser": "ALL"},
        "goog:chromeOptions": {
            "binary": program("chromium", &["/usr/bin/chromium-browser", "/usr/bin/google-chrome"]),
            "args": arguments,
            "prefs": {
                "autofill": {"profile_enabled": false, "credit_card_enabled": false},
                "homepage": "about:blank",
                "homepage_is_newtabpage": false,
                "session": {"restore_on_startup": 4, "startup_urls": ["about:blank"]},
                "net": {"network_prediction_options": 2},
                "search": {"suggest_enabled": false},
                "signin": {"allowed": false, "allowed_on_next_startup": false},
                // 1 lets pages keep something, 2 does not.
                "profile": {"default_content_setting_values": {"cookies": if habits.storage { 1 } else { 2 }}},
                "webkit": {"webprefs": {"default_font_size": habits.font_size()}},
            },
            "mobileEmulation": {"deviceMetrics": {
                "width": width, "height": height, "pixelRatio": 2, "touch": true, "mobile": true,
            }},
        },
    });
    Browser {
        client: connect(port, capabilities).await,
        _family: family,
    }
}

async fn webkit(profile: &Path, proxy: &str, habits: Habits) -> Browser {
    let mut family = Family::new();
    let mut screen = Command::new(program("Xvfb", &[]));
    // It picks a free display itself and says which. So small that its middle, where the pointer rests,
    // lies in a phone's window: without a window manager that is what has the focus.
    screen.args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        "600x1000x24",
        "-nolisten",
        "tcp",
    ]);
    screen.stdout(Stdio::piped());
    let said = family
        .start(&mut screen)
        .stdout
        .take()
        .expect("Xvfb's output was asked for");
    let mut display = String::new();
    BufReader::new(said)
        .read_line(&mut display)
        .expect("Xvfb names its display");

    // MiniBrowser's tool bar is wider than a phone; shrink it, or no window gets below 447 pixels.
    let config = profile.join("config/gtk-3.0");
    fs::create_dir_all(&config).expect("a folder for GTK's settings");
    let css = "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; }";
    fs::write(config.join("gtk.css"), css).expect("GTK's style sheet");
    let motion = u8::from(habits.motion);
    let settings = format!("[Settings]\ngtk-enable-animations={motion}\n");
    fs::write(config.join("settings.ini"), settings).expect("GTK's settings");

    let port = free_port();
    let mut command = Command::new(program("WebKitWebDriver", &[]));
    command
        .arg("-p")
        .arg(port.to_string())
        .stdout(Stdio::null());
    command
        .env("DISPLAY", format!(":{}", display.trim()))
        .env("TZ", ZONE)
        .env("LANG", "en_GB.UTF-8");
    command
        .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
        .env("NO_AT_BRIDGE", "1");
    for (variable, folder) in [
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CACHE_HOME", "cache"),
    ] {
        command.env(variable, profile.join(folder));
    }
    family.start(&mut command);

    // Not the proxy capability: its list of exceptions crashes WebKitGTK 2.50 every tenth time.
    let arguments = [
        "--automation".to_owned(),
        format!("--proxy=http://{proxy}"),
        "--ignore-host=127.0.0.1".to_owned(),
    ];
    let options = json!({"binary": minibrowser(), "args": arguments});
    let capabilities = json!({"webkitgtk:browserOptions": options});
    let client = connect(port, capabilities).await;
    let browser = Browser {
        client,
        _family: family,
    };
    resize_window(&browser.client, habits.page).await;
    browser
}

/// Firefox, which on a phone is the same engine in another frame.
async fn gecko(profile: &Path, proxy: &str, habits: Habits) -> Browser {
    let mut family = Family::new();
    let port = free_port();
    // Its inner port is its own choice, or two at one time take the same.
    let inner = free_port();
    let mut command = Command::new(program("geckodriver", &[]));
    command
        .args(["--port", &port.to_string()])
        .args(["--marionette-port", &inner.to_string()])
        .env("TZ", ZONE)
        .env("MOZ_HEADLESS", "1")
        // Or it does not look at the address of its settings below.
        .env("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1")
        .env("HOME", profile)
        .stdout(Stdio::null());
    family.start(&mut command);

    // Or no window gets below 450 pixels.
    let chrome = profile.join("chrome");
    fs::create_dir_all(&chrome).expect("a folder for the frame's style");
    let css = ":root { min-width: 0 !important; }";
    fs::write(chrome.join("userChrome.css"), css).expect("the frame's style");

    let (host, proxy_port) = proxy.split_once(':').expect("an address with a port");
    let proxy_port: u16 = proxy_port.parse().expect("a port");
    let mut prefs = json!({
        "toolkit.legacyUserProfileCustomizations.stylesheets": true,
        "intl.accept_languages": "en-GB",
        "ui.prefersReducedMotion": u8::from(!habits.motion),
        "font.size.variable.x-western": habits.font_size(),
        "media.volume_scale": "0.0",
        "dom.disable_open_during_load": false,
        // What the browser would ask for on its own account, so that the proxy sees Footing alone.
        "network.proxy.type": 1,
        "network.proxy.http": host,
        "network.proxy.http_port": proxy_port,
        "network.proxy.ssl": host,
        "network.proxy.ssl_port": proxy_port,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "network.dns.disablePrefetch": true,
        "network.prefetch-next": false,
        "services.settings.server": "data:,#nowhere/v1",
    });
    for quiet in [
        "app.update.enabled",
        "app.normandy.enabled",
        "browser.ml.enable",
        "browser.newtabpage.activity-stream.feeds.topsites",
        "browser.region.update.enabled",
        "browser.safebrowsing.downloads.enabled",
        "browser.safebrowsing.malware.enabled",
        "browser.safebrowsing.phishing.enabled",
        "browser.search.update",
        "datareporting.healthreport.uploadEnabled",
        "datareporting.policy.dataSubmissionEnabled",
        "extensions.getAddons.cache.enabled",
        "extensions.systemAddon.update.enabled",
        "extensions.update.enabled",
        "messaging-system.rsexperimentloader.enabled",
        "services.settings.poll_interval",
        "toolkit.telemetry.enabled",
    ] {
        prefs[quiet] = json!(false);
    }
    for nowhere in [
        "browser.contentblocking.report.hide_vpn_banner",
        "browser.topsites.contile.endpoint",
        "extensions.webservice.discoverURL",
        "media.gmp-manager.url",
    ] {
        prefs[nowhere] = json!("");
    }
    let capabilities = json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": program("firefox-esr", &["/usr/bin/firefox"]),
            "args": ["-headless", "-profile", profile.display().to_string()],
            "prefs": prefs,
        },
    });
    let browser = Browser {
        client: connect(port, capabilities).await,
        _family: family,
    };
    resize_window(&browser.client, habits.page).await;
    browser
}

/// Gives the page exactly this size; the window is higher by its tool bar.
pub async fn resize_window(client: &Client, (width, height): (u32, u32)) {
    client
        .set_window_size(width, height)
        .await
        .expect("the window takes a size");
    let inner = client
        .execute("return innerHeight", vec![])
        .await
        .expect("a page that runs scripts");
    let bar = height.saturating_sub(
        inner
            .as_u64()
            .and_then(|inner| inner.try_into().ok())
            .unwrap_or(height),
    );
    client
        .set_window_size(width, height + bar)
        .await
        .expect("the window takes a size");
}

fn minibrowser() -> PathBuf {
    let libraries = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let places = libraries.map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"));
    let found = places.into_iter().find(|file| {
        file.metadata()
            .is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
    });
    found.expect("WebKit's MiniBrowser is not installed: `make test` installs it")
}

/// A port that was free a moment ago: the drivers take a number, not a socket.
fn free_port() -> u16 {
    reserve()
        .local_addr()
        .expect("a bound listener has an address")
        .port()
}

async fn connect(port: u16, capabilities: Value) -> Client {
    let Value::Object(capabilities) = capabilities else {
        unreachable!("written as an object")
    };
    let capabilities: Capabilities = capabilities.into_iter().collect();
    let address = format!("http://127.0.0.1:{port}/");
    until("the driver listens", async || {
        std::net::TcpStream::connect(("127.0.0.1", port)).ok()
    })
    .await;
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities);
    // A generous bound: two busy cores may need it, a hanging browser must not hang the suite.
    let started = tokio::time::timeout(Duration::from_mins(1), builder.connect(&address)).await;
    started
        .expect("the browser starts within a minute")
        .expect("the browser starts")
}

/// A command that classic `WebDriver` does not know: a POST below the session.
#[derive(Debug)]
struct Post {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (axum::http::Method, Option<String>) {
        (axum::http::Method::POST, Some(self.body.to_string()))
    }
}
