//! Payments: one intent to collect an order's total, and its refunds.
//!
//! `requires_payment_method → requires_confirmation → processing → requires_capture → succeeded`, with
//! `requires_action` next to `processing`, back to `requires_payment_method` when declined, and `cancelled` from any
//! state before the capture.
//!
//! The provider is called outside the domain; its answer arrives as a `Record…` command, with its reference. Repeating
//! such a command writes nothing. It may also be late: an authorisation that arrives after the order was cancelled or
//! expired is recorded as a fact, does not confirm the order, and is voided by a policy.

mod attempt;
mod event;
mod provider;
mod refund;
mod refunds;
mod state;

pub use attempt::{ConfirmPayment, CreatePayment, METHOD_CHARS_MAX, ResolvePaymentAction};
pub use event::{
    PaymentActionRequired, PaymentAuthorised, PaymentCancelled, PaymentCaptured, PaymentConfirmed,
    PaymentCreated, PaymentDeclined, PaymentEvent, PaymentMethodAttached, RefundFailed, RefundRequested,
    RefundSucceeded,
};
pub use provider::{
    RecordAuthorisation, RecordCapture, RecordDecline, RecordPaymentActionRequired, RecordVoid,
};
pub use refund::{RecordRefund, RecordRefundFailure, RequestRefund};
pub use refunds::{Refund, RefundStatus, Refunds};
pub use state::{Attempt, Intent, PaymentState};
