//! Retries and skips, each recorded in the transaction that carries it out.

use command_api::policies::{self, OperateError};
use projector::dead_letters::{self as projections, ParkedKey, Released};
use projector::operator_actions::{self, NewAction, Subject};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{ConsumerKind, DeadLetter, DeadLetters, Error, LetterId, State};

/// What an operator saw of a letter, without which it is not skipped.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub event_id: Uuid,
    pub attempts: i32,
}

/// The result of a retry or a skip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    /// How many events were applied.
    pub applied: u64,
    /// The position of the event that still fails, and why.
    pub failure: Option<(i64, String)>,
    /// Whether a policy tries the next event of the key within seconds.
    pub is_scheduled: bool,
}

impl From<Released> for Outcome {
    fn from(released: Released) -> Self {
        Self {
            applied: released.applied,
            failure: released.failure,
            is_scheduled: false,
        }
    }
}

impl Outcome {
    const SCHEDULED: Self = Self {
        applied: 0,
        failure: None,
        is_scheduled: true,
    };
}

impl DeadLetters {
    /// Retries the first letter of the key of `id`, and, once it succeeds, those behind it.
    pub(super) async fn retry(
        &self,
        id: &LetterId,
        by: &str,
        reason: Option<&str>,
    ) -> Result<Outcome, Error> {
        let letter = self.find(id).await?;
        let mut tx = self.pool.begin().await?;
        let outcome = match letter.kind {
            ConsumerKind::Projection => projections::retry(&mut tx, &self.store, &parked_key(&letter))
                .await
                .map(Outcome::from)
                .map_err(|error| of_projection(error, id))?,
            ConsumerKind::Policy => policies::retry(&mut tx, &letter.consumer, &letter.key)
                .await
                .map(|_| Outcome::SCHEDULED)
                .map_err(|error| of_policy(error, id))?,
        };
        record(&mut tx, &letter, ("retry", by, reason), &outcome).await?;
        tx.commit().await?;
        Ok(outcome)
    }

    /// Skips a letter that is the first of its key and as it was `seen`. The next one is tried.
    pub(super) async fn skip(
        &self,
        id: &LetterId,
        seen: Seen,
        (by, reason): (&str, &str),
    ) -> Result<Outcome, Error> {
        let letter = match self.find(id).await {
            // What the operator saw is no longer there.
            Err(Error::NotFound(id)) => return Err(Error::Moved(id)),
            letter => letter?,
        };
        if letter.state == State::Waiting {
            return Err(Error::Waits(id.to_string()));
        }
        if letter.event_id != Some(seen.event_id) {
            return Err(Error::Moved(id.to_string()));
        }
        let mut tx = self.pool.begin().await?;
        let outcome = match letter.kind {
            ConsumerKind::Projection => {
                let seen = projections::Seen {
                    position: id.position,
                    event_id: seen.event_id,
                    attempts: seen.attempts,
                };
                projections::skip(&mut tx, &self.store, &parked_key(&letter), (seen, reason))
                    .await
                    .map(Outcome::from)
                    .map_err(|error| of_projection(error, id))?
            }
            ConsumerKind::Policy => {
                let seen = policies::Seen {
                    position: id.position,
                    attempts: seen.attempts,
                };
                policies::skip(&mut tx, &letter.consumer, &letter.key, (seen, reason))
                    .await
                    .map(|()| Outcome::SCHEDULED)
                    .map_err(|error| of_policy(error, id))?
            }
        };
        record(&mut tx, &letter, ("skip", by, Some(reason)), &outcome).await?;
        tx.commit().await?;
        Ok(outcome)
    }
}

fn parked_key(letter: &DeadLetter) -> ParkedKey {
    ParkedKey {
        projection: letter.consumer.clone(),
        key: letter.key.clone(),
    }
}

async fn record(
    connection: &mut PgConnection,
    letter: &DeadLetter,
    (verb, by, reason): (&str, &str, Option<&str>),
    outcome: &Outcome,
) -> Result<(), Error> {
    let mut detail = json!({
        "position": letter.position,
        "key": letter.key,
        "event_id": letter.event_id,
        "event_type": letter.event_type,
        "applied": outcome.applied,
    });
    if let Some((position, _)) = outcome.failure {
        detail["failed_position"] = Value::from(position);
    }
    let action = NewAction {
        subject: Subject::DeadLetter,
        name: &letter.consumer,
        verb,
        by,
        reason,
        detail,
    };
    operator_actions::record(connection, &action)
        .await
        .map_err(|error| Error::Projector(Box::new(error)))
}

fn of_projection(error: projector::Error, id: &LetterId) -> Error {
    match error {
        projector::Error::NothingParked { .. } => Error::NotFound(id.to_string()),
        projector::Error::LetterMoved { .. } => Error::Moved(id.to_string()),
        projector::Error::Outdated { projection } => Error::Outdated(projection),
        projector::Error::Postgres(error) => Error::Database(error),
        error => Error::Projector(Box::new(error)),
    }
}

fn of_policy(error: OperateError, id: &LetterId) -> Error {
    match error {
        OperateError::UnknownPolicy(_) | OperateError::NoLetter { .. } => Error::NotFound(id.to_string()),
        OperateError::Moved { .. } => Error::Moved(id.to_string()),
        OperateError::Database(error) => Error::Database(error),
    }
}
