//! What the sockets are told of an order: what a list shows of it, and nothing personal.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::row::{FulfilmentStatus, OrderRow, OrderStage, PaymentStatus, Status};
use crate::projection::delivery::DeliveryStatus;
use crate::projection::timeline::Stage;

/// The data of `order.changed`.
#[derive(Debug, Serialize)]
pub(super) struct OrderChange<'row> {
    id: Uuid,
    number: &'row str,
    status: Status,
    payment_status: PaymentStatus,
    fulfilment_status: FulfilmentStatus,
    delivery_status: Option<DeliveryStatus>,
    courier_id: Option<Uuid>,
    total: Amount<'row>,
    line_count: i32,
    country: &'row str,
    placed_at: DateTime<Utc>,
    timeline: &'row [Stage<OrderStage>],
    version: i64,
    position: i64,
}

#[derive(Debug, Serialize)]
struct Amount<'row> {
    minor: i64,
    currency: &'row str,
}

impl<'row> OrderChange<'row> {
    /// What is told of `row`.
    pub(super) fn of(row: &'row OrderRow) -> Self {
        Self {
            id: row.id,
            number: &row.number,
            status: row.status,
            payment_status: row.payment_status,
            fulfilment_status: row.fulfilment_status,
            delivery_status: row.delivery_status,
            courier_id: row.courier_id,
            total: Amount {
                minor: row.total_minor,
                currency: &row.currency,
            },
            line_count: row.line_count,
            country: &row.country,
            placed_at: row.placed_at,
            timeline: &row.timeline,
            version: row.version,
            position: row.position,
        }
    }
}
