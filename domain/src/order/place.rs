//! Placing an order: prices, totals, and the stock reserved for it, all or nothing.

use chrono::{DateTime, Utc};

use super::event::{Customer, OrderLine, OrderPlaced, Totals};
use super::lines::RequestedLines;
use super::state::OrderState;
use crate::Refusal;
use crate::decide::{Context, Decide, Decision, NewEvent};
use crate::error::Shortage;
use crate::stock::{StockReserved, by_sku};
use crate::view::StreamStates;
use crate::{DeliveryId, Error, OrderId, PaymentId, Sealed, Sku, StreamId, validate};

/// The most lines an order has.
pub const LINES_MAX: usize = 1_200;
/// The longest name of a country, in characters.
pub const COUNTRY_CHARS_MAX: usize = 100;

/// Place an order and reserve its stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceOrder {
    /// The order's fresh id.
    pub order_id: OrderId,
    /// Who places it.
    pub customer: Customer,
    /// What is wanted, 1 to [`LINES_MAX`] lines. The same SKU may stand on several.
    pub lines: RequestedLines,
    /// Country it goes to, as the customer wrote it, 1 to [`COUNTRY_CHARS_MAX`] characters.
    pub country: String,
    /// Name, e-mail, phone and address, sealed; none for imported orders.
    pub contact: Option<Sealed>,
    /// The fresh id of the payment that will collect the total.
    pub payment_id: PaymentId,
    /// The fresh id of the delivery that will bring it.
    pub delivery_id: DeliveryId,
    /// When the reservation ends unless the order is confirmed.
    pub reservation_expires_at: DateTime<Utc>,
}

impl Decide for PlaceOrder {
    fn primary_stream(&self) -> StreamId {
        StreamId::Order(self.order_id)
    }

    fn streams(&self) -> Vec<StreamId> {
        // More SKUs than an order may have lines are not worth loading: it is rejected without them.
        let skus = self.lines.skus().into_iter().take(LINES_MAX);
        let of_sku = |sku: &Sku| [StreamId::Product(sku.clone()), StreamId::Stock(sku.clone())];
        std::iter::once(self.primary_stream())
            .chain(skus.flat_map(of_sku))
            .collect()
    }

    fn new_streams(&self) -> Vec<StreamId> {
        vec![self.primary_stream()]
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        validate::line_count(self.lines.count())?;
        validate::text("country", &self.country, 1..=COUNTRY_CHARS_MAX)?;
        self.lines.check()?;
        streams.need(self.streams())?;
        if *streams.order(self.order_id)? != OrderState::Unplaced {
            return Err(Error::OrderAlreadyPlaced {
                order_id: self.order_id,
            }
            .into());
        }
        let (currency, lines) = self.lines.priced(streams)?;
        let totals = Totals::of(currency, &lines)?;
        let reserved = self.reserve(&lines, streams)?;
        let placed = OrderPlaced {
            order_id: self.order_id,
            customer: self.customer,
            channel: self.lines.channel(),
            lines,
            totals,
            country: self.country.clone(),
            contact: self.contact.clone(),
            payment_id: self.payment_id,
            delivery_id: self.delivery_id,
            reservation_expires_at: self.reservation_expires_at,
        };
        Ok(std::iter::once(NewEvent::from(placed)).chain(reserved).collect())
    }
}

impl PlaceOrder {
    /// One reservation per SKU, for the sum of its lines; none at all when any SKU is short.
    fn reserve(&self, lines: &[OrderLine], streams: StreamStates<'_>) -> Result<Vec<NewEvent>, Refusal> {
        let quantities = by_sku(lines.iter().map(|line| (&line.sku, line.quantity)));
        let mut reserved = Vec::with_capacity(quantities.len());
        let mut shortages = Vec::new();
        for (sku, quantity) in quantities {
            let available = streams.stock(sku)?.available();
            if quantity > available {
                shortages.push(Shortage {
                    sku: sku.clone(),
                    requested: quantity,
                    available,
                });
            }
            reserved.push(NewEvent::from(StockReserved {
                sku: sku.clone(),
                order_id: self.order_id,
                quantity,
                expires_at: self.reservation_expires_at,
            }));
        }
        if shortages.is_empty() {
            Ok(reserved)
        } else {
            Err(Error::InsufficientStock { lines: shortages }.into())
        }
    }
}
