//! Footing in the runner's language: chosen by the phone, or in Settings at run time.

use serde_json::json;

use crate::driver::{Engine, Habits};
use crate::screens::everything_fits_in;
use crate::stage::{Stage, play, play_as};
use crate::story::{self, diary};

crate::in_both!(
    the_language_changes_at_once_and_stays,
    german_fits_a_small_phone,
    polish_fits_a_small_phone,
);

/// The files of words that this page has fetched; their keys are the same for all.
const FETCHED: &str = "performance.getEntriesByType('resource').map((r) => r.name)
    .filter((name) => name.includes('/locales/') && !name.includes('/keys/'))
    .map((name) => name.split('/locales/')[1].replace(/-[0-9a-f]{10}\\./, '.'))";

async fn the_language_changes_at_once_and_stays(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2026-03-06T09:00:00", "#/settings").await;
        stage.screen("settings").await;
        stage.offline_ready().await;
        assert_eq!(stage.eval(FETCHED).await, json!(["en.json"]));
        for (tag, title, today) in [
            ("de", "Einstellungen", "Heute"),
            ("es", "Ajustes", "Hoy"),
            ("fr", "Réglages", "Accueil"),
            ("pl", "Ustawienia", "Dziś"),
            ("en", "Settings", "Today"),
            ("de", "Einstellungen", "Heute"),
        ] {
            stage.fill("language", tag).await;
            stage
                .until(tag, &format!("document.documentElement.lang === '{tag}'"))
                .await;
            let heading = format!("document.querySelector('h1').textContent === '{title}'");
            stage.until(title, &heading).await;
            let focus = "document.activeElement?.id === 'language'";
            stage.until("the focus where it was", focus).await;
            let named = format!("document.title.includes('{title}')");
            stage.until("the title of the page", &named).await;
            stage.route("#/today").await;
            stage.screen("today").await;
            assert_eq!(stage.text("tab-today").await, today);
            stage.route("#/settings").await;
            stage.screen("settings").await;
        }
        // It stays, without the host, and no other language is read.
        stage.host.stop();
        stage.reload().await;
        stage.screen("settings").await;
        assert_eq!(stage.attribute("html", "lang").await, "de");
        assert_eq!(stage.eval(FETCHED).await, json!(["de.json"]));
        stage.route("#/strength").await;
        stage.screen("strength").await;
        let read = format!("{FETCHED}.includes('de/exercises.json')");
        stage.until("the exercises in German", &read).await;
        // Dates are said in it too.
        stage.route("#/today").await;
        stage.screen("today").await;
        let said = stage.eval("document.body.innerText").await;
        assert!(
            said.as_str().is_some_and(|text| text.contains("März")),
            "{said}"
        );
    })
    .await;
}

/// Chromium alone can be told what the phone speaks.
#[tokio::test]
async fn the_phones_own_language_comes_first() {
    play(Engine::Chromium, async |stage: &mut Stage| {
        stage.open("").await;
        stage.screen("welcome").await;
        let agent = stage.eval("navigator.userAgent").await;
        for (speaks, tag) in [
            ("sv-SE,fr-CH,en", "fr"),
            ("pl-PL,de", "pl"),
            ("es-MX", "es"),
            ("ja,zh", "en"),
            ("en-US,de", "en"),
            ("de-AT,en", "de"),
        ] {
            let habit = json!({"userAgent": agent, "acceptLanguage": speaks});
            stage
                .browser()
                .cdp("Emulation.setUserAgentOverride", habit)
                .await;
            stage.reload().await;
            stage.screen("welcome").await;
            assert_eq!(stage.attribute("html", "lang").await, tag, "{speaks}");
        }
    })
    .await;
}

async fn german_fits_a_small_phone(engine: Engine) {
    let habits = Habits {
        page: (320, 568),
        ..Habits::default()
    };
    everything_fits_in(engine, habits, "light", "de", "small-de").await;
}

async fn polish_fits_a_small_phone(engine: Engine) {
    let habits = Habits {
        page: (320, 568),
        ..Habits::default()
    };
    everything_fits_in(engine, habits, "light", "pl", "small-pl").await;
}

/// Polish counts in three forms: the phone knows which.
#[tokio::test]
async fn polish_counts_in_its_own_forms() {
    play(Engine::Chromium, async |stage: &mut Stage| {
        let prefs = json!({"language": "pl"}).to_string();
        stage.visit_picture().await;
        let keep = "localStorage.setItem('footing@/some/where/footing/prefs', arguments[0]);";
        stage.run(keep, &[json!(prefs)]).await;
        stage.clock("2026-03-02T09:00:00").await;
        stage.open("").await;
        stage.screen("welcome").await;
        let rules = "[1, 2, 5, 12, 22].map((n) => new Intl.PluralRules('pl').select(n))";
        let wanted = json!(["one", "few", "many", "many", "few"]);
        assert_eq!(stage.eval(rules).await, wanted);
        story::open_with(stage, &diary(), "2026-03-06T09:00:00", "#/backup").await;
        stage.screen("backup").await;
        let said = stage.eval("document.body.innerText").await;
        let said = said.as_str().unwrap_or_default().to_owned();
        let count = diary().len();
        let form = match (count % 10, count % 100) {
            _ if count == 1 => "wpis.",
            (2..=4, tens) if !(12..=14).contains(&tens) => "wpisy.",
            _ => "wpisów.",
        };
        assert!(said.contains(&format!("{count} {form}")), "{said}");
    })
    .await;
}

/// A first start by somebody who reads French.
#[tokio::test]
async fn a_first_start_in_french() {
    play_as(
        Engine::Chromium,
        Habits::default(),
        async |stage: &mut Stage| {
            stage.visit_picture().await;
            let prefs = json!({"language": "fr"}).to_string();
            let keep = "localStorage.setItem('footing@/some/where/footing/prefs', arguments[0]);";
            stage.run(keep, &[json!(prefs)]).await;
            stage.clock("2026-03-02T09:00:00").await;
            stage.open("").await;
            story::first_start(stage).await;
            story::saved(stage).await;
            assert_eq!(stage.attribute("html", "lang").await, "fr");
        },
    )
    .await;
}
