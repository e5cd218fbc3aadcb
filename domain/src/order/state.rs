//! An order as its events made it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::claims::Claims;
use super::event::{Customer, OrderEvent, OrderLine, OrderPlaced, SalesChannel, Totals};
use crate::stock::by_sku;
use crate::stream::StreamType;
use crate::{DeliveryId, Error, OrderId, PaymentId, Sealed, Sku, StreamId, evolve};

/// What was placed; it never changes afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlacedOrder {
    /// The order.
    pub order_id: OrderId,
    /// Who placed it.
    pub customer: Customer,
    /// Where it came from.
    pub channel: SalesChannel,
    /// What is wanted.
    pub lines: Vec<OrderLine>,
    /// What it costs.
    pub totals: Totals,
    /// Country it goes to.
    pub country: String,
    /// Name, e-mail, phone and address, sealed.
    pub contact: Option<Sealed>,
    /// The payment that collects the total.
    pub payment_id: PaymentId,
    /// The delivery that brings it.
    pub delivery_id: DeliveryId,
    /// When it was placed.
    pub placed_at: DateTime<Utc>,
    /// When the reservation ends unless the order is confirmed.
    pub reservation_expires_at: DateTime<Utc>,
}

impl PlacedOrder {
    /// How many units of each SKU the lines want together, in the order of the SKUs.
    pub fn quantities(&self) -> BTreeMap<&Sku, i64> {
        by_sku(self.lines.iter().map(|line| (&line.sku, line.quantity)))
    }

    /// The stock streams of its SKUs.
    pub fn stock_streams(&self) -> Vec<StreamId> {
        self.quantities()
            .into_keys()
            .map(|sku| StreamId::Stock(sku.clone()))
            .collect()
    }

    /// The line with this number, from 1.
    pub fn line(&self, line_number: u16) -> Option<&OrderLine> {
        self.lines.get(usize::from(line_number).checked_sub(1)?)
    }
}

/// The life of an order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum OrderState {
    /// Nobody placed it.
    #[default]
    Unplaced,
    /// Its stock is reserved; it waits to be paid for.
    Pending(Arc<PlacedOrder>),
    /// It is paid for and its stock committed or, once picked up, shipped.
    Confirmed(Arc<PlacedOrder>),
    /// It was delivered; units of it may come back.
    Completed {
        /// What was placed.
        order: Arc<PlacedOrder>,
        /// Which units returns have claimed.
        claims: Arc<Claims>,
    },
    /// It was called off.
    Cancelled(Arc<PlacedOrder>),
    /// Its reservation ran out.
    Expired(Arc<PlacedOrder>),
}

impl OrderState {
    /// What was placed; `None` when nothing was.
    pub fn order(&self) -> Option<&Arc<PlacedOrder>> {
        match self {
            Self::Unplaced => None,
            Self::Pending(order)
            | Self::Confirmed(order)
            | Self::Completed { order, .. }
            | Self::Cancelled(order)
            | Self::Expired(order) => Some(order),
        }
    }

    /// Whether it was cancelled or expired: nothing will be sold by it any more.
    pub const fn is_over(&self) -> bool {
        matches!(self, Self::Cancelled(_) | Self::Expired(_))
    }

    /// How many units of a line returns have claimed.
    pub fn returned_quantity(&self, line_number: u16) -> i64 {
        match self {
            Self::Completed { claims, .. } => claims.quantity(line_number),
            _ => 0,
        }
    }

    /// What the state is called.
    pub const fn status(&self) -> &'static str {
        match self {
            Self::Unplaced => "unplaced",
            Self::Pending(_) => "pending",
            Self::Confirmed(_) => "confirmed",
            Self::Completed { .. } => "completed",
            Self::Cancelled(_) => "cancelled",
            Self::Expired(_) => "expired",
        }
    }

    /// What is the case when a command wanted another state.
    pub(crate) const fn unfit(&self, order_id: OrderId) -> Error {
        match self {
            Self::Unplaced => Error::UnknownOrder { order_id },
            Self::Pending(_) => Error::OrderStillPending { order_id },
            Self::Confirmed(_) => Error::OrderAlreadyConfirmed { order_id },
            Self::Completed { .. } => Error::OrderAlreadyCompleted { order_id },
            Self::Cancelled(_) => Error::OrderAlreadyCancelled { order_id },
            Self::Expired(_) => Error::OrderAlreadyExpired { order_id },
        }
    }

    /// Folds the next event, which happened at `occurred_at`.
    ///
    /// # Errors
    /// When the event cannot follow in this state.
    pub fn evolve(&mut self, event: &OrderEvent, occurred_at: DateTime<Utc>) -> Result<(), evolve::Error> {
        *self = self.next(event, occurred_at).ok_or(evolve::Error::OutOfOrder {
            stream_type: StreamType::Order,
            status: self.status(),
            event: event.event_type().name,
        })?;
        Ok(())
    }

    fn next(&self, event: &OrderEvent, occurred_at: DateTime<Utc>) -> Option<Self> {
        use OrderEvent as E;
        Some(match (self, event) {
            (Self::Unplaced, E::OrderPlaced(event)) => Self::Pending(Arc::new(placed(event, occurred_at))),
            (Self::Pending(order), E::OrderConfirmed(_)) => Self::Confirmed(Arc::clone(order)),
            (Self::Pending(order), E::OrderExpired(_)) => Self::Expired(Arc::clone(order)),
            (Self::Pending(order) | Self::Confirmed(order), E::OrderCancelled(_)) => {
                Self::Cancelled(Arc::clone(order))
            }
            (Self::Confirmed(order), E::OrderCompleted(_)) => Self::Completed {
                order: Arc::clone(order),
                claims: Arc::default(),
            },
            (Self::Completed { order, claims }, E::OrderLinesReturned(event)) => {
                let claims = claims.with(order, event.return_id, &event.lines)?;
                Self::Completed {
                    order: Arc::clone(order),
                    claims: Arc::new(claims),
                }
            }
            (Self::Completed { order, claims }, E::OrderReturnRejected(event)) => {
                let claims = claims.without(event.return_id)?;
                Self::Completed {
                    order: Arc::clone(order),
                    claims: Arc::new(claims),
                }
            }
            (placed, E::OrderNoteAdded(_)) if placed.order().is_some() => placed.clone(),
            _ => return None,
        })
    }
}

fn placed(event: &OrderPlaced, occurred_at: DateTime<Utc>) -> PlacedOrder {
    PlacedOrder {
        order_id: event.order_id,
        customer: event.customer,
        channel: event.channel,
        lines: event.lines.clone(),
        totals: event.totals,
        country: event.country.clone(),
        contact: event.contact.clone(),
        payment_id: event.payment_id,
        delivery_id: event.delivery_id,
        placed_at: occurred_at,
        reservation_expires_at: event.reservation_expires_at,
    }
}
