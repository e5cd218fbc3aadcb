use domain::order::OrderReturnRejected;
use domain::returns::{
    ApproveReturn, ReceiveReturn, RejectReturn, RequestReturn, ReturnApproved, ReturnLine, ReturnRejected,
};
use domain::{Error, FreeText, StreamId, StreamState};

use crate::fixture::{
    ORDER, OTHER_RETURN, RETURN, cancel, captured, completed, confirmed, events, on_the_way, placed, receipt,
    request, request_return, return_approved, return_received, return_requested,
};
use crate::world::given;

fn reject() -> RejectReturn {
    RejectReturn {
        return_id: RETURN,
        reason: FreeText::clear("worn"),
    }
}

fn invalid(status: &'static str) -> Error {
    Error::InvalidReturnState {
        return_id: RETURN,
        status,
    }
}

#[test]
fn delivered_units_can_be_returned_for_the_price_paid() {
    given(captured()).when(request_return(1, 1)).then(request());
    given(completed()).when(request_return(1, 1)).then(request());
}

#[test]
fn the_quantities_of_a_line_named_twice_are_added_up() {
    let half = ReturnLine {
        line_number: 1,
        quantity: 1,
    };
    let twice = RequestReturn {
        lines: vec![half, half],
        ..request_return(1, 1)
    };
    let world = given(captured()).after(twice);
    let StreamState::Order(order) = world.state(&StreamId::Order(ORDER)) else {
        panic!()
    };
    assert_eq!(order.returned_quantity(1), 2);
    assert_eq!(order.returned_quantity(3), 0);
    let thrice = RequestReturn {
        lines: vec![half; 3],
        ..request_return(1, 1)
    };
    given(captured())
        .when(thrice)
        .then_rejected(Error::NotReturnable {
            line_number: 1,
            returnable: 2,
            requested: 3,
        });
}

#[test]
fn no_unit_is_returned_twice() {
    let other = |quantity| RequestReturn {
        return_id: OTHER_RETURN,
        ..request_return(1, quantity)
    };
    given(return_requested())
        .when(other(2))
        .then_rejected(Error::NotReturnable {
            line_number: 1,
            returnable: 1,
            requested: 2,
        });
    given(return_requested()).after(other(1));
}

#[test]
fn units_of_a_rejected_return_can_be_claimed_again() {
    given(return_requested()).when(reject()).then(events![
        ReturnRejected {
            return_id: RETURN,
            order_id: ORDER,
            reason: FreeText::clear("worn")
        },
        OrderReturnRejected {
            order_id: ORDER,
            return_id: RETURN
        },
    ]);
    given(return_requested()).after(reject()).after(RequestReturn {
        return_id: OTHER_RETURN,
        ..request_return(1, 2)
    });
}

#[test]
fn an_undelivered_order_cannot_be_returned() {
    given(placed())
        .when(request_return(1, 1))
        .then_rejected(Error::OrderStillPending { order_id: ORDER });
    for history in [confirmed(), on_the_way()] {
        given(history)
            .when(request_return(1, 1))
            .then_rejected(Error::OrderAlreadyConfirmed { order_id: ORDER });
    }
    given(placed())
        .after(cancel())
        .when(request_return(1, 1))
        .then_rejected(Error::OrderAlreadyCancelled { order_id: ORDER });
    given(vec![])
        .when(request_return(1, 1))
        .then_rejected(Error::UnknownOrder { order_id: ORDER });
}

#[test]
fn a_return_needs_lines_of_the_order_and_valid_quantities() {
    for line_number in [0, 4, u16::MAX] {
        given(captured())
            .when(request_return(line_number, 1))
            .then_rejected(Error::UnknownLine { line_number });
    }
    for quantity in [0, -1, i64::MAX] {
        given(captured())
            .when(request_return(1, quantity))
            .then_rejected(Error::InvalidQuantity {
                line_number: Some(1),
                quantity,
                quantity_max: 1_000_000,
            });
    }
    given(captured())
        .when(RequestReturn {
            lines: vec![],
            ..request_return(1, 1)
        })
        .then_rejected(Error::NoLines);
    let line = ReturnLine {
        line_number: 1,
        quantity: 1,
    };
    given(captured())
        .when(RequestReturn {
            lines: vec![line; 1_201],
            ..request_return(1, 1)
        })
        .then_rejected(Error::TooManyLines {
            count: 1_201,
            count_max: 1_200,
        });
}

#[test]
fn a_return_can_be_requested_only_once() {
    given(return_requested())
        .when(request_return(1, 1))
        .then_rejected(Error::ReturnAlreadyRequested { return_id: RETURN });
}

#[test]
fn an_approved_return_is_received_into_stock() {
    given(return_requested())
        .when(ApproveReturn { return_id: RETURN })
        .then(events![ReturnApproved {
            return_id: RETURN,
            order_id: ORDER
        }]);
    given(return_approved())
        .when(ReceiveReturn { return_id: RETURN })
        .then(receipt());
}

#[test]
fn a_return_is_approved_or_rejected_once() {
    given(return_approved())
        .when(ApproveReturn { return_id: RETURN })
        .then_rejected(invalid("approved"));
    given(return_approved())
        .when(reject())
        .then_rejected(invalid("approved"));
    given(return_requested())
        .after(reject())
        .when(reject())
        .then_rejected(invalid("rejected"));
}

#[test]
fn a_return_can_be_received_only_once_and_after_approval() {
    let receive = || ReceiveReturn { return_id: RETURN };
    given(return_requested())
        .when(receive())
        .then_rejected(invalid("requested"));
    given(return_received())
        .when(receive())
        .then_rejected(invalid("received"));
    given(captured())
        .when(receive())
        .then_rejected(Error::UnknownReturn { return_id: RETURN });
}

#[test]
fn a_rejection_needs_a_reason() {
    given(return_requested())
        .when(RejectReturn {
            reason: FreeText::clear(" "),
            ..reject()
        })
        .then_rejected(Error::InvalidText {
            field: "reason",
            chars_min: 1,
            chars_max: 1_000,
        });
}
