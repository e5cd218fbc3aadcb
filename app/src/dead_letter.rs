//! Dead letters: events that a projection or policy could not process, and later events of the same key, which wait behind
//! them. One list, and the same operations in the terminal (`waybill dead-letters`) and over HTTP.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use event_store::{KeyRing, Store};
use query_api::Withholding;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use uuid::Uuid;

mod bulk;
pub mod cli;
pub mod http;
mod list;
mod operate;

/// The subject of the operations: connections, and the events.
#[derive(Debug, Clone)]
pub struct DeadLetters {
    pool: PgPool,
    store: Store,
    withholding: Withholding,
}

impl DeadLetters {
    /// Uses connections as the role of the services.
    pub fn new(pool: PgPool, keys: KeyRing) -> Self {
        let store = Store::new(pool.clone());
        Self {
            pool,
            withholding: Withholding::new(store.clone(), keys),
            store,
        }
    }
}

/// What kind of consumer a dead letter belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ConsumerKind {
    /// Fills read models.
    Projection,
    /// Reacts with commands.
    Policy,
}

/// What happens next to a dead letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[schemars(rename = "DeadLetterState")]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// It failed, and waits for an operator.
    Parked,
    /// It failed, and is tried again automatically.
    Retrying,
    /// It waits behind an earlier event of its key.
    Waiting,
}

impl State {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Parked => "parked",
            Self::Retrying => "retrying",
            Self::Waiting => "waiting",
        }
    }
}

/// Identifies a dead letter: the consumer and the position of the event, as in `orders:17`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(inline)]
pub struct LetterId {
    consumer: String,
    position: i64,
}

impl fmt::Display for LetterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.consumer, self.position)
    }
}

impl TryFrom<String> for LetterId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl FromStr for LetterId {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let malformed = "must be a consumer and a position, like orders:17";
        let (consumer, position) = text.split_once(':').ok_or(malformed)?;
        let position = position.parse().map_err(|_not_a_number| malformed)?;
        if consumer.is_empty() || position < 1 {
            return Err(malformed);
        }
        Ok(Self {
            consumer: consumer.to_owned(),
            position,
        })
    }
}

/// A dead letter, without the payload of its event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, sqlx::FromRow)]
pub struct DeadLetter {
    /// Its id: consumer and position, as in `orders:17`.
    pub id: String,
    /// Whether a projection or a policy could not process it.
    pub kind: ConsumerKind,
    /// The name of the projection or policy.
    pub consumer: String,
    /// The key within which events stay in order: an order's id, or a SKU.
    pub key: String,
    /// The position of the event in the log.
    pub position: i64,
    /// The type of the event.
    pub event_type: String,
    /// The id of the event.
    pub event_id: Option<Uuid>,
    /// What happens next to it.
    pub state: State,
    /// Why the last attempt failed; null while it only waits.
    pub error: Option<String>,
    /// Failed attempts. A retry of a policy's letter begins at 0 again.
    pub attempts: i32,
    /// When it became a dead letter: the first attempt, or the beginning of its wait.
    pub created_at: DateTime<Utc>,
    /// The last attempt.
    pub last_attempt_at: Option<DateTime<Utc>>,
    /// The next automatic attempt.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// How many later events of its key wait behind it.
    pub behind: i64,
}

/// Conditions for dead letters; all of those that are given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The projection or policy.
    pub consumer: Option<String>,
    /// The type of the event.
    pub event_type: Option<String>,
    /// A part of the error, in any case.
    pub error: Option<String>,
    /// Became dead letters at this time or later.
    pub since: Option<DateTime<Utc>>,
    /// The key.
    pub key: Option<String>,
}

/// Why an operation was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No projection or policy has that name.
    #[error("there is no projection or policy `{0}`")]
    UnknownConsumer(String),
    /// It was resolved, or never existed.
    #[error("there is no dead letter `{0}`; it may have been resolved meanwhile")]
    NotFound(String),
    /// Only the first letter of a key can be skipped.
    #[error("`{0}` waits behind an earlier event of its key; skip that one first")]
    Waits(String),
    /// It is not as the operator saw it.
    #[error("`{0}` has changed since you looked at it; look at it again")]
    Moved(String),
    /// The projection's rows are of other code, so that nothing can be applied to them.
    #[error("projection `{0}` is being rebuilt; try again when it is done")]
    Outdated(String),
    /// The event store failed.
    #[error("the event cannot be read")]
    Store(#[from] event_store::Error),
    /// The projector failed.
    #[error("the projection's dead letters cannot be changed")]
    Projector(#[source] Box<projector::Error>),
    /// Postgres failed.
    #[error("the dead letters cannot be read or written")]
    Database(#[from] sqlx::Error),
}

/// The names of all consumers.
fn consumers() -> Vec<&'static str> {
    [
        projector::projection_names().as_slice(),
        command_api::policies::NAMES,
    ]
    .concat()
}

/// Fails for a name that no projection or policy has.
fn check_consumer(name: Option<&str>) -> Result<(), Error> {
    match name {
        Some(name) if !consumers().contains(&name) => Err(Error::UnknownConsumer(name.to_owned())),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn an_id_names_a_consumer_and_a_position() {
        let id: LetterId = "payment-recovery:17".parse().unwrap();
        assert_eq!((id.consumer.as_str(), id.position), ("payment-recovery", 17));
        assert_eq!(id.to_string(), "payment-recovery:17");
        for text in [
            "",
            "orders",
            "orders:",
            ":1",
            "orders:0",
            "orders:-1",
            "orders:x",
            "orders:1:2",
        ] {
            assert!(text.parse::<LetterId>().is_err(), "{text}");
        }
    }

    #[test]
    fn no_projection_and_policy_share_a_name() {
        let names: HashSet<_> = consumers().into_iter().collect();
        assert_eq!(names.len(), consumers().len());
    }
}
