//! Analytics over days in UTC: `from` is inclusive, `to` exclusive.

use actix_web::web;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use platform::answer::Found;
use platform::problem::{FieldError, Problem};
use platform::query::{Limit, Query};
use schemars::JsonSchema;
use schemas::read_model;
use serde::Deserialize;

use super::{Answer, found};
use crate::api::{Api, database};
use crate::position::{MinPosition, ReadModels};
use crate::view::{SalesHour, SalesHourList, SalesSummary, TopProduct, TopProductList};

/// The read models that these reads use.
const USES: ReadModels = &[read_model::SALES, read_model::PRODUCTS];

/// The most days for which hourly figures are shown.
const DAYS_BY_HOUR_MAX: u64 = 400;

/// Some days.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DaysQuery {
    /// The first day, by UTC.
    from: NaiveDate,
    /// The day after the last one, by UTC.
    to: NaiveDate,
    /// Wait until the read models have reached this position.
    min_position: Option<MinPosition>,
}

/// Some days, and how many items.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TopQuery {
    /// The first day, by UTC.
    from: NaiveDate,
    /// The day after the last one, by UTC.
    to: NaiveDate,
    /// How many items at most.
    #[serde(default)]
    limit: Limit,
    /// Wait until the read models have reached this position.
    min_position: Option<MinPosition>,
}

/// A span of whole days.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: NaiveDate,
    to: NaiveDate,
}

impl Span {
    fn parse(from: NaiveDate, to: NaiveDate) -> Result<Self, Problem> {
        // Postgres stores days from 4713 BC; no sale is before the year 1.
        let is_in_range = |day: NaiveDate| (1..=9_999).contains(&chrono::Datelike::year(&day));
        if from > to {
            return Err(invalid("?to", "must not be before `from`"));
        }
        if !is_in_range(from) || !is_in_range(to) {
            return Err(invalid("?from", "must be a day of the years 1 to 9999"));
        }
        Ok(Self { from, to })
    }

    fn start(self) -> DateTime<Utc> {
        self.from.and_time(NaiveTime::MIN).and_utc()
    }

    fn end(self) -> DateTime<Utc> {
        self.to.and_time(NaiveTime::MIN).and_utc()
    }
}

fn invalid(pointer: &str, detail: &str) -> Problem {
    Problem::validation(vec![FieldError::new(pointer, detail)])
}

/// Units and amounts sold and refunded, and the number of customers.
pub(crate) async fn summary(api: web::Data<Api>, query: Query<DaysQuery>) -> Answer<Found<SalesSummary>> {
    let span = Span::parse(query.0.from, query.0.to)?;
    api.wait_for(USES, query.0.min_position).await?;
    let summary = sqlx::query_as!(
        SalesSummary,
        r#"SELECT COALESCE(SUM(orders), 0)::bigint AS "orders!", COALESCE(SUM(units), 0)::bigint AS "units!",
               COALESCE(SUM(gross_minor), 0)::bigint AS "gross_minor!",
               COALESCE(SUM(refunded_minor), 0)::bigint AS "refunded_minor!",
               (SELECT COUNT(DISTINCT customer_id) FROM read_model.sales_customers
                WHERE day >= $3 AND day < $4) AS "customers!"
           FROM read_model.sales_by_hour WHERE hour >= $1 AND hour < $2"#,
        span.start(),
        span.end(),
        span.from,
        span.to
    );
    found(summary.fetch_one(&api.pool).await.map_err(database)?)
}

/// The products with the highest sales, under their current names.
pub(crate) async fn top_products(
    api: web::Data<Api>,
    query: Query<TopQuery>,
) -> Answer<Found<TopProductList>> {
    let span = Span::parse(query.0.from, query.0.to)?;
    api.wait_for(USES, query.0.min_position).await?;
    let items = sqlx::query_as!(
        TopProduct,
        r#"SELECT t.sku, COALESCE(p.name, t.sku) AS "name!", t.units AS "units!", t.gross_minor AS "gross_minor!"
           FROM (SELECT sku, SUM(units)::bigint AS units, SUM(gross_minor)::bigint AS gross_minor
                 FROM read_model.product_sales_by_day WHERE day >= $1 AND day < $2
                 GROUP BY sku ORDER BY SUM(gross_minor) DESC, sku LIMIT $3) AS t
           LEFT JOIN read_model.products AS p ON p.sku = t.sku
           ORDER BY t.gross_minor DESC, t.sku"#,
        span.from,
        span.to,
        i64::from(query.0.limit.get())
    );
    found(TopProductList {
        items: items.fetch_all(&api.pool).await.map_err(database)?,
    })
}

/// Sales by hour.
pub(crate) async fn sales_by_hour(
    api: web::Data<Api>,
    query: Query<DaysQuery>,
) -> Answer<Found<SalesHourList>> {
    let span = Span::parse(query.0.from, query.0.to)?;
    let is_too_long = span
        .from
        .checked_add_days(Days::new(DAYS_BY_HOUR_MAX))
        .is_some_and(|last| last < span.to);
    if is_too_long {
        return Err(invalid(
            "?to",
            &format!("must be at most {DAYS_BY_HOUR_MAX} days after `from`"),
        ));
    }
    api.wait_for(USES, query.0.min_position).await?;
    let items = sqlx::query_as!(
        SalesHour,
        "SELECT hour, orders, units, gross_minor, refunded_minor FROM read_model.sales_by_hour
         WHERE hour >= $1 AND hour < $2 ORDER BY hour",
        span.start(),
        span.end()
    );
    found(SalesHourList {
        items: items.fetch_all(&api.pool).await.map_err(database)?,
    })
}
