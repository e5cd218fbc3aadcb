//! A database with a log in it, and projectors that run over it.

use std::collections::HashMap;
use std::sync::Arc;

use domain::{Event, StreamId};
use event_store::{Append, ChainedEvent, EventDraft, Outcome, Store, StreamClaim, StreamHead, Wakeup};
use projector::{Log, Options};
use sqlx::PgPool;
use testkit::{TestDatabase, eventually};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::history::Dated;

/// A database of the test's own.
pub struct World {
    pub database: TestDatabase,
    pub pool: PgPool,
    pub store: Store,
    heads: HashMap<String, StreamHead>,
}

/// What an event says of itself beside its payload.
pub struct Raw {
    pub stream_id: StreamId,
    pub key: String,
    pub event_type: &'static str,
    pub schema_version: i16,
    pub payload: String,
}

impl World {
    pub async fn create() -> Self {
        let database = TestDatabase::create(&[&event_store::MIGRATOR, &projector::MIGRATOR]).await;
        let pool = database.app_pool().await;
        Self {
            store: Store::new(pool.clone()),
            pool,
            database,
            heads: HashMap::new(),
        }
    }

    /// Appends events in one transaction. Says the position of the last.
    pub async fn append(&mut self, events: &[Dated]) -> i64 {
        let drafts = events.iter().map(|(event, at)| {
            let encoded = schemas::codec::encode(event);
            let raw = Raw {
                stream_id: event.stream_id(),
                key: partition_key(event),
                event_type: encoded.event_type,
                schema_version: encoded.schema_version,
                payload: encoded.payload,
            };
            (raw, *at)
        });
        let drafts = drafts.collect::<Vec<_>>();
        self.append_raw(drafts).await
    }

    pub async fn append_raw(&mut self, events: Vec<(Raw, chrono::DateTime<chrono::Utc>)>) -> i64 {
        let mut append = Append::default();
        let mut before: HashMap<String, (StreamId, StreamHead)> = HashMap::new();
        for (raw, occurred_at) in events {
            let stream_id: Arc<str> = raw.stream_id.to_string().into();
            let head = self.heads.entry(stream_id.to_string()).or_default();
            before
                .entry(stream_id.to_string())
                .or_insert((raw.stream_id, *head));
            let draft = EventDraft {
                event_id: Uuid::now_v7(),
                event_type: raw.event_type,
                schema_version: raw.schema_version,
                partition_key: raw.key.into(),
                payload: raw.payload,
                metadata: "{}".into(),
                occurred_at,
            };
            append.events.push(ChainedEvent::chain(draft, &stream_id, head));
        }
        append.claims = before
            .into_iter()
            .map(|(stream_id, (id, expected))| StreamClaim {
                stream_type: id.stream_type().as_str(),
                after: self.heads[&stream_id],
                stream_id: stream_id.into(),
                expected,
            })
            .collect();
        match self.store.append(&[append]).await.unwrap().remove(0) {
            Outcome::Appended { position } => position,
            other => panic!("not appended: {other:?}"),
        }
    }

    /// Starts a projector that follows the event store itself.
    pub fn project(&self, batch_events_max: usize) -> Running {
        let mut options = Options::new(Log::Embedded(self.wakeup()));
        options.batch_events_max = batch_events_max;
        self.project_with(options)
    }

    pub fn wakeup(&self) -> Wakeup {
        Wakeup::listen(&self.pool, event_store::wakeup::EVENTS_CHANNEL)
    }

    pub fn project_with(&self, options: Options) -> Running {
        let shutdown = CancellationToken::new();
        let run = projector::run(options, self.store.clone(), self.pool.clone(), shutdown.clone());
        Running {
            shutdown,
            task: tokio::spawn(run),
        }
    }

    /// Waits until every projection has reached `position`.
    pub async fn projected(&self, position: i64) {
        eventually("every projection has caught up", || async {
            let status = projector::status(&self.pool).await.unwrap();
            !status.is_empty() && status.iter().all(|projection| projection.position >= position)
        })
        .await;
    }

    /// Projects the whole log, then stops.
    pub async fn project_all(&self) {
        let running = self.project(500);
        self.projected(self.store.head().await.unwrap()).await;
        running.stop().await;
    }

    /// Asserts that live read models equal rebuilt ones, byte for byte.
    pub async fn assert_rebuilt_equal(&self) {
        let owner = self.database.pool();
        let rebuilt = projector::rebuild(&self.store, owner, "read_model_rebuild")
            .await
            .unwrap();
        assert_eq!(rebuilt.position, self.store.head().await.unwrap());
        let live = projector::checksums(owner, projector::SCHEMA).await.unwrap();
        assert_eq!(
            live,
            projector::checksums(owner, "read_model_rebuild").await.unwrap()
        );
        projector::drop_rebuilt(owner, "read_model_rebuild")
            .await
            .unwrap();
    }
}

/// A projector that runs.
pub struct Running {
    shutdown: CancellationToken,
    pub task: JoinHandle<Result<(), projector::Error>>,
}

impl Running {
    pub async fn stop(self) {
        self.shutdown.cancel();
        self.task.await.unwrap().unwrap();
    }

    /// Ends it wherever it is.
    pub async fn kill(self) {
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
    }
}

/// The key that the design gives each event: the order's id, or the SKU.
fn partition_key(event: &Event) -> String {
    let payload: serde_json::Value = serde_json::from_str(&schemas::codec::encode(event).payload).unwrap();
    match event.stream_id() {
        StreamId::Product(sku) | StreamId::Stock(sku) => sku.to_string(),
        _ => payload["order_id"].as_str().unwrap().to_owned(),
    }
}
