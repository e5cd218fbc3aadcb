//! Reads that wait for the caller's own writes.

use std::time::{Duration, Instant};

use platform::auth::Role;
use serde_json::json;

use crate::history::listed;
use crate::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_read_waits_until_the_position_is_projected() {
    let mut app = TestApp::with(&listed(1)).await;
    // Read and cached before the change.
    assert_eq!(app.read(None, "/products/SKU-0001").await["available"], 1_000_000);
    let received: domain::Event = domain::stock::StockReceived {
        sku: crate::history::sku(1),
        quantity: 5,
        reference: domain::FreeText::clear("second"),
    }
    .into();
    let position = app.world.append(&[(received, crate::history::start())]).await;
    let path = format!("/products/SKU-0001?min_position={position}");
    let asked = app.read(None, &path);
    let projected = app.world.project_all();
    let (product, ()) = tokio::join!(asked, projected);
    assert_eq!(product["available"], 1_000_005);
    // From now on, reads without a position see the change too.
    assert_eq!(app.read(None, "/products/SKU-0001").await, product);
    let stock = app
        .read(None, &format!("/stock/SKU-0001?min_position={position}"))
        .await;
    assert_eq!(stock["position"], json!(position));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_past_the_projected_position_is_answered_503_with_retry_after() {
    let mut app = TestApp::with(&listed(1)).await;
    // It is not projected.
    let position = app.world.append(&listed(2)).await;
    let began = Instant::now();
    let paths = [
        "/products",
        "/products/SKU-0001",
        "/stock/SKU-0001",
        "/products/categories",
    ];
    let answers = paths.map(|path| {
        let path = format!("{path}?min_position={position}");
        let app = &app;
        async move { app.get(None, &path).await }
    });
    for response in futures_util::future::join_all(answers).await {
        assert_eq!(response.status(), 503);
        assert!(response.headers().contains_key("retry-after"));
        let body: serde_json::Value = response.json().await.unwrap();
        assert_eq!(body["type"], "https://waybill.dev/problems/not-caught-up");
    }
    assert!(began.elapsed() >= query_api::WAIT_MAX);
    assert!(
        began.elapsed() < query_api::WAIT_MAX + Duration::from_secs(4),
        "they waited together"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_that_no_event_has_is_refused_before_the_time_is_up() {
    let app = TestApp::with(&listed(1)).await;
    let head = app.world.store.head().await.unwrap();
    let began = Instant::now();
    for position in [head + 1, i64::MAX] {
        let path = format!("/products?min_position={position}");
        let response = app.get(None, &path).await;
        assert_eq!(response.status(), 422);
        let body: serde_json::Value = response.json().await.unwrap();
        assert_eq!(body["errors"][0]["pointer"], "?min_position");
    }
    assert!(began.elapsed() < query_api::WAIT_MAX);
}

/// Adds events that `orders` does not apply, because its rows are of newer code.
async fn stop_orders(app: &mut TestApp) -> i64 {
    app.world
        .tamper("UPDATE read_model.checkpoints SET code_version = 99 WHERE projection = 'orders'")
        .await;
    let running = app.world.project(100);
    let position = app.world.append(&listed(2)).await;
    app.world
        .until("the other projections advance", |status| {
            status.name == "orders" || status.position == position
        })
        .await;
    running.stop().await;
    position
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_read_model_does_not_block_reads_of_the_others() {
    let mut app = TestApp::with(&listed(1)).await;
    let before = app.world.store.head().await.unwrap();
    let position = stop_orders(&mut app).await;
    let admin = app.anyone(Role::Admin);
    let stock = app
        .read(None, &format!("/stock/SKU-0002?min_position={position}"))
        .await;
    assert_eq!(stock["available"], 1_000_000);
    let path = format!("/orders?min_position={position}");
    let response = app.get(Some(&admin), &path).await;
    assert_eq!(response.status(), 503);
    let body: serde_json::Value = response.json().await.unwrap();
    let detail = format!("The read model `orders` is at position {before}, not at {position} yet.");
    assert_eq!(
        (&body["detail"], &body["position"]),
        (&json!(detail), &json!(before))
    );
    // What it has is still read, and says how old it is.
    let position_of = async |path: &str| {
        let response = app.get(Some(&admin), path).await;
        assert_eq!(response.status(), 200);
        response.headers()["waybill-position"]
            .to_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        position_of(&format!("/orders?min_position={before}")).await,
        before.to_string()
    );
    assert_eq!(position_of("/orders").await, before.to_string());
    assert_eq!(position_of("/stock/SKU-0002").await, position.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn cached_answers_stay_current_while_a_read_model_is_stopped() {
    let mut app = TestApp::with(&listed(1)).await;
    let position = stop_orders(&mut app).await;
    let path = "/products/SKU-0002";
    app.read(None, &format!("{path}?min_position={position}")).await;
    assert_eq!(app.read(None, path).await["available"], 1_000_000);
    let running = app.world.project(100);
    let received: domain::Event = domain::stock::StockReceived {
        sku: crate::history::sku(2),
        quantity: 5,
        reference: domain::FreeText::clear("second"),
    }
    .into();
    let position = app.world.append(&[(received, crate::history::start())]).await;
    let product = app.read(None, &format!("{path}?min_position={position}")).await;
    assert_eq!(product["available"], 1_000_005);
    assert_eq!(app.read(None, path).await, product);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_model_that_is_being_built_is_not_read_as_empty() {
    let mut app = TestApp::with(&listed(1)).await;
    let analyst = app.anyone(Role::Analyst);
    let path = "/analytics/currencies";
    assert_eq!(app.read(Some(&analyst), path).await, json!({"items": []}));
    // As the migration of a release with new tables leaves it, before that release starts.
    app.world
        .tamper("UPDATE read_model.checkpoints SET position = 0, code_version = 0 WHERE projection = 'sales'")
        .await;
    app.restart();
    let response = app.get(Some(&analyst), path).await;
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key("retry-after"));
    let body: serde_json::Value = response.json().await.unwrap();
    assert_eq!(body["type"], "https://waybill.dev/problems/not-caught-up");
    assert_eq!(body["detail"], "The read model `sales` is being built.");
    assert_eq!(app.read(None, "/stock/SKU-0001").await["available"], 1_000_000);
    app.world.project_all().await;
    testkit::eventually("the rebuilt read model is read", || async {
        app.get(Some(&analyst), path).await.status() == 200
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_of_a_locked_table_is_answered_503_after_the_lock_timeout() {
    let mut app = TestApp::with(&listed(1)).await;
    app.reconnect(Duration::from_millis(300)).await;
    let admin = app.anyone(Role::Admin);
    let mut exchange = app.world.database.pool().begin().await.unwrap();
    sqlx::query("LOCK TABLE read_model.orders IN ACCESS EXCLUSIVE MODE")
        .execute(&mut *exchange)
        .await
        .unwrap();
    let response = app.get(Some(&admin), "/orders").await;
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key("retry-after"));
    exchange.rollback().await.unwrap();
    assert_eq!(app.read(Some(&admin), "/orders").await["items"], json!([]));
}
