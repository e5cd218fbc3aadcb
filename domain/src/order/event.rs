//! What happens to orders.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::{AccountId, Currency, DeliveryId, FreeText, OrderId, PaymentId, ReturnId, Sealed, Sku};

/// Who placed an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Customer {
    /// A customer with an account.
    Account {
        /// The account.
        account_id: AccountId,
    },
    /// A guest, who has no account.
    Guest,
}

/// The sales channel of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SalesChannel {
    /// The web shop.
    Web,
    /// A file of historical orders. The importer drives their whole life cycle; policies ignore them.
    Import,
}

/// A line of an order. Its line number is its index in the list, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderLine {
    /// The SKU.
    pub sku: Sku,
    /// Name of the product when the order was placed.
    pub name: String,
    /// The seller.
    pub seller_id: AccountId,
    /// Units, at least 1.
    pub quantity: i64,
    /// Unit price when the order was placed, in minor units of the order's currency.
    pub unit_price_minor: i64,
}

/// The totals of an order, in minor units of `currency`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// The currency of all amounts of the order.
    pub currency: Currency,
    /// Σ quantity × unit price.
    pub subtotal_minor: i64,
    /// The discount.
    pub discount_minor: i64,
    /// The tax, in addition to the subtotal.
    pub tax_minor: i64,
    /// The shipping cost.
    pub shipping_minor: i64,
    /// The amount to pay: subtotal − discount + tax + shipping.
    pub total_minor: i64,
}

/// An order was placed; events of the same transaction reserve its stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderPlaced {
    /// The order.
    pub order_id: OrderId,
    /// The customer.
    pub customer: Customer,
    /// The sales channel.
    pub channel: SalesChannel,
    /// The lines, 1 to 1,200.
    pub lines: Vec<OrderLine>,
    /// The totals.
    pub totals: Totals,
    /// Country of delivery, as entered by the customer.
    pub country: String,
    /// Name, e-mail address, phone number and address, sealed; absent for imported orders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Sealed>,
    /// The payment that collects the total.
    pub payment_id: PaymentId,
    /// The delivery.
    pub delivery_id: DeliveryId,
    /// End of the reservation, unless the order is confirmed before.
    pub reservation_expires_at: DateTime<Utc>,
}

/// The order was confirmed: its payment is authorised and its stock committed. Contains everything needed to count the sale
/// from this event alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderConfirmed {
    /// The order.
    pub order_id: OrderId,
    /// Time of placing, for which the sale is counted.
    pub placed_at: DateTime<Utc>,
    /// The customer.
    pub customer: Customer,
    /// The payment that was authorised.
    pub payment_id: PaymentId,
    /// The delivery that was created.
    pub delivery_id: DeliveryId,
    /// The lines sold.
    pub lines: Vec<OrderLine>,
    /// The totals.
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

/// The order was cancelled; events of the same transaction release its stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderCancelled {
    /// The order.
    pub order_id: OrderId,
    /// Who cancelled it.
    pub by: CancelledBy,
    /// The reason, sealed with the key of the order's customer.
    pub reason: FreeText,
}

/// The reservation ended before the order was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderExpired {
    /// The order.
    pub order_id: OrderId,
}

/// The order was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderCompleted {
    /// The order.
    pub order_id: OrderId,
}

/// Units of one line that are returned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnedLine {
    /// The line's number in the order, from 1.
    pub line_number: u16,
    /// The SKU.
    pub sku: Sku,
    /// Units, at least 1.
    pub quantity: i64,
    /// Unit price paid, in minor units of the order's currency.
    pub unit_price_minor: i64,
}

/// A return claimed delivered units, so that no other return can claim them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderLinesReturned {
    /// The order.
    pub order_id: OrderId,
    /// The return.
    pub return_id: ReturnId,
    /// The units.
    pub lines: Vec<ReturnedLine>,
}

/// A return was rejected; its units can be claimed again.
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
    /// A customer with an account.
    Customer {
        /// The account that placed the order.
        account_id: AccountId,
    },
    /// The guest who placed the order.
    Guest,
    /// A seller of a line of the order.
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
    /// Everyone who may read the order.
    #[default]
    Shared,
    /// Its author and admins.
    Internal,
}

/// A note was added to an order by one of its participants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderNoteAdded {
    /// The order.
    pub order_id: OrderId,
    /// The author.
    pub author: NoteAuthor,
    /// Who may read it.
    pub visibility: NoteVisibility,
    /// The text, 1 to 2,000 characters of UTF-8, sealed with the author's key.
    pub text: Sealed,
}

events! {
    /// An event of an order.
    OrderEvent in Order(order_id) by order_id {
        OrderPlaced = 1,
        OrderConfirmed = 1,
        OrderCancelled = 2,
        OrderExpired = 1,
        OrderCompleted = 1,
        OrderLinesReturned = 1,
        OrderReturnRejected = 1,
        OrderNoteAdded = 1,
    }
}
