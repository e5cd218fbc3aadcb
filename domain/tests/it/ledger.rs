//! An independent count over events, to compare with the states.

use std::collections::BTreeMap;

use domain::order::{OrderEvent, OrderLine};
use domain::payment::PaymentEvent;
use domain::stock::{HoldKind, StockEvent};
use domain::{
    DeliveryState, Event, OrderId, OrderState, PaymentId, PaymentState, Sku, StockState, StreamId,
    StreamState,
};

use crate::world::World;

/// The counts of a SKU.
#[derive(Default)]
struct Counts {
    received: i64,
    adjusted: i64,
    shipped: i64,
    returned: i64,
    reserved: BTreeMap<OrderId, i64>,
    committed: BTreeMap<OrderId, i64>,
}

/// The counts of a payment, in minor units.
#[derive(Default)]
struct Collected {
    captures: usize,
    captured: i64,
    refunded: i64,
}

#[derive(Default)]
pub struct Ledger {
    counts: BTreeMap<Sku, Counts>,
    collected: BTreeMap<PaymentId, Collected>,
    totals: BTreeMap<OrderId, i64>,
}

impl Ledger {
    /// Counts one event, and checks everything that must hold after every single one.
    pub fn count(&mut self, event: &Event) {
        match event {
            Event::Stock(event) => self.count_stock(event),
            Event::Payment(event) => self.count_money(event),
            Event::Order(OrderEvent::OrderPlaced(event)) => {
                let total = total(&event.lines);
                assert_eq!(event.totals.total_minor, total);
                assert_eq!(event.totals.subtotal_minor, total);
                self.totals.insert(event.order_id, total);
            }
            Event::Order(OrderEvent::OrderConfirmed(event)) => {
                assert_eq!(event.totals.total_minor, self.totals[&event.order_id]);
                assert_eq!(total(&event.lines), self.totals[&event.order_id]);
            }
            _ => {}
        }
    }

    fn count_stock(&mut self, event: &StockEvent) {
        use StockEvent as E;
        let StreamId::Stock(sku) = event.stream_id() else {
            panic!()
        };
        let counts = self.counts.entry(sku).or_default();
        match event {
            E::StockReceived(event) => counts.received += event.quantity,
            E::StockAdjusted(event) => counts.adjusted += event.delta,
            E::StockReserved(event) => *counts.reserved.entry(event.order_id).or_default() += event.quantity,
            E::StockReleased(event) => {
                let held = match event.from {
                    HoldKind::Reserved => &mut counts.reserved,
                    HoldKind::Committed => &mut counts.committed,
                };
                *held.get_mut(&event.order_id).unwrap() -= event.quantity;
            }
            E::StockCommitted(event) => {
                *counts.reserved.get_mut(&event.order_id).unwrap() -= event.quantity;
                *counts.committed.entry(event.order_id).or_default() += event.quantity;
            }
            E::StockShipped(event) => {
                *counts.committed.get_mut(&event.order_id).unwrap() -= event.quantity;
                counts.shipped += event.quantity;
            }
            E::StockTakenBack(event) => {
                counts.shipped -= event.quantity;
                assert!(counts.shipped >= 0, "more was taken back than shipped");
                *counts.committed.get_mut(&event.order_id).unwrap() += event.quantity;
            }
            E::StockReturned(event) => counts.returned += event.quantity,
        }
        for held in counts.reserved.values().chain(counts.committed.values()) {
            assert!(*held >= 0, "an order holds a negative quantity");
        }
    }

    fn count_money(&mut self, event: &PaymentEvent) {
        let StreamId::Payment(payment_id) = event.stream_id() else {
            panic!()
        };
        let collected = self.collected.entry(payment_id).or_default();
        match event {
            PaymentEvent::PaymentCaptured(event) => {
                collected.captures += 1;
                collected.captured += event.amount.minor;
                assert_eq!(
                    event.amount.minor, self.totals[&event.order_id],
                    "the order's total is captured"
                );
            }
            PaymentEvent::RefundSucceeded(event) => collected.refunded += event.amount.minor,
            _ => {}
        }
        assert!(collected.captures <= 1, "a payment was captured twice");
        assert!(
            collected.refunded <= collected.captured,
            "more was refunded than captured"
        );
    }

    /// Checks after every event that the states equal the counts, and that no count is negative.
    pub fn check_stock(&self, world: &World) {
        for (sku, counts) in &self.counts {
            let stock = stock(world, sku);
            assert_eq!(
                stock.on_hand(),
                counts.received + counts.adjusted - counts.shipped + counts.returned
            );
            assert_eq!(stock.reserved(), counts.reserved.values().sum::<i64>());
            assert_eq!(stock.committed(), counts.committed.values().sum::<i64>());
            assert!(stock.on_hand() >= 0 && stock.reserved() >= 0 && stock.committed() >= 0);
            assert!(stock.available() >= 0, "oversold");
        }
    }

    /// Checks after every command that the streams are consistent with each other.
    pub fn check_orders(&self, world: &World) {
        let mut reserved: BTreeMap<Sku, i64> = BTreeMap::new();
        let mut committed: BTreeMap<Sku, i64> = BTreeMap::new();
        for state in world.states.values() {
            let StreamState::Order(state) = state else {
                continue;
            };
            let Some(order) = state.order() else { continue };
            let StreamState::Payment(payment) = world.state(&StreamId::Payment(order.payment_id)) else {
                panic!()
            };
            let StreamState::Delivery(delivery) = world.state(&StreamId::Delivery(order.delivery_id)) else {
                panic!()
            };
            check_agreement(state, &payment, delivery);
            let held = match state {
                OrderState::Pending(_) => &mut reserved,
                OrderState::Confirmed(_) if delivery.is_before_pick_up() => &mut committed,
                _ => continue,
            };
            for line in &order.lines {
                *held.entry(line.sku.clone()).or_default() += line.quantity;
            }
        }
        for sku in self.counts.keys() {
            let stock = stock(world, sku);
            assert_eq!(
                stock.reserved(),
                reserved.get(sku).copied().unwrap_or(0),
                "{sku} reserved"
            );
            assert_eq!(
                stock.committed(),
                committed.get(sku).copied().unwrap_or(0),
                "{sku} committed"
            );
        }
    }
}

fn check_agreement(order: &OrderState, payment: &PaymentState, delivery: DeliveryState) {
    let has_money = matches!(
        payment,
        PaymentState::RequiresCapture { .. } | PaymentState::Succeeded { .. }
    );
    let waits_for_customer = matches!(
        payment,
        PaymentState::RequiresPaymentMethod(_)
            | PaymentState::RequiresConfirmation(_)
            | PaymentState::RequiresAction { .. }
    );
    match order {
        OrderState::Unplaced => {}
        OrderState::Pending(_) => {
            assert!(
                !has_money && !matches!(payment, PaymentState::Cancelled { .. }),
                "pending: {payment:?}"
            );
            assert_eq!(delivery, DeliveryState::Uncreated);
        }
        OrderState::Confirmed(_) => {
            assert!(has_money, "a confirmed order has {payment:?}");
            assert!(
                !matches!(
                    delivery,
                    DeliveryState::Uncreated | DeliveryState::Cancelled { .. }
                ) && !matches!(delivery, DeliveryState::Delivered(_)),
                "confirmed: {delivery:?}"
            );
        }
        OrderState::Completed { order: placed, .. } => {
            assert!(has_money, "a completed order has {payment:?}");
            assert!(
                matches!(delivery, DeliveryState::Delivered(_)),
                "completed: {delivery:?}"
            );
            for (line_number, line) in (1_u16..).zip(&placed.lines) {
                assert!((0..=line.quantity).contains(&order.returned_quantity(line_number)));
            }
        }
        OrderState::Cancelled(_) | OrderState::Expired(_) => {
            assert!(!waits_for_customer, "an ended order has {payment:?}");
            assert!(
                matches!(
                    delivery,
                    DeliveryState::Uncreated | DeliveryState::Cancelled { .. } | DeliveryState::Returned(_)
                ),
                "over: {delivery:?}"
            );
        }
    }
}

fn stock(world: &World, sku: &Sku) -> StockState {
    match world.state(&StreamId::Stock(sku.clone())) {
        StreamState::Stock(stock) => stock,
        other => panic!("{other:?}"),
    }
}

fn total(lines: &[OrderLine]) -> i64 {
    lines
        .iter()
        .map(|line| line.quantity * line.unit_price_minor)
        .sum()
}
