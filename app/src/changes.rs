//! The source of changes for sockets: the topic, or the table that the projector writes.

use std::time::Duration;

use event_store::Wakeup;
use platform::config::KafkaConfig;
use platform::shutdown::Shutdown;
use realtime::{EmbeddedFeed, Feed, KafkaFeed, Options};
use schemas::change::{Change, ChangeBatch};
use schemas::topic;
use sqlx::PgPool;
use sqlx::types::Json;
use tokio::sync::mpsc;

/// Batches that may wait for the sockets.
const BATCHES_WAITING_MAX: usize = 64;
/// Batches per read.
const PAGE_LEN: i64 = 32;
/// The delay after a failed read.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// The change feed for this instance's log.
pub async fn feed(
    pool: &PgPool,
    kafka: Option<&KafkaConfig>,
    options: &Options,
    shutdown: &Shutdown,
) -> anyhow::Result<Feed> {
    let projected_position = projected_position(pool).await?;
    let Some(kafka) = kafka else {
        return Ok(Feed::Embedded(
            embedded(pool, projected_position, shutdown).await?,
        ));
    };
    Ok(Feed::Kafka(KafkaFeed {
        kafka: kafka.clone(),
        topic: topic::CHANGES.to_owned(),
        fill: options.history.age_max,
        projected_position,
    }))
}

async fn projected_position(pool: &PgPool) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!("SELECT position FROM read_model.leader")
        .fetch_one(pool)
        .await
}

async fn embedded(
    pool: &PgPool,
    fill_position: i64,
    shutdown: &Shutdown,
) -> Result<EmbeddedFeed, sqlx::Error> {
    let start_position = sqlx::query_scalar!(
        r#"SELECT coalesce(min(from_position), $1) AS "position!" FROM read_model.changes"#,
        fill_position
    )
    .fetch_one(pool)
    .await?;
    let (sender, batches) = mpsc::channel(BATCHES_WAITING_MAX);
    let wakeup = Wakeup::listen(pool, projector::CHANGES_NOTIFICATION);
    let following = follow(pool.clone(), wakeup, start_position, sender);
    let token = shutdown.token();
    shutdown.spawn("changes", async move {
        tokio::select! {
            () = following => {}
            () = token.cancelled() => {}
        }
    });
    Ok(EmbeddedFeed {
        start_position,
        fill_position,
        batches,
    })
}

/// Sends every batch of the table after `position`, in order, until the receiver is dropped.
async fn follow(pool: PgPool, wakeup: Wakeup, mut position: i64, sender: mpsc::Sender<ChangeBatch>) {
    let mut waiter = wakeup.waiter();
    loop {
        waiter.look();
        match page(&pool, position).await {
            Ok(batches) if batches.is_empty() => waiter.wait().await,
            Ok(batches) => {
                for batch in batches {
                    position = batch.to_position;
                    if sender.send(batch).await.is_err() {
                        return;
                    }
                }
            }
            Err(error) => {
                tracing::warn!(%error, "The changes could not be read; trying again.");
                tokio::time::sleep(RETRY_AFTER).await;
            }
        }
    }
}

async fn page(pool: &PgPool, position: i64) -> Result<Vec<ChangeBatch>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT from_position, to_position, changes AS "changes: Json<Vec<Change>>"
           FROM read_model.changes WHERE to_position > $1 ORDER BY to_position LIMIT $2"#,
        position,
        PAGE_LEN
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ChangeBatch {
            from_position: row.from_position,
            to_position: row.to_position,
            changes: row.changes.0,
        })
        .collect())
}
