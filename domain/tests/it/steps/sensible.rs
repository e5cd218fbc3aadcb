//! The valid next step of an order.

use domain::delivery::{
    AssignDelivery, CompletedBy, DeliverDelivery, DepartDelivery, PickUpDelivery, ReturnDeliveryToSender,
};
use domain::returns::{ApproveReturn, ReceiveReturn};
use domain::{Command, DeliveryState, OrderState, PaymentState, ReturnState, StreamId, StreamState};

use crate::world::World;

use super::{About, Step};

impl Step {
    /// The usual next step for the order.
    pub(super) fn sensible(self, world: &World) -> Command {
        let About {
            order_id,
            payment_id,
            delivery_id,
            return_id,
            ..
        } = self.about();
        let StreamState::Order(order) = world.state(&StreamId::Order(order_id)) else {
            panic!()
        };
        let StreamState::Payment(payment) = world.state(&StreamId::Payment(payment_id)) else {
            panic!()
        };
        let StreamState::Delivery(delivery) = world.state(&StreamId::Delivery(delivery_id)) else {
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
            (OrderState::Confirmed(_), _) => self.next_move(delivery),
            (OrderState::Completed { .. }, PaymentState::RequiresCapture { .. }) => {
                Step { kind: 16, ..self }.of_payment(world)
            }
            (OrderState::Completed { .. }, _) => match state {
                ReturnState::Unrequested => Step { kind: 32, ..self }.of_return(),
                ReturnState::Requested(_) => ApproveReturn { return_id }.into(),
                ReturnState::Approved(_) => ReceiveReturn { return_id }.into(),
                _ => Step {
                    kind: 18 + self.other % 2,
                    ..self
                }
                .of_payment(world),
            },
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
            }
            .into(),
            DeliveryState::PickedUp(_) | DeliveryState::AttemptFailed(_) => DepartDelivery {
                delivery_id,
                courier_id,
            }
            .into(),
            DeliveryState::OnTheWay(_) => DeliverDelivery {
                delivery_id,
                by: CompletedBy::Courier(courier_id),
            }
            .into(),
            DeliveryState::Returning(_) => ReturnDeliveryToSender {
                delivery_id,
                courier_id,
            }
            .into(),
            _ => AssignDelivery {
                delivery_id,
                courier_id,
            }
            .into(),
        }
    }
}
