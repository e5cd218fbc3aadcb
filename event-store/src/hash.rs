//! The hash chain of a stream: each event's hash covers the one before it, so tampering shows.

use aws_lc_rs::digest;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// SHA-256.
pub type Hash = [u8; 32];

/// Where a stream stands: the version and hash of its last event. The default is a stream without events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StreamHead {
    /// The last event's version; 0 when there is none.
    pub version: i64,
    /// The last event's hash; zeros when there is none.
    pub hash: Hash,
}

/// What an event's hash covers, besides the hash before it.
#[derive(Debug, Clone, Copy)]
pub struct Hashed<'a> {
    /// The stream.
    pub stream_id: &'a str,
    /// Place in the stream.
    pub version: i64,
    /// The event's id.
    pub event_id: Uuid,
    /// The type's name.
    pub event_type: &'a str,
    /// The version of the payload's shape.
    pub schema_version: i16,
    /// What the event is partitioned by.
    pub partition_key: &'a str,
    /// The payload's text.
    pub payload: &'a str,
    /// The metadata's text.
    pub metadata: &'a str,
    /// When it happened; only whole microseconds are covered, for that is what Postgres keeps.
    pub occurred_at: DateTime<Utc>,
}

/// The hash of an event that follows one with hash `previous`: SHA-256 over `previous`, then the fields in the
/// order of [`Hashed`], numbers as big-endian 64-bit, texts preceded by their length in bytes.
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
