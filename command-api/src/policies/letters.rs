//! Dead letters: events that a policy failed to handle, and the later events of the same key.

use std::collections::HashSet;
use std::time::Duration;

use sqlx::{PgConnection, PgPool};

use super::{Options, checkpoint};

/// The longest error text that is stored, in characters.
const ERROR_CHARS_MAX: usize = 1_000;

/// An event that becomes a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewLetter {
    pub(super) position: i64,
    pub(super) key: String,
    pub(super) event_type: String,
    /// Set if the event failed; unset if it waits behind another event of its key.
    pub(super) failure: Option<Failure>,
}

/// The outcome of a failed attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) error: String,
    pub(super) attempts: i32,
    /// The delay until the next attempt; none if the letter is parked.
    pub(super) retry_in: Option<Duration>,
}

/// A letter whose next attempt is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DueLetter {
    pub(super) position: i64,
    pub(super) key: String,
    pub(super) attempts: i32,
}

impl Failure {
    /// The failure of attempt number `attempts`, counted from 1.
    pub(super) fn new(error: &str, attempts: i32, options: &Options) -> Self {
        let exponent = u32::try_from(attempts - 1).unwrap_or_default().min(16);
        let backoff = options
            .backoff_min
            .saturating_mul(1 << exponent)
            .min(options.backoff_max);
        Self {
            error: error.chars().take(ERROR_CHARS_MAX).collect(),
            attempts,
            retry_in: (attempts < options.attempts_max).then_some(backoff),
        }
    }

    fn state(&self) -> &'static str {
        if self.retry_in.is_some() {
            "retrying"
        } else {
            "parked"
        }
    }

    fn retry_in_s(&self) -> f64 {
        self.retry_in.unwrap_or_default().as_secs_f64()
    }
}

/// The `keys` that have letters, so that their next events must wait.
pub(super) async fn blocked(
    pool: &PgPool,
    policy: &str,
    keys: &[&str],
) -> Result<HashSet<String>, sqlx::Error> {
    let blocked = sqlx::query_scalar!(
        "SELECT DISTINCT key FROM command.policy_letters
         WHERE policy = $1 AND key = ANY ($2) AND state <> 'skipped'",
        policy,
        keys as &[&str]
    )
    .fetch_all(pool)
    .await?;
    Ok(blocked.into_iter().collect())
}

/// Stores new letters. The caller holds the checkpoint's lock.
pub(super) async fn insert(
    connection: &mut PgConnection,
    policy: &str,
    letters: &[&NewLetter],
) -> Result<(), sqlx::Error> {
    for letter in letters {
        let failure = letter.failure.as_ref();
        sqlx::query!(
            "INSERT INTO command.policy_letters
                 (policy, position, key, event_type, state, attempts, next_attempt_at, error, last_attempt_at)
             VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7), $8, CASE WHEN $6 > 0 THEN now() END)
             ON CONFLICT (policy, position) DO NOTHING",
            policy,
            letter.position,
            letter.key,
            letter.event_type,
            failure.map_or("waiting", Failure::state),
            failure.map_or(0, |failure| failure.attempts),
            failure.map_or(0.0, Failure::retry_in_s),
            failure.map(|failure| failure.error.as_str())
        )
        .execute(&mut *connection)
        .await?;
    }
    let keys: Vec<&str> = letters.iter().map(|letter| letter.key.as_str()).collect();
    promote(connection, policy, &keys).await
}

/// Claims letters that are due, for the duration `lease`: if the process dies, other processes can claim them
/// afterwards.
pub(super) async fn claim(
    pool: &PgPool,
    policy: &str,
    letters_max: i64,
    lease: Duration,
) -> Result<Vec<DueLetter>, sqlx::Error> {
    sqlx::query_as!(
        DueLetter,
        "UPDATE command.policy_letters SET next_attempt_at = now() + make_interval(secs => $3)
         WHERE policy = $1 AND position IN (
             SELECT position FROM command.policy_letters
             WHERE policy = $1 AND state = 'retrying' AND next_attempt_at <= now()
             ORDER BY next_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED
         )
         RETURNING position, key, attempts",
        policy,
        letters_max,
        lease.as_secs_f64()
    )
    .fetch_all(pool)
    .await
}

/// Removes a handled letter, and makes the next one of its key due.
pub(super) async fn remove(pool: &PgPool, policy: &str, letter: &DueLetter) -> Result<(), sqlx::Error> {
    let mut tx = pool.begin().await?;
    checkpoint::lock(&mut tx, policy).await?;
    sqlx::query!(
        "DELETE FROM command.policy_letters WHERE policy = $1 AND position = $2 AND state <> 'skipped'",
        policy,
        letter.position
    )
    .execute(&mut *tx)
    .await?;
    promote(&mut tx, policy, &[&letter.key]).await?;
    tx.commit().await
}

/// Records a failed attempt, unless an operator has retried or skipped the letter since.
pub(super) async fn fail(
    pool: &PgPool,
    policy: &str,
    letter: &DueLetter,
    failure: &Failure,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE command.policy_letters
         SET state = $4, attempts = $5, next_attempt_at = now() + make_interval(secs => $6), error = $7,
             last_attempt_at = now()
         WHERE policy = $1 AND position = $2 AND state = 'retrying' AND attempts = $3",
        policy,
        letter.position,
        letter.attempts,
        failure.state(),
        failure.attempts,
        failure.retry_in_s(),
        failure.error
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Makes the first letter of each key due if it is waiting. The caller holds the checkpoint's lock.
pub(super) async fn promote(
    connection: &mut PgConnection,
    policy: &str,
    keys: &[&str],
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE command.policy_letters AS letter SET state = 'retrying', next_attempt_at = now()
         WHERE policy = $1 AND key = ANY ($2) AND state = 'waiting' AND NOT EXISTS (
             SELECT FROM command.policy_letters AS earlier
             WHERE earlier.policy = letter.policy AND earlier.key = letter.key
                 AND earlier.position < letter.position AND earlier.state <> 'skipped'
         )",
        policy,
        keys as &[&str]
    )
    .execute(connection)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_doubles_up_to_a_limit_and_then_the_letter_is_parked() {
        let options = Options {
            attempts_max: 5,
            backoff_min: Duration::from_secs(1),
            backoff_max: Duration::from_secs(5),
            ..Options::default()
        };
        let waits: Vec<Option<u64>> = (1..=6)
            .map(|attempts| {
                Failure::new("no", attempts, &options)
                    .retry_in
                    .map(|wait| wait.as_secs())
            })
            .collect();
        assert_eq!(waits, [Some(1), Some(2), Some(4), Some(5), None, None]);
        assert_eq!(Failure::new("no", 4, &options).state(), "retrying");
        assert_eq!(Failure::new("no", 5, &options).state(), "parked");
        let endless = Failure::new(&"ü".repeat(5_000), i32::MAX, &options);
        assert_eq!(endless.error.chars().count(), ERROR_CHARS_MAX);
    }
}
