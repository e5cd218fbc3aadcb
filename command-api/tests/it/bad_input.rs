//! Errors for invalid input to commands.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use platform::auth::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::test_app::{Person, TestApp, TestConfig, order, refused};

async fn raw(app: &TestApp, person: &Person, body: impl Into<reqwest::Body>) -> (u16, String, Value) {
    let request = app
        .client
        .post(app.path("/orders"))
        .bearer_auth(&person.token)
        .header("idempotency-key", uuid::Uuid::new_v4().to_string())
        .header("content-type", "application/json")
        .body(body);
    refused(app.answer(request).await).await
}

/// Invalid orders, each with its problem and the pointer to the invalid part.
fn wrong_orders(good: &Value) -> Vec<(Value, &'static str, &'static str)> {
    let with = |pointer: &str, value: Value| {
        let mut body = good.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        body.pointer_mut(parent).unwrap()[name] = value;
        body
    };
    let line = json!({"sku": "MUG", "quantity": 1});
    vec![
        (with("/colour", json!("red")), "validation", "/colour"),
        (json!({"lines": [line]}), "validation", "/shipping_address"),
        (with("/lines", json!([])), "validation", "/lines"),
        (
            with("/lines", json!(vec![line.clone(); 1_201])),
            "validation",
            "/lines",
        ),
        (
            with("/lines", json!([{"sku": "MUG", "quantity": "1"}])),
            "validation",
            "/lines/0/quantity",
        ),
        (
            with("/lines", json!([{"sku": "MUG", "quantity": 0}])),
            "validation",
            "/lines/0/quantity",
        ),
        (
            with("/lines", json!([{"sku": "MUG", "quantity": -1}])),
            "validation",
            "/lines/0/quantity",
        ),
        (
            with("/lines", json!([line, {"sku": "MUG", "quantity": 1_000_000_000}])),
            "validation",
            "/lines/1/quantity",
        ),
        (
            with("/lines", json!([{"sku": "", "quantity": 1}])),
            "validation",
            "/lines/0/sku",
        ),
        (
            with("/lines", json!([line, {"sku": "NONE", "quantity": 1}])),
            "unknown-product",
            "/lines/1/sku",
        ),
        (with("/email", json!("nobody")), "validation", "/email"),
        (
            with("/shipping_address", json!("here")),
            "validation",
            "/shipping_address",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_orders_are_refused_with_a_pointer() {
    let app = TestApp::new().await;
    let (seller, customer) = (app.person(Role::Seller).await, app.person(Role::Customer).await);
    app.product(&seller, "MUG", 5).await;
    let good = order(&[("MUG", 1)], None);
    for (body, slug, pointer) in wrong_orders(&good) {
        let answer = raw(&app, &customer, body.to_string()).await;
        assert_eq!((answer.0, answer.1.as_str()), (422, slug), "{}", answer.2);
        assert_eq!(answer.2["errors"][0]["pointer"], pointer, "{}", answer.2);
    }
    let mut address = good.clone();
    address["shipping_address"]["city"] = json!(" ");
    address["shipping_address"]["line1"] = json!("x".repeat(201));
    let answer = raw(&app, &customer, address.to_string()).await;
    assert_eq!(answer.2["errors"].as_array().unwrap().len(), 2, "{}", answer.2);
    let guest = app.send(None, Method::POST, "/orders", &good).await;
    assert_eq!(refused(guest).await.2["errors"][0]["pointer"], "/email");
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_bodies_are_refused() {
    let app = TestApp::new().await;
    let customer = app.person(Role::Customer).await;
    let deep = format!("{{\"lines\":{}{}}}", "[".repeat(40), "]".repeat(40));
    let long = format!("{{\"email\":\"{}\"}}", "a".repeat(1_000_000));
    let table: Vec<(Vec<u8>, u16, &str)> = vec![
        (b"{\"lines\":[".to_vec(), 400, "malformed-json"),
        (Vec::new(), 400, "empty-body"),
        (deep.into_bytes(), 400, "too-deep"),
        (b"{\"lines\":[],\"lines\":[]}".to_vec(), 400, "duplicate-key"),
        (b"{\"email\":\"\xff\"}".to_vec(), 400, "malformed-json"),
        (b"{\"email\":\"\\ud800\"}".to_vec(), 400, "malformed-json"),
        (b"{\"email\":\"\\u0000\"}".to_vec(), 422, "validation"),
        (b"{\"email\":NaN}".to_vec(), 400, "malformed-json"),
        (long.into_bytes(), 413, "payload-too-large"),
    ];
    for (body, status, slug) in table {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        let answer = raw(&app, &customer, body).await;
        assert_eq!(
            (answer.0, answer.1.as_str()),
            (status, slug),
            "{shown}: {}",
            answer.2
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_products_are_refused() {
    let app = TestApp::new().await;
    let seller = app.person(Role::Seller).await;
    let product = |minor: i64, currency: &str| {
        json!({"sku": "MUG", "name": "Mug", "description": "", "category": "kitchen",
               "price": {"minor": minor, "currency": currency}})
    };
    let table = [
        (product(-1, "GBP"), "/price/minor"),
        (product(0, "GBP"), "/price/minor"),
        (product(100, "XXX"), "/price/currency"),
        (
            json!({"sku": "M/G", "name": "Mug", "description": "", "category": "c",
                "price": {"minor": 1, "currency": "GBP"}}),
            "/sku",
        ),
    ];
    for (body, pointer) in table {
        let (status, slug, body) = refused(
            app.send(Some(&seller.token), Method::POST, "/products", &body)
                .await,
        )
        .await;
        assert_eq!((status, slug.as_str()), (422, "validation"), "{body}");
        assert_eq!(body["errors"][0]["pointer"], pointer, "{body}");
    }
    for too_dear in [domain::AMOUNT_MAX + 1, i64::MAX] {
        let body = product(too_dear, "GBP");
        let response = app
            .send(Some(&seller.token), Method::POST, "/products", &body)
            .await;
        let (status, slug, _) = refused(response).await;
        assert_eq!((status, slug.as_str()), (422, "amount-overflow"));
    }
    app.post(&seller, "/products", &product(domain::AMOUNT_MAX, "GBP"))
        .await;
    let receipt = json!({"quantity": 10, "reference": ""});
    app.post(&seller, "/stock/MUG/receipts", &receipt).await;
    let too_much = order(&[("MUG", 2)], None);
    let (status, slug, _) = refused(
        app.send(Some(&seller.token), Method::POST, "/orders", &too_much)
            .await,
    )
    .await;
    assert_eq!((status, slug.as_str()), (422, "amount-overflow"));
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_paths_and_methods_are_refused() {
    let app = TestApp::new().await;
    let seller = app.person(Role::Seller).await;
    let token = Some(seller.token.as_str());
    let table = [
        (Method::POST, "/orders/no-uuid/cancellation", 404),
        (Method::POST, "/nothing", 404),
        (Method::POST, "/stock/..%2f..%2fetc/receipts", 404),
        (Method::DELETE, "/orders", 405),
        (Method::PUT, "/auth/login", 405),
        (Method::DELETE, "/products/UNKNOWN", 404),
    ];
    for (method, path, status) in table {
        let response = app.send(token, method.clone(), path, &json!({})).await;
        let allow = response.headers().contains_key("allow");
        let (found, _, body) = refused(response).await;
        assert_eq!((found, allow), (status, status == 405), "{method} {path}: {body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_requests_are_ended() {
    let app = TestApp::with(TestConfig {
        timeout_ms: 500,
        ..TestConfig::default()
    })
    .await;
    let customer = app.person(Role::Customer).await;
    let address = app.url.strip_prefix("http://").unwrap().to_owned();
    let head = format!(
        "POST /api/v1/orders HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nIdempotency-Key: k\r\n\
         Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"lines\":",
        customer.token
    );
    for start in [
        head.as_str(),
        "POST /api/v1/orders HTTP/1.1\r\nHost: localhost\r\n",
    ] {
        let (address, start) = (address.clone(), start.to_owned());
        let answer = tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            stream.write_all(start.as_bytes()).unwrap();
            let mut bytes = [0; 64];
            let read = stream.read(&mut bytes).unwrap();
            String::from_utf8_lossy(&bytes[..read]).into_owned()
        });
        let answer = answer.await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_postgres_is_reported_as_retryable() {
    let app = TestApp::new().await;
    let customer = app.person(Role::Customer).await;
    app.store.pool().close().await;
    let response = app
        .send(
            Some(&customer.token),
            Method::POST,
            "/orders",
            &order(&[("MUG", 1)], None),
        )
        .await;
    assert!(response.headers().contains_key("retry-after"));
    assert_eq!(refused(response).await.0, 503);
}
