//! Histories written by hand: the events of products, stock and whole lives of orders.

use chrono::{DateTime, TimeDelta, Utc};
use domain::order::{Customer, OrderLine, SalesChannel, Totals};
use domain::product::{ProductListed, ProductPriceChanged};
use domain::stock::StockReceived;
use domain::{AccountId, Currency, DeliveryId, Event, Money, OrderId, PaymentId, ReturnId, Sealed, Sku};
use uuid::Uuid;

/// When every history begins.
pub fn start() -> DateTime<Utc> {
    "2026-03-01T09:30:00.123456Z".parse().unwrap()
}

/// An event and when it happened.
pub type Dated = (Event, DateTime<Utc>);

pub fn sku(number: usize) -> Sku {
    Sku::parse(&format!("SKU-{number:04}")).unwrap()
}

pub fn account(number: u128) -> AccountId {
    AccountId::from_uuid(Uuid::from_u128(0xacc0_0000 + number))
}

pub fn courier() -> AccountId {
    account(0xc0)
}

pub fn gbp(minor: i64) -> Money {
    Money::new(minor, Currency::Gbp)
}

/// A product of seller 1 (odd numbers) or 2, at 100 + `number` pence, with plenty of stock.
pub fn listed(number: usize) -> Vec<Dated> {
    let sku = sku(number);
    let minor = 100 + i64::try_from(number).unwrap();
    let listed = ProductListed {
        sku: sku.clone(),
        name: format!("Product {number}"),
        description: "A thing to have.".to_owned(),
        category: if number.is_multiple_of(2) { "mugs" } else { "lamps" }.to_owned(),
        price: gbp(minor - 1),
        seller_id: seller(number),
    };
    let events: [Event; 3] = [
        listed.into(),
        ProductPriceChanged {
            sku: sku.clone(),
            price: gbp(minor),
        }
        .into(),
        StockReceived {
            sku,
            quantity: 1_000_000,
            reference: "first".to_owned(),
        }
        .into(),
    ];
    events.into_iter().map(|event| (event, start())).collect()
}

pub fn seller(number: usize) -> AccountId {
    account(1 + (number as u128 + 1) % 2)
}

/// How an order ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Placed,
    Expired,
    Cancelled,
    CancelledAfterConfirmation,
    Confirmed,
    OnTheWay,
    Completed,
    ReturnRejected,
    Refunded,
}

/// The life of one order.
#[derive(Debug, Clone)]
pub struct Life {
    pub number: u128,
    /// Products and quantities.
    pub lines: Vec<(usize, i64)>,
    pub customer: Option<u128>,
    pub channel: SalesChannel,
    pub end: End,
    /// Minutes after [`start`].
    pub placed_after_min: i64,
    pub contact: Option<Sealed>,
}

impl Life {
    pub fn new(number: u128, lines: &[(usize, i64)], end: End) -> Self {
        Self {
            number,
            lines: lines.to_vec(),
            customer: Some(number % 7),
            channel: SalesChannel::Web,
            end,
            placed_after_min: 0,
            contact: None,
        }
    }

    pub fn order_id(&self) -> OrderId {
        OrderId::from_uuid(self.id(1))
    }

    pub fn payment_id(&self) -> PaymentId {
        PaymentId::from_uuid(self.id(2))
    }

    pub fn delivery_id(&self) -> DeliveryId {
        DeliveryId::from_uuid(self.id(3))
    }

    pub fn return_id(&self) -> ReturnId {
        ReturnId::from_uuid(self.id(4))
    }

    pub fn id(&self, kind: u128) -> Uuid {
        Uuid::from_u128((kind << 100) + self.number * 0x1_0001)
    }

    pub fn total_minor(&self) -> i64 {
        self.order_lines()
            .iter()
            .map(|line| line.quantity * line.unit_price_minor)
            .sum()
    }

    pub fn order_lines(&self) -> Vec<OrderLine> {
        let lines = self.lines.iter().map(|(product, quantity)| OrderLine {
            sku: sku(*product),
            name: format!("Product {product}"),
            seller_id: seller(*product),
            quantity: *quantity,
            unit_price_minor: 100 + i64::try_from(*product).unwrap(),
        });
        lines.collect()
    }

    pub fn customer(&self) -> Customer {
        self.customer.map_or(Customer::Guest, |number| Customer::Account {
            account_id: account(0x100 + number),
        })
    }

    pub fn totals(&self) -> Totals {
        Totals {
            currency: Currency::Gbp,
            subtotal_minor: self.total_minor(),
            discount_minor: 0,
            tax_minor: 0,
            shipping_minor: 0,
            total_minor: self.total_minor(),
        }
    }

    pub fn quantities(&self) -> Vec<(Sku, i64)> {
        let mut sums = std::collections::BTreeMap::new();
        for (product, quantity) in &self.lines {
            *sums.entry(sku(*product)).or_insert(0) += quantity;
        }
        sums.into_iter().collect()
    }

    /// The events, a minute apart from stage to stage.
    pub fn events(&self) -> Vec<Dated> {
        let stages = self.stages();
        let placed_at = start() + TimeDelta::minutes(self.placed_after_min);
        let dated = stages.into_iter().zip(0_i64..).flat_map(|(stage, minutes)| {
            stage
                .into_iter()
                .map(move |event| (event, placed_at + TimeDelta::minutes(minutes)))
        });
        dated.collect()
    }
}
