//! Derives ids from the file's content, so that the same invoice is the same order in every import.

use domain::{AccountId, DeliveryId, OrderId, PaymentId, RefundId, ReturnId};
use uuid::Uuid;

/// Namespace of this data set's version 5 UUIDs (RFC 9562 §5.5).
const NAMESPACE: Uuid = Uuid::from_u128(0x6e1f_0d5c_3c1a_4f0e_9a53_2b7d_90c4_18ef);

/// The order of an invoice.
pub fn order(invoice: &str) -> OrderId {
    OrderId::from_uuid(named("order", invoice))
}

/// The payment of an invoice.
pub fn payment(invoice: &str) -> PaymentId {
    PaymentId::from_uuid(named("payment", invoice))
}

/// The delivery of an invoice.
pub fn delivery(invoice: &str) -> DeliveryId {
    DeliveryId::from_uuid(named("delivery", invoice))
}

/// The account of a customer number.
pub fn customer(number: &str) -> AccountId {
    AccountId::from_uuid(named("customer", number))
}

/// The return called `name`.
pub fn returned(name: &str) -> ReturnId {
    ReturnId::from_uuid(named("return", name))
}

/// The refund of that return.
pub fn refund(name: &str) -> RefundId {
    RefundId::from_uuid(named("refund", name))
}

/// The seller's or courier's account, on an instance that has no account with this address.
pub fn account(email: &str) -> AccountId {
    AccountId::from_uuid(named("account", email))
}

fn named(kind: &str, name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{kind}/{name}").as_bytes())
}
