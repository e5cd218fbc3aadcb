//! Decoded events with their place in the log, as projections use them.

use chrono::{DateTime, Utc};
use domain::Event;
use platform::causes::with_causes;
use platform::telemetry::TraceContext;
use schemas::codec;
use schemas::envelope::RecordedEvent;
use uuid::Uuid;

/// An event with its envelope.
#[derive(Debug)]
pub(crate) struct DecodedEvent {
    /// Its position in the log.
    pub position: i64,
    /// Its version in its stream.
    pub version: i64,
    /// Its id.
    pub event_id: Uuid,
    /// Its type's name.
    pub event_type: String,
    /// The key within which events stay in order: the order's id, or the SKU.
    pub key: String,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When it was stored.
    pub recorded_at: DateTime<Utc>,
    /// The trace that it belongs to, if that is sampled.
    pub trace: Option<TraceContext>,
    /// The decoded event, or the reason why it cannot be read.
    pub event: Result<Event, Unreadable>,
}

/// Why an event cannot be read, as text for the dead letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Unreadable(pub String);

/// An event of a newer release than this one. It must never be skipped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {position} is of a newer release: {reason}")]
pub struct NewerVersion {
    /// Its position in the log.
    pub position: i64,
    /// What this release does not know, its type or its version.
    pub reason: String,
}

impl DecodedEvent {
    /// Decodes `recorded`.
    ///
    /// # Errors
    /// When it was written by a newer release. An event that is unreadable for another reason is returned with the
    /// reason, so that it can be parked.
    pub fn decode(recorded: RecordedEvent) -> Result<Self, NewerVersion> {
        let event = decode(&recorded)?;
        Ok(Self {
            position: recorded.position,
            version: recorded.version,
            event_id: recorded.event_id,
            event_type: recorded.event_type,
            key: recorded.partition_key,
            occurred_at: recorded.occurred_at,
            recorded_at: recorded.recorded_at,
            trace: TraceContext::sampled_in_metadata(recorded.metadata.get()),
            event,
        })
    }

    /// Like [`Self::decode`], without the trace, which only changes need.
    ///
    /// # Errors
    /// As [`Self::decode`].
    pub fn without_trace(recorded: &RecordedEvent) -> Result<Self, NewerVersion> {
        Ok(Self {
            position: recorded.position,
            version: recorded.version,
            event_id: recorded.event_id,
            event_type: recorded.event_type.clone(),
            key: recorded.partition_key.clone(),
            occurred_at: recorded.occurred_at,
            recorded_at: recorded.recorded_at,
            trace: None,
            event: decode(recorded)?,
        })
    }

    /// The id of the order that the event concerns, which all streams of an order share as their key.
    ///
    /// # Errors
    /// When the key is not an order's id.
    pub fn order_id(&self) -> Result<Uuid, Inapplicable> {
        self.key.parse().map_err(|_| Inapplicable::ForeignKey)
    }
}

fn decode(recorded: &RecordedEvent) -> Result<Result<Event, Unreadable>, NewerVersion> {
    let decoded = codec::decode(
        &recorded.event_type,
        recorded.schema_version,
        recorded.payload.get(),
    );
    match decoded {
        Ok(event) => Ok(Ok(event)),
        Err(error) if error.is_of_newer_release() => Err(NewerVersion {
            position: recorded.position,
            reason: error.to_string(),
        }),
        Err(error) => Ok(Err(Unreadable(with_causes(&error)))),
    }
}

/// Why a projection cannot apply an event that it can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Inapplicable {
    /// The row it changes is not there.
    #[error("the row that the event changes does not exist")]
    NoRow,
    /// Its partition key is not of the kind that its type requires.
    #[error("the partition key is not an order's id")]
    ForeignKey,
    /// The event names a line that the order does not have.
    #[error("the order has no such line")]
    NoLine,
    /// Its amount is in another currency than the order.
    #[error("the amount is not in the order's currency")]
    OtherCurrency,
    /// A sum does not fit 64 bits.
    #[error("a sum overflows")]
    Overflow,
}
