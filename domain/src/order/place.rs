//! Places an order: prices, totals, and the reservation of all its stock or none.

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
/// The longest country name, in characters.
pub const COUNTRY_CHARS_MAX: usize = 100;

/// Place an order and reserve its stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceOrder {
    /// The order's new id.
    pub order_id: OrderId,
    /// The customer.
    pub customer: Customer,
    /// The requested lines, 1 to [`LINES_MAX`]. The same SKU may be on several.
    pub lines: RequestedLines,
    /// The destination country, as entered by the customer, 1 to [`COUNTRY_CHARS_MAX`] characters.
    pub country: String,
    /// Name, e-mail, phone and address, sealed; none for imported orders.
    pub contact: Option<Sealed>,
    /// The new id of the payment that will collect the total.
    pub payment_id: PaymentId,
    /// The new id of the delivery.
    pub delivery_id: DeliveryId,
    /// The end of the reservation, unless the order is confirmed.
    pub reservation_expires_at: DateTime<Utc>,
}

impl Decide for PlaceOrder {
    fn primary_stream(&self) -> StreamId {
        StreamId::Order(self.order_id)
    }

    fn streams(&self) -> Vec<StreamId> {
        // An order with more SKUs than the maximum number of lines is rejected without loading the rest.
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
        validate::time(self.reservation_expires_at)?;
        let country = validate::text("country", &self.country, 1..=COUNTRY_CHARS_MAX)?;
        let requested = self.lines.checked()?;
        streams.need(self.streams())?;
        if *streams.order(self.order_id)? != OrderState::Unplaced {
            return Err(Error::OrderAlreadyPlaced {
                order_id: self.order_id,
            }
            .into());
        }
        let (currency, lines) = requested.priced(streams)?;
        let totals = Totals::of(currency, &lines)?;
        let reserved = self.reserve(&lines, streams)?;
        let placed = OrderPlaced {
            order_id: self.order_id,
            customer: self.customer,
            channel: self.lines.channel(),
            lines,
            totals,
            country,
            contact: self.contact.clone(),
            payment_id: self.payment_id,
            delivery_id: self.delivery_id,
            reservation_expires_at: self.reservation_expires_at,
        };
        Ok(std::iter::once(NewEvent::from(placed)).chain(reserved).collect())
    }
}

impl PlaceOrder {
    /// Reserves the sum of the lines for each SKU, or nothing at all if any SKU is short.
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
