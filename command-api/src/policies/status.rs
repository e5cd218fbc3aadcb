//! The progress and the state of each policy.

use std::time::Duration;

use schemas::consumer::{ConsumerState, ConsumerStatus, STALLED_AFTER, Signs};
use serde::Serialize;
use sqlx::PgPool;

use super::NAMES;

/// The status of one policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyStatus {
    /// Its name.
    pub name: String,
    /// Every event up to here was handled or has a letter.
    pub position: i64,
    /// The number of log positions behind the head. A policy that acts later, such as on an expired reservation, has a
    /// lag up to the first event that is not due yet.
    pub lag: i64,
    /// Its state. Only `rebuilding` does not apply to policies.
    pub state: ConsumerState,
    /// Events that failed too often and wait for an operator.
    pub parked: i64,
    /// All events with a letter: parked, to be retried, or waiting behind one of these.
    pub letters: i64,
    /// Why it stopped, or otherwise why the first parked event failed.
    pub error: Option<String>,
    /// Whether it runs, and whether it moves.
    #[serde(skip)]
    pub signs: Signs,
}

impl From<PolicyStatus> for ConsumerStatus {
    fn from(policy: PolicyStatus) -> Self {
        Self {
            name: policy.name,
            state: policy.state,
            position: policy.position,
            lag: policy.lag,
            parked: if policy.parked > 0 { policy.letters } else { 0 },
            error: policy.error,
        }
    }
}

/// The status of every policy, in the order of [`NAMES`].
///
/// # Errors
/// When Postgres fails.
pub async fn status(pool: &PgPool) -> Result<Vec<PolicyStatus>, sqlx::Error> {
    status_within(pool, STALLED_AFTER).await
}

/// As [`status`], with another limit than [`STALLED_AFTER`].
///
/// # Errors
/// When Postgres fails.
pub async fn status_within(pool: &PgPool, limit: Duration) -> Result<Vec<PolicyStatus>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT name AS "name!", COALESCE(c.position, 0) AS "position!",
               GREATEST(head.position - COALESCE(c.position, 0), 0) AS "lag!",
               GREATEST(head.position - COALESCE(c.read_position, 0), 0) AS "unread!",
               EXTRACT(EPOCH FROM now() - c.heartbeat_at)::float8 AS heartbeat_age_s,
               (SELECT EXTRACT(EPOCH FROM now() - GREATEST(c.updated_at, e.recorded_at))::float8
                FROM event_store.events AS e WHERE e.position = COALESCE(c.read_position, 0) + 1) AS waiting_s,
               COALESCE(c.stopped_position > c.position AND c.stop_is_fault_at > now(), false) AS "is_handed_over!",
               CASE WHEN c.stopped_position > c.position THEN c.stop_reason END AS stop_reason,
               l.parked AS "parked!", l.letters AS "letters!", parked.error
           FROM unnest($1::text[]) WITH ORDINALITY AS names (name, place)
           CROSS JOIN event_store.log_head AS head
           LEFT JOIN command.policy_checkpoints AS c ON c.policy = name
           CROSS JOIN LATERAL (
               SELECT COUNT(*) FILTER (WHERE state = 'parked') AS parked, COUNT(*) AS letters
               FROM command.policy_letters WHERE policy = name AND state <> 'skipped'
           ) AS l
           LEFT JOIN LATERAL (
               SELECT error FROM command.policy_letters
               WHERE policy = name AND state = 'parked' ORDER BY position LIMIT 1
           ) AS parked ON true
           ORDER BY place"#,
        NAMES as &[&str]
    )
    .fetch_all(pool)
    .await?;
    let statuses = rows.into_iter().map(|row| {
        // A newer release is expected to take it over.
        let is_own = !row.is_handed_over;
        let signs = Signs::of_seconds(row.heartbeat_age_s, row.waiting_s.filter(|_| is_own));
        let stop = row
            .stop_reason
            .filter(|_| is_own)
            .or_else(|| signs.fault("process", row.unread, limit));
        PolicyStatus {
            state: if stop.is_some() {
                ConsumerState::Stopped
            } else if row.parked > 0 {
                ConsumerState::Parked
            } else {
                ConsumerState::Running
            },
            error: stop.or(row.error),
            name: row.name,
            position: row.position,
            lag: row.lag,
            parked: row.parked,
            letters: row.letters,
            signs,
        }
    });
    Ok(statuses.collect())
}
