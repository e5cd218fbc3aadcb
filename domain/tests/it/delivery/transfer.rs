//! Parcels that another courier takes over after pick-up.

use domain::delivery::{DeliveryTransferred, TransferDelivery};
use domain::{Error, Event, FreeText};

use super::{deliver, fail, invalid};
use crate::fixture::{
    COURIER, DELIVERY, ORDER, OTHER_COURIER, assigned, attempt_failed, completed, confirmed, events,
    on_the_way, picked_up, returned_to_sender, returning,
};
use crate::world::given;

fn transfer() -> TransferDelivery {
    TransferDelivery {
        delivery_id: DELIVERY,
        from_courier_id: COURIER,
        courier_id: OTHER_COURIER,
        reason: FreeText::clear("ill"),
    }
}

fn transferred() -> Vec<Event> {
    events![DeliveryTransferred {
        delivery_id: DELIVERY,
        order_id: ORDER,
        from_courier_id: COURIER,
        courier_id: OTHER_COURIER,
        reason: FreeText::clear("ill"),
    }]
}

#[test]
fn a_parcel_is_transferred_from_pick_up_until_it_is_delivered_or_returned() {
    for history in [picked_up(), on_the_way(), attempt_failed(), returning()] {
        given(history).when(transfer()).then(transferred());
    }
    for (history, status) in [
        (confirmed(), "pending"),
        (assigned(), "assigned"),
        (returned_to_sender(), "returned"),
        (completed(), "delivered"),
    ] {
        given(history).when(transfer()).then_rejected(invalid(status));
    }
}

#[test]
fn the_new_courier_continues_from_the_same_status_and_the_former_one_cannot() {
    given(on_the_way())
        .after(transfer())
        .when(deliver(COURIER))
        .then_rejected(Error::DeliveryOfAnotherCourier {
            delivery_id: DELIVERY,
            courier_id: COURIER,
        });
    given(on_the_way()).after(transfer()).after(fail(OTHER_COURIER));
    given(on_the_way())
        .after(transfer())
        .after(deliver(OTHER_COURIER));
}

#[test]
fn a_parcel_that_another_courier_has_is_not_transferred() {
    let with = |courier_id| Error::DeliveryWithCourier {
        delivery_id: DELIVERY,
        courier_id,
    };
    given(picked_up())
        .after(transfer())
        .when(transfer())
        .then_rejected(with(OTHER_COURIER));
    let to_the_same = TransferDelivery {
        courier_id: COURIER,
        ..transfer()
    };
    given(picked_up()).when(to_the_same).then_rejected(with(COURIER));
}

#[test]
fn a_transfer_needs_a_reason() {
    let silent = TransferDelivery {
        reason: FreeText::clear(String::new()),
        ..transfer()
    };
    given(picked_up()).when(silent).then_rejected(Error::InvalidText {
        field: "reason",
        chars_min: 1,
        chars_max: 1_000,
    });
}
