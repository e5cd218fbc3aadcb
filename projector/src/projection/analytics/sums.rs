//! The sums of one batch, and how an event adds to them. What each event adds is kept as an entry at its position, for the
//! sums as they were.

use std::collections::BTreeMap;

use chrono::{DateTime, DurationRound as _, NaiveDate, TimeDelta, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::sale::SaleRow;
use crate::copy::Writing;
use crate::decoded_event::Inapplicable;
use crate::registry::Table;
use crate::upsert::upsert;

pub(super) const HOURS: Table = Table {
    name: "sales_by_hour",
    key: &["hour", "currency"],
};
pub(super) const PRODUCTS: Table = Table {
    name: "sales_by_product",
    key: &["day", "currency", "sku"],
};
pub(super) const CUSTOMERS: Table = Table {
    name: "sales_by_customer",
    key: &["day", "currency", "customer_id", "is_guest"],
};
pub(super) const ENTRIES: Table = Table {
    name: "sales_entries",
    key: &["position", "number"],
};

/// Declares figures that are added one by one.
macro_rules! figures {
    ($(#[$doc:meta])* $name:ident { $($field:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub(super) struct $name {
            $(pub $field: i64),+
        }

        impl $name {
            /// Adds two of them.
            ///
            /// # Errors
            /// When a sum does not fit 64 bits.
            pub fn plus(self, other: Self) -> Result<Self, Inapplicable> {
                Ok(Self {
                    $($field: self.$field.checked_add(other.$field).ok_or(Inapplicable::Overflow)?),+
                })
            }
        }
    };
}

figures! {
    /// Numbers, and amounts in minor units of one currency.
    Figures { orders, cancelled_orders, units, gross_minor, cancelled_minor, refunded_minor, captured_minor }
}

/// What an event adds to the sums of its order's currency, customer and products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Effect {
    /// The time for which it is counted.
    at: DateTime<Utc>,
    /// The figures of the order: those of its products, and those that no product has.
    whole: Figures,
    /// The figures of each product, by SKU.
    products: Vec<(String, Figures)>,
}

/// Effects of one event; most have one.
pub(super) type Effects = Vec<Effect>;

impl Effect {
    /// The figures of `products` at `at`, and `more` that belong to the order and to no product.
    ///
    /// # Errors
    /// When a sum does not fit 64 bits.
    pub fn new(
        at: DateTime<Utc>,
        products: Vec<(String, Figures)>,
        more: Figures,
    ) -> Result<Self, Inapplicable> {
        let whole = products
            .iter()
            .try_fold(more, |sum, (_, figures)| sum.plus(*figures));
        Ok(Self {
            at,
            whole: whole?,
            products,
        })
    }
}

type HourKey = (DateTime<Utc>, String);
type ProductKey = (NaiveDate, String, String);
type CustomerKey = (NaiveDate, String, Uuid, bool);

/// What an event added, at its position.
#[derive(Debug)]
struct Entry {
    position: i64,
    /// Its place among the effects of the event.
    number: i32,
    hour: DateTime<Utc>,
    currency: String,
    customer_id: Uuid,
    is_guest: bool,
    whole: Figures,
    /// The figures of each product as JSON.
    products: String,
}

/// The sums of one batch, and the entries that they are made of.
#[derive(Debug, Default)]
pub(super) struct Sums {
    entries: Vec<Entry>,
    hours: BTreeMap<HourKey, Figures>,
    products: BTreeMap<ProductKey, Figures>,
    customers: BTreeMap<CustomerKey, Figures>,
}

impl Sums {
    /// Adds the effects of the event at `position` on an order.
    ///
    /// # Errors
    /// When a sum does not fit 64 bits. Nothing is added in that case.
    pub fn add(&mut self, position: i64, order: &SaleRow, effects: &[Effect]) -> Result<(), Inapplicable> {
        let (mut hours, mut products, mut customers) = (Vec::new(), Vec::new(), Vec::new());
        let mut entries = Vec::new();
        for (number, effect) in (0..).zip(effects) {
            let hour = effect
                .at
                .duration_trunc(TimeDelta::hours(1))
                .map_err(|_| Inapplicable::Overflow)?;
            let (day, currency) = (effect.at.date_naive(), &order.currency);
            hours.push(((hour, currency.clone()), effect.whole));
            let customer = (day, currency.clone(), order.customer_id, order.is_guest);
            customers.push((customer, effect.whole));
            let of_product =
                |(sku, figures): &(String, Figures)| ((day, currency.clone(), sku.clone()), *figures);
            products.extend(effect.products.iter().map(of_product));
            entries.push(Entry {
                position,
                number,
                hour,
                currency: currency.clone(),
                customer_id: order.customer_id,
                is_guest: order.is_guest,
                whole: effect.whole,
                products: products_json(&effect.products),
            });
        }
        let hours = increased(&self.hours, hours)?;
        let products = increased(&self.products, products)?;
        let customers = increased(&self.customers, customers)?;
        self.hours.extend(hours);
        self.products.extend(products);
        self.customers.extend(customers);
        self.entries.extend(entries);
        Ok(())
    }

    /// Adds the sums and the entries to the tables.
    pub async fn write(&self, connection: &mut PgConnection, writing: Writing) -> Result<(), sqlx::Error> {
        write_entries(connection, self.entries.iter(), writing).await?;
        let hours: Vec<_> = self.hours.iter().collect();
        add_hours(connection, hours.iter(), Writing::Upsert).await?;
        let products: Vec<_> = self.products.iter().collect();
        add_products(connection, products.iter(), Writing::Upsert).await?;
        let customers: Vec<_> = self.customers.iter().collect();
        add_customers(connection, customers.iter(), Writing::Upsert).await
    }
}

/// The figures of products as arrays of SKU, units, gross, cancelled and refunded.
fn products_json(products: &[(String, Figures)]) -> String {
    let arrays = products.iter().map(|(sku, figures)| {
        let Figures {
            units,
            gross_minor,
            cancelled_minor,
            refunded_minor,
            ..
        } = *figures;
        (sku, units, gross_minor, cancelled_minor, refunded_minor)
    });
    let arrays: Vec<_> = arrays.collect();
    serde_json::to_string(&arrays).expect("texts and numbers serialise")
}

/// The sums of the keys of `additions`, after adding them.
fn increased<K: Ord>(
    sums: &BTreeMap<K, Figures>,
    additions: Vec<(K, Figures)>,
) -> Result<BTreeMap<K, Figures>, Inapplicable> {
    let mut increased = BTreeMap::new();
    for (key, figures) in additions {
        let before = increased.get(&key).or_else(|| sums.get(&key)).copied();
        let after = before.unwrap_or_default().plus(figures)?;
        increased.insert(key, after);
    }
    Ok(increased)
}

upsert! {
    fn add_hours(row: &(&'rows HourKey, &'rows Figures)) into HOURS on conflict Add {
        hour: DateTime<Utc> as "timestamptz" = row.0.0,
        currency: &'rows str as "text" = &row.0.1,
        orders: i64 as "bigint" = row.1.orders,
        cancelled_orders: i64 as "bigint" = row.1.cancelled_orders,
        units: i64 as "bigint" = row.1.units,
        gross_minor: i64 as "bigint" = row.1.gross_minor,
        cancelled_minor: i64 as "bigint" = row.1.cancelled_minor,
        refunded_minor: i64 as "bigint" = row.1.refunded_minor,
        captured_minor: i64 as "bigint" = row.1.captured_minor,
    }
}

upsert! {
    fn add_products(row: &(&'rows ProductKey, &'rows Figures)) into PRODUCTS on conflict Add {
        day: NaiveDate as "date" = row.0.0,
        currency: &'rows str as "text" = &row.0.1,
        sku: &'rows str as "text" = &row.0.2,
        units: i64 as "bigint" = row.1.units,
        gross_minor: i64 as "bigint" = row.1.gross_minor,
        cancelled_minor: i64 as "bigint" = row.1.cancelled_minor,
        refunded_minor: i64 as "bigint" = row.1.refunded_minor,
    }
}

upsert! {
    fn add_customers(row: &(&'rows CustomerKey, &'rows Figures)) into CUSTOMERS on conflict Add {
        day: NaiveDate as "date" = row.0.0,
        currency: &'rows str as "text" = &row.0.1,
        customer_id: Uuid as "uuid" = row.0.2,
        is_guest: bool as "boolean" = row.0.3,
        orders: i64 as "bigint" = row.1.orders,
        gross_minor: i64 as "bigint" = row.1.gross_minor,
        cancelled_minor: i64 as "bigint" = row.1.cancelled_minor,
        refunded_minor: i64 as "bigint" = row.1.refunded_minor,
    }
}

upsert! {
    fn write_entries(row: &Entry) into ENTRIES on conflict Replace {
        position: i64 as "bigint" = row.position,
        number: i32 as "integer" = row.number,
        hour: DateTime<Utc> as "timestamptz" = row.hour,
        currency: &'rows str as "text" = &row.currency,
        customer_id: Uuid as "uuid" = row.customer_id,
        is_guest: bool as "boolean" = row.is_guest,
        orders: i64 as "bigint" = row.whole.orders,
        cancelled_orders: i64 as "bigint" = row.whole.cancelled_orders,
        units: i64 as "bigint" = row.whole.units,
        gross_minor: i64 as "bigint" = row.whole.gross_minor,
        cancelled_minor: i64 as "bigint" = row.whole.cancelled_minor,
        refunded_minor: i64 as "bigint" = row.whole.refunded_minor,
        captured_minor: i64 as "bigint" = row.whole.captured_minor,
        products: &'rows str as "json" = &row.products,
    }
}
