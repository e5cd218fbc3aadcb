//! Waits for the consumers of the log, as long as they advance.

use std::time::{Duration, Instant};

use event_store::Store;
use event_store::relay::published_position;
use schemas::topic;

/// How long a consumer may stay where it is.
const PATIENCE: Duration = Duration::from_secs(20);
/// Time between two polls.
const PAUSE: Duration = Duration::from_millis(100);

/// Waits until every projection has processed the events up to `head`.
pub(super) async fn for_projections(store: &Store, head: i64) -> anyhow::Result<()> {
    until(head, async || {
        let status = projector::status(store.pool()).await?;
        Ok(status
            .iter()
            .map(|projection| projection.position)
            .min()
            .unwrap_or_default())
    })
    .await?;
    Ok(())
}

/// Waits until the topic has the events up to `head`. Returns the last published position.
pub(super) async fn for_relay(store: &Store, head: i64) -> anyhow::Result<i64> {
    until(head, async || {
        Ok(published_position(store.pool(), topic::EVENTS).await?)
    })
    .await
}

/// Polls a position until it is `head`, or has not changed for the time of patience. Returns the last one.
async fn until(head: i64, position: impl AsyncFn() -> anyhow::Result<i64>) -> anyhow::Result<i64> {
    let mut last = position().await?;
    let mut moved = Instant::now();
    while last < head && moved.elapsed() < PATIENCE {
        tokio::time::sleep(PAUSE).await;
        let now = position().await?;
        if now != last {
            (last, moved) = (now, Instant::now());
        }
    }
    Ok(last)
}
