//! The life cycle of a delivery.

use domain::delivery::{
    AcceptOffer, AssignDelivery, CompletedBy, DeclineOffer, DeliverDelivery, DepartDelivery,
    FailDeliveryAttempt, OfferDelivery, PickUpDelivery, ReopenDelivery, ReturnDeliveryToSender,
    StartDeliveryReturn, TransferDelivery, TransitStatus, UnassignDelivery,
};
use domain::{Command, FreeText, StreamId};

use crate::fixture::{
    COURIER, DELIVERY, OTHER_COURIER, assigned, attempt_failed, cancel, completed, confirmed, offered,
    on_the_way, picked_up, returned_to_sender, returning, shelf,
};
use crate::world::{World, given};

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
            reason: FreeText::clear(String::new()),
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
            reason: FreeText::clear(String::new()),
        }
        .into(),
        TransferDelivery {
            delivery_id,
            from_courier_id: courier_id,
            courier_id: OTHER_COURIER,
            reason: FreeText::clear("ill"),
        }
        .into(),
        ReopenDelivery {
            delivery_id,
            reason: FreeText::clear("asked for it"),
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
            from: TransitStatus::Assigned,
        }
        .into(),
        DepartDelivery {
            delivery_id,
            courier_id,
            from: TransitStatus::PickedUp,
        }
        .into(),
        FailDeliveryAttempt {
            delivery_id,
            courier_id,
            from: TransitStatus::OnTheWay,
            reason: FreeText::clear("nobody at home"),
        }
        .into(),
        StartDeliveryReturn {
            delivery_id,
            courier_id,
            from: TransitStatus::AttemptFailed,
        }
        .into(),
        ReturnDeliveryToSender {
            delivery_id,
            courier_id,
            from: TransitStatus::Returning,
        }
        .into(),
        DeliverDelivery {
            delivery_id,
            by: CompletedBy::Courier(courier_id),
            from: TransitStatus::OnTheWay,
        }
        .into(),
    ]
}

fn states() -> Vec<(&'static str, World)> {
    vec![
        ("uncreated", given(shelf())),
        ("pending", given(confirmed())),
        ("offered", given(offered())),
        ("assigned", given(assigned())),
        ("picked_up", given(picked_up())),
        ("on_the_way", given(on_the_way())),
        ("attempt_failed", given(attempt_failed())),
        ("returning", given(returning())),
        ("returned", given(returned_to_sender())),
        (
            "returned, order over",
            given(returned_to_sender()).after(cancel()),
        ),
        ("delivered", given(completed())),
        ("cancelled", given(assigned()).after(cancel())),
    ]
}

#[test]
fn deliveries() {
    Machine {
        stream: StreamId::Delivery(DELIVERY),
        states: states(),
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
            ("picked_up", "TransferDelivery", "picked_up"),
            ("on_the_way", "FailDeliveryAttempt", "attempt_failed"),
            ("on_the_way", "DeliverDelivery", "delivered"),
            ("on_the_way", "TransferDelivery", "on_the_way"),
            ("attempt_failed", "StartDeliveryReturn", "returning"),
            ("attempt_failed", "TransferDelivery", "attempt_failed"),
            ("returning", "ReturnDeliveryToSender", "returned"),
            ("returning", "TransferDelivery", "returning"),
            ("returned", "ReopenDelivery", "pending"),
            ("returned", "CancelOrder", "returned"),
        ],
    }
    .check();
}

/// Steps that the same command takes from another status.
#[test]
fn deliveries_after_a_failed_attempt() {
    let from = TransitStatus::AttemptFailed;
    Machine {
        stream: StreamId::Delivery(DELIVERY),
        states: states(),
        commands: vec![
            DepartDelivery {
                delivery_id: DELIVERY,
                courier_id: COURIER,
                from,
            }
            .into(),
            DeliverDelivery {
                delivery_id: DELIVERY,
                by: CompletedBy::Admin {
                    reason: FreeText::clear("the neighbour took it"),
                },
                from,
            }
            .into(),
        ],
        accepted: vec![
            ("attempt_failed", "DepartDelivery", "on_the_way"),
            ("attempt_failed", "DeliverDelivery", "delivered"),
        ],
    }
    .check();
}
