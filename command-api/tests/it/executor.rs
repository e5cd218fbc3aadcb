//! Tests the executor on a real event store.

use std::num::NonZeroUsize;
use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use command_api::executor::{Accepted, Error, Executor, Idempotency, Options, Submission};
use domain::order::{CancelOrder, CancelledBy, Customer, PlaceOrder, RequestedLines, WebLine};
use domain::product::ListProduct;
use domain::stock::{AdjustStock, AdjustmentCause, ReceiveStock};
use domain::{AccountId, Command, Currency, DeliveryId, FreeText, Money, OrderId, PaymentId, Sku};
use event_store::Store;
use futures_util::future::join_all;
use platform::clock::SystemClock;
use schemas::envelope::Actor;
use testkit::TestDatabase;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

struct TestApp {
    database: TestDatabase,
    store: Store,
}

impl TestApp {
    async fn new() -> Self {
        let database = TestDatabase::create(&[&event_store::MIGRATOR]).await;
        let store = Store::new(database.app_pool().await);
        Self { database, store }
    }

    /// Starts an executor that the store treats as another process.
    fn executor(&self, options: Options) -> Executor {
        Executor::start(
            options,
            self.store.clone(),
            Arc::new(SystemClock),
            CancellationToken::new(),
        )
        .0
    }

    async fn with_stock(&self, sku: &str, quantity: i64) -> Executor {
        let executor = self.executor(Options::default());
        executor.execute(submission(list(sku))).await.unwrap();
        executor
            .execute(submission(receive(sku, quantity)))
            .await
            .unwrap();
        executor
    }

    async fn count(&self, event_type: &str) -> usize {
        self.store
            .read_types(0, &[event_type], 1_000_000)
            .await
            .unwrap()
            .events
            .len()
    }
}

fn submission(command: impl Into<Command>) -> Submission {
    Submission {
        command: command.into(),
        idempotency: None,
        actor: Actor::Guest,
        occurred_at: None,
        cause: None,
        traceparent: None,
        new_keys: Vec::new(),
    }
}

fn keyed(command: impl Into<Command>, key: &str, request_hash: [u8; 32]) -> Submission {
    let idempotency = Idempotency {
        scope: "test".to_owned(),
        key: key.to_owned(),
        request_hash,
    };
    Submission {
        idempotency: Some(idempotency),
        ..submission(command)
    }
}

fn sku(text: &str) -> Sku {
    Sku::parse(text).unwrap()
}

fn list(text: &str) -> ListProduct {
    ListProduct {
        sku: sku(text),
        name: "A thing".to_owned(),
        description: String::new(),
        category: "things".to_owned(),
        price: Money::new(250, Currency::Gbp),
        seller_id: AccountId::from_uuid(Uuid::from_u128(7)),
    }
}

fn receive(text: &str, quantity: i64) -> ReceiveStock {
    ReceiveStock {
        sku: sku(text),
        quantity,
        reference: FreeText::none(),
    }
}

fn place(text: &str, quantity: i64) -> PlaceOrder {
    place_as(Uuid::now_v7(), text, quantity)
}

fn place_as(order_id: Uuid, text: &str, quantity: i64) -> PlaceOrder {
    PlaceOrder {
        order_id: OrderId::from_uuid(order_id),
        customer: Customer::Guest,
        lines: RequestedLines::Web(vec![WebLine {
            sku: sku(text),
            quantity,
            expected_unit_price_minor: None,
        }]),
        country: "United Kingdom".to_owned(),
        contact: None,
        payment_id: PaymentId::from_uuid(Uuid::now_v7()),
        delivery_id: DeliveryId::from_uuid(Uuid::now_v7()),
        reservation_expires_at: Utc::now() + TimeDelta::minutes(15),
    }
}

fn cancel(order_id: Uuid) -> CancelOrder {
    CancelOrder {
        order_id: OrderId::from_uuid(order_id),
        by: CancelledBy::Customer,
        reason: FreeText::clear("changed my mind"),
        restock: true,
    }
}

/// The answer that a repeated command gets instead of `first`.
fn as_replayed(first: Accepted) -> Accepted {
    Accepted { state: None, ..first }
}

fn is_out_of_stock(answer: &Result<Accepted, Error>) -> bool {
    matches!(
        answer,
        Err(Error::Rejected(domain::Error::InsufficientStock { .. }))
    )
}

#[tokio::test]
async fn an_accepted_command_is_stored_at_the_position_in_its_answer() {
    let app = TestApp::new().await;
    let executor = app.with_stock("MUG", 10).await;

    let accepted = executor.execute(submission(place("MUG", 3))).await.unwrap();

    let events = app.store.read(0, 100).await.unwrap();
    let last = events.last().unwrap();
    assert_eq!((accepted.version, accepted.position), (1, last.position));
    let types: Vec<_> = events.iter().map(|event| event.event_type.as_str()).collect();
    assert_eq!(
        types,
        ["ProductListed", "StockReceived", "OrderPlaced", "StockReserved"]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_buyers_in_two_processes_never_oversell() {
    let app = TestApp::new().await;
    app.with_stock("HOT", 300).await;
    let executors = [app.executor(Options::default()), app.executor(Options::default())];

    let orders = (0..1_000).map(|number| executors[number % 2].execute(submission(place("HOT", 1))));
    let answers = join_all(orders).await;

    let accepted = answers.iter().filter(|answer| answer.is_ok()).count();
    let refused = answers.iter().filter(|answer| is_out_of_stock(answer)).count();
    let conflicts = answers
        .iter()
        .filter(|answer| matches!(answer, Err(Error::Conflict { .. })))
        .count();
    assert_eq!(accepted + refused + conflicts, 1_000);
    assert_eq!(app.count("OrderPlaced").await, accepted);
    assert_eq!(app.count("StockReserved").await, accepted);
    assert!(accepted <= 300, "{accepted} orders on 300 units");
    assert!(
        accepted == 300 || conflicts > 0,
        "{accepted} of 300 units sold, {conflicts} conflicts"
    );
    assert!(app.store.verify(&[], |_, _| ()).await.unwrap().is_sound());
}

#[tokio::test]
async fn a_refusal_rests_on_current_state_even_when_another_process_has_changed_it() {
    let app = TestApp::new().await;
    let here = app.with_stock("MUG", 1).await;
    here.execute(submission(place("MUG", 1))).await.unwrap();
    assert!(is_out_of_stock(&here.execute(submission(place("MUG", 1))).await));

    let elsewhere = app.executor(Options::default());
    elsewhere.execute(submission(receive("MUG", 5))).await.unwrap();

    here.execute(submission(place("MUG", 5))).await.unwrap();
}

#[tokio::test]
async fn a_rejected_command_stores_nothing_and_does_not_affect_its_batch() {
    let app = TestApp::new().await;
    let executor = app.with_stock("MUG", 2).await;
    let before = app.store.head().await.unwrap();

    let answers =
        join_all([5, 2, 5].map(|quantity| executor.execute(submission(place("MUG", quantity))))).await;

    assert!(is_out_of_stock(&answers[0]) && answers[1].is_ok() && is_out_of_stock(&answers[2]));
    assert_eq!(app.store.head().await.unwrap(), before + 2);
}

#[tokio::test]
async fn a_repeated_key_executes_once_in_any_process() {
    let app = TestApp::new().await;
    let executor = app.with_stock("MUG", 100).await;
    let order_id = Uuid::now_v7();
    let order = keyed(place_as(order_id, "MUG", 1), "order-1", [1; 32]);

    let together = join_all((0..20).map(|_| executor.execute(order.clone()))).await;
    let elsewhere = app
        .executor(Options::default())
        .execute(order.clone())
        .await
        .unwrap();
    let other_request = executor.execute(keyed(place("MUG", 2), "order-1", [2; 32])).await;

    assert_eq!(app.count("OrderPlaced").await, 1);
    let first = together
        .iter()
        .flatten()
        .find(|accepted| !accepted.is_replayed())
        .unwrap()
        .clone();
    for answer in together.into_iter().chain([Ok(elsewhere)]) {
        assert_eq!(as_replayed(answer.unwrap()), as_replayed(first.clone()));
    }
    assert!(
        matches!(other_request, Err(Error::KeyReused)),
        "{other_request:?}"
    );
}

#[tokio::test]
async fn a_repeated_key_gets_its_first_answer_even_if_the_command_would_now_be_refused() {
    let app = TestApp::new().await;
    let executor = app.with_stock("MUG", 1).await;
    let order_id = Uuid::now_v7();
    executor
        .execute(submission(place_as(order_id, "MUG", 1)))
        .await
        .unwrap();
    let first = executor
        .execute(keyed(cancel(order_id), "cancel", [3; 32]))
        .await
        .unwrap();

    let elsewhere = app.executor(Options::default());
    let again = elsewhere
        .execute(keyed(cancel(order_id), "cancel", [3; 32]))
        .await
        .unwrap();
    let afresh = elsewhere
        .execute(keyed(cancel(order_id), "cancel-2", [3; 32]))
        .await;

    assert_eq!(again, as_replayed(first));
    assert!(matches!(afresh, Err(Error::Rejected(_))), "{afresh:?}");
}

#[tokio::test]
async fn a_full_queue_refuses_at_once() {
    let app = TestApp::new().await;
    app.with_stock("MUG", 100).await;
    let executor = app.executor(Options {
        queue_len_max: 4,
        ..Options::default()
    });

    // All are polled before the executor's task runs, because this runtime has one thread.
    let answers = join_all((0..20).map(|_| executor.execute(submission(place("MUG", 1))))).await;

    let refused = answers
        .iter()
        .filter(|answer| matches!(answer, Err(Error::QueueFull)))
        .count();
    assert_eq!(refused, 16);
    assert_eq!(app.count("OrderPlaced").await, 4);
}

#[tokio::test]
async fn a_small_cache_does_not_change_results() {
    let app = TestApp::new().await;
    app.with_stock("MUG", 10).await;
    let executor = app.executor(Options {
        cached_streams_max: NonZeroUsize::MIN,
        cached_answers_max: NonZeroUsize::MIN,
        ..Options::default()
    });
    for number in 0_u8..10 {
        let order = keyed(place("MUG", 1), &number.to_string(), [number; 32]);
        executor.execute(order).await.unwrap();
    }
    assert!(is_out_of_stock(
        &executor.execute(submission(place("MUG", 1))).await
    ));
}

#[tokio::test]
async fn an_unreachable_store_is_reported() {
    let app = TestApp::new().await;
    let executor = app.with_stock("MUG", 10).await;
    app.store.pool().close().await;

    let answer = executor.execute(submission(place("MUG", 1))).await;

    assert!(matches!(answer, Err(Error::Unavailable)), "{answer:?}");
}

#[tokio::test]
async fn commands_queued_at_shutdown_are_still_answered() {
    let app = TestApp::new().await;
    app.with_stock("MUG", 100).await;
    let shutdown = CancellationToken::new();
    let (executor, task) = Executor::start(
        Options::default(),
        app.store.clone(),
        Arc::new(SystemClock),
        shutdown.clone(),
    );

    let answers = tokio::spawn({
        let executor = executor.clone();
        async move { join_all((0..50).map(|_| executor.execute(submission(place("MUG", 1))))).await }
    });
    tokio::task::yield_now().await;
    shutdown.cancel();

    assert!(answers.await.unwrap().iter().all(Result::is_ok));
    task.await.unwrap();
    assert!(matches!(
        executor.execute(submission(place("MUG", 1))).await,
        Err(Error::Stopping)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_with_events_of_older_versions_is_loaded() {
    let app = TestApp::new().await;
    let executor = app.with_stock("A", 3).await;
    let adjust = |delta, cause, reason: &str| AdjustStock {
        sku: sku("A"),
        delta,
        cause,
        reason: FreeText::clear(reason),
    };
    let counted = adjust(4, AdjustmentCause::Other, "Four more were there");
    executor.execute(submission(counted)).await.unwrap();
    // As the first release stored them.
    sqlx::raw_sql(
        "ALTER TABLE event_store.events DISABLE TRIGGER USER;
         UPDATE event_store.events SET schema_version = 1, payload = (payload::jsonb - 'cause')::json
         WHERE stream_id = 'stock-A';
         ALTER TABLE event_store.events ENABLE TRIGGER USER",
    )
    .execute(app.database.pool())
    .await
    .unwrap();

    let other = app.executor(Options::default());
    let all = adjust(-7, AdjustmentCause::Lost, "");
    other.execute(submission(all)).await.unwrap();
    let one_more = adjust(-1, AdjustmentCause::Lost, "");
    assert!(other.execute(submission(one_more)).await.is_err());
    let versions: Vec<i16> = app
        .store
        .read_stream("stock-A", 0, 10)
        .await
        .unwrap()
        .iter()
        .map(|event| event.schema_version)
        .collect();
    assert_eq!(versions, [1, 1, 3]);
}
