mod close;
mod note;

use domain::error::{LineRef, PriceChange, Shortage};
use domain::order::{
    ImportLine, LINES_MAX, OrderLine, OrderPlaced, PlaceOrder, RequestedLines, SalesChannel, WebLine,
};
use domain::product::WithdrawProduct;
use domain::validate::QUANTITY_MAX;
use domain::{AMOUNT_MAX, Currency, Error, FreeText, Money, StreamId, StreamState};

use crate::fixture::{
    ORDER, SELLER, events, gbp, listed, mug, now, order_placed, place, place_lines, place_order, placed,
    received, reserved, shelf, sku, tea, totals, web_line,
};
use crate::world::given;

fn withdraw_mug() -> WithdrawProduct {
    WithdrawProduct {
        sku: mug(),
        reason: FreeText::clear(String::new()),
    }
}

#[test]
fn placing_reserves_the_sum_of_the_lines_once_per_sku() {
    given(shelf())
        .when(place_order())
        .then(events![order_placed(), reserved(mug(), 3), reserved(tea(), 1)]);
}

#[test]
fn the_time_of_placement_is_kept() {
    let StreamState::Order(state) = given(placed()).state(&StreamId::Order(ORDER)) else {
        panic!()
    };
    assert_eq!(state.order().unwrap().placed_at, now());
}

#[test]
fn the_last_unit_can_be_ordered_but_not_one_more() {
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
fn stock_is_checked_for_the_sum_of_the_lines_and_reported_for_every_short_sku() {
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
fn unknown_products_are_reported_by_line() {
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
fn withdrawn_products_are_reported_by_line() {
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
fn a_total_that_overflows_is_rejected() {
    let dear = sku("DEAR");
    let history = events![
        listed(dear.clone(), gbp(AMOUNT_MAX / 2)),
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
fn an_order_can_be_placed_only_once() {
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
fn an_imported_order_keeps_its_own_name_and_price_even_of_a_withdrawn_product() {
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
