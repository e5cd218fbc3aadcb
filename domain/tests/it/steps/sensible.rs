//! The valid next step of an order.

use domain::delivery::{
    AssignDelivery, CompletedBy, DeliverDelivery, DepartDelivery, FailDeliveryAttempt, PickUpDelivery,
    ReopenDelivery, ReturnDeliveryToSender, StartDeliveryReturn, TransitStatus,
};
use domain::returns::{ApproveReturn, ReceiveReturn};
use domain::{
    Command, DeliveryState, FreeText, OrderState, PaymentState, ReturnState, StreamId, StreamState,
};

use crate::world::World;

use super::{About, Step};

impl Step {
    /// The usual next step for the order.
    pub(super) fn sensible(self, world: &World) -> Command {
        let About {
            order_id,
            payment_id,
            return_id,
            ..
        } = self.about();
        let StreamState::Order(order) = world.state(&StreamId::Order(order_id)) else {
            panic!()
        };
        let StreamState::Payment(payment) = world.state(&StreamId::Payment(payment_id)) else {
            panic!()
        };
        let StreamState::Return(state) = world.state(&StreamId::Return(return_id)) else {
            panic!()
        };
        match (order, payment) {
            (OrderState::Unplaced, _) => self.first_of_shelf(world),
            (_, PaymentState::Uncreated) => Step { kind: 10, ..self }.of_payment(world),
            (_, PaymentState::RequiresPaymentMethod(_)) => Step { kind: 11, ..self }.of_payment(world),
            (_, PaymentState::RequiresAction { .. }) => Step { kind: 12, ..self }.of_payment(world),
            (_, PaymentState::Processing(_)) => Step { kind: 14, ..self }.of_payment(world),
            (OrderState::Confirmed(_), _) => self.next_move(self.delivery(world)),
            (OrderState::Completed { .. }, PaymentState::RequiresCapture { .. }) => {
                Step { kind: 16, ..self }.of_payment(world)
            }
            (OrderState::Completed { .. }, _) => match state {
                ReturnState::Unrequested => Step { kind: 34, ..self }.of_return(),
                ReturnState::Requested(_) => ApproveReturn { return_id }.into(),
                ReturnState::Approved(_) => ReceiveReturn { return_id }.into(),
                _ => Step {
                    kind: 18 + self.other % 2,
                    ..self
                }
                .of_payment(world),
            },
            (_, PaymentState::Succeeded { .. }) => Step {
                kind: 18 + self.other % 2,
                ..self
            }
            .of_payment(world),
            _ => Step { kind: 17, ..self }.of_payment(world),
        }
    }

    fn first_of_shelf(self, world: &World) -> Command {
        let (product, stock) = (StreamId::Product(self.sku()), StreamId::Stock(self.sku()));
        if !world.states.contains_key(&product) {
            return Step { kind: 0, ..self }.of_shelf();
        }
        if !world.states.contains_key(&stock) {
            return Step { kind: 5, ..self }.of_shelf();
        }
        self.place()
    }

    fn next_move(self, delivery: DeliveryState) -> Command {
        let delivery_id = self.about().delivery_id;
        let courier_id = delivery.courier_id().unwrap_or(self.courier_id());
        match delivery {
            DeliveryState::Assigned(_) => PickUpDelivery {
                delivery_id,
                courier_id,
                from: TransitStatus::Assigned,
            }
            .into(),
            DeliveryState::PickedUp(_) => DepartDelivery {
                delivery_id,
                courier_id,
                from: TransitStatus::PickedUp,
            }
            .into(),
            DeliveryState::AttemptFailed(_) if self.other.is_multiple_of(2) => StartDeliveryReturn {
                delivery_id,
                courier_id,
                from: TransitStatus::AttemptFailed,
            }
            .into(),
            DeliveryState::AttemptFailed(_) => DepartDelivery {
                delivery_id,
                courier_id,
                from: TransitStatus::AttemptFailed,
            }
            .into(),
            DeliveryState::OnTheWay(_) if self.other.is_multiple_of(4) => FailDeliveryAttempt {
                delivery_id,
                courier_id,
                from: TransitStatus::OnTheWay,
                reason: FreeText::clear("nobody at home"),
            }
            .into(),
            DeliveryState::OnTheWay(_) => DeliverDelivery {
                delivery_id,
                by: CompletedBy::Courier(courier_id),
                from: TransitStatus::OnTheWay,
            }
            .into(),
            DeliveryState::Returning(_) => ReturnDeliveryToSender {
                delivery_id,
                courier_id,
                from: TransitStatus::Returning,
            }
            .into(),
            DeliveryState::Returned(_) if self.other.is_multiple_of(2) => ReopenDelivery {
                delivery_id,
                reason: FreeText::clear("the customer asked for it"),
            }
            .into(),
            DeliveryState::Returned(_) => Step { kind: 9, ..self }.of_shelf(),
            _ => AssignDelivery {
                delivery_id,
                courier_id,
            }
            .into(),
        }
    }
}
