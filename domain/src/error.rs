//! Why a command was rejected. Each variant is a fact, with the data that shows it.

mod lines;

pub use lines::{LineRef, PriceChange, Shortage};

use chrono::{DateTime, Utc};

use crate::money::MoneyError;
use crate::{
    AccountId, DeliveryId, Money, OrderId, PaymentId, ProviderReference, RefundId, ReturnId, Sku, StreamId,
};

/// What kind of fact a rejection is, so that a caller can answer without knowing each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// What the command is about does not exist.
    NotFound,
    /// It is in a state in which this cannot happen.
    InvalidState,
    /// There is too little stock.
    InsufficientStock,
    /// The command is at fault, whatever the state.
    Validation,
    /// It contradicts what is known.
    Conflict,
    /// Somebody else may do it.
    Forbidden,
    /// The streams contradict each other: a fault of the platform, not of the caller.
    Internal,
}

macro_rules! errors {
    ($($(#[doc = $doc:literal])+ $(#[error($($message:tt)+)])+ $kind:ident $slug:literal
        $name:ident $({ $($(#[$field_doc:meta])+ $field:ident: $type:ty),* $(,)? })?)+) => {
        /// Why a command was rejected: no event was written.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        pub enum Error {$(
            $(#[doc = $doc])+
            $(#[error($($message)+)])+
            $name $({ $($(#[$field_doc])+ $field: $type),* })?,
        )+}

        impl Error {
            /// What kind of fact it is.
            pub const fn kind(&self) -> ErrorKind {
                match self {
                    $(Self::$name { .. } => ErrorKind::$kind,)+
                }
            }

            /// A stable name for callers: lower case words with hyphens.
            pub const fn slug(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $slug,)+
                }
            }
        }
    };
}

// Each error: its message, its kind and slug, its name and data.
errors! {
    /// No product has this SKU.
    #[error("there is no product {sku}")]
    NotFound "not-found" UnknownProduct {
        /// The SKU.
        sku: Sku,
    }
    /// There is no such order.
    #[error("there is no order {order_id}")]
    NotFound "not-found" UnknownOrder {
        /// The order.
        order_id: OrderId,
    }
    /// There is no such payment.
    #[error("there is no payment {payment_id}")]
    NotFound "not-found" UnknownPayment {
        /// The payment.
        payment_id: PaymentId,
    }
    /// The payment has no such refund.
    #[error("there is no refund {refund_id}")]
    NotFound "not-found" UnknownRefund {
        /// The refund.
        refund_id: RefundId,
    }
    /// There is no such delivery.
    #[error("there is no delivery {delivery_id}")]
    NotFound "not-found" UnknownDelivery {
        /// The delivery.
        delivery_id: DeliveryId,
    }
    /// There is no such return.
    #[error("there is no return {return_id}")]
    NotFound "not-found" UnknownReturn {
        /// The return.
        return_id: ReturnId,
    }

    /// The SKU is taken.
    #[error("{sku} is listed already")]
    Conflict "already-listed" ProductAlreadyListed {
        /// The SKU.
        sku: Sku,
    }
    /// The product is off sale already.
    #[error("{sku} is withdrawn already")]
    InvalidState "invalid-state" ProductAlreadyWithdrawn {
        /// The SKU.
        sku: Sku,
    }
    /// The product is on sale, so it cannot be put on sale again.
    #[error("{sku} is not withdrawn")]
    InvalidState "invalid-state" ProductNotWithdrawn {
        /// The SKU.
        sku: Sku,
    }

    /// The order's id is taken.
    #[error("the order was placed already")]
    Conflict "already-placed" OrderAlreadyPlaced {
        /// The order.
        order_id: OrderId,
    }
    /// The order is not paid for yet.
    #[error("the order is still pending")]
    InvalidState "invalid-state" OrderStillPending {
        /// The order.
        order_id: OrderId,
    }
    /// The order is confirmed.
    #[error("the order is confirmed already")]
    InvalidState "invalid-state" OrderAlreadyConfirmed {
        /// The order.
        order_id: OrderId,
    }
    /// The order is on its way, or was.
    #[error("the order was picked up already")]
    InvalidState "invalid-state" OrderAlreadyPickedUp {
        /// The order.
        order_id: OrderId,
    }
    /// The order is completed.
    #[error("the order is completed already")]
    InvalidState "invalid-state" OrderAlreadyCompleted {
        /// The order.
        order_id: OrderId,
    }
    /// The order is cancelled.
    #[error("the order is cancelled already")]
    InvalidState "invalid-state" OrderAlreadyCancelled {
        /// The order.
        order_id: OrderId,
    }
    /// The order's reservation ran out.
    #[error("the order's reservation ran out already")]
    InvalidState "invalid-state" OrderAlreadyExpired {
        /// The order.
        order_id: OrderId,
    }
    /// The reservation has not run out yet.
    #[error("the reservation runs until {expires_at}")]
    InvalidState "invalid-state" ReservationStillRuns {
        /// The order.
        order_id: OrderId,
        /// Until when.
        expires_at: DateTime<Utc>,
    }

    /// The provider is being asked, so the order must not expire under it.
    #[error("a payment is in progress")]
    InvalidState "invalid-state" PaymentInProgress {
        /// The payment.
        payment_id: PaymentId,
    }
    /// The payment is in another state than the command needs.
    #[error("the payment is in state {status}")]
    InvalidState "invalid-state" InvalidPaymentState {
        /// The payment.
        payment_id: PaymentId,
        /// The state it is in.
        status: &'static str,
    }
    /// The refund is in another state than the command needs.
    #[error("the refund is in state {status}")]
    InvalidState "invalid-state" InvalidRefundState {
        /// The refund.
        refund_id: RefundId,
        /// The state it is in.
        status: &'static str,
    }
    /// The order is to be paid by another payment.
    #[error("the order is paid by payment {expected}")]
    Conflict "wrong-payment" WrongPayment {
        /// The order's payment.
        expected: PaymentId,
        /// The one named.
        actual: PaymentId,
    }
    /// The same was recorded already, under another reference of the provider.
    #[error("it is recorded already, as {}", known.0)]
    Conflict "provider-conflict" ProviderConflict {
        /// The reference recorded.
        known: ProviderReference,
        /// The reference told now.
        told: ProviderReference,
    }
    /// The amount is not the one agreed.
    #[error("the amount is {} {:?}, not {} {:?}", expected.minor, expected.currency, actual.minor, actual.currency)]
    Conflict "amount-mismatch" AmountMismatch {
        /// What was agreed.
        expected: Money,
        /// What the command says.
        actual: Money,
    }
    /// More is to go back than was captured and has not gone back.
    #[error("only {} {:?} can be refunded", refundable.minor, refundable.currency)]
    InvalidState "refund-exceeds-capture" RefundExceedsCapture {
        /// What can still be refunded.
        refundable: Money,
        /// What was asked for.
        requested: Money,
    }
    /// The return has a refund already, under way or paid.
    #[error("the return is refunded by {refund_id}")]
    InvalidState "invalid-state" ReturnAlreadyRefunded {
        /// The return.
        return_id: ReturnId,
        /// Its refund.
        refund_id: RefundId,
    }
    /// The refund's id is taken by another refund.
    #[error("refund {refund_id} is another refund")]
    Conflict "refund-conflict" RefundAlreadyRequested {
        /// The refund.
        refund_id: RefundId,
    }

    /// The delivery is in another state than the command needs.
    #[error("the delivery is in state {status}")]
    InvalidState "invalid-state" InvalidDeliveryState {
        /// The delivery.
        delivery_id: DeliveryId,
        /// The state it is in.
        status: &'static str,
    }
    /// Another courier has the delivery, or was asked.
    #[error("the delivery is another courier's")]
    Forbidden "not-your-delivery" DeliveryOfAnotherCourier {
        /// The delivery.
        delivery_id: DeliveryId,
        /// The courier who tried.
        courier_id: AccountId,
    }

    /// The return is in another state than the command needs.
    #[error("the return is in state {status}")]
    InvalidState "invalid-state" InvalidReturnState {
        /// The return.
        return_id: ReturnId,
        /// The state it is in.
        status: &'static str,
    }
    /// The return's id is taken.
    #[error("the return was requested already")]
    Conflict "already-requested" ReturnAlreadyRequested {
        /// The return.
        return_id: ReturnId,
    }
    /// More units are to come back than were sold and are not back.
    #[error("of line {line_number} only {returnable} units can come back")]
    InvalidState "nothing-to-return" NotReturnable {
        /// The line's number in the order, from 1.
        line_number: u16,
        /// How many units can still come back.
        returnable: i64,
        /// How many were asked for.
        requested: i64,
    }

    /// There is too little stock.
    #[error("there is too little stock of {} SKUs", lines.len())]
    InsufficientStock "insufficient-stock" InsufficientStock {
        /// Of which SKUs.
        lines: Vec<Shortage>,
    }

    /// Nothing is on sale under these lines' SKUs, nor ever was.
    #[error("{} lines name no product", lines.len())]
    Validation "unknown-product" UnknownProducts {
        /// Which lines.
        lines: Vec<LineRef>,
    }
    /// These lines' products are not on sale any more.
    #[error("{} lines name a withdrawn product", lines.len())]
    Validation "product-withdrawn" ProductsWithdrawn {
        /// Which lines.
        lines: Vec<LineRef>,
    }
    /// The price is not what the customer was shown.
    #[error("the price of {} lines changed", lines.len())]
    Conflict "price-changed" PriceChanged {
        /// Which lines.
        lines: Vec<PriceChange>,
    }
    /// There is not one line.
    #[error("there are no lines")]
    Validation "validation" NoLines
    /// There are too many lines.
    #[error("there are {count} lines, and {count_max} are allowed")]
    Validation "too-many-lines" TooManyLines {
        /// How many there are.
        count: usize,
        /// How many are allowed.
        count_max: usize,
    }
    /// A line is not in the order.
    #[error("there is no line {line_number}")]
    Validation "validation" UnknownLine {
        /// The number asked for.
        line_number: u16,
    }
    /// A quantity is out of bounds.
    #[error("a quantity is 1 to {quantity_max}, not {quantity}")]
    Validation "invalid-quantity" InvalidQuantity {
        /// The line's number in the command, from 1; `None` where there are no lines.
        line_number: Option<u16>,
        /// What was asked for.
        quantity: i64,
        /// The most that is allowed.
        quantity_max: i64,
    }
    /// An amount of money is not positive.
    #[error("an amount is positive, not {minor}")]
    Validation "invalid-amount" InvalidAmount {
        /// The line's number in the command, from 1; `None` where there are no lines.
        line_number: Option<u16>,
        /// What was given, in minor units.
        minor: i64,
    }
    /// A text is too short or too long, or holds a NUL character.
    #[error("`{field}` has {chars_min} to {chars_max} characters and no NUL")]
    Validation "validation" InvalidText {
        /// Which field of the command.
        field: &'static str,
        /// The fewest characters allowed.
        chars_min: usize,
        /// The most characters allowed.
        chars_max: usize,
    }
    /// Two amounts that belong together are in different currencies.
    #[error("the currencies differ")]
    Validation "currency-mismatch" CurrencyMismatch
    /// A sum does not fit 64 bits.
    #[error("the amount is too large")]
    Validation "amount-overflow" AmountOverflow

    /// A stream's state is of another kind than the stream.
    #[error("the view holds a foreign state for {stream}")]
    Internal "internal" ForeignState {
        /// The stream.
        stream: StreamId,
    }
}

impl From<MoneyError> for Error {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::Overflow => Self::AmountOverflow,
            MoneyError::CurrencyMismatch => Self::CurrencyMismatch,
        }
    }
}
