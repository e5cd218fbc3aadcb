//! Random histories of orders.

use domain::Currency;
use domain::order::SalesChannel;
use proptest::prelude::*;

use super::history::{Dated, End, Life};

/// The number of products that the orders are for, from 0.
pub const PRODUCTS: usize = 5;

/// An order with any end, in any currency, from the shop or imported.
pub fn life() -> impl Strategy<Value = Life> {
    let lines = prop::collection::vec((0..PRODUCTS, 1_i64..9), 1..6);
    let currency = prop_oneof![Just(Currency::Gbp), Just(Currency::Eur), Just(Currency::Usd)];
    let end = prop::sample::select(End::ALL);
    let customer = prop::option::of(0_u128..7);
    (
        (lines, currency, end),
        (customer, any::<bool>(), 0_i64..4_000),
        (0_i64..50, 0_i64..500),
    )
        .prop_map(
            |((lines, currency, end), (customer, is_import, minutes), (discount, shipping))| {
                let units: i64 = lines.iter().map(|(_, quantity)| quantity).sum();
                // Units are returned at their price, which must not be more than was paid for the order.
                let may_discount = units > 1 && end != End::ReturnedWholly;
                Life {
                    customer,
                    channel: if is_import {
                        SalesChannel::Import
                    } else {
                        SalesChannel::Web
                    },
                    placed_after_min: minutes,
                    currency,
                    discount_minor: if may_discount { discount } else { 0 },
                    shipping_minor: shipping,
                    ..Life::new(0, &lines, end)
                }
            },
        )
}

/// Interleaves the events of all orders by `picks`; each order's events stay in sequence.
pub fn interleave(lives: &[Life], picks: &[usize]) -> Vec<Dated> {
    let mut queues: Vec<_> = lives.iter().map(|life| life.events().into_iter()).collect();
    let mut events = Vec::new();
    let mut picks = picks.iter().cycle();
    while !queues.is_empty() {
        let index = picks.next().unwrap() % queues.len();
        match queues[index].next() {
            Some(event) => events.push(event),
            None => drop(queues.swap_remove(index)),
        }
    }
    events
}

/// Numbers the orders from 1, so that each has ids of its own.
pub fn numbered(lives: Vec<Life>) -> Vec<Life> {
    let numbered = (1..).zip(lives).map(|(number, life)| Life { number, ..life });
    numbered.collect()
}
