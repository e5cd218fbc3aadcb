//! The requested lines and their prices.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::event::{OrderLine, SalesChannel};
use crate::Refusal;
use crate::error::{LineRef, PriceChange};
use crate::product::{NAME_CHARS_MAX, Product, ProductState};
use crate::view::StreamStates;
use crate::{Currency, Error, Money, Sku, validate};

/// The requested lines, by their source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestedLines {
    /// From the shop: products on sale, at their current price.
    Web(Vec<WebLine>),
    /// From a file of past orders: at the price paid then, even if the product is no longer on sale.
    Import(Vec<ImportLine>),
}

/// A line from the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebLine {
    /// The SKU.
    pub sku: Sku,
    /// Units, 1 to [`validate::QUANTITY_MAX`].
    pub quantity: i64,
    /// The price per unit that the customer was shown, in minor units; the order is rejected if it has changed since.
    pub expected_unit_price_minor: Option<i64>,
}

/// A line from a file of past orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLine {
    /// The SKU, which must have been listed, so that it has a seller.
    pub sku: Sku,
    /// The product's name at that time, 1 to [`NAME_CHARS_MAX`] characters.
    pub name: String,
    /// Units, 1 to [`validate::QUANTITY_MAX`].
    pub quantity: i64,
    /// The price per unit at that time, positive.
    pub unit_price: Money,
}

impl RequestedLines {
    /// The source of these lines.
    pub const fn channel(&self) -> SalesChannel {
        match self {
            Self::Web(_) => SalesChannel::Web,
            Self::Import(_) => SalesChannel::Import,
        }
    }

    pub(super) fn count(&self) -> usize {
        match self {
            Self::Web(lines) => lines.len(),
            Self::Import(lines) => lines.len(),
        }
    }

    pub(super) fn skus(&self) -> BTreeSet<&Sku> {
        match self {
            Self::Web(lines) => lines.iter().map(|line| &line.sku).collect(),
            Self::Import(lines) => lines.iter().map(|line| &line.sku).collect(),
        }
    }

    /// The lines with their texts in one form, after all checks that need no other data.
    pub(super) fn checked(&self) -> Result<Cow<'_, Self>, Error> {
        match self {
            Self::Web(lines) => {
                for (line_number, line) in numbered(lines) {
                    validate::quantity(Some(line_number), line.quantity)?;
                }
                Ok(Cow::Borrowed(self))
            }
            Self::Import(lines) => {
                let checked = numbered(lines).map(|(line_number, line)| {
                    validate::quantity(Some(line_number), line.quantity)?;
                    validate::amount(Some(line_number), line.unit_price)?;
                    let name = validate::text("name", &line.name, 1..=NAME_CHARS_MAX)?;
                    Ok(ImportLine { name, ..line.clone() })
                });
                Ok(Cow::Owned(Self::Import(checked.collect::<Result<_, Error>>()?)))
            }
        }
    }

    /// The lines with their names, sellers and prices, and their common currency.
    pub(super) fn priced(&self, streams: StreamStates<'_>) -> Result<(Currency, Vec<OrderLine>), Refusal> {
        let priced = match self {
            Self::Web(lines) => price_by_catalogue(lines, streams)?,
            Self::Import(lines) => price_as_given(lines, streams)?,
        };
        let currency = priced
            .first()
            .map(|(_, currency)| *currency)
            .ok_or(Error::NoLines)?;
        if priced.iter().any(|(_, other)| *other != currency) {
            return Err(Error::CurrencyMismatch.into());
        }
        Ok((currency, priced.into_iter().map(|(line, _)| line).collect()))
    }
}

/// A line with its price, which may be in another currency than the other lines.
type Priced = (OrderLine, Currency);

fn price_by_catalogue(lines: &[WebLine], streams: StreamStates<'_>) -> Result<Vec<Priced>, Refusal> {
    let (mut unknown, mut withdrawn, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    let mut priced = Vec::with_capacity(lines.len());
    for (line_number, line) in numbered(lines) {
        match streams.product(&line.sku)? {
            ProductState::Unlisted => unknown.push(LineRef {
                line_number,
                sku: line.sku.clone(),
            }),
            ProductState::Withdrawn(_) => withdrawn.push(LineRef {
                line_number,
                sku: line.sku.clone(),
            }),
            ProductState::Listed(product) => {
                changed.extend(price_change(line_number, line, product.price));
                priced.push(order_line(
                    &line.sku,
                    &product.name,
                    line.quantity,
                    product.price,
                    product,
                ));
            }
        }
    }
    none(unknown, |lines| Error::UnknownProducts { lines })?;
    none(withdrawn, |lines| Error::ProductsWithdrawn { lines })?;
    none(changed, |lines| Error::PriceChanged { lines })?;
    Ok(priced)
}

fn price_as_given(lines: &[ImportLine], streams: StreamStates<'_>) -> Result<Vec<Priced>, Refusal> {
    let mut unknown = Vec::new();
    let mut priced = Vec::with_capacity(lines.len());
    for (line_number, line) in numbered(lines) {
        match streams.product(&line.sku)?.product() {
            Some(product) => {
                priced.push(order_line(
                    &line.sku,
                    &line.name,
                    line.quantity,
                    line.unit_price,
                    product,
                ));
            }
            None => unknown.push(LineRef {
                line_number,
                sku: line.sku.clone(),
            }),
        }
    }
    none(unknown, |lines| Error::UnknownProducts { lines })?;
    Ok(priced)
}

fn price_change(line_number: u16, line: &WebLine, unit_price: Money) -> Option<PriceChange> {
    let expected_unit_price_minor = line.expected_unit_price_minor?;
    (expected_unit_price_minor != unit_price.minor).then(|| PriceChange {
        line_number,
        sku: line.sku.clone(),
        expected_unit_price_minor,
        unit_price,
    })
}

fn order_line(sku: &Sku, name: &str, quantity: i64, price: Money, product: &Product) -> Priced {
    let line = OrderLine {
        sku: sku.clone(),
        name: name.to_owned(),
        seller_id: product.seller_id,
        quantity,
        unit_price_minor: price.minor,
    };
    (line, price.currency)
}

fn none<T>(lines: Vec<T>, error: impl FnOnce(Vec<T>) -> Error) -> Result<(), Error> {
    if lines.is_empty() {
        Ok(())
    } else {
        Err(error(lines))
    }
}

fn numbered<T>(lines: &[T]) -> impl Iterator<Item = (u16, &T)> {
    (1_u16..).zip(lines)
}
