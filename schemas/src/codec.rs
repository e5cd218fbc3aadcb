//! Conversion of domain events to and from the text that is stored and sent.

use domain::Event;
use domain::event::EventType;
use serde_json::value::to_raw_value;

use crate::envelope::RecordedEvent;
use crate::payload_fault::PayloadFault;
use crate::upcast;

/// An event, ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodedEvent {
    /// The name of the event's type.
    pub event_type: &'static str,
    /// The version of the payload's schema.
    pub schema_version: i16,
    /// The payload as JSON text.
    pub payload: String,
}

/// Errors of decoding a stored or received event.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// No event type of this release has that name. Types are never removed, so a newer release has written it.
    #[error("`{0}` is no event type that this release knows")]
    UnknownType(String),
    /// The event was written by a newer release; skipping it would lose it.
    #[error("`{event_type}` has schema version {found}, newer than the {known} this release knows")]
    NewerVersion {
        /// The name of the event's type.
        event_type: String,
        /// The version found.
        found: i16,
        /// The newest version known.
        known: i16,
    },
    /// The payload does not match the schema of its version.
    #[error("the payload of `{event_type}` version {schema_version} is malformed")]
    Malformed {
        /// The name of the event's type.
        event_type: String,
        /// The version in the event.
        schema_version: i16,
        /// What is wrong with it, without its values.
        source: PayloadFault,
    },
}

impl DecodeError {
    /// Whether only a newer release can read the event; skipping it would lose it.
    pub fn is_of_newer_release(&self) -> bool {
        matches!(self, Self::UnknownType(_) | Self::NewerVersion { .. })
    }
}

/// Encodes an event in the current schema version.
pub fn encode(event: &Event) -> EncodedEvent {
    let event_type = event.event_type();
    let mut payload = Vec::with_capacity(256);
    event
        .serialize_payload(&mut serde_json::Serializer::new(&mut payload))
        .expect("event payloads have string keys and nothing that fails to serialise");
    EncodedEvent {
        event_type: event_type.name,
        schema_version: event_type.schema_version.cast_signed(),
        payload: String::from_utf8(payload).expect("serde_json writes UTF-8"),
    }
}

/// Decodes an event. A payload of an older version is first upcast to the current schema ([`crate::upcast`]).
///
/// # Errors
/// See [`DecodeError`]. An event of a newer release must stop the reader, a malformed one is a dead letter.
pub fn decode(event_type: &str, schema_version: i16, payload: &str) -> Result<Event, DecodeError> {
    known_type(event_type, schema_version)?;
    let decoded = match upcast::members(event_type, schema_version, payload) {
        None => {
            let mut deserializer = serde_json::Deserializer::from_str(payload);
            Event::deserialize_payload(event_type, &mut deserializer)
                .and_then(|event| deserializer.end().map(|()| event))
        }
        Some(upcast) => upcast
            .and_then(|members| Event::deserialize_payload(event_type, serde_json::Value::Object(members))),
    };
    decoded.map_err(|source| malformed(event_type, schema_version, source))
}

/// Converts the payload of an event to the current schema version. The event's hash remains that of the stored payload.
///
/// # Errors
/// As [`decode`]; the event has not changed then.
pub fn upcast(event: &mut RecordedEvent) -> Result<(), DecodeError> {
    let (event_type, stored) = (&event.event_type, event.schema_version);
    let known = known_type(event_type, stored)?;
    if let Some(members) = upcast::members(event_type, stored, event.payload.get()) {
        event.payload = members
            .and_then(|members| to_raw_value(&members))
            .map_err(|source| malformed(event_type, stored, source))?;
    }
    event.schema_version = known.schema_version.cast_signed();
    Ok(())
}

fn known_type(event_type: &str, schema_version: i16) -> Result<EventType, DecodeError> {
    let known = Event::types()
        .find(|known| known.name == event_type)
        .ok_or_else(|| DecodeError::UnknownType(event_type.to_owned()))?;
    let known_version = known.schema_version.cast_signed();
    if schema_version > known_version {
        return Err(DecodeError::NewerVersion {
            event_type: event_type.to_owned(),
            found: schema_version,
            known: known_version,
        });
    }
    Ok(known)
}

fn malformed(event_type: &str, schema_version: i16, source: serde_json::Error) -> DecodeError {
    DecodeError::Malformed {
        event_type: event_type.to_owned(),
        schema_version,
        source: source.into(),
    }
}
