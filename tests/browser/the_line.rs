//! From the first start to the second level: what Footing is for.

use crate::driver::Engine;
use crate::stage::{Stage, play};
use crate::story;

crate::in_both!(first_start_to_r2);
crate::in_gecko!(first_start_to_r2);

async fn first_start_to_r2(engine: Engine) {
    play(engine, async |stage: &mut Stage| {
        story::the_whole_line(stage).await;
        assert_eq!(
            story::stored(stage).await.0.len(),
            6,
            "a plan, a clearance, two sessions, two mornings"
        );
        stage.tap("tab-diary").await;
        stage.screen("diary").await;
        assert_eq!(story::rows(stage, "session").await, 2);
        assert_eq!(story::rows(stage, "morning").await, 2);
    })
    .await;
}
