//! The row of a delivery, and how it is read and written.

use chrono::{DateTime, Utc};
use domain::Sealed;
use domain::delivery::DeliveryCreated;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::decoded_event::DecodedEvent;
use crate::projection::timeline::Stage;
use crate::text_enum::text_enum;
use crate::upsert::{json, upsert};

text_enum! {
    /// How far a delivery is.
    DeliveryStatus {
        Pending = "pending", Offered = "offered", Assigned = "assigned", PickedUp = "picked_up",
        OnTheWay = "on_the_way", AttemptFailed = "attempt_failed", Returning = "returning",
        Returned = "returned", Delivered = "delivered", Cancelled = "cancelled",
    }
}

/// A row of table `deliveries`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct DeliveryRow {
    pub id: Uuid,
    pub order_id: Uuid,
    pub order_number: String,
    pub status: DeliveryStatus,
    pub courier_id: Option<Uuid>,
    pub country: String,
    #[sqlx(json(nullable))]
    pub contact: Option<Sealed>,
    pub line_count: i32,
    #[sqlx(json)]
    pub timeline: Vec<Stage<DeliveryStatus>>,
    pub created_at: DateTime<Utc>,
    pub version: i64,
    pub position: i64,
}

impl DeliveryRow {
    /// The row of a delivery just created; its first stage is added like every other.
    pub(super) fn created(event: &DeliveryCreated, decoded: &DecodedEvent) -> Self {
        Self {
            id: event.delivery_id.as_uuid(),
            order_id: event.order_id.as_uuid(),
            order_number: domain::order::number(event.order_id),
            status: DeliveryStatus::Pending,
            courier_id: None,
            country: event.country.clone(),
            contact: event.contact.clone(),
            line_count: event.line_count.into(),
            timeline: Vec::new(),
            created_at: decoded.occurred_at,
            version: decoded.version,
            position: decoded.position,
        }
    }
}

/// The data of `delivery.changed`: the row without whom it goes to.
#[derive(Debug, Serialize)]
pub(super) struct DeliveryChange<'row> {
    id: Uuid,
    order_id: Uuid,
    order_number: &'row str,
    status: DeliveryStatus,
    courier_id: Option<Uuid>,
    country: &'row str,
    line_count: i32,
    timeline: &'row [Stage<DeliveryStatus>],
    position: i64,
}

impl<'row> DeliveryChange<'row> {
    /// What is told of `row`.
    pub(super) fn of(row: &'row DeliveryRow) -> Self {
        Self {
            id: row.id,
            order_id: row.order_id,
            order_number: &row.order_number,
            status: row.status,
            courier_id: row.courier_id,
            country: &row.country,
            line_count: row.line_count,
            timeline: &row.timeline,
            position: row.position,
        }
    }
}

/// Reads the rows with these ids.
pub(super) async fn load(
    connection: &mut PgConnection,
    ids: &[Uuid],
) -> Result<Vec<DeliveryRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, order_id, order_number, status, courier_id, country, contact, line_count, timeline, \
             created_at, version, position \
         FROM deliveries WHERE id = ANY ($1)",
    )
    .bind(ids)
    .fetch_all(connection)
    .await
}

upsert! {
    /// Writes rows whole.
    pub(super) fn upsert(row: &DeliveryRow) into "deliveries" key ("id") on conflict Replace {
        id: Uuid as "uuid" = row.id,
        order_id: Uuid as "uuid" = row.order_id,
        order_number: &'rows str as "text" = &row.order_number,
        status: &'static str as "text" = row.status.as_str(),
        courier_id: Option<Uuid> as "uuid" = row.courier_id,
        country: &'rows str as "text" = &row.country,
        contact: Option<String> as "json" = row.contact.as_ref().map(json),
        line_count: i32 as "integer" = row.line_count,
        timeline: String as "json" = json(&row.timeline),
        created_at: DateTime<Utc> as "timestamptz" = row.created_at,
        version: i64 as "bigint" = row.version,
        position: i64 as "bigint" = row.position,
    }
}
