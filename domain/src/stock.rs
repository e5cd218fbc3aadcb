//! Stock: how many units of a SKU are on hand, and how many of them are reserved or committed.
//!
//! `on_hand = available + reserved + committed`. The item has only counts; the units of each order are in the order's
//! stream, which is written in the same transaction. So the state of a stock item takes a few bytes for any number of
//! orders.

mod command;
mod event;
mod quantities;
mod state;

pub use command::{AdjustStock, ReceiveStock};
pub use event::{
    AdjustmentCause, HoldKind, ReleaseReason, StockAdjusted, StockCommitted, StockEvent, StockReceived,
    StockReleased, StockReserved, StockReturned, StockShipped, StockTakenBack,
};
pub(crate) use quantities::by_sku;
pub use state::StockState;
