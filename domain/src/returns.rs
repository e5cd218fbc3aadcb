//! Returns: units of a delivered order that come back, and the money that goes back for them.
//!
//! `requested → approved | rejected → received → refunded → closed`. The refund is the payment's:
//! [`crate::payment::RequestRefund`] once the units are back, [`crate::payment::RecordRefund`] closes.

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
