//! Events whose reaction fails are retried and parked, and do not block other keys.

use std::time::Duration;

use command_api::policies::{self, OperateError, Options, Seen};
use domain::PaymentState;
use futures_util::stream::{self, StreamExt as _};
use schemas::consumer::ConsumerState;
use serde_json::{Value, json};
use testkit::eventually;
use uuid::Uuid;

use crate::flaky_provider::{Fault, Faults};
use crate::order_way::{Cast, ledger, paid_order, payment, take};
use crate::test_app::{TestApp, TestConfig};

/// Starts a service that retries letters within milliseconds.
async fn impatient(attempts_max: i32) -> (TestApp, Faults) {
    let config = TestConfig {
        policies: Options {
            attempts_max,
            backoff_min: Duration::from_millis(20),
            backoff_max: Duration::from_millis(100),
            // On a busy machine even a panic takes seconds: its backtrace is printed.
            reaction_timeout: Duration::from_secs(8),
            retry_interval: Duration::from_millis(20),
        },
        ..TestConfig::default()
    };
    let faults = config.faults.clone();
    (TestApp::with(config).await, faults)
}

fn capture_key(placed: &Value) -> String {
    format!("capture/{}", placed["payment_id"].as_str().unwrap())
}

fn order_key(placed: &Value) -> &str {
    placed["id"].as_str().unwrap()
}

/// A row of `policy_letters`.
#[derive(Debug, sqlx::FromRow)]
struct Letter {
    key: String,
    position: i64,
    event_type: String,
    state: String,
    attempts: i32,
    error: Option<String>,
}

async fn letters(app: &TestApp) -> Vec<Letter> {
    sqlx::query_as(
        "SELECT key, position, event_type, state, attempts, error FROM command.policy_letters
         WHERE state <> 'skipped' ORDER BY position",
    )
    .fetch_all(app.store.pool())
    .await
    .unwrap()
}

async fn retry(app: &TestApp, policy: &str, key: &str) -> Result<i64, OperateError> {
    let mut tx = app.store.pool().begin().await.unwrap();
    let position = policies::retry(&mut tx, policy, key).await?;
    tx.commit().await.unwrap();
    Ok(position)
}

async fn skip(app: &TestApp, key: &str, seen: Seen) -> Result<(), OperateError> {
    let mut tx = app.store.pool().begin().await.unwrap();
    policies::skip(&mut tx, "settlement", key, (seen, "written by hand")).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn is_captured(app: &TestApp, placed: &Value) -> bool {
    matches!(payment(app, placed).await, PaymentState::Succeeded { .. })
}

async fn is_parked(app: &TestApp, parked: i64) -> bool {
    app.policy("settlement").await.parked == parked
}

/// Places and pays orders of one mug each.
async fn paid_orders(app: &TestApp, cast: &Cast, orders_len: usize) -> Vec<Value> {
    stream::iter(0..orders_len)
        .map(|_| paid_order(app, &cast.customer, &[("MUG", 1)], "sandbox_ok"))
        .buffer_unordered(8)
        .collect()
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_failing_capture_does_not_block_a_hundred_others_and_is_parked() {
    let (app, faults) = impatient(3).await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 200).await;
    let mut orders = paid_orders(&app, &cast, 101).await;
    let failing = orders.swap_remove(0);
    faults.set(&capture_key(&failing), Fault::InternalServerError);

    take(&app, &cast, &failing, &["picked_up"]).await;
    stream::iter(&orders)
        .for_each_concurrent(8, |placed| take(&app, &cast, placed, &["picked_up"]))
        .await;
    eventually("a hundred payments are captured", async || {
        faults.calls().len() == 100
    })
    .await;
    eventually("the failing one is parked", async || is_parked(&app, 1).await).await;

    let status = app.policy("settlement").await;
    assert_eq!((status.state, status.letters), (ConsumerState::Parked, 1));
    assert_eq!(
        status.error.as_deref(),
        Some("the payment provider cannot be reached: 500 Internal Server Error")
    );
    let letters = letters(&app).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].key, order_key(&failing));
    assert_eq!(letters[0].event_type, "DeliveryPickedUp");
    assert_eq!((letters[0].state.as_str(), letters[0].attempts), ("parked", 3));

    // The provider recovers. A parked event is not retried automatically.
    faults.clear();
    assert!(!is_captured(&app, &failing).await);
    retry(&app, "settlement", order_key(&failing)).await.unwrap();
    eventually("the last payment is captured", async || {
        is_captured(&app, &failing).await
    })
    .await;
    eventually("no letter is left", async || {
        app.policy("settlement").await.letters == 0
    })
    .await;
    assert_eq!(app.policy("settlement").await.state, ConsumerState::Running);
    let captures = ledger(&app)
        .await
        .into_iter()
        .filter(|(kind, _)| kind == "capture")
        .count();
    assert_eq!(captures, 101);
}

#[tokio::test(flavor = "multi_thread")]
async fn later_events_of_a_key_wait_behind_the_one_that_failed() {
    let (app, faults) = impatient(2).await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    let placed = paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;
    faults.set(&capture_key(&placed), Fault::InternalServerError);
    take(&app, &cast, &placed, &["picked_up", "on_the_way", "delivered"]).await;
    eventually("the capture is parked", async || is_parked(&app, 1).await).await;

    // Only a captured payment can be refunded.
    let wanted = json!({
        "order_id": placed["id"], "lines": [{"line_number": 1, "quantity": 1}], "reason": "too small"
    });
    let returned = app.post(&cast.customer, "/returns", &wanted).await;
    for step in ["approval", "receipt"] {
        let path = format!("/returns/{}/{step}", returned["id"].as_str().unwrap());
        app.post(&cast.seller, &path, &json!({})).await;
    }
    eventually("the refund waits behind the capture", async || {
        let letters = letters(&app).await;
        letters.len() == 2 && letters[1].state == "waiting"
    })
    .await;
    faults.clear();
    retry(&app, "settlement", order_key(&placed)).await.unwrap();
    eventually("the refund follows the capture", async || {
        faults.calls().len() == 2
    })
    .await;
    assert_eq!(faults.calls()[0], capture_key(&placed));
    assert!(faults.calls()[1].starts_with("refund/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_temporary_fault_needs_no_operator() {
    let (app, faults) = impatient(1_000).await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    let placed = paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;
    faults.set(&capture_key(&placed), Fault::InternalServerError);
    take(&app, &cast, &placed, &["picked_up"]).await;
    eventually("the capture was tried again", async || {
        let letters = letters(&app).await;
        letters.iter().any(|letter| letter.attempts >= 3)
    })
    .await;
    assert_eq!(app.policy("settlement").await.state, ConsumerState::Running);
    faults.clear();
    eventually("the payment is captured", async || {
        is_captured(&app, &placed).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_a_refusal_and_a_timeout_are_parked_too() {
    let (app, faults) = impatient(1).await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    let orders = paid_orders(&app, &cast, 4).await;
    for (placed, fault) in orders.iter().zip([Fault::Panic, Fault::Refusal, Fault::NoAnswer]) {
        faults.set(&capture_key(placed), fault);
    }
    for placed in &orders {
        take(&app, &cast, placed, &["picked_up"]).await;
    }
    eventually("the other payment is captured", async || {
        is_captured(&app, &orders[3]).await
    })
    .await;
    eventually("three captures are parked", async || is_parked(&app, 3).await).await;
    let mut errors: Vec<_> = letters(&app)
        .await
        .into_iter()
        .filter_map(|letter| letter.error)
        .collect();
    errors.sort();
    assert_eq!(
        errors,
        [
            "the payment provider refuses: the card was reported stolen",
            "the reaction panicked: the provider's client has a bug",
            "the reaction took longer than 8s",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_between_reaction_and_checkpoint_has_no_visible_effect() {
    let (mut app, faults) = impatient(3).await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    let orders = paid_orders(&app, &cast, 2).await;
    faults.set(&capture_key(&orders[1]), Fault::InternalServerError);
    for placed in &orders {
        take(&app, &cast, placed, &["picked_up"]).await;
    }
    eventually("one payment is captured, one parked", async || {
        is_captured(&app, &orders[0]).await && is_parked(&app, 1).await
    })
    .await;
    app.stop_policies().await;
    let before = (ledger(&app).await, app.store.head().await.unwrap());
    // The state after a kill: the reactions happened, but checkpoint and letters were not written.
    sqlx::raw_sql("TRUNCATE command.policy_checkpoints, command.policy_letters")
        .execute(app.database.pool())
        .await
        .unwrap();
    app.start_policies();
    eventually("the policy has caught up", async || {
        let status = app.policy("settlement").await;
        status.lag == 0 && status.parked == 1
    })
    .await;
    assert_eq!((ledger(&app).await, app.store.head().await.unwrap()), before);
}

/// Appends an event directly, as a newer release or a bug could have written it.
async fn plant(app: &TestApp, event_type: &str, schema_version: i16) -> String {
    let key = Uuid::new_v4().to_string();
    sqlx::query(
        "WITH head AS (UPDATE event_store.log_head SET position = position + 1 RETURNING position)
         INSERT INTO event_store.events (position, stream_id, version, event_id, event_type, schema_version,
             partition_key, payload, metadata, occurred_at, recorded_at, hash)
         SELECT position, 'order-' || $1, 1, gen_random_uuid(), $2, $3, $1, '{}', '{}', now(), now(),
             decode(repeat('00', 32), 'hex')
         FROM head",
    )
    .bind(&key)
    .bind(event_type)
    .bind(schema_version)
    .execute(app.database.pool())
    .await
    .unwrap();
    key
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreadable_event_is_parked_and_can_be_skipped_for_a_reason() {
    let (app, faults) = impatient(2).await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    let key = plant(&app, "OrderCancelled", 1).await;
    let placed = paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;
    take(&app, &cast, &placed, &["picked_up"]).await;
    eventually("the events behind it are handled", async || {
        is_captured(&app, &placed).await
    })
    .await;
    eventually("the unreadable event is parked", async || {
        is_parked(&app, 1).await
    })
    .await;
    let error = app.policy("settlement").await.error.unwrap();
    assert!(
        error.starts_with("the payload of `OrderCancelled` version 1 is malformed"),
        "{error}"
    );

    let pool = app.store.pool();
    let position = letters(&app).await[0].position;
    let seen = |attempts| Seen { position, attempts };
    let refused = skip(&app, "another key", seen(2)).await;
    assert!(matches!(refused, Err(OperateError::NoLetter { .. })));
    let refused = skip(&app, &key, seen(1)).await;
    assert!(matches!(refused, Err(OperateError::Moved { .. })));
    let refused = retry(&app, "no policy", &key).await;
    assert!(matches!(refused, Err(OperateError::UnknownPolicy(_))));
    skip(&app, &key, seen(2)).await.unwrap();
    let status = app.policy("settlement").await;
    assert_eq!((status.state, status.letters), (ConsumerState::Running, 0));
    let reason: String = sqlx::query_scalar("SELECT skip_reason FROM command.policy_letters")
        .fetch_one(pool)
        .await
        .unwrap();
    assert_eq!(reason, "written by hand");
    assert_eq!(faults.calls(), [capture_key(&placed)]);
}

/// Waits until a policy has stopped for a newer release, which is no fault, and lets a minute pass.
async fn until_handed_over(app: &TestApp, policy: &'static str) {
    let owner = app.database.pool();
    eventually("the policy has stopped", async || {
        let stops = "SELECT COUNT(stopped_position) = 1 FROM command.policy_checkpoints WHERE policy = $1";
        let stopped = sqlx::query_scalar(stops).bind(policy).fetch_one(owner).await;
        stopped.unwrap()
    })
    .await;
    let quiet = app.policy(policy).await;
    assert_eq!((quiet.state, quiet.error), (ConsumerState::Running, None));
    sqlx::query("UPDATE command.policy_checkpoints SET stop_is_fault_at = now() WHERE policy = $1")
        .bind(policy)
        .execute(owner)
        .await
        .unwrap();
    let overdue = app.policy(policy).await;
    assert_eq!(overdue.state, ConsumerState::Stopped);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_policy_passes_an_event_of_a_type_that_only_a_newer_release_knows() {
    let (app, _) = impatient(2).await;
    plant(&app, "OrderTeleported", 1).await;
    for policy in policies::NAMES {
        until_handed_over(&app, policy).await;
        let stopped = app.policy(policy).await;
        assert_eq!((stopped.lag, stopped.letters), (1, 0));
        let error = stopped.error.unwrap();
        assert!(error.contains("OrderTeleported"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_a_newer_release_stops_only_its_policies_and_is_never_skipped() {
    let (app, faults) = impatient(2).await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    plant(&app, "PaymentConfirmed", 99).await;
    let placed = paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;
    take(&app, &cast, &placed, &["picked_up"]).await;
    eventually("the payment is captured", async || {
        is_captured(&app, &placed).await
    })
    .await;
    until_handed_over(&app, "payment-recovery").await;
    let stopped = app.policy("payment-recovery").await;
    let error = stopped.error.unwrap();
    assert!(error.contains("schema version 99"), "{error}");
    assert_eq!((stopped.parked, stopped.letters), (0, 0));
    assert!(stopped.lag > 0);
    assert_eq!(app.policy("settlement").await.state, ConsumerState::Running);
    assert_eq!(faults.calls(), [capture_key(&placed)]);

    // A process of the newer release takes the policy past the event.
    sqlx::query(
        "UPDATE command.policy_checkpoints SET position = position + 1 WHERE policy = 'payment-recovery'",
    )
    .execute(app.database.pool())
    .await
    .unwrap();
    eventually("the policy continues in this process too", async || {
        let status = app.policy("payment-recovery").await;
        status.state == ConsumerState::Running && status.position > stopped.position + 1
    })
    .await;
}
