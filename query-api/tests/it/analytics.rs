//! Compares analytics with independent counts: SQL sums over the stored events.

use chrono::{NaiveDate, TimeDelta};
use platform::auth::Role;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::history::{End, Life, start};
use crate::test_app::{TestApp, log};

/// Orders on three days, on both sides of each midnight.
fn lives() -> Vec<Life> {
    let ends = [
        End::Completed,
        End::Placed,
        End::Refunded,
        End::Cancelled,
        End::CancelledAfterConfirmation,
        End::Expired,
        End::ReturnRejected,
    ];
    (0..84_u128)
        .map(|number| {
            let index = usize::try_from(number).unwrap();
            let quantity = i64::try_from(number % 5 + 1).unwrap();
            let lines = [(1 + index % 4, quantity), (1 + index % 3, 2), (1 + index % 4, 1)];
            Life {
                customer: (number % 4 != 0).then_some(number % 7),
                placed_after_min: i64::try_from(number).unwrap() * 47,
                ..Life::new(number, &lines, ends[index % ends.len()])
            }
        })
        .collect()
}

async fn counted(pool: &PgPool, sql: &'static str, from: NaiveDate, to: NaiveDate) -> Value {
    sqlx::query_scalar(sql)
        .bind(from)
        .bind(to)
        .fetch_one(pool)
        .await
        .unwrap()
}

const SUMMARY: &str = "
    SELECT json_build_object(
        'orders', count(*), 'customers', count(DISTINCT payload->'customer'->>'account_id'),
        'gross_minor', COALESCE(sum((payload->'totals'->>'subtotal_minor')::bigint), 0),
        'units', COALESCE(sum((SELECT sum((line->>'quantity')::bigint) FROM json_array_elements(payload->'lines') line)), 0),
        'refunded_minor', (SELECT COALESCE(sum((payload->'amount'->>'minor')::bigint), 0) FROM event_store.events
            WHERE event_type = 'RefundSucceeded' AND (occurred_at AT TIME ZONE 'UTC')::date >= $1
            AND (occurred_at AT TIME ZONE 'UTC')::date < $2))
    FROM event_store.events WHERE event_type = 'OrderConfirmed'
    AND ((payload->>'placed_at')::timestamptz AT TIME ZONE 'UTC')::date >= $1
    AND ((payload->>'placed_at')::timestamptz AT TIME ZONE 'UTC')::date < $2";

const TOP_PRODUCTS: &str = "
    WITH sold AS (
        SELECT line->>'sku' AS sku, sum((line->>'quantity')::bigint) AS units,
            sum((line->>'quantity')::bigint * (line->>'unit_price_minor')::bigint) AS gross_minor
        FROM event_store.events, json_array_elements(payload->'lines') line WHERE event_type = 'OrderConfirmed'
        AND ((payload->>'placed_at')::timestamptz AT TIME ZONE 'UTC')::date >= $1
        AND ((payload->>'placed_at')::timestamptz AT TIME ZONE 'UTC')::date < $2 GROUP BY 1)
    SELECT COALESCE(json_agg(json_build_object('sku', sku, 'name', 'Product ' || right(sku, 1), 'units', units,
        'gross_minor', gross_minor) ORDER BY gross_minor DESC, sku), '[]') FROM sold";

const SALES_BY_HOUR: &str = "
    WITH facts AS (
        SELECT date_trunc('hour', (payload->>'placed_at')::timestamptz AT TIME ZONE 'UTC') AS hour, 1 AS orders,
            (SELECT sum((line->>'quantity')::bigint) FROM json_array_elements(payload->'lines') line) AS units,
            (payload->'totals'->>'subtotal_minor')::bigint AS gross_minor, 0 AS refunded_minor
        FROM event_store.events WHERE event_type = 'OrderConfirmed'
        UNION ALL
        SELECT date_trunc('hour', occurred_at AT TIME ZONE 'UTC'), 0, 0, 0, (payload->'amount'->>'minor')::bigint
        FROM event_store.events WHERE event_type = 'RefundSucceeded'),
    hours AS (SELECT hour, sum(orders) AS orders, sum(units) AS units, sum(gross_minor) AS gross_minor,
        sum(refunded_minor) AS refunded_minor FROM facts WHERE hour >= $1::date AND hour < $2::date GROUP BY hour)
    SELECT COALESCE(json_agg(json_build_object('hour', to_char(hour, 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),
        'orders', orders, 'units', units, 'gross_minor', gross_minor, 'refunded_minor', refunded_minor)
        ORDER BY hour), '[]') FROM hours";

#[tokio::test(flavor = "multi_thread")]
async fn figures_equal_counts_of_the_stored_events() {
    let app = TestApp::with(&log(4, &lives())).await;
    let analyst = app.anyone(Role::Analyst);
    let pool = app.world.database.pool();
    let first = start().date_naive();
    for (from_day, to_day) in [(0, 4), (0, 1), (1, 2), (2, 3), (1, 1), (-30, 0), (3, 400)] {
        let (from, to) = (first + TimeDelta::days(from_day), first + TimeDelta::days(to_day));
        let days = format!("from={from}&to={to}");
        let summary = app
            .read(Some(&analyst), &format!("/analytics/summary?{days}"))
            .await;
        assert_eq!(summary, counted(pool, SUMMARY, from, to).await, "{days}");

        let path = format!("/analytics/top-products?{days}&limit=100");
        let top = app.read(Some(&analyst), &path).await;
        assert_eq!(
            top["items"],
            counted(pool, TOP_PRODUCTS, from, to).await,
            "{days}"
        );

        if to_day <= 360 {
            let path = format!("/analytics/sales-by-hour?{days}");
            let hours = app.read(Some(&analyst), &path).await;
            assert_eq!(
                hours["items"],
                counted(pool, SALES_BY_HOUR, from, to).await,
                "{days}"
            );
        }
    }
    // The figures of the days add up to the whole, except for customers, who may buy on several days.
    let whole = counted(pool, SUMMARY, first, first + TimeDelta::days(4)).await;
    assert!(whole["orders"].as_i64().unwrap() > 40 && whole["refunded_minor"].as_i64().unwrap() > 0);
    assert!(whole["customers"].as_i64().unwrap() > 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_best_selling_products_come_first_up_to_the_limit() {
    let app = TestApp::with(&log(4, &lives())).await;
    let analyst = app.anyone(Role::Analyst);
    let all = app
        .read(
            Some(&analyst),
            "/analytics/top-products?from=2026-01-01&to=2027-01-01",
        )
        .await;
    let two = app
        .read(
            Some(&analyst),
            "/analytics/top-products?from=2026-01-01&to=2027-01-01&limit=2",
        )
        .await;
    assert_eq!(all["items"].as_array().unwrap().len(), 4);
    assert_eq!(json!(all["items"].as_array().unwrap()[..2]), two["items"]);
}
