//! The executor: decides commands in sequence over cached state, and commits them in batches.
//!
//! One task takes commands from a bounded queue, decides each against the state that results from the commands before
//! it, appends the events of all of them in one statement, and answers each caller. While one batch commits, the next
//! one is decided. Throughput comes from the size of the batches and not from parallel writers, so a contended stock
//! item is no slower than any other.
//!
//! Several processes may run one executor each. Optimistic concurrency isolates them: a command whose expected versions
//! are stale is decided again on fresh state, a bounded number of times.
//!
//! **Architecture Invariant:** nothing is answered before its events are committed, and a rejection is answered
//! only after the store has confirmed that the state it rests on was current.

use std::num::NonZeroUsize;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{Command, StreamId, StreamState};
use event_store::{NewSubjectKey, Store};
use platform::clock::Clock;
use schemas::envelope::Actor;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::metrics::CommandSpan;

mod answers;
mod backlog;
mod batch_decision;
mod pending;
mod streams;
mod worker;

/// Limits of the executor.
#[derive(Debug, Clone)]
pub struct Options {
    /// Commands that may wait; further ones are refused at once.
    pub queue_len_max: usize,
    /// Commands appended by one statement.
    pub batch_commands_max: usize,
    /// Events after which a batch accepts no further command.
    pub batch_events_max: usize,
    /// How often a command is decided before it is answered with a conflict.
    pub attempts_max: u32,
    /// Streams whose state is kept in memory.
    pub cached_streams_max: NonZeroUsize,
    /// Answers cached by idempotency key, to avoid queries to the store.
    pub cached_answers_max: NonZeroUsize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            queue_len_max: 4_096,
            batch_commands_max: 256,
            batch_events_max: 4_000,
            attempts_max: 10,
            cached_streams_max: const { NonZeroUsize::new(100_000).unwrap() },
            cached_answers_max: const { NonZeroUsize::new(20_000).unwrap() },
        }
    }
}

/// The executor's connections to the event store. It loads streams while a batch is being appended, so it needs
/// two.
#[derive(Debug, Clone)]
pub struct Stores {
    /// Appends events. Its own session is best: the same backend then keeps its plans and caches warm.
    pub append: Store,
    /// Loads streams.
    pub load: Store,
}

impl From<Store> for Stores {
    fn from(store: Store) -> Self {
        Self {
            append: store.clone(),
            load: store,
        }
    }
}

/// A command with its metadata.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The command to decide.
    pub command: Command,
    /// Makes repeating the command safe.
    pub idempotency: Option<Idempotency>,
    /// Who submits it.
    pub actor: Actor,
    /// When it happened, for historical records; otherwise it happens now.
    pub occurred_at: Option<DateTime<Utc>>,
    /// The event that caused it; none for an external request.
    pub cause: Option<Cause>,
    /// W3C trace context of the request.
    pub traceparent: Option<String>,
    /// New subject keys of the people whose data this command is the first to seal.
    pub new_keys: Vec<NewSubjectKey>,
}

/// The event that caused a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// The event.
    pub event_id: Uuid,
    /// The event's correlation id, which the command's events inherit.
    pub correlation_id: Uuid,
}

/// An idempotency key and the request it identifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    /// The owner of the key, such as an account; it separates the keys of different callers.
    pub scope: String,
    /// The key as the caller chose it.
    pub key: String,
    /// SHA-256 of the request, so that reuse of the key for another request is detected.
    pub request_hash: [u8; 32],
}

impl Idempotency {
    /// The key as it is stored: the scope followed by the key.
    fn stored_key(&self) -> String {
        format!("{}/{}", self.scope, self.key)
    }
}

/// The answer to an accepted command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The id of the stream the command is about.
    pub stream_id: Arc<str>,
    /// That stream's version after the command.
    pub version: i64,
    /// Position of the command's last event: a reader that has reached it sees the command's result.
    pub position: i64,
    /// The stream's state right after the command; none when this is the answer to an earlier command with
    /// the same idempotency key.
    pub state: Option<StreamState>,
}

impl Accepted {
    /// Whether this is the answer to an earlier command with the same idempotency key.
    pub fn is_replayed(&self) -> bool {
        self.state.is_none()
    }
}

/// Why a command was not accepted.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// A business rule rejects it. Nothing has changed.
    #[error(transparent)]
    Rejected(#[from] domain::Error),
    /// Too many commands are waiting.
    #[error("too many commands are waiting")]
    QueueFull,
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// Other processes kept changing the same streams.
    #[error("other commands changed the same streams, {attempts} times in a row")]
    Conflict {
        /// How often it was decided.
        attempts: u32,
    },
    /// The store cannot be reached. Whether the command was stored is unknown; repeating it with the same key is safe.
    #[error("the event store cannot be reached")]
    Unavailable,
    /// The service is stopping; the command was not decided.
    #[error("the service is stopping")]
    Stopping,
    /// A bug or damaged data; the log has the details.
    #[error("the command could not be executed")]
    Internal(Arc<dyn std::error::Error + Send + Sync>),
}

/// A cheap handle to the executor.
#[derive(Debug, Clone)]
pub struct Executor {
    queue: mpsc::Sender<Waiting>,
}

/// A command in the queue.
#[derive(Debug)]
struct Waiting {
    submission: Submission,
    attempts: u32,
    span: CommandSpan,
    answer: oneshot::Sender<Result<Accepted, Error>>,
}

impl Waiting {
    /// A command for the queue, and where its answer arrives.
    fn new(mut submission: Submission) -> (Self, oneshot::Receiver<Result<Accepted, Error>>) {
        let (answer, answered) = oneshot::channel();
        let waiting = Self {
            span: CommandSpan::start(&mut submission),
            submission,
            attempts: 0,
            answer,
        };
        (waiting, answered)
    }

    /// Sends the answer. A caller that has disconnected gets it by repeating the command with the same key.
    fn answer(self, answer: Result<Accepted, Error>) {
        self.span.answered(&answer);
        let _gone = self.answer.send(answer);
    }
}

impl Executor {
    /// Starts the executor's task. It ends when `shutdown` is cancelled and the queue is empty.
    pub fn start(
        options: Options,
        stores: impl Into<Stores>,
        clock: Arc<dyn Clock>,
        shutdown: CancellationToken,
    ) -> (Self, tokio::task::JoinHandle<()>) {
        let (queue, waiting) = mpsc::channel(options.queue_len_max);
        let worker = worker::Worker::new(options, stores.into(), clock, waiting, shutdown);
        (Self { queue }, tokio::spawn(worker.run()))
    }

    /// Decides and stores one command.
    ///
    /// # Errors
    /// See [`Error`]. Only after [`Error::Unavailable`] is it unknown whether the command was stored.
    pub async fn execute(&self, submission: Submission) -> Result<Accepted, Error> {
        let (waiting, answered) = Waiting::new(submission);
        self.queue.try_send(waiting).map_err(|error| {
            let (waiting, error) = match error {
                mpsc::error::TrySendError::Full(waiting) => (waiting, Error::QueueFull),
                mpsc::error::TrySendError::Closed(waiting) => (waiting, Error::Stopping),
            };
            waiting.span.refused(&error);
            error
        })?;
        answered.await.unwrap_or(Err(Error::Stopping))
    }

    /// Like [`Self::execute`], but waits for room in the queue: for tools that submit more than fits.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn execute_when_free(&self, submission: Submission) -> Result<Accepted, Error> {
        let (waiting, answered) = Waiting::new(submission);
        self.queue.send(waiting).await.map_err(|_| Error::Stopping)?;
        answered.await.unwrap_or(Err(Error::Stopping))
    }

    /// How many commands wait.
    pub fn queue_len(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }
}

/// The text form of a stream's id.
fn stream_key(stream: &StreamId) -> Arc<str> {
    stream.to_string().into()
}
