//! The times that commands may have.

use chrono::{DateTime, Utc};
use domain::Error;
use domain::order::PlaceOrder;

use crate::fixture::{place_order, shelf};
use crate::world::given;

const OUTSIDE: [&str; 7] = [
    "0000-12-01T08:26:00Z",
    "-0001-12-01T08:26:00Z",
    "0010-12-01T08:26:00Z",
    "1969-12-31T23:59:59.999999Z",
    "2201-01-01T00:00:00Z",
    "+10000-12-01T08:26:00Z",
    "2016-12-31T23:59:60Z",
];

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn a_command_at_a_time_outside_1970_to_2200_or_in_a_leap_second_is_rejected() {
    for at in OUTSIDE.map(time) {
        given(shelf())
            .at(at)
            .when(place_order())
            .then_rejected(Error::InvalidTime { at });
    }
    for at in ["1970-01-01T00:00:00Z", "2200-12-31T23:59:59.999999Z"].map(time) {
        assert!(given(shelf()).at(at).run(&place_order().into()).is_ok(), "{at}");
    }
}

#[test]
fn a_reservation_ends_within_the_same_years() {
    for at in OUTSIDE.map(time) {
        given(shelf())
            .when(PlaceOrder {
                reservation_expires_at: at,
                ..place_order()
            })
            .then_rejected(Error::InvalidTime { at });
    }
}
