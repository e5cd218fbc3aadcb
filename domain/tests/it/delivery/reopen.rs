//! Parcels that were returned to the sender: they are delivered again, or their order is cancelled.

use domain::delivery::{DeliveryReopened, ReopenDelivery, TransitStatus};
use domain::order::{CancelOrder, CancelledBy, OrderCancelled};
use domain::stock::{HoldKind, ReleaseReason, StockReleased, StockTakenBack};
use domain::{Error, Event, FreeText, Sku, StockState, StreamId, StreamState};

use super::{assign, deliver, depart, invalid, pick};
use crate::fixture::{
    COURIER, DELIVERY, ORDER, OTHER_COURIER, attempt_failed, cancel, completed, confirmed, events, mug,
    returned_to_sender, returning, stock_of, tea,
};
use crate::world::{World, given};

fn reopen() -> ReopenDelivery {
    ReopenDelivery {
        delivery_id: DELIVERY,
        reason: FreeText::clear("the customer is back"),
    }
}

fn taken_back() -> Vec<Event> {
    [(mug(), 3), (tea(), 1)]
        .map(|(sku, quantity)| {
            let order_id = ORDER;
            StockTakenBack {
                sku,
                order_id,
                quantity,
            }
            .into()
        })
        .to_vec()
}

fn released() -> Vec<Event> {
    [(mug(), 3), (tea(), 1)]
        .map(|(sku, quantity)| {
            StockReleased {
                sku,
                order_id: ORDER,
                quantity,
                from: HoldKind::Committed,
                reason: ReleaseReason::Cancelled,
            }
            .into()
        })
        .to_vec()
}

fn close(restock: bool) -> CancelOrder {
    CancelOrder {
        by: CancelledBy::Admin,
        reason: FreeText::clear("refused"),
        restock,
        ..cancel()
    }
}

fn closed() -> Event {
    OrderCancelled {
        order_id: ORDER,
        by: CancelledBy::Admin,
        reason: FreeText::clear("refused"),
    }
    .into()
}

fn stock(world: &World, sku: Sku) -> StockState {
    match world.state(&stock_of(sku)) {
        StreamState::Stock(stock) => stock,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_returned_parcel_is_taken_back_and_waits_for_a_courier() {
    let reopened = events![DeliveryReopened {
        delivery_id: DELIVERY,
        order_id: ORDER,
        reason: FreeText::clear("the customer is back"),
    }];
    given(returned_to_sender())
        .when(reopen())
        .then([reopened, taken_back()].concat());
    let world = given(returned_to_sender()).after(reopen());
    assert_eq!(stock(&world, mug()), stock(&given(confirmed()), mug()));
}

#[test]
fn a_reopened_delivery_is_delivered_by_any_courier_and_ships_its_stock_once() {
    let world = given(returned_to_sender())
        .after(reopen())
        .after(assign(OTHER_COURIER))
        .after(pick(OTHER_COURIER))
        .after(depart(OTHER_COURIER, TransitStatus::PickedUp))
        .after(deliver(OTHER_COURIER));
    assert_eq!(stock(&world, mug()), stock(&given(completed()), mug()));
    let StreamState::Order(order) = world.state(&StreamId::Order(ORDER)) else {
        panic!()
    };
    assert_eq!(order.status(), "completed");
}

#[test]
fn a_reopened_delivery_is_cancelled_with_its_order_as_before_the_first_pick_up() {
    let world = given(returned_to_sender()).after(reopen()).after(cancel());
    assert_eq!(
        stock(&world, mug()),
        stock(&given(confirmed()).after(cancel()), mug())
    );
}

#[test]
fn only_a_returned_parcel_of_an_order_that_is_not_over_is_reopened() {
    for (history, status) in [
        (confirmed(), "pending"),
        (attempt_failed(), "attempt_failed"),
        (returning(), "returning"),
        (completed(), "delivered"),
    ] {
        given(history).when(reopen()).then_rejected(invalid(status));
    }
    given(returned_to_sender())
        .after(close(true))
        .when(reopen())
        .then_rejected(Error::OrderAlreadyCancelled { order_id: ORDER });
    let silent = ReopenDelivery {
        reason: FreeText::clear(String::new()),
        ..reopen()
    };
    given(returned_to_sender())
        .when(silent)
        .then_rejected(Error::InvalidText {
            field: "reason",
            chars_min: 1,
            chars_max: 1_000,
        });
}

#[test]
fn the_courier_who_returned_a_parcel_does_not_keep_it() {
    given(returned_to_sender())
        .after(reopen())
        .when(pick(COURIER))
        .then_rejected(invalid("pending"));
}

#[test]
fn cancelling_the_order_of_a_returned_parcel_makes_its_stock_available() {
    given(returned_to_sender())
        .when(close(true))
        .then([vec![closed()], taken_back(), released()].concat());
    let world = given(returned_to_sender()).after(close(true));
    assert_eq!(stock(&world, mug()).available(), 10);
}

#[test]
fn goods_that_cannot_be_sold_again_stay_out_of_stock() {
    given(returned_to_sender())
        .when(close(false))
        .then(vec![closed()]);
    // Units that never left are released in any case.
    let world = given(confirmed()).after(close(false));
    assert_eq!(stock(&world, mug()).available(), 10);
}
