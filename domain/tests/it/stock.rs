use domain::error::Shortage;
use domain::stock::{
    AdjustStock, AdjustmentCause, HoldKind, ReceiveStock, ReleaseReason, StockAdjusted, StockReleased,
};
use domain::validate::{NOTE_CHARS_MAX, QUANTITY_MAX};
use domain::{Error, FreeText, StreamState};

use crate::fixture::{ORDER, confirmed, events, gbp, listed, mug, placed, received, shelf, sku, stock_of};
use crate::world::given;

fn receive(quantity: i64) -> ReceiveStock {
    ReceiveStock {
        sku: mug(),
        quantity,
        reference: FreeText::clear("first batch"),
    }
}

fn adjust(delta: i64) -> AdjustStock {
    AdjustStock {
        sku: mug(),
        delta,
        cause: AdjustmentCause::Counted,
        reason: FreeText::clear(""),
    }
}

#[test]
fn stock_is_received() {
    given(events![listed(mug(), gbp(1_000))])
        .when(receive(10))
        .then(events![received(mug(), 10)]);
}

#[test]
fn stock_of_an_unknown_product_cannot_be_received_or_adjusted() {
    given(vec![])
        .when(receive(10))
        .then_rejected(Error::UnknownProduct { sku: mug() });
    given(vec![])
        .when(adjust(10))
        .then_rejected(Error::UnknownProduct { sku: mug() });
}

#[test]
fn the_quantity_of_a_receipt_has_a_minimum_and_a_maximum() {
    for quantity in [0, -1, QUANTITY_MAX + 1, i64::MIN, i64::MAX] {
        given(shelf())
            .when(receive(quantity))
            .then_rejected(Error::InvalidQuantity {
                line_number: None,
                quantity,
                quantity_max: QUANTITY_MAX,
            });
    }
}

#[test]
fn a_count_is_adjusted_up_or_down() {
    for delta in [3, -10] {
        given(shelf()).when(adjust(delta)).then(events![StockAdjusted {
            sku: mug(),
            delta,
            cause: AdjustmentCause::Counted,
            reason: FreeText::clear("")
        }]);
    }
}

#[test]
fn only_another_cause_needs_a_reason_in_words() {
    let other = AdjustStock {
        cause: AdjustmentCause::Other,
        ..adjust(1)
    };
    given(shelf()).when(other).then_rejected(Error::InvalidText {
        field: "reason",
        chars_min: 1,
        chars_max: NOTE_CHARS_MAX,
    });
}

#[test]
fn an_adjustment_by_zero_or_by_too_much_is_rejected() {
    for (delta, quantity) in [
        (0, 0),
        (-QUANTITY_MAX - 1, QUANTITY_MAX + 1),
        (i64::MIN, i64::MAX),
    ] {
        given(shelf())
            .when(adjust(delta))
            .then_rejected(Error::InvalidQuantity {
                line_number: None,
                quantity,
                quantity_max: QUANTITY_MAX,
            });
    }
}

#[test]
fn reserved_and_committed_units_cannot_be_removed() {
    for history in [placed(), confirmed()] {
        given(history.clone())
            .when(adjust(-8))
            .then_rejected(Error::InsufficientStock {
                lines: vec![Shortage {
                    sku: mug(),
                    requested: 8,
                    available: 7,
                }],
            });
        given(history).after(adjust(-7));
    }
}

#[test]
fn counts_change_with_the_status_of_the_order() {
    let counts = |world: &crate::world::World| match world.state(&stock_of(mug())) {
        StreamState::Stock(stock) => (
            stock.on_hand(),
            stock.reserved(),
            stock.committed(),
            stock.available(),
        ),
        other => panic!("{other:?}"),
    };
    assert_eq!(counts(&given(shelf())), (10, 0, 0, 10));
    assert_eq!(counts(&given(placed())), (10, 3, 0, 7));
    assert_eq!(counts(&given(confirmed())), (10, 0, 3, 7));
    assert_eq!(counts(&given(crate::fixture::picked_up())), (7, 0, 0, 7));
    assert_eq!(counts(&given(crate::fixture::return_received())), (8, 0, 0, 8));
}

#[test]
fn an_event_with_an_invalid_count_is_rejected_and_changes_nothing() {
    let mut world = given(shelf());
    let before = world.state(&stock_of(mug()));
    let release = StockReleased {
        sku: mug(),
        order_id: ORDER,
        quantity: 1,
        from: HoldKind::Reserved,
        reason: ReleaseReason::Cancelled,
    };
    let mut state = before.clone();
    for event in events![
        release,
        received(mug(), 0),
        received(mug(), i64::MAX),
        listed(sku("X"), gbp(1))
    ] {
        state.evolve(&event, world.now).unwrap_err();
        assert_eq!(state, before);
    }
    world.run(&adjust(1).into()).unwrap();
}
