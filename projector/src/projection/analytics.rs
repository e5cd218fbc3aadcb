//! Sales by hour, by product and by customer, each by currency.
//!
//! `docs/analytics.md` defines what is summed: an order counts as gross sales in the hour in which it was placed, once
//! it is confirmed; as cancelled or refunded in the hour in which that happened. Each event is turned into an
//! [`Effect`](sums::Effect) once, which is added to all three tables, so that their sums cannot differ, and kept as an
//! entry at its position: the sums as of a position are those of the entries up to it.
//!
//! **Architecture Invariant:** amounts of different currencies are never added, and no sum saturates: one that does not
//! fit 64 bits parks its event. An amount is at most [`domain::AMOUNT_MAX`], 10^12 minor units, so it takes more than
//! nine million of the largest possible orders in one sum to get there.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::Event;
use domain::order::OrderEvent;
use domain::payment::PaymentEvent;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Changes, Projection};
use crate::copy::Writing;
use crate::decoded_event::{DecodedEvent, Inapplicable};
use crate::keyed_table::{KeyedRow as _, KeyedRows};
use crate::registry::Table;

mod sale;
mod spread;
mod sums;

use sale::SaleRow;
use sums::{CUSTOMERS, ENTRIES, Effects, HOURS, PRODUCTS, Sums};

/// Its tables.
pub(crate) const TABLES: [Table; 5] = [SaleRow::TABLE, HOURS, PRODUCTS, CUSTOMERS, ENTRIES];

/// The version of its code.
pub(crate) const CODE_VERSION: i32 = 3;

/// The orders that one batch touches, and the sums that it adds.
#[derive(Debug, Default)]
pub(crate) struct Sales {
    orders: KeyedRows<SaleRow>,
    sums: Sums,
}

/// Whether an event creates the row of its order; `None` if it has nothing to do with sales.
const fn creates_row(event: &Event) -> Option<bool> {
    match event {
        Event::Order(OrderEvent::OrderConfirmed(_)) => Some(true),
        Event::Order(OrderEvent::OrderCancelled(_) | OrderEvent::OrderLinesReturned(_))
        | Event::Payment(
            PaymentEvent::PaymentCaptured(_)
            | PaymentEvent::RefundRequested(_)
            | PaymentEvent::RefundSucceeded(_),
        ) => Some(false),
        _ => None,
    }
}

/// An order after an event, and what the event adds to the sums.
type Next = (SaleRow, Effects);

impl Sales {
    /// Applies an event to the row of its order; `None` if it changes neither the row nor a sum.
    fn next(&mut self, id: Uuid, event: &Event, at: DateTime<Utc>) -> Result<Option<Next>, Inapplicable> {
        let known = self.orders.get_mut(&id).cloned();
        match event {
            Event::Order(event) => of_order(known, event, at),
            Event::Payment(event) => of_payment(id, known, event, at),
            _ => Ok(None),
        }
    }
}

/// The row of an order, unless there is none.
type Known = Result<SaleRow, Inapplicable>;

fn of_order(known: Known, event: &OrderEvent, at: DateTime<Utc>) -> Result<Option<Next>, Inapplicable> {
    match event {
        OrderEvent::OrderConfirmed(event) => SaleRow::confirmed(event).map(Some),
        // Without a row it was cancelled before it was confirmed: there was no sale.
        OrderEvent::OrderCancelled(_) => known.map_or(Ok(None), |row| row.cancelled(at)),
        OrderEvent::OrderLinesReturned(event) => Ok(Some((known?.with_return(event)?, Effects::new()))),
        _ => Ok(None),
    }
}

fn of_payment(
    id: Uuid,
    known: Known,
    event: &PaymentEvent,
    at: DateTime<Utc>,
) -> Result<Option<Next>, Inapplicable> {
    match event {
        PaymentEvent::PaymentCaptured(event) => match known {
            Ok(row) => row.captured(event.amount, at).map(Some),
            Err(_) => SaleRow::captured_only(id, event.amount, at).map(Some),
        },
        PaymentEvent::RefundRequested(event) if event.return_id.is_some() => {
            Ok(Some((known?.with_refund(event), Effects::new())))
        }
        PaymentEvent::RefundSucceeded(event) => known?.refunded(event, at).map(Some),
        _ => Ok(None),
    }
}

#[async_trait]
impl Projection for Sales {
    async fn load(
        &mut self,
        connection: &mut PgConnection,
        events: &[DecodedEvent],
    ) -> Result<(), sqlx::Error> {
        let key =
            |decoded: &DecodedEvent, event: &Event| Some((decoded.order_id().ok()?, creates_row(event)?));
        self.orders.load(connection, events, key).await
    }

    fn apply(&mut self, decoded: &DecodedEvent, event: &Event, _: &mut Changes) -> Result<(), Inapplicable> {
        if creates_row(event).is_none() {
            return Ok(());
        }
        let id = decoded.order_id()?;
        if let Some((row, effects)) = self.next(id, event, decoded.occurred_at)? {
            // The only step that can fail comes first: an event that cannot be applied changes nothing.
            self.sums.add(decoded.position, &row, &effects)?;
            self.orders.insert(row);
            self.orders.changed(id);
        }
        Ok(())
    }

    async fn write(
        &mut self,
        connection: &mut PgConnection,
        writing: Writing,
        _: &mut Changes,
    ) -> Result<(), sqlx::Error> {
        self.orders.write(connection, writing).await?;
        self.sums.write(connection, writing).await
    }
}
