//! Batch append: the events of many commands in one statement, each command accepted or rejected separately.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::hash::{Hashed, StreamHead, event_hash};
use crate::{Error, Store};

mod batch;

/// One command's part of a batch.
#[derive(Debug, Clone, Default)]
pub struct Append {
    /// Every stream the decision depends on, written or only read.
    pub claims: Vec<StreamClaim>,
    /// The events, in order.
    pub events: Vec<ChainedEvent>,
    /// The command's idempotency key, with the response to store.
    pub idempotency: Option<IdempotencyClaim>,
    /// New keys of persons whose data is encrypted for the first time.
    pub new_keys: Vec<NewSubjectKey>,
}

/// A stream that a decision depends on.
#[derive(Debug, Clone)]
pub struct StreamClaim {
    /// Stream id.
    pub stream_id: Arc<str>,
    /// Stream type.
    pub stream_type: &'static str,
    /// Head when the command was decided, after the preceding commands of the batch.
    pub expected: StreamHead,
    /// Head after the command. Equal to `expected` when the stream is only read.
    pub after: StreamHead,
}

/// An event with its version and hash in its stream.
#[derive(Debug, Clone)]
pub struct ChainedEvent {
    stream_id: Arc<str>,
    version: i64,
    hash: [u8; 32],
    draft: EventDraft,
}

/// An event that has no version yet.
#[derive(Debug, Clone)]
pub struct EventDraft {
    /// Event id.
    pub event_id: Uuid,
    /// Name of the event type.
    pub event_type: &'static str,
    /// Version of the payload schema.
    pub schema_version: i16,
    /// Partition key, shared by all events that must stay in order.
    pub partition_key: Arc<str>,
    /// Payload as JSON text.
    pub payload: String,
    /// Metadata as JSON text.
    pub metadata: Arc<str>,
    /// Time of the event, stored with microsecond precision.
    pub occurred_at: DateTime<Utc>,
}

impl ChainedEvent {
    /// Adds `draft` at the end of the stream and advances `head`.
    pub fn chain(draft: EventDraft, stream_id: &Arc<str>, head: &mut StreamHead) -> Self {
        let version = head.version + 1;
        let hash = event_hash(
            &head.hash,
            &Hashed {
                stream_id,
                version,
                event_id: draft.event_id,
                event_type: draft.event_type,
                schema_version: draft.schema_version,
                partition_key: &draft.partition_key,
                payload: &draft.payload,
                metadata: &draft.metadata,
                occurred_at: draft.occurred_at,
            },
        );
        *head = StreamHead { version, hash };
        Self {
            stream_id: Arc::clone(stream_id),
            version,
            hash,
            draft,
        }
    }

    /// Stream of the event.
    pub fn stream_id(&self) -> &str {
        &self.stream_id
    }

    /// Version in the stream.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// Event id.
    pub fn event_id(&self) -> Uuid {
        self.draft.event_id
    }
}

/// A command's idempotency key. A new key is stored with the response, in the transaction that appends the
/// events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyClaim {
    /// Key, unique within its owner's scope.
    pub key: String,
    /// SHA-256 of the request.
    pub request_hash: [u8; 32],
    /// Response to repeat when the key is reused; `None` when the command was rejected and the key is only
    /// looked up.
    pub answer: Option<ClaimedAnswer>,
}

/// Response of a command; its position is known after the append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedAnswer {
    /// Stream in the response.
    pub stream_id: Arc<str>,
    /// Stream version in the response.
    pub version: i64,
}

/// First key of a person, encrypted with the platform's data key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubjectKey {
    /// Id of the person.
    pub subject_id: Uuid,
    /// Encrypted key; see [`crate::keys`].
    pub wrapped_key: Vec<u8>,
}

/// Result of one command of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The events are stored.
    Appended {
        /// Position of the last event; without events, the head of the log before the command.
        position: i64,
    },
    /// A stream had another version than expected, or a rejected command of the batch writes to a shared
    /// stream. Nothing is stored for this command.
    Conflict,
    /// The idempotency key was used before. Nothing is stored.
    Duplicate(StoredAnswer),
}

/// Response to the first use of an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// SHA-256 of the first request.
    pub request_hash: Vec<u8>,
    /// Stream in the response.
    pub stream_id: String,
    /// Stream version in the response.
    pub version: i64,
    /// Position in the response.
    pub position: i64,
}

/// Row returned by the SQL function: the head before the append (command 0), or a rejected command.
#[derive(Debug, sqlx::FromRow)]
struct AppendRow {
    command: i32,
    position: Option<i64>,
    stream_id: Option<String>,
    version: Option<i64>,
    request_hash: Option<Vec<u8>>,
}

impl Store {
    /// Appends the events of `commands`, in order, in one transaction, and returns the outcome of each.
    ///
    /// A command may expect the stream heads that earlier commands of the batch produce. An idempotency key
    /// must not appear twice in a batch.
    ///
    /// # Errors
    /// When the database fails. Nothing of the batch is stored then, unless the connection broke during the
    /// commit: in that case either everything or nothing is stored, and an idempotency key shows which.
    pub async fn append(&self, commands: &[Append]) -> Result<Vec<Outcome>, Error> {
        append_on(self.pool(), commands).await
    }
}

/// Appends on the caller's connection, inside its open transaction if there is one. The head of the log stays
/// locked until that transaction ends, so the transaction should do nothing else.
///
/// # Errors
/// See [`Store::append`].
pub async fn append_on<'c>(
    connection: impl PgExecutor<'c>,
    commands: &[Append],
) -> Result<Vec<Outcome>, Error> {
    let batch = batch::AppendBatch::new(commands);
    let rows = batch.query().fetch_all(connection).await?;
    outcomes(commands, rows)
}

fn outcomes(commands: &[Append], rows: Vec<AppendRow>) -> Result<Vec<Outcome>, Error> {
    let mut head = None;
    let mut rejected = HashMap::new();
    for row in rows {
        if row.command == 0 {
            head = row.position;
        } else {
            rejected.insert(usize::try_from(row.command).unwrap_or(0), rejection(row));
        }
    }
    let mut position = head.ok_or(Error::Database(sqlx::Error::RowNotFound))?;
    let outcome = |(index, command): (usize, &Append)| {
        rejected.remove(&(index + 1)).unwrap_or_else(|| {
            position += i64::try_from(command.events.len()).expect("a batch fits memory");
            Outcome::Appended { position }
        })
    };
    Ok(commands.iter().enumerate().map(outcome).collect())
}

fn rejection(row: AppendRow) -> Outcome {
    match row {
        AppendRow {
            position: Some(position),
            stream_id: Some(stream_id),
            version: Some(version),
            request_hash: Some(request_hash),
            ..
        } => Outcome::Duplicate(StoredAnswer {
            request_hash,
            stream_id,
            version,
            position,
        }),
        _ => Outcome::Conflict,
    }
}
