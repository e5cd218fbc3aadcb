//! Reading one's own writes.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::history::listed;
use crate::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_read_waits_until_the_position_is_projected() {
    let mut app = TestApp::with(&listed(1)).await;
    // Known and kept before the change.
    assert_eq!(app.read(None, "/products/SKU-0001").await["available"], 1_000_000);
    let received: domain::Event = domain::stock::StockReceived {
        sku: crate::history::sku(1),
        quantity: 5,
        reference: "second".to_owned(),
    }
    .into();
    let position = app.world.append(&[(received, crate::history::start())]).await;
    let path = format!("/products/SKU-0001?min_position={position}");
    let asked = app.read(None, &path);
    let projected = app.world.project_all();
    let (product, ()) = tokio::join!(asked, projected);
    assert_eq!(product["available"], 1_000_005);
    // From now on also who does not ask for it sees it.
    assert_eq!(app.read(None, "/products/SKU-0001").await, product);
    let stock = app
        .read(None, &format!("/stock/SKU-0001?min_position={position}"))
        .await;
    assert_eq!(stock["position"], json!(position));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_of_what_has_not_come_is_told_to_try_again() {
    let app = TestApp::with(&listed(1)).await;
    let head = app.world.store.head().await.unwrap();
    let began = Instant::now();
    let paths = [
        "/products",
        "/products/SKU-0001",
        "/stock/SKU-0001",
        "/products/categories",
    ];
    let answers = paths.map(|path| {
        let path = format!("{path}?min_position={}", head + 1);
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
