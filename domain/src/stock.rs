//! Stock: how many units of a SKU are on hand, and how many of them are reserved or committed.
//!
//! `on_hand = available + reserved + committed`. The item knows counts only; which order holds how many
//! stands in the order, which is written in the same transaction. So a stock item stays a few bytes however
//! many orders want it.

mod command;
mod event;
mod quantities;
mod state;

pub use command::{AdjustStock, ReceiveStock};
pub use event::{
    HoldKind, ReleaseReason, StockAdjusted, StockCommitted, StockEvent, StockReceived, StockReleased,
    StockReserved, StockReturned, StockShipped,
};
pub(crate) use quantities::by_sku;
pub use state::StockState;
