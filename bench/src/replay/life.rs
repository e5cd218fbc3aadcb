//! The events of orders: placed, paid, delivered, and some of them cancelled or returned.

use chrono::{DateTime, TimeDelta, Utc};
use domain::delivery::{
    DeliveryAssigned, DeliveryCancelled, DeliveryCreated, DeliveryDelivered, DeliveryDeparted,
    DeliveryPickedUp,
};
use domain::order::{
    CancelledBy, Customer, OrderCancelled, OrderCompleted, OrderConfirmed, OrderLine, OrderLinesReturned,
    OrderPlaced, ReturnedLine, SalesChannel, Totals,
};
use domain::payment::{
    PaymentAuthorised, PaymentCancelled, PaymentCaptured, PaymentConfirmed, PaymentCreated,
    PaymentMethodAttached, RefundRequested, RefundSucceeded,
};
use domain::product::ProductListed;
use domain::returns::{ReturnApproved, ReturnClosed, ReturnReceived, ReturnRefunded, ReturnRequested};
use domain::stock::{
    HoldKind, ReleaseReason, StockCommitted, StockReceived, StockReleased, StockReserved, StockReturned,
    StockShipped,
};
use domain::{
    AccountId, Currency, DeliveryId, Event, FreeText, Money, OrderId, PaymentId, PersonId, ProviderReference,
    RefundId, ReturnId, Sealed, Sku,
};
use uuid::Uuid;

/// Products, of which each order has one or two.
pub(super) const PRODUCTS: u64 = 1_000;
/// Accounts, each of which orders again and again.
const CUSTOMERS: u64 = 5_000;
/// Sellers, who share the products.
const SELLERS: u64 = 20;
/// Couriers, who share the deliveries.
const COURIERS: u64 = 50;
/// The length of an encrypted address.
const SEALED_LEN: usize = 240;

/// An event and its time.
pub(super) type Dated = (Event, DateTime<Utc>);

/// How an order ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Delivered,
    Cancelled,
    Returned,
}

/// An order.
pub(super) struct Life {
    number: u64,
    end: End,
}

fn id(kind: u64, number: u64) -> Uuid {
    // Ids of orders are not in the order of time in every log; a hash of the number spreads them.
    let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Uuid::from_u64_pair(spread, (kind << 56) | number)
}

fn account(kind: u64, number: u64) -> AccountId {
    AccountId::from_uuid(id(kind, number))
}

fn sku(number: u64) -> Sku {
    Sku::parse(&format!("BENCH-{number:04}")).expect("letters and digits")
}

fn price_minor(product: u64) -> i64 {
    100 + product.cast_signed()
}

fn gbp(minor: i64) -> Money {
    Money::new(minor, Currency::Gbp)
}

/// A product and its first units.
pub(super) fn product(number: u64, at: DateTime<Utc>) -> Vec<Dated> {
    let listed = ProductListed {
        sku: sku(number),
        name: format!("Bench product number {number}"),
        description: "A product of the benchmark.".to_owned(),
        category: "bench".to_owned(),
        price: gbp(price_minor(number)),
        seller_id: account(4, number % SELLERS),
    };
    let received = StockReceived {
        sku: sku(number),
        quantity: 1_000_000_000,
        reference: FreeText::clear("first"),
    };
    vec![(listed.into(), at), (received.into(), at)]
}

impl Life {
    /// The order with this number: of ten, eight are delivered, one is cancelled and one returned.
    pub fn new(number: u64) -> Self {
        let end = match number % 10 {
            3 => End::Cancelled,
            7 => End::Returned,
            _ => End::Delivered,
        };
        Self { number, end }
    }

    fn order_id(&self) -> OrderId {
        OrderId::from_uuid(id(1, self.number))
    }

    fn payment_id(&self) -> PaymentId {
        PaymentId::from_uuid(id(2, self.number))
    }

    fn delivery_id(&self) -> DeliveryId {
        DeliveryId::from_uuid(id(3, self.number))
    }

    fn customer(&self) -> Customer {
        if self.number.is_multiple_of(5) {
            Customer::Guest
        } else {
            let account_id = account(5, self.number % CUSTOMERS);
            Customer::Account { account_id }
        }
    }

    fn lines(&self) -> Vec<OrderLine> {
        let line = |product: u64| OrderLine {
            sku: sku(product),
            name: format!("Bench product number {product}"),
            seller_id: account(4, product % SELLERS),
            quantity: 1 + (self.number % 3).cast_signed(),
            unit_price_minor: price_minor(product),
        };
        let products = 1 + self.number % 2;
        (0..products)
            .map(|more| line((self.number * 7 + more * 13) % PRODUCTS))
            .collect()
    }

    fn totals(&self) -> Totals {
        let lines = self.lines();
        let subtotal_minor = lines
            .iter()
            .map(|line| line.quantity * line.unit_price_minor)
            .sum();
        Totals {
            currency: Currency::Gbp,
            subtotal_minor,
            discount_minor: 0,
            tax_minor: 0,
            shipping_minor: 395,
            total_minor: subtotal_minor + 395,
        }
    }

    fn contact(&self) -> Sealed {
        Sealed {
            person_id: PersonId::from_uuid(id(6, self.number % CUSTOMERS)),
            ciphertext: "A".repeat(SEALED_LEN),
        }
    }

    /// One event of each line.
    fn of_lines<T: Into<Event>>(&self, event: impl Fn(Sku, i64) -> T) -> Vec<Event> {
        let lines = self.lines().into_iter();
        lines.map(|line| event(line.sku, line.quantity).into()).collect()
    }

    /// Its events, by command: those of one are recorded together.
    pub fn commands(&self, placed_at: DateTime<Utc>) -> Vec<Vec<Dated>> {
        let mut commands = vec![self.placed(placed_at), self.paid(placed_at)];
        match self.end {
            End::Cancelled => commands.push(self.cancelled()),
            End::Delivered => commands.extend(self.delivered()),
            End::Returned => commands.extend(self.delivered().into_iter().chain(self.returned())),
        }
        let dated = commands.into_iter().zip(0_i64..).map(|(events, step)| {
            let at = placed_at + TimeDelta::hours(step);
            events.into_iter().map(|event| (event, at)).collect()
        });
        dated.collect()
    }

    fn placed(&self, at: DateTime<Utc>) -> Vec<Event> {
        let (order_id, payment_id) = (self.order_id(), self.payment_id());
        let expires_at = at + TimeDelta::minutes(15);
        let placed = OrderPlaced {
            order_id,
            customer: self.customer(),
            channel: SalesChannel::Web,
            lines: self.lines(),
            totals: self.totals(),
            country: "United Kingdom".to_owned(),
            contact: Some(self.contact()),
            payment_id,
            delivery_id: self.delivery_id(),
            reservation_expires_at: expires_at,
        };
        let created = PaymentCreated {
            payment_id,
            order_id,
            amount: gbp(self.totals().total_minor),
        };
        let reserved = self.of_lines(|sku, quantity| StockReserved {
            sku,
            order_id,
            quantity,
            expires_at,
        });
        [vec![placed.into()], reserved, vec![created.into()]].concat()
    }

    fn paid(&self, placed_at: DateTime<Utc>) -> Vec<Event> {
        let (order_id, payment_id, delivery_id) = (self.order_id(), self.payment_id(), self.delivery_id());
        let attached = PaymentMethodAttached {
            payment_id,
            order_id,
            method: "sandbox_ok".to_owned(),
        };
        let authorised = PaymentAuthorised {
            payment_id,
            order_id,
            amount: gbp(self.totals().total_minor),
            provider_reference: ProviderReference(format!("auth-{}", self.number)),
        };
        let confirmed = OrderConfirmed {
            order_id,
            placed_at,
            customer: self.customer(),
            payment_id,
            delivery_id,
            lines: self.lines(),
            totals: self.totals(),
        };
        let created = DeliveryCreated {
            delivery_id,
            order_id,
            country: "United Kingdom".to_owned(),
            contact: Some(self.contact()),
            line_count: self.lines().len().try_into().expect("at most two lines"),
        };
        let committed = self.of_lines(|sku, quantity| StockCommitted {
            sku,
            order_id,
            quantity,
        });
        let payment = vec![
            attached.into(),
            PaymentConfirmed { payment_id, order_id }.into(),
            authorised.into(),
        ];
        [payment, vec![confirmed.into()], committed, vec![created.into()]].concat()
    }

    fn cancelled(&self) -> Vec<Event> {
        let order_id = self.order_id();
        let reason = "changed my mind".to_owned();
        let cancelled = OrderCancelled {
            order_id,
            by: CancelledBy::Customer,
            reason: FreeText::clear(reason.clone()),
        };
        let released = self.of_lines(|sku, quantity| StockReleased {
            sku,
            order_id,
            quantity,
            from: HoldKind::Committed,
            reason: ReleaseReason::Cancelled,
        });
        let delivery = DeliveryCancelled {
            delivery_id: self.delivery_id(),
            order_id,
            reason: reason.clone(),
        };
        let payment = PaymentCancelled {
            payment_id: self.payment_id(),
            order_id,
            reason,
        };
        [
            vec![cancelled.into()],
            released,
            vec![delivery.into(), payment.into()],
        ]
        .concat()
    }

    fn delivered(&self) -> Vec<Vec<Event>> {
        let (delivery_id, order_id) = (self.delivery_id(), self.order_id());
        let courier_id = account(7, self.number % COURIERS);
        let assigned = DeliveryAssigned {
            delivery_id,
            order_id,
            courier_id,
        };
        let picked_up = DeliveryPickedUp {
            delivery_id,
            order_id,
            courier_id,
        };
        let shipped = self.of_lines(|sku, quantity| StockShipped {
            sku,
            order_id,
            quantity,
        });
        let departed = DeliveryDeparted {
            delivery_id,
            order_id,
            courier_id,
        };
        let delivered = DeliveryDelivered {
            delivery_id,
            order_id,
            courier_id,
            admin_reason: None,
        };
        let captured = PaymentCaptured {
            payment_id: self.payment_id(),
            order_id,
            amount: gbp(self.totals().total_minor),
            provider_reference: ProviderReference(format!("capture-{}", self.number)),
        };
        vec![
            vec![assigned.into()],
            [vec![picked_up.into()], shipped].concat(),
            vec![departed.into()],
            vec![delivered.into(), OrderCompleted { order_id }.into()],
            vec![captured.into()],
        ]
    }

    /// The units of the first line come back.
    fn returned(&self) -> Vec<Vec<Event>> {
        let (order_id, payment_id) = (self.order_id(), self.payment_id());
        let return_id = ReturnId::from_uuid(id(8, self.number));
        let refund_id = RefundId::from_uuid(id(9, self.number));
        let line = &self.lines()[0];
        let lines = vec![ReturnedLine {
            line_number: 1,
            sku: line.sku.clone(),
            quantity: line.quantity,
            unit_price_minor: line.unit_price_minor,
        }];
        let amount = gbp(line.quantity * line.unit_price_minor);
        let requested = ReturnRequested {
            return_id,
            order_id,
            payment_id,
            lines: lines.clone(),
            reason: FreeText::clear("too small"),
            refund: amount,
        };
        let back = StockReturned {
            sku: line.sku.clone(),
            order_id,
            return_id,
            quantity: line.quantity,
        };
        let claimed = OrderLinesReturned {
            order_id,
            return_id,
            lines,
        };
        let refund = RefundRequested {
            payment_id,
            order_id,
            refund_id,
            return_id: Some(return_id),
            amount,
        };
        let refunded = RefundSucceeded {
            payment_id,
            order_id,
            refund_id,
            amount,
            provider_reference: ProviderReference(format!("refund-{}", self.number)),
        };
        let done = ReturnRefunded {
            return_id,
            order_id,
            refund_id,
            amount,
        };
        vec![
            vec![claimed.into(), requested.into()],
            vec![ReturnApproved { return_id, order_id }.into()],
            vec![ReturnReceived { return_id, order_id }.into(), back.into()],
            vec![refund.into(), refunded.into()],
            vec![done.into(), ReturnClosed { return_id, order_id }.into()],
        ]
    }
}
