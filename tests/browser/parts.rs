//! The first screen needs the first download only; what is missing of the rest is said,
//! and comes when it can.

use std::fs;
use std::path::Path;

use crate::driver::{Engine, Scratch};
use crate::releases::copy;
use crate::server::Manners;
use crate::stage::{Stage, dist, play_with};
use crate::story;

crate::in_both!(the_first_screen_needs_no_part, a_damaged_part_is_refused,);

/// The release with what comes after the first download changed.
fn with_parts(name: &str, change: impl Fn(&Path)) -> Scratch {
    let folder = Scratch::new(name);
    copy(&dist(), folder.path());
    let later = fs::read_dir(folder.path())
        .expect("a folder can be read")
        .flatten()
        .map(|file| file.path())
        .filter(|path| is_part(path));
    let parts: Vec<_> = later.collect();
    assert!(!parts.is_empty(), "the release has parts");
    for path in parts {
        change(&path);
    }
    folder
}

/// As a phone sees it whose signal broke off after the first download.
fn cut_off() -> Scratch {
    with_parts("cut-off", |path| {
        fs::remove_file(path).expect("a file can be removed");
    })
}

/// As a bad line leaves it: every other byte after the header is another one.
fn damaged() -> Scratch {
    with_parts("damaged-part", |path| {
        let mut bytes = fs::read(path).expect("a part can be read");
        for byte in bytes.iter_mut().skip(500).step_by(2) {
            *byte ^= 0x55;
        }
        fs::write(path, bytes).expect("a part can be written");
    })
}

/// The part of the wasm that the first screen does not need.
pub fn is_part(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.extension().is_some_and(|kind| kind == "wasm") && !name.starts_with("footing-")
}

async fn the_first_screen_needs_no_part(engine: Engine) {
    arrives_in_the_end(engine, cut_off()).await;
}

async fn a_damaged_part_is_refused(engine: Engine) {
    arrives_in_the_end(engine, damaged()).await;
}

/// The first question is there; what does not arrive is said; and it comes when it can.
async fn arrives_in_the_end(engine: Engine, folder: Scratch) {
    play_with(engine, folder.path(), async |stage: &mut Stage| {
        stage.open("").await;
        for step in &story::SETUP[..2] {
            stage
                .attribute_is("[data-step]", "data-step", step.name)
                .await;
            story::answer(stage, step).await;
        }
        stage.see("part-missing").await;
        let step = stage.attribute("[data-step]", "data-step").await;
        assert_eq!(step, "site", "what was there stays");

        stage.host.deploy(&dist(), Manners::default());
        stage.tap("part-retry").await;
        stage
            .attribute_is("[data-step]", "data-step", "since")
            .await;
        stage.gone("part-missing").await;
        // The files that were not there are heard of; nothing else is.
        let faults = stage.take_faults().await;
        let other = faults.iter().filter(|fault| !fault.contains(".wasm"));
        assert_eq!(other.collect::<Vec<_>>(), Vec::<&String>::new());
    })
    .await;
}
