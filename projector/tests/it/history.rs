//! Histories written by hand: the events of products, stock and whole lives of orders.

use chrono::{DateTime, TimeDelta, Utc};
use domain::delivery::{
    DeliveryAssigned, DeliveryAttemptFailed, DeliveryCancelled, DeliveryCreated, DeliveryDelivered,
    DeliveryDeparted, DeliveryPickedUp,
};
use domain::order::{
    CancelledBy, Customer, OrderCancelled, OrderCompleted, OrderConfirmed, OrderExpired, OrderLine,
    OrderLinesReturned, OrderPlaced, OrderReturnRejected, ReturnedLine, SalesChannel, Totals,
};
use domain::payment::{
    PaymentAuthorised, PaymentCancelled, PaymentCaptured, PaymentConfirmed, PaymentCreated, PaymentDeclined,
    PaymentMethodAttached, RefundRequested, RefundSucceeded,
};
use domain::product::{ProductListed, ProductPriceChanged};
use domain::returns::{
    ReturnApproved, ReturnClosed, ReturnReceived, ReturnRefunded, ReturnRejected, ReturnRequested,
};
use domain::stock::{
    HoldKind, ReleaseReason, StockCommitted, StockReceived, StockReleased, StockReserved, StockReturned,
    StockShipped,
};
use domain::{
    AccountId, Currency, DeliveryId, Event, Money, OrderId, PaymentId, ProviderReference, RefundId, ReturnId,
    Sealed, Sku,
};
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

    fn id(&self, kind: u128) -> Uuid {
        Uuid::from_u128((kind << 100) + self.number * 0x1_0001)
    }

    pub fn total_minor(&self) -> i64 {
        self.order_lines()
            .iter()
            .map(|line| line.quantity * line.unit_price_minor)
            .sum()
    }

    fn order_lines(&self) -> Vec<OrderLine> {
        let lines = self.lines.iter().map(|(product, quantity)| OrderLine {
            sku: sku(*product),
            name: format!("Product {product}"),
            seller_id: seller(*product),
            quantity: *quantity,
            unit_price_minor: 100 + i64::try_from(*product).unwrap(),
        });
        lines.collect()
    }

    fn customer(&self) -> Customer {
        self.customer.map_or(Customer::Guest, |number| Customer::Account {
            account_id: account(0x100 + number),
        })
    }

    fn totals(&self) -> Totals {
        Totals {
            currency: Currency::Gbp,
            subtotal_minor: self.total_minor(),
            discount_minor: 0,
            tax_minor: 0,
            shipping_minor: 0,
            total_minor: self.total_minor(),
        }
    }

    fn quantities(&self) -> Vec<(Sku, i64)> {
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

    fn stages(&self) -> Vec<Vec<Event>> {
        let mut stages = vec![self.placed()];
        match self.end {
            End::Placed => return stages,
            End::Expired => stages.push(self.expired()),
            End::Cancelled => stages.push(self.cancelled(HoldKind::Reserved)),
            _ => {
                stages.push(self.confirmed());
                stages.extend(self.after_confirmation());
            }
        }
        stages
    }

    fn after_confirmation(&self) -> Vec<Vec<Event>> {
        match self.end {
            End::CancelledAfterConfirmation => vec![self.cancelled(HoldKind::Committed)],
            End::OnTheWay => self.on_the_way(),
            End::Completed => [self.on_the_way(), vec![self.completed()]].concat(),
            End::ReturnRejected => [
                self.on_the_way(),
                vec![self.completed(), self.return_requested(), self.return_rejected()],
            ]
            .concat(),
            End::Refunded => [
                self.on_the_way(),
                vec![
                    self.completed(),
                    self.return_requested(),
                    self.return_received(),
                    self.refunded(),
                ],
            ]
            .concat(),
            _ => Vec::new(),
        }
    }

    fn placed(&self) -> Vec<Event> {
        let order_id = self.order_id();
        let expires_at = start() + TimeDelta::minutes(self.placed_after_min + 15);
        let placed = OrderPlaced {
            order_id,
            customer: self.customer(),
            channel: self.channel,
            lines: self.order_lines(),
            totals: self.totals(),
            country: "United Kingdom".to_owned(),
            contact: self.contact.clone(),
            payment_id: self.payment_id(),
            delivery_id: self.delivery_id(),
            reservation_expires_at: expires_at,
        };
        let reserved = self.quantities().into_iter().map(|(sku, quantity)| {
            StockReserved {
                sku,
                order_id,
                quantity,
                expires_at,
            }
            .into()
        });
        let payment_id = self.payment_id();
        let created = PaymentCreated {
            payment_id,
            order_id,
            amount: gbp(self.total_minor()),
        };
        std::iter::once(placed.into())
            .chain(reserved)
            .chain([created.into()])
            .collect()
    }

    fn expired(&self) -> Vec<Event> {
        let order_id = self.order_id();
        let reason = "expired".to_owned();
        let mut events: Vec<Event> = vec![OrderExpired { order_id }.into()];
        events.extend(self.released(HoldKind::Reserved, ReleaseReason::Expired));
        events.push(
            PaymentCancelled {
                payment_id: self.payment_id(),
                order_id,
                reason,
            }
            .into(),
        );
        events
    }

    fn cancelled(&self, from: HoldKind) -> Vec<Event> {
        let order_id = self.order_id();
        let reason = "changed my mind".to_owned();
        let mut events: Vec<Event> = vec![
            OrderCancelled {
                order_id,
                by: CancelledBy::Customer,
                reason: reason.clone(),
            }
            .into(),
        ];
        events.extend(self.released(from, ReleaseReason::Cancelled));
        if from == HoldKind::Committed {
            let delivery_id = self.delivery_id();
            events.push(
                DeliveryCancelled {
                    delivery_id,
                    order_id,
                    reason: reason.clone(),
                }
                .into(),
            );
        }
        events.push(
            PaymentCancelled {
                payment_id: self.payment_id(),
                order_id,
                reason,
            }
            .into(),
        );
        events
    }

    fn released(&self, from: HoldKind, reason: ReleaseReason) -> impl Iterator<Item = Event> {
        let order_id = self.order_id();
        self.quantities().into_iter().map(move |(sku, quantity)| {
            StockReleased {
                sku,
                order_id,
                quantity,
                from,
                reason,
            }
            .into()
        })
    }

    fn confirmed(&self) -> Vec<Event> {
        let (order_id, payment_id, delivery_id) = (self.order_id(), self.payment_id(), self.delivery_id());
        let amount = gbp(self.total_minor());
        let provider_reference = ProviderReference(format!("auth-{}", self.number));
        let confirmed = OrderConfirmed {
            order_id,
            placed_at: start() + TimeDelta::minutes(self.placed_after_min),
            customer: self.customer(),
            payment_id,
            delivery_id,
            lines: self.order_lines(),
            totals: self.totals(),
        };
        let attached = |method: &str| PaymentMethodAttached {
            payment_id,
            order_id,
            method: method.to_owned(),
        };
        let mut events: Vec<Event> = vec![
            attached("sandbox_declined").into(),
            PaymentConfirmed { payment_id, order_id }.into(),
            PaymentDeclined {
                payment_id,
                order_id,
                reason: "no funds".to_owned(),
            }
            .into(),
            attached("sandbox_ok").into(),
            PaymentConfirmed { payment_id, order_id }.into(),
            PaymentAuthorised {
                payment_id,
                order_id,
                amount,
                provider_reference,
            }
            .into(),
            confirmed.into(),
        ];
        let committed = self.quantities().into_iter();
        events.extend(committed.map(|(sku, quantity)| {
            StockCommitted {
                sku,
                order_id,
                quantity,
            }
            .into()
        }));
        let created = DeliveryCreated {
            delivery_id,
            order_id,
            country: "United Kingdom".to_owned(),
            contact: self.contact.clone(),
            line_count: self.lines.len().try_into().unwrap(),
        };
        events.push(created.into());
        events
    }

    fn on_the_way(&self) -> Vec<Vec<Event>> {
        let (delivery_id, order_id, courier_id) = (self.delivery_id(), self.order_id(), courier());
        let mut picked_up: Vec<Event> = vec![
            DeliveryPickedUp {
                delivery_id,
                order_id,
                courier_id,
            }
            .into(),
        ];
        let shipped = self.quantities().into_iter();
        picked_up.extend(shipped.map(|(sku, quantity)| {
            StockShipped {
                sku,
                order_id,
                quantity,
            }
            .into()
        }));
        let departed: Event = DeliveryDeparted {
            delivery_id,
            order_id,
            courier_id,
        }
        .into();
        let reason = "nobody at home".to_owned();
        vec![
            vec![
                DeliveryAssigned {
                    delivery_id,
                    order_id,
                    courier_id,
                }
                .into(),
            ],
            picked_up,
            vec![departed.clone()],
            vec![
                DeliveryAttemptFailed {
                    delivery_id,
                    order_id,
                    courier_id,
                    reason,
                }
                .into(),
            ],
            vec![departed],
        ]
    }

    fn completed(&self) -> Vec<Event> {
        let (delivery_id, order_id, payment_id) = (self.delivery_id(), self.order_id(), self.payment_id());
        let provider_reference = ProviderReference(format!("capture-{}", self.number));
        let amount = gbp(self.total_minor());
        vec![
            DeliveryDelivered {
                delivery_id,
                order_id,
                courier_id: courier(),
                admin_reason: None,
            }
            .into(),
            OrderCompleted { order_id }.into(),
            PaymentCaptured {
                payment_id,
                order_id,
                amount,
                provider_reference,
            }
            .into(),
        ]
    }

    /// One unit of the first line comes back.
    fn returned_lines(&self) -> Vec<ReturnedLine> {
        let line = &self.order_lines()[0];
        vec![ReturnedLine {
            line_number: 1,
            sku: line.sku.clone(),
            quantity: 1,
            unit_price_minor: line.unit_price_minor,
        }]
    }

    pub fn refund_minor(&self) -> i64 {
        self.returned_lines()[0].unit_price_minor
    }

    fn return_requested(&self) -> Vec<Event> {
        let (order_id, return_id) = (self.order_id(), self.return_id());
        let requested = ReturnRequested {
            return_id,
            order_id,
            payment_id: self.payment_id(),
            lines: self.returned_lines(),
            refund: gbp(self.refund_minor()),
            reason: "wrong colour".to_owned(),
        };
        vec![
            requested.into(),
            OrderLinesReturned {
                order_id,
                return_id,
                lines: self.returned_lines(),
            }
            .into(),
        ]
    }

    fn return_rejected(&self) -> Vec<Event> {
        let (order_id, return_id) = (self.order_id(), self.return_id());
        let reason = "too late".to_owned();
        vec![
            ReturnRejected {
                return_id,
                order_id,
                reason,
            }
            .into(),
            OrderReturnRejected { order_id, return_id }.into(),
        ]
    }

    fn return_received(&self) -> Vec<Event> {
        let (order_id, return_id) = (self.order_id(), self.return_id());
        let line = self.returned_lines().remove(0);
        let (sku, quantity) = (line.sku, line.quantity);
        vec![
            ReturnApproved { return_id, order_id }.into(),
            ReturnReceived { return_id, order_id }.into(),
            StockReturned {
                sku,
                order_id,
                return_id,
                quantity,
            }
            .into(),
        ]
    }

    fn refunded(&self) -> Vec<Event> {
        let (order_id, return_id, payment_id) = (self.order_id(), self.return_id(), self.payment_id());
        let refund_id = RefundId::from_uuid(self.id(5));
        let amount = gbp(self.refund_minor());
        let provider_reference = ProviderReference(format!("refund-{}", self.number));
        vec![
            RefundRequested {
                payment_id,
                order_id,
                refund_id,
                amount,
                return_id: Some(return_id),
            }
            .into(),
            RefundSucceeded {
                payment_id,
                order_id,
                refund_id,
                amount,
                provider_reference,
            }
            .into(),
            ReturnRefunded {
                return_id,
                order_id,
                refund_id,
                amount,
            }
            .into(),
            ReturnClosed { return_id, order_id }.into(),
        ]
    }
}
