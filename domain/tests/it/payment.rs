mod late;

use domain::payment::{
    ConfirmPayment, CreatePayment, PaymentActionRequired, PaymentCancelled, PaymentConfirmed, PaymentCreated,
    PaymentDeclined, PaymentMethodAttached, RecordAuthorisation, RecordCapture, RecordPaymentActionRequired,
};
use domain::{Error, Event};

use crate::fixture::{
    ORDER, OTHER_PAYMENT, PAYMENT, TOTAL, action_required, cancel, captured, completed, confirm_payment,
    confirmation, confirmed, create_payment, events, expire, expires_at, gbp, method_attached,
    payment_captured, payment_created, placed, processing, record_action_required, record_authorisation,
    record_capture, record_decline, reference, resolve_action, shelf,
};
use crate::world::given;

fn declined() -> PaymentDeclined {
    PaymentDeclined {
        payment_id: PAYMENT,
        order_id: ORDER,
        reason: "no funds".to_owned(),
    }
}

fn cancelled(reason: &str) -> PaymentCancelled {
    PaymentCancelled {
        payment_id: PAYMENT,
        order_id: ORDER,
        reason: reason.to_owned(),
    }
}

fn invalid(status: &'static str) -> Error {
    Error::InvalidPaymentState {
        payment_id: PAYMENT,
        status,
    }
}

fn attached_and_confirmed() -> Vec<Event> {
    events![
        PaymentMethodAttached {
            payment_id: PAYMENT,
            order_id: ORDER,
            method: "sandbox_ok".to_owned()
        },
        PaymentConfirmed {
            payment_id: PAYMENT,
            order_id: ORDER
        },
    ]
}

#[test]
fn an_intent_is_for_the_orders_total() {
    given(placed())
        .when(create_payment())
        .then(events![PaymentCreated {
            payment_id: PAYMENT,
            order_id: ORDER,
            amount: TOTAL,
        }]);
}

#[test]
fn an_order_has_one_intent_and_creating_it_again_changes_nothing() {
    given(payment_created()).when(create_payment()).then_nothing();
    given(processing()).when(create_payment()).then_nothing();
}

#[test]
fn an_intent_needs_a_pending_order_with_its_payment_id() {
    given(shelf())
        .when(create_payment())
        .then_rejected(Error::UnknownOrder { order_id: ORDER });
    given(confirmed())
        .when(create_payment())
        .then_rejected(Error::OrderAlreadyConfirmed { order_id: ORDER });
    given(placed())
        .after(cancel())
        .when(create_payment())
        .then_rejected(Error::OrderAlreadyCancelled { order_id: ORDER });
    given(placed())
        .when(CreatePayment {
            payment_id: OTHER_PAYMENT,
            order_id: ORDER,
        })
        .then_rejected(Error::WrongPayment {
            expected: PAYMENT,
            actual: OTHER_PAYMENT,
        });
}

#[test]
fn confirming_sets_the_method_and_calls_the_provider() {
    given(payment_created())
        .when(confirm_payment())
        .then(attached_and_confirmed());
    given(method_attached())
        .when(confirm_payment())
        .then(attached_and_confirmed());
}

#[test]
fn a_payment_cannot_be_confirmed_twice() {
    given(processing())
        .when(confirm_payment())
        .then_rejected(invalid("processing"));
    given(action_required())
        .when(confirm_payment())
        .then_rejected(invalid("requires_action"));
}

#[test]
fn a_payment_is_not_confirmed_for_an_order_that_is_not_pending() {
    given(placed())
        .when(confirm_payment())
        .then_rejected(Error::UnknownPayment { payment_id: PAYMENT });
    given(confirmed())
        .when(confirm_payment())
        .then_rejected(Error::OrderAlreadyConfirmed { order_id: ORDER });
    given(payment_created())
        .after(cancel())
        .when(confirm_payment())
        .then_rejected(Error::OrderAlreadyCancelled { order_id: ORDER });
    given(payment_created())
        .at(expires_at())
        .after(expire())
        .when(confirm_payment())
        .then_rejected(Error::OrderAlreadyExpired { order_id: ORDER });
}

#[test]
fn a_method_is_required() {
    given(payment_created())
        .when(ConfirmPayment {
            payment_id: PAYMENT,
            method: String::new(),
        })
        .then_rejected(Error::InvalidText {
            field: "method",
            chars_min: 1,
            chars_max: 200,
        });
}

#[test]
fn an_authorisation_confirms_the_order_commits_its_stock_and_opens_its_delivery() {
    given(processing())
        .when(record_authorisation())
        .then(confirmation());
    given(action_required())
        .when(record_authorisation())
        .then(confirmation());
}

#[test]
fn a_repeated_authorisation_changes_nothing() {
    for history in [confirmed(), completed(), captured()] {
        given(history).when(record_authorisation()).then_nothing();
    }
}

#[test]
fn a_second_authorisation_conflicts_with_the_first() {
    for history in [confirmed(), captured()] {
        given(history)
            .when(RecordAuthorisation {
                provider_reference: reference("auth-2"),
                ..record_authorisation()
            })
            .then_rejected(Error::ProviderConflict {
                known: reference("auth-1"),
                told: reference("auth-2"),
            });
    }
}

#[test]
fn an_authorisation_of_another_amount_is_rejected() {
    given(processing())
        .when(RecordAuthorisation {
            amount: gbp(1),
            ..record_authorisation()
        })
        .then_rejected(Error::AmountMismatch {
            expected: TOTAL,
            actual: gbp(1),
        });
}

#[test]
fn an_unrequested_authorisation_is_rejected() {
    given(payment_created())
        .when(record_authorisation())
        .then_rejected(invalid("requires_payment_method"));
    given(placed())
        .when(record_authorisation())
        .then_rejected(Error::UnknownPayment { payment_id: PAYMENT });
}

#[test]
fn a_declined_payment_can_be_retried() {
    given(processing())
        .when(record_decline())
        .then(events![declined()]);
    given(action_required())
        .when(record_decline())
        .then(events![declined()]);
    given(processing())
        .after(record_decline())
        .when(confirm_payment())
        .then(attached_and_confirmed());
}

#[test]
fn a_repeated_decline_changes_nothing() {
    given(processing())
        .after(record_decline())
        .when(record_decline())
        .then_nothing();
}

#[test]
fn an_authorised_payment_cannot_be_declined() {
    given(confirmed())
        .when(record_decline())
        .then_rejected(invalid("requires_capture"));
}

#[test]
fn the_provider_may_require_an_action_and_is_asked_again_afterwards() {
    given(processing())
        .when(record_action_required())
        .then(events![PaymentActionRequired {
            payment_id: PAYMENT,
            order_id: ORDER,
            provider_reference: reference("challenge-1"),
        }]);
    given(action_required())
        .when(resolve_action())
        .then(events![PaymentConfirmed {
            payment_id: PAYMENT,
            order_id: ORDER
        }]);
}

#[test]
fn a_challenge_reported_again_changes_nothing_and_another_one_conflicts() {
    given(action_required())
        .when(record_action_required())
        .then_nothing();
    given(action_required())
        .when(RecordPaymentActionRequired {
            payment_id: PAYMENT,
            provider_reference: reference("challenge-2"),
        })
        .then_rejected(Error::ProviderConflict {
            known: reference("challenge-1"),
            told: reference("challenge-2"),
        });
}

#[test]
fn resolving_without_a_challenge_is_rejected() {
    given(processing())
        .when(resolve_action())
        .then_rejected(invalid("processing"));
}

#[test]
fn an_authorised_amount_is_captured_once() {
    given(completed())
        .when(record_capture())
        .then(events![payment_captured()]);
    given(captured()).when(record_capture()).then_nothing();
    given(captured())
        .when(RecordCapture {
            provider_reference: reference("capture-2"),
            ..record_capture()
        })
        .then_rejected(Error::ProviderConflict {
            known: reference("capture-1"),
            told: reference("capture-2"),
        });
}

#[test]
fn a_capture_must_have_the_authorised_amount() {
    given(completed())
        .when(RecordCapture {
            amount: gbp(3_251),
            ..record_capture()
        })
        .then_rejected(Error::AmountMismatch {
            expected: TOTAL,
            actual: gbp(3_251),
        });
}

#[test]
fn only_an_authorised_amount_can_be_captured() {
    given(processing())
        .when(record_capture())
        .then_rejected(invalid("processing"));
}
