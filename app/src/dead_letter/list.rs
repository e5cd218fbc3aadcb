//! Reads dead letters. Every statement reads projections and policies in one snapshot, so that a count is the number of
//! rows at that moment.

use serde_json::value::RawValue;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{DeadLetter, DeadLetters, Error, Filter, LetterId, check_consumer};

/// How many waiting letters are returned with the one that they wait behind.
const BEHIND_MAX: i64 = 20;

/// Unresolved letters of both kinds.
const LETTERS: &str = "\
    SELECT 'projection' AS kind, projection AS consumer, key, position, event_type, event_id, \
        CASE state WHEN 'poison' THEN 'parked' ELSE state END AS state, \
        CASE WHEN state = 'waiting' THEN NULL ELSE reason END AS error, attempts, parked_at AS created_at, \
        last_attempt_at, NULL::timestamptz AS next_attempt_at \
    FROM read_model.dead_letters WHERE state <> 'skipped' \
    UNION ALL \
    SELECT 'policy', policy, key, position, event_type, \
        (SELECT event_id FROM event_store.events AS e WHERE e.position = letter.position), \
        state, error, attempts, created_at, last_attempt_at, \
        CASE WHEN state = 'retrying' THEN next_attempt_at END \
    FROM command.policy_letters AS letter WHERE state <> 'skipped'";

/// The conditions of a filter, as parameters 1 to 5.
const CONDITIONS: &str = "\
    ($1::text IS NULL OR consumer = $1) AND ($2::text IS NULL OR event_type = $2) \
    AND ($3::text IS NULL OR position(lower($3) IN lower(error)) > 0) \
    AND ($4::timestamptz IS NULL OR created_at >= $4) AND ($5::text IS NULL OR key = $5)";

/// The columns of [`DeadLetter`].
const COLUMNS: &str = "consumer || ':' || position AS id, kind, consumer, key, position, event_type, event_id, state, \
    error, attempts, created_at, last_attempt_at, next_attempt_at, \
    (SELECT COUNT(*) FROM letters AS later WHERE later.consumer = letter.consumer AND later.key = letter.key \
     AND later.position > letter.position) AS behind";

/// Where a page begins: after this position and consumer.
pub(super) type Place = (i64, String);

/// Dead letters that meet the conditions, by position.
#[derive(Debug)]
pub(super) struct Found {
    pub letters: Vec<DeadLetter>,
    /// How many meet the conditions, on this page and others.
    pub count: i64,
    /// Where the next page begins.
    pub next: Option<Place>,
}

/// A dead letter with its event and what waits behind it.
#[derive(Debug)]
pub(super) struct Opened {
    pub letter: DeadLetter,
    /// None if the log does not have it.
    pub event: Option<Event>,
    /// The first of them.
    pub behind: Vec<DeadLetter>,
}

/// The event of a dead letter.
#[derive(Debug)]
pub(super) struct Event {
    pub stream_id: String,
    pub correlation_id: Option<Uuid>,
    pub payload: Box<RawValue>,
}

impl DeadLetters {
    /// The dead letters that meet the conditions of `filter`, from `place`, at most `limit`.
    pub(super) async fn list(&self, filter: &Filter, place: Place, limit: i64) -> Result<Found, Error> {
        check_consumer(filter.consumer.as_deref())?;
        let mut tx = self.pool.begin().await?;
        sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .execute(&mut *tx)
            .await?;
        let statement = format!(
            "WITH letters AS ({LETTERS}) SELECT {COLUMNS} FROM letters AS letter \
             WHERE {CONDITIONS} AND (position, consumer COLLATE \"C\") > ($6, $7) \
             ORDER BY position, consumer COLLATE \"C\" LIMIT $8"
        );
        let mut letters: Vec<DeadLetter> = sqlx::query_as(AssertSqlSafe(statement))
            .bind(&filter.consumer)
            .bind(&filter.event_type)
            .bind(&filter.error)
            .bind(filter.since)
            .bind(&filter.key)
            .bind(place.0)
            .bind(&place.1)
            .bind(limit + 1)
            .fetch_all(&mut *tx)
            .await?;
        let statement =
            format!("WITH letters AS ({LETTERS}) SELECT COUNT(*) FROM letters WHERE {CONDITIONS}");
        let count = sqlx::query_scalar(AssertSqlSafe(statement))
            .bind(&filter.consumer)
            .bind(&filter.event_type)
            .bind(&filter.error)
            .bind(filter.since)
            .bind(&filter.key)
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        let has_more = letters.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if has_more {
            letters.pop();
        }
        let next = letters.last().filter(|_| has_more);
        let next = next.map(|last| (last.position, last.consumer.clone()));
        Ok(Found { letters, count, next })
    }

    /// One dead letter, if it is not resolved.
    pub(super) async fn find(&self, id: &LetterId) -> Result<DeadLetter, Error> {
        let statement = format!(
            "WITH letters AS ({LETTERS}) SELECT {COLUMNS} FROM letters AS letter \
             WHERE consumer = $1 AND position = $2"
        );
        let letter = sqlx::query_as(AssertSqlSafe(statement))
            .bind(&id.consumer)
            .bind(id.position)
            .fetch_optional(&self.pool)
            .await?;
        letter.ok_or_else(|| Error::NotFound(id.to_string()))
    }

    /// One dead letter with its event and what waits behind it.
    pub(super) async fn open(&self, id: &LetterId) -> Result<Opened, Error> {
        let letter = self.find(id).await?;
        let statement = format!(
            "WITH letters AS ({LETTERS}) SELECT {COLUMNS} FROM letters AS letter \
             WHERE consumer = $1 AND key = $2 AND position > $3 ORDER BY position LIMIT $4"
        );
        let behind = sqlx::query_as(AssertSqlSafe(statement))
            .bind(&letter.consumer)
            .bind(&letter.key)
            .bind(letter.position)
            .bind(BEHIND_MAX)
            .fetch_all(&self.pool)
            .await?;
        let events = self.store.read_at(&[letter.position]).await?;
        let event = self.withholding.apply_all(events).await?.pop();
        let event = event.map(|event| {
            let metadata: Option<schemas::envelope::Metadata> =
                serde_json::from_str(event.metadata.get()).ok();
            Event {
                stream_id: event.stream_id,
                correlation_id: metadata.map(|metadata| metadata.correlation_id),
                payload: event.payload,
            }
        });
        Ok(Opened {
            letter,
            event,
            behind,
        })
    }

    /// Consumer and key of every key whose first letter is parked and has a letter that meets the conditions; at most
    /// `limit`, by position.
    pub(super) async fn parked_keys(&self, filter: &Filter, limit: i64) -> Result<Vec<ParkedKey>, Error> {
        check_consumer(filter.consumer.as_deref())?;
        let statement = format!(
            "WITH letters AS ({LETTERS}) \
             SELECT consumer || ':' || MIN(position) AS first_id, COUNT(*) AS letters FROM letters AS letter \
             GROUP BY consumer, key \
             HAVING bool_or(state = 'parked') AND bool_or({CONDITIONS}) ORDER BY MIN(position), consumer LIMIT $6"
        );
        let keys = sqlx::query_as(AssertSqlSafe(statement))
            .bind(&filter.consumer)
            .bind(&filter.event_type)
            .bind(&filter.error)
            .bind(filter.since)
            .bind(&filter.key)
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        Ok(keys)
    }
}

/// A key whose first letter is parked.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct ParkedKey {
    /// The id of its first letter.
    pub first_id: String,
    /// How many letters it has.
    pub letters: i64,
}
