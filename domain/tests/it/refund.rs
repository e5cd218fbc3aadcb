use domain::payment::{
    PaymentAuthorised, PaymentCaptured, PaymentConfirmed, PaymentCreated, PaymentMethodAttached,
    RecordRefund, RecordRefundFailure, RefundFailed, RefundRequested, RefundSucceeded, RequestRefund,
};
use domain::returns::{ReturnClosed, ReturnRefunded};
use domain::{Currency, Error, Money};

use crate::fixture::{
    ORDER, OTHER_PAYMENT, OTHER_REFUND, PAYMENT, REFUND, RETURN, authorised, captured, completed, events,
    gbp, payment_captured, record_refund, reference, refund_event, refund_requested, refund_return,
    request_refund, return_approved, return_received,
};
use crate::world::given;

fn record_failure() -> RecordRefundFailure {
    RecordRefundFailure {
        payment_id: PAYMENT,
        refund_id: REFUND,
        reason: "card closed".to_owned(),
    }
}

fn refunded() -> Vec<domain::Event> {
    let amount = gbp(1_000);
    events![
        RefundSucceeded {
            payment_id: PAYMENT,
            order_id: ORDER,
            refund_id: REFUND,
            amount,
            provider_reference: reference("refund-1"),
        },
        ReturnRefunded {
            return_id: RETURN,
            order_id: ORDER,
            refund_id: REFUND,
            amount
        },
        ReturnClosed {
            return_id: RETURN,
            order_id: ORDER
        },
    ]
}

#[test]
fn a_received_return_is_refunded_at_its_value() {
    given(return_received())
        .when(refund_return())
        .then(events![refund_event()]);
}

#[test]
fn requesting_the_same_refund_again_changes_nothing() {
    given(refund_requested()).when(refund_return()).then_nothing();
    given(refund_requested())
        .after(record_refund())
        .when(refund_return())
        .then_nothing();
}

#[test]
fn a_refund_id_cannot_be_reused() {
    given(refund_requested())
        .when(RequestRefund {
            amount: gbp(1),
            ..refund_return()
        })
        .then_rejected(Error::RefundAlreadyRequested { refund_id: REFUND });
}

#[test]
fn a_return_cannot_be_refunded_twice() {
    let again = || RequestRefund {
        refund_id: OTHER_REFUND,
        ..refund_return()
    };
    let refused = || Error::ReturnAlreadyRefunded {
        return_id: RETURN,
        refund_id: REFUND,
    };
    given(refund_requested()).when(again()).then_rejected(refused());
    given(refund_requested())
        .after(record_refund())
        .when(again())
        .then_rejected(refused());
}

#[test]
fn a_return_is_refunded_after_its_units_are_received() {
    given(return_approved())
        .when(refund_return())
        .then_rejected(Error::InvalidReturnState {
            return_id: RETURN,
            status: "approved",
        });
    given(captured())
        .when(refund_return())
        .then_rejected(Error::UnknownReturn { return_id: RETURN });
}

#[test]
fn a_return_is_refunded_at_exactly_its_value() {
    for minor in [999, 1_001] {
        given(return_received())
            .when(RequestRefund {
                amount: gbp(minor),
                ..refund_return()
            })
            .then_rejected(Error::AmountMismatch {
                expected: gbp(1_000),
                actual: gbp(minor),
            });
    }
}

#[test]
fn a_return_is_refunded_from_the_payment_of_its_order() {
    let (payment_id, order_id) = (OTHER_PAYMENT, ORDER);
    let mut history = return_received();
    history.extend(events![
        PaymentCreated {
            payment_id,
            order_id,
            amount: gbp(1_000)
        },
        PaymentMethodAttached {
            payment_id,
            order_id,
            method: "sandbox_ok".to_owned()
        },
        PaymentConfirmed { payment_id, order_id },
        PaymentAuthorised {
            payment_id,
            amount: gbp(1_000),
            ..authorised()
        },
        PaymentCaptured {
            payment_id,
            amount: gbp(1_000),
            ..payment_captured()
        },
    ]);
    given(history)
        .when(RequestRefund {
            payment_id,
            ..refund_return()
        })
        .then_rejected(Error::WrongPayment {
            expected: PAYMENT,
            actual: OTHER_PAYMENT,
        });
}

#[test]
fn refunds_never_exceed_the_capture() {
    given(captured())
        .when(request_refund(3_250))
        .then(events![RefundRequested {
            payment_id: PAYMENT,
            order_id: ORDER,
            refund_id: OTHER_REFUND,
            amount: gbp(3_250),
            return_id: None,
        }]);
    given(captured())
        .when(request_refund(3_251))
        .then_rejected(Error::RefundExceedsCapture {
            refundable: gbp(3_250),
            requested: gbp(3_251),
        });
    given(refund_requested())
        .when(request_refund(2_251))
        .then_rejected(Error::RefundExceedsCapture {
            refundable: gbp(2_250),
            requested: gbp(2_251),
        });
}

#[test]
fn a_refund_is_positive_and_in_the_currency_of_the_payment() {
    given(captured())
        .when(request_refund(0))
        .then_rejected(Error::InvalidAmount {
            line_number: None,
            minor: 0,
        });
    given(captured())
        .when(RequestRefund {
            amount: Money::new(1, Currency::Usd),
            ..request_refund(1)
        })
        .then_rejected(Error::CurrencyMismatch);
}

#[test]
fn only_a_captured_amount_can_be_refunded() {
    given(completed())
        .when(request_refund(1))
        .then_rejected(Error::InvalidPaymentState {
            payment_id: PAYMENT,
            status: "requires_capture",
        });
    given(completed())
        .when(RequestRefund {
            payment_id: OTHER_PAYMENT,
            ..request_refund(1)
        })
        .then_rejected(Error::UnknownPayment {
            payment_id: OTHER_PAYMENT,
        });
}

#[test]
fn a_paid_refund_closes_its_return() {
    given(refund_requested()).when(record_refund()).then(refunded());
}

#[test]
fn a_paid_refund_without_a_return_closes_nothing() {
    let record = RecordRefund {
        refund_id: OTHER_REFUND,
        ..record_refund()
    };
    given(captured())
        .after(request_refund(5))
        .when(record)
        .then(events![RefundSucceeded {
            payment_id: PAYMENT,
            order_id: ORDER,
            refund_id: OTHER_REFUND,
            amount: gbp(5),
            provider_reference: reference("refund-1"),
        }]);
}

#[test]
fn a_refund_reported_again_changes_nothing_and_another_reference_conflicts() {
    given(refund_requested())
        .after(record_refund())
        .when(record_refund())
        .then_nothing();
    given(refund_requested())
        .after(record_refund())
        .when(RecordRefund {
            provider_reference: reference("refund-2"),
            ..record_refund()
        })
        .then_rejected(Error::ProviderConflict {
            known: reference("refund-1"),
            told: reference("refund-2"),
        });
}

#[test]
fn an_unknown_refund_cannot_succeed_or_fail() {
    given(captured())
        .when(record_refund())
        .then_rejected(Error::UnknownRefund { refund_id: REFUND });
    given(captured())
        .when(record_failure())
        .then_rejected(Error::UnknownRefund { refund_id: REFUND });
}

#[test]
fn a_refused_refund_can_be_requested_again() {
    let failed = RefundFailed {
        payment_id: PAYMENT,
        order_id: ORDER,
        refund_id: REFUND,
        amount: gbp(1_000),
        reason: "card closed".to_owned(),
    };
    given(refund_requested())
        .when(record_failure())
        .then(events![failed]);
    given(refund_requested())
        .after(record_failure())
        .when(record_failure())
        .then_nothing();
    given(refund_requested())
        .after(record_failure())
        .after(RequestRefund {
            refund_id: OTHER_REFUND,
            ..refund_return()
        })
        .after(RecordRefund {
            refund_id: OTHER_REFUND,
            ..record_refund()
        });
}

#[test]
fn a_refund_has_only_one_outcome() {
    given(refund_requested())
        .after(record_refund())
        .when(record_failure())
        .then_rejected(Error::InvalidRefundState {
            refund_id: REFUND,
            status: "succeeded",
        });
    given(refund_requested())
        .after(record_failure())
        .when(record_refund())
        .then_rejected(Error::InvalidRefundState {
            refund_id: REFUND,
            status: "failed",
        });
}
