//! "Saved" means on the disk: Chromium is killed without a farewell, again and again, and every entry of
//! which the app said so is still there.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::driver::Engine;
use crate::stage::{Stage, play};
use crate::story::{self, diary};

const KILLS: u32 = 20;

/// Answers with the ids of the entries at the moment when "saved" is said.
const WHEN_SAVED: &str = "
    const done = arguments[arguments.length - 1];
    const said = () => document.querySelector('[data-t=\"save-state\"]')?.dataset.state === 'saved';
    const ids = () => Object.keys(localStorage).filter((key) => key.startsWith('footing@/some/where/footing/entry/')).map((key) => key.slice(34));
    if (said()) return done(ids());
    const watch = new MutationObserver(() => { if (said()) { watch.disconnect(); done(ids()); } });
    watch.observe(document.body, {subtree: true, childList: true, attributes: true});";

/// Goes on logging, so that the kill comes while something else is being written.
const LOG_ON: &str = "
    location.hash = '#/log';
    setTimeout(() => {
        const minutes = document.querySelector('[data-t=\"log-walk-min\"]');
        if (minutes) minutes.value = '20';
        minutes?.dispatchEvent(new Event('input', {bubbles: true}));
        for (const id of ['all-quiet', 'log-save']) document.querySelector(`[data-t=\"${id}\"]`)?.click();
    }, arguments[0]);";

#[tokio::test]
async fn what_was_said_to_be_saved_is_there() {
    play(Engine::Chromium, async |stage: &mut Stage| {
        story::open_with(stage, &diary(), "2026-03-06T08:00:00", "#/today").await;
        stage.offline_ready().await;
        let mut chance = Chance::new();
        let mut promised: BTreeSet<String> = BTreeSet::new();
        for kill in 0..KILLS {
            // Half of them within 200 ms of the word, the others while more is being written.
            let soon = kill % 2 == 0;
            let delay = chance.below(if soon { 200 } else { 3000 });
            stage.open("#/log").await;
            stage.screen("log").await;
            // A day has one session on the plan; the others say for themselves how long they were.
            stage.fill("log-walk-min", "20").await;
            stage.tap("all-quiet").await;
            stage.tap("log-save").await;
            let victim = stage.victim();
            let saved = stage.client.execute_async(WHEN_SAVED, vec![]).await;
            let Ok(saved) = saved else {
                stage.fail(format_args!("kill {kill}: \"saved\" is never said")).await
            };
            promised.extend(saved.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
            if !soon {
                stage.run(LOG_ON, &[json!(delay)]).await;
            }
            tokio::time::sleep(Duration::from_millis(delay)).await;
            victim.kill();
            victim.gone().await;

            stage.start_after_kill().await;
            stage.open("#/diary").await;
            stage.screen("diary").await;
            let (local, twin) = both_after_merge(stage).await;
            let missing: Vec<_> = promised.iter().filter(|id| !local.contains(*id) || !twin.contains(*id)).collect();
            assert!(
                missing.is_empty(),
                "kill {kill}, {delay} ms after the word, chance {}: {missing:?} of {} are gone",
                chance.seed,
                promised.len(),
            );
            story::drawn(stage).await;
            let shown = "return arguments[0].every((id) => !!document.querySelector(`[data-t=\"row-${id}\"]`));";
            let all = stage.run(shown, &[json!(promised)]).await;
            assert_eq!(all, true, "the diary shows them all");
        }
        assert!(promised.len() >= diary().len() + KILLS as usize, "{} entries were promised", promised.len());
    })
    .await;
}

/// The ids in both stores, once the start has merged them.
async fn both_after_merge(stage: &Stage) -> (BTreeSet<String>, BTreeSet<String>) {
    let ids = |entries: Vec<(String, String)>| {
        entries
            .into_iter()
            .map(|(id, _)| id)
            .collect::<BTreeSet<_>>()
    };
    let mut last = (BTreeSet::new(), BTreeSet::new());
    crate::wait::seen(async || {
        let (local, twin) = story::stored(stage).await;
        last = (ids(local), ids(twin));
        (last.0 == last.1).then_some(())
    })
    .await;
    last
}

/// Numbers nobody foresees, from a seed that a failure can name.
struct Chance {
    seed: u64,
    state: u64,
}

impl Chance {
    fn new() -> Self {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let seed = u64::from(now.subsec_nanos()) | 1;
        Self { seed, state: seed }
    }

    fn below(&mut self, end: u64) -> u64 {
        // xorshift64
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state % end
    }
}
