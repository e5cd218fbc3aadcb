//! The shapes of the sales figures. `docs/analytics.md` defines them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Currency;
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::Serialize;
use sqlx::FromRow;

use super::period::Granularity;
use crate::view::Money;

/// Amounts of one currency in minor units, with room for every sum and difference of 64-bit amounts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Amounts {
    gross: i128,
    cancelled: i128,
    refunded: i128,
}

impl Amounts {
    pub fn new(gross: i64, cancelled: i64, refunded: i64) -> Self {
        Self {
            gross: gross.into(),
            cancelled: cancelled.into(),
            refunded: refunded.into(),
        }
    }

    /// These amounts without a part of them.
    pub const fn without(self, part: Self) -> Self {
        Self {
            gross: self.gross - part.gross,
            cancelled: self.cancelled - part.cancelled,
            refunded: self.refunded - part.refunded,
        }
    }

    /// These amounts in a currency.
    ///
    /// # Errors
    /// 500 when one does not fit 64 bits.
    pub fn of(self, currency: &str) -> Result<SalesAmounts, Problem> {
        let money = |minor: i128| {
            let minor = i64::try_from(minor).map_err(Problem::internal)?;
            Ok(Money::new(minor, currency))
        };
        Ok(SalesAmounts {
            gross: money(self.gross)?,
            cancelled: money(self.cancelled)?,
            refunded: money(self.refunded)?,
            net: money(self.gross - self.cancelled - self.refunded)?,
        })
    }
}

/// The moment of figures of the past: right after this event. Events that were recorded later are not counted, whatever
/// time they are counted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct SalesAsOf {
    /// The position of the event.
    pub position: i64,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// What was sold, and what of it was cancelled or refunded. All amounts are in one currency.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SalesAmounts {
    /// The totals of the orders that were confirmed.
    pub gross: Money,
    /// The totals of the confirmed orders that were cancelled before their payment was captured.
    pub cancelled: Money,
    /// The refunds that the payment provider paid.
    pub refunded: Money,
    /// Gross − cancelled − refunded.
    pub net: Money,
}

/// The currencies in which there were sales, most orders first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SalesCurrencyList {
    pub items: Vec<SalesCurrency>,
    /// The moment that was asked for; absent for now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<SalesAsOf>,
}

/// A currency in which there were sales.
#[derive(Debug, Serialize, JsonSchema, FromRow)]
pub(crate) struct SalesCurrency {
    #[schemars(with = "Currency")]
    pub currency: String,
    /// The orders that were confirmed.
    pub orders: i64,
    /// The UTC day of the first sale.
    pub first_day: NaiveDate,
    /// The UTC day of the latest sale.
    pub latest_day: NaiveDate,
}

/// The sales of a period in each currency, most orders first. Currencies without sales, cancellations, refunds and
/// captures in the period are omitted.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SalesSummaryList {
    pub items: Vec<SalesSummary>,
    /// The moment that was asked for; absent for now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<SalesAsOf>,
}

/// The sales of a period in one currency.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SalesSummary {
    #[schemars(with = "Currency")]
    pub currency: String,
    /// The orders that were confirmed.
    pub orders: i64,
    /// Those that were cancelled before their payment was captured.
    pub cancelled_orders: i64,
    /// The units of the orders that were confirmed.
    pub units: i64,
    pub amounts: SalesAmounts,
    /// The payments that were captured.
    pub captured: Money,
    /// The part of customers with an account.
    pub accounts: CustomerSales,
    /// The part of guests. Each order of a guest counts as a customer.
    pub guests: CustomerSales,
}

/// The sales to one kind of customers.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CustomerSales {
    /// The customers of the orders that were confirmed.
    pub customers: i64,
    /// The orders that were confirmed.
    pub orders: i64,
    pub amounts: SalesAmounts,
}

/// The products with the highest net sales in a period.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TopProductList {
    pub items: Vec<TopProduct>,
    /// Everything else: the other products, shipping, tax and discounts. With it, the items add up to the summary.
    pub rest: ProductSales,
    /// The moment that was asked for; absent for now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<SalesAsOf>,
}

/// The sales of one product.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TopProduct {
    pub sku: String,
    pub name: String,
    /// The units of the orders that were confirmed.
    pub units: i64,
    pub amounts: SalesAmounts,
}

/// Sales that belong to no product of a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ProductSales {
    /// The units of the orders that were confirmed.
    pub units: i64,
    pub amounts: SalesAmounts,
}

/// The sales of a period in one currency, by a unit of time. Units without sales are omitted.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SalesBucketList {
    pub granularity: Granularity,
    pub items: Vec<SalesBucket>,
    /// The moment that was asked for; absent for now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<SalesAsOf>,
}

/// The sales of an hour, a day, a week or a month.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SalesBucket {
    /// The start of the hour, day, week or month, in UTC. The first one may start before the period; it has the sales
    /// of the period only.
    pub start: DateTime<Utc>,
    /// The orders that were confirmed.
    pub orders: i64,
    /// Those that were cancelled before their payment was captured.
    pub cancelled_orders: i64,
    /// The units of the orders that were confirmed.
    pub units: i64,
    pub amounts: SalesAmounts,
    /// The payments that were captured.
    pub captured: Money,
}
