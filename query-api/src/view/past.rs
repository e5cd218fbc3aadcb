//! The shapes of answers about the past.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use schemas::http;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{Money, Stock};

/// The moment that an answer shows: right after this event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct AsOf {
    /// The version of the object's own stream.
    pub version: i64,
    /// The position of the event.
    pub position: i64,
    pub event_type: String,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When it was stored; later than it happened if it was recorded without a connection, or imported.
    pub recorded_at: DateTime<Utc>,
}

/// The part that the submitter of an event's command has in the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ActorRole {
    /// The customer of the order.
    Customer,
    /// The guest who placed the order.
    Guest,
    /// A seller.
    Seller,
    /// The courier.
    Courier,
    /// Another account: support, or another admin.
    Staff,
    /// The platform itself.
    Policy,
    /// A tool of the operator.
    Tool,
}

/// The event to which the platform reacted.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Cause {
    pub position: i64,
    pub event_type: String,
}

/// An event: what, when, who, why, and because of what.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Occurrence {
    pub position: i64,
    pub stream_id: String,
    /// Its version in its stream.
    pub version: i64,
    pub event_id: Uuid,
    pub event_type: String,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When it was stored.
    pub recorded_at: DateTime<Utc>,
    pub role: ActorRole,
    /// Whether the caller submitted its command.
    pub is_own: bool,
    /// Who submitted its command, as `GET /admin/events` names them; for admins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// The reason that was given. Absent if none was given or the caller may not read it; null if the person with whose
    /// key it was sealed was erased.
    #[expect(clippy::option_option, reason = "absent and erased differ, as in a stage")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Option<String>>,
    /// The event that caused it, if the platform reacted to one of the same object.
    pub cause: Option<Cause>,
    /// The id of the event that caused it, of any object; for admins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub causation_id: Option<Uuid>,
    /// The id that all effects of the same first command share; for admins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<Uuid>,
    /// Its command; for admins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command_id: Option<Uuid>,
}

/// A field that changed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FieldChange {
    /// A JSON pointer (RFC 6901) into the object.
    pub field: String,
    /// Its value before; null if there was none.
    pub from: Value,
    /// Its value after; null if there is none.
    pub to: Value,
}

/// An event of an object's history, and the fields that it changed, as far as the caller sees them.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct HistoryEvent {
    #[serde(flatten)]
    pub event: Occurrence,
    pub changes: Vec<FieldChange>,
    /// The counts after the event, in the history of a stock level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Stock>,
}

/// A field that differs between two moments, and the event that changed it last.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Difference {
    #[serde(flatten)]
    pub change: FieldChange,
    pub event: Occurrence,
}

/// The differences between two moments, by field.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Differences {
    pub from: AsOf,
    pub to: AsOf,
    pub items: Vec<Difference>,
}

/// A return.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Return")]
pub(crate) struct ReturnedGoods {
    pub id: Uuid,
    pub order_id: Uuid,
    pub order_number: String,
    #[schemars(with = "http::ReturnStatus")]
    pub status: &'static str,
    pub lines: Vec<ReturnedLine>,
    pub refund: Money,
    /// As of when it is; absent from the present.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOf>,
    pub version: i64,
    pub position: i64,
}

/// Units of one line in a return.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReturnedLine {
    pub line_number: u16,
    pub sku: String,
    pub quantity: i64,
    pub unit_price: Money,
}
