//! The life cycle of a delivery.

use domain::delivery::{
    AcceptOffer, AssignDelivery, CompletedBy, DeclineOffer, DeliverDelivery, DepartDelivery,
    FailDeliveryAttempt, OfferDelivery, PickUpDelivery, ReturnDeliveryToSender, StartDeliveryReturn,
    UnassignDelivery,
};
use domain::{Command, StreamId};

use crate::fixture::{
    COURIER, DELIVERY, OTHER_COURIER, assigned, attempt_failed, cancel, completed, confirmed, offered,
    on_the_way, picked_up, returned_to_sender, returning, shelf,
};
use crate::world::given;

use super::Machine;

fn dispatch_commands() -> Vec<Command> {
    let (delivery_id, courier_id) = (DELIVERY, COURIER);
    vec![
        OfferDelivery {
            delivery_id,
            courier_id,
        }
        .into(),
        DeclineOffer {
            delivery_id,
            courier_id,
            reason: String::new(),
        }
        .into(),
        AcceptOffer {
            delivery_id,
            courier_id,
        }
        .into(),
        AssignDelivery {
            delivery_id,
            courier_id: OTHER_COURIER,
        }
        .into(),
        UnassignDelivery {
            delivery_id,
            reason: String::new(),
        }
        .into(),
        cancel().into(),
    ]
}

fn transit_commands() -> Vec<Command> {
    let (delivery_id, courier_id) = (DELIVERY, COURIER);
    vec![
        PickUpDelivery {
            delivery_id,
            courier_id,
        }
        .into(),
        DepartDelivery {
            delivery_id,
            courier_id,
        }
        .into(),
        FailDeliveryAttempt {
            delivery_id,
            courier_id,
            reason: "nobody at home".to_owned(),
        }
        .into(),
        StartDeliveryReturn {
            delivery_id,
            courier_id,
        }
        .into(),
        ReturnDeliveryToSender {
            delivery_id,
            courier_id,
        }
        .into(),
        DeliverDelivery {
            delivery_id,
            by: CompletedBy::Courier(courier_id),
        }
        .into(),
    ]
}

#[test]
fn deliveries() {
    Machine {
        stream: StreamId::Delivery(DELIVERY),
        states: vec![
            ("uncreated", given(shelf())),
            ("pending", given(confirmed())),
            ("offered", given(offered())),
            ("assigned", given(assigned())),
            ("picked_up", given(picked_up())),
            ("on_the_way", given(on_the_way())),
            ("attempt_failed", given(attempt_failed())),
            ("returning", given(returning())),
            ("returned", given(returned_to_sender())),
            ("delivered", given(completed())),
            ("cancelled", given(assigned()).after(cancel())),
        ],
        commands: [dispatch_commands(), transit_commands()].concat(),
        accepted: vec![
            ("pending", "OfferDelivery", "offered"),
            ("pending", "AssignDelivery", "assigned"),
            ("pending", "CancelOrder", "cancelled"),
            ("offered", "DeclineOffer", "pending"),
            ("offered", "AcceptOffer", "assigned"),
            ("offered", "AssignDelivery", "assigned"),
            ("offered", "CancelOrder", "cancelled"),
            ("assigned", "AssignDelivery", "assigned"),
            ("assigned", "UnassignDelivery", "pending"),
            ("assigned", "PickUpDelivery", "picked_up"),
            ("assigned", "CancelOrder", "cancelled"),
            ("picked_up", "DepartDelivery", "on_the_way"),
            ("on_the_way", "FailDeliveryAttempt", "attempt_failed"),
            ("on_the_way", "DeliverDelivery", "delivered"),
            ("attempt_failed", "DepartDelivery", "on_the_way"),
            ("attempt_failed", "StartDeliveryReturn", "returning"),
            ("returning", "ReturnDeliveryToSender", "returned"),
        ],
    }
    .check();
}
