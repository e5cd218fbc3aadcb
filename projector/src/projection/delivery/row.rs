//! The row of a delivery, and its published data.

use chrono::{DateTime, Utc};
use domain::Sealed;
use domain::delivery::DeliveryCreated;
use schemas::read_model::{AnnouncedStage, DeliveryStatus, StoredStage};
use serde::Serialize;
use uuid::Uuid;

use crate::decoded_event::DecodedEvent;
use crate::keyed_table::keyed_table;

keyed_table! {
    /// A row of table `deliveries`.
    pub struct DeliveryRow in "deliveries" key "id": Uuid = |row| row.id;
    {
        id: Uuid,
        order_id: Uuid,
        order_number: String,
        status: DeliveryStatus,
        courier_id: Option<Uuid>,
        country: String,
        contact: Option<Sealed>,
        line_count: i32,
        timeline: Vec<StoredStage<DeliveryStatus>>,
        created_at: DateTime<Utc>,
        version: i64,
        position: i64,
    }
}

impl DeliveryRow {
    /// Creates the row of a new delivery; its first stage is added like any other.
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

/// The data of `delivery.changed`: the row without personal data.
#[derive(Debug, Serialize)]
pub(super) struct DeliveryChange<'row> {
    id: Uuid,
    order_id: Uuid,
    order_number: &'row str,
    status: DeliveryStatus,
    courier_id: Option<Uuid>,
    country: &'row str,
    line_count: i32,
    timeline: Vec<AnnouncedStage<DeliveryStatus>>,
    position: i64,
}

impl<'row> DeliveryChange<'row> {
    /// The published data of `row`.
    pub(super) fn of(row: &'row DeliveryRow) -> Self {
        Self {
            id: row.id,
            order_id: row.order_id,
            order_number: &row.order_number,
            status: row.status,
            courier_id: row.courier_id,
            country: &row.country,
            line_count: row.line_count,
            timeline: row.timeline.iter().map(StoredStage::announced).collect(),
            position: row.position,
        }
    }
}
