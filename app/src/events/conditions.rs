//! Conditions for events, as options.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::Args;
use domain::Event;
use event_store::Store;
use event_store::browse::{ActorFilter, EventFilter, PositionRange};
use uuid::Uuid;

use crate::exit::Failure;

/// Conditions that an event must meet; all of those that are given.
#[derive(Debug, Args)]
pub struct Conditions {
    /// Only events of this stream, e.g. stock-85123A.
    #[arg(long, value_name = "STREAM")]
    stream: Option<String>,
    /// Only events of this type, e.g. OrderPlaced (can be repeated).
    #[arg(long = "type", value_name = "TYPE", value_parser = event_type)]
    event_types: Vec<String>,
    /// Only events with this correlation id, which all events of an order share.
    #[arg(long, value_name = "ID")]
    correlation: Option<Uuid>,
    /// Only events of commands by account:ID, guest, policy, policy:NAME, tool or tool:NAME.
    #[arg(long, value_name = "ACTOR")]
    actor: Option<ActorFilter>,
}

/// The time in which events were recorded.
#[derive(Debug, Args)]
pub struct Period {
    /// Only events recorded at this time or later: 2026-03-01T09:30:00Z, or 2026-03-01 (UTC).
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<DateTime<Utc>>,
    /// Only events recorded before this time.
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<DateTime<Utc>>,
}

impl Conditions {
    /// As the event store takes them.
    pub fn filter(&self) -> EventFilter {
        EventFilter {
            stream_id: self.stream.clone(),
            event_types: self.event_types.clone(),
            correlation_id: self.correlation,
            actor: self.actor.clone(),
        }
    }
}

impl Period {
    /// Its positions, up to the newest event.
    pub async fn range(&self, store: &Store) -> anyhow::Result<PositionRange> {
        if let (Some(since), Some(until)) = (self.since, self.until)
            && since >= until
        {
            return Err(Failure::BadInput("--since must be before --until".to_owned()).into());
        }
        let first = match self.since {
            Some(since) => store.position_before(since).await? + 1,
            None => 1,
        };
        let last = match self.until {
            Some(until) => store.position_before(until).await?,
            None => store.head().await?,
        };
        Ok(PositionRange { first, last })
    }
}

fn event_type(text: &str) -> Result<String, String> {
    if Event::types().any(|known| known.name == text) {
        return Ok(text.to_owned());
    }
    let names: Vec<&str> = Event::types().map(|known| known.name).collect();
    Err(format!(
        "there is no such event type; there are {}",
        names.join(", ")
    ))
}

/// Reads a time, or a date, which is its first moment in UTC.
pub fn time(text: &str) -> Result<DateTime<Utc>, String> {
    let date = text
        .parse::<NaiveDate>()
        .map(|date| date.and_time(NaiveTime::MIN).and_utc());
    date.or_else(|_not_a_date| text.parse())
        .map_err(|_malformed: chrono::ParseError| {
            "must be like 2026-03-01T09:30:00Z or 2026-03-01".to_owned()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_and_without_a_time_of_day() {
        for (text, expected) in [
            ("2026-03-01", "2026-03-01T00:00:00Z"),
            ("2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z"),
            ("2026-03-01T10:30:00+01:00", "2026-03-01T09:30:00Z"),
        ] {
            assert_eq!(time(text), Ok(expected.parse().unwrap()), "{text}");
        }
        for text in ["", "yesterday", "2026-02-30", "2026-03-01T09:30:00"] {
            assert!(time(text).is_err(), "{text}");
        }
    }
}
