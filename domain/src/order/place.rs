//! Placing an order: prices, totals, and the stock reserved for it, all or nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::event::{Customer, OrderLine, OrderPlaced, SalesChannel, Totals};
use super::state::OrderState;
use crate::decide::{Context, Decide, Decision, NewEvent, Refusal};
use crate::error::{LineRef, PriceChange, Shortage};
use crate::product::{NAME_CHARS_MAX, Product, ProductState};
use crate::stock::StockReserved;
use crate::view::Streams;
use crate::{Currency, DeliveryId, Error, Money, OrderId, PaymentId, Sealed, Sku, StreamId, validate};

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

/// The lines, as the channel they came by knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestedLines {
    /// From the shop: products on sale, at the price they have now.
    Web(Vec<WebLine>),
    /// From a file of past orders: at the price paid then, whether or not the product is still on sale.
    Import(Vec<ImportLine>),
}

/// A line from the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebLine {
    /// What.
    pub sku: Sku,
    /// How many units, 1 to [`validate::QUANTITY_MAX`].
    pub quantity: i64,
    /// The price of one unit the customer was shown, in minor units; the order is rejected if it changed since.
    pub expected_unit_price_minor: Option<i64>,
}

/// A line from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLine {
    /// What; it must have been listed, so that it has a seller.
    pub sku: Sku,
    /// What it was called then, 1 to [`NAME_CHARS_MAX`] characters.
    pub name: String,
    /// How many units, 1 to [`validate::QUANTITY_MAX`].
    pub quantity: i64,
    /// The price of one unit then, positive.
    pub unit_price: Money,
}

impl RequestedLines {
    /// Where lines of this kind come from.
    pub const fn channel(&self) -> SalesChannel {
        match self {
            Self::Web(_) => SalesChannel::Web,
            Self::Import(_) => SalesChannel::Import,
        }
    }

    fn count(&self) -> usize {
        match self {
            Self::Web(lines) => lines.len(),
            Self::Import(lines) => lines.len(),
        }
    }

    fn skus(&self) -> BTreeSet<&Sku> {
        match self {
            Self::Web(lines) => lines.iter().map(|line| &line.sku).collect(),
            Self::Import(lines) => lines.iter().map(|line| &line.sku).collect(),
        }
    }
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

    fn decide(&self, _: &Context, streams: Streams<'_>) -> Decision {
        self.check()?;
        streams.need(self.streams())?;
        if *streams.order(self.order_id)? != OrderState::Unplaced {
            return Err(Error::OrderAlreadyPlaced {
                order_id: self.order_id,
            }
            .into());
        }
        let priced = match &self.lines {
            RequestedLines::Web(lines) => price_by_catalogue(lines, streams)?,
            RequestedLines::Import(lines) => price_as_given(lines, streams)?,
        };
        let (currency, lines) = in_one_currency(priced)?;
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
    /// What can be said against the command without looking at anything else.
    fn check(&self) -> Result<(), Error> {
        let count = self.lines.count();
        if count == 0 {
            return Err(Error::NoLines {});
        }
        if count > LINES_MAX {
            return Err(Error::TooManyLines {
                count,
                count_max: LINES_MAX,
            });
        }
        validate::text("country", &self.country, 1..=COUNTRY_CHARS_MAX)?;
        match &self.lines {
            RequestedLines::Web(lines) => numbered(lines)
                .try_for_each(|(line_number, line)| validate::quantity(Some(line_number), line.quantity)),
            RequestedLines::Import(lines) => numbered(lines).try_for_each(|(line_number, line)| {
                validate::quantity(Some(line_number), line.quantity)?;
                validate::amount(Some(line_number), line.unit_price)?;
                validate::text("name", &line.name, 1..=NAME_CHARS_MAX)
            }),
        }
    }

    /// One reservation per SKU, for the sum of its lines; none at all when any SKU is short.
    fn reserve(&self, lines: &[OrderLine], streams: Streams<'_>) -> Result<Vec<NewEvent>, Refusal> {
        let mut quantities: BTreeMap<&Sku, i64> = BTreeMap::new();
        for line in lines {
            *quantities.entry(&line.sku).or_insert(0) += line.quantity;
        }
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

/// A line with its price, which may yet turn out to be in another currency than the others'.
type Priced = (OrderLine, Currency);

fn price_by_catalogue(lines: &[WebLine], streams: Streams<'_>) -> Result<Vec<Priced>, Refusal> {
    let (mut unknown, mut withdrawn, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    let mut priced = Vec::with_capacity(lines.len());
    for (line_number, line) in numbered(lines) {
        let product = match streams.product(&line.sku)? {
            ProductState::Listed(product) => product,
            ProductState::Withdrawn(_) => {
                withdrawn.push(LineRef {
                    line_number,
                    sku: line.sku.clone(),
                });
                continue;
            }
            ProductState::Unlisted => {
                unknown.push(LineRef {
                    line_number,
                    sku: line.sku.clone(),
                });
                continue;
            }
        };
        if let Some(expected) = line
            .expected_unit_price_minor
            .filter(|price| *price != product.price.minor)
        {
            changed.push(PriceChange {
                line_number,
                sku: line.sku.clone(),
                expected_unit_price_minor: expected,
                unit_price: product.price,
            });
        }
        priced.push(order_line(
            &line.sku,
            &product.name,
            line.quantity,
            (product, product.price),
        ));
    }
    if !unknown.is_empty() {
        return Err(Error::UnknownProducts { lines: unknown }.into());
    }
    if !withdrawn.is_empty() {
        return Err(Error::ProductsWithdrawn { lines: withdrawn }.into());
    }
    if !changed.is_empty() {
        return Err(Error::PriceChanged { lines: changed }.into());
    }
    Ok(priced)
}

fn price_as_given(lines: &[ImportLine], streams: Streams<'_>) -> Result<Vec<Priced>, Refusal> {
    let mut unknown = Vec::new();
    let mut priced = Vec::with_capacity(lines.len());
    for (line_number, line) in numbered(lines) {
        match streams.product(&line.sku)?.product() {
            Some(product) => {
                priced.push(order_line(
                    &line.sku,
                    &line.name,
                    line.quantity,
                    (product, line.unit_price),
                ));
            }
            None => unknown.push(LineRef {
                line_number,
                sku: line.sku.clone(),
            }),
        }
    }
    if unknown.is_empty() {
        Ok(priced)
    } else {
        Err(Error::UnknownProducts { lines: unknown }.into())
    }
}

fn order_line(sku: &Sku, name: &str, quantity: i64, (product, price): (&Product, Money)) -> Priced {
    let line = OrderLine {
        sku: sku.clone(),
        name: name.to_owned(),
        seller_id: product.seller_id,
        quantity,
        unit_price_minor: price.minor,
    };
    (line, price.currency)
}

fn in_one_currency(priced: Vec<Priced>) -> Result<(Currency, Vec<OrderLine>), Error> {
    let currency = priced
        .first()
        .map(|(_, currency)| *currency)
        .ok_or(Error::NoLines {})?;
    if priced.iter().any(|(_, other)| *other != currency) {
        return Err(Error::CurrencyMismatch {});
    }
    Ok((currency, priced.into_iter().map(|(line, _)| line).collect()))
}

fn numbered<T>(lines: &[T]) -> impl Iterator<Item = (u16, &T)> {
    (1_u16..).zip(lines)
}
