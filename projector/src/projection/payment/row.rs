//! The row of a payment, and how it is read and written.

use chrono::{DateTime, Utc};
use domain::payment::PaymentCreated;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::decoded_event::DecodedEvent;
use crate::projection::currency_code;
use crate::text_enum::text_enum;
use crate::upsert::{json, upsert};

text_enum! {
    /// How far a payment is.
    PaymentStatus {
        RequiresPaymentMethod = "requires_payment_method", RequiresConfirmation = "requires_confirmation",
        RequiresAction = "requires_action", Processing = "processing", RequiresCapture = "requires_capture",
        Succeeded = "succeeded", Cancelled = "cancelled",
    }
}

text_enum! {
    /// How far a refund is.
    RefundStatus { Pending = "pending", Succeeded = "succeeded", Failed = "failed" }
}

/// One refund.
#[expect(clippy::struct_field_names, reason = "the id is called as in the events")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Refund {
    pub refund_id: Uuid,
    pub amount_minor: i64,
    pub status: RefundStatus,
}

/// A row of table `payments`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct PaymentRow {
    pub id: Uuid,
    pub order_id: Uuid,
    pub status: PaymentStatus,
    pub amount_minor: i64,
    pub captured_minor: i64,
    pub refunded_minor: i64,
    pub currency: String,
    pub method: Option<String>,
    pub provider_reference: Option<String>,
    pub decline_reason: Option<String>,
    #[sqlx(json)]
    pub refunds: Vec<Refund>,
    pub created_at: DateTime<Utc>,
    pub version: i64,
    pub position: i64,
}

impl PaymentRow {
    /// The row of a payment just created.
    pub(super) fn created(event: &PaymentCreated, decoded: &DecodedEvent) -> Self {
        Self {
            id: event.payment_id.as_uuid(),
            order_id: event.order_id.as_uuid(),
            status: PaymentStatus::RequiresPaymentMethod,
            amount_minor: event.amount.minor,
            captured_minor: 0,
            refunded_minor: 0,
            currency: currency_code(event.amount.currency).to_owned(),
            method: None,
            provider_reference: None,
            decline_reason: None,
            refunds: Vec::new(),
            created_at: decoded.occurred_at,
            version: decoded.version,
            position: decoded.position,
        }
    }
}

/// Reads the rows with these ids.
pub(super) async fn load(
    connection: &mut PgConnection,
    ids: &[Uuid],
) -> Result<Vec<PaymentRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, order_id, status, amount_minor, captured_minor, refunded_minor, currency, method, \
             provider_reference, decline_reason, refunds, created_at, version, position \
         FROM payments WHERE id = ANY ($1)",
    )
    .bind(ids)
    .fetch_all(connection)
    .await
}

upsert! {
    /// Writes rows whole.
    pub(super) fn upsert(row: &PaymentRow) into "payments" key ("id") on conflict Replace {
        id: Uuid as "uuid" = row.id,
        order_id: Uuid as "uuid" = row.order_id,
        status: &'static str as "text" = row.status.as_str(),
        amount_minor: i64 as "bigint" = row.amount_minor,
        captured_minor: i64 as "bigint" = row.captured_minor,
        refunded_minor: i64 as "bigint" = row.refunded_minor,
        currency: &'rows str as "text" = &row.currency,
        method: Option<&'rows str> as "text" = row.method.as_deref(),
        provider_reference: Option<&'rows str> as "text" = row.provider_reference.as_deref(),
        decline_reason: Option<&'rows str> as "text" = row.decline_reason.as_deref(),
        refunds: String as "json" = json(&row.refunds),
        created_at: DateTime<Utc> as "timestamptz" = row.created_at,
        version: i64 as "bigint" = row.version,
        position: i64 as "bigint" = row.position,
    }
}
