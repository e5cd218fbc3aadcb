//! Recorded events.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

/// A stored event. Payload and metadata are kept exactly as the stored text, because the hash chain covers that text.
#[derive(Debug, Clone)]
pub struct RecordedEvent {
    /// The position in the log: gapless, from 1, in commit order.
    pub position: i64,
    /// The stream, e.g. `order-0198…`.
    pub stream_id: String,
    /// The version in the stream: gapless, from 1.
    pub version: i64,
    /// The event's id, unique everywhere.
    pub event_id: Uuid,
    /// The name of the event's type, e.g. `OrderPlaced`.
    pub event_type: String,
    /// The version of the payload's schema.
    pub schema_version: i16,
    /// The key shared by all events that must stay in order with this one: the order id, or the SKU.
    pub partition_key: String,
    /// The payload, as stored.
    pub payload: Box<RawValue>,
    /// The [`Metadata`], as stored.
    pub metadata: Box<RawValue>,
    /// The time it happened.
    pub occurred_at: DateTime<Utc>,
    /// The time it was stored.
    pub recorded_at: DateTime<Utc>,
    /// SHA-256 over the previous event of the stream and this one.
    pub hash: [u8; 32],
}

/// The origin of an event: its actor and its cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The command that was decided.
    pub command_id: Uuid,
    /// The id of the command that started the chain. Shared by all events of an order, from placing to refund;
    /// otherwise by all events of a command and of the resulting actions of policies.
    pub correlation_id: Uuid,
    /// The event that made a policy submit the command; none for a request from outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub causation_id: Option<Uuid>,
    /// Account, guest, policy or tool that submitted the command.
    pub actor: Actor,
    /// W3C trace context of the request, so that one trace covers everything from HTTP to socket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
}

/// The submitter of a command.
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
        /// The name of the policy.
        name: String,
    },
    /// An operator's tool, such as the importer.
    Tool {
        /// The name of the tool.
        name: String,
    },
}

/// As `account:ID`, `guest`, `policy:NAME` or `tool:NAME`.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account { account_id } => write!(f, "account:{account_id}"),
            Self::Guest => f.write_str("guest"),
            Self::Policy { name } => write!(f, "policy:{name}"),
            Self::Tool { name } => write!(f, "tool:{name}"),
        }
    }
}
