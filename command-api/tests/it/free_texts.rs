//! The texts that people type: sealed before they are stored, with the key of the person whom they concern.

use std::collections::BTreeMap;

use domain::order::{ImportLine, PlaceOrder, RequestedLines};
use domain::{Currency, Money, Sku};
use event_store::NewSubjectKey;
use platform::auth::Role;
use reqwest::Method;
use schemas::envelope::Actor;
use serde_json::{Value, json};
use testkit::rows_with;
use uuid::Uuid;

use crate::order_way::{Cast, of_delivery, paid_order, step, take};
use crate::test_app::{Person, TestApp, accepted, order, refused};

/// Part of every text of these tests.
const CANARY: &str = "canary";

/// A text as a person types it, with spaces that are not stored.
fn typed(name: &str) -> String {
    format!("  {CANARY} {name} ")
}

/// The sealed texts in the log that are notes of this test, and the persons with whose keys they are sealed.
async fn opened(app: &TestApp) -> BTreeMap<String, Uuid> {
    let mut texts = BTreeMap::new();
    for event in app.store.read(0, 1_000).await.unwrap() {
        let payload: Value = serde_json::from_str(event.payload.get()).unwrap();
        for member in payload.as_object().unwrap().values() {
            let Some(ciphertext) = member["ciphertext"].as_str() else {
                continue;
            };
            let person_id: Uuid = member["person_id"].as_str().unwrap().parse().unwrap();
            let text = app.keys.open(person_id, ciphertext).await.unwrap();
            let text = String::from_utf8(text.unwrap_or_default()).unwrap();
            if let Some(name) = text.strip_prefix(CANARY) {
                texts.insert(name.trim_start().to_owned(), person_id);
            }
        }
    }
    texts
}

async fn set_status(app: &TestApp, person: &Person, placed: &Value, status: &str, reason: &str) {
    let mut body = step(status);
    body["reason"] = json!(typed(reason));
    let path = of_delivery(placed, "status");
    accepted(app.send(Some(&person.token), Method::PUT, &path, &body).await).await;
}

/// Types every text about a seller's product.
async fn type_about_product(app: &TestApp, seller: &Person) {
    let receipt = json!({"quantity": 5, "reference": typed("receipt")});
    app.post(seller, "/stock/MUG/receipts", &receipt).await;
    let adjustment = json!({"delta": -1, "reason": typed("adjustment")});
    app.post(seller, "/stock/MUG/adjustments", &adjustment).await;
    let body = json!({"reason": typed("withdrawal")});
    let answer = app.send(Some(&seller.token), Method::DELETE, "/products/MUG", &body);
    accepted(answer.await).await;
}

/// Types every text about an order that is delivered at last, and returned.
async fn type_about_delivery(app: &TestApp, cast: &Cast) {
    let placed = paid_order(app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;
    take(app, cast, &placed, &["picked_up"]).await;
    let other = app.person(Role::Courier).await;
    let transfer =
        json!({"from_courier_id": cast.courier.id, "courier_id": other.id, "reason": typed("transfer")});
    app.post(&cast.admin, &of_delivery(&placed, "transfer"), &transfer)
        .await;
    set_status(app, &other, &placed, "on_the_way", "of no use").await;
    set_status(app, &other, &placed, "attempt_failed", "attempt").await;
    set_status(app, &other, &placed, "returning", "of no use").await;
    set_status(app, &other, &placed, "returned", "of no use").await;
    let reopening = json!({"reason": typed("reopening")});
    app.post(&cast.admin, &of_delivery(&placed, "reopening"), &reopening)
        .await;
    take(app, cast, &placed, &["picked_up", "on_the_way"]).await;
    set_status(app, &cast.admin, &placed, "delivered", "completion").await;

    let request = json!({"order_id": placed["id"], "lines": [{"line_number": 1, "quantity": 1}],
                         "reason": typed("return")});
    let returned = app.post(&cast.customer, "/returns", &request).await;
    let path = format!("/returns/{}/rejection", returned["id"].as_str().unwrap());
    app.post(&cast.seller, &path, &json!({"reason": typed("rejection")}))
        .await;
}

async fn cancel(app: &TestApp, token: &str, placed: &Value, reason: &str) -> reqwest::Response {
    let path = format!("/orders/{}/cancellation", placed["id"].as_str().unwrap());
    let body = json!({"reason": typed(reason)});
    app.send(Some(token), Method::POST, &path, &body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_text_that_a_person_types_is_sealed_with_the_key_of_whom_it_concerns() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 9).await;
    type_about_delivery(&app, &cast).await;
    let by_customer = app
        .post(&cast.customer, "/orders", &order(&[("MUG", 1)], None))
        .await;
    accepted(cancel(&app, &cast.customer.token, &by_customer, "own cancellation").await).await;
    let by_admin = app
        .post(&cast.customer, "/orders", &order(&[("MUG", 1)], None))
        .await;
    accepted(cancel(&app, &cast.admin.token, &by_admin, "cancellation").await).await;
    let body = order(&[("MUG", 1)], Some("ada@example.com"));
    let of_guest = accepted(app.send(None, Method::POST, "/orders", &body).await).await;
    let guest_token = of_guest["guest_token"].as_str().unwrap();
    accepted(cancel(&app, guest_token, &of_guest, "cancellation of a guest").await).await;
    let note = json!({"text": typed("note")});
    let path = format!("/orders/{}/notes", by_admin["id"].as_str().unwrap());
    app.post(&cast.seller, &path, &note).await;
    type_about_product(&app, &cast.seller).await;

    let guest_order: Uuid = of_guest["id"].as_str().unwrap().parse().unwrap();
    let guest = Uuid::new_v5(&guest_order, b"person");
    let (customer, seller) = (cast.customer.id, cast.seller.id);
    let expected = [
        ("adjustment", seller),
        ("attempt", customer),
        ("cancellation", customer),
        ("cancellation of a guest", guest),
        ("completion", customer),
        ("note", seller),
        ("own cancellation", customer),
        ("receipt", seller),
        ("rejection", customer),
        ("reopening", customer),
        ("return", customer),
        ("transfer", customer),
        ("withdrawal", seller),
    ];
    let expected = expected.map(|(name, person_id)| (name.to_owned(), person_id));
    assert_eq!(opened(&app).await, BTreeMap::from(expected));
    let none: [String; 0] = [];
    assert_eq!(rows_with(app.database.pool(), CANARY).await, none);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_about_an_erased_customer_is_sealed_with_the_key_of_its_author() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 9).await;
    let placed = paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;
    take(&app, &cast, &placed, &["picked_up", "on_the_way"]).await;
    app.keys.erase(cast.customer.id).await.unwrap();
    set_status(&app, &cast.courier, &placed, "attempt_failed", "attempt").await;
    assert_eq!(
        opened(&app).await,
        BTreeMap::from([("attempt".to_owned(), cast.courier.id)])
    );

    let refusal = refused(cancel(&app, &cast.customer.token, &placed, "cancellation").await).await;
    assert_eq!(
        (refusal.0, &refusal.2["detail"]),
        (401, &json!("The account was erased."))
    );
    let path = format!("/orders/{}/cancellation", placed["id"].as_str().unwrap());
    let (status, slug, _) = refused(
        app.send(Some(&cast.customer.token), Method::POST, &path, &json!({}))
            .await,
    )
    .await;
    assert_eq!(
        (status, slug.as_str()),
        (409, "invalid-state"),
        "nothing is to be sealed"
    );
}

/// Places an order as the importer does, without a contact.
async fn import(app: &TestApp) -> Value {
    let id = || Uuid::now_v7();
    let order_id = domain::OrderId::from_uuid(id());
    let line = ImportLine {
        sku: Sku::parse("MUG").unwrap(),
        name: "Mug".to_owned(),
        quantity: 1,
        unit_price: Money::new(250, Currency::Gbp),
    };
    let place = PlaceOrder {
        order_id,
        customer: domain::order::Customer::Guest,
        lines: RequestedLines::Import(vec![line]),
        country: "United Kingdom".to_owned(),
        contact: None,
        payment_id: domain::PaymentId::from_uuid(id()),
        delivery_id: domain::DeliveryId::from_uuid(id()),
        reservation_expires_at: chrono::Utc::now() + chrono::TimeDelta::minutes(9),
    };
    let new_keys: Vec<NewSubjectKey> = Vec::new();
    let submission = command_api::executor::Submission {
        command: place.into(),
        idempotency: None,
        actor: Actor::Guest,
        occurred_at: None,
        cause: None,
        traceparent: None,
        new_keys,
    };
    app.executor.execute(submission).await.unwrap();
    json!({"id": order_id})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_about_an_order_that_names_nobody_is_sealed_with_the_key_of_its_author() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 9).await;
    let placed = import(&app).await;
    accepted(cancel(&app, &cast.admin.token, &placed, "cancellation").await).await;
    assert_eq!(
        opened(&app).await,
        BTreeMap::from([("cancellation".to_owned(), cast.admin.id)])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_text_is_one_event() {
    let app = TestApp::new().await;
    let seller = app.person(Role::Seller).await;
    app.product(&seller, "MUG", 9).await;
    let adjust = async |reason: &str| {
        let body = json!({"delta": 1, "reason": reason});
        let path = (Method::POST, "/stock/MUG/adjustments");
        app.send_keyed(Some(&seller.token), path, &body, "one").await
    };
    let first = accepted(adjust("Found one").await).await;
    assert_eq!(accepted(adjust("Found one").await).await, first);
    let (status, slug, _) = refused(adjust("Found another").await).await;
    assert_eq!((status, slug.as_str()), (422, "key-reused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_checked_before_it_is_sealed() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 9).await;
    let placed = paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;
    let (order_id, delivery) = (&placed["id"], |operation| of_delivery(&placed, operation));
    let cancellation = format!("/orders/{}/cancellation", order_id.as_str().unwrap());
    let (courier_id, other) = (cast.courier.id, app.person(Role::Courier).await.id);
    let failed = json!({"status": "attempt_failed", "from": "on_the_way"});
    let lines = json!([{"line_number": 1, "quantity": 1}]);
    let (receipts, adjustments) = (
        "/stock/MUG/receipts".to_owned(),
        "/stock/MUG/adjustments".to_owned(),
    );
    let (product, returns) = ("/products/MUG".to_owned(), "/returns".to_owned());
    let (customer, seller, admin) = (&cast.customer, &cast.seller, &cast.admin);
    let transfer = json!({"from_courier_id": courier_id, "courier_id": other});
    let cases = [
        (customer, Method::POST, &cancellation, json!({}), false),
        (
            customer,
            Method::POST,
            &returns,
            json!({"order_id": order_id, "lines": lines}),
            false,
        ),
        (seller, Method::DELETE, &product, json!({}), false),
        (seller, Method::POST, &adjustments, json!({"delta": 1}), true),
        (seller, Method::POST, &receipts, json!({"quantity": 1}), false),
        (&cast.courier, Method::PUT, &delivery("status"), failed, true),
        (admin, Method::POST, &delivery("reopening"), json!({}), true),
        (admin, Method::POST, &delivery("transfer"), transfer, true),
    ];
    let head = app.store.head().await.unwrap();
    for (person, method, path, mut body, is_required) in cases {
        let field = if path.ends_with("receipts") {
            "reference"
        } else {
            "reason"
        };
        let blank = is_required.then(|| " ".to_owned());
        for text in ["x".repeat(1_001), "in\u{200b}visible".to_owned()]
            .into_iter()
            .chain(blank)
        {
            body[field] = json!(text);
            let answer = app.send(Some(&person.token), method.clone(), path, &body).await;
            let (status, _, problem) = refused(answer).await;
            let pointer = json!(format!("/{field}"));
            assert_eq!(
                (status, &problem["errors"][0]["pointer"]),
                (422, &pointer),
                "{path} {text}"
            );
        }
    }
    assert_eq!(app.store.head().await.unwrap(), head);
}
