//! Parked events: those that could not be applied, and those that wait behind them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use platform::telemetry::TraceContext;
use sqlx::PgConnection;

use crate::decoded_event::DecodedEvent;
use crate::registry::{self, Registration, Table};
use crate::upsert::upsert;

/// The parked keys, by projection. Further events of a parked key are parked too, so that they are applied in order
/// later.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parking {
    /// The number of changes by others (a retry, a skip or a rebuild) when the parked events were read.
    pub revision: i64,
    keys: HashMap<String, HashSet<String>>,
    /// Positions that an operator chose to skip; only a rebuild encounters them again.
    skipped: HashSet<(String, i64)>,
}

/// The state of a parked event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LetterState {
    /// It failed to apply.
    Poison,
    /// It waits behind one that failed.
    Waiting,
}

/// An event to be parked.
#[derive(Debug, Clone)]
pub(crate) struct Parked {
    pub projection: &'static str,
    pub position: i64,
    pub key: String,
    pub event_id: uuid::Uuid,
    pub event_type: String,
    pub state: LetterState,
    pub reason: String,
    /// The trace that it belongs to, if that is sampled.
    pub trace: Option<TraceContext>,
}

impl Parked {
    /// Parks `decoded` for `projection`.
    pub fn new(projection: &'static str, decoded: &DecodedEvent, state: LetterState, reason: String) -> Self {
        Self {
            projection,
            position: decoded.position,
            key: decoded.key.clone(),
            event_id: decoded.event_id,
            event_type: decoded.event_type.clone(),
            state,
            reason,
            trace: decoded.trace,
        }
    }
}

impl Parking {
    /// Loads the parked events of `members`.
    pub async fn load(
        connection: &mut PgConnection,
        members: &[&'static Registration],
    ) -> Result<Self, sqlx::Error> {
        let names = registry::names(members);
        let revision: Option<i64> = sqlx::query_scalar(
            "SELECT SUM(parking_revision)::bigint FROM checkpoints WHERE projection = ANY ($1)",
        )
        .bind(&names)
        .fetch_one(&mut *connection)
        .await?;
        let rows: Vec<(String, String, i64, String)> = sqlx::query_as(
            "SELECT projection, key, position, state FROM dead_letters WHERE projection = ANY ($1)",
        )
        .bind(&names)
        .fetch_all(connection)
        .await?;
        let mut parking = Self {
            revision: revision.unwrap_or_default(),
            ..Self::default()
        };
        for (projection, key, position, state) in rows {
            if state == "skipped" {
                parking.skipped.insert((projection, position));
            } else {
                parking.keys.entry(projection).or_default().insert(key);
            }
        }
        Ok(parking)
    }

    /// Whether events of `key` wait in `projection`.
    pub fn is_parked(&self, projection: &str, key: &str) -> bool {
        // Usually nothing is parked at all.
        !self.keys.is_empty() && self.keys.get(projection).is_some_and(|keys| keys.contains(key))
    }

    /// Whether an operator chose to skip the event at `position`.
    pub fn is_skipped(&self, projection: &str, position: i64) -> bool {
        !self.skipped.is_empty() && self.skipped.contains(&(projection.to_owned(), position))
    }

    /// Parks a key. Returns whether it is newly parked.
    pub fn park(&mut self, projection: &str, key: &str) -> bool {
        self.keys
            .entry(projection.to_owned())
            .or_default()
            .insert(key.to_owned())
    }
}

const DEAD_LETTERS: Table = Table {
    name: "dead_letters",
    key: &["projection", "position"],
};

upsert! {
    /// Writes parked events.
    pub(crate) fn write(row: &Parked) into DEAD_LETTERS on conflict Keep {
        projection: &'static str as "text" = row.projection,
        position: i64 as "bigint" = row.position,
        key: &'rows str as "text" = &row.key,
        event_id: uuid::Uuid as "uuid" = row.event_id,
        event_type: &'rows str as "text" = &row.event_type,
        state: &'static str as "text" = match row.state {
            LetterState::Poison => "poison",
            LetterState::Waiting => "waiting",
        },
        reason: &'rows str as "text" = &row.reason,
        attempts: i32 as "integer" = i32::from(row.state == LetterState::Poison),
        last_attempt_at: Option<DateTime<Utc>> as "timestamptz" = (row.state == LetterState::Poison).then(Utc::now),
    }
}
