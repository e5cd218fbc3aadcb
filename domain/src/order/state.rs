//! The state of an order, folded from its events.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::claims::Claims;
use super::event::{Customer, OrderEvent, OrderLine, OrderPlaced, SalesChannel, Totals};
use crate::stock::{StockTakenBack, by_sku};
use crate::stream::StreamType;
use crate::{AccountId, DeliveryId, Error, OrderId, PaymentId, PersonId, Sealed, Sku, StreamId, evolve};

/// The order as placed; it never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlacedOrder {
    /// The order.
    pub order_id: OrderId,
    /// The customer.
    pub customer: Customer,
    /// The sales channel.
    pub channel: SalesChannel,
    /// The lines.
    pub lines: Vec<OrderLine>,
    /// The totals.
    pub totals: Totals,
    /// The country of delivery.
    pub country: String,
    /// Name, e-mail, phone and address, sealed.
    pub contact: Option<Sealed>,
    /// The payment that collects the total.
    pub payment_id: PaymentId,
    /// The delivery of the order.
    pub delivery_id: DeliveryId,
    /// When it was placed.
    pub placed_at: DateTime<Utc>,
    /// The end of the reservation, unless the order is confirmed.
    pub reservation_expires_at: DateTime<Utc>,
}

impl PlacedOrder {
    /// The units of each SKU over all lines, by SKU.
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

    /// The events that take its shipped units back: they are on hand again, and committed to it.
    pub(crate) fn stock_taken_back(&self) -> impl Iterator<Item = StockTakenBack> {
        let order_id = self.order_id;
        self.quantities()
            .into_iter()
            .map(move |(sku, quantity)| StockTakenBack {
                sku: sku.clone(),
                order_id,
                quantity,
            })
    }

    /// The person with whose key texts about the order are sealed; `None` for an imported order, which names nobody.
    pub fn person_id(&self) -> Option<PersonId> {
        self.contact.as_ref().map(|contact| contact.person_id)
    }

    /// Whether this account sells at least one of its lines.
    pub fn is_sold_by(&self, account_id: AccountId) -> bool {
        self.lines.iter().any(|line| line.seller_id == account_id)
    }

    /// The line with this number, from 1.
    pub fn line(&self, line_number: u16) -> Option<&OrderLine> {
        self.lines.get(usize::from(line_number).checked_sub(1)?)
    }
}

/// The state of an order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum OrderState {
    /// Not placed.
    #[default]
    Unplaced,
    /// Placed, with its stock reserved; waiting for payment.
    Pending(Arc<PlacedOrder>),
    /// Paid; its stock is committed or, while the parcel is with a courier or was returned to the sender, shipped.
    Confirmed(Arc<PlacedOrder>),
    /// Delivered; units may be returned.
    Completed {
        /// The order as placed.
        order: Arc<PlacedOrder>,
        /// The units that returns have claimed.
        claims: Arc<Claims>,
    },
    /// Cancelled.
    Cancelled(Arc<PlacedOrder>),
    /// Expired: the reservation ended before payment.
    Expired(Arc<PlacedOrder>),
}

impl OrderState {
    /// The order as placed; `None` if it was not.
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

    /// Whether it was cancelled or has expired.
    pub const fn is_over(&self) -> bool {
        matches!(self, Self::Cancelled(_) | Self::Expired(_))
    }

    /// The number of units of a line that returns have claimed.
    pub fn returned_quantity(&self, line_number: u16) -> i64 {
        match self {
            Self::Completed { claims, .. } => claims.quantity(line_number),
            _ => 0,
        }
    }

    /// The name of the state.
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

    /// The rejection of a command that needs another state.
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

    /// Applies the next event, which happened at `occurred_at`.
    ///
    /// # Errors
    /// When the event is not possible in this state.
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
