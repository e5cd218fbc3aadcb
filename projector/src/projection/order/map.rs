//! The mapping: how each event changes the row of its order.

use domain::Event;
use domain::delivery::DeliveryEvent;
use domain::order::{Customer, OrderEvent, OrderPlaced, ReturnedLine};
use domain::payment::PaymentEvent;
use domain::returns::ReturnEvent;
use schemas::read_model::order::{
    FulfilmentStatus, OrderStage, OrderStatus, PaymentStatus, StoredLine, StoredSummary,
};
use schemas::read_model::{Money, StoredStage};
use uuid::Uuid;

use super::row::{OrderRow, ReturnEntry, ReturnStatus, ReturnedUnits};
use crate::decoded_event::{DecodedEvent, Inapplicable};
use crate::projection::delivery;
use crate::projection::timeline;

/// Creates the row of a new order.
///
/// # Errors
/// When the value of a line does not fit 64 bits.
pub(super) fn placed(
    id: Uuid,
    event: &OrderPlaced,
    decoded: &DecodedEvent,
) -> Result<OrderRow, Inapplicable> {
    let mut seller_ids: Vec<Uuid> = event.lines.iter().map(|line| line.seller_id.as_uuid()).collect();
    seller_ids.sort_unstable();
    seller_ids.dedup();
    Ok(OrderRow {
        summary: summary(id, event, decoded)?,
        customer_id: match event.customer {
            Customer::Account { account_id } => Some(account_id.as_uuid()),
            Customer::Guest => None,
        },
        channel: event.channel.into(),
        return_status: ReturnStatus::None,
        lines: lines(event)?,
        seller_ids,
        returns: Vec::new(),
        subtotal_minor: event.totals.subtotal_minor,
        discount_minor: event.totals.discount_minor,
        tax_minor: event.totals.tax_minor,
        shipping_minor: event.totals.shipping_minor,
        refunded_minor: 0,
        contact: event.contact.clone(),
        payment_id: event.payment_id.as_uuid(),
        delivery_id: event.delivery_id.as_uuid(),
        reservation_expires_at: event.reservation_expires_at,
    })
}

fn summary(id: Uuid, event: &OrderPlaced, decoded: &DecodedEvent) -> Result<StoredSummary, Inapplicable> {
    Ok(StoredSummary {
        id,
        number: domain::order::number(event.order_id),
        status: OrderStatus::Pending,
        payment_status: PaymentStatus::None,
        fulfilment_status: FulfilmentStatus::Unfulfilled,
        delivery_status: None,
        courier_id: None,
        total: Money {
            minor: event.totals.total_minor,
            currency: event.totals.currency.code().to_owned(),
        },
        line_count: i32::try_from(event.lines.len()).map_err(|_| Inapplicable::Overflow)?,
        country: event.country.clone(),
        placed_at: decoded.occurred_at,
        timeline: vec![StoredStage {
            status: OrderStage::Placed,
            at: decoded.occurred_at,
            reason: None,
        }],
        version: decoded.version,
        position: decoded.position,
    })
}

fn lines(event: &OrderPlaced) -> Result<Vec<StoredLine>, Inapplicable> {
    let numbered = (1_u16..).zip(&event.lines);
    let stored = numbered.map(|(line_number, line)| {
        let line_total_minor = line.unit_price_minor.checked_mul(line.quantity);
        Ok(StoredLine {
            line_number,
            sku: line.sku.to_string(),
            name: line.name.clone(),
            seller_id: line.seller_id.as_uuid(),
            quantity: line.quantity,
            unit_price_minor: line.unit_price_minor,
            line_total_minor: line_total_minor.ok_or(Inapplicable::Overflow)?,
            returned_quantity: 0,
        })
    });
    stored.collect()
}

/// Folds a later event into the row. Returns whether the row changed.
///
/// # Errors
/// When the event does not fit the row, which is then unchanged.
pub(super) fn evolve(
    row: &mut OrderRow,
    event: &Event,
    decoded: &DecodedEvent,
) -> Result<bool, Inapplicable> {
    let (changed, status) = match event {
        Event::Order(event) => {
            let status = order(row, event)?;
            row.summary.version = decoded.version;
            (true, status)
        }
        Event::Payment(event) => payment(row, event)?,
        Event::Delivery(event) => (true, delivery(row, event)),
        Event::Return(event) => (true, returned(row, event)),
        Event::Product(_) | Event::Stock(_) | Event::Person(_) => return Ok(false),
    };
    if changed {
        row.summary.position = decoded.position;
        if let Some(status) = status {
            let stage = StoredStage {
                status,
                at: decoded.occurred_at,
                reason: timeline::reason(event),
            };
            timeline::push(&mut row.summary.timeline, stage);
        }
    }
    Ok(changed)
}

fn order(row: &mut OrderRow, event: &OrderEvent) -> Result<Option<OrderStage>, Inapplicable> {
    let (status, stage) = match event {
        OrderEvent::OrderPlaced(_) | OrderEvent::OrderNoteAdded(_) => return Ok(None),
        OrderEvent::OrderConfirmed(_) => (OrderStatus::Confirmed, OrderStage::Confirmed),
        OrderEvent::OrderCancelled(_) => (OrderStatus::Cancelled, OrderStage::Cancelled),
        OrderEvent::OrderExpired(_) => (OrderStatus::Expired, OrderStage::Expired),
        OrderEvent::OrderCompleted(_) => (OrderStatus::Completed, OrderStage::Completed),
        OrderEvent::OrderLinesReturned(event) => {
            let units = units(&event.lines);
            move_returned(row, &units, 1)?;
            entry(row, event.return_id.as_uuid()).lines = units;
            return Ok(None);
        }
        OrderEvent::OrderReturnRejected(event) => {
            let units = entry(row, event.return_id.as_uuid()).lines.clone();
            move_returned(row, &units, -1)?;
            return Ok(None);
        }
    };
    row.summary.status = status;
    Ok(Some(stage))
}

fn units(lines: &[ReturnedLine]) -> Vec<ReturnedUnits> {
    lines
        .iter()
        .map(|line| ReturnedUnits {
            line_number: line.line_number,
            quantity: line.quantity,
        })
        .collect()
}

/// Adds `units` to (`sign` 1) or subtracts them from (`sign` −1) the returned quantity of each line.
fn move_returned(row: &mut OrderRow, units: &[ReturnedUnits], sign: i64) -> Result<(), Inapplicable> {
    let mut returned: Vec<i64> = row.lines.iter().map(|line| line.returned_quantity).collect();
    for units in units {
        let index = usize::from(units.line_number).checked_sub(1);
        let quantity = index
            .and_then(|index| returned.get_mut(index))
            .ok_or(Inapplicable::NoLine)?;
        *quantity = sign
            .checked_mul(units.quantity)
            .and_then(|more| quantity.checked_add(more))
            .ok_or(Inapplicable::Overflow)?;
    }
    for (line, returned) in row.lines.iter_mut().zip(returned) {
        line.returned_quantity = returned;
    }
    let is_back = |line: &StoredLine| line.returned_quantity >= line.quantity;
    row.return_status = if row.lines.iter().all(is_back) {
        ReturnStatus::Returned
    } else if row.lines.iter().any(|line| line.returned_quantity > 0) {
        ReturnStatus::Partial
    } else {
        ReturnStatus::None
    };
    Ok(())
}

/// The entry of a return, created if it does not exist: events of the return and the order may come in either order.
fn entry(row: &mut OrderRow, return_id: Uuid) -> &mut ReturnEntry {
    let index = row
        .returns
        .iter()
        .position(|entry| entry.return_id == return_id)
        .unwrap_or_else(|| {
            let status = "requested".to_owned();
            row.returns.push(ReturnEntry {
                return_id,
                status,
                lines: Vec::new(),
                refund_minor: 0,
            });
            row.returns.len() - 1
        });
    &mut row.returns[index]
}

fn payment(row: &mut OrderRow, event: &PaymentEvent) -> Result<(bool, Option<OrderStage>), Inapplicable> {
    match event {
        PaymentEvent::PaymentAuthorised(_) => row.summary.payment_status = PaymentStatus::Authorised,
        PaymentEvent::PaymentCaptured(event) => {
            let is_whole = event.amount.minor >= row.summary.total.minor;
            row.summary.payment_status = if is_whole {
                PaymentStatus::Paid
            } else {
                PaymentStatus::PartPaid
            };
            return Ok((true, Some(OrderStage::Paid)));
        }
        PaymentEvent::PaymentCancelled(_) => row.summary.payment_status = PaymentStatus::None,
        PaymentEvent::RefundSucceeded(event) => {
            let refunded = row
                .refunded_minor
                .checked_add(event.amount.minor)
                .ok_or(Inapplicable::Overflow)?;
            row.refunded_minor = refunded;
            let is_whole = refunded >= row.summary.total.minor;
            row.summary.payment_status = if is_whole {
                PaymentStatus::Refunded
            } else {
                PaymentStatus::PartRefunded
            };
            return Ok((true, Some(OrderStage::Refunded)));
        }
        _ => return Ok((false, None)),
    }
    Ok((true, None))
}

fn delivery(row: &mut OrderRow, event: &DeliveryEvent) -> Option<OrderStage> {
    let (status, courier) = delivery::transition(event);
    row.summary.delivery_status = status.or(row.summary.delivery_status);
    courier.apply_to(&mut row.summary.courier_id);
    let stage = match event {
        DeliveryEvent::DeliveryAssigned(_) => OrderStage::Assigned,
        DeliveryEvent::DeliveryPickedUp(_) => OrderStage::PickedUp,
        DeliveryEvent::DeliveryTransferred(_) => OrderStage::Transferred,
        DeliveryEvent::DeliveryDeparted(_) => OrderStage::OnTheWay,
        DeliveryEvent::DeliveryAttemptFailed(_) => OrderStage::AttemptFailed,
        DeliveryEvent::DeliveryReturnStarted(_) => OrderStage::Returning,
        DeliveryEvent::DeliveryReturnedToSender(_) => OrderStage::ReturnedToSender,
        DeliveryEvent::DeliveryReopened(_) => OrderStage::Reopened,
        DeliveryEvent::DeliveryDelivered(_) => OrderStage::Delivered,
        _ => return None,
    };
    match stage {
        OrderStage::PickedUp => row.summary.fulfilment_status = FulfilmentStatus::Fulfilled,
        OrderStage::ReturnedToSender => row.summary.fulfilment_status = FulfilmentStatus::Unfulfilled,
        OrderStage::Delivered => row.summary.fulfilment_status = FulfilmentStatus::Delivered,
        _ => {}
    }
    Some(stage)
}

fn returned(row: &mut OrderRow, event: &ReturnEvent) -> Option<OrderStage> {
    let (return_id, status, stage) = match event {
        ReturnEvent::ReturnRequested(event) => {
            entry(row, event.return_id.as_uuid()).refund_minor = event.refund.minor;
            (event.return_id, "requested", Some(OrderStage::ReturnRequested))
        }
        ReturnEvent::ReturnApproved(event) => (event.return_id, "approved", Some(OrderStage::ReturnApproved)),
        ReturnEvent::ReturnRejected(event) => (event.return_id, "rejected", Some(OrderStage::ReturnRejected)),
        ReturnEvent::ReturnReceived(event) => (event.return_id, "received", Some(OrderStage::ReturnReceived)),
        ReturnEvent::ReturnRefunded(event) => (event.return_id, "refunded", None),
        ReturnEvent::ReturnClosed(event) => (event.return_id, "closed", None),
    };
    status.clone_into(&mut entry(row, return_id.as_uuid()).status);
    stage
}
