//! The shapes of answers that are not beside their read; the OpenAPI document takes them from here.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use schemas::change::payload;
use schemas::consumer::ConsumerStatus;
use schemas::http;
use schemas::read_model::{DeliveryStatus, Stage, order};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

mod past;

pub(crate) use past::{
    ActorRole, AsOf, Cause, Difference, Differences, FieldChange, HistoryEvent, Occurrence, ReturnedGoods,
    ReturnedLine,
};

/// JSON that is copied from a column to an answer.
pub(crate) type Raw = Box<RawValue>;

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Money {
    pub minor: i64,
    pub currency: String,
}

/// Documented as [`domain::Money`], which has the same fields.
impl JsonSchema for Money {
    fn schema_name() -> Cow<'static, str> {
        domain::Money::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        domain::Money::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        domain::Money::json_schema(generator)
    }
}

impl Money {
    pub fn new(minor: i64, currency: &str) -> Self {
        Self {
            minor,
            currency: currency.to_owned(),
        }
    }
}

/// A product.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Product {
    pub sku: String,
    pub name: String,
    pub description: String,
    pub category: String,
    pub price: Money,
    pub seller_id: Uuid,
    #[schemars(with = "payload::ProductStatus")]
    pub status: String,
    pub available: i64,
    /// The version of its stream, for the `ETag` of the answer.
    #[serde(skip)]
    pub version: i64,
    pub position: i64,
    /// As of when it is; absent from the present.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOf>,
}

/// A category, and the number of listed products in it.
#[derive(Debug, Clone, Serialize, JsonSchema, sqlx::FromRow)]
pub(crate) struct Category {
    pub name: String,
    pub product_count: i64,
}

/// All categories.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct CategoryList {
    pub items: Vec<Category>,
}

/// The stock level of one SKU, in units.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Stock {
    pub sku: String,
    pub on_hand: i64,
    pub reserved: i64,
    pub committed: i64,
    pub available: i64,
    pub position: i64,
    /// As of when it is; absent from the present.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOf>,
}

/// An order.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Order {
    pub id: Uuid,
    pub number: String,
    pub status: order::OrderStatus,
    pub payment_status: order::PaymentStatus,
    pub fulfilment_status: order::FulfilmentStatus,
    pub delivery_status: Option<DeliveryStatus>,
    #[schemars(with = "http::OrderReturnStatus")]
    pub return_status: String,
    pub customer_id: Option<Uuid>,
    #[schemars(with = "http::SalesChannel")]
    pub channel: String,
    pub lines: Vec<OrderLine>,
    pub totals: Totals,
    pub country: String,
    #[schemars(with = "Option<http::Contact>")]
    pub contact: Option<Raw>,
    pub payment_id: Uuid,
    pub delivery_id: Uuid,
    pub courier_id: Option<Uuid>,
    pub reservation_expires_at: DateTime<Utc>,
    pub placed_at: DateTime<Utc>,
    pub timeline: Vec<Stage<order::OrderStage>>,
    pub version: i64,
    pub position: i64,
    /// As of when it is; absent from the present.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOf>,
}

/// A line of an order.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OrderLine {
    pub line_number: u16,
    pub sku: String,
    pub name: String,
    pub quantity: i64,
    pub unit_price: Money,
    pub line_total: Money,
    pub returned_quantity: i64,
}

/// The totals of an order.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Totals {
    pub subtotal: Money,
    pub discount: Money,
    pub tax: Money,
    pub shipping: Money,
    pub total: Money,
}

/// A payment.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Payment {
    pub id: Uuid,
    pub order_id: Uuid,
    pub order_number: String,
    #[schemars(with = "http::PaymentStatus")]
    pub status: String,
    pub amount: Money,
    pub captured: Money,
    pub refunded: Money,
    pub created_at: DateTime<Utc>,
    pub position: i64,
    /// As of when it is; absent from the present.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOf>,
}

/// A delivery.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Delivery {
    pub id: Uuid,
    pub order_id: Uuid,
    pub order_number: String,
    #[schemars(with = "DeliveryStatus")]
    pub status: String,
    pub courier_id: Option<Uuid>,
    pub country: String,
    #[schemars(with = "Option<http::Contact>")]
    pub contact: Option<Raw>,
    pub line_count: i32,
    pub timeline: Vec<Stage<DeliveryStatus>>,
    pub position: i64,
    /// As of when it is; absent from the present.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOf>,
}

/// A courier, as admins see them.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Courier {
    pub id: Uuid,
    pub name: String,
    pub email: String,
}

/// All couriers.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CourierList {
    pub items: Vec<Courier>,
}

/// The counts and projections on the live board.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Dashboard {
    #[serde(flatten)]
    pub counts: Counts,
    pub projections: Vec<ConsumerStatus>,
}

/// The counts at a position.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Counts {
    pub orders: BTreeMap<String, i64>,
    pub deliveries: BTreeMap<String, i64>,
    pub products: i64,
    pub position: i64,
}
