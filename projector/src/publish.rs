//! Publishes changes to Kafka: at least once, in order.
//!
//! The rows of table `changes` are the queue; a cursor records how far the broker has acknowledged them. Batches are
//! also passed in memory; if one is missing there, because the memory queue was full or the process was restarted, it
//! is read from the table. So a crash between commit and publishing may repeat changes but loses none.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use event_store::Store;
use platform::causes::with_causes;
use schemas::change::ChangeBatch;
use sqlx::PgPool;
use sqlx::types::Json;
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

use crate::Error;
use crate::metrics;
use crate::options::ChangesTopic;

mod letters;
mod producer;

use producer::ChangeProducer;

/// How many batches may wait in memory. Further ones are read from the table later.
const QUEUE_LEN_MAX: usize = 256;

/// How many batches are sent before their acknowledgements are awaited.
const GROUP_LEN_MAX: usize = 32;

/// How often the cursor is stored. Changes sent after the stored cursor are repeated after a crash.
const CURSOR_INTERVAL: Duration = Duration::from_millis(250);

/// How long to wait after a failure of the broker.
const RETRY_DELAY: Duration = Duration::from_millis(500);

/// How long remaining changes may be sent when the projector stops.
const FINISH_TIMEOUT: Duration = Duration::from_secs(2);

/// A task that publishes the batches it is offered.
#[derive(Debug)]
pub(crate) struct Publisher {
    queue: mpsc::Sender<ChangeBatch>,
    published: Arc<AtomicI64>,
    /// Aborted with the publisher: otherwise it would publish concurrently with the next leader.
    task: AbortOnDropHandle<()>,
}

impl Publisher {
    /// Starts publishing to `topic`, from where the last publisher stopped.
    pub fn start(pool: PgPool, store: Store, topic: ChangesTopic) -> Self {
        let (sender, queue) = mpsc::channel(QUEUE_LEN_MAX);
        let published = Arc::new(AtomicI64::new(0));
        let publishing = Publishing {
            pool,
            store,
            topic,
            queue,
            published: Arc::clone(&published),
            stored: None,
        };
        Self {
            queue: sender,
            published,
            task: AbortOnDropHandle::new(tokio::spawn(publishing.run())),
        }
    }

    /// Queues `batch` for publishing. Never waits: batches that do not fit the queue are read from the table.
    pub fn offer(&self, batch: ChangeBatch) {
        // A full queue loses nothing, see above; for a closed one, see `has_ended`.
        let _ = self.queue.try_send(batch);
    }

    /// Whether the task has ended, which only a panic can cause.
    pub fn has_ended(&self) -> bool {
        self.queue.is_closed()
    }

    /// Position up to which the broker has acknowledged everything.
    pub fn published(&self) -> i64 {
        self.published.load(Ordering::Relaxed)
    }

    /// Sends the remaining changes, within a time limit.
    pub async fn finish(self) {
        drop(self.queue);
        // Changes that it cannot send in time remain in the table.
        let _ = tokio::time::timeout(FINISH_TIMEOUT, self.task).await;
    }
}

/// The publishing task.
struct Publishing {
    pool: PgPool,
    store: Store,
    topic: ChangesTopic,
    queue: mpsc::Receiver<ChangeBatch>,
    published: Arc<AtomicI64>,
    /// The last stored cursor, and when it was stored.
    stored: Option<(i64, Instant)>,
}

/// Why a publishing loop ended.
enum End {
    /// The projector stopped.
    Closed,
}

impl Publishing {
    async fn run(mut self) {
        let mut is_failing = false;
        loop {
            match self.publish(&mut is_failing).await {
                Ok(End::Closed) => return,
                Err(error) => {
                    if !is_failing {
                        let error = with_causes(&error);
                        tracing::warn!(error, "Changes cannot be published; they wait in the table.");
                    }
                    is_failing = true;
                }
            }
            if self.queue.is_closed() {
                return;
            }
            tokio::time::sleep(RETRY_DELAY).await;
        }
    }

    /// Publishes until the projector stops or something fails. Each run uses a new producer: after a failure the old
    /// one may hold messages that are out of order.
    async fn publish(&mut self, is_failing: &mut bool) -> Result<End, Error> {
        let producer = ChangeProducer::open(&self.store, &self.topic).await?;
        let mut cursor = self.load_cursor().await?;
        self.published.store(cursor, Ordering::Relaxed);
        letters::publish(&self.pool, &self.store, &self.topic).await?;
        cursor = self.catch_up(&producer, cursor).await?;
        if std::mem::take(is_failing) {
            tracing::info!("Changes are published again.");
        }
        loop {
            let mut group = Vec::new();
            let received = self.queue.recv_many(&mut group, GROUP_LEN_MAX);
            match tokio::time::timeout(CURSOR_INTERVAL, received).await {
                Ok(0) => {
                    self.store_cursor(cursor).await?;
                    return Ok(End::Closed);
                }
                Ok(_) => cursor = self.send_group(&producer, cursor, &group).await?,
                Err(_idle) => {
                    // The last batch may not have fitted into the queue.
                    cursor = self.catch_up(&producer, cursor).await?;
                    self.store_cursor(cursor).await?;
                    letters::publish(&self.pool, &self.store, &self.topic).await?;
                }
            }
        }
    }

    /// Sends the batches in the table after `cursor`.
    async fn catch_up(&mut self, producer: &ChangeProducer, mut cursor: i64) -> Result<i64, Error> {
        loop {
            let group = self.read_table(cursor).await?;
            if group.is_empty() {
                return Ok(cursor);
            }
            cursor = self.send(producer, &group).await?;
        }
    }

    /// Sends batches from memory; if they do not follow the cursor, the table's batches are sent first.
    async fn send_group(
        &mut self,
        producer: &ChangeProducer,
        mut cursor: i64,
        group: &[ChangeBatch],
    ) -> Result<i64, Error> {
        let is_next = group.first().is_some_and(|batch| batch.from_position == cursor);
        let is_whole = group
            .windows(2)
            .all(|pair| pair[0].to_position == pair[1].from_position);
        if is_next && is_whole {
            return self.send(producer, group).await;
        }
        let last = group.last().map_or(cursor, |batch| batch.to_position);
        while cursor < last {
            let missing = self.read_table(cursor).await?;
            if missing.is_empty() {
                break;
            }
            cursor = self.send(producer, &missing).await?;
        }
        Ok(cursor)
    }

    /// Sends batches and waits until the broker has acknowledged all of them.
    async fn send(&mut self, producer: &ChangeProducer, group: &[ChangeBatch]) -> Result<i64, Error> {
        let _until_sent = metrics::publishing(group, &self.topic.topic);
        producer.send(group).await?;
        let cursor = group.last().map_or(0, |batch| batch.to_position);
        self.published.store(cursor, Ordering::Relaxed);
        let is_due = self.stored.is_none_or(|(_, at)| at.elapsed() >= CURSOR_INTERVAL);
        if is_due {
            self.store_cursor(cursor).await?;
        }
        Ok(cursor)
    }

    async fn read_table(&self, cursor: i64) -> Result<Vec<ChangeBatch>, Error> {
        let rows = sqlx::query!(
            r#"SELECT from_position, to_position, changes AS "changes: Json<Vec<schemas::change::Change>>"
               FROM read_model.changes WHERE to_position > $1 ORDER BY to_position LIMIT $2"#,
            cursor,
            i64::try_from(GROUP_LEN_MAX).unwrap_or(i64::MAX)
        )
        .fetch_all(&self.pool)
        .await?;
        let batches = rows.into_iter().map(|row| ChangeBatch {
            from_position: row.from_position,
            to_position: row.to_position,
            changes: row.changes.0,
        });
        Ok(batches.collect())
    }

    async fn load_cursor(&mut self) -> Result<i64, Error> {
        let cursor = sqlx::query_scalar!(
            "SELECT position FROM read_model.publications WHERE topic = $1",
            self.topic.topic
        )
        .fetch_optional(&self.pool)
        .await?
        .unwrap_or_default();
        self.stored = Some((cursor, Instant::now()));
        Ok(cursor)
    }

    async fn store_cursor(&mut self, cursor: i64) -> Result<(), Error> {
        if self.stored.is_some_and(|(stored, _)| stored == cursor) {
            return Ok(());
        }
        sqlx::query!(
            "INSERT INTO read_model.publications AS p (topic, position) VALUES ($1, $2) \
             ON CONFLICT (topic) DO UPDATE SET position = GREATEST(p.position, EXCLUDED.position)",
            self.topic.topic,
            cursor
        )
        .execute(&self.pool)
        .await?;
        self.stored = Some((cursor, Instant::now()));
        Ok(())
    }
}
