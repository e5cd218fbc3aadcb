//! The kinds of change, and their data. None of it is personal, because history and the topic keep it unencrypted. To
//! add a kind, add an entry to the table, and name it in its channels.

use chrono::{DateTime, Utc};
use domain::Money;
use domain::order::NoteVisibility;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::kind::kinds;
pub use crate::read_model::order::AnnouncedSummary as Order;
use crate::read_model::{AnnouncedStage, DeliveryStatus};
use crate::replay::ReplayStatus;
use crate::system::SystemStatus;
use crate::text_enum;

kinds! {
    /// An order changed.
    OrderChanged = "order.changed": Order;
    /// A note was added to an order. Its text is personal data: read it from `GET /orders/{id}/notes`.
    OrderNoteAdded = "order.note-added": OrderNote;
    /// A delivery changed.
    DeliveryChanged = "delivery.changed": Delivery;
    /// A delivery was given to another courier, or to none.
    DeliveryLeft = "delivery.left": FormerDelivery;
    /// The stock of a product changed.
    StockChanged = "stock.changed": Stock;
    /// The details or the price of a product changed.
    ProductChanged = "product.changed": Product;
    /// A replay of a projection changed: an item of `GET /admin/replays`.
    ReplayChanged = "replay.changed": ReplayStatus;
    /// The health of the system changed: what `GET /admin/system` answers.
    SystemChanged = "system.changed": SystemStatus;
}

/// A note on an order, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrderNote {
    /// Its id.
    pub id: Uuid,
    /// The order it is on.
    pub order_id: Uuid,
    /// Who may read it.
    pub visibility: NoteVisibility,
    /// When it was written.
    pub added_at: DateTime<Utc>,
    /// The position of the event that added it.
    pub position: u64,
}

/// A delivery, as a courier's queue and the live board show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delivery {
    /// Its id.
    pub id: Uuid,
    /// The order it delivers.
    pub order_id: Uuid,
    /// The number of that order.
    pub order_number: String,
    /// Its status.
    pub status: DeliveryStatus,
    /// The courier it is offered or assigned to, if there is one.
    pub courier_id: Option<Uuid>,
    /// The country of delivery.
    pub country: String,
    /// The number of the order's lines.
    pub line_count: u32,
    /// The stages it has reached, oldest first.
    pub timeline: Vec<AnnouncedStage<DeliveryStatus>>,
    /// The position of the last event that changed it.
    pub position: u64,
}

/// A delivery that a courier no longer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FormerDelivery {
    /// Its id.
    pub id: Uuid,
    /// The order it delivers.
    pub order_id: Uuid,
    /// The position of the event that took it from the courier.
    pub position: u64,
}

/// The stock level of one SKU, in units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stock {
    /// The SKU.
    pub sku: String,
    /// Units in the warehouse.
    pub on_hand: i64,
    /// Units reserved for orders that are not confirmed yet.
    pub reserved: i64,
    /// Units committed to confirmed orders that have not been shipped yet.
    pub committed: i64,
    /// Units that can be sold: `on_hand - reserved - committed`.
    pub available: i64,
    /// The position of the last event that changed them.
    pub position: u64,
}

/// A product. Its stock is in `stock.changed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Product {
    /// Its SKU.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: String,
    /// Its category.
    pub category: String,
    /// Its price.
    pub price: Money,
    /// The account that sells it.
    pub seller_id: Uuid,
    /// Whether it is listed for sale.
    pub status: ProductStatus,
    /// The version of its stream.
    pub version: u64,
    /// The position of the last event that changed it.
    pub position: u64,
}

text_enum! {
    /// Whether a product is listed for sale.
    #[derive(JsonSchema)]
    pub enum ProductStatus {
        /// Listed for sale.
        Listed = "listed",
        /// Withdrawn from sale.
        Withdrawn = "withdrawn",
    }
}
