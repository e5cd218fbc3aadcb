//! The automatic reactions of policies.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use command_api::executor::Submission;
use domain::payment::ConfirmPayment;
use domain::{OrderId, OrderState, PaymentState};
use platform::clock::{Clock, ManualClock};
use reqwest::Method;
use schemas::envelope::Actor;
use serde_json::json;
use testkit::eventually;

use crate::order_way::{Cast, ledger, paid_order, payment};
use crate::test_app::{TestApp, TestConfig, accepted, order};

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_an_order_voids_its_authorisation() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    let placed = paid_order(&app, &cast.customer, &[("MUG", 2)], "sandbox_ok").await;
    let path = format!("/orders/{}/cancellation", placed["id"].as_str().unwrap());
    app.post(&cast.customer, &path, &json!({"reason": "changed my mind"}))
        .await;
    eventually("the authorisation is voided", async || {
        matches!(
            payment(&app, &placed).await,
            PaymentState::Cancelled { voided: Some(_), .. }
        )
    })
    .await;
    assert_eq!(
        ledger(&app).await,
        [("authorisation".to_owned(), 500), ("void".to_owned(), 500)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unpaid_order_expires() {
    let clock = Arc::new(ManualClock::new(Utc::now()));
    let app = TestApp::with(TestConfig {
        clock: clock.clone(),
        ..TestConfig::default()
    })
    .await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    let placed = app
        .post(&cast.customer, "/orders", &order(&[("MUG", 2)], None))
        .await;
    let order_id = placed["id"].as_str().unwrap().parse().unwrap();
    let state = async || app.api.lookup().order(order_id).await.unwrap().state;
    assert!(matches!(state().await, OrderState::Pending(_)));
    clock.advance(TimeDelta::seconds(901));
    eventually("the order is expired", async || {
        matches!(state().await, OrderState::Expired(_))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_expires_late_delays_no_other_and_a_set_clock_none() {
    let clock = Arc::new(ManualClock::new(Utc::now()));
    let mut app = TestApp::with(TestConfig {
        clock: clock.clone(),
        ..TestConfig::default()
    })
    .await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    let body = order(&[("MUG", 1)], Some("guest@example.com"));
    let place = async |app: &TestApp| -> OrderId {
        let placed = accepted(app.send(None, Method::POST, "/orders", &body).await).await;
        placed["id"].as_str().unwrap().parse().unwrap()
    };
    let is_expired = async |app: &TestApp, order_id: OrderId| {
        let state = app.api.lookup().order(order_id).await.unwrap().state;
        matches!(state, OrderState::Expired(_))
    };

    clock.advance(TimeDelta::days(1));
    let late = place(&app).await;
    clock.advance(TimeDelta::days(-1));
    let soon = place(&app).await;
    clock.advance(TimeDelta::seconds(901));
    eventually("an order placed after the late one is expired", async || {
        is_expired(&app, soon).await
    })
    .await;

    app.stop_policies().await;
    let head = app.store.head().await.unwrap();
    app.start_policies();
    let next = place(&app).await;
    clock.advance(TimeDelta::seconds(901));
    eventually("an order is expired after a restart", async || {
        is_expired(&app, next).await
    })
    .await;
    assert!(!is_expired(&app, late).await);
    let events = app
        .store
        .read_types(head, &["OrderExpired"], 1_000)
        .await
        .unwrap();
    assert_eq!(events.events.len(), 1);

    clock.advance(TimeDelta::days(1));
    eventually("the late order is expired", async || is_expired(&app, late).await).await;
    eventually("nothing is left to do", async || {
        app.policy("reservation-expiry").await.lag == 0
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_whose_caller_disconnected_is_completed() {
    let clock = Arc::new(ManualClock::new(Utc::now()));
    let app = TestApp::with(TestConfig {
        clock: clock.clone(),
        ..TestConfig::default()
    })
    .await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    let placed = app
        .post(&cast.customer, "/orders", &order(&[("MUG", 2)], None))
        .await;
    app.post(
        &cast.customer,
        "/payments/intent",
        &json!({"order_id": placed["id"]}),
    )
    .await;
    // Simulates a process that was killed between confirming and asking the provider.
    let confirm = ConfirmPayment {
        payment_id: placed["payment_id"].as_str().unwrap().parse().unwrap(),
        method: "sandbox_ok".to_owned(),
    };
    let submission = Submission {
        command: confirm.into(),
        idempotency: None,
        actor: Actor::Guest,
        occurred_at: None,
        cause: None,
        traceparent: None,
        new_keys: Vec::new(),
    };
    app.executor.execute(submission).await.unwrap();
    assert_eq!(payment(&app, &placed).await.status(), "processing");
    clock.advance(TimeDelta::seconds(60));
    assert!(clock.now() > Utc::now());
    eventually("the payment is authorised", async || {
        matches!(payment(&app, &placed).await, PaymentState::RequiresCapture { .. })
    })
    .await;
}
