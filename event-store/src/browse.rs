//! Search of the log by conditions, page by page.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use schemas::envelope::{Metadata, RecordedEvent};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use crate::store::{COLUMNS, EventRow};
use crate::{Error, Store};

/// Numbers of positions that a page searches, one after the other, until it is full. The first holds a page without
/// conditions; together they bound the time of a page whose conditions match rarely.
const SPANS: [i64; 3] = [1_000, 9_000, 40_000];

/// Conditions for events; an event must meet all of them.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// Only events of this stream.
    pub stream_id: Option<String>,
    /// Only events of these types; of all types if empty.
    pub event_types: Vec<String>,
    /// Only events with this correlation id.
    pub correlation_id: Option<Uuid>,
    /// Only events of commands that this actor submitted.
    pub actor: Option<ActorFilter>,
}

/// A submitter of commands, written as `account:ID`, `guest`, `policy`, `policy:NAME`, `tool` or `tool:NAME`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActorFilter {
    /// One account.
    Account(Uuid),
    /// All guests.
    Guest,
    /// One policy, or all.
    Policy(Option<String>),
    /// One tool of the operator, or all.
    Tool(Option<String>),
}

/// A text that names no actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be `account:ID`, `guest`, `policy`, `policy:NAME`, `tool` or `tool:NAME`")]
pub struct UnknownActor;

impl FromStr for ActorFilter {
    type Err = UnknownActor;

    fn from_str(text: &str) -> Result<Self, UnknownActor> {
        let (kind, name) = match text.split_once(':') {
            Some((kind, name)) if !name.is_empty() => (kind, Some(name.to_owned())),
            Some(_) => return Err(UnknownActor),
            None => (text, None),
        };
        match (kind, name) {
            ("account", Some(id)) => id.parse().map(Self::Account).map_err(|_not_an_id| UnknownActor),
            ("guest", None) => Ok(Self::Guest),
            ("policy", name) => Ok(Self::Policy(name)),
            ("tool", name) => Ok(Self::Tool(name)),
            _ => Err(UnknownActor),
        }
    }
}

impl fmt::Display for ActorFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "account:{id}"),
            Self::Guest => f.write_str("guest"),
            Self::Policy(None) => f.write_str("policy"),
            Self::Policy(Some(name)) => write!(f, "policy:{name}"),
            Self::Tool(None) => f.write_str("tool"),
            Self::Tool(Some(name)) => write!(f, "tool:{name}"),
        }
    }
}

/// Positions from `first` to `last`, both included; none if `last` is less than `first`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PositionRange {
    /// The first position.
    pub first: i64,
    /// The last position.
    pub last: i64,
}

/// The order of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// By position, from the first.
    Forwards,
    /// By position, from the last.
    Backwards,
}

/// Some of the events that meet the conditions.
#[derive(Debug)]
pub struct EventPage {
    /// The events, in the direction of the search.
    pub events: Vec<RecordedEvent>,
    /// The positions that have not been searched; none if the search is over. A page may hold fewer events than asked for,
    /// or none, and still leave positions.
    pub rest: Option<PositionRange>,
}

/// What an event resulted from, and what resulted from it.
#[derive(Debug)]
pub struct RelatedEvents {
    /// The event to which a policy reacted; none for a request from outside.
    pub cause: Option<RecordedEvent>,
    /// The first events that resulted from it.
    pub effects: Vec<RecordedEvent>,
    /// The number of all events that resulted from it.
    pub effect_count: i64,
}

impl PositionRange {
    fn is_empty(self) -> bool {
        self.last < self.first
    }

    /// Splits off the first `span` positions in the direction of the search.
    fn split(self, direction: Direction, span: i64) -> (Self, Self) {
        match direction {
            Direction::Forwards => {
                let last = self.last.min(self.first.saturating_add(span - 1));
                (
                    Self { last, ..self },
                    Self {
                        first: last + 1,
                        ..self
                    },
                )
            }
            Direction::Backwards => {
                let first = self.first.max(self.last.saturating_sub(span - 1));
                (
                    Self { first, ..self },
                    Self {
                        last: first - 1,
                        ..self
                    },
                )
            }
        }
    }

    /// What is left after the event at `position`.
    fn after(self, direction: Direction, position: i64) -> Self {
        match direction {
            Direction::Forwards => Self {
                first: position + 1,
                ..self
            },
            Direction::Backwards => Self {
                last: position - 1,
                ..self
            },
        }
    }
}

impl Store {
    /// Searches `range` for events that meet the conditions, and returns at most `limit` of them. A stream and a
    /// correlation id have an index; any other search ends after 50,000 positions, even if it found nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn browse(
        &self,
        filter: &EventFilter,
        range: PositionRange,
        direction: Direction,
        limit: i64,
    ) -> Result<EventPage, Error> {
        let range = PositionRange {
            first: range.first.max(1),
            last: range.last.min(self.head().await?),
        };
        let is_indexed = filter.stream_id.is_some() || filter.correlation_id.is_some();
        let spans: &[i64] = if is_indexed { &[i64::MAX] } else { &SPANS };
        let mut events: Vec<RecordedEvent> = Vec::new();
        let mut rest = range;
        for span in spans {
            if rest.is_empty() {
                break;
            }
            let (searched, after) = rest.split(direction, *span);
            let missing = limit - i64::try_from(events.len()).unwrap_or(limit);
            events.extend(self.find(filter, searched, direction, missing).await?);
            rest = after;
            if let Some(last) = events.last().filter(|_| i64::try_from(events.len()) == Ok(limit)) {
                rest = range.after(direction, last.position);
                break;
            }
        }
        Ok(EventPage {
            events,
            rest: (!rest.is_empty()).then_some(rest),
        })
    }

    async fn find(
        &self,
        filter: &EventFilter,
        range: PositionRange,
        direction: Direction,
        limit: i64,
    ) -> Result<Vec<RecordedEvent>, Error> {
        let mut sql = QueryBuilder::<Postgres>::new("SELECT ");
        sql.push(COLUMNS)
            .push(" FROM event_store.events WHERE position >= ");
        sql.push_bind(range.first)
            .push(" AND position <= ")
            .push_bind(range.last);
        if let Some(stream_id) = &filter.stream_id {
            sql.push(" AND stream_id = ").push_bind(stream_id.clone());
        }
        if let Some(id) = filter.correlation_id {
            sql.push(" AND (metadata ->> 'correlation_id')::uuid = ")
                .push_bind(id);
        }
        if !filter.event_types.is_empty() {
            sql.push(" AND event_type = ANY (")
                .push_bind(filter.event_types.clone())
                .push(")");
        }
        if let Some(actor) = &filter.actor {
            actor.push(&mut sql);
        }
        // The index of the stream is in the order of versions, which is also that of positions.
        let key = if filter.stream_id.is_some() {
            "version"
        } else {
            "position"
        };
        sql.push(" ORDER BY ").push(key).push(match direction {
            Direction::Forwards => " LIMIT ",
            Direction::Backwards => " DESC LIMIT ",
        });
        sql.push_bind(limit);
        let rows: Vec<EventRow> = sql.build_query_as().fetch_all(self.pool()).await?;
        rows.into_iter().map(RecordedEvent::try_from).collect()
    }

    /// The position of the last event that was recorded before `time`; 0 if there is none. Reads about 20 events: the
    /// time of recording grows with the position, unless the database's clock was set back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn position_before(&self, time: DateTime<Utc>) -> Result<i64, Error> {
        let position = sqlx::query_scalar(
            "WITH RECURSIVE bisection (low, high) AS ( \
                 SELECT 0::bigint, position FROM event_store.log_head \
                 UNION ALL \
                 SELECT CASE WHEN event.recorded_at < $1 THEN event.position ELSE bisection.low END, \
                        CASE WHEN event.recorded_at < $1 THEN bisection.high ELSE event.position - 1 END \
                 FROM bisection \
                 JOIN event_store.events AS event ON event.position = (bisection.low + bisection.high + 1) / 2 \
                 WHERE bisection.low < bisection.high \
             ) \
             SELECT low FROM bisection WHERE low = high",
        );
        Ok(position.bind(time).fetch_one(self.pool()).await?)
    }

    /// The event that led to the command of `event`, and the events that resulted from `event`, by position: at most
    /// `effects_max` of them, and their number. Only policies submit commands because of an event, and an event has the correlation
    /// id of its cause.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn related(
        &self,
        event_id: Uuid,
        metadata: &Metadata,
        effects_max: i64,
    ) -> Result<RelatedEvents, Error> {
        let correlated = format!(
            "SELECT {COLUMNS} FROM event_store.events WHERE (metadata ->> 'correlation_id')::uuid = $1"
        );
        let cause: Option<EventRow> =
            sqlx::query_as(sqlx::AssertSqlSafe(format!("{correlated} AND event_id = $2")))
                .bind(metadata.correlation_id)
                .bind(metadata.causation_id)
                .fetch_optional(self.pool())
                .await?;
        let effects = format!("{correlated} AND metadata ->> 'causation_id' = $2 ORDER BY position LIMIT $3");
        let effects: Vec<EventRow> = sqlx::query_as(sqlx::AssertSqlSafe(effects))
            .bind(metadata.correlation_id)
            .bind(event_id.to_string())
            .bind(effects_max)
            .fetch_all(self.pool())
            .await?;
        let effect_count = sqlx::query_scalar(
            "SELECT COUNT(*) FROM event_store.events \
             WHERE (metadata ->> 'correlation_id')::uuid = $1 AND metadata ->> 'causation_id' = $2",
        );
        Ok(RelatedEvents {
            cause: cause.map(RecordedEvent::try_from).transpose()?,
            effects: effects
                .into_iter()
                .map(RecordedEvent::try_from)
                .collect::<Result<_, _>>()?,
            effect_count: effect_count
                .bind(metadata.correlation_id)
                .bind(event_id.to_string())
                .fetch_one(self.pool())
                .await?,
        })
    }

    /// The position of the event with this id. Without an index: reads the whole log at worst.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn position_of(&self, event_id: Uuid) -> Result<Option<i64>, Error> {
        let position = sqlx::query_scalar("SELECT position FROM event_store.events WHERE event_id = $1");
        Ok(position.bind(event_id).fetch_optional(self.pool()).await?)
    }
}

impl ActorFilter {
    fn push(&self, sql: &mut QueryBuilder<Postgres>) {
        let (kind, field, value) = match self {
            Self::Account(id) => ("account", "account_id", Some(id.to_string())),
            Self::Guest => ("guest", "name", None),
            Self::Policy(name) => ("policy", "name", name.clone()),
            Self::Tool(name) => ("tool", "name", name.clone()),
        };
        sql.push(" AND metadata -> 'actor' ->> 'kind' = ").push_bind(kind);
        if let Some(value) = value {
            sql.push(" AND metadata -> 'actor' ->> ")
                .push_bind(field)
                .push(" = ")
                .push_bind(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_are_written_as_they_are_read() {
        let id = "account:0198c0de-0000-7000-8000-000000000001";
        for text in [id, "guest", "policy", "policy:capture", "tool", "tool:import"] {
            assert_eq!(
                text.parse::<ActorFilter>().map(|actor| actor.to_string()),
                Ok(text.to_owned())
            );
        }
        for text in ["", "account", "account:me", "guest:1", "policy:", "robot"] {
            assert_eq!(text.parse::<ActorFilter>(), Err(UnknownActor), "{text}");
        }
    }

    #[test]
    fn spans_cover_a_range_without_a_gap() {
        let range = PositionRange { first: 3, last: 10 };
        for direction in [Direction::Forwards, Direction::Backwards] {
            let (mut rest, mut seen) = (range, Vec::new());
            while !rest.is_empty() {
                let (searched, after) = rest.split(direction, 3);
                seen.extend(searched.first..=searched.last);
                rest = after;
            }
            seen.sort_unstable();
            assert_eq!(seen, (3..=10).collect::<Vec<_>>(), "{direction:?}");
        }
    }
}
