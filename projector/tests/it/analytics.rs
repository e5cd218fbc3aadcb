//! The sums of sales, as `docs/analytics.md` defines them.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use domain::{Currency, StreamState};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sqlx::PgPool;

use super::history::{Dated, End, Life, listed, sku};
use super::letters;
use super::lives::{PRODUCTS, interleave, life, numbered};
use super::support::World;

/// Sums by currency, or by day and currency.
type Sums<const N: usize> = BTreeMap<String, [i64; N]>;

async fn world(lives: &[Life]) -> World {
    let mut world = World::create().await;
    for product in 0..PRODUCTS {
        world.append(&listed(product)).await;
    }
    for life in lives {
        world.append(&life.events()).await;
    }
    world.project_all().await;
    world
}

/// The rows of `sql`: a key and `N` sums. Rows of zeros only are left out: they are as good as none.
async fn sums<const N: usize>(pool: &PgPool, sql: &'static str) -> Sums<N> {
    let rows: Vec<(String, Vec<i64>)> = sqlx::query_as(sql).fetch_all(pool).await.unwrap();
    rows.into_iter()
        .map(|(key, sums)| (key, sums.try_into().unwrap()))
        .filter(|(_, sums)| *sums != [0; N])
        .collect()
}

const BY_HOUR: &str = "SELECT (hour AT TIME ZONE 'UTC')::date || ' ' || currency, ARRAY[SUM(gross_minor), \
    SUM(cancelled_minor), SUM(refunded_minor)]::bigint[] FROM read_model.sales_by_hour GROUP BY 1";
const BY_PRODUCT: &str = "SELECT day || ' ' || currency, ARRAY[SUM(gross_minor), SUM(cancelled_minor), \
    SUM(refunded_minor)]::bigint[] FROM read_model.sales_by_product GROUP BY 1";
const BY_CUSTOMER: &str = "SELECT day || ' ' || currency, ARRAY[SUM(gross_minor), SUM(cancelled_minor), \
    SUM(refunded_minor)]::bigint[] FROM read_model.sales_by_customer GROUP BY 1";
const TOTALS: &str = "SELECT currency, ARRAY[SUM(orders), SUM(cancelled_orders), SUM(units), SUM(gross_minor), \
    SUM(cancelled_minor), SUM(refunded_minor), SUM(captured_minor)]::bigint[] FROM read_model.sales_by_hour GROUP BY 1";
/// Captured, refunded, and authorised but not captured yet.
const PAYMENTS: &str = "SELECT currency, ARRAY[SUM(captured_minor), SUM(refunded_minor), \
    COALESCE(SUM(amount_minor) FILTER (WHERE status = 'requires_capture'), 0)]::bigint[] \
    FROM read_model.payments GROUP BY 1";

/// What an order adds to [`TOTALS`], by the definitions alone.
fn expected(life: &Life) -> [i64; 7] {
    let total = life.total_minor();
    let units: i64 = life.lines.iter().map(|(_, quantity)| quantity).sum();
    let sold = |cancelled: bool, refunded: i64, captured: bool| {
        let cancelled_minor = if cancelled { total } else { 0 };
        let captured_minor = if captured { total } else { 0 };
        let cancelled = i64::from(cancelled);
        [
            1,
            cancelled,
            units,
            total,
            cancelled_minor,
            refunded,
            captured_minor,
        ]
    };
    match life.end {
        End::Placed | End::Expired | End::Cancelled => [0; 7],
        End::Confirmed | End::OnTheWay => sold(false, 0, false),
        End::CancelledAfterConfirmation => sold(true, 0, false),
        End::Returned | End::Reopened | End::Completed | End::ReturnRejected => sold(false, 0, true),
        End::Refunded | End::ReturnedWholly => sold(false, life.refund_minor(), true),
        End::RefundedInParts => sold(false, life.goodwill_minor() + life.refund_minor(), true),
        End::CancelledAfterReturn | End::CancelledAfterCapture | End::CapturedAfterCancellation => {
            sold(false, total, true)
        }
    }
}

/// Asserts that the domain allows each event of the history.
fn assert_legal(events: &[Dated]) {
    let mut states = HashMap::new();
    for (event, at) in events {
        let stream = event.stream_id();
        let initial = || StreamState::initial(stream.stream_type());
        let state = states.entry(stream.clone()).or_insert_with(initial);
        state
            .evolve(event, *at)
            .unwrap_or_else(|error| panic!("{error}: {event:?}"));
    }
}

async fn views_agree(lives: &[Life], events: &[Dated], batch_events_max: usize) {
    let products: Vec<Dated> = (0..PRODUCTS).flat_map(listed).collect();
    assert_legal(&[&products, events].concat());
    let mut world = World::create().await;
    world.append(&products).await;
    world.append(events).await;
    let running = world.project(batch_events_max);
    world.projected(world.store.head().await.unwrap()).await;
    running.stop().await;

    let days: Sums<3> = sums(&world.pool, BY_HOUR).await;
    assert_eq!(sums(&world.pool, BY_PRODUCT).await, days, "products and days");
    assert_eq!(sums(&world.pool, BY_CUSTOMER).await, days, "customers and days");

    let mut totals: Sums<7> = BTreeMap::new();
    for life in lives {
        let code = format!("{:?}", life.currency).to_uppercase();
        let sums = totals.entry(code).or_default();
        for (sum, addition) in sums.iter_mut().zip(expected(life)) {
            *sum += addition;
        }
    }
    totals.retain(|_, sums| *sums != [0; 7]);
    assert_eq!(sums(&world.pool, TOTALS).await, totals, "the definitions");

    let payments: Sums<3> = sums(&world.pool, PAYMENTS).await;
    for (currency, [_, _, _, gross, cancelled, refunded, captured]) in totals {
        let paid = payments.get(&currency).copied().unwrap_or_default();
        let left = gross - cancelled - captured;
        assert_eq!([captured, refunded, left], paid, "payments in {currency}");
    }
}

#[test]
fn days_products_customers_and_payments_agree_to_the_penny() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let config = Config {
        cases: 16,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..Config::default()
    };
    let strategy = (
        prop::collection::vec(life(), 1..30),
        prop::collection::vec(0_usize..1_000, 1..50),
        prop_oneof![1_usize..20, Just(2_000_usize)],
    );
    let tested = TestRunner::new(config).run(&strategy, |(lives, picks, batch_events_max)| {
        let lives = numbered(lives);
        let events = interleave(&lives, &picks);
        runtime.block_on(views_agree(&lives, &events, batch_events_max));
        Ok(())
    });
    tested.unwrap();
}

#[tokio::test]
async fn each_amount_counts_for_the_hour_in_which_it_happened() {
    // It is placed at 23:55, and is refunded after midnight.
    let mut late = Life::new(1, &[(0, 2)], End::Refunded);
    late.placed_after_min = 14 * 60 + 25;
    let guest = Life {
        customer: None,
        ..Life::new(2, &[(0, 1), (1, 4)], End::CancelledAfterConfirmation)
    };
    let euros = Life {
        currency: Currency::Eur,
        ..Life::new(3, &[(0, 3)], End::Confirmed)
    };
    let pending = Life::new(4, &[(0, 9)], End::Placed);
    let world = world(&[late, guest, euros, pending]).await;
    let hours: Vec<(DateTime<Utc>, String, Vec<i64>)> = sqlx::query_as(
        "SELECT hour, currency, ARRAY[orders, units, gross_minor, cancelled_minor, refunded_minor, captured_minor] \
         FROM read_model.sales_by_hour ORDER BY hour, currency",
    )
    .fetch_all(&world.pool)
    .await
    .unwrap();
    let hours: Vec<_> = hours
        .into_iter()
        .map(|(hour, currency, sums)| (format!("{} {currency}", hour.format("%d %H:%M")), sums))
        .collect();
    let expected = [
        ("01 09:00 EUR".to_owned(), vec![1, 3, 300, 0, 0, 0]),
        ("01 09:00 GBP".to_owned(), vec![1, 5, 504, 504, 0, 0]),
        ("01 23:00 GBP".to_owned(), vec![1, 2, 200, 0, 0, 0]),
        ("02 00:00 GBP".to_owned(), vec![0, 0, 0, 0, 100, 200]),
    ];
    assert_eq!(hours, expected);
    let customers: (i64, i64) = sqlx::query_as(
        "SELECT COUNT(DISTINCT customer_id) FILTER (WHERE NOT is_guest), \
             COUNT(DISTINCT customer_id) FILTER (WHERE is_guest) FROM read_model.sales_by_customer",
    )
    .fetch_one(&world.pool)
    .await
    .unwrap();
    assert_eq!(customers, (2, 1), "a guest is a customer of one order");
}

/// The sums of each product over all days; those of no product have an empty SKU.
async fn products(world: &World) -> Vec<(String, [i64; 4])> {
    let rows: Vec<(String, i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT sku, SUM(units)::bigint, SUM(gross_minor)::bigint, SUM(cancelled_minor)::bigint, \
             SUM(refunded_minor)::bigint FROM read_model.sales_by_product GROUP BY sku ORDER BY sku",
    )
    .fetch_all(&world.pool)
    .await
    .unwrap();
    rows.into_iter()
        .map(|(sku, units, gross, cancelled, refunded)| (sku, [units, gross, cancelled, refunded]))
        .collect()
}

#[tokio::test]
async fn a_refund_counts_for_the_returned_units_or_in_proportion_to_what_is_left() {
    let (first, second) = (sku(0).to_string(), sku(1).to_string());
    let order = |end| Life {
        shipping_minor: 99,
        ..Life::new(1, &[(0, 2), (1, 1)], end)
    };
    // The total is 400: 200 of the first product, 101 of the second, 99 of shipping.
    let table = [
        (End::Completed, [[2, 200, 0, 0], [1, 101, 0, 0], [0, 99, 0, 0]]),
        (
            End::CancelledAfterConfirmation,
            [[2, 200, 200, 0], [1, 101, 101, 0], [0, 99, 99, 0]],
        ),
        (End::Refunded, [[2, 200, 0, 100], [1, 101, 0, 0], [0, 99, 0, 0]]),
        (
            End::ReturnedWholly,
            [[2, 200, 0, 200], [1, 101, 0, 101], [0, 99, 0, 0]],
        ),
        // 133 in proportion, and 100 for one unit of the first product.
        (
            End::RefundedInParts,
            [[2, 200, 0, 66 + 100], [1, 101, 0, 34], [0, 99, 0, 33]],
        ),
        (
            End::CapturedAfterCancellation,
            [[2, 200, 0, 200], [1, 101, 0, 101], [0, 99, 0, 99]],
        ),
    ];
    for (end, [of_first, of_second, of_none]) in table {
        let world = world(&[order(end)]).await;
        let expected = [
            (String::new(), of_none),
            (first.clone(), of_first),
            (second.clone(), of_second),
        ];
        assert_eq!(products(&world).await, expected, "{end:?}");
    }
}

#[tokio::test]
async fn a_sum_that_does_not_fit_is_not_counted_and_its_event_is_parked() {
    let large = |number| Life {
        shipping_minor: i64::MAX / 3 * 2,
        ..Life::new(number, &[(0, 1)], End::Confirmed)
    };
    let orders = [large(1), large(2)];
    let world = world(&orders).await;
    let parked: Vec<_> = letters::list(&world)
        .await
        .into_iter()
        .map(|letter| (letter.projection, letter.key, letter.event_type))
        .collect();
    let expected = (
        "sales".to_owned(),
        orders[1].order_id().to_string(),
        "OrderConfirmed".to_owned(),
    );
    assert_eq!(parked[0], expected);
    assert!(
        parked
            .iter()
            .all(|(projection, key, _)| (projection, key) == (&expected.0, &expected.1))
    );
    let [count, _, _, gross, ..] = sums::<7>(&world.pool, TOTALS).await["GBP"];
    assert_eq!((count, gross), (1, orders[0].total_minor()));
    world.assert_rebuilt_equal().await;
}
