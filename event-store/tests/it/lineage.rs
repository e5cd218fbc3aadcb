//! A topic that holds another history than the store, as after restoring a copy of the database.

use event_store::follow::ConsumerStart;
use event_store::kafka::{lineage, log_identity};
use platform::config::{KafkaConfig, Secret32};
use schemas::envelope::RecordedEvent;
use uuid::Uuid;

use crate::log::fixture::{Fixture, Log, assert_same, collect_until, next_batch};
use crate::relay::assert_topic_is_the_log;

const TABLES: [&str; 5] = ["events", "streams", "log_head", "commands", "relay"];

/// Copies the tables of the store.
async fn back_up(fixture: &Fixture) {
    let copies =
        TABLES.map(|table| format!("CREATE TABLE backup.{table} AS SELECT * FROM event_store.{table};"));
    execute(fixture, &format!("CREATE SCHEMA backup; {}", copies.concat())).await;
}

/// Puts the copies in the place of the tables' rows.
async fn restore(fixture: &Fixture) {
    let restored = TABLES.map(|table| {
        format!(
            "DELETE FROM event_store.{table}; INSERT INTO event_store.{table} SELECT * FROM backup.{table};"
        )
    });
    let script = format!("SET session_replication_role = replica; {}", restored.concat());
    execute(fixture, &script).await;
}

async fn execute(fixture: &Fixture, script: &str) {
    let mut connection = fixture.database.pool().acquire().await.unwrap().detach();
    sqlx::raw_sql(sqlx::AssertSqlSafe(script.to_owned()))
        .execute(&mut connection)
        .await
        .unwrap();
}

async fn verified(fixture: &Fixture) -> Uuid {
    lineage::verified_log_id(&fixture.store, &fixture.kafka, &fixture.topic)
        .await
        .unwrap()
}

/// An event that was never stored, at the next position.
fn phantom(last: &RecordedEvent) -> RecordedEvent {
    RecordedEvent {
        position: last.position + 1,
        event_id: Uuid::new_v4(),
        ..last.clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_restoring_a_copy_consumers_read_the_new_history() {
    let mut fixture = Fixture::new().await;
    let mut relay = fixture.relay();
    fixture.append(40).await;
    relay.reaches(40).await;
    let mut follower = fixture.follow_kafka();
    let (_, offsets) = collect_until(&mut follower, 40).await;
    relay.stop().await;
    back_up(&fixture).await;
    let writer = fixture.writer.clone();

    let mut relay = fixture.relay();
    fixture.append(30).await;
    relay.reaches(70).await;
    relay.stop().await;
    restore(&fixture).await;
    fixture.writer = writer;
    let lost_log = log_identity(&fixture.store).await.unwrap();
    assert_eq!(lost_log.renewed_at, None);

    let start = ConsumerStart {
        position: 40,
        offsets,
    };
    let mut follower = fixture.follow(Log::Kafka, start);
    let mut relay = fixture.relay();
    fixture.append(50).await;
    let (given, _) = collect_until(&mut follower, 90).await;

    assert_same(&given, &fixture.events().await[40..]);
    relay.reaches(90).await;
    let new_log = log_identity(&fixture.store).await.unwrap();
    assert_ne!(new_log.log_id, lost_log.log_id);
    assert!(new_log.renewed_at.is_some());
    assert_topic_is_the_log(&fixture).await;
    assert_eq!(verified(&fixture).await, new_log.log_id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_that_the_store_has_written_keeps_its_log() {
    let mut fixture = Fixture::new().await;
    let log_id = log_identity(&fixture.store).await.unwrap().log_id;
    assert_eq!(verified(&fixture).await, log_id, "no topic");
    let mut publisher = fixture.publisher().await;
    assert_eq!(verified(&fixture).await, log_id, "an empty topic");

    let mut relay = fixture.relay();
    fixture.append(20).await;
    relay.reaches(20).await;
    relay.kill().await;
    // Messages that were sent after the cursor was stored, and forged ones.
    fixture.append(5).await;
    let events = fixture.events().await;
    publisher.send_all(&events[20..]).await;
    let mut forger = fixture.publisher().await;
    let other_key = KafkaConfig::new("", None, &Secret32::new([8; 32])).message_key;
    forger.signer = event_store::kafka::message::Signer::new(other_key, log_id);
    forger.send_all([&phantom(&events[24])]).await;

    assert_eq!(verified(&fixture).await, log_id);
    let mut follower = fixture.follow_kafka();
    let (given, _) = collect_until(&mut follower, 25).await;
    assert_same(&given, &events);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_that_was_signed_with_another_key_is_written_again() {
    let mut fixture = Fixture::new().await;
    let mut relay = fixture.relay();
    fixture.append(20).await;
    relay.reaches(20).await;
    relay.stop().await;
    let log_id = log_identity(&fixture.store).await.unwrap().log_id;

    fixture.kafka = KafkaConfig {
        message_key: KafkaConfig::new("", None, &Secret32::new([8; 32])).message_key,
        ..fixture.kafka.clone()
    };
    let mut follower = fixture.follow_kafka();
    collect_until(&mut follower, 20).await;
    let mut relay = fixture.relay();
    fixture.append(10).await;
    collect_until(&mut follower, 30).await;

    relay.reaches(30).await;
    assert_ne!(log_identity(&fixture.store).await.unwrap().log_id, log_id);
    assert_eq!(follower.counters().values().dead_letters, 0);
    assert_topic_is_the_log(&fixture).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_the_store_does_not_have_is_not_given() {
    let mut fixture = Fixture::new().await;
    fixture.append(10).await;
    let events = fixture.events().await;
    let mut publisher = fixture.publisher().await;
    publisher.send_all(&events).await;
    let mut follower = fixture.follow_kafka();
    let (mut given, _) = collect_until(&mut follower, 10).await;

    publisher.send_all([&phantom(&events[9])]).await;
    let waiting = tokio::time::timeout(std::time::Duration::from_secs(1), follower.next_batch(10)).await;
    assert!(waiting.is_err(), "{waiting:?}");
    fixture.append(1).await;
    given.extend(next_batch(&mut follower, 10).await.events);

    assert_same(&given, &fixture.events().await);
}
