//! Limits of unpaid orders.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use platform::clock::ManualClock;
use reqwest::Method;
use serde_json::{Value, json};

use crate::order_way::Cast;
use crate::test_app::{TestApp, TestConfig, accepted, order, refused};

const LIMITS: &str = "unpaid_orders_per_buyer_max = 2\nunpaid_orders_per_address_max = 4\n\
                      unpaid_units_per_product_max = 5";

async fn limited() -> (TestApp, Cast, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::new(Utc::now()));
    let app = TestApp::with(TestConfig {
        clock: clock.clone(),
        limits: LIMITS,
        ..TestConfig::default()
    })
    .await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 50).await;
    (app, cast, clock)
}

async fn assert_refused(app: &TestApp, token: Option<&str>, body: &Value, limit: u32) {
    let answer = app.send(token, Method::POST, "/orders", body).await;
    assert!(answer.headers().contains_key("retry-after"));
    let (status, kind, problem) = refused(answer).await;
    assert_eq!((status, kind.as_str()), (429, "too-many-unpaid-orders"));
    assert_eq!(problem["limit"], limit);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_buyer_pays_or_cancels_before_the_next_order() {
    let (app, cast, _) = limited().await;
    let token = Some(cast.customer.token.as_str());
    let one = order(&[("MUG", 1)], None);
    let first = app
        .send_keyed(token, (Method::POST, "/orders"), &one, "first")
        .await;
    let first = accepted(first).await;
    let second = app.post(&cast.customer, "/orders", &one).await;
    assert_refused(&app, token, &one, 2).await;

    let repeated = app
        .send_keyed(token, (Method::POST, "/orders"), &one, "first")
        .await;
    assert_eq!(accepted(repeated).await["id"], first["id"]);

    let path = format!("/orders/{}/cancellation", second["id"].as_str().unwrap());
    app.post(&cast.customer, &path, &json!({"reason": "two are enough"}))
        .await;
    app.post(&cast.customer, "/orders", &one).await;
    assert_refused(&app, token, &one, 2).await;

    app.post(
        &cast.customer,
        "/payments/intent",
        &json!({"order_id": first["id"]}),
    )
    .await;
    let confirmation = json!({"payment_id": first["payment_id"], "method": "sandbox_ok"});
    app.post(&cast.customer, "/payments/confirm", &confirmation).await;
    app.post(&cast.customer, "/orders", &one).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_with_many_names_have_one_address() {
    let (app, _, clock) = limited().await;
    let guest = |number: u32| order(&[("MUG", 1)], Some(&format!("guest{number}@example.com")));
    for number in 0..4 {
        accepted(app.send(None, Method::POST, "/orders", &guest(number)).await).await;
    }
    assert_refused(&app, None, &guest(4), 4).await;

    clock.advance(TimeDelta::seconds(901));
    accepted(app.send(None, Method::POST, "/orders", &guest(4)).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_units_of_a_product_in_unpaid_orders_are_limited() {
    let (app, cast, _) = limited().await;
    let token = Some(cast.customer.token.as_str());
    assert_refused(&app, token, &order(&[("MUG", 6)], None), 5).await;
    app.post(&cast.customer, "/orders", &order(&[("MUG", 3)], None))
        .await;
    assert_refused(&app, token, &order(&[("MUG", 3)], None), 5).await;
    // A rejected order does not count.
    let unknown = order(&[("MUG", 2), ("NONE", 1)], None);
    let rejected = app.send(token, Method::POST, "/orders", &unknown).await;
    assert_eq!(refused(rejected).await.0, 422);
    app.post(&cast.customer, "/orders", &order(&[("MUG", 2)], None))
        .await;
}
