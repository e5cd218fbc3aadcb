//! The row of an order, and how it is read and written.

use chrono::{DateTime, Utc};
use domain::Sealed;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::projection::delivery::DeliveryStatus;
use crate::projection::timeline::Stage;
use crate::text_enum::text_enum;
use crate::upsert::{json, upsert};

text_enum! {
    /// Where the order came from.
    Channel { Web = "web", Import = "import" }
}

text_enum! {
    /// How far the order is.
    Status {
        Pending = "pending", Confirmed = "confirmed", Completed = "completed", Cancelled = "cancelled",
        Expired = "expired",
    }
}

text_enum! {
    /// How much of it is paid, as a roll-up of its payment.
    PaymentStatus {
        None = "none", Authorised = "authorised", PartPaid = "part_paid", Paid = "paid",
        PartRefunded = "part_refunded", Refunded = "refunded",
    }
}

text_enum! {
    /// How much of it has left the house, as a roll-up of its delivery.
    FulfilmentStatus { Unfulfilled = "unfulfilled", Fulfilled = "fulfilled", Delivered = "delivered" }
}

text_enum! {
    /// How much of it came back.
    ReturnStatus { None = "none", Partial = "partial", Returned = "returned" }
}

text_enum! {
    /// A stage in the life of an order.
    OrderStage {
        Placed = "placed", Confirmed = "confirmed", Cancelled = "cancelled", Expired = "expired",
        Completed = "completed", Paid = "paid", Refunded = "refunded", Assigned = "assigned",
        PickedUp = "picked_up", OnTheWay = "on_the_way", AttemptFailed = "attempt_failed",
        Returning = "returning", ReturnedToSender = "returned_to_sender", Delivered = "delivered",
        ReturnRequested = "return_requested", ReturnApproved = "return_approved",
        ReturnRejected = "return_rejected", ReturnReceived = "return_received",
    }
}

/// One line.
#[expect(
    clippy::struct_field_names,
    reason = "the fields are called as in the answers"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub line_number: u16,
    pub sku: String,
    pub name: String,
    pub seller_id: Uuid,
    pub quantity: i64,
    pub unit_price_minor: i64,
    pub line_total_minor: i64,
    pub returned_quantity: i64,
}

/// One return of some of its units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReturnEntry {
    pub return_id: Uuid,
    pub status: String,
    pub lines: Vec<ReturnedUnits>,
    pub refund_minor: i64,
}

/// Units of one line that a return takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReturnedUnits {
    pub line_number: u16,
    pub quantity: i64,
}

/// A row of table `orders`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct OrderRow {
    pub id: Uuid,
    pub number: String,
    pub customer_id: Option<Uuid>,
    pub channel: Channel,
    pub status: Status,
    pub payment_status: PaymentStatus,
    pub fulfilment_status: FulfilmentStatus,
    /// None until the order is confirmed.
    pub delivery_status: Option<DeliveryStatus>,
    pub return_status: ReturnStatus,
    #[sqlx(json)]
    pub lines: Vec<Line>,
    pub line_count: i32,
    pub seller_ids: Vec<Uuid>,
    #[sqlx(json)]
    pub returns: Vec<ReturnEntry>,
    pub currency: String,
    pub subtotal_minor: i64,
    pub discount_minor: i64,
    pub tax_minor: i64,
    pub shipping_minor: i64,
    pub total_minor: i64,
    pub refunded_minor: i64,
    pub country: String,
    #[sqlx(json(nullable))]
    pub contact: Option<Sealed>,
    pub payment_id: Uuid,
    pub delivery_id: Uuid,
    pub courier_id: Option<Uuid>,
    pub placed_at: DateTime<Utc>,
    pub reservation_expires_at: DateTime<Utc>,
    #[sqlx(json)]
    pub timeline: Vec<Stage<OrderStage>>,
    pub version: i64,
    pub position: i64,
}

/// A row of table `order_sellers`.
#[derive(Debug, Clone, Copy)]
pub(super) struct OrderSeller {
    seller_id: Uuid,
    placed_at: DateTime<Utc>,
    order_id: Uuid,
}

impl OrderRow {
    /// Who sells something in it.
    pub(super) fn sellers(&self) -> impl Iterator<Item = OrderSeller> {
        let (placed_at, order_id) = (self.placed_at, self.id);
        self.seller_ids.iter().map(move |seller_id| OrderSeller {
            seller_id: *seller_id,
            placed_at,
            order_id,
        })
    }
}

/// Reads the rows with these ids.
pub(super) async fn load(connection: &mut PgConnection, ids: &[Uuid]) -> Result<Vec<OrderRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, number, customer_id, channel, status, payment_status, fulfilment_status, delivery_status, \
             return_status, lines, line_count, seller_ids, returns, currency, subtotal_minor, discount_minor, \
             tax_minor, shipping_minor, total_minor, refunded_minor, country, contact, payment_id, delivery_id, \
             courier_id, placed_at, reservation_expires_at, timeline, version, position \
         FROM orders WHERE id = ANY ($1)",
    )
    .bind(ids)
    .fetch_all(connection)
    .await
}

/// A list of ids as the text of a `uuid[]`.
fn uuid_array(ids: &[Uuid]) -> String {
    let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
    format!("{{{}}}", ids.join(","))
}

upsert! {
    /// Writes rows whole.
    pub(super) fn upsert(row: &OrderRow) into "orders" key ("id") on conflict Replace {
        id: Uuid as "uuid" = row.id,
        number: &'rows str as "text" = &row.number,
        customer_id: Option<Uuid> as "uuid" = row.customer_id,
        channel: &'static str as "text" = row.channel.as_str(),
        status: &'static str as "text" = row.status.as_str(),
        payment_status: &'static str as "text" = row.payment_status.as_str(),
        fulfilment_status: &'static str as "text" = row.fulfilment_status.as_str(),
        delivery_status: Option<&'static str> as "text" = row.delivery_status.map(DeliveryStatus::as_str),
        return_status: &'static str as "text" = row.return_status.as_str(),
        lines: String as "json" = json(&row.lines),
        line_count: i32 as "integer" = row.line_count,
        seller_ids: String as "uuid[]" = uuid_array(&row.seller_ids),
        returns: String as "json" = json(&row.returns),
        currency: &'rows str as "text" = &row.currency,
        subtotal_minor: i64 as "bigint" = row.subtotal_minor,
        discount_minor: i64 as "bigint" = row.discount_minor,
        tax_minor: i64 as "bigint" = row.tax_minor,
        shipping_minor: i64 as "bigint" = row.shipping_minor,
        total_minor: i64 as "bigint" = row.total_minor,
        refunded_minor: i64 as "bigint" = row.refunded_minor,
        country: &'rows str as "text" = &row.country,
        contact: Option<String> as "json" = row.contact.as_ref().map(json),
        payment_id: Uuid as "uuid" = row.payment_id,
        delivery_id: Uuid as "uuid" = row.delivery_id,
        courier_id: Option<Uuid> as "uuid" = row.courier_id,
        placed_at: DateTime<Utc> as "timestamptz" = row.placed_at,
        reservation_expires_at: DateTime<Utc> as "timestamptz" = row.reservation_expires_at,
        timeline: String as "json" = json(&row.timeline),
        version: i64 as "bigint" = row.version,
        position: i64 as "bigint" = row.position,
    }
}

upsert! {
    /// Adds orders to their sellers' lists.
    pub(super) fn add_sellers(row: &OrderSeller) into "order_sellers" key ("seller_id", "placed_at", "order_id")
    on conflict Keep {
        seller_id: Uuid as "uuid" = row.seller_id,
        placed_at: DateTime<Utc> as "timestamptz" = row.placed_at,
        order_id: Uuid as "uuid" = row.order_id,
    }
}
