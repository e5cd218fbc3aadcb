use chrono::TimeDelta;
use domain::delivery::DeliveryCancelled;
use domain::error::{LineRef, PriceChange, Shortage};
use domain::order::{
    CancelledBy, ImportLine, LINES_MAX, OrderCancelled, OrderExpired, OrderLine, OrderPlaced, PlaceOrder,
    RequestedLines, SalesChannel, WebLine,
};
use domain::payment::PaymentCancelled;
use domain::product::WithdrawProduct;
use domain::stock::{HoldKind, ReleaseReason, StockReleased};
use domain::validate::QUANTITY_MAX;
use domain::{Currency, Error, Event, Money, State, StreamId};

use crate::fixture::{
    DELIVERY, ORDER, PAYMENT, SELLER, action_required, assigned, attempt_failed, cancel, completed,
    confirmed, events, expire, expires_at, gbp, listed, method_attached, mug, now, offered, on_the_way,
    order_placed, payment_created, picked_up, place, place_lines, place_order, placed, processing, received,
    reserved, returned_to_sender, shelf, sku, tea, totals, web_line,
};
use crate::world::given;

fn withdraw_mug() -> WithdrawProduct {
    WithdrawProduct {
        sku: mug(),
        reason: String::new(),
    }
}

#[test]
fn placing_reserves_once_per_sku_the_sum_of_its_lines() {
    given(shelf())
        .when(place_order())
        .then(events![order_placed(), reserved(mug(), 3), reserved(tea(), 1)]);
}

#[test]
fn the_time_of_placing_is_kept() {
    let State::Order(state) = given(placed()).state(&StreamId::Order(ORDER)) else {
        panic!()
    };
    assert_eq!(state.order().unwrap().placed_at, now());
}

#[test]
fn the_last_unit_can_be_ordered_and_not_one_more() {
    given(shelf()).after(place(vec![web_line(tea(), 5)]));
    given(shelf())
        .when(place(vec![web_line(tea(), 6)]))
        .then_rejected(Error::InsufficientStock {
            lines: vec![Shortage {
                sku: tea(),
                requested: 6,
                available: 5,
            }],
        });
}

#[test]
fn stock_is_checked_on_the_sum_of_a_skus_lines_and_every_short_sku_is_named() {
    let lines = vec![web_line(tea(), 4), web_line(mug(), 11), web_line(tea(), 2)];
    given(shelf())
        .when(place(lines))
        .then_rejected(Error::InsufficientStock {
            lines: vec![
                Shortage {
                    sku: mug(),
                    requested: 11,
                    available: 10,
                },
                Shortage {
                    sku: tea(),
                    requested: 6,
                    available: 5,
                },
            ],
        });
}

#[test]
fn unknown_products_are_named_by_line() {
    let lines = vec![
        web_line(sku("NO-1"), 1),
        web_line(mug(), 1),
        web_line(sku("NO-2"), 1),
    ];
    given(shelf())
        .when(place(lines))
        .then_rejected(Error::UnknownProducts {
            lines: vec![
                LineRef {
                    line_number: 1,
                    sku: sku("NO-1"),
                },
                LineRef {
                    line_number: 3,
                    sku: sku("NO-2"),
                },
            ],
        });
}

#[test]
fn withdrawn_products_are_named_by_line() {
    given(shelf())
        .after(withdraw_mug())
        .when(place_order())
        .then_rejected(Error::ProductsWithdrawn {
            lines: vec![
                LineRef {
                    line_number: 1,
                    sku: mug(),
                },
                LineRef {
                    line_number: 3,
                    sku: mug(),
                },
            ],
        });
}

#[test]
fn an_order_has_at_least_one_line_and_at_most_1200() {
    given(shelf()).when(place(vec![])).then_rejected(Error::NoLines);
    let lines = |count| (0..count).map(|_| web_line(mug(), 1)).collect();
    given(events![listed(mug(), gbp(1)), received(mug(), 2_000)]).after(place(lines(LINES_MAX)));
    given(shelf())
        .when(place(lines(LINES_MAX + 1)))
        .then_rejected(Error::TooManyLines {
            count: 1_201,
            count_max: 1_200,
        });
}

#[test]
fn a_line_has_at_least_one_unit_and_at_most_a_million() {
    for quantity in [0, -1, 1_000_001, 1_000_000_000, i64::MIN, i64::MAX] {
        given(shelf())
            .when(place(vec![web_line(mug(), 1), web_line(tea(), quantity)]))
            .then_rejected(Error::InvalidQuantity {
                line_number: Some(2),
                quantity,
                quantity_max: QUANTITY_MAX,
            });
    }
}

#[test]
fn an_order_is_in_one_currency() {
    let mut history = shelf();
    history.extend(events![
        listed(sku("TEE"), Money::new(300, Currency::Eur)),
        received(sku("TEE"), 1)
    ]);
    given(history)
        .when(place(vec![web_line(mug(), 1), web_line(sku("TEE"), 1)]))
        .then_rejected(Error::CurrencyMismatch);
}

#[test]
fn a_total_that_does_not_fit_is_rejected() {
    let dear = sku("DEAR");
    let history = events![
        listed(dear.clone(), gbp(i64::MAX / 2)),
        received(dear.clone(), 10)
    ];
    given(history.clone()).after(place(vec![web_line(dear.clone(), 2)]));
    given(history.clone())
        .when(place(vec![web_line(dear.clone(), 3)]))
        .then_rejected(Error::AmountOverflow);
    given(history)
        .when(place(vec![web_line(dear.clone(), 2), web_line(dear, 1)]))
        .then_rejected(Error::AmountOverflow);
}

#[test]
fn a_price_that_changed_since_it_was_shown_is_rejected() {
    let line = |sku, shown| WebLine {
        sku,
        quantity: 1,
        expected_unit_price_minor: Some(shown),
    };
    given(shelf()).after(place(vec![line(mug(), 1_000)]));
    given(shelf())
        .when(place(vec![line(tea(), 250), line(mug(), 999)]))
        .then_rejected(Error::PriceChanged {
            lines: vec![PriceChange {
                line_number: 2,
                sku: mug(),
                expected_unit_price_minor: 999,
                unit_price: gbp(1_000),
            }],
        });
}

#[test]
fn an_order_needs_a_country() {
    given(shelf())
        .when(PlaceOrder {
            country: " ".to_owned(),
            ..place_order()
        })
        .then_rejected(Error::InvalidText {
            field: "country",
            chars_min: 1,
            chars_max: 100,
        });
}

#[test]
fn an_order_is_placed_once() {
    given(placed())
        .when(place_order())
        .then_rejected(Error::OrderAlreadyPlaced { order_id: ORDER });
}

fn import_mug(unit_price: Money) -> PlaceOrder {
    let line = ImportLine {
        sku: mug(),
        name: "WHITE MUG".to_owned(),
        quantity: 2,
        unit_price,
    };
    place_lines(RequestedLines::Import(vec![line]))
}

#[test]
fn an_imported_order_keeps_its_own_name_and_price_also_of_a_withdrawn_product() {
    let line = OrderLine {
        sku: mug(),
        name: "WHITE MUG".to_owned(),
        seller_id: SELLER,
        quantity: 2,
        unit_price_minor: 795,
    };
    given(shelf())
        .after(withdraw_mug())
        .when(import_mug(gbp(795)))
        .then(events![
            OrderPlaced {
                channel: SalesChannel::Import,
                lines: vec![line],
                totals: totals(1_590),
                ..order_placed()
            },
            reserved(mug(), 2),
        ]);
}

#[test]
fn an_imported_order_needs_known_products_positive_prices_and_stock() {
    given(vec![])
        .when(import_mug(gbp(795)))
        .then_rejected(Error::UnknownProducts {
            lines: vec![LineRef {
                line_number: 1,
                sku: mug(),
            }],
        });
    given(shelf())
        .when(import_mug(gbp(-1)))
        .then_rejected(Error::InvalidAmount {
            line_number: Some(1),
            minor: -1,
        });
    given(events![listed(mug(), gbp(1)), received(mug(), 1)])
        .when(import_mug(gbp(795)))
        .then_rejected(Error::InsufficientStock {
            lines: vec![Shortage {
                sku: mug(),
                requested: 2,
                available: 1,
            }],
        });
}

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
        reason: "changed my mind".to_owned(),
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
fn cancelling_a_pending_order_releases_what_was_reserved() {
    let mut expected = events![order_cancelled()];
    expected.extend(released(HoldKind::Reserved, ReleaseReason::Cancelled));
    given(placed()).when(cancel()).then(expected);
}

#[test]
fn cancelling_gives_up_a_payment_the_provider_does_not_have_in_its_hands() {
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
fn cancelling_a_confirmed_order_releases_what_was_committed_and_cancels_the_delivery() {
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
    for history in [picked_up(), on_the_way(), attempt_failed(), returned_to_sender()] {
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
fn a_reservation_expires_at_its_time_and_not_before() {
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
fn expiring_gives_up_the_payment() {
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
fn an_order_does_not_expire_under_a_payment_in_progress() {
    given(processing())
        .at(expires_at())
        .when(expire())
        .then_rejected(Error::PaymentInProgress { payment_id: PAYMENT });
}

#[test]
fn an_order_that_is_not_pending_does_not_expire() {
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
