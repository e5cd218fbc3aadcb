//! Deliveries over HTTP: steps, transfers, and parcels that come back.

use command_api::idempotency;
use domain::PaymentState;
use platform::auth::Role;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use testkit::eventually;

use crate::flaky_provider::Fault;
use crate::order_way::{Cast, ledger, of_delivery, paid_order, payment, set_status, step, take};
use crate::test_app::{Person, TestApp, TestConfig, accepted, order, refused};

const TO_RETURNED: [&str; 5] = [
    "picked_up",
    "on_the_way",
    "attempt_failed",
    "returning",
    "returned",
];

async fn start(stock: i64) -> (TestApp, Cast) {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", stock).await;
    (app, cast)
}

/// A paid order whose delivery was taken to a status.
async fn taken(app: &TestApp, cast: &Cast, statuses: &[&str]) -> Value {
    let placed = paid_order(app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;
    take(app, cast, &placed, statuses).await;
    placed
}

async fn delivery_status(app: &TestApp, placed: &Value) -> &'static str {
    let delivery_id = placed["delivery_id"].as_str().unwrap().parse().unwrap();
    app.api
        .lookup()
        .delivery(delivery_id)
        .await
        .unwrap()
        .state
        .status()
}

async fn put(app: &TestApp, person: &Person, placed: &Value, (body, key): (&Value, &str)) -> Response {
    let path = of_delivery(placed, "status");
    app.send_keyed(Some(&person.token), (Method::PUT, &path), body, key)
        .await
}

async fn post(app: &TestApp, person: &Person, path: &str, body: &Value) -> Response {
    app.send(Some(&person.token), Method::POST, path, body).await
}

fn cancellation(placed: &Value) -> String {
    format!("/orders/{}/cancellation", placed["id"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_is_taken_once_and_only_from_the_status_that_was_seen() {
    let (app, cast) = start(1).await;
    let placed = taken(&app, &cast, &[]).await;
    let first = put(&app, &cast.courier, &placed, (&step("picked_up"), "tap-1")).await;
    let first = first.text().await.unwrap();
    let (status, slug, body) =
        refused(put(&app, &cast.courier, &placed, (&step("picked_up"), "tap-2")).await).await;
    assert_eq!((status, slug.as_str()), (409, "invalid-state"));
    assert_eq!(body["delivery_status"], "picked_up");
    accepted(set_status(&app, &cast.courier, &placed, "on_the_way").await).await;
    accepted(set_status(&app, &cast.courier, &placed, "attempt_failed").await).await;

    // `on_the_way` is possible from here, but the courier has seen another status.
    let late = refused(put(&app, &cast.courier, &placed, (&step("on_the_way"), "tap-3")).await).await;
    assert_eq!(
        (late.0, &late.2["delivery_status"]),
        (409, &json!("attempt_failed"))
    );
    assert_eq!(delivery_status(&app, &placed).await, "attempt_failed");

    let again = put(&app, &cast.courier, &placed, (&step("picked_up"), "tap-1")).await;
    assert_eq!(
        (again.status().as_u16(), again.text().await.unwrap()),
        (200, first)
    );
    let (status, _, body) = refused(
        put(
            &app,
            &cast.courier,
            &placed,
            (&json!({"status": "on_the_way"}), "tap-4"),
        )
        .await,
    )
    .await;
    assert_eq!((status, &body["errors"][0]["pointer"]), (422, &json!("/from")));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_completes_a_delivery_with_a_reason() {
    let (app, cast) = start(1).await;
    let placed = taken(&app, &cast, &["picked_up", "on_the_way"]).await;
    let (status, _, body) = refused(set_status(&app, &cast.admin, &placed, "delivered").await).await;
    assert_eq!((status, &body["errors"][0]["pointer"]), (422, &json!("/reason")));
    let mut delivered = step("delivered");
    delivered["reason"] = json!("Phone broke");
    accepted(put(&app, &cast.admin, &placed, (&delivered, "k-1")).await).await;
    assert_eq!(delivery_status(&app, &placed).await, "delivered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picked_up_parcel_is_transferred_and_its_former_courier_can_do_nothing_more() {
    let (app, cast) = start(1).await;
    let other = app.person(Role::Courier).await;
    let placed = taken(&app, &cast, &[]).await;
    let path = of_delivery(&placed, "transfer");
    let body = json!({"from_courier_id": cast.courier.id, "courier_id": other.id, "reason": "Ill"});
    let (status, _, refusal) = refused(post(&app, &cast.admin, &path, &body).await).await;
    assert_eq!((status, &refusal["delivery_status"]), (409, &json!("assigned")));
    let first = put(&app, &cast.courier, &placed, (&step("picked_up"), "tap-1")).await;
    let first = first.text().await.unwrap();
    accepted(set_status(&app, &cast.courier, &placed, "on_the_way").await).await;

    for person in [&cast.courier, &other, &cast.customer, &cast.seller] {
        assert_eq!(refused(post(&app, person, &path, &body).await).await.0, 403);
    }
    let to_customer =
        json!({"from_courier_id": cast.courier.id, "courier_id": cast.customer.id, "reason": "Ill"});
    assert_eq!(
        refused(post(&app, &cast.admin, &path, &to_customer).await)
            .await
            .0,
        422
    );
    accepted(post(&app, &cast.admin, &path, &body).await).await;
    let (status, _, refusal) = refused(post(&app, &cast.admin, &path, &body).await).await;
    assert_eq!((status, &refusal["courier_id"]), (409, &json!(other.id)));

    let (status, ..) = refused(set_status(&app, &cast.courier, &placed, "delivered").await).await;
    assert_eq!(status, 404);
    // A step that the former courier repeats, because its answer was lost, is answered as before.
    let again = put(&app, &cast.courier, &placed, (&step("picked_up"), "tap-1")).await;
    assert_eq!(
        (again.status().as_u16(), again.text().await.unwrap()),
        (200, first)
    );
    accepted(set_status(&app, &other, &placed, "delivered").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_returned_parcel_is_delivered_again() {
    let (app, cast) = start(1).await;
    let placed = taken(&app, &cast, &TO_RETURNED).await;
    let path = of_delivery(&placed, "reopening");
    let body = json!({"reason": "The customer is back"});
    for person in [&cast.courier, &cast.customer, &cast.seller] {
        assert_eq!(refused(post(&app, person, &path, &body).await).await.0, 403);
    }
    let (status, ..) = refused(post(&app, &cast.admin, &path, &json!({"reason": ""})).await).await;
    assert_eq!(status, 422);
    accepted(post(&app, &cast.admin, &path, &body).await).await;
    let (status, _, refusal) = refused(post(&app, &cast.admin, &path, &body).await).await;
    assert_eq!((status, &refusal["delivery_status"]), (409, &json!("pending")));

    // The unit is committed to the order again, so that nobody else can buy it.
    let (status, slug, _) =
        refused(post(&app, &cast.customer, "/orders", &order(&[("MUG", 1)], None)).await).await;
    assert_eq!((status, slug.as_str()), (409, "insufficient-stock"));
    take(&app, &cast, &placed, &["picked_up", "on_the_way", "delivered"]).await;
    eventually("the payment was captured once", async || {
        ledger(&app).await == [("authorisation", 250), ("capture", 250)].map(|(k, a)| (k.to_owned(), a))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_the_order_of_a_returned_parcel_refunds_it_and_restocks_it() {
    let (app, cast) = start(1).await;
    let placed = taken(&app, &cast, &TO_RETURNED).await;
    eventually("the payment is captured", async || {
        payment(&app, &placed).await.status() == "succeeded"
    })
    .await;
    accepted(
        post(
            &app,
            &cast.admin,
            &cancellation(&placed),
            &json!({"reason": "Refused"}),
        )
        .await,
    )
    .await;
    let refunded = [("authorisation", 250), ("capture", 250), ("refund", 250)];
    eventually("the payment is refunded", async || {
        ledger(&app).await == refunded.map(|(kind, amount)| (kind.to_owned(), amount))
    })
    .await;
    eventually("the refund is recorded", async || {
        payment(&app, &placed).await.refundable().unwrap().minor == 0
    })
    .await;
    let (status, ..) = refused(
        post(
            &app,
            &cast.admin,
            &of_delivery(&placed, "reopening"),
            &json!({"reason": "Again"}),
        )
        .await,
    )
    .await;
    assert_eq!(status, 409);
    app.post(&cast.customer, "/orders", &order(&[("MUG", 1)], None))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_cancels_a_returned_order_and_only_an_admin_says_that_it_is_not_restocked() {
    let (app, cast) = start(2).await;
    let [own, lost] = [
        taken(&app, &cast, &TO_RETURNED).await,
        taken(&app, &cast, &TO_RETURNED).await,
    ];
    let unsellable = json!({"restock": false});
    let (status, _, body) = refused(post(&app, &cast.customer, &cancellation(&own), &unsellable).await).await;
    assert_eq!((status, &body["errors"][0]["pointer"]), (422, &json!("/restock")));
    accepted(post(&app, &cast.customer, &cancellation(&own), &json!({})).await).await;
    accepted(post(&app, &cast.admin, &cancellation(&lost), &unsellable).await).await;
    let (status, _, body) =
        refused(post(&app, &cast.customer, "/orders", &order(&[("MUG", 2)], None)).await).await;
    assert_eq!((status, &body["lines"][0]["available"]), (409, &json!(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_requests_a_refund_again_that_the_provider_refused() {
    let config = TestConfig::default();
    let faults = config.faults.clone();
    let app = TestApp::with(config).await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 1).await;
    let placed = taken(&app, &cast, &TO_RETURNED).await;
    let path = format!("/orders/{}/refund", placed["id"].as_str().unwrap());
    eventually("the payment is captured", async || {
        payment(&app, &placed).await.status() == "succeeded"
    })
    .await;
    assert_eq!(
        refused(post(&app, &cast.admin, &path, &json!({})).await).await.0,
        409
    );
    assert_eq!(
        refused(post(&app, &cast.customer, &path, &json!({})).await)
            .await
            .0,
        403
    );
    let first = idempotency::order_refund_id(placed["id"].as_str().unwrap().parse().unwrap(), 0);
    faults.set(&format!("refund/{first}"), Fault::Refusal);
    accepted(post(&app, &cast.admin, &cancellation(&placed), &json!({})).await).await;
    eventually("the provider has refused", async || {
        matches!(payment(&app, &placed).await, PaymentState::Succeeded { refunds, .. } if refunds.failed_len() == 1)
    })
    .await;

    let again = async || {
        let token = Some(cast.admin.token.as_str());
        let response = app
            .send_keyed(token, (Method::POST, &path), &json!({}), "again")
            .await;
        accepted(response).await
    };
    let answer = again().await;
    eventually("the payment is refunded", async || {
        ledger(&app).await.contains(&("refund".to_owned(), 250))
    })
    .await;
    assert_eq!(again().await, answer);
    assert_eq!(
        refused(post(&app, &cast.admin, &path, &json!({})).await).await.0,
        409
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_cancelled_before_its_capture_was_recorded_is_refunded() {
    let (mut app, cast) = start(1).await;
    app.stop_policies().await;
    let placed = taken(&app, &cast, &TO_RETURNED).await;
    assert_eq!(payment(&app, &placed).await.status(), "requires_capture");
    accepted(post(&app, &cast.customer, &cancellation(&placed), &json!({})).await).await;
    app.start_policies();
    eventually("all money is given back", async || {
        let payment = payment(&app, &placed).await;
        payment.status() == "cancelled" || payment.refundable().is_some_and(|left| left.minor == 0)
    })
    .await;
}
