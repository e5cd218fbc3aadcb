//! Recorded events as JSON, for people and other programs.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::envelope::{Metadata, RecordedEvent};
use crate::topic;

/// An event with everything that is recorded of it.
#[derive(Debug, Serialize)]
pub struct EventRecord<'a> {
    /// The position in the log.
    pub position: i64,
    /// The stream.
    pub stream_id: &'a str,
    /// The version in the stream.
    pub version: i64,
    /// The event's id.
    pub event_id: Uuid,
    /// The name of the event's type.
    pub event_type: &'a str,
    /// The version of the payload's schema.
    pub schema_version: i16,
    /// The key shared by all events that must stay in order with this one.
    pub partition_key: &'a str,
    /// The time it happened.
    pub occurred_at: DateTime<Utc>,
    /// The time it was stored.
    pub recorded_at: DateTime<Utc>,
    /// Its origin, as stored.
    pub metadata: &'a RawValue,
    /// The payload; sealed texts stay sealed.
    pub payload: &'a RawValue,
    /// Its hash in its stream's chain, hex.
    pub hash: String,
}

impl<'a> From<&'a RecordedEvent> for EventRecord<'a> {
    fn from(event: &'a RecordedEvent) -> Self {
        Self {
            position: event.position,
            stream_id: &event.stream_id,
            version: event.version,
            event_id: event.event_id,
            event_type: &event.event_type,
            schema_version: event.schema_version,
            partition_key: &event.partition_key,
            occurred_at: event.occurred_at,
            recorded_at: event.recorded_at,
            metadata: &event.metadata,
            payload: &event.payload,
            hash: hex::encode(event.hash),
        }
    }
}

/// An event in the JSON format of CloudEvents 1.0.2, with the extension attributes `partitionkey`, `recordedtime`,
/// `sequence`, `correlationid`, `causationid` and `traceparent`, which the CloudEvents project documents, and with `streamversion`,
/// `schemaversion` and `actor`.
#[derive(Debug, Serialize)]
pub struct CloudEvent<'a> {
    specversion: &'static str,
    id: Uuid,
    #[serde(rename = "type")]
    event_type: String,
    source: &'static str,
    subject: &'a str,
    time: String,
    datacontenttype: &'static str,
    /// The position, padded so that the order of texts is that of numbers.
    sequence: String,
    partitionkey: &'a str,
    recordedtime: String,
    streamversion: String,
    schemaversion: i16,
    correlationid: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    causationid: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    traceparent: Option<String>,
    actor: String,
    data: &'a RawValue,
}

impl<'a> CloudEvent<'a> {
    /// Converts an event.
    ///
    /// # Errors
    /// When its metadata is malformed.
    pub fn new(event: &'a RecordedEvent) -> Result<Self, serde_json::Error> {
        let metadata: Metadata = serde_json::from_str(event.metadata.get())?;
        Ok(Self {
            specversion: topic::SPEC_VERSION,
            id: event.event_id,
            event_type: topic::cloud_event_type(&event.event_type),
            source: topic::SOURCE,
            subject: &event.stream_id,
            time: topic::time_text(event.occurred_at),
            datacontenttype: "application/json",
            sequence: format!("{:019}", event.position),
            partitionkey: &event.partition_key,
            recordedtime: topic::time_text(event.recorded_at),
            streamversion: event.version.to_string(),
            schemaversion: event.schema_version,
            correlationid: metadata.correlation_id,
            causationid: metadata.causation_id,
            traceparent: metadata.traceparent,
            actor: metadata.actor.to_string(),
            data: &event.payload,
        })
    }
}
