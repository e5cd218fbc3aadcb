//! The id of the log. Followers, relay and sockets read it when they start, so it must not change while they run.

use std::time::Duration;

use event_store::kafka::{self, lineage};
use schemas::topic;
use uuid::Uuid;

use super::Common;

/// How long to wait for the broker at the start.
const BROKER_TIMEOUT: Duration = Duration::from_secs(10);
/// How often the id is read again.
const INTERVAL: Duration = Duration::from_secs(2);

/// Compares the topic with the store before anything reads either, and ends the process when the log gets a new id later.
pub(super) async fn guard(common: &Common) -> anyhow::Result<()> {
    let Some(kafka) = &common.config.kafka else {
        return Ok(());
    };
    let verifying = lineage::verified_log_id(&common.store, kafka, topic::EVENTS);
    let log_id = match tokio::time::timeout(BROKER_TIMEOUT, verifying).await {
        Ok(Ok(log_id)) => log_id,
        Ok(Err(lineage::VerifyError::Store(error))) => return Err(error.into()),
        // The relay and the followers compare it before they use the topic.
        Ok(Err(lineage::VerifyError::Kafka(error))) => {
            tracing::warn!(%error, "Kafka cannot be reached; starting without it.");
            kafka::log_id(&common.store).await?
        }
        Err(_timeout) => {
            tracing::warn!("Kafka does not answer; starting without it.");
            kafka::log_id(&common.store).await?
        }
    };
    let (store, shutdown) = (common.store.clone(), common.shutdown.clone());
    common.shutdown.spawn("log id", async move {
        loop {
            tokio::select! {
                () = shutdown.begun() => return,
                () = tokio::time::sleep(INTERVAL) => {}
            }
            if is_renewed(&store, log_id).await {
                shutdown.fail("the log got a new id; start this process again");
            }
        }
    });
    Ok(())
}

async fn is_renewed(store: &event_store::Store, log_id: Uuid) -> bool {
    match kafka::log_id(store).await {
        Ok(now) => now != log_id,
        Err(error) => {
            tracing::debug!(%error, "The log's id cannot be read.");
            false
        }
    }
}
