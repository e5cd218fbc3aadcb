//! What operators did with dead letters, replays and consumers of the log: who, why and when.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{PgConnection, PgPool};

use crate::Error;

/// What an action was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Subject {
    /// A dead letter of a projection or policy.
    DeadLetter,
    /// The replay of a projection.
    Replay,
    /// A policy, or all projections.
    Consumer,
}

/// An action to record.
#[derive(Debug, Clone)]
pub struct NewAction<'a> {
    /// What it is done to.
    pub subject: Subject,
    /// The projection or policy.
    pub name: &'a str,
    /// What is done.
    pub verb: &'a str,
    /// Who does it.
    pub by: &'a str,
    /// Why, if that was given.
    pub reason: Option<&'a str>,
    /// What it is done to, and the result. Without payloads.
    pub detail: Value,
}

/// A recorded action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, sqlx::FromRow)]
#[schemars(rename = "OperatorAction")]
pub struct OperatorAction {
    /// Orders the actions.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who: `account ID`, or the user of a terminal.
    pub by: String,
    /// What it was done to.
    pub subject: Subject,
    /// The projection or policy.
    pub name: String,
    /// What was done: `retry`, `skip`, `start`, `pause`, `restart` …
    pub verb: String,
    /// Why, if that was given.
    pub reason: Option<String>,
    /// What it was done to, and the result.
    #[schemars(with = "serde_json::Map<String, Value>")]
    pub detail: Value,
}

/// Records an action, in the transaction that carries it out.
///
/// # Errors
/// When Postgres fails.
pub async fn record(connection: &mut PgConnection, action: &NewAction<'_>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO read_model.operator_actions (by, subject, name, verb, reason, detail) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(action.by)
    .bind(action.subject)
    .bind(action.name)
    .bind(action.verb)
    .bind(action.reason)
    .bind(&action.detail)
    .execute(connection)
    .await?;
    Ok(())
}

/// The newest actions on `subject`, or on anything, before the action with the id `before`.
///
/// # Errors
/// When Postgres fails.
pub async fn list(
    pool: &PgPool,
    subject: Option<Subject>,
    before: i64,
    limit: i64,
) -> Result<Vec<OperatorAction>, Error> {
    let actions = sqlx::query_as(
        "SELECT id, at, by, subject, name, verb, reason, detail FROM read_model.operator_actions \
         WHERE id < $1 AND ($2::text IS NULL OR subject = $2) ORDER BY id DESC LIMIT $3",
    )
    .bind(before)
    .bind(subject)
    .bind(limit);
    Ok(actions.fetch_all(pool).await?)
}
