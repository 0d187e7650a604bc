//! Waiting for a condition, never for a time.

use std::time::{Duration, Instant};

/// How long anything may take on two busy cores before it counts as not happening.
pub const PATIENCE: Duration = Duration::from_secs(20);

const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// Looks again and again until there is something to see, or gives up after [`PATIENCE`].
pub async fn seen<T>(look: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    seen_within(PATIENCE, look).await
}

/// The same with a patience of its own.
pub async fn seen_within<T>(
    patience: Duration,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> Option<T> {
    let begin = Instant::now();
    loop {
        if let Some(found) = look().await {
            return Some(found);
        }
        if begin.elapsed() > patience {
            return None;
        }
        // A long wait need not be watched so closely.
        tokio::time::sleep(BETWEEN_LOOKS.max(patience / 1000)).await;
    }
}

/// Looks until there is something to see, or fails saying what was awaited.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    seen(look)
        .await
        .unwrap_or_else(|| panic!("not within {PATIENCE:?}: {what}"))
}
