//! Who sees the past of an order: those who see its present.

use platform::auth::Role;
use serde_json::{Value, json};

use crate::history::{End, Life, account, courier};
use crate::test_app::{TestApp, log};

/// Reads of the past of an object, also of moments that it does not have: what follows its path.
const READS: [&str; 12] = [
    "?version=1",
    "?version=999",
    "?at=2020-01-01T00:00:00Z",
    "?at=2999-01-01T00:00:00Z",
    "?position=1",
    "?position=999999",
    "/history",
    "/history?limit=1",
    "/diff?from=1",
    "/diff?from=999",
    "/diff?from=2020-01-01T00:00:00Z&to=1",
    "/diff?from=position:1",
];

/// The objects of an order.
fn paths(life: &Life) -> [String; 4] {
    [
        format!("/orders/{}", life.order_id()),
        format!("/deliveries/{}", life.delivery_id()),
        format!("/payments/{}", life.payment_id()),
        format!("/returns/{}", life.return_id()),
    ]
}

/// Status and body of a refusal, without what differs from request to request.
async fn refusal(app: &TestApp, token: &str, path: &str) -> (u16, Value) {
    let response = app.get(Some(token), path).await;
    let status = response.status().as_u16();
    let mut problem: Value = response.json().await.unwrap();
    assert!(status >= 400, "{path}: {status}: {problem}");
    problem.as_object_mut().unwrap().remove("trace_id");
    (status, problem)
}

/// Asserts that the present and each read of the past are refused alike, as an object that does not exist.
async fn assert_hidden(app: &TestApp, token: &str, path: &str) {
    let present = refusal(app, token, path).await;
    assert_eq!(present.0, 404, "{path}");
    for read in READS {
        let path = format!("{path}{read}");
        assert_eq!(refusal(app, token, &path).await, present, "{path}");
    }
}

/// Reads of an object at each moment of its life, and of all of it: what follows its path.
pub async fn moments(app: &TestApp, path: &str) -> Vec<String> {
    let admin = app.anyone(Role::Admin);
    let history = app.pages(Some(&admin), &format!("{path}/history?"), 100).await;
    let own = &history[0]["stream_id"];
    let mut reads = vec!["/history?limit=100".to_owned(), "/diff?from=1".to_owned()];
    for event in &history {
        reads.push(format!("?position={}", event["position"]));
        reads.push(format!("?at={}", event["recorded_at"].as_str().unwrap()));
        if &event["stream_id"] == own {
            reads.push(format!("?version={}", event["version"]));
        }
    }
    reads
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_sees_the_past_of_their_own_order_alone() {
    let [own, other] = [(1, End::Refunded), (2, End::Refunded)].map(|(number, end)| Life {
        customer: None,
        ..Life::new(number, &[(1, 3)], end)
    });
    let unknown = Life::new(3, &[(1, 1)], End::Placed);
    let app = TestApp::with(&log(1, &[own.clone(), other.clone()])).await;
    let guest = app.guest(own.order_id());
    for path in paths(&own) {
        for read in moments(&app, &path).await {
            app.read(Some(&guest), &format!("{path}{read}")).await;
        }
    }
    for path in paths(&other).iter().chain(&paths(&unknown)) {
        assert_hidden(&app, &guest, path).await;
    }
    for life in [&own, &other] {
        let causes = format!("/orders/{}/causation", life.order_id());
        assert_eq!(app.refused(Some(&guest), &causes).await.0, 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_courier_who_lost_a_delivery_sees_nothing_of_the_time_when_it_was_theirs() {
    let life = Life::new(1, &[(1, 3)], End::OnTheWay);
    let losses = [
        (life.unassigned(), None),
        (life.transferred(), Some(account(0xc1))),
    ];
    for (loss, next) in losses {
        let mut app = TestApp::with(&log(1, std::slice::from_ref(&life))).await;
        let token = app.token(courier(), Role::Courier);
        let [order, delivery, ..] = paths(&life);
        let mut seen = Vec::new();
        for path in [&order, &delivery] {
            for read in moments(&app, path).await {
                let read = format!("{path}{read}");
                app.read(Some(&token), &read).await;
                seen.push(read);
            }
        }
        app.add(&[loss]).await;
        for read in &seen {
            assert_eq!(
                app.refused(Some(&token), read).await,
                (404, "not-found".to_owned()),
                "{read}"
            );
        }
        for path in [&order, &delivery] {
            assert_hidden(&app, &token, path).await;
        }
        let Some(next) = next else { continue };
        let next = app.token(next, Role::Courier);
        for read in &seen {
            app.read(Some(&next), read).await;
        }
        let present = app.read(Some(&next), &delivery).await;
        assert_eq!(present["courier_id"], json!(account(0xc1)));
    }
}
