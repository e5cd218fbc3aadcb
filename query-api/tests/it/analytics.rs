//! Compares analytics with independent counts: SQL sums over the stored events, by the definitions of
//! `docs/analytics.md`.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc, Weekday};
use domain::Currency;
use platform::auth::Role;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::history::{End, Life, start};
use crate::test_app::{TestApp, log};

/// Orders with every end on five days, on both sides of each midnight; most of them in euros.
fn lives() -> Vec<Life> {
    let currencies = [Currency::Eur, Currency::Gbp, Currency::Eur, Currency::Usd];
    (0..130_u128)
        .map(|number| {
            let index = usize::try_from(number).unwrap();
            let quantity = i64::try_from(number % 5 + 1).unwrap();
            let lines = [(1 + index % 4, quantity), (1 + index % 3, 2), (1 + index % 4, 1)];
            Life {
                customer: (number % 3 != 0).then_some(number % 7),
                placed_after_min: i64::try_from(number).unwrap() * 47,
                currency: currencies[index / End::ALL.len() % 4],
                shipping_minor: i64::try_from(number % 4).unwrap() * 99,
                ..Life::new(number, &lines, End::ALL[index % End::ALL.len()])
            }
        })
        .collect()
}

/// What each event adds to the sums, and when. `$1` and `$2` are the period.
macro_rules! sums_of_facts {
    ($query:literal) => {
        concat!(
            "WITH sold AS (
                SELECT payload->>'order_id' AS order_id, (payload->>'placed_at')::timestamptz AS at,
                    payload->'customer'->>'account_id' AS account_id, payload->'totals'->>'currency' AS currency,
                    (payload->'totals'->>'total_minor')::bigint AS total,
                    (SELECT sum((line->>'quantity')::bigint) FROM json_array_elements(payload->'lines') line) AS units
                FROM event_store.events WHERE event_type = 'OrderConfirmed'),
            paid AS (
                SELECT event_type, payload->>'order_id' AS order_id, occurred_at AS at,
                    payload->'amount'->>'currency' AS currency, (payload->'amount'->>'minor')::bigint AS amount
                FROM event_store.events WHERE event_type IN ('PaymentCaptured', 'RefundSucceeded')),
            facts (at, currency, account_id, guest_id, orders, cancelled_orders, units, gross, cancelled, refunded,
                captured) AS (
                SELECT at, currency, account_id, CASE WHEN account_id IS NULL THEN order_id END, 1, 0, units, total, 0,
                    0, 0 FROM sold
                UNION ALL
                SELECT e.occurred_at, currency, NULL, NULL, 0, 1, 0, 0, total, 0, 0 FROM sold
                JOIN event_store.events AS e ON e.event_type = 'OrderCancelled' AND e.payload->>'order_id' = order_id
                WHERE NOT EXISTS (SELECT FROM paid
                                  WHERE paid.order_id = sold.order_id AND paid.event_type = 'PaymentCaptured')
                UNION ALL
                SELECT at, currency, NULL, NULL, 0, 0, 0, 0, 0, amount, 0 FROM paid WHERE event_type = 'RefundSucceeded'
                UNION ALL
                SELECT at, currency, NULL, NULL, 0, 0, 0, 0, 0, 0, amount FROM paid
                WHERE event_type = 'PaymentCaptured'),
            period AS (
                SELECT *, at AT TIME ZONE 'UTC' AS utc FROM facts
                WHERE (at AT TIME ZONE 'UTC')::date >= $1 AND (at AT TIME ZONE 'UTC')::date < $2) ",
            $query
        )
    };
}

const SUMMARY: &str = sums_of_facts!(
    "SELECT currency, ARRAY[sum(orders), sum(cancelled_orders), sum(units), sum(gross), sum(cancelled), sum(refunded),
        sum(gross) - sum(cancelled) - sum(refunded), sum(captured), count(DISTINCT account_id),
        count(DISTINCT guest_id)]::bigint[] FROM period GROUP BY currency ORDER BY sum(orders) DESC, currency"
);

const SALES: &str = sums_of_facts!(
    "SELECT to_char(date_trunc($4, utc), 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), ARRAY[sum(orders), sum(cancelled_orders),
        sum(units), sum(gross), sum(cancelled), sum(refunded), sum(gross) - sum(cancelled) - sum(refunded),
        sum(captured)]::bigint[] FROM period WHERE currency = $3 GROUP BY 1 ORDER BY 1"
);

type Counted = Vec<(String, Vec<i64>)>;

async fn summary_of_events(pool: &PgPool, days: &Days) -> Counted {
    let query = sqlx::query_as(SUMMARY).bind(days.from).bind(days.to);
    query.fetch_all(pool).await.unwrap()
}

struct Days {
    from: NaiveDate,
    to: NaiveDate,
}

/// The days from one to another, counted from the first day of the histories.
fn days(from: i64, to: i64) -> Days {
    let first = start().date_naive();
    Days {
        from: first + TimeDelta::days(from),
        to: first + TimeDelta::days(to),
    }
}

impl std::fmt::Display for Days {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "from={}&to={}", self.from, self.to)
    }
}

/// The minor units of an amount, which must be in `currency`.
fn minor(amount: &Value, currency: &str) -> i64 {
    assert_eq!(amount["currency"], currency);
    amount["minor"].as_i64().unwrap()
}

/// Gross, cancelled, refunded and net.
fn amounts(of: &Value, currency: &str) -> Vec<i64> {
    ["gross", "cancelled", "refunded", "net"]
        .iter()
        .map(|name| minor(&of["amounts"][name], currency))
        .collect()
}

/// Orders, cancelled orders, units, amounts, and what was captured.
fn figures(of: &Value, currency: &str) -> Vec<i64> {
    let counts = ["orders", "cancelled_orders", "units"].map(|name| of[name].as_i64().unwrap());
    let captured = minor(&of["captured"], currency);
    [counts.to_vec(), amounts(of, currency), vec![captured]].concat()
}

fn add(sums: &mut Vec<i64>, more: &[i64]) {
    sums.resize(more.len(), 0);
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

fn items(answer: &Value) -> &[Value] {
    answer["items"].as_array().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_equal_counts_of_the_stored_events() {
    let app = TestApp::with(&log(4, &lives())).await;
    let analyst = app.anyone(Role::Analyst);
    let pool = app.world.database.pool();
    for (from, to) in [(0, 6), (0, 1), (1, 2), (2, 3), (1, 1), (-30, 0), (3, 400)] {
        let days = days(from, to);
        let summary = app
            .read(Some(&analyst), &format!("/analytics/summary?{days}"))
            .await;
        let found: Counted = items(&summary)
            .iter()
            .map(|item| {
                let currency = item["currency"].as_str().unwrap();
                let customers = ["accounts", "guests"].map(|kind| item[kind]["customers"].as_i64().unwrap());
                (
                    currency.to_owned(),
                    [figures(item, currency), customers.to_vec()].concat(),
                )
            })
            .collect();
        assert_eq!(found, summary_of_events(pool, &days).await, "{days}");
    }
    let whole = summary_of_events(pool, &days(0, 6)).await;
    assert_eq!(whole.len(), 3);
    for (currency, figures) in whole {
        assert!(
            figures.iter().all(|figure| *figure > 0),
            "{currency}: {figures:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sales_by_every_granularity_equal_counts_and_add_up_to_the_summary() {
    let app = TestApp::with(&log(4, &lives())).await;
    let analyst = app.anyone(Role::Analyst);
    let pool = app.world.database.pool();
    for (from, to) in [(0, 6), (1, 2), (-3, 28), (-30, 0)] {
        let days = days(from, to);
        let summary: BTreeMap<String, Vec<i64>> = summary_of_events(pool, &days).await.into_iter().collect();
        for (granularity, currency) in [
            ("hour", "EUR"),
            ("day", "EUR"),
            ("day", "GBP"),
            ("week", "EUR"),
            ("month", "USD"),
        ] {
            let path = format!("/analytics/sales?{days}&currency={currency}&granularity={granularity}");
            let answer = app.read(Some(&analyst), &path).await;
            assert_eq!(answer["granularity"], granularity);
            let found: Counted = items(&answer)
                .iter()
                .map(|item| {
                    (
                        item["start"].as_str().unwrap().to_owned(),
                        figures(item, currency),
                    )
                })
                .collect();
            let query = sqlx::query_as(SALES).bind(days.from).bind(days.to);
            let query = query.bind(currency).bind(granularity);
            let counted: Counted = query.fetch_all(pool).await.unwrap();
            assert_eq!(found, counted, "{path}");
            let mut sums = Vec::new();
            for (_, figures) in &found {
                add(&mut sums, figures);
            }
            let expected = summary.get(currency).map_or(&[][..], |figures| &figures[..8]);
            assert_eq!(sums, expected, "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn weeks_start_on_monday_and_the_first_may_start_before_the_period() {
    let app = TestApp::with(&log(4, &lives())).await;
    let analyst = app.anyone(Role::Analyst);
    // The first day is a Sunday.
    let path = format!("/analytics/sales?{}&currency=EUR&granularity=week", days(0, 6));
    let answer = app.read(Some(&analyst), &path).await;
    let starts: Vec<DateTime<Utc>> = items(&answer)
        .iter()
        .map(|item| item["start"].as_str().unwrap().parse().unwrap())
        .collect();
    assert_eq!(starts.len(), 2);
    assert!(starts.iter().all(|start| start.weekday() == Weekday::Mon));
    assert_eq!(starts[0].date_naive(), days(-6, 0).from);
}

#[tokio::test(flavor = "multi_thread")]
async fn products_and_customers_add_up_to_the_summary() {
    let app = TestApp::with(&log(4, &lives())).await;
    let analyst = app.anyone(Role::Analyst);
    for (from, to, limit) in [(0, 6, 100), (0, 6, 2), (1, 2, 1), (2, 4, 100), (-30, 0, 100)] {
        let days = days(from, to);
        let summary = app
            .read(Some(&analyst), &format!("/analytics/summary?{days}"))
            .await;
        for item in items(&summary) {
            let currency = item["currency"].as_str().unwrap();
            let path = format!("/analytics/top-products?{days}&currency={currency}&limit={limit}");
            let top = app.read(Some(&analyst), &path).await;
            assert!(items(&top).len() <= limit);
            let (mut sums, mut units) = (Vec::new(), 0);
            for product in items(&top).iter().chain([&top["rest"]]) {
                add(&mut sums, &amounts(product, currency));
                units += product["units"].as_i64().unwrap();
            }
            assert_eq!(sums, amounts(item, currency), "{path}");
            assert_eq!(units, item["units"], "{path}");
            let (mut sums, mut orders) = (Vec::new(), 0);
            for kind in ["accounts", "guests"] {
                add(&mut sums, &amounts(&item[kind], currency));
                orders += item[kind]["orders"].as_i64().unwrap();
            }
            assert_eq!(sums, amounts(item, currency), "{days}");
            assert_eq!(orders, item["orders"], "{days}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_products_with_the_highest_net_sales_come_first_up_to_the_limit() {
    let cancelled = Life::new(1, &[(1, 9)], End::CancelledAfterConfirmation);
    let sold = Life {
        shipping_minor: 500,
        ..Life::new(2, &[(2, 3), (3, 1)], End::Completed)
    };
    let euros = Life {
        currency: Currency::Eur,
        ..Life::new(3, &[(4, 9)], End::Completed)
    };
    let app = TestApp::with(&log(4, &[cancelled, sold, euros])).await;
    let analyst = app.anyone(Role::Analyst);
    let days = days(0, 1);
    let list = async |limit: usize| {
        let path = format!("/analytics/top-products?{days}&currency=GBP&limit={limit}");
        app.read(Some(&analyst), &path).await
    };
    let all = list(100).await;
    let found: Vec<_> = items(&all)
        .iter()
        .map(|item| {
            (
                item["name"].as_str().unwrap(),
                minor(&item["amounts"]["net"], "GBP"),
            )
        })
        .collect();
    // The cancelled order's product was sold for more than the others, and none of it is left.
    assert_eq!(found, [("Product 2", 306), ("Product 3", 103), ("Product 1", 0)]);
    assert_eq!(amounts(&all["rest"], "GBP"), [500, 0, 0, 500]);
    let one = list(1).await;
    assert_eq!(json!(items(&all)[..1]), one["items"]);
    assert_eq!(amounts(&one["rest"], "GBP"), [500 + 103 + 909, 909, 0, 603]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_currency_with_most_orders_comes_first_with_the_days_of_its_sales() {
    let lives = lives();
    let app = TestApp::with(&log(4, &lives)).await;
    let analyst = app.anyone(Role::Analyst);
    let answer = app.read(Some(&analyst), "/analytics/currencies").await;
    let is_sale = |life: &&Life| !matches!(life.end, End::Placed | End::Expired | End::Cancelled);
    let expected = [Currency::Eur, Currency::Gbp, Currency::Usd].map(|currency| {
        let days: Vec<NaiveDate> = lives
            .iter()
            .filter(|life| life.currency == currency)
            .filter(is_sale)
            .map(|life| (start() + TimeDelta::minutes(life.placed_after_min)).date_naive())
            .collect();
        json!({
            "currency": currency,
            "orders": days.len(),
            "first_day": days.iter().min(),
            "latest_day": days.iter().max(),
        })
    });
    assert_eq!(answer["items"], json!(expected));
}
