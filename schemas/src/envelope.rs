//! An event as it was recorded.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

/// An event of the store, whole. Payload and metadata are kept as the very text that was stored, because
/// the hash chain is over that text.
#[derive(Debug, Clone)]
pub struct RecordedEvent {
    /// Place in the log: gapless, from 1, in commit order.
    pub position: i64,
    /// The stream, e.g. `order-0198…`.
    pub stream_id: String,
    /// Place in the stream: gapless, from 1.
    pub version: i64,
    /// Identifies the event everywhere.
    pub event_id: Uuid,
    /// Its type's name, e.g. `OrderPlaced`.
    pub event_type: String,
    /// The version of the payload's shape.
    pub schema_version: i16,
    /// What all events that must stay in order with this one share: the order id, or the SKU.
    pub partition_key: String,
    /// The payload, as stored.
    pub payload: Box<RawValue>,
    /// The [`Metadata`], as stored.
    pub metadata: Box<RawValue>,
    /// When it happened, in the world.
    pub occurred_at: DateTime<Utc>,
    /// When it was stored.
    pub recorded_at: DateTime<Utc>,
    /// SHA-256 over the previous event of the stream and this one.
    pub hash: [u8; 32],
}

/// The origin of an event: who caused it, and what led to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The command that was decided.
    pub command_id: Uuid,
    /// Shared by all events of an order, from placing to refund; elsewhere by all events of a command and of what
    /// policies do because of it. It is the id of the command that started it.
    pub correlation_id: Uuid,
    /// The event that a policy gave the command because of; none for a request from outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub causation_id: Option<Uuid>,
    /// Who submitted the command.
    pub actor: Actor,
    /// W3C trace context of the request, so that one trace reaches from HTTP to socket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
}

/// Who submitted a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// A user with an account.
    Account {
        /// The account.
        account_id: Uuid,
    },
    /// A user without an account.
    Guest,
    /// A policy of the platform.
    Policy {
        /// Its name.
        name: String,
    },
    /// An operator's tool, such as the importer.
    Tool {
        /// Its name.
        name: String,
    },
}
