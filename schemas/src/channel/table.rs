//! The table of channels. To add a channel, add an entry here; declare a new kind of change in `change/payload.rs`.
//!
//! Permissions are named as in `platform::auth::Permission`; `realtime` does not compile with an unknown name.

use domain::Sku;
use uuid::Uuid;

use super::Conflation::{ByKey, Latest, None as Unconflated};
use super::Reader::{Account, AccountWith, Everyone, GuestOfOrder, PartyToOrder, Permission};
use super::{ChannelInfo, InvalidChannel, Parameter, channels};
use crate::change::ChangeKind::{
    DeliveryChanged, DeliveryLeft, OrderChanged, OrderNoteAdded, ProductChanged, ReplayChanged, StockChanged,
    SystemChanged,
};

channels! {
    /// The progress of one order: payment, preparation, delivery and returns. Sellers receive the total and the number of
    /// their own lines, and not the courier. The subscription of a courier ends when the courier loses the delivery.
    Order(id: Uuid) = "order" {
        conflation: Unconflated,
        readers: [GuestOfOrder, PartyToOrder, Permission("orders:read")],
        carries: [OrderChanged, OrderNoteAdded],
    }
    /// The deliveries that are offered or assigned to one courier. `delivery.left` names one that has left them.
    Courier(id: Uuid) = "courier" {
        conflation: Unconflated,
        readers: [AccountWith("deliveries:deliver"), Permission("deliveries:manage")],
        carries: [DeliveryChanged, DeliveryLeft],
    }
    /// The orders with at least one line of one seller. The seller receives the total and the number of these lines, and
    /// not the courier.
    Seller(id: Uuid) = "seller" {
        conflation: Unconflated,
        readers: [AccountWith("orders:read-sales"), Permission("orders:read")],
        carries: [OrderChanged],
    }
    /// The orders of one customer.
    Account(id: Uuid) = "account" {
        conflation: Unconflated,
        readers: [Account],
        carries: [OrderChanged],
    }
    /// One product: its details, its price and its stock.
    Product(sku: Sku) = "product" {
        conflation: ByKey,
        readers: [Everyone],
        carries: [ProductChanged, StockChanged],
    }
    /// All orders.
    Orders = "orders" {
        conflation: ByKey,
        readers: [Permission("orders:read")],
        carries: [OrderChanged, OrderNoteAdded],
    }
    /// All deliveries.
    Deliveries = "deliveries" {
        conflation: ByKey,
        readers: [Permission("deliveries:manage")],
        carries: [DeliveryChanged],
    }
    /// Stock that runs low. Reserved: nothing is published on it yet.
    StockAlerts = "stock-alerts" {
        conflation: ByKey,
        readers: [Permission("stock:manage")],
        carries: [],
    }
    /// The health of the system, as the node of the socket sees it, every two seconds.
    Metrics = "metrics" {
        conflation: Latest,
        readers: [Permission("dashboard:read")],
        carries: [SystemChanged],
    }
    /// The last replay of each projection. Progress is sent once a second.
    Replays = "replays" {
        conflation: Latest,
        readers: [Permission("projections:manage")],
        carries: [ReplayChanged],
    }
}
