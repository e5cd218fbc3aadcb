//! Events that no decision would write are rejected, and change nothing.

use domain::delivery::{
    DeliveryCancelled, DeliveryDelivered, DeliveryPickedUp, DeliveryReopened, DeliveryTransferred,
    DeliveryUnassigned,
};
use domain::order::{
    CancelledBy, OrderCancelled, OrderCompleted, OrderExpired, OrderLinesReturned, OrderReturnRejected,
    ReturnedLine,
};
use domain::payment::{PaymentCancelled, RefundFailed, RefundRequested, RefundSucceeded};
use domain::product::{ProductRelisted, ProductWithdrawn};
use domain::returns::{ReturnClosed, ReturnReceived};
use domain::stock::{HoldKind, ReleaseReason, StockCommitted, StockReleased, StockShipped};
use domain::{Event, FreeText, evolve};

use crate::fixture::{
    COURIER, DELIVERY, ORDER, OTHER_COURIER, OTHER_REFUND, OTHER_RETURN, PAYMENT, REFUND, RETURN, assigned,
    authorised, captured, completed, confirmed, events, gbp, listed, method_attached, mug, on_the_way,
    order_placed, payment_captured, picked_up, placed, processing, received, record_refund, reference,
    refund_event, refund_requested, return_approved, return_requested, returned_mug, shelf,
};
use crate::world::{World, given};

#[track_caller]
fn none_fits(world: &World, events: Vec<Event>) {
    for event in events {
        let before = world.state(&event.stream_id());
        let mut state = before.clone();
        let error = state.evolve(&event, world.now).unwrap_err();
        assert!(matches!(error, evolve::Error::OutOfOrder { .. }), "{error}");
        assert_eq!(state, before);
    }
}

#[test]
fn product_events_out_of_order() {
    let relisted = ProductRelisted { sku: mug() };
    let withdrawn = ProductWithdrawn {
        sku: mug(),
        reason: FreeText::clear(String::new()),
    };
    none_fits(&given(vec![]), events![relisted.clone(), withdrawn]);
    none_fits(&given(shelf()), events![relisted, listed(mug(), gbp(1))]);
}

#[test]
fn stock_events_that_break_the_counts() {
    let released = |from| StockReleased {
        sku: mug(),
        order_id: ORDER,
        quantity: 1,
        from,
        reason: ReleaseReason::Cancelled,
    };
    none_fits(
        &given(shelf()),
        events![
            received(mug(), 0),
            received(mug(), -1),
            received(mug(), i64::MAX),
            released(HoldKind::Reserved),
            released(HoldKind::Committed),
            StockCommitted {
                sku: mug(),
                order_id: ORDER,
                quantity: 1
            },
            StockShipped {
                sku: mug(),
                order_id: ORDER,
                quantity: 1
            },
            crate::fixture::reserved(mug(), 11),
        ],
    );
    none_fits(&given(placed()), events![crate::fixture::reserved(mug(), 8)]);
}

fn claimed(return_id: domain::ReturnId, quantity: i64) -> OrderLinesReturned {
    let line = ReturnedLine {
        quantity,
        ..returned_mug()
    };
    OrderLinesReturned {
        order_id: ORDER,
        return_id,
        lines: vec![line],
    }
}

#[test]
fn order_events_out_of_order() {
    let cancelled = OrderCancelled {
        order_id: ORDER,
        by: CancelledBy::Admin,
        reason: FreeText::clear(String::new()),
    };
    none_fits(
        &given(shelf()),
        events![cancelled.clone(), OrderExpired { order_id: ORDER }],
    );
    none_fits(
        &given(placed()),
        events![
            order_placed(),
            OrderCompleted { order_id: ORDER },
            claimed(RETURN, 1)
        ],
    );
    none_fits(&given(confirmed()), events![OrderExpired { order_id: ORDER }]);
    none_fits(
        &given(completed()),
        events![cancelled, OrderCompleted { order_id: ORDER }],
    );
}

#[test]
fn units_cannot_be_claimed_twice_or_above_the_sold_quantity() {
    none_fits(
        &given(captured()),
        events![claimed(RETURN, 3), claimed(RETURN, 0), claimed(RETURN, i64::MAX)],
    );
    none_fits(
        &given(return_requested()),
        events![
            claimed(RETURN, 1),
            claimed(OTHER_RETURN, 2),
            claimed(OTHER_RETURN, i64::MAX),
            OrderReturnRejected {
                order_id: ORDER,
                return_id: OTHER_RETURN
            },
        ],
    );
}

#[test]
fn payment_events_out_of_order() {
    let cancelled = PaymentCancelled {
        payment_id: PAYMENT,
        order_id: ORDER,
        reason: String::new(),
    };
    none_fits(&given(placed()), events![authorised(), cancelled.clone()]);
    none_fits(
        &given(method_attached()),
        events![authorised(), payment_captured(), refund_event()],
    );
    none_fits(&given(processing()), events![payment_captured()]);
    none_fits(
        &given(captured()),
        events![payment_captured(), authorised(), cancelled],
    );
}

#[test]
fn refund_events_out_of_order() {
    let (payment_id, order_id, amount) = (PAYMENT, ORDER, gbp(1_000));
    let requested = |minor| RefundRequested {
        refund_id: OTHER_REFUND,
        amount: gbp(minor),
        ..refund_event()
    };
    let succeeded = |refund_id| RefundSucceeded {
        payment_id,
        order_id,
        refund_id,
        amount,
        provider_reference: reference("refund-1"),
    };
    let failed = RefundFailed {
        payment_id,
        order_id,
        refund_id: REFUND,
        amount,
        reason: String::new(),
    };
    none_fits(
        &given(captured()),
        events![succeeded(REFUND), failed.clone(), requested(3_251), requested(0)],
    );
    none_fits(
        &given(refund_requested()),
        events![
            refund_event(),
            succeeded(OTHER_REFUND),
            requested(2_251),
            requested(i64::MAX)
        ],
    );
    none_fits(
        &given(refund_requested()).after(record_refund()),
        events![succeeded(REFUND), failed],
    );
}

#[test]
fn delivery_events_out_of_order_or_of_another_courier() {
    let (delivery_id, order_id, courier_id) = (DELIVERY, ORDER, OTHER_COURIER);
    let picked_up_by_other = DeliveryPickedUp {
        delivery_id,
        order_id,
        courier_id,
    };
    none_fits(&given(confirmed()), events![picked_up_by_other.clone()]);
    none_fits(
        &given(assigned()),
        events![
            picked_up_by_other,
            DeliveryUnassigned {
                delivery_id,
                order_id,
                courier_id,
                reason: FreeText::clear(String::new())
            },
        ],
    );
    let reason = String::new();
    let transferred = |from_courier_id| DeliveryTransferred {
        delivery_id,
        order_id,
        from_courier_id,
        courier_id: COURIER,
        reason: FreeText::clear(String::new()),
    };
    none_fits(&given(assigned()), events![transferred(COURIER)]);
    none_fits(
        &given(picked_up()),
        events![
            DeliveryCancelled {
                delivery_id,
                order_id,
                reason: reason.clone()
            },
            DeliveryReopened {
                delivery_id,
                order_id,
                reason: FreeText::clear(reason)
            },
            transferred(OTHER_COURIER),
        ],
    );
    none_fits(
        &given(on_the_way()),
        events![DeliveryDelivered {
            delivery_id,
            order_id,
            courier_id,
            admin_reason: None
        }],
    );
}

#[test]
fn return_events_out_of_order() {
    let received = ReturnReceived {
        return_id: RETURN,
        order_id: ORDER,
    };
    let closed = ReturnClosed {
        return_id: RETURN,
        order_id: ORDER,
    };
    none_fits(&given(captured()), events![received.clone(), closed.clone()]);
    none_fits(&given(return_requested()), events![received]);
    none_fits(&given(return_approved()), events![closed]);
}
