//! No money is stuck: from every state in which money is captured, people and policies can get the order delivered or
//! the money refunded.

use std::collections::{BTreeSet, VecDeque};

use domain::delivery::{
    AssignDelivery, CompletedBy, DeliverDelivery, DepartDelivery, FailDeliveryAttempt, PickUpDelivery,
    ReopenDelivery, ReturnDeliveryToSender, StartDeliveryReturn, TransitStatus,
};
use domain::order::{CancelOrder, CancelledBy};
use domain::payment::{RecordRefund, RequestRefund};
use domain::{
    AccountId, Command, DeliveryState, FreeText, OrderState, PaymentState, ProviderReference, RefundId,
    StreamId, StreamState,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::steps::{Step, steps};
use crate::world::World;

/// An order whose money is captured.
struct Paid {
    order: OrderState,
    payment: PaymentState,
    delivery: DeliveryState,
}

impl Paid {
    /// The orders of `world` whose money is captured.
    fn all(world: &World) -> Vec<Self> {
        let orders = world.states.values().filter_map(|state| match state {
            StreamState::Order(order) => Some(order),
            _ => None,
        });
        orders.filter_map(|order| Self::of(world, order)).collect()
    }

    fn of(world: &World, order: &OrderState) -> Option<Self> {
        let placed = order.order()?;
        let StreamState::Payment(payment) = world.state(&StreamId::Payment(placed.payment_id)) else {
            panic!()
        };
        let StreamState::Delivery(delivery) = world.state(&StreamId::Delivery(placed.delivery_id)) else {
            panic!()
        };
        matches!(payment, PaymentState::Succeeded { .. }).then(|| Self {
            order: order.clone(),
            payment,
            delivery,
        })
    }

    /// Whether it is delivered, or all its money is refunded.
    fn is_out(&self) -> bool {
        let PaymentState::Succeeded { refunds, .. } = &self.payment else {
            panic!()
        };
        let is_paid_back = self.payment.refundable().unwrap().minor == 0
            && refunds
                .standing()
                .all(|(_, refund)| refund.status.as_str() == "succeeded");
        matches!(self.order, OrderState::Completed { .. }) || is_paid_back
    }

    /// The commands of its courier and of admins, and those of the settlement policy. Only orders that are over are
    /// refunded.
    fn commands(&self) -> Vec<Command> {
        let placed = self.order.order().unwrap();
        let (order_id, delivery_id) = (placed.order_id, placed.delivery_id);
        let reason = || "a way out".to_owned();
        let assign = AssignDelivery {
            delivery_id,
            courier_id: AccountId::from_uuid(Uuid::from_u128(1)),
        };
        let reopen = ReopenDelivery {
            delivery_id,
            reason: FreeText::clear(reason()),
        };
        let cancel = CancelOrder {
            order_id,
            by: CancelledBy::Admin,
            reason: FreeText::clear(reason()),
            restock: true,
        };
        let mut commands: Vec<Command> = vec![assign.into(), reopen.into(), cancel.into()];
        if let (Some(from), Some(courier_id)) = (self.delivery.transit_status(), self.delivery.courier_id()) {
            commands.extend(self.steps(courier_id, from));
        }
        if self.order.is_over() {
            commands.extend(self.refunds());
        }
        commands
    }

    fn steps(&self, courier_id: AccountId, from: TransitStatus) -> Vec<Command> {
        let delivery_id = self.order.order().unwrap().delivery_id;
        vec![
            PickUpDelivery {
                delivery_id,
                courier_id,
                from,
            }
            .into(),
            DepartDelivery {
                delivery_id,
                courier_id,
                from,
            }
            .into(),
            FailDeliveryAttempt {
                delivery_id,
                courier_id,
                from,
                reason: FreeText::clear("nobody at home"),
            }
            .into(),
            StartDeliveryReturn {
                delivery_id,
                courier_id,
                from,
            }
            .into(),
            ReturnDeliveryToSender {
                delivery_id,
                courier_id,
                from,
            }
            .into(),
            DeliverDelivery {
                delivery_id,
                by: CompletedBy::Courier(courier_id),
                from,
            }
            .into(),
        ]
    }

    /// Requests the refund of the rest, and records those that are requested as paid.
    fn refunds(&self) -> Vec<Command> {
        let payment_id = self.order.order().unwrap().payment_id;
        let PaymentState::Succeeded { refunds, .. } = &self.payment else {
            panic!()
        };
        let rest = RequestRefund {
            payment_id,
            refund_id: RefundId::from_uuid(Uuid::from_u128(7 << 64 | payment_id.as_uuid().as_u128())),
            amount: self.payment.refundable().unwrap(),
            return_id: None,
        };
        let paid = refunds.standing().map(|(refund_id, _)| {
            RecordRefund {
                payment_id,
                refund_id,
                provider_reference: ProviderReference("a way out".to_owned()),
            }
            .into()
        });
        std::iter::once(rest.into()).chain(paid).collect()
    }

    fn key(&self) -> String {
        format!("{} {:?} {:?}", self.order.status(), self.delivery, self.payment)
    }
}

/// The states of one order that can follow, nearest first.
fn has_way_out(world: &World, paid: Paid) -> bool {
    let order_id = paid.order.order().unwrap().order_id;
    let mut seen = BTreeSet::from([paid.key()]);
    let mut open = VecDeque::from([(world.clone(), paid)]);
    while let Some((world, paid)) = open.pop_front() {
        if paid.is_out() {
            return true;
        }
        for command in paid.commands() {
            let mut next = world.clone();
            if next.run(&command).is_err() {
                continue;
            }
            let StreamState::Order(order) = next.state(&StreamId::Order(order_id)) else {
                panic!()
            };
            let paid = Paid::of(&next, &order).unwrap();
            if seen.insert(paid.key()) {
                open.push_back((next, paid));
            }
        }
    }
    false
}

/// Checks every state of a random walk in which money is captured.
fn walk(steps: &[Step]) -> usize {
    let mut world = World::new();
    let mut checked = BTreeSet::new();
    for step in steps {
        let command = step.command(&mut world);
        if world.run(&command).is_err() {
            continue;
        }
        let states = World {
            history: Vec::new(),
            ..world.clone()
        };
        for paid in Paid::all(&states) {
            let key = paid.key();
            if checked.insert(key.clone()) {
                assert!(has_way_out(&states, paid), "no way out after {command:?}: {key}");
            }
        }
    }
    checked.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn captured_money_is_never_stuck(steps in steps()) {
        walk(&steps);
    }
}

/// The property above proves nothing if no walk captures money, or none leads to a returned parcel.
#[test]
fn each_status_of_a_paid_delivery_has_a_way_out() {
    use crate::fixture::{
        attempt_failed, completed, on_the_way, payment_captured, picked_up, returned_to_sender, returning,
    };
    use crate::world::given;
    let histories = [
        picked_up(),
        on_the_way(),
        attempt_failed(),
        returning(),
        returned_to_sender(),
        completed(),
    ];
    for history in histories {
        let mut world = given(history);
        world.tell(payment_captured().into());
        let [paid] = Paid::all(&world).try_into().unwrap_or_else(|_| panic!());
        assert!(has_way_out(&world, paid));
    }
}
