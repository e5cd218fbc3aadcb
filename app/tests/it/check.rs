//! Tests that `waybill check` detects each deliberate corruption.

use event_store::{Store, Wakeup};
use sqlx::PgPool;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::crash_instance::CrashInstance;
use crate::import_instance::{Instance, sample};
use crate::surroundings::until_ready;

/// Projects everything the store holds.
async fn project(instance: &Instance) {
    let pool = instance.pool().clone();
    let shutdown = CancellationToken::new();
    let running = start_projector(&pool, shutdown.clone());
    testkit::eventually("everything is projected", async || {
        let status = projector::status(&pool).await.unwrap();
        !status.is_empty() && status.iter().all(|projection| projection.lag == 0)
    })
    .await;
    shutdown.cancel();
    running.await.unwrap();
}

fn start_projector(pool: &PgPool, shutdown: CancellationToken) -> JoinHandle<()> {
    let wakeup = Wakeup::listen(pool, event_store::wakeup::EVENTS_NOTIFICATION);
    let options = projector::Options::new(projector::Log::Embedded(wakeup));
    tokio::spawn(projector::run(
        options,
        Store::new(pool.clone()),
        pool.clone(),
        shutdown,
    ))
}

/// The violated invariants, and all of the output.
fn failed(instance: &Instance, history: Option<&str>) -> (Vec<String>, String) {
    let arguments: Vec<&str> = ["check", "--json"].into_iter().chain(history).collect();
    let output = instance.run(&arguments);
    let text = String::from_utf8(output.stdout).unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let findings: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{said}"));
    let failed: Vec<String> = findings["invariants"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|verdict| verdict["status"] == "failed")
        .map(|verdict| verdict["invariant"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(output.status.success(), failed.is_empty(), "{text}");
    assert_eq!(findings["ok"], failed.is_empty());
    (failed, text)
}

async fn tamper(instance: &Instance, statement: &str) {
    let script = format!(
        "ALTER TABLE event_store.events DISABLE TRIGGER USER; {statement};
         ALTER TABLE event_store.events ENABLE TRIGGER USER"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(script))
        .execute(instance.pool())
        .await
        .unwrap();
}

/// The corruption, the statement that reverts it, and the invariants that must be reported.
const PLANTED: [(&str, &str, &[&str]); 9] = [
    (
        // An amount changed in a stored event.
        "UPDATE event_store.events SET payload = replace(payload::text, '\"minor\":', '\"minor\": ')::json \
         WHERE event_type = 'PaymentCaptured' AND position = (SELECT MIN(position) FROM event_store.events \
             WHERE event_type = 'PaymentCaptured')",
        "UPDATE event_store.events SET payload = replace(payload::text, '\"minor\": ', '\"minor\":')::json \
         WHERE event_type = 'PaymentCaptured'",
        &["I2"],
    ),
    (
        // An event that was committed after a later position had been read.
        "CREATE TABLE planted AS SELECT * FROM event_store.events WHERE position = 10; \
         DELETE FROM event_store.events WHERE position = 10",
        "INSERT INTO event_store.events SELECT * FROM planted; DROP TABLE planted",
        &["I2"],
    ),
    (
        "UPDATE read_model.orders SET total_minor = total_minor + 1 \
         WHERE id = (SELECT id FROM read_model.orders ORDER BY id LIMIT 1)",
        "UPDATE read_model.orders SET total_minor = total_minor - 1 \
         WHERE id = (SELECT id FROM read_model.orders ORDER BY id LIMIT 1)",
        &["I5"],
    ),
    (
        "CREATE TABLE planted AS SELECT * FROM read_model.sales_by_hour ORDER BY hour LIMIT 1; \
         DELETE FROM read_model.sales_by_hour WHERE hour IN (SELECT hour FROM planted)",
        "INSERT INTO read_model.sales_by_hour SELECT * FROM planted; DROP TABLE planted",
        &["I5"],
    ),
    (
        "UPDATE read_model.stock SET on_hand = on_hand + 1 \
         WHERE sku = (SELECT sku FROM read_model.stock ORDER BY sku LIMIT 1)",
        "UPDATE read_model.stock SET on_hand = on_hand - 1 \
         WHERE sku = (SELECT sku FROM read_model.stock ORDER BY sku LIMIT 1)",
        &["I5", "I6"],
    ),
    (
        // A projection that skipped a batch.
        "CREATE TABLE planted AS SELECT * FROM read_model.changes ORDER BY to_position OFFSET 1 LIMIT 1; \
         DELETE FROM read_model.changes WHERE to_position IN (SELECT to_position FROM planted)",
        "INSERT INTO read_model.changes SELECT * FROM planted; DROP TABLE planted",
        &["I4"],
    ),
    (
        // A poison event that was not resolved.
        "INSERT INTO read_model.dead_letters (projection, position, key, event_id, event_type, state, reason) \
         VALUES ('orders', 1, 'k', gen_random_uuid(), 'OrderPlaced', 'poison', 'planted')",
        "DELETE FROM read_model.dead_letters",
        &["I4"],
    ),
    (
        // Units promised twice: one reservation is larger than the available stock.
        "CREATE TABLE planted AS SELECT position, payload FROM event_store.events \
             WHERE event_type = 'StockReserved' ORDER BY position LIMIT 1; \
         UPDATE event_store.events SET payload = regexp_replace(payload::text, '\"quantity\":\\d+', '\"quantity\":999999')::json \
         WHERE position IN (SELECT position FROM planted)",
        "UPDATE event_store.events AS e SET payload = p.payload FROM planted AS p WHERE p.position = e.position; \
         DROP TABLE planted",
        &["I2", "I6"],
    ),
    (
        // A stream head that lost its last event.
        "UPDATE event_store.streams SET version = version - 1 WHERE stream_id = (SELECT MIN(stream_id) FROM event_store.streams)",
        "UPDATE event_store.streams SET version = version + 1 WHERE stream_id = (SELECT MIN(stream_id) FROM event_store.streams)",
        &["I2"],
    ),
];

#[tokio::test]
async fn every_corruption_is_found() {
    let instance = Instance::new().await;
    let file = instance.folder.write("sample.csv", sample(400));
    instance.import(&file);
    project(&instance).await;
    let (broken, text) = failed(&instance, None);
    assert_eq!(broken, [""; 0], "{text}");
    for (plant, undo, expected) in PLANTED {
        tamper(&instance, plant).await;
        let (broken, text) = failed(&instance, None);
        let missing: Vec<_> = expected
            .iter()
            .filter(|name| !broken.contains(&(**name).to_owned()))
            .collect();
        assert!(missing.is_empty(), "{plant} did not violate {missing:?}: {text}");
        tamper(&instance, undo).await;
    }
    let (broken, text) = failed(&instance, None);
    assert_eq!(broken, [""; 0], "every corruption was reverted: {text}");
}

#[tokio::test]
async fn a_history_is_compared_with_the_store() {
    let instance = Instance::new().await;
    let file = instance.folder.write("sample.csv", sample(60));
    instance.import(&file);
    project(&instance).await;
    let (key, position): (String, i64) = sqlx::query_as(
        "SELECT idempotency_key, position FROM event_store.commands
         WHERE idempotency_key LIKE '%/placed' ORDER BY position LIMIT 1",
    )
    .fetch_one(instance.pool())
    .await
    .unwrap();
    let other = position + 1;
    let cases = [
        (
            format!(r#"{{"key":"{key}","outcome":"ok","position":{position}}}"#),
            true,
        ),
        (format!(r#"{{"key":"{key}","outcome":"info"}}"#), true),
        (r#"{"key":"never","outcome":"fail"}"#.to_owned(), true),
        (r#"{"key":"never","outcome":"info"}"#.to_owned(), true),
        (r#"{"fault":"kill -9"}"#.to_owned(), true),
        (
            format!(r#"{{"key":"{key}","outcome":"ok","position":{other}}}"#),
            false,
        ),
        (format!(r#"{{"key":"{key}","outcome":"fail"}}"#), false),
        (r#"{"key":"never","outcome":"ok","position":1}"#.to_owned(), false),
    ];
    for (line, holds) in cases {
        let history = instance.folder.write("history.jsonl", &line);
        let (broken, text) = failed(&instance, history.to_str());
        assert_eq!(broken.is_empty(), holds, "{line}: {text}");
    }
    for (content, code) in [("not json\n", 65), ("", 0)] {
        let history = instance.folder.write("history.jsonl", content);
        let output = instance.run(&["check", history.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(code), "{content}");
    }
    assert_eq!(
        instance.run(&["check", "/nowhere/history.jsonl"]).status.code(),
        Some(66)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn several_checks_pass_while_events_are_appended_and_projected() {
    let instance = Instance::new().await;
    let first = instance.folder.write("first.csv", sample(200));
    instance.import(&first);
    let shutdown = CancellationToken::new();
    let projector = start_projector(instance.pool(), shutdown.clone());
    let second = instance.folder.write("second.csv", sample(1_500));
    // The scratch schema of a check that was killed.
    tamper(&instance, "CREATE SCHEMA read_model_scratch_left_over").await;

    let ((), first, second) = tokio::task::block_in_place(|| {
        std::thread::scope(|scope| {
            let import = scope.spawn(|| drop(instance.import(&second)));
            let [first, second] = [(); 2].map(|()| scope.spawn(|| failed(&instance, None)));
            (
                import.join().unwrap(),
                first.join().unwrap(),
                second.join().unwrap(),
            )
        })
    });
    shutdown.cancel();
    projector.await.unwrap();

    for (broken, text) in [first, second] {
        assert_eq!(broken, [""; 0], "{text}");
    }
    let scratch: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM pg_catalog.pg_namespace WHERE starts_with(nspname, 'read_model_scratch_')",
    )
    .fetch_one(instance.pool())
    .await
    .unwrap();
    assert_eq!(scratch, 0);
}

#[tokio::test]
async fn a_consumer_that_does_not_advance_leaves_the_result_open() {
    let instance = Instance::new().await;
    let file = instance.folder.write("sample.csv", sample(100));
    instance.import(&file);
    let output = instance.run(&["check"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(75), "{text}");
    assert!(text.contains("I4  unclear"), "{text}");
    assert!(text.contains("does not advance"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_with_another_history_than_the_store_is_named() {
    let mut instance = CrashInstance::new();
    let sales = instance.write("sales.csv", sample(200));
    instance.start("up", None);
    until_ready(&instance).await;
    let imported = instance.run(&["import", "online-retail", sales.to_str().unwrap()]);
    assert!(imported.status.success(), "{imported:?}");
    let checked = instance.run(&["check"]);
    assert!(checked.status.success(), "{checked:?}");
    instance.kill("up");

    // As after restoring a copy of the database that lacks the last events.
    let owner = PgPool::connect(&instance.setting("postgres_admin_url"))
        .await
        .unwrap();
    let lose = "ALTER TABLE event_store.events DISABLE TRIGGER USER;
        DELETE FROM event_store.events WHERE position > (SELECT position - 3 FROM event_store.log_head);
        ALTER TABLE event_store.events ENABLE TRIGGER USER;
        UPDATE event_store.log_head SET position = position - 3";
    sqlx::raw_sql(lose).execute(&owner).await.unwrap();
    let checked = instance.run(&["check"]);
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(!checked.status.success(), "{said}");
    assert!(
        said.contains("another history than the store") && said.contains("3 of its events"),
        "{said}"
    );
}
