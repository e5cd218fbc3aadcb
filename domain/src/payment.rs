//! Payments: one intent to collect an order's total, and its refunds.
//!
//! `requires_payment_method → requires_confirmation → processing → requires_capture → succeeded`, with
//! `requires_action` beside `processing`, back to `requires_payment_method` when declined, and `cancelled`
//! from anywhere before the capture.
//!
//! The provider is asked outside the domain; its answer comes in as a `Record…` command, with its reference.
//! Such a command may come twice, and then writes nothing the second time. It may also come late: an
//! authorisation that arrives after the order was cancelled or expired is recorded as the fact it is, does not
//! confirm the order, and is voided by a policy.

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
