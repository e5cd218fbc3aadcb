//! Sales figures of periods of UTC days, each in one currency.
//!
//! Postgres adds up: its sum of `bigint` is `numeric`, and one that does not fit 64 bits is an error, never another
//! number.

use actix_web::web;
use chrono::{DateTime, Utc};
use platform::answer::Found;
use platform::problem::Problem;
use platform::query::Query;
use schemas::read_model;
use sqlx::{AssertSqlSafe, FromRow};

use super::Answer;
use crate::api::{Api, database};
use crate::position::ReadModels;
use crate::view::Money;

mod as_of;
mod period;
mod view;

use as_of::{Asked, Sums};
use period::{CurrenciesQuery, Period, SalesQuery, SummaryQuery, TopProductsQuery};
use view::{
    Amounts, CustomerSales, ProductSales, SalesBucket, SalesBucketList, SalesCurrencyList, SalesSummary,
    SalesSummaryList, TopProduct, TopProductList,
};

/// The read models that these reads use.
const USES: ReadModels = &[read_model::SALES];

/// The read models that a list with the names of products uses.
const USES_WITH_NAMES: ReadModels = &[read_model::SALES, read_model::PRODUCTS];

/// What the parameters of a read say about the moment.
macro_rules! asked {
    ($query:expr) => {
        Asked {
            at: $query.at,
            position: $query.position,
            min_position: $query.min_position,
        }
    };
}

/// The currencies in which there were sales.
pub(crate) async fn currencies(
    api: web::Data<Api>,
    query: Query<CurrenciesQuery>,
) -> Answer<Found<SalesCurrencyList>> {
    let sums = Sums::find(&api, USES, asked!(query.0)).await?;
    let sql = format!(
        "SELECT currency, SUM(orders)::bigint AS orders, (MIN(hour) AT TIME ZONE 'UTC')::date AS first_day, \
             (MAX(hour) AT TIME ZONE 'UTC')::date AS latest_day \
         FROM {} AS hours WHERE orders > 0 GROUP BY currency ORDER BY SUM(orders) DESC, currency",
        sums.hours()
    );
    let items = sqlx::query_as(AssertSqlSafe(sql)).persistent(sums.as_of.is_none());
    sums.reached.found(SalesCurrencyList {
        items: items.fetch_all(&api.pool).await.map_err(database)?,
        as_of: sums.as_of,
    })
}

/// The sales of a period in each currency, and to whom they were made.
pub(crate) async fn summary(
    api: web::Data<Api>,
    query: Query<SummaryQuery>,
) -> Answer<Found<SalesSummaryList>> {
    let period = Period::parse(query.0.from, query.0.to)?;
    let sums = Sums::find(&api, USES, asked!(query.0)).await?;
    let sql = format!(
        "WITH hours AS ( \
             SELECT currency, SUM(orders)::bigint AS orders, SUM(cancelled_orders)::bigint AS cancelled_orders, \
                 SUM(units)::bigint AS units, SUM(gross_minor)::bigint AS gross, \
                 SUM(cancelled_minor)::bigint AS cancelled, SUM(refunded_minor)::bigint AS refunded, \
                 SUM(captured_minor)::bigint AS captured \
             FROM {} AS hours WHERE hour >= $1 AND hour < $2 GROUP BY currency \
         ), customers AS ( \
             SELECT currency, is_guest, COUNT(DISTINCT customer_id) FILTER (WHERE orders > 0) AS customers, \
                 SUM(orders)::bigint AS customer_orders, SUM(gross_minor)::bigint AS customer_gross, \
                 SUM(cancelled_minor)::bigint AS customer_cancelled, SUM(refunded_minor)::bigint AS customer_refunded \
             FROM {} AS customers WHERE day >= $3 AND day < $4 GROUP BY currency, is_guest \
         ) \
         SELECT * FROM hours JOIN customers USING (currency) ORDER BY orders DESC, currency",
        sums.hours(),
        sums.customers()
    );
    let rows = sqlx::query_as(AssertSqlSafe(sql))
        .persistent(sums.as_of.is_none())
        .bind(period.start())
        .bind(period.end())
        .bind(period.from)
        .bind(period.to);
    let rows: Vec<SummaryRow> = rows.fetch_all(&api.pool).await.map_err(database)?;
    let mut items: Vec<SalesSummary> = Vec::new();
    for row in rows {
        match items.last_mut().filter(|item| item.currency == row.currency) {
            Some(item) => row.add_customers_to(item)?,
            None => items.push(row.into_summary()?),
        }
    }
    sums.reached.found(SalesSummaryList {
        items,
        as_of: sums.as_of,
    })
}

/// The sales of a period in one currency, and the part of one kind of customers.
#[derive(FromRow)]
struct SummaryRow {
    currency: String,
    orders: i64,
    cancelled_orders: i64,
    units: i64,
    gross: i64,
    cancelled: i64,
    refunded: i64,
    captured: i64,
    is_guest: bool,
    customers: i64,
    customer_orders: i64,
    customer_gross: i64,
    customer_cancelled: i64,
    customer_refunded: i64,
}

impl SummaryRow {
    fn into_summary(self) -> Result<SalesSummary, Problem> {
        let none = || {
            Ok(CustomerSales {
                customers: 0,
                orders: 0,
                amounts: Amounts::default().of(&self.currency)?,
            })
        };
        let mut summary = SalesSummary {
            currency: self.currency.clone(),
            orders: self.orders,
            cancelled_orders: self.cancelled_orders,
            units: self.units,
            amounts: Amounts::new(self.gross, self.cancelled, self.refunded).of(&self.currency)?,
            captured: Money::new(self.captured, &self.currency),
            accounts: none()?,
            guests: none()?,
        };
        self.add_customers_to(&mut summary)?;
        Ok(summary)
    }

    fn add_customers_to(&self, summary: &mut SalesSummary) -> Result<(), Problem> {
        let amounts = Amounts::new(
            self.customer_gross,
            self.customer_cancelled,
            self.customer_refunded,
        );
        let sales = CustomerSales {
            customers: self.customers,
            orders: self.customer_orders,
            amounts: amounts.of(&self.currency)?,
        };
        if self.is_guest {
            summary.guests = sales;
        } else {
            summary.accounts = sales;
        }
        Ok(())
    }
}

/// The products with the highest net sales in a period, with their current names.
pub(crate) async fn top_products(
    api: web::Data<Api>,
    query: Query<TopProductsQuery>,
) -> Answer<Found<TopProductList>> {
    let period = Period::parse(query.0.from, query.0.to)?;
    let currency = query.0.currency.code();
    let sums = Sums::find(&api, USES_WITH_NAMES, asked!(query.0)).await?;
    // The amounts of no product, under an empty SKU, come last, so that they are only left to the rest.
    let sql = format!(
        "SELECT sku, SUM(units)::bigint AS units, SUM(gross_minor)::bigint AS gross, \
             SUM(cancelled_minor)::bigint AS cancelled, SUM(refunded_minor)::bigint AS refunded, \
             SUM(SUM(units)) OVER ()::bigint AS all_units, SUM(SUM(gross_minor)) OVER ()::bigint AS all_gross, \
             SUM(SUM(cancelled_minor)) OVER ()::bigint AS all_cancelled, \
             SUM(SUM(refunded_minor)) OVER ()::bigint AS all_refunded \
         FROM {} AS products WHERE day >= $1 AND day < $2 AND currency = $3 GROUP BY sku \
         ORDER BY sku = '', SUM(gross_minor) - SUM(cancelled_minor) - SUM(refunded_minor) DESC, sku LIMIT $4",
        sums.products()
    );
    let rows = sqlx::query_as(AssertSqlSafe(sql))
        .persistent(sums.as_of.is_none())
        .bind(period.from)
        .bind(period.to)
        .bind(currency)
        .bind(i64::from(query.0.limit.get()));
    let rows: Vec<ProductRow> = rows.fetch_all(&api.pool).await.map_err(database)?;
    top_product_list(&api, sums, currency, rows).await
}

/// The sales of a product in a period, and those of all products.
#[derive(FromRow)]
struct ProductRow {
    sku: String,
    units: i64,
    gross: i64,
    cancelled: i64,
    refunded: i64,
    all_units: i64,
    all_gross: i64,
    all_cancelled: i64,
    all_refunded: i64,
}

async fn top_product_list(
    api: &Api,
    sums: Sums,
    currency: &str,
    rows: Vec<ProductRow>,
) -> Answer<Found<TopProductList>> {
    let skus = rows.iter().filter(|row| !row.sku.is_empty());
    let skus = skus.map(|row| row.sku.parse().map_err(Problem::internal));
    let names = sums.names(api, skus.collect::<Result<_, _>>()?).await?;
    let mut rest = rows.first().map_or_else(Amounts::default, |row| {
        Amounts::new(row.all_gross, row.all_cancelled, row.all_refunded)
    });
    let mut rest_units = rows.first().map_or(0, |row| row.all_units);
    let mut items = Vec::new();
    for row in rows.into_iter().filter(|row| !row.sku.is_empty()) {
        let amounts = Amounts::new(row.gross, row.cancelled, row.refunded);
        rest = rest.without(amounts);
        rest_units -= row.units;
        items.push(TopProduct {
            name: names.get(&row.sku).unwrap_or(&row.sku).clone(),
            sku: row.sku,
            units: row.units,
            amounts: amounts.of(currency)?,
        });
    }
    let rest = ProductSales {
        units: rest_units,
        amounts: rest.of(currency)?,
    };
    sums.reached.found(TopProductList {
        items,
        rest,
        as_of: sums.as_of,
    })
}

/// The sales of a period by hour, day, week or month.
pub(crate) async fn sales(api: web::Data<Api>, query: Query<SalesQuery>) -> Answer<Found<SalesBucketList>> {
    let granularity = query.0.granularity;
    let period = Period::parse_for(granularity, query.0.from, query.0.to)?;
    let currency = query.0.currency.code();
    let sums = Sums::find(&api, USES, asked!(query.0)).await?;
    let sql = format!(
        "SELECT date_trunc($4, hour, 'UTC') AS start, SUM(orders)::bigint AS orders, \
             SUM(cancelled_orders)::bigint AS cancelled_orders, SUM(units)::bigint AS units, \
             SUM(gross_minor)::bigint AS gross, SUM(cancelled_minor)::bigint AS cancelled, \
             SUM(refunded_minor)::bigint AS refunded, SUM(captured_minor)::bigint AS captured \
         FROM {} AS hours WHERE hour >= $1 AND hour < $2 AND currency = $3 GROUP BY 1 ORDER BY 1",
        sums.hours()
    );
    let rows = sqlx::query_as(AssertSqlSafe(sql))
        .persistent(sums.as_of.is_none())
        .bind(period.start())
        .bind(period.end())
        .bind(currency)
        .bind(granularity.unit());
    let rows: Vec<BucketRow> = rows.fetch_all(&api.pool).await.map_err(database)?;
    let items = rows.into_iter().map(|row| {
        Ok(SalesBucket {
            start: row.start,
            orders: row.orders,
            cancelled_orders: row.cancelled_orders,
            units: row.units,
            amounts: Amounts::new(row.gross, row.cancelled, row.refunded).of(currency)?,
            captured: Money::new(row.captured, currency),
        })
    });
    sums.reached.found(SalesBucketList {
        granularity,
        items: items.collect::<Result<_, Problem>>()?,
        as_of: sums.as_of,
    })
}

/// The sales of a unit of time.
#[derive(FromRow)]
struct BucketRow {
    start: DateTime<Utc>,
    orders: i64,
    cancelled_orders: i64,
    units: i64,
    gross: i64,
    cancelled: i64,
    refunded: i64,
    captured: i64,
}
