//! The row of a payment.

use chrono::{DateTime, Utc};
use domain::payment::PaymentCreated;
use schemas::text_enum;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::column::texts;
use crate::decoded_event::DecodedEvent;
use crate::keyed_table::keyed_table;

text_enum! {
    /// How far a payment is.
    #[allow(missing_docs, reason = "the texts say it")]
    pub enum PaymentStatus {
        RequiresPaymentMethod = "requires_payment_method", RequiresConfirmation = "requires_confirmation",
        RequiresAction = "requires_action", Processing = "processing", RequiresCapture = "requires_capture",
        Succeeded = "succeeded", Cancelled = "cancelled",
    }
}

text_enum! {
    /// How far a refund is.
    #[allow(missing_docs, reason = "the texts say it")]
    pub enum RefundStatus { Pending = "pending", Succeeded = "succeeded", Failed = "failed" }
}

/// One refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Its id.
    pub refund_id: Uuid,
    /// Its amount, in minor units of the payment's currency.
    pub amount_minor: i64,
    /// How far it is.
    pub status: RefundStatus,
}

texts! { PaymentStatus }

keyed_table! {
    /// A row of table `payments`.
    pub struct PaymentRow in "payments" key "id": Uuid = |row| row.id;
    {
        id: Uuid,
        order_id: Uuid,
        status: PaymentStatus,
        amount_minor: i64,
        captured_minor: i64,
        refunded_minor: i64,
        currency: String,
        method: Option<String>,
        provider_reference: Option<String>,
        decline_reason: Option<String>,
        refunds: Vec<Refund>,
        created_at: DateTime<Utc>,
        version: i64,
        position: i64,
    }
}

impl PaymentRow {
    /// Creates the row of a new payment.
    pub(super) fn created(event: &PaymentCreated, decoded: &DecodedEvent) -> Self {
        Self {
            id: event.payment_id.as_uuid(),
            order_id: event.order_id.as_uuid(),
            status: PaymentStatus::RequiresPaymentMethod,
            amount_minor: event.amount.minor,
            captured_minor: 0,
            refunded_minor: 0,
            currency: event.amount.currency.code().to_owned(),
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
