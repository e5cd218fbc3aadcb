//! The fixture: one order of two mugs, a tea and one more mug, with its ids, events and commands.

mod command;
mod history;
mod returned;

pub use command::*;
pub use history::*;
pub use returned::*;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    AccountId, Currency, DeliveryId, Money, OrderId, PaymentId, ProviderReference, RefundId, ReturnId, Sku,
    StreamId,
};
use uuid::Uuid;

pub const ORDER: OrderId = OrderId::from_uuid(Uuid::from_u128(0x01));
pub const PAYMENT: PaymentId = PaymentId::from_uuid(Uuid::from_u128(0x02));
pub const DELIVERY: DeliveryId = DeliveryId::from_uuid(Uuid::from_u128(0x03));
pub const RETURN: ReturnId = ReturnId::from_uuid(Uuid::from_u128(0x04));
pub const REFUND: RefundId = RefundId::from_uuid(Uuid::from_u128(0x05));
pub const SELLER: AccountId = AccountId::from_uuid(Uuid::from_u128(0x06));
pub const COURIER: AccountId = AccountId::from_uuid(Uuid::from_u128(0x07));
pub const OTHER_COURIER: AccountId = AccountId::from_uuid(Uuid::from_u128(0x08));
pub const OTHER_PAYMENT: PaymentId = PaymentId::from_uuid(Uuid::from_u128(0x12));
pub const OTHER_RETURN: ReturnId = ReturnId::from_uuid(Uuid::from_u128(0x14));
pub const OTHER_REFUND: RefundId = RefundId::from_uuid(Uuid::from_u128(0x15));

/// Three mugs at 10.00 and a tea at 2.50.
pub const TOTAL: Money = Money::new(3_250, Currency::Gbp);

pub fn now() -> DateTime<Utc> {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

pub fn expires_at() -> DateTime<Utc> {
    now() + TimeDelta::minutes(15)
}

pub fn sku(text: &str) -> Sku {
    Sku::parse(text).unwrap()
}

pub fn mug() -> Sku {
    sku("MUG")
}

pub fn tea() -> Sku {
    sku("TEA")
}

pub fn gbp(minor: i64) -> Money {
    Money::new(minor, Currency::Gbp)
}

pub fn reference(text: &str) -> ProviderReference {
    ProviderReference(text.to_owned())
}

pub fn stock_of(sku: Sku) -> StreamId {
    StreamId::Stock(sku)
}

/// Collects events of several types into a history.
macro_rules! events {
    ($($event:expr),* $(,)?) => { vec![$(domain::Event::from($event)),*] };
}
pub(crate) use events;
