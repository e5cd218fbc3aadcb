//! What a projection tells the sockets.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// One change of a read model, on the channels that may care.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Change {
    /// Position of the event that caused it: the channel's offset.
    pub position: i64,
    /// The channels it goes to, e.g. `order:0198…` and `orders`.
    pub channels: Vec<String>,
    /// What changed, e.g. `order.changed`.
    pub kind: String,
    /// The row that changed. On a state channel a newer change of the same key makes an older one that is
    /// still waiting needless.
    pub key: String,
    /// The row as it is now.
    pub data: Box<RawValue>,
}

/// The changes of one projected batch of events.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChangeBatch {
    /// Everything up to here was in earlier batches.
    pub from_position: i64,
    /// Everything up to here, inclusive, is in this batch or an earlier one.
    pub to_position: i64,
    /// The changes, by position.
    pub changes: Vec<Change>,
}

/// The key of the message on `waybill.changes` that closes a batch.
pub const WATERMARK_KEY: &str = "watermark";

/// The message that closes a batch: everything up to `position` has been sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watermark {
    /// See [`ChangeBatch::to_position`].
    pub position: i64,
}
