//! Orders that are cancelled or expire.

use chrono::TimeDelta;
use domain::delivery::DeliveryCancelled;
use domain::order::{CancelledBy, OrderCancelled, OrderExpired, PlaceOrder};
use domain::payment::PaymentCancelled;
use domain::stock::{HoldKind, ReleaseReason, StockReleased};
use domain::{Error, Event, FreeText};

use crate::fixture::{
    DELIVERY, ORDER, PAYMENT, action_required, assigned, attempt_failed, cancel, completed, confirmed,
    events, expire, expires_at, method_attached, mug, offered, on_the_way, payment_created, picked_up, place,
    placed, processing, returning, shelf, tea, web_line,
};
use crate::world::given;

fn released(from: HoldKind, reason: ReleaseReason) -> Vec<Event> {
    events![
        StockReleased {
            sku: mug(),
            order_id: ORDER,
            quantity: 3,
            from,
            reason
        },
        StockReleased {
            sku: tea(),
            order_id: ORDER,
            quantity: 1,
            from,
            reason
        },
    ]
}

fn order_cancelled() -> OrderCancelled {
    OrderCancelled {
        order_id: ORDER,
        by: CancelledBy::Customer,
        reason: FreeText::clear("changed my mind"),
    }
}

fn payment_cancelled(reason: &str) -> PaymentCancelled {
    PaymentCancelled {
        payment_id: PAYMENT,
        order_id: ORDER,
        reason: reason.to_owned(),
    }
}

#[test]
fn cancelling_a_pending_order_releases_its_reserved_stock() {
    let mut expected = events![order_cancelled()];
    expected.extend(released(HoldKind::Reserved, ReleaseReason::Cancelled));
    given(placed()).when(cancel()).then(expected);
}

#[test]
fn cancelling_cancels_a_payment_that_the_provider_is_not_processing() {
    let mut expected = events![order_cancelled()];
    expected.extend(released(HoldKind::Reserved, ReleaseReason::Cancelled));
    expected.extend(events![payment_cancelled("the order was cancelled")]);
    for history in [payment_created(), method_attached(), action_required()] {
        given(history).when(cancel()).then(expected.clone());
    }
}

#[test]
fn cancelling_leaves_a_payment_in_progress_to_be_voided() {
    let mut expected = events![order_cancelled()];
    expected.extend(released(HoldKind::Reserved, ReleaseReason::Cancelled));
    given(processing()).when(cancel()).then(expected);
}

#[test]
fn cancelling_a_confirmed_order_releases_its_committed_stock_and_cancels_the_delivery() {
    let mut expected = events![order_cancelled()];
    expected.extend(released(HoldKind::Committed, ReleaseReason::Cancelled));
    expected.extend(events![DeliveryCancelled {
        delivery_id: DELIVERY,
        order_id: ORDER,
        reason: "the order was cancelled".to_owned(),
    }]);
    for history in [confirmed(), offered(), assigned()] {
        given(history).when(cancel()).then(expected.clone());
    }
}

#[test]
fn cancelling_an_order_that_was_picked_up_is_rejected() {
    for history in [picked_up(), on_the_way(), attempt_failed(), returning()] {
        given(history)
            .when(cancel())
            .then_rejected(Error::OrderAlreadyPickedUp { order_id: ORDER });
    }
}

#[test]
fn cancelling_an_order_that_ended_is_rejected() {
    given(completed())
        .when(cancel())
        .then_rejected(Error::OrderAlreadyCompleted { order_id: ORDER });
    given(placed())
        .after(cancel())
        .when(cancel())
        .then_rejected(Error::OrderAlreadyCancelled { order_id: ORDER });
    given(placed())
        .at(expires_at())
        .after(expire())
        .when(cancel())
        .then_rejected(Error::OrderAlreadyExpired { order_id: ORDER });
    given(shelf())
        .when(cancel())
        .then_rejected(Error::UnknownOrder { order_id: ORDER });
}

#[test]
fn a_reservation_does_not_expire_before_its_time() {
    let early = expires_at() - TimeDelta::milliseconds(1);
    given(placed())
        .at(early)
        .when(expire())
        .then_rejected(Error::ReservationStillRuns {
            order_id: ORDER,
            expires_at: expires_at(),
        });

    let mut expected = events![OrderExpired { order_id: ORDER }];
    expected.extend(released(HoldKind::Reserved, ReleaseReason::Expired));
    given(placed()).at(expires_at()).when(expire()).then(expected);
}

#[test]
fn expiry_cancels_the_payment() {
    let mut expected = events![OrderExpired { order_id: ORDER }];
    expected.extend(released(HoldKind::Reserved, ReleaseReason::Expired));
    expected.extend(events![payment_cancelled("the reservation ran out")]);
    for history in [payment_created(), method_attached(), action_required()] {
        given(history)
            .at(expires_at())
            .when(expire())
            .then(expected.clone());
    }
}

#[test]
fn an_order_does_not_expire_during_a_payment_in_progress() {
    given(processing())
        .at(expires_at())
        .when(expire())
        .then_rejected(Error::PaymentInProgress { payment_id: PAYMENT });
}

#[test]
fn an_order_that_is_not_pending_cannot_expire() {
    given(confirmed())
        .at(expires_at())
        .when(expire())
        .then_rejected(Error::OrderAlreadyConfirmed { order_id: ORDER });
    given(placed())
        .at(expires_at())
        .after(expire())
        .when(expire())
        .then_rejected(Error::OrderAlreadyExpired { order_id: ORDER });
}

#[test]
fn released_stock_can_be_ordered_again() {
    let other = domain::OrderId::from_uuid(uuid::Uuid::from_u128(0x99));
    let all_tea = |order_id| PlaceOrder {
        order_id,
        ..place(vec![web_line(tea(), 5)])
    };
    given(shelf())
        .after(all_tea(ORDER))
        .after(cancel())
        .after(all_tea(other));
}
