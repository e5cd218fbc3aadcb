//! Changes of read models, as projections publish them for the sockets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

mod kind;
pub mod payload;

pub use payload::ChangeKind;

/// One change of a read model, with the channels it goes to.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// The position of the event that caused it: the offset on each of its channels.
    #[schemars(range(min = 0))]
    pub position: i64,
    /// The channels, e.g. `order:0198…` and `orders`.
    pub channels: Vec<String>,
    /// What changed, e.g. `order.changed`. A newer release may send kinds that are not listed here.
    pub kind: String,
    /// The row that changed. On a state channel a newer change replaces a waiting one of the same key.
    pub key: String,
    /// The row after the event, in the shape that belongs to its kind.
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub data: Box<RawValue>,
    /// The event that caused it, as far as measuring needs it. Sockets do not send it on.
    #[serde(default, skip_serializing_if = "Origin::is_unknown")]
    pub origin: Origin,
    /// How readers of the channels differ. Sockets do not send it on.
    #[serde(default, skip_serializing_if = "Readers::are_alike")]
    pub readers: Readers,
}

/// How the readers of a change differ.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Readers {
    /// What sellers receive instead of the whole row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seller_views: Vec<SellerView>,
    /// The couriers who may no longer read the row: their subscriptions end instead of delivering the change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_couriers: Vec<Uuid>,
}

/// The row as one seller sees it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SellerView {
    /// The seller's account.
    pub seller_id: Uuid,
    /// The row, in the shape that belongs to the change's kind.
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub data: Box<RawValue>,
}

impl Readers {
    fn are_alike(&self) -> bool {
        self.seller_views.is_empty() && self.former_couriers.is_empty()
    }
}

/// When and in which trace the event of a change was recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// When the event was stored, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at_ms: Option<i64>,
    /// W3C trace context of the projection of the event; only of a trace that is sampled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
}

impl Origin {
    fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// The changes of one projected batch of events.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChangeBatch {
    /// The last position of earlier batches.
    pub from_position: i64,
    /// The last position of this batch, inclusive.
    pub to_position: i64,
    /// The changes, by position.
    pub changes: Vec<Change>,
}

/// The key of the message on `waybill.changes` that ends a batch.
pub const WATERMARK_KEY: &str = "watermark";

/// The message that closes a batch: every change after `from_position`, up to `position`, has been sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Watermark {
    /// The position of the watermark before it. If a reader has not seen that one, changes are missing.
    #[schemars(range(min = 0))]
    pub from_position: i64,
    /// The position up to which every change has been sent, inclusive.
    #[schemars(range(min = 0))]
    pub position: i64,
}

/// The parts of a message on `waybill.changes` that its signature covers.
pub fn signed_parts<'m>(log_id: &'m str, key: &'m str, position: &'m str, value: &'m [u8]) -> [&'m [u8]; 5] {
    [
        b"change",
        log_id.as_bytes(),
        key.as_bytes(),
        position.as_bytes(),
        value,
    ]
}
