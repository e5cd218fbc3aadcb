//! Hash chain of a stream: each event's hash covers the previous hash, so tampering is detectable.

use aws_lc_rs::digest;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// SHA-256 digest.
pub type Hash = [u8; 32];

/// Head of a stream: version and hash of its last event. The default is a stream without events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StreamHead {
    /// Version of the last event; 0 without events.
    pub version: i64,
    /// Hash of the last event; zeros without events.
    pub hash: Hash,
}

/// Fields covered by an event's hash, besides the previous hash.
#[derive(Debug, Clone, Copy)]
pub struct Hashed<'a> {
    /// Stream id.
    pub stream_id: &'a str,
    /// Version in the stream.
    pub version: i64,
    /// Event id.
    pub event_id: Uuid,
    /// Name of the event type.
    pub event_type: &'a str,
    /// Version of the payload schema.
    pub schema_version: i16,
    /// Partition key.
    pub partition_key: &'a str,
    /// Payload text.
    pub payload: &'a str,
    /// Metadata text.
    pub metadata: &'a str,
    /// Time of the event; only whole microseconds are covered, the precision that Postgres stores.
    pub occurred_at: DateTime<Utc>,
}

/// Computes the hash of the event after `previous`: SHA-256 over `previous`, then the fields in the order of
/// [`Hashed`], numbers as big-endian 64-bit integers, texts preceded by their length in bytes.
pub fn event_hash(previous: &Hash, event: &Hashed<'_>) -> Hash {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(previous);
    let text = |context: &mut digest::Context, text: &str| {
        context.update(&(text.len() as u64).to_be_bytes());
        context.update(text.as_bytes());
    };
    text(&mut context, event.stream_id);
    context.update(&event.version.to_be_bytes());
    context.update(event.event_id.as_bytes());
    text(&mut context, event.event_type);
    context.update(&i64::from(event.schema_version).to_be_bytes());
    text(&mut context, event.partition_key);
    text(&mut context, event.payload);
    text(&mut context, event.metadata);
    context.update(&event.occurred_at.timestamp_micros().to_be_bytes());
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}
