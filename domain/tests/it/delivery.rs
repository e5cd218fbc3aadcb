mod reopen;
mod transfer;

use domain::delivery::{
    AcceptOffer, AssignDelivery, CompletedBy, DeclineOffer, DeliverDelivery, DeliveryAssigned,
    DeliveryAttemptFailed, DeliveryOfferDeclined, DeliveryOffered, DeliveryReturnStarted,
    DeliveryReturnedToSender, DeliveryUnassigned, DepartDelivery, FailDeliveryAttempt, OfferDelivery,
    PickUpDelivery, ReturnDeliveryToSender, StartDeliveryReturn, TransitStatus, UnassignDelivery,
};
use domain::{AccountId, Command, Error, FreeText};

use crate::fixture::{
    COURIER, DELIVERY, ORDER, OTHER_COURIER, assigned, attempt_failed, cancel, completed, completion,
    confirmed, delivery_assigned, departed, events, offered, on_the_way, pick_up, picked_up, processing,
    returning,
};
use crate::world::given;

fn assign(courier_id: AccountId) -> AssignDelivery {
    AssignDelivery {
        delivery_id: DELIVERY,
        courier_id,
    }
}

fn decline(courier_id: AccountId) -> DeclineOffer {
    DeclineOffer {
        delivery_id: DELIVERY,
        courier_id,
        reason: FreeText::clear("too far"),
    }
}

fn pick(courier_id: AccountId) -> PickUpDelivery {
    PickUpDelivery {
        delivery_id: DELIVERY,
        courier_id,
        from: TransitStatus::Assigned,
    }
}

fn depart(courier_id: AccountId, from: TransitStatus) -> DepartDelivery {
    DepartDelivery {
        delivery_id: DELIVERY,
        courier_id,
        from,
    }
}

fn start_return(courier_id: AccountId) -> StartDeliveryReturn {
    StartDeliveryReturn {
        delivery_id: DELIVERY,
        courier_id,
        from: TransitStatus::AttemptFailed,
    }
}

fn return_to_sender(courier_id: AccountId) -> ReturnDeliveryToSender {
    ReturnDeliveryToSender {
        delivery_id: DELIVERY,
        courier_id,
        from: TransitStatus::Returning,
    }
}

fn fail(courier_id: AccountId) -> FailDeliveryAttempt {
    FailDeliveryAttempt {
        delivery_id: DELIVERY,
        courier_id,
        from: TransitStatus::OnTheWay,
        reason: FreeText::clear("nobody at home"),
    }
}

fn deliver(courier_id: AccountId) -> DeliverDelivery {
    DeliverDelivery {
        delivery_id: DELIVERY,
        by: CompletedBy::Courier(courier_id),
        from: TransitStatus::OnTheWay,
    }
}

fn complete_as_admin(reason: &str, from: TransitStatus) -> DeliverDelivery {
    DeliverDelivery {
        delivery_id: DELIVERY,
        from,
        by: CompletedBy::Admin {
            reason: FreeText::clear(reason),
        },
    }
}

fn invalid(status: &'static str) -> Error {
    Error::InvalidDeliveryState {
        delivery_id: DELIVERY,
        status,
    }
}

fn assigned_to(courier_id: AccountId) -> DeliveryAssigned {
    DeliveryAssigned {
        courier_id,
        ..delivery_assigned()
    }
}

fn unassigned(reason: &str) -> DeliveryUnassigned {
    DeliveryUnassigned {
        delivery_id: DELIVERY,
        order_id: ORDER,
        courier_id: COURIER,
        reason: FreeText::clear(reason),
    }
}

#[test]
fn a_delivery_is_offered_and_accepted() {
    given(confirmed())
        .when(OfferDelivery {
            delivery_id: DELIVERY,
            courier_id: COURIER,
        })
        .then(events![DeliveryOffered {
            delivery_id: DELIVERY,
            order_id: ORDER,
            courier_id: COURIER
        }]);
    given(offered())
        .when(AcceptOffer {
            delivery_id: DELIVERY,
            courier_id: COURIER,
        })
        .then(events![delivery_assigned()]);
}

#[test]
fn a_declined_delivery_can_be_offered_to_another_courier() {
    given(offered())
        .when(decline(COURIER))
        .then(events![DeliveryOfferDeclined {
            delivery_id: DELIVERY,
            order_id: ORDER,
            courier_id: COURIER,
            reason: FreeText::clear("too far"),
        }]);
    given(offered()).after(decline(COURIER)).after(OfferDelivery {
        delivery_id: DELIVERY,
        courier_id: OTHER_COURIER,
    });
}

#[test]
fn an_offer_is_answered_only_by_its_courier() {
    let other = || Error::DeliveryOfAnotherCourier {
        delivery_id: DELIVERY,
        courier_id: OTHER_COURIER,
    };
    given(offered())
        .when(AcceptOffer {
            delivery_id: DELIVERY,
            courier_id: OTHER_COURIER,
        })
        .then_rejected(other());
    given(offered())
        .when(decline(OTHER_COURIER))
        .then_rejected(other());
}

#[test]
fn a_delivery_is_assigned_with_or_without_an_offer() {
    given(confirmed())
        .when(assign(COURIER))
        .then(events![delivery_assigned()]);
    given(offered())
        .when(assign(OTHER_COURIER))
        .then(events![assigned_to(OTHER_COURIER)]);
}

#[test]
fn reassigning_unassigns_the_first_courier() {
    given(assigned()).when(assign(OTHER_COURIER)).then(events![
        unassigned("given to another courier"),
        assigned_to(OTHER_COURIER)
    ]);
}

#[test]
fn assigning_to_the_same_courier_again_is_rejected() {
    given(assigned())
        .when(assign(COURIER))
        .then_rejected(invalid("assigned"));
}

#[test]
fn an_unassigned_delivery_can_be_assigned_to_another_courier() {
    let unassign = || UnassignDelivery {
        delivery_id: DELIVERY,
        reason: FreeText::clear("ill"),
    };
    given(assigned())
        .when(unassign())
        .then(events![unassigned("ill")]);
    given(assigned()).after(unassign()).after(assign(OTHER_COURIER));
}

#[test]
fn picking_up_ships_the_stock() {
    given(assigned()).when(pick(COURIER)).then(pick_up());
}

#[test]
fn an_unassigned_delivery_cannot_be_picked_up() {
    given(confirmed())
        .when(pick(COURIER))
        .then_rejected(invalid("pending"));
    given(offered())
        .when(pick(COURIER))
        .then_rejected(invalid("offered"));
    given(processing())
        .when(pick(COURIER))
        .then_rejected(Error::UnknownDelivery {
            delivery_id: DELIVERY,
        });
}

#[test]
fn a_completed_step_cannot_be_repeated() {
    given(picked_up())
        .when(pick(COURIER))
        .then_rejected(invalid("picked_up"));
    for from in [TransitStatus::PickedUp, TransitStatus::OnTheWay] {
        given(on_the_way())
            .when(depart(COURIER, from))
            .then_rejected(invalid("on_the_way"));
    }
    given(completed())
        .when(deliver(COURIER))
        .then_rejected(invalid("delivered"));
}

#[test]
fn no_step_can_be_skipped() {
    given(assigned())
        .when(depart(COURIER, TransitStatus::Assigned))
        .then_rejected(invalid("assigned"));
    given(picked_up())
        .when(deliver(COURIER))
        .then_rejected(invalid("picked_up"));
}

#[test]
fn departing_and_delivering_complete_the_order() {
    given(picked_up())
        .when(depart(COURIER, TransitStatus::PickedUp))
        .then(events![departed()]);
    given(on_the_way()).when(deliver(COURIER)).then(completion(None));
}

#[test]
fn only_the_assigned_courier_moves_a_delivery() {
    let (delivery_id, courier_id) = (DELIVERY, OTHER_COURIER);
    let cases: [(_, Command); 6] = [
        (assigned(), pick(courier_id).into()),
        (picked_up(), depart(courier_id, TransitStatus::PickedUp).into()),
        (on_the_way(), fail(courier_id).into()),
        (on_the_way(), deliver(courier_id).into()),
        (attempt_failed(), start_return(courier_id).into()),
        (returning(), return_to_sender(courier_id).into()),
    ];
    for (history, command) in cases {
        given(history)
            .when(command)
            .then_rejected(Error::DeliveryOfAnotherCourier {
                delivery_id,
                courier_id,
            });
    }
}

#[test]
fn a_failed_attempt_is_repeated_or_returned() {
    let (delivery_id, order_id, courier_id) = (DELIVERY, ORDER, COURIER);
    given(on_the_way())
        .when(fail(COURIER))
        .then(events![DeliveryAttemptFailed {
            delivery_id,
            order_id,
            courier_id,
            reason: FreeText::clear("nobody at home"),
        }]);
    given(attempt_failed())
        .when(depart(COURIER, TransitStatus::AttemptFailed))
        .then(events![departed()]);
    given(attempt_failed())
        .when(start_return(COURIER))
        .then(events![DeliveryReturnStarted {
            delivery_id,
            order_id,
            courier_id
        }]);
    given(returning())
        .when(return_to_sender(COURIER))
        .then(events![DeliveryReturnedToSender {
            delivery_id,
            order_id,
            courier_id
        }]);
}

#[test]
fn a_step_from_another_status_than_was_seen_is_rejected() {
    // The courier tried again while an admin was about to complete the failed delivery.
    given(on_the_way())
        .when(complete_as_admin("phone broke", TransitStatus::AttemptFailed))
        .then_rejected(invalid("on_the_way"));
    // A second tap on "On the way", sent after the attempt failed, is no new attempt.
    given(attempt_failed())
        .when(depart(COURIER, TransitStatus::PickedUp))
        .then_rejected(invalid("attempt_failed"));
    let late = FailDeliveryAttempt {
        from: TransitStatus::AttemptFailed,
        ..fail(COURIER)
    };
    given(on_the_way())
        .when(late)
        .then_rejected(invalid("on_the_way"));
}

#[test]
fn a_failed_attempt_needs_a_reason() {
    given(on_the_way())
        .when(FailDeliveryAttempt {
            reason: FreeText::clear(String::new()),
            ..fail(COURIER)
        })
        .then_rejected(Error::InvalidText {
            field: "reason",
            chars_min: 1,
            chars_max: 1_000,
        });
}

#[test]
fn an_admin_completes_a_picked_up_delivery_with_a_reason() {
    for (history, from) in [
        (picked_up(), TransitStatus::PickedUp),
        (on_the_way(), TransitStatus::OnTheWay),
        (attempt_failed(), TransitStatus::AttemptFailed),
    ] {
        given(history)
            .when(complete_as_admin("phone broke", from))
            .then(completion(Some("phone broke")));
    }
    given(on_the_way())
        .when(complete_as_admin("", TransitStatus::OnTheWay))
        .then_rejected(Error::InvalidText {
            field: "reason",
            chars_min: 1,
            chars_max: 1_000,
        });
    given(assigned())
        .when(complete_as_admin("phone broke", TransitStatus::Assigned))
        .then_rejected(invalid("assigned"));
}

#[test]
fn a_cancelled_delivery_accepts_no_command() {
    given(assigned())
        .after(cancel())
        .when(pick(COURIER))
        .then_rejected(invalid("cancelled"));
    given(confirmed())
        .after(cancel())
        .when(assign(COURIER))
        .then_rejected(invalid("cancelled"));
}
