//! Appending: the events of many commands in one statement, each command accepted or rejected by itself.

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
    /// Every stream the decision rests on, whether it is written to or only read.
    pub claims: Vec<StreamClaim>,
    /// The events, in order.
    pub events: Vec<ChainedEvent>,
    /// The command's idempotency key, with the answer to keep.
    pub idempotency: Option<IdempotencyClaim>,
    /// Keys of persons whose data the events seal for the first time.
    pub new_keys: Vec<NewSubjectKey>,
}

/// A stream that a decision rests on.
#[derive(Debug, Clone)]
pub struct StreamClaim {
    /// Which.
    pub stream_id: Arc<str>,
    /// Its type.
    pub stream_type: &'static str,
    /// Where it stood when the command was decided, after the commands before it in the batch.
    pub expected: StreamHead,
    /// Where it stands after the command. Equal to `expected` when it is only read.
    pub after: StreamHead,
}

/// An event that has its place in its stream.
#[derive(Debug, Clone)]
pub struct ChainedEvent {
    stream_id: Arc<str>,
    version: i64,
    hash: [u8; 32],
    draft: EventDraft,
}

/// An event before it has a place.
#[derive(Debug, Clone)]
pub struct EventDraft {
    /// Its id.
    pub event_id: Uuid,
    /// The type's name.
    pub event_type: &'static str,
    /// The version of the payload's shape.
    pub schema_version: i16,
    /// What all events that must stay in order with this one share.
    pub partition_key: Arc<str>,
    /// JSON text.
    pub payload: String,
    /// JSON text of the metadata.
    pub metadata: Arc<str>,
    /// When it happened; kept to the microsecond.
    pub occurred_at: DateTime<Utc>,
}

impl ChainedEvent {
    /// Puts `draft` at the end of the stream, and moves `head` to it.
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

    /// The stream it stands in.
    pub fn stream_id(&self) -> &str {
        &self.stream_id
    }

    /// Its place in the stream.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// Its id.
    pub fn event_id(&self) -> Uuid {
        self.draft.event_id
    }
}

/// A command's idempotency key. It is looked up, and unless it was used before, kept with the answer in the
/// transaction that appends the events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyClaim {
    /// The key, within its owner's scope.
    pub key: String,
    /// SHA-256 of the request.
    pub request_hash: [u8; 32],
    /// What to answer when the key comes again; `None` when the command was refused, and only an earlier
    /// answer matters.
    pub answer: Option<ClaimedAnswer>,
}

/// What a command answers; the position is known once it is appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedAnswer {
    /// The stream the answer names.
    pub stream_id: Arc<str>,
    /// The version it names.
    pub version: i64,
}

/// The key of a person who had none, encrypted with the platform's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubjectKey {
    /// Whose.
    pub subject_id: Uuid,
    /// See [`crate::keys`].
    pub wrapped_key: Vec<u8>,
}

/// What became of one command of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Its events are stored.
    Appended {
        /// Position of its last event; of the log's head before it when it has none.
        position: i64,
    },
    /// A stream was not where it was expected, or the command shares one with a command that was rejected.
    /// Nothing of it is stored.
    Conflict,
    /// Its idempotency key was used before. Nothing more is stored.
    Duplicate(StoredAnswer),
}

/// The answer that was given when an idempotency key was first used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// SHA-256 of the request then.
    pub request_hash: Vec<u8>,
    /// The stream the answer named.
    pub stream_id: String,
    /// The version it named.
    pub version: i64,
    /// The position it named.
    pub position: i64,
}

/// A row of the SQL function: the head before the append (command 0), or a rejected command.
#[derive(Debug, sqlx::FromRow)]
struct AppendRow {
    command: i32,
    position: Option<i64>,
    stream_id: Option<String>,
    version: Option<i64>,
    request_hash: Option<Vec<u8>>,
}

impl Store {
    /// Appends the events of `commands`, in order, in one transaction, and says what became of each.
    ///
    /// A command that follows another in the batch may expect of a stream what the other leaves behind. The
    /// same idempotency key must not stand in a batch twice.
    ///
    /// # Errors
    /// When the database fails: then nothing of the batch is stored, unless the connection broke while the
    /// commit was under way, when all or nothing is; an idempotency key tells which.
    pub async fn append(&self, commands: &[Append]) -> Result<Vec<Outcome>, Error> {
        append_on(self.pool(), commands).await
    }
}

/// Appends on a connection of the caller's, inside its transaction if it has one open. The log's head stays
/// locked until that transaction ends, so nothing else should be done in it.
///
/// # Errors
/// As [`Store::append`].
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
