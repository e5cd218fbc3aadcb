//! What happens to orders.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::{AccountId, Currency, DeliveryId, OrderId, PaymentId, ReturnId, Sealed, Sku};

/// Who placed an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Customer {
    /// Somebody with an account.
    Account {
        /// Whose.
        account_id: AccountId,
    },
    /// Somebody without one.
    Guest,
}

/// Where an order came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SalesChannel {
    /// The shop.
    Web,
    /// A file of past orders. The importer takes these through their lives; policies leave them alone.
    Import,
}

/// One line of an order. Its line number is its place in the list, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderLine {
    /// What.
    pub sku: Sku,
    /// What it was called then.
    pub name: String,
    /// Who sells it.
    pub seller_id: AccountId,
    /// How many units, at least 1.
    pub quantity: i64,
    /// Price of one unit then, in minor units of the order's currency.
    pub unit_price_minor: i64,
}

/// What an order costs, in minor units of `currency`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// The currency of every amount of the order.
    pub currency: Currency,
    /// Σ quantity × unit price.
    pub subtotal_minor: i64,
    /// What is taken off.
    pub discount_minor: i64,
    /// Tax on top.
    pub tax_minor: i64,
    /// Shipping.
    pub shipping_minor: i64,
    /// What the customer pays: subtotal − discount + tax + shipping.
    pub total_minor: i64,
}

/// A customer placed an order; its stock is reserved by events of the same transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderPlaced {
    /// The order.
    pub order_id: OrderId,
    /// Who placed it.
    pub customer: Customer,
    /// Where it came from.
    pub channel: SalesChannel,
    /// What is wanted, 1 to 1,200 lines.
    pub lines: Vec<OrderLine>,
    /// What it costs.
    pub totals: Totals,
    /// Country it goes to, as the customer wrote it.
    pub country: String,
    /// Name, e-mail, phone and address, sealed; none for imported orders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Sealed>,
    /// The payment that will collect the total.
    pub payment_id: PaymentId,
    /// The delivery that will bring it.
    pub delivery_id: DeliveryId,
    /// When the reservation ends unless the order is confirmed.
    pub reservation_expires_at: DateTime<Utc>,
}

/// The order is paid for (authorised) and its stock committed. Carries what a later reader needs of the
/// order, so that sales can be counted from this event alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderConfirmed {
    /// The order.
    pub order_id: OrderId,
    /// When it was placed: the time a sale counts for.
    pub placed_at: DateTime<Utc>,
    /// Who placed it.
    pub customer: Customer,
    /// The payment that was authorised.
    pub payment_id: PaymentId,
    /// The delivery that was opened.
    pub delivery_id: DeliveryId,
    /// What was sold.
    pub lines: Vec<OrderLine>,
    /// For how much.
    pub totals: Totals,
}

/// Who cancelled an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CancelledBy {
    /// The customer.
    Customer,
    /// An admin.
    Admin,
}

/// The order was cancelled; its stock is released by events of the same transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderCancelled {
    /// The order.
    pub order_id: OrderId,
    /// By whom.
    pub by: CancelledBy,
    /// Why.
    pub reason: String,
}

/// The reservation ran out before the order was paid for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderExpired {
    /// The order.
    pub order_id: OrderId,
}

/// Everything was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderCompleted {
    /// The order.
    pub order_id: OrderId,
}

/// Units of one line that a return takes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnedLine {
    /// The line's number in the order, from 1.
    pub line_number: u16,
    /// What.
    pub sku: Sku,
    /// How many units, at least 1.
    pub quantity: i64,
    /// What was paid for one unit, in minor units of the order's currency.
    pub unit_price_minor: i64,
}

/// Some delivered units were claimed by a return, so that no other return can claim them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderLinesReturned {
    /// The order.
    pub order_id: OrderId,
    /// The return.
    pub return_id: ReturnId,
    /// Which units.
    pub lines: Vec<ReturnedLine>,
}

/// A return was rejected: its units can be claimed again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderReturnRejected {
    /// The order.
    pub order_id: OrderId,
    /// The return.
    pub return_id: ReturnId,
}

/// Who wrote a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum NoteAuthor {
    /// The customer, who has an account.
    Customer {
        /// The account that placed the order.
        account_id: AccountId,
    },
    /// The guest who placed the order.
    Guest,
    /// A seller of one of the order's lines.
    Seller {
        /// The seller's account.
        account_id: AccountId,
    },
    /// An admin.
    Admin {
        /// The admin's account.
        account_id: AccountId,
    },
}

impl NoteAuthor {
    /// Whether the author placed the order.
    pub const fn is_customer(self) -> bool {
        matches!(self, Self::Customer { .. } | Self::Guest)
    }
}

/// Who may read a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoteVisibility {
    /// Everybody who may read the order.
    #[default]
    Shared,
    /// Its author and admins.
    Internal,
}

/// Somebody who takes part in an order wrote a note on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderNoteAdded {
    /// The order.
    pub order_id: OrderId,
    /// Who wrote it.
    pub author: NoteAuthor,
    /// Who may read it.
    pub visibility: NoteVisibility,
    /// What it says: UTF-8 text of 1 to 2,000 characters, sealed with the author's key.
    pub text: Sealed,
}

events! {
    /// What happens to an order.
    OrderEvent in Order(order_id) by order_id {
        OrderPlaced = 1,
        OrderConfirmed = 1,
        OrderCancelled = 1,
        OrderExpired = 1,
        OrderCompleted = 1,
        OrderLinesReturned = 1,
        OrderReturnRejected = 1,
        OrderNoteAdded = 1,
    }
}
