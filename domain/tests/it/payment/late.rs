//! Provider results that arrive after the order has ended.

use domain::Error;
use domain::payment::PaymentActionRequired;

use crate::fixture::{
    ORDER, PAYMENT, action_required, authorised, cancel, captured, confirmed, events, expire, expires_at,
    payment_captured, processing, record_action_required, record_authorisation, record_capture,
    record_decline, record_void, reference,
};
use crate::world::{World, given};

use super::{cancelled, declined, invalid};

/// A world whose order was cancelled while the provider was being asked.
fn cancelled_in_progress() -> World {
    given(processing()).after(cancel())
}

#[test]
fn an_authorisation_after_the_cancellation_is_recorded_without_confirming_the_order() {
    cancelled_in_progress()
        .when(record_authorisation())
        .then(events![authorised()]);
}

#[test]
fn an_authorisation_after_the_payment_was_cancelled_is_still_recorded() {
    given(action_required())
        .after(cancel())
        .when(record_authorisation())
        .then(events![authorised()]);
    given(action_required())
        .at(expires_at())
        .after(expire())
        .when(record_authorisation())
        .then(events![authorised()]);
}

#[test]
fn a_late_authorisation_is_voided_and_repeating_either_changes_nothing() {
    let late = || cancelled_in_progress().after(record_authorisation());
    late()
        .when(record_void())
        .then(events![cancelled("the order was cancelled")]);
    late().after(record_void()).when(record_void()).then_nothing();
    late()
        .after(record_void())
        .when(record_authorisation())
        .then_nothing();
}

#[test]
fn an_authorised_payment_of_a_cancelled_order_is_voided() {
    given(confirmed())
        .after(cancel())
        .when(record_void())
        .then(events![cancelled("the order was cancelled")]);
}

#[test]
fn a_payment_in_progress_of_a_cancelled_order_is_voided() {
    cancelled_in_progress()
        .when(record_void())
        .then(events![cancelled("the order was cancelled")]);
}

#[test]
fn a_payment_is_not_voided_while_its_order_has_not_ended() {
    given(processing())
        .when(record_void())
        .then_rejected(Error::OrderStillPending { order_id: ORDER });
    given(confirmed())
        .when(record_void())
        .then_rejected(Error::OrderAlreadyConfirmed { order_id: ORDER });
}

#[test]
fn a_captured_payment_cannot_be_voided() {
    given(captured())
        .when(record_void())
        .then_rejected(invalid("succeeded"));
}

#[test]
fn a_decline_after_the_cancellation_ends_the_payment() {
    cancelled_in_progress()
        .when(record_decline())
        .then(events![declined(), cancelled("the order is over")]);
    cancelled_in_progress()
        .after(record_decline())
        .when(record_decline())
        .then_nothing();
}

#[test]
fn a_challenge_after_the_cancellation_ends_the_payment() {
    cancelled_in_progress()
        .when(record_action_required())
        .then(events![
            PaymentActionRequired {
                payment_id: PAYMENT,
                order_id: ORDER,
                provider_reference: reference("challenge-1"),
            },
            cancelled("the order is over"),
        ]);
    cancelled_in_progress()
        .after(record_action_required())
        .when(record_action_required())
        .then_nothing();
}

#[test]
fn a_capture_concurrent_with_the_cancellation_is_recorded() {
    given(confirmed())
        .after(cancel())
        .when(record_capture())
        .then(events![payment_captured()]);
}
