//! Domain events to and from the text that is stored and sent.

use domain::Event;

/// An event, ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodedEvent {
    /// The type's name.
    pub event_type: &'static str,
    /// The version of the payload's shape.
    pub schema_version: i16,
    /// The payload as JSON text.
    pub payload: String,
}

/// Why a stored or received event is not an event of the domain.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// No event has that name.
    #[error("unknown event type `{0}`")]
    UnknownType(String),
    /// It was written by a newer release; skipping it would lose it.
    #[error("`{event_type}` has schema version {found}, newer than the {known} this release knows")]
    NewerVersion {
        /// The type's name.
        event_type: String,
        /// The version found.
        found: i16,
        /// The newest version known.
        known: i16,
    },
    /// The payload is not of the shape its version has.
    #[error("the payload of `{event_type}` version {schema_version} is malformed")]
    Malformed {
        /// The type's name.
        event_type: String,
        /// The version it claims.
        schema_version: i16,
        /// What is wrong.
        source: serde_json::Error,
    },
}

/// Encodes an event in today's schema version.
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

/// Decodes an event. A payload of an older version is upcast to today's shape first.
///
/// No shape has changed yet, so there is no upcaster; the first one goes here, as a function from the older
/// version's JSON to the next version's. The golden files in `schemas/tests/golden` hold payloads of every version,
/// which a test decodes for ever.
///
/// # Errors
/// See [`DecodeError`]. A newer version must stop the reader, an unknown or malformed one is a dead letter.
pub fn decode(event_type: &str, schema_version: i16, payload: &str) -> Result<Event, DecodeError> {
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
    let mut deserializer = serde_json::Deserializer::from_str(payload);
    Event::deserialize_payload(event_type, &mut deserializer)
        .and_then(|event| deserializer.end().map(|()| event))
        .map_err(|source| DecodeError::Malformed {
            event_type: event_type.to_owned(),
            schema_version,
            source,
        })
}
