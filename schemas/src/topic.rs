//! Topics, partitions and message headers (CloudEvents Kafka binding 1.0.2, binary mode).

use chrono::{DateTime, SecondsFormat, Utc};

/// All events of the store, in the order of their partition keys.
pub const EVENTS: &str = "waybill.events";
/// Changes of projections, for the sockets. One partition: every realtime node reads all of it, and the order over all
/// channels gives a position the same meaning on each.
pub const CHANGES: &str = "waybill.changes";
/// Unreadable messages, with topic, partition, offset and error in their headers.
pub const DEAD_LETTERS: &str = "waybill.dead-letters";
/// Partitions of [`EVENTS`] unless configured otherwise.
pub const EVENT_PARTITIONS: i32 = 12;

/// Message headers.
pub mod header {
    /// CloudEvents version.
    pub const SPEC_VERSION: &str = "ce_specversion";
    /// The event's id.
    pub const ID: &str = "ce_id";
    /// The event's type, see [`super::cloud_event_type`].
    pub const TYPE: &str = "ce_type";
    /// The event's source: [`super::SOURCE`].
    pub const SOURCE: &str = "ce_source";
    /// The stream.
    pub const SUBJECT: &str = "ce_subject";
    /// The time it happened, RFC 3339.
    pub const TIME: &str = "ce_time";
    /// Media type of the value.
    pub const CONTENT_TYPE: &str = "content-type";
    /// The position in the log.
    pub const POSITION: &str = "waybill_position";
    /// Position of the message sent before it on the same partition; 0 for the first.
    pub const PREV: &str = "waybill_prev";
    /// The version in the stream.
    pub const VERSION: &str = "waybill_version";
    /// The version of the payload's schema.
    pub const SCHEMA_VERSION: &str = "waybill_schema_version";
    /// The event's metadata as JSON.
    pub const METADATA: &str = "waybill_metadata";
    /// The time it was stored, RFC 3339 with microseconds.
    pub const RECORDED_AT: &str = "waybill_recorded_at";
    /// The event's hash in its stream's chain, hex.
    pub const HASH: &str = "waybill_hash";
    /// The id of the log that the message belongs to: a topic may outlive its database.
    pub const LOG: &str = "waybill_log";
    /// The message's signature, hex: HMAC-SHA256 over everything that consumers read from it, under a key of the
    /// instance.
    pub const SIGNATURE: &str = "waybill_signature";
}

/// The `ce_source` of every event.
pub const SOURCE: &str = "/waybill";
/// The CloudEvents version written.
pub const SPEC_VERSION: &str = "1.0";
/// The prefix of CloudEvents types.
const TYPE_PREFIX: &str = "dev.waybill.";

/// Returns the CloudEvents type of an event type, e.g. `dev.waybill.OrderPlaced`.
pub fn cloud_event_type(event_type: &str) -> String {
    format!("{TYPE_PREFIX}{event_type}")
}

/// Returns a time as RFC 3339 text with microseconds, which Postgres stores.
pub fn time_text(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Returns the event type of a CloudEvents type.
pub fn event_type(cloud_event_type: &str) -> Option<&str> {
    cloud_event_type.strip_prefix(TYPE_PREFIX)
}

/// Returns the partition of a key: murmur2 as Kafka's default partitioner computes it
/// (`org.apache.kafka.common.utils.Utils.murmur2`), so that other producers agree.
pub fn partition(key: &str, partition_count: i32) -> i32 {
    let positive = (murmur2(key.as_bytes()) & 0x7fff_ffff).cast_signed();
    positive % partition_count
}

fn murmur2(data: &[u8]) -> u32 {
    const MULTIPLIER: u32 = 0x5bd1_e995;
    const SHIFT: u32 = 24;
    const SEED: u32 = 0x9747_b28c;

    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let mut hash = SEED ^ length;
    let (blocks, tail) = data.as_chunks::<4>();
    for block in blocks {
        let mut word = u32::from_le_bytes(*block).wrapping_mul(MULTIPLIER);
        word = (word ^ (word >> SHIFT)).wrapping_mul(MULTIPLIER);
        hash = hash.wrapping_mul(MULTIPLIER) ^ word;
    }
    if !tail.is_empty() {
        for (index, byte) in tail.iter().enumerate() {
            hash ^= u32::from(*byte) << (8 * index);
        }
        hash = hash.wrapping_mul(MULTIPLIER);
    }
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(MULTIPLIER);
    hash ^ (hash >> 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values from Kafka's own `UtilsTest.testMurmur2`.
    #[test]
    fn murmur2_agrees_with_kafka() {
        let cases: [(&str, i32); 6] = [
            ("21", -973_932_308),
            ("foobar", -790_332_482),
            ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829),
            ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971),
            ("abc", 479_470_107),
        ];
        for (text, expected) in cases {
            assert_eq!(murmur2(text.as_bytes()).cast_signed(), expected, "{text}");
        }
    }
}
