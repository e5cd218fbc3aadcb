//! Rejections of commands, each with the data that explains it.

mod kind;
mod lines;

pub use kind::ErrorKind;
pub use lines::{LineRef, PriceChange, Shortage};

use chrono::{DateTime, Utc};

use crate::text::Unprintable;
use crate::{
    AccountId, DeliveryId, Money, OrderId, PaymentId, PersonId, ProviderReference, RefundId, ReturnId, Sku,
    StreamId,
};

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
            /// The kind of the rejection.
            pub const fn kind(&self) -> ErrorKind {
                match self {
                    $(Self::$name { .. } => ErrorKind::$kind,)+
                }
            }

            /// A stable name for clients: lower-case words with hyphens.
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
    #[error("product {sku} not found")]
    NotFound "not-found" UnknownProduct {
        /// The SKU.
        sku: Sku,
    }
    /// The order does not exist.
    #[error("order {order_id} not found")]
    NotFound "not-found" UnknownOrder {
        /// The order.
        order_id: OrderId,
    }
    /// The payment does not exist.
    #[error("payment {payment_id} not found")]
    NotFound "not-found" UnknownPayment {
        /// The payment.
        payment_id: PaymentId,
    }
    /// The payment has no such refund.
    #[error("refund {refund_id} not found")]
    NotFound "not-found" UnknownRefund {
        /// The refund.
        refund_id: RefundId,
    }
    /// The delivery does not exist.
    #[error("delivery {delivery_id} not found")]
    NotFound "not-found" UnknownDelivery {
        /// The delivery.
        delivery_id: DeliveryId,
    }
    /// The return does not exist.
    #[error("return {return_id} not found")]
    NotFound "not-found" UnknownReturn {
        /// The return.
        return_id: ReturnId,
    }

    /// The SKU is taken.
    #[error("{sku} is already listed; use another SKU")]
    Conflict "already-listed" ProductAlreadyListed {
        /// The SKU.
        sku: Sku,
    }
    /// The product is already unlisted.
    #[error("{sku} is already unlisted")]
    InvalidState "invalid-state" ProductAlreadyWithdrawn {
        /// The SKU.
        sku: Sku,
    }
    /// The product is listed, so it cannot be relisted.
    #[error("{sku} is still listed")]
    InvalidState "invalid-state" ProductNotWithdrawn {
        /// The SKU.
        sku: Sku,
    }

    /// The order's id is taken.
    #[error("this order has already been placed")]
    Conflict "already-placed" OrderAlreadyPlaced {
        /// The order.
        order_id: OrderId,
    }
    /// The order is not paid for yet.
    #[error("this order hasn't been paid yet")]
    InvalidState "invalid-state" OrderStillPending {
        /// The order.
        order_id: OrderId,
    }
    /// The order is confirmed.
    #[error("this order is already confirmed")]
    InvalidState "invalid-state" OrderAlreadyConfirmed {
        /// The order.
        order_id: OrderId,
    }
    /// The parcel of the order is with a courier.
    #[error("this order has already been picked up")]
    InvalidState "invalid-state" OrderAlreadyPickedUp {
        /// The order.
        order_id: OrderId,
    }
    /// The order is completed.
    #[error("this order is already completed")]
    InvalidState "invalid-state" OrderAlreadyCompleted {
        /// The order.
        order_id: OrderId,
    }
    /// The order is cancelled.
    #[error("this order is already cancelled")]
    InvalidState "invalid-state" OrderAlreadyCancelled {
        /// The order.
        order_id: OrderId,
    }
    /// The order's reservation expired.
    #[error("the reservation has expired; place a new order")]
    InvalidState "invalid-state" OrderAlreadyExpired {
        /// The order.
        order_id: OrderId,
    }
    /// The reservation has not expired yet.
    #[error("the reservation is valid until {expires_at}")]
    InvalidState "invalid-state" ReservationStillRuns {
        /// The order.
        order_id: OrderId,
        /// End of the reservation.
        expires_at: DateTime<Utc>,
    }

    /// A customer cannot write a note that the customer could not read.
    #[error("only sellers and admins can write internal notes")]
    Validation "validation" InternalNoteOfCustomer {
        /// The order.
        order_id: OrderId,
    }

    /// A payment attempt is running, so the order must not expire.
    #[error("a payment is in progress; try again when it has finished")]
    InvalidState "invalid-state" PaymentInProgress {
        /// The payment.
        payment_id: PaymentId,
    }
    /// The payment is in another state than the command needs.
    #[error("not possible while the payment is {status}")]
    InvalidState "invalid-state" InvalidPaymentState {
        /// The payment.
        payment_id: PaymentId,
        /// The state it is in.
        status: &'static str,
    }
    /// The refund is in another state than the command needs.
    #[error("not possible while the refund is {status}")]
    InvalidState "invalid-state" InvalidRefundState {
        /// The refund.
        refund_id: RefundId,
        /// The state it is in.
        status: &'static str,
    }
    /// The order belongs to another payment.
    #[error("this order belongs to payment {expected}")]
    Conflict "wrong-payment" WrongPayment {
        /// The order's payment.
        expected: PaymentId,
        /// The payment in the command.
        actual: PaymentId,
    }
    /// The operation is already recorded with another provider reference.
    #[error("already recorded with provider reference {}", known.0)]
    Conflict "provider-conflict" ProviderConflict {
        /// The reference recorded.
        known: ProviderReference,
        /// The reference reported now.
        told: ProviderReference,
    }
    /// The amount differs from the agreed one.
    #[error("expected an amount of {} {:?}, got {} {:?}", expected.minor, expected.currency, actual.minor, actual.currency)]
    Conflict "amount-mismatch" AmountMismatch {
        /// The agreed amount.
        expected: Money,
        /// The amount in the command.
        actual: Money,
    }
    /// The refund exceeds the captured amount that is not refunded yet.
    #[error("the refundable amount is {} {:?}", refundable.minor, refundable.currency)]
    InvalidState "refund-exceeds-capture" RefundExceedsCapture {
        /// The amount that can still be refunded.
        refundable: Money,
        /// The requested value.
        requested: Money,
    }
    /// The return already has a refund, pending or paid.
    #[error("this return already has refund {refund_id}")]
    InvalidState "invalid-state" ReturnAlreadyRefunded {
        /// The return.
        return_id: ReturnId,
        /// Its refund.
        refund_id: RefundId,
    }
    /// The refund's id is taken by another refund.
    #[error("refund id {refund_id} is already in use")]
    Conflict "refund-conflict" RefundAlreadyRequested {
        /// The refund.
        refund_id: RefundId,
    }

    /// The delivery is in another state than the command needs.
    #[error("not possible while the delivery is {status}")]
    InvalidState "invalid-state" InvalidDeliveryState {
        /// The delivery.
        delivery_id: DeliveryId,
        /// The state it is in.
        status: &'static str,
    }
    /// The delivery is assigned or offered to another courier.
    #[error("this delivery is assigned to another courier")]
    Forbidden "not-your-delivery" DeliveryOfAnotherCourier {
        /// The delivery.
        delivery_id: DeliveryId,
        /// The courier of the command.
        courier_id: AccountId,
    }

    /// The delivery is with this courier, which is not what the command expects.
    #[error("this delivery is with courier {courier_id} now")]
    InvalidState "invalid-state" DeliveryWithCourier {
        /// The delivery.
        delivery_id: DeliveryId,
        /// The courier who has it.
        courier_id: AccountId,
    }

    /// The return is in another state than the command needs.
    #[error("not possible while the return is {status}")]
    InvalidState "invalid-state" InvalidReturnState {
        /// The return.
        return_id: ReturnId,
        /// The state it is in.
        status: &'static str,
    }
    /// The return's id is taken.
    #[error("this return has already been requested")]
    Conflict "already-requested" ReturnAlreadyRequested {
        /// The return.
        return_id: ReturnId,
    }
    /// The quantity exceeds the units sold and not returned yet.
    #[error("only {returnable} units of line {line_number} can be returned")]
    InvalidState "nothing-to-return" NotReturnable {
        /// The line's number in the order, from 1.
        line_number: u16,
        /// Units that can still be returned.
        returnable: i64,
        /// Units requested.
        requested: i64,
    }

    /// The erasure of the person was not requested.
    #[error("the erasure of person {person_id} was not requested")]
    InvalidState "invalid-state" ErasureNotRequested {
        /// The person.
        person_id: PersonId,
    }

    /// The available stock is too low.
    #[error("{}", lines::describe_shortages(lines))]
    InsufficientStock "insufficient-stock" InsufficientStock {
        /// The SKUs concerned.
        lines: Vec<Shortage>,
    }

    /// No product exists for the SKUs of these lines.
    #[error("products not found: {}", lines::skus(lines))]
    Validation "unknown-product" UnknownProducts {
        /// The lines concerned.
        lines: Vec<LineRef>,
    }
    /// The products of these lines are no longer listed.
    #[error("no longer available: {}", lines::skus(lines))]
    Validation "product-withdrawn" ProductsWithdrawn {
        /// The lines concerned.
        lines: Vec<LineRef>,
    }
    /// The price differs from the one shown to the customer.
    #[error("prices have changed; review the order and try again")]
    Conflict "price-changed" PriceChanged {
        /// The lines concerned.
        lines: Vec<PriceChange>,
    }
    /// The order has no lines.
    #[error("add at least one item")]
    Validation "validation" NoLines
    /// There are too many lines.
    #[error("at most {count_max} lines are allowed; there are {count}")]
    Validation "too-many-lines" TooManyLines {
        /// Number of lines.
        count: usize,
        /// Maximum number of lines.
        count_max: usize,
    }
    /// A line is not in the order.
    #[error("line {line_number} not found")]
    Validation "validation" UnknownLine {
        /// The requested line number.
        line_number: u16,
    }
    /// A quantity is out of bounds.
    #[error("enter a quantity from 1 to {quantity_max}")]
    Validation "invalid-quantity" InvalidQuantity {
        /// The line's number in the command, from 1; `None` where there are no lines.
        line_number: Option<u16>,
        /// The requested value.
        quantity: i64,
        /// The maximum quantity.
        quantity_max: i64,
    }
    /// An amount of money is not positive.
    #[error("enter an amount above zero")]
    Validation "invalid-amount" InvalidAmount {
        /// The line's number in the command, from 1; `None` where there are no lines.
        line_number: Option<u16>,
        /// The given amount, in minor units.
        minor: i64,
    }
    /// A text is too short or too long.
    #[error("enter {chars_min} to {chars_max} characters for `{field}`")]
    Validation "validation" InvalidText {
        /// Field of the command.
        field: &'static str,
        /// Minimum number of characters.
        chars_min: usize,
        /// Maximum number of characters.
        chars_max: usize,
    }
    /// A text has a character that nobody can see, or a line break in a field of one line.
    #[error("remove {found} from `{field}`")]
    Validation "validation" UnprintableText {
        /// Field of the command.
        field: &'static str,
        /// The first such character.
        found: Unprintable,
    }
    /// The SKU is a part of other addresses, so the product could not be reached.
    #[error("choose another SKU; `{sku}` is reserved")]
    Validation "validation" ReservedSku {
        /// The SKU.
        sku: Sku,
    }
    /// A time is outside the years 1970 to 2200, or a leap second.
    #[error("enter a time from 1970 to 2200; {at} is not possible")]
    Validation "validation" InvalidTime {
        /// The time.
        at: DateTime<Utc>,
    }
    /// Amounts that belong together have different currencies.
    #[error("all amounts must be in the same currency")]
    Validation "currency-mismatch" CurrencyMismatch
    /// An amount or a count is too large.
    #[error("the amount is too large")]
    Validation "amount-overflow" AmountOverflow

    /// The state loaded for a stream has the wrong type.
    #[error("the loaded state of {stream} has the wrong type")]
    Internal "internal" ForeignState {
        /// The stream.
        stream: StreamId,
    }
}
