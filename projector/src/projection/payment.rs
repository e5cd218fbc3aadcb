//! Payments: one row per payment, with its refunds.

use async_trait::async_trait;
use domain::payment::PaymentEvent;
use domain::{Event, Money, RefundId, StreamId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Changes, Projection};
use crate::copy::Writing;
use crate::decoded_event::{DecodedEvent, Inapplicable};
use crate::keyed_table::KeyedRows;

pub(crate) mod row;

use row::{PaymentRow, PaymentStatus, Refund, RefundStatus};

/// The rows of one batch.
#[derive(Debug, Default)]
pub(crate) struct Payments {
    rows: KeyedRows<PaymentRow>,
}

fn payment_id(event: &Event) -> Option<Uuid> {
    match event.stream_id() {
        StreamId::Payment(id) => Some(id.as_uuid()),
        _ => None,
    }
}

impl Payments {
    /// The row of this payment as of the events applied; `None` before it was created.
    pub(crate) fn row(&self, id: Uuid) -> Option<&PaymentRow> {
        self.rows.find(&id)
    }
}

#[async_trait]
impl Projection for Payments {
    async fn load(
        &mut self,
        connection: &mut PgConnection,
        events: &[DecodedEvent],
    ) -> Result<(), sqlx::Error> {
        let key = |_: &DecodedEvent, event: &Event| {
            let is_created = matches!(event, Event::Payment(PaymentEvent::PaymentCreated(_)));
            Some((payment_id(event)?, is_created))
        };
        self.rows.load(connection, events, key).await
    }

    fn apply(&mut self, decoded: &DecodedEvent, event: &Event, _: &mut Changes) -> Result<(), Inapplicable> {
        let (Event::Payment(payment), Some(id)) = (event, payment_id(event)) else {
            return Ok(());
        };
        if let PaymentEvent::PaymentCreated(created) = payment {
            self.rows.insert(PaymentRow::created(created, decoded));
        }
        let row = self.rows.get_mut(&id)?;
        evolve(row, payment)?;
        row.version = decoded.version;
        row.position = decoded.position;
        self.rows.changed(id);
        Ok(())
    }

    async fn write(
        &mut self,
        connection: &mut PgConnection,
        writing: Writing,
        _: &mut Changes,
    ) -> Result<(), sqlx::Error> {
        self.rows.write(connection, writing).await
    }
}

fn evolve(row: &mut PaymentRow, event: &PaymentEvent) -> Result<(), Inapplicable> {
    match event {
        PaymentEvent::PaymentCreated(_) => {}
        PaymentEvent::PaymentMethodAttached(event) => {
            row.status = PaymentStatus::RequiresConfirmation;
            row.method = Some(event.method.clone());
            row.decline_reason = None;
        }
        PaymentEvent::PaymentConfirmed(_) => row.status = PaymentStatus::Processing,
        PaymentEvent::PaymentActionRequired(event) => {
            row.status = PaymentStatus::RequiresAction;
            row.provider_reference = Some(event.provider_reference.0.clone());
        }
        PaymentEvent::PaymentAuthorised(event) => {
            row.status = PaymentStatus::RequiresCapture;
            row.provider_reference = Some(event.provider_reference.0.clone());
        }
        PaymentEvent::PaymentDeclined(event) => {
            row.status = PaymentStatus::RequiresPaymentMethod;
            row.decline_reason = Some(event.reason.clone());
        }
        PaymentEvent::PaymentCaptured(event) => {
            row.captured_minor = row
                .captured_minor
                .checked_add(event.amount.minor)
                .ok_or(Inapplicable::Overflow)?;
            row.status = PaymentStatus::Succeeded;
        }
        PaymentEvent::PaymentCancelled(_) => row.status = PaymentStatus::Cancelled,
        PaymentEvent::RefundRequested(event) => {
            set_refund(row, event.refund_id, event.amount, RefundStatus::Pending);
        }
        PaymentEvent::RefundSucceeded(event) => {
            row.refunded_minor = row
                .refunded_minor
                .checked_add(event.amount.minor)
                .ok_or(Inapplicable::Overflow)?;
            set_refund(row, event.refund_id, event.amount, RefundStatus::Succeeded);
        }
        PaymentEvent::RefundFailed(event) => {
            set_refund(row, event.refund_id, event.amount, RefundStatus::Failed);
        }
    }
    Ok(())
}

fn set_refund(row: &mut PaymentRow, id: RefundId, amount: Money, status: RefundStatus) {
    let refund = Refund {
        refund_id: id.as_uuid(),
        amount_minor: amount.minor,
        status,
    };
    match row
        .refunds
        .iter_mut()
        .find(|known| known.refund_id == refund.refund_id)
    {
        Some(known) => *known = refund,
        None => row.refunds.push(refund),
    }
}
