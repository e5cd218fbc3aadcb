//! Orders in lists. One statement a list, so that each has the index that it runs along.

use chrono::{DateTime, Utc};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use crate::page::TimePlace;
use crate::view::{Money, OrderRow, Raw};

/// What a list shows of a row of `orders`.
#[derive(Debug)]
pub(super) struct ListedOrder {
    pub id: Uuid,
    number: String,
    status: String,
    payment_status: String,
    fulfilment_status: String,
    delivery_status: Option<String>,
    courier_id: Option<Uuid>,
    total_minor: i64,
    currency: String,
    line_count: i32,
    country: String,
    pub placed_at: DateTime<Utc>,
    timeline: Json<Raw>,
    version: i64,
    position: i64,
}

impl From<ListedOrder> for OrderRow {
    fn from(row: ListedOrder) -> Self {
        Self {
            id: row.id,
            number: row.number,
            status: row.status,
            payment_status: row.payment_status,
            fulfilment_status: row.fulfilment_status,
            delivery_status: row.delivery_status,
            courier_id: row.courier_id,
            total: Money {
                minor: row.total_minor,
                currency: row.currency,
            },
            line_count: row.line_count,
            country: row.country,
            placed_at: row.placed_at,
            timeline: row.timeline.0,
            version: row.version,
            position: row.position,
        }
    }
}

impl ListedOrder {
    /// All orders before `place`, newest first.
    pub(super) async fn all(
        pool: &PgPool,
        place: TimePlace,
        row_count: i64,
    ) -> Result<Vec<Self>, sqlx::Error> {
        sqlx::query_as!(
            Self,
            r#"SELECT id, number, status, payment_status, fulfilment_status, delivery_status, courier_id,
                   total_minor, currency, line_count, country, placed_at, timeline AS "timeline: Json<Raw>",
                   version, position
               FROM read_model.orders WHERE (placed_at, id) < ($1, $2)
               ORDER BY placed_at DESC, id DESC LIMIT $3"#,
            place.0,
            place.1,
            row_count
        )
        .fetch_all(pool)
        .await
    }

    /// Those of one status.
    pub(super) async fn of_status(
        pool: &PgPool,
        status: &str,
        place: TimePlace,
        row_count: i64,
    ) -> Result<Vec<Self>, sqlx::Error> {
        sqlx::query_as!(
            Self,
            r#"SELECT id, number, status, payment_status, fulfilment_status, delivery_status, courier_id,
                   total_minor, currency, line_count, country, placed_at, timeline AS "timeline: Json<Raw>",
                   version, position
               FROM read_model.orders WHERE status = $1 AND (placed_at, id) < ($2, $3)
               ORDER BY placed_at DESC, id DESC LIMIT $4"#,
            status,
            place.0,
            place.1,
            row_count
        )
        .fetch_all(pool)
        .await
    }

    /// Those of one customer.
    pub(super) async fn of_customer(
        pool: &PgPool,
        customer_id: Uuid,
        place: TimePlace,
        row_count: i64,
    ) -> Result<Vec<Self>, sqlx::Error> {
        sqlx::query_as!(
            Self,
            r#"SELECT id, number, status, payment_status, fulfilment_status, delivery_status, courier_id,
                   total_minor, currency, line_count, country, placed_at, timeline AS "timeline: Json<Raw>",
                   version, position
               FROM read_model.orders WHERE customer_id = $1 AND (placed_at, id) < ($2, $3)
               ORDER BY placed_at DESC, id DESC LIMIT $4"#,
            customer_id,
            place.0,
            place.1,
            row_count
        )
        .fetch_all(pool)
        .await
    }

    /// Those that hold lines of one seller, who sees how many those are and what they cost, and nothing of the
    /// others'.
    pub(super) async fn of_seller(
        pool: &PgPool,
        seller_id: Uuid,
        place: TimePlace,
        row_count: i64,
    ) -> Result<Vec<Self>, sqlx::Error> {
        sqlx::query_as!(
            Self,
            r#"SELECT o.id, o.number, o.status, o.payment_status, o.fulfilment_status, o.delivery_status,
                   NULL::uuid AS courier_id, own.total_minor AS "total_minor!", o.currency,
                   own.line_count AS "line_count!", o.country, o.placed_at,
                   o.timeline AS "timeline: Json<Raw>", o.version, o.position
               FROM read_model.order_sellers AS s JOIN read_model.orders AS o ON o.id = s.order_id
               CROSS JOIN LATERAL (
                   SELECT SUM((line->>'line_total_minor')::bigint)::bigint AS total_minor,
                       COUNT(*)::integer AS line_count
                   FROM json_array_elements(o.lines) AS line WHERE (line->>'seller_id')::uuid = s.seller_id
               ) AS own
               WHERE s.seller_id = $1 AND (s.placed_at, s.order_id) < ($2, $3)
               ORDER BY s.placed_at DESC, s.order_id DESC LIMIT $4"#,
            seller_id,
            place.0,
            place.1,
            row_count
        )
        .fetch_all(pool)
        .await
    }
}
