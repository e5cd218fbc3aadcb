//! Returns: units of a delivered order that are sent back, and their refund.
//!
//! `requested → approved | rejected → received → refunded → closed`. The refund belongs to the payment:
//! [`crate::payment::RequestRefund`] after the units are received, and [`crate::payment::RecordRefund`] closes the
//! return.

mod event;
mod handle;
mod request;
mod state;

pub use event::{
    ReturnApproved, ReturnClosed, ReturnEvent, ReturnReceived, ReturnRefunded, ReturnRejected,
    ReturnRequested,
};
pub use handle::{ApproveReturn, ReceiveReturn, RejectReturn};
pub use request::{RequestReturn, ReturnLine};
pub use state::{RequestedReturn, ReturnState};
