//! The rows that result from given events.

use chrono::TimeDelta;
use domain::Event;
use domain::order::OrderEvent;
use serde_json::json;
use sqlx::PgPool;

use super::history::{End, Life, listed, sku, start};
use super::support::World;

async fn world(lives: &[Life]) -> World {
    let mut world = World::create().await;
    for product in 0..4 {
        world.append(&listed(product)).await;
    }
    for life in lives {
        world.append(&life.events()).await;
    }
    world.project_all().await;
    world
}

async fn order(pool: &PgPool, life: &Life) -> serde_json::Value {
    let sql = "SELECT row_to_json(o) FROM read_model.orders AS o WHERE id = $1";
    sqlx::query_scalar(sql)
        .bind(life.order_id().as_uuid())
        .fetch_one(pool)
        .await
        .unwrap()
}

fn statuses(timeline: &serde_json::Value) -> Vec<&str> {
    timeline
        .as_array()
        .unwrap()
        .iter()
        .map(|stage| stage["status"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn an_order_shows_the_states_of_itself_its_payment_delivery_and_returns() {
    // The states of order, payment, fulfilment, delivery and returns.
    let table = [
        (End::Placed, "pending none unfulfilled - none"),
        (End::Expired, "expired none unfulfilled - none"),
        (End::Cancelled, "cancelled none unfulfilled - none"),
        (
            End::CancelledAfterConfirmation,
            "cancelled none unfulfilled cancelled none",
        ),
        (End::Confirmed, "confirmed authorised unfulfilled pending none"),
        (End::OnTheWay, "confirmed authorised fulfilled on_the_way none"),
        (End::Returned, "confirmed paid unfulfilled returned none"),
        (End::Reopened, "confirmed paid unfulfilled pending none"),
        (
            End::CancelledAfterReturn,
            "cancelled refunded unfulfilled returned none",
        ),
        (End::Completed, "completed paid delivered delivered none"),
        (End::ReturnRejected, "completed paid delivered delivered none"),
        (
            End::Refunded,
            "completed part_refunded delivered delivered partial",
        ),
    ];
    let lives: Vec<Life> = (1..)
        .zip(&table)
        .map(|(number, row)| Life::new(number, &[(0, 2), (1, 1)], row.0))
        .collect();
    let world = world(&lives).await;
    for (life, (end, expected)) in lives.iter().zip(&table) {
        let row = order(&world.pool, life).await;
        let states = [
            "status",
            "payment_status",
            "fulfilment_status",
            "delivery_status",
            "return_status",
        ];
        let states = states.map(|column| match &row[column] {
            serde_json::Value::Null => "-",
            state => state.as_str().unwrap(),
        });
        assert_eq!(states.join(" "), *expected, "{end:?}");
    }
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn an_order_keeps_its_lines_totals_timeline_and_version() {
    let life = Life::new(1, &[(0, 2), (1, 1)], End::Refunded);
    let world = world(std::slice::from_ref(&life)).await;
    let row = order(&world.pool, &life).await;
    assert_eq!(row["number"], domain::order::number(life.order_id()));
    assert_eq!(row["total_minor"], 2 * 100 + 101);
    assert_eq!(row["refunded_minor"], 100);
    let lines = row["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["returned_quantity"], 1);
    assert_eq!(lines[1]["returned_quantity"], 0);
    assert_eq!(lines[0]["line_total_minor"], 200);
    assert_eq!(row["returns"][0]["status"], "closed");
    assert_eq!(row["version"], 4);
    assert_eq!(
        statuses(&row["timeline"]),
        [
            "placed",
            "confirmed",
            "assigned",
            "picked_up",
            "on_the_way",
            "attempt_failed",
            "on_the_way",
            "delivered",
            "completed",
            "paid",
            "return_requested",
            "return_approved",
            "return_received",
            "refunded"
        ]
    );
}

/// The stages of a timeline that have a reason.
fn reasons(timeline: &serde_json::Value) -> Vec<(&str, &str)> {
    let stages = timeline.as_array().unwrap().iter();
    stages
        .filter_map(|stage| Some((stage["status"].as_str().unwrap(), stage["reason"].as_str()?)))
        .collect()
}

#[tokio::test]
async fn a_timeline_says_why_attempts_failed_and_what_was_done_about_it() {
    let reopened = Life::new(1, &[(0, 2)], End::Reopened);
    let cancelled = Life::new(2, &[(0, 2)], End::CancelledAfterReturn);
    let mut world = world(&[reopened.clone(), cancelled.clone()]).await;
    let failed = [
        ("attempt_failed", "nobody at home"),
        ("attempt_failed", "refused"),
    ];
    let row = order(&world.pool, &cancelled).await;
    assert_eq!(
        reasons(&row["timeline"]),
        [&failed[..], &[("cancelled", "nobody wants it")]].concat()
    );
    let row = order(&world.pool, &reopened).await;
    assert_eq!(
        reasons(&row["timeline"]),
        [&failed[..], &[("reopened", "the customer is back")]].concat()
    );
    let timeline = delivery_timeline(&world.pool, &reopened).await;
    assert_eq!(
        reasons(&timeline),
        [&failed[..], &[("pending", "the customer is back")]].concat()
    );

    // Why a courier gave a parcel away is nobody else's business.
    let on_the_way = Life::new(3, &[(0, 2)], End::OnTheWay);
    world.append(&on_the_way.events()).await;
    world.append(&[on_the_way.transferred()]).await;
    world.project_all().await;
    let row = order(&world.pool, &on_the_way).await;
    assert_eq!(statuses(&row["timeline"]).last(), Some(&"transferred"));
    assert_eq!(reasons(&row["timeline"]), failed[..1]);
    let timeline = delivery_timeline(&world.pool, &on_the_way).await;
    assert_eq!(statuses(&timeline)[5..], ["on_the_way", "on_the_way"]);
}

async fn delivery_timeline(pool: &PgPool, life: &Life) -> serde_json::Value {
    sqlx::query_scalar("SELECT timeline FROM read_model.deliveries WHERE id = $1")
        .bind(life.delivery_id().as_uuid())
        .fetch_one(pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn stock_follows_an_order_to_delivery_and_return() {
    let table = [
        (End::Placed, (1_000_000, 5, 0)),
        (End::Expired, (1_000_000, 0, 0)),
        (End::Cancelled, (1_000_000, 0, 0)),
        (End::CancelledAfterConfirmation, (1_000_000, 0, 0)),
        (End::Confirmed, (1_000_000, 0, 5)),
        (End::OnTheWay, (999_995, 0, 0)),
        (End::Returned, (999_995, 0, 0)),
        (End::Reopened, (1_000_000, 0, 5)),
        (End::CancelledAfterReturn, (1_000_000, 0, 0)),
        (End::Refunded, (999_996, 0, 0)),
    ];
    for (end, expected) in table {
        // The same SKU is on two lines: one reservation.
        let world = world(&[Life::new(1, &[(0, 2), (0, 3)], end)]).await;
        let levels: (i64, i64, i64) =
            sqlx::query_as("SELECT on_hand, reserved, committed FROM read_model.stock WHERE sku = $1")
                .bind(sku(0).as_str())
                .fetch_one(&world.pool)
                .await
                .unwrap();
        assert_eq!(levels, expected, "{end:?}");
    }
}

#[tokio::test]
async fn a_payment_has_its_method_and_its_refunds() {
    let life = Life::new(1, &[(0, 2)], End::Refunded);
    let world = world(std::slice::from_ref(&life)).await;
    let row: serde_json::Value =
        sqlx::query_scalar("SELECT row_to_json(p) FROM read_model.payments AS p WHERE id = $1")
            .bind(life.payment_id().as_uuid())
            .fetch_one(&world.pool)
            .await
            .unwrap();
    assert_eq!(row["status"], "succeeded");
    assert_eq!(
        (&row["captured_minor"], &row["refunded_minor"]),
        (&json!(200), &json!(100))
    );
    assert_eq!(row["method"], "sandbox_ok");
    assert_eq!(row["refunds"][0]["status"], "succeeded");
    assert_eq!(row["decline_reason"], json!(null));
}

#[tokio::test]
async fn a_product_shows_its_newest_price() {
    let world = world(&[]).await;
    let (price, listed_at): (i64, chrono::DateTime<chrono::Utc>) =
        sqlx::query_as("SELECT price_minor, listed_at FROM read_model.products WHERE sku = $1")
            .bind(sku(3).as_str())
            .fetch_one(&world.pool)
            .await
            .unwrap();
    assert_eq!((price, listed_at), (103, start()));
    assert!(start() < start() + TimeDelta::seconds(1));
}

#[tokio::test]
async fn a_web_order_publishes_each_event_once_in_order_and_an_import_its_newest_state() {
    let web = Life::new(1, &[(0, 2)], End::Completed);
    let mut import = Life::new(2, &[(0, 1)], End::Completed);
    import.channel = domain::order::SalesChannel::Import;
    let world = world(&[web.clone(), import.clone()]).await;
    let batches: Vec<serde_json::Value> =
        sqlx::query_scalar("SELECT changes FROM read_model.changes ORDER BY to_position")
            .fetch_all(&world.pool)
            .await
            .unwrap();
    let changes: Vec<&serde_json::Value> = batches
        .iter()
        .flat_map(|batch| batch.as_array().unwrap())
        .collect();
    let positions: Vec<i64> = changes
        .iter()
        .map(|change| change["position"].as_i64().unwrap())
        .collect();
    assert!(positions.is_sorted());
    let of = |life: &Life| {
        let channel = format!("order:{}", life.order_id());
        let mine = changes
            .iter()
            .filter(|change| change["channels"][0] == channel.as_str());
        mine.map(|change| {
            (
                change["position"].as_i64().unwrap(),
                change["data"]["status"].as_str().unwrap(),
            )
        })
        .collect::<Vec<_>>()
    };
    let told = of(&web);
    assert!(told.windows(2).all(|pair| pair[0].0 < pair[1].0), "{told:?}");
    assert_eq!(told.first().unwrap().1, "pending");
    assert_eq!(told.last().unwrap().1, "completed");
    assert_eq!(told.len(), 12);
    assert_eq!(of(&import).len(), 1);
    assert_eq!(of(&import)[0].1, "completed");
}

#[tokio::test]
async fn a_value_of_a_line_that_does_not_fit_parks_its_event() {
    let mut priced = Life::new(1, &[(0, 2)], End::Placed).events();
    let Event::Order(OrderEvent::OrderPlaced(placed)) = &mut priced[0].0 else {
        panic!("{priced:?}");
    };
    placed.lines[0].unit_price_minor = i64::MAX;
    let mut returned = Life::new(2, &[(0, 2)], End::Refunded).events();
    let claims = returned.iter_mut().find_map(|(event, _)| match event {
        Event::Order(OrderEvent::OrderLinesReturned(claimed)) => Some(&mut claimed.lines),
        _ => None,
    });
    let claims = claims.unwrap();
    claims[0].quantity = i64::MAX;
    claims.push(claims[0].clone());
    let mut world = world(&[]).await;
    world.append(&[priced, returned].concat()).await;
    world.project_all().await;
    let letters = super::letters::list(&world).await;
    let poison: Vec<_> = letters
        .iter()
        .filter(|letter| letter.projection == "orders" && letter.state == "poison")
        .map(|letter| letter.event_type.as_str())
        .collect();
    assert_eq!(poison, ["OrderPlaced", "OrderLinesReturned"]);
}
