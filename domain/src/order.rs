//! Orders: the lines a customer buys, their prices, and the order's progress.
//!
//! `pending → confirmed → completed`; `pending → expired | cancelled`; `confirmed → cancelled` while nothing
//! has been picked up. The customer places and cancels; the payment's authorisation confirms
//! ([`crate::payment::RecordAuthorisation`]); the delivery completes ([`crate::delivery::DeliverDelivery`]).

mod claims;
mod close;
mod event;
mod lines;
mod note;
mod number;
mod place;
mod state;
mod totals;

pub use claims::Claims;
pub use close::{CancelOrder, ExpireOrder};
pub use event::{
    CancelledBy, Customer, NoteAuthor, NoteVisibility, OrderCancelled, OrderCompleted, OrderConfirmed,
    OrderEvent, OrderExpired, OrderLine, OrderLinesReturned, OrderNoteAdded, OrderPlaced,
    OrderReturnRejected, ReturnedLine, SalesChannel, Totals,
};
pub use lines::{ImportLine, RequestedLines, WebLine};
pub use note::{AddOrderNote, NOTE_TEXT_CHARS_MAX};
pub use number::{Number, number};
pub use place::{COUNTRY_CHARS_MAX, LINES_MAX, PlaceOrder};
pub use state::{OrderState, PlacedOrder};
