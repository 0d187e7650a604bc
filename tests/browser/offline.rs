//! One visit, then never again a signal.

use crate::driver::Engine;
use crate::stage::{Stage, play};
use crate::story;

crate::in_both!(one_visit_is_enough, a_second_start_asks_for_nothing);
crate::in_gecko!(one_visit_is_enough, a_second_start_asks_for_nothing);

async fn one_visit_is_enough(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        stage.open("").await;
        stage.screen("welcome").await;
        stage.offline_ready().await;
        stage.host.stop();
        stage.restart().await;

        story::the_whole_line(stage).await;
        let before = story::stored(stage).await;
        assert_eq!(before.0.len(), 6, "{before:?}");
        assert_eq!(before.0, before.1, "both stores hold the same");

        stage.restart().await;
        stage.open("#/today").await;
        story::r2_and_why(stage).await;
        assert_eq!(story::stored(stage).await, before, "nothing is lost");
    })
    .await;
}

async fn a_second_start_asks_for_nothing(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        stage.open("").await;
        stage.offline_ready().await;
        stage.restart().await;
        stage.asked();

        story::set_up(stage).await;
        for (tab, screen) in [
            ("tab-journey", "journey"),
            ("tab-diary", "diary"),
            ("tab-progress", "progress"),
            ("tab-care", "care"),
        ] {
            stage.tap(tab).await;
            stage.screen(screen).await;
        }
        stage.route("#/settings").await;
        stage.screen("settings").await;
        // WebKit does not say what came from the worker; there the host alone is asked.
        if engine == Engine::Chromium {
            let network = "performance.getEntries().filter((entry) =>
                ['resource', 'navigation'].includes(entry.entryType) && entry.workerStart === 0
                && !/^(blob|data):/.test(entry.name)).map((entry) => entry.name)";
            assert_eq!(
                stage.eval(network).await,
                serde_json::json!([]),
                "everything came from the worker"
            );
        }
        let asked = stage.asked();
        assert!(
            asked.iter().all(|asked| asked == "GET sw.js"),
            "the host was asked for {asked:?}"
        );
    })
    .await;
}
