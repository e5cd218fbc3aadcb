//! Tests that repeating a command is safe and returns the same answer.

use platform::auth::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::order_way::{Cast, paid_order};
use crate::test_app::{Person, TestApp, accepted, order, refused};

async fn bytes(app: &TestApp, token: Option<&str>, path: &str, body: &Value, key: &str) -> String {
    let response = app.send_keyed(token, (Method::POST, path), body, key).await;
    assert!(response.status().is_success(), "{path}: {}", response.status());
    response.text().await.unwrap()
}

async fn assert_repeatable(app: &TestApp, token: Option<&str>, path: &str, body: &Value, key: &str) -> Value {
    let first = bytes(app, token, path, body, key).await;
    assert_eq!(bytes(app, token, path, body, key).await, first, "{path}");
    serde_json::from_str(&first).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_command_gets_the_same_bytes() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 9).await;
    let customer = Some(cast.customer.token.as_str());
    let placed = assert_repeatable(&app, customer, "/orders", &order(&[("MUG", 1)], None), "k-1").await;
    let intent = json!({"order_id": placed["id"]});
    assert_repeatable(&app, customer, "/payments/intent", &intent, "k-2").await;
    let confirmation = json!({"payment_id": placed["payment_id"], "method": "sandbox_declined"});
    assert_repeatable(&app, customer, "/payments/confirm", &confirmation, "k-3").await;
    let confirmation = json!({"payment_id": placed["payment_id"], "method": "sandbox_action_required"});
    assert_repeatable(&app, customer, "/payments/confirm", &confirmation, "k-4").await;
    let path = format!("/payments/{}/action", placed["payment_id"].as_str().unwrap());
    assert_repeatable(&app, customer, &path, &json!({"outcome": "passed"}), "k-5").await;
    // The earlier answers are repeated, although the payment has changed since.
    let again = bytes(&app, customer, "/payments/confirm", &confirmation, "k-4").await;
    assert_eq!(
        serde_json::from_str::<Value>(&again).unwrap()["status"],
        "requires_action"
    );
    let path = format!("/orders/{}/cancellation", placed["id"].as_str().unwrap());
    assert_repeatable(&app, customer, &path, &json!({}), "k-6").await;
    let guest = order(&[("MUG", 1)], Some("ada@example.com"));
    let placed = assert_repeatable(&app, None, "/orders", &guest, "k-1").await;
    assert!(placed["guest_token"].is_string());
    let reserved: Vec<(String,)> =
        sqlx::query_as("SELECT event_type FROM event_store.events WHERE event_type = 'StockReserved'")
            .fetch_all(app.database.pool())
            .await
            .unwrap();
    assert_eq!(reserved.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_identifies_one_request_of_one_caller() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 9).await;
    let body = order(&[("MUG", 1)], None);
    let send = async |person: &Person, body: &Value, key: &str| {
        app.send_keyed(Some(&person.token), (Method::POST, "/orders"), body, key)
            .await
    };
    let first = accepted(send(&cast.customer, &body, "key").await).await;
    let (status, slug, _) = refused(send(&cast.customer, &order(&[("MUG", 2)], None), "key").await).await;
    assert_eq!((status, slug.as_str()), (422, "key-reused"));
    let other = app.person(Role::Customer).await;
    let others = accepted(send(&other, &body, "key").await).await;
    assert_ne!(first["id"], others["id"]);
    for key in ["", &"k".repeat(256)] {
        let (status, slug, _) = refused(send(&cast.customer, &body, key).await).await;
        assert_eq!((status, slug.as_str()), (400, "invalid-header"));
    }
    let request = app
        .client
        .post(app.path("/orders"))
        .bearer_auth(&cast.customer.token)
        .json(&body);
    let (status, slug, _) = refused(app.answer(request).await).await;
    assert_eq!((status, slug.as_str()), (400, "invalid-header"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_changed_only_at_the_expected_version() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 9).await;
    let change = |minor: i64| json!({"name": "Blue mug", "price": {"minor": minor, "currency": "GBP"}});
    let send = async |body: &Value, token: &str, key: &str, if_match: Option<&str>| {
        let mut request = app
            .client
            .patch(app.path("/products/MUG"))
            .bearer_auth(token)
            .header("idempotency-key", key)
            .json(body);
        if let Some(if_match) = if_match {
            request = request.header("if-match", if_match);
        }
        app.answer(request).await
    };
    let patch =
        async |token: &str, key: &str, if_match: Option<&str>| send(&change(300), token, key, if_match).await;
    let token = &cast.seller.token;
    let free = send(&change(0), token, "free", Some("\"1\"")).await;
    assert_eq!(
        refused(free).await.0,
        422,
        "and the name stays as well: see the version below"
    );
    assert_eq!(refused(patch(token, "a", None).await).await.0, 428);
    assert_eq!(refused(patch(token, "a", Some("\"9\"")).await).await.0, 412);
    let first = patch(token, "a", Some("\"1\"")).await;
    assert_eq!(first.headers()["etag"], "\"3\"");
    let first = first.text().await.unwrap();
    assert_eq!(
        patch(token, "a", Some("\"1\"")).await.text().await.unwrap(),
        first,
        "a repetition is not stale"
    );
    assert_eq!(refused(patch(token, "b", Some("\"1\"")).await).await.0, 412);
    let stranger = app.person(Role::Seller).await;
    assert_eq!(refused(patch(&stranger.token, "c", Some("*")).await).await.0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_are_sealed_before_they_are_stored() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 9).await;
    paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;
    let guest = order(&[("MUG", 1)], Some("ada.canary@example.com"));
    accepted(app.send(None, Method::POST, "/orders", &guest).await).await;
    let rows: Vec<(String,)> = sqlx::query_as(
        "SELECT payload::text || metadata::text FROM event_store.events
         UNION ALL SELECT idempotency_key FROM event_store.commands",
    )
    .fetch_all(app.database.pool())
    .await
    .unwrap();
    for (row,) in rows {
        for canary in ["Lovelace", "SW1Y", "ada.canary", "James"] {
            assert!(!row.contains(canary), "{canary} is stored in plain text: {row}");
        }
    }
}
