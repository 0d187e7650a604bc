//! The first look: nothing moves under the thumb, and little has to be fetched for it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::{Compression, write::GzEncoder};
use serde_json::json;

use crate::driver::Engine;
use crate::parts::is_part;
use crate::stage::{Stage, dist, play};
use crate::story::{self, diary};

/// Bytes after gzip until the app itself is up (the first screens, the first part of the
/// wasm and one language; the build helper holds each to a limit of its own), and of
/// everything that is stored for later.
const UNTIL_TODAY: usize = 453_000;
const ALL: usize = 1_200_000;

/// Only Chromium tells of shifts.
#[tokio::test]
async fn nothing_shifts() {
    play(Engine::Chromium, async |stage: &mut Stage| {
        story::lay_down(stage, &diary()).await;
        stage.clock("2026-03-06T08:00:00").await;
        // Slow enough that every stage of the start is painted.
        stage.browser().cdp("Emulation.setCPUThrottlingRate", json!({"rate": 4})).await;
        for route in ["#/today", "#/diary", "#/settings"] {
            stage.open(route).await;
            stage.screen(&route[2..]).await;
            app_is_there(stage).await;
            let script = "
                const done = arguments[0];
                const shifts = [];
                const watch = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
                watch.observe({type: 'layout-shift', buffered: true});
                // Two frames later everything that was to come has come.
                requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(shifts.map((shift) =>
                    shift.value.toFixed(4) + ' ' + shift.sources.map(({node}) => node?.outerHTML?.slice(0, 80)).join(', '))))));";
            let shifts = stage.client.execute_async(script, vec![]).await.expect("the shifts can be read");
            assert_eq!(shifts, json!([]), "on {route}");
        }
    })
    .await;
}

/// Waits until the app has taken over the page's own first screen: it takes the words on a
/// late start away.
pub async fn app_is_there(stage: &Stage) {
    let there = "!document.querySelector('.late')";
    stage.until("the app to be there", there).await;
}

#[tokio::test]
async fn little_is_fetched() {
    let mut sizes = BTreeMap::new();
    weigh(&dist(), &dist(), &mut sizes);
    let mut first = Vec::new();
    play(Engine::Chromium, async |stage: &mut Stage| {
        stage.open("").await;
        stage.screen("welcome").await;
        app_is_there(stage).await;
        let asked = stage
            .eval("performance.getEntriesByType('resource').map((entry) => entry.name)")
            .await;
        let home = stage.host.url();
        let names = asked
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str()?.strip_prefix(&home))
            // Fetched when the screen was there already, as `parts` shows.
            .filter(|name| !is_part(Path::new(name)))
            // What the browser fetches for its own use, for a tab and an icon.
            .filter(|name| !name.starts_with("icons/") && *name != "manifest.webmanifest");
        first
            .extend(names.map(|name| name.split(['?', '#']).next().unwrap_or_default().to_owned()));
    })
    .await;
    first.push("index.html".to_owned());
    first.sort();
    first.dedup();

    let worker = fs::read_to_string(dist().join("sw.js")).expect("the release has a worker");
    let listed = |name: &str| {
        let name = if name == "index.html" { "./" } else { name };
        let entry = format!("[\"{name}\",");
        worker
            .lines()
            .any(|line| line.trim_start().starts_with(&entry))
    };
    let mut table = String::from("  gzip -9  until Today  kept  file\n");
    let (mut until_today, mut all) = (0, 0);
    for (name, size) in &sizes {
        let (early, kept) = (first.contains(name), name == "sw.js" || listed(name));
        until_today += if early { *size } else { 0 };
        all += if kept { *size } else { 0 };
        let yes = |it| if it { "yes" } else { "" };
        writeln!(
            table,
            "{size:>9}  {:>11}  {:>4}  {name}",
            yes(early),
            yes(kept)
        )
        .expect("memory takes it");
    }
    println!("{table}{until_today} bytes until Today, {all} kept on the phone");
    assert!(
        first.iter().all(|name| sizes.contains_key(name)),
        "{first:?} are in dist"
    );
    assert!(
        all > until_today,
        "what is kept is more than what is needed first"
    );
    assert!(
        until_today <= UNTIL_TODAY,
        "{until_today} bytes until Today, at most {UNTIL_TODAY}\n{table}"
    );
    assert!(all <= ALL, "{all} bytes are kept, at most {ALL}\n{table}");
}

/// Every file below a folder with its size after gzip.
fn weigh(root: &Path, folder: &Path, sizes: &mut BTreeMap<String, usize>) {
    for entry in fs::read_dir(folder)
        .expect("a folder can be read")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            weigh(root, &path, sizes);
            continue;
        }
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed
            .write_all(&fs::read(&path).expect("a file can be read"))
            .expect("memory takes it");
        let name = path
            .strip_prefix(root)
            .expect("below the root")
            .display()
            .to_string();
        sizes.insert(name, packed.finish().expect("memory takes it").len());
    }
}
