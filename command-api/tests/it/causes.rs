//! The correlation, causation and actor of each event of an order.

use std::collections::{HashMap, HashSet};

use domain::{FreeText, ReturnState};
use schemas::envelope::{Actor, Metadata, RecordedEvent};
use serde_json::{Value, json};
use testkit::eventually;
use uuid::Uuid;

use crate::order_way::{Cast, paid_order, payment, take};
use crate::test_app::TestApp;

fn metadata(event: &RecordedEvent) -> Metadata {
    serde_json::from_str(event.metadata.get()).unwrap()
}

async fn events_of(app: &TestApp, placed: &Value) -> Vec<RecordedEvent> {
    let order_id = placed["id"].as_str().unwrap();
    let events = app.store.read(0, 1_000).await.unwrap();
    events
        .into_iter()
        .filter(|event| event.partition_key == order_id || event.payload.get().contains(order_id))
        .collect()
}

/// Takes a paid order from pick-up to its refunded return.
async fn deliver_and_return(app: &TestApp, cast: &Cast, placed: &Value) {
    take(app, cast, placed, &["picked_up", "on_the_way", "delivered"]).await;
    eventually("the payment is captured", async || {
        payment(app, placed).await.status() == "succeeded"
    })
    .await;
    let wanted = json!({
        "order_id": placed["id"], "lines": [{"line_number": 1, "quantity": 1}], "reason": "too small"
    });
    let returned = app.post(&cast.customer, "/returns", &wanted).await;
    for step in ["approval", "receipt"] {
        let path = format!("/returns/{}/{step}", returned["id"].as_str().unwrap());
        app.post(&cast.seller, &path, &json!({})).await;
    }
    eventually("the return is refunded", async || {
        let return_id = returned["id"].as_str().unwrap().parse().unwrap();
        let state = app.api.lookup().returned(return_id).await.unwrap().state;
        matches!(state, ReturnState::Closed(_))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_events_of_an_order_share_one_correlation_and_policies_name_their_cause() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    let placed = paid_order(&app, &cast.customer, &[("MUG", 2)], "sandbox_ok").await;
    let other = paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;
    deliver_and_return(&app, &cast, &placed).await;

    let events = events_of(&app, &placed).await;
    let first = metadata(&events[0]);
    assert_eq!(
        (events[0].event_type.as_str(), first.causation_id),
        ("OrderPlaced", None)
    );
    assert_eq!(first.correlation_id, first.command_id);
    for event in &events {
        let found = metadata(event);
        assert_eq!(found.correlation_id, first.correlation_id, "{}", event.event_type);
    }
    // From placement to refund: every stream of the order, and its stock.
    let streams: HashSet<&str> = events
        .iter()
        .filter_map(|event| event.stream_id.split('-').next())
        .collect();
    assert_eq!(
        streams,
        HashSet::from(["order", "stock", "payment", "delivery", "return"])
    );
    let others = events_of(&app, &other).await;
    assert_ne!(metadata(&others[0]).correlation_id, first.correlation_id);

    let ids: HashMap<Uuid, &str> = events
        .iter()
        .map(|event| (event.event_id, event.event_type.as_str()))
        .collect();
    let mut caused: Vec<(&str, &str)> = events
        .iter()
        .filter_map(|event| {
            let found = metadata(event);
            let by_policy = found.actor
                == Actor::Policy {
                    name: "settlement".to_owned(),
                };
            assert_eq!(found.causation_id.is_some(), by_policy, "{}", event.event_type);
            Some((ids[&found.causation_id?], event.event_type.as_str()))
        })
        .collect();
    caused.sort_unstable();
    assert_eq!(
        caused,
        [
            ("DeliveryPickedUp", "PaymentCaptured"),
            ("RefundRequested", "RefundSucceeded"),
            ("RefundRequested", "ReturnClosed"),
            ("RefundRequested", "ReturnRefunded"),
            ("ReturnReceived", "RefundRequested"),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_correlation_is_inherited_by_an_executor_that_did_not_write_the_order() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    let placed = paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;
    let cancelled = domain::order::CancelOrder {
        order_id: placed["id"].as_str().unwrap().parse().unwrap(),
        by: domain::order::CancelledBy::Customer,
        reason: FreeText::clear("changed my mind"),
        restock: true,
    };
    // Another process, with an empty cache.
    let (executor, _) = command_api::executor::Executor::start(
        command_api::executor::Options::default(),
        app.store.clone(),
        std::sync::Arc::new(platform::clock::SystemClock),
        app.shutdown.token(),
    );
    let submission = command_api::executor::Submission {
        command: cancelled.into(),
        idempotency: None,
        actor: Actor::Guest,
        occurred_at: None,
        cause: None,
        traceparent: None,
        new_keys: Vec::new(),
    };
    // Otherwise the policy might see the authorisation after the cancellation, and the authorisation would be the
    // cause.
    eventually("the policy has seen the authorisation", async || {
        app.policy("settlement").await.lag == 0
    })
    .await;
    executor.execute(submission).await.unwrap();
    eventually("the payment is voided", async || {
        payment(&app, &placed).await.status() == "cancelled"
    })
    .await;
    let events = events_of(&app, &placed).await;
    let correlations: HashSet<Uuid> = events
        .iter()
        .map(|event| metadata(event).correlation_id)
        .collect();
    assert_eq!(correlations.len(), 1);
    let voided = events.last().unwrap();
    assert_eq!(voided.event_type, "PaymentCancelled");
    let cause = metadata(voided).causation_id.unwrap();
    let caused_by = events.iter().find(|event| event.event_id == cause).unwrap();
    assert_eq!(caused_by.event_type, "OrderCancelled");
}
