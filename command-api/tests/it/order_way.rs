//! The lifecycle of an order over HTTP, and the operations that others may not perform on it.

use domain::{PaymentState, ReturnState};
use platform::auth::Role;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::eventually;

use crate::test_app::{Person, TestApp, accepted, order, refused};

/// One user of each role that handles an order.
pub struct Cast {
    pub seller: Person,
    pub customer: Person,
    pub courier: Person,
    pub admin: Person,
}

impl Cast {
    pub async fn new(app: &TestApp) -> Self {
        Self {
            seller: app.person(Role::Seller).await,
            customer: app.person(Role::Customer).await,
            courier: app.person(Role::Courier).await,
            admin: app.person(Role::Admin).await,
        }
    }
}

/// Places an order and pays for it; returns the answer to placing it.
pub async fn paid_order(app: &TestApp, customer: &Person, lines: &[(&str, i64)], method: &str) -> Value {
    let placed = app.post(customer, "/orders", &order(lines, None)).await;
    app.post(customer, "/payments/intent", &json!({"order_id": placed["id"]}))
        .await;
    let confirmation = json!({"payment_id": placed["payment_id"], "method": method});
    app.post(customer, "/payments/confirm", &confirmation).await;
    placed
}

pub async fn payment(app: &TestApp, placed: &Value) -> PaymentState {
    let payment_id = placed["payment_id"].as_str().unwrap().parse().unwrap();
    app.api.lookup().payment(payment_id).await.unwrap().state
}

/// The body of a step that starts from the usual status.
pub fn step(status: &str) -> Value {
    let from = match status {
        "picked_up" => "assigned",
        "on_the_way" => "picked_up",
        "delivered" | "attempt_failed" => "on_the_way",
        "returning" => "attempt_failed",
        "returned" => "returning",
        _ => panic!("{status} is no step"),
    };
    let mut step = json!({"status": status, "from": from});
    if status == "attempt_failed" {
        step["reason"] = json!("No one at home");
    }
    step
}

/// The path of an operation on the delivery of an order.
pub fn of_delivery(placed: &Value, operation: &str) -> String {
    format!(
        "/deliveries/{}/{operation}",
        placed["delivery_id"].as_str().unwrap()
    )
}

/// Assigns the delivery to the courier, who takes these steps.
pub async fn take(app: &TestApp, cast: &Cast, placed: &Value, statuses: &[&str]) {
    let assignment = json!({"courier_id": cast.courier.id});
    app.post(&cast.admin, &of_delivery(placed, "assignment"), &assignment)
        .await;
    for status in statuses {
        accepted(set_status(app, &cast.courier, placed, status).await).await;
    }
}

/// Takes the usual step to a status.
pub async fn set_status(app: &TestApp, person: &Person, placed: &Value, status: &str) -> reqwest::Response {
    let path = of_delivery(placed, "status");
    app.send(Some(&person.token), Method::PUT, &path, &step(status))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_placed_delivered_and_returned() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;

    let placed = paid_order(&app, &cast.customer, &[("MUG", 2)], "sandbox_ok").await;
    assert_eq!(placed["total"], json!({"minor": 500, "currency": "GBP"}));
    assert!(placed["number"].as_str().unwrap().starts_with("WB-"));
    assert!(matches!(
        payment(&app, &placed).await,
        PaymentState::RequiresCapture { .. }
    ));

    take(&app, &cast, &placed, &["picked_up", "on_the_way", "delivered"]).await;
    eventually("the payment is captured after pick-up", async || {
        matches!(payment(&app, &placed).await, PaymentState::Succeeded { .. })
    })
    .await;

    let wanted = json!({
        "order_id": placed["id"], "lines": [{"line_number": 1, "quantity": 1}], "reason": "too small"
    });
    let returned = app.post(&cast.customer, "/returns", &wanted).await;
    let path = |step: &str| format!("/returns/{}/{step}", returned["id"].as_str().unwrap());
    app.post(&cast.seller, &path("approval"), &json!({})).await;
    app.post(&cast.seller, &path("receipt"), &json!({})).await;
    eventually("the return is refunded", async || {
        let return_id = returned["id"].as_str().unwrap().parse().unwrap();
        matches!(
            app.api.lookup().returned(return_id).await.unwrap().state,
            ReturnState::Closed(_)
        )
    })
    .await;
    let ledger = ledger(&app).await;
    assert_eq!(
        ledger,
        [("authorisation", 500), ("capture", 500), ("refund", 250)].map(|(k, a)| (k.to_owned(), a))
    );
}

/// The provider's ledger: operations and amounts.
pub async fn ledger(app: &TestApp) -> Vec<(String, i64)> {
    sqlx::query_as("SELECT kind, amount_minor FROM command.sandbox_operations ORDER BY created_at, kind")
        .fetch_all(app.database.pool())
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_places_an_order_and_pays_with_its_own_token() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    let body = order(&[("MUG", 1)], Some("ada@example.com"));
    let placed = accepted(app.send(None, Method::POST, "/orders", &body).await).await;
    let token = placed["guest_token"].as_str().unwrap();
    let other = accepted(app.send(None, Method::POST, "/orders", &body).await).await;
    let other_token = other["guest_token"].as_str().unwrap();

    let intent = json!({"order_id": placed["id"]});
    for stranger in [other_token, &cast.customer.token, &cast.admin.token] {
        let refusal = refused(
            app.send(Some(stranger), Method::POST, "/payments/intent", &intent)
                .await,
        )
        .await;
        assert_eq!((refusal.0, refusal.1.as_str()), (404, "not-found"));
    }
    accepted(
        app.send(Some(token), Method::POST, "/payments/intent", &intent)
            .await,
    )
    .await;
    let confirmation = json!({"payment_id": placed["payment_id"], "method": "sandbox_action_required"});
    let answer = app
        .send(Some(token), Method::POST, "/payments/confirm", &confirmation)
        .await;
    assert_eq!(accepted(answer).await["status"], "requires_action");
    let action = format!("/payments/{}/action", placed["payment_id"].as_str().unwrap());
    let answer = app
        .send(Some(token), Method::POST, &action, &json!({"outcome": "passed"}))
        .await;
    assert_eq!(accepted(answer).await["status"], "requires_capture");
    // A guest has no account.
    let refusal = app.send(Some(token), Method::POST, "/products", &json!({})).await;
    assert_eq!(refusal.status().as_u16(), 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_payment_can_be_tried_again() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    let placed = paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_declined").await;
    assert_eq!(payment(&app, &placed).await.status(), "requires_payment_method");
    let again = json!({"payment_id": placed["payment_id"], "method": "sandbox_ok"});
    let answer = app.post(&cast.customer, "/payments/confirm", &again).await;
    assert_eq!(answer["status"], "requires_capture");
    let failed = paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_action_required").await;
    let action = format!("/payments/{}/action", failed["payment_id"].as_str().unwrap());
    let answer = app
        .post(&cast.customer, &action, &json!({"outcome": "failed"}))
        .await;
    assert_eq!(answer["status"], "requires_payment_method");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_exceeds_the_stock_is_refused() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 3).await;
    paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;

    let (status, slug, body) = refused(
        app.send(
            Some(&cast.customer.token),
            Method::POST,
            "/orders",
            &order(&[("MUG", 3)], None),
        )
        .await,
    )
    .await;
    assert_eq!((status, slug.as_str()), (409, "insufficient-stock"));
    assert_eq!(
        body["lines"],
        json!([{"sku": "MUG", "requested": 3, "available": 2}])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_moves_only_by_valid_steps_and_authorised_users() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 3).await;
    let placed = paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;

    // The delivery is unassigned: a courier cannot see it, and an admin cannot move it.
    assert_eq!(
        set_status(&app, &cast.courier, &placed, "picked_up")
            .await
            .status()
            .as_u16(),
        404
    );
    let (status, slug, _) = refused(set_status(&app, &cast.admin, &placed, "picked_up").await).await;
    assert_eq!((status, slug.as_str()), (409, "invalid-state"));
    let path = of_delivery(&placed, "assignment");
    let (status, slug, _) = refused(
        app.send(
            Some(&cast.admin.token),
            Method::POST,
            &path,
            &json!({"courier_id": cast.seller.id}),
        )
        .await,
    )
    .await;
    assert_eq!((status, slug.as_str()), (422, "validation"));

    app.post(&cast.admin, &path, &json!({"courier_id": cast.courier.id}))
        .await;
    let (status, slug, _) = refused(set_status(&app, &cast.courier, &placed, "delivered").await).await;
    assert_eq!((status, slug.as_str()), (409, "invalid-state"));
    accepted(set_status(&app, &cast.admin, &placed, "picked_up").await).await;

    let path = format!("/orders/{}/cancellation", placed["id"].as_str().unwrap());
    let other = app.person(Role::Customer).await;
    assert_eq!(
        app.send(Some(&other.token), Method::POST, &path, &json!({}))
            .await
            .status()
            .as_u16(),
        404
    );
    let (status, slug, _) = refused(
        app.send(Some(&cast.customer.token), Method::POST, &path, &json!({}))
            .await,
    )
    .await;
    assert_eq!((status, slug.as_str()), (409, "invalid-state"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unlisted_product_is_listed_again_by_its_seller() {
    let app = TestApp::new().await;
    let (seller, stranger) = (app.person(Role::Seller).await, app.person(Role::Seller).await);
    app.product(&seller, "MUG", 1).await;
    let relist = async |person: &Person| {
        let path = "/products/MUG/relisting";
        app.send(Some(&person.token), Method::POST, path, &json!({}))
            .await
    };
    let change = async |method, body| {
        accepted(
            app.send(Some(&seller.token), method, "/products/MUG", &body)
                .await,
        )
        .await
    };
    assert_eq!(refused(relist(&seller).await).await.0, 409, "it is listed");
    change(Method::DELETE, json!({})).await;
    assert_eq!(refused(relist(&stranger).await).await.0, 404);
    accepted(relist(&seller).await).await;
    change(Method::DELETE, json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_changed_since_it_was_shown_is_not_charged() {
    let app = TestApp::new().await;
    let (seller, customer) = (app.person(Role::Seller).await, app.person(Role::Customer).await);
    app.product(&seller, "MUG", 5).await;
    let place = async |shown: i64| {
        let mut body = order(&[("MUG", 1)], None);
        body["lines"][0]["expected_unit_price_minor"] = json!(shown);
        app.send(Some(&customer.token), Method::POST, "/orders", &body)
            .await
    };
    let (status, slug, body) = refused(place(1).await).await;
    assert_eq!((status, slug.as_str()), (409, "price-changed"));
    let change = &body["price_changes"][0];
    assert_eq!(
        (&change["sku"], &change["expected"]["minor"]),
        (&json!("MUG"), &json!(1))
    );
    let price = change["price"]["minor"].as_i64().unwrap();
    accepted(place(price).await).await;
}
