//! The relay: complete, in order, and from one leader, through all failures.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss
)]

use std::collections::{HashMap, HashSet};

use event_store::Relay;
use event_store::kafka::client_config;
use event_store::kafka::message;
use event_store::relay::RelayOptions;
use platform::config::KafkaConfig;
use rdkafka::message::Message as _;
use testkit::eventually;

use crate::log::fixture::{Fixture, RunningRelay, kafka_config, read_topic};

/// Checks invariant I3: the ids in Kafka are those in the store, and the first occurrences of each key's events are in
/// order. Also checks that a repeated message equals the first one.
pub async fn assert_topic_is_the_log(fixture: &Fixture) {
    let events = fixture.events().await;
    let messages = read_topic(&fixture.kafka, &fixture.topic).await;
    let signer = fixture.signer().await;
    let mut ids = HashSet::new();
    let mut newest_of_key: HashMap<Vec<u8>, i64> = HashMap::new();
    let mut newest_of_partition: HashMap<i32, i64> = HashMap::new();
    let mut said: HashMap<i64, (i32, i64)> = HashMap::new();
    for found in &messages {
        let received = match message::read(found, &signer) {
            Err(message::Unreadable::OtherLog) => continue,
            received => received.unwrap(),
        };
        let position = received.event.position;
        let newest = newest_of_partition.entry(found.partition()).or_default();
        assert!(
            received.prev <= *newest,
            "position {position} comes before its {}",
            received.prev
        );
        *newest = position.max(*newest);
        let first = said.entry(position).or_insert((found.partition(), received.prev));
        assert_eq!(
            *first,
            (found.partition(), received.prev),
            "position {position} says two things"
        );
        if ids.insert(received.event.event_id) {
            let newest = newest_of_key.entry(found.key().unwrap().to_vec()).or_default();
            assert!(position > *newest, "position {position} comes after {newest}");
            *newest = position;
        }
    }
    assert_eq!(ids, events.iter().map(|event| event.event_id).collect());
}

async fn cursor(fixture: &Fixture) -> (i64, i64) {
    let row = sqlx::query_as("SELECT epoch, position FROM event_store.relay WHERE topic = $1")
        .bind(&fixture.topic)
        .fetch_optional(fixture.store.pool())
        .await;
    row.unwrap().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_topic_is_the_log() {
    let mut fixture = Fixture::new().await;
    let mut relay = fixture.relay();
    fixture.append_in_background(3_000).await.unwrap();
    relay.reaches(3_000).await;
    eventually("the cursor is stored", || async {
        cursor(&fixture).await.1 == 3_000
    })
    .await;
    assert_topic_is_the_log(&fixture).await;
    relay.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_is_killed_repeatedly_misses_nothing() {
    const COUNT: i64 = 20_000;
    let mut fixture = Fixture::new().await;
    let appended = fixture.append_in_background(COUNT as usize);
    for kill_at in [1, 500, 2_000, 2_001, 7_000, 12_000] {
        let mut relay = fixture.relay();
        relay
            .until("the relay makes progress", |status| status.position >= kill_at)
            .await;
        relay.kill().await;
    }
    appended.await.unwrap();
    let mut relay = fixture.relay();
    relay.reaches(COUNT).await;
    assert_topic_is_the_log(&fixture).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_relays_one_leads_and_the_other_takes_over() {
    let mut fixture = Fixture::new().await;
    let mut first = fixture.relay();
    first.until("the first leads", |status| status.leading).await;
    let mut second = fixture.relay();
    fixture.append(500).await;
    first.reaches(500).await;
    assert!(!second.status.borrow().leading);

    first.kill().await;
    second.until("the second leads", |status| status.leading).await;
    fixture.append(500).await;
    second.reaches(1_000).await;

    assert_eq!(cursor(&fixture).await.0, 2);
    assert_topic_is_the_log(&fixture).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deposed_leader_cannot_move_the_cursor() {
    let mut fixture = Fixture::new().await;
    let mut relay = fixture.relay();
    fixture.append(10).await;
    relay.reaches(10).await;
    eventually("the cursor is stored", || async {
        cursor(&fixture).await.1 == 10
    })
    .await;
    sqlx::query("UPDATE event_store.relay SET epoch = epoch + 10, position = 4 WHERE topic = $1")
        .bind(&fixture.topic)
        .execute(fixture.database.pool())
        .await
        .unwrap();

    fixture.append(10).await;

    // It steps down, leads again in the next term, and continues from the stored cursor.
    eventually("the relay leads in a new term", || async {
        cursor(&fixture).await == (12, 20)
    })
    .await;
    let messages = read_topic(&fixture.kafka, &fixture.topic).await;
    let positions: HashSet<_> = messages.iter().filter_map(message::position).collect();
    assert_eq!(positions.len(), 20);
    assert!(messages.len() >= 26, "positions 5 to 10 are sent again");
}

#[tokio::test(flavor = "multi_thread")]
async fn losing_the_connection_to_postgres_ends_the_lead() {
    let mut fixture = Fixture::new().await;
    let mut relay = fixture.relay();
    fixture.append(10).await;
    relay.reaches(10).await;

    sqlx::query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .execute(fixture.database.pool())
    .await
    .unwrap();

    let mut writer = std::mem::take(&mut fixture.writer);
    let store = event_store::Store::new(fixture.database.app_pool().await);
    store.append(&[writer.command(&[("a", 5)])]).await.unwrap();
    relay.reaches(15).await;
    eventually("the relay leads in a new term", || async {
        cursor(&fixture).await.0 == 2
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_lost_the_topic_receives_everything_again() {
    let mut fixture = Fixture::new().await;
    let mut relay = fixture.relay();
    fixture.append(200).await;
    relay.reaches(200).await;
    relay.stop().await;
    fixture.delete_topic().await;

    let mut relay = fixture.relay();
    fixture.append(1).await;
    relay.reaches(201).await;

    assert_topic_is_the_log(&fixture).await;
    let messages = read_topic(&fixture.kafka, &fixture.topic).await;
    assert_eq!(messages.len(), 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_that_is_deleted_under_an_idle_relay_is_recreated_and_refilled() {
    let mut fixture = Fixture::new().await;
    let mut relay = fixture.relay();
    fixture.append(100).await;
    relay.reaches(100).await;

    fixture.delete_topic().await;

    relay
        .until("the relay starts over", |status| status.position < 100)
        .await;
    relay.reaches(100).await;
    assert_topic_is_the_log(&fixture).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_broker_is_down_appends_continue_and_the_lag_is_reported() {
    let mut fixture = Fixture::new().await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let away = KafkaConfig {
        brokers: listener.local_addr().unwrap().to_string(),
        ..kafka_config()
    };
    drop(listener);
    let options = RelayOptions {
        kafka: away,
        ..fixture.relay_options()
    };
    let relay = Relay::new(fixture.store.clone(), fixture.wakeup.clone(), options);
    let mut relay = RunningRelay::start(relay);
    relay.until("the relay leads", |status| status.leading).await;
    fixture.append(100).await;
    relay.stop().await;

    let mut relay = fixture.relay();
    relay.reaches(100).await;
    relay
        .until("the broker is up", |status| status.broker_up && status.lag() == 0)
        .await;
    assert_topic_is_the_log(&fixture).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_partitions_are_used_without_a_gap() {
    use rdkafka::admin::{AdminClient, AdminOptions, NewPartitions};
    use rdkafka::client::DefaultClientContext;

    let mut fixture = Fixture::new().await;
    let mut relay = fixture.relay();
    let mut follower = fixture.follow_kafka();
    fixture.append(100).await;
    relay.reaches(100).await;
    relay.stop().await;
    let admin: AdminClient<DefaultClientContext> = client_config(&fixture.kafka, "test").create().unwrap();
    let options = AdminOptions::new().operation_timeout(Some(testkit::DEADLINE));
    for result in admin
        .create_partitions(&[NewPartitions::new(&fixture.topic, 7)], &options)
        .await
        .unwrap()
    {
        result.unwrap();
    }

    let _relay = fixture.relay();
    fixture.append(100).await;

    crate::log::fixture::collect_until(&mut follower, 200).await;
}
