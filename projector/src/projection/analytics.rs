//! Sales and refunds by hour, by product and day, and by customer.
//!
//! A sale is counted when its order is confirmed, in the hour in which the order was placed; a refund is counted in the
//! hour in which the provider paid it. Amounts are the orders' subtotals, in minor units; the platform sells in one
//! currency.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use chrono::{DateTime, DurationRound as _, NaiveDate, TimeDelta, Utc};
use domain::order::{Customer, OrderConfirmed, OrderEvent};
use domain::payment::PaymentEvent;
use domain::{Event, Sku};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Changes, Projection};
use crate::decoded_event::{DecodedEvent, Inapplicable};
use crate::registry::Table;
use crate::upsert::upsert;

const HOURS: Table = Table {
    name: "sales_by_hour",
    key: &["hour"],
};
const PRODUCT_DAYS: Table = Table {
    name: "product_sales_by_day",
    key: &["day", "sku"],
};
const CUSTOMER_DAYS: Table = Table {
    name: "sales_customers",
    key: &["day", "customer_id"],
};

/// Its tables.
pub(crate) const TABLES: [Table; 3] = [HOURS, PRODUCT_DAYS, CUSTOMER_DAYS];

/// The sums of one batch.
#[derive(Debug, Default)]
pub(crate) struct Sales {
    hours: BTreeMap<DateTime<Utc>, Hour>,
    products: BTreeMap<(NaiveDate, Sku), ProductDay>,
    customers: BTreeSet<(NaiveDate, Uuid)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Hour {
    orders: i64,
    units: i64,
    gross_minor: i64,
    refunded_minor: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct ProductDay {
    units: i64,
    gross_minor: i64,
}

impl Sales {
    fn hour(&mut self, at: DateTime<Utc>) -> Result<&mut Hour, Inapplicable> {
        let hour = at
            .duration_trunc(TimeDelta::hours(1))
            .map_err(|_| Inapplicable::Overflow)?;
        Ok(self.hours.entry(hour).or_default())
    }

    fn sell(&mut self, order: &OrderConfirmed) -> Result<(), Inapplicable> {
        // All sums are computed first: an event that cannot be applied must not leave partial changes.
        let mut units = 0_i64;
        for line in &order.lines {
            line.unit_price_minor
                .checked_mul(line.quantity)
                .ok_or(Inapplicable::Overflow)?;
            units = units.checked_add(line.quantity).ok_or(Inapplicable::Overflow)?;
        }
        let hour = self.hour(order.placed_at)?;
        hour.orders += 1;
        hour.units = hour.units.saturating_add(units);
        hour.gross_minor = hour.gross_minor.saturating_add(order.totals.subtotal_minor);
        let day = order.placed_at.date_naive();
        for line in &order.lines {
            let product = self.products.entry((day, line.sku.clone())).or_default();
            product.units = product.units.saturating_add(line.quantity);
            product.gross_minor = product
                .gross_minor
                .saturating_add(line.unit_price_minor * line.quantity);
        }
        if let Customer::Account { account_id } = order.customer {
            self.customers.insert((day, account_id.as_uuid()));
        }
        Ok(())
    }
}

#[async_trait]
impl Projection for Sales {
    async fn load(&mut self, _: &mut PgConnection, _: &[DecodedEvent]) -> Result<(), sqlx::Error> {
        Ok(())
    }

    fn apply(&mut self, decoded: &DecodedEvent, event: &Event, _: &mut Changes) -> Result<(), Inapplicable> {
        match event {
            Event::Order(OrderEvent::OrderConfirmed(order)) => self.sell(order),
            Event::Payment(PaymentEvent::RefundSucceeded(refund)) => {
                let hour = self.hour(decoded.occurred_at)?;
                hour.refunded_minor = hour.refunded_minor.saturating_add(refund.amount.minor);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn write(&mut self, connection: &mut PgConnection, _: &mut Changes) -> Result<(), sqlx::Error> {
        let hours: Vec<_> = self.hours.iter().collect();
        add_hours(connection, hours.iter()).await?;
        let products: Vec<_> = self.products.iter().collect();
        add_products(connection, products.iter()).await?;
        add_customers(connection, self.customers.iter()).await
    }
}

upsert! {
    fn add_hours(row: &(&'rows DateTime<Utc>, &'rows Hour)) into HOURS on conflict Add {
        hour: DateTime<Utc> as "timestamptz" = *row.0,
        orders: i64 as "bigint" = row.1.orders,
        units: i64 as "bigint" = row.1.units,
        gross_minor: i64 as "bigint" = row.1.gross_minor,
        refunded_minor: i64 as "bigint" = row.1.refunded_minor,
    }
}

upsert! {
    fn add_products(row: &(&'rows (NaiveDate, Sku), &'rows ProductDay)) into PRODUCT_DAYS
    on conflict Add {
        day: NaiveDate as "date" = row.0.0,
        sku: &'rows str as "text" = row.0.1.as_str(),
        units: i64 as "bigint" = row.1.units,
        gross_minor: i64 as "bigint" = row.1.gross_minor,
    }
}

upsert! {
    fn add_customers(row: &(NaiveDate, Uuid)) into CUSTOMER_DAYS
    on conflict Keep {
        day: NaiveDate as "date" = row.0,
        customer_id: Uuid as "uuid" = row.1,
    }
}
