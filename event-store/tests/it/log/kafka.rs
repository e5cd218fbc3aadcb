//! Faults of the broker and of other writers to the topic, which must be invisible to consumers.

use std::time::{Duration, Instant};

use event_store::follow::ConsumerStart;
use event_store::kafka::client_config;
use event_store::kafka::message::{self, Signer};
use platform::config::KafkaConfig;
use rdkafka::message::Message as _;
use testkit::eventually;

use super::fixture::{
    Fixture, Log, Publisher, assert_same, collect_until, kafka_config, next_batch, read_topic,
};

#[tokio::test(flavor = "multi_thread")]
async fn messages_in_order_are_read_from_kafka_only() {
    let mut fixture = Fixture::new().await;
    fixture.append(200).await;
    let events = fixture.events().await;
    fixture.publisher().await.send_all(&events).await;
    let mut follower = fixture.follow_kafka();

    let (given, offsets) = collect_until(&mut follower, 200).await;

    assert_same(&given, &events);
    let counters = follower.counters().values();
    assert_eq!((counters.from_kafka, counters.from_store), (200, 0));
    let next: i64 = offsets.iter().map(|(_, offset)| offset).sum();
    assert_eq!(next, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn duplicates_are_skipped_and_counted() {
    let mut fixture = Fixture::new().await;
    fixture.append(50).await;
    let events = fixture.events().await;
    let mut publisher = fixture.publisher().await;
    for event in &events {
        let draft = publisher.draft(event);
        publisher.send(draft.clone()).await;
        publisher.send(draft).await;
    }
    let mut follower = fixture.follow_kafka();

    let (given, _) = collect_until(&mut follower, 50).await;

    assert_same(&given, &events);
    let counters = follower.counters();
    // The last duplicate may come after the last event.
    let mut waiting = tokio::spawn(async move { follower.next_batch(10).await });
    eventually("all duplicates are counted", || async {
        counters.values().duplicates >= 50
    })
    .await;
    waiting.abort();
    assert!((&mut waiting).await.unwrap_err().is_cancelled());
    // On a busy machine, some may be read from the store because they are late.
    let values = counters.values();
    assert!(values.from_kafka > values.from_store, "{values:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_missing_is_read_from_the_store_at_once() {
    let mut fixture = Fixture::new().await;
    fixture.append(60).await;
    let events = fixture.events().await;
    let mut publisher = fixture.publisher().await;
    for event in &events {
        if [1, 20, 21, 22, 40].contains(&event.position) {
            publisher.advance(event);
        } else {
            let draft = publisher.draft(event);
            publisher.send(draft).await;
        }
    }
    let mut follower = fixture.follow_kafka();

    let (given, _) = collect_until(&mut follower, 60).await;

    assert_same(&given, &events);
    let counters = follower.counters().values();
    assert!(counters.refills > 0 && counters.from_store >= 5, "{counters:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_truncated_tail_is_read_from_the_store() {
    let mut fixture = Fixture::new().await;
    fixture.append(40).await;
    let events = fixture.events().await;
    fixture.publisher().await.send_all(&events[..30]).await;
    let mut follower = fixture.follow_kafka();

    let (given, _) = collect_until(&mut follower, 40).await;

    assert_same(&given, &events);
    assert_eq!(follower.counters().values().from_store, 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn partitions_that_run_ahead_of_each_other_are_merged() {
    let mut fixture = Fixture::new().await;
    fixture.append(400).await;
    let events = fixture.events().await;
    let mut publisher = fixture.publisher().await;
    let mut follower = fixture.follow_kafka();
    let following = tokio::spawn(async move { collect_until(&mut follower, 400).await });
    for partition in (0..super::fixture::PARTITIONS).rev() {
        let of_partition = events
            .iter()
            .filter(|event| Publisher::partition(event) == partition);
        publisher.send_all(of_partition).await;
    }

    assert_same(&following.await.unwrap().0, &events);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_between_partitions_that_run_ahead_repeats_and_skips_nothing() {
    let mut fixture = Fixture::new().await;
    fixture.append(400).await;
    let events = fixture.events().await;
    let mut publisher = fixture.publisher().await;
    for partition in (0..super::fixture::PARTITIONS).rev() {
        let of_partition = events
            .iter()
            .filter(|event| Publisher::partition(event) == partition);
        publisher.send_all(of_partition).await;
    }
    let mut start = ConsumerStart::default();
    let mut given = Vec::new();
    while start.position < 400 {
        let mut follower = fixture.follow(Log::Kafka, start.clone());
        let batch = next_batch(&mut follower, 30).await;
        start = ConsumerStart {
            position: batch.position(),
            offsets: batch.offsets,
        };
        given.extend(batch.events);
    }

    assert_same(&given, &events);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_of_another_database_are_ignored() {
    let mut fixture = Fixture::new().await;
    fixture.append(30).await;
    let events = fixture.events().await;
    let mut publisher = fixture.publisher().await;
    let mut other = Fixture::new().await;
    other.append(50).await;
    let theirs = other.events().await;
    // Databases that were copied from one template have one log id.
    let other_log = Signer::new(other.kafka.message_key.clone(), uuid::Uuid::new_v4());
    for event in &theirs {
        let mut draft = publisher.draft(event);
        draft.headers = message::headers(event, 0, &other_log);
        publisher.send(draft).await;
    }
    let mut publisher = fixture.publisher().await;
    publisher.send_all(&events).await;
    let mut follower = fixture.follow_kafka();

    let (given, _) = collect_until(&mut follower, 30).await;

    assert_same(&given, &events);
    let counters = follower.counters().values();
    assert_eq!(counters.dead_letters, 0);
    assert!(counters.other_log > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_that_is_deleted_and_recreated_is_followed_again() {
    let mut fixture = Fixture::new().await;
    let mut relay = fixture.relay();
    let mut follower = fixture.follow_kafka();
    fixture.append(300).await;
    let (mut given, _) = collect_until(&mut follower, 300).await;
    relay.reaches(300).await;

    fixture.delete_topic().await;
    for head in [350, 400, 450, 500] {
        fixture.append(50).await;
        given.extend(collect_until(&mut follower, head).await.0);
    }
    assert_same(&given, &fixture.events().await);

    eventually("the relay has published everything again", || async {
        let messages = read_topic(&fixture.kafka, &fixture.topic).await;
        let mut positions: Vec<_> = messages.iter().filter_map(message::position).collect();
        positions.sort_unstable();
        positions.dedup();
        positions.len() == 500
    })
    .await;
    let counters = follower.counters();
    let before = counters.values().from_kafka;
    let mut head = 500;
    let deadline = Instant::now() + testkit::DEADLINE;
    while counters.values().from_kafka == before {
        assert!(
            Instant::now() < deadline,
            "Kafka is never followed again: {:?}",
            counters.values()
        );
        fixture.append(1).await;
        head += 1;
        given.extend(collect_until(&mut follower, head).await.0);
    }
    assert_same(&given, &fixture.events().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_whose_broker_is_down_follows_the_store() {
    let mut fixture = Fixture::new().await;
    // A port without a listener.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    fixture.kafka = KafkaConfig {
        brokers: listener.local_addr().unwrap().to_string(),
        ..kafka_config()
    };
    drop(listener);
    fixture.append(100).await;
    let mut follower = fixture.follow_kafka();
    let (mut given, _) = collect_until(&mut follower, 100).await;

    // The follower has switched to the store, and follows it without delay.
    let started = Instant::now();
    for head in 101..=120 {
        fixture.append(1).await;
        given.extend(collect_until(&mut follower, head).await.0);
    }
    // A follower that asked the broker first would take seconds for each.
    assert!(started.elapsed() < Duration::from_secs(30));

    assert_same(&given, &fixture.events().await);
    assert_eq!(follower.counters().values().from_kafka, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_far_behind_catches_up_within_its_buffer() {
    const COUNT: usize = 60_000;
    let mut fixture = Fixture::new().await;
    let mut relay = fixture.relay();
    for _ in 0..COUNT / 2_000 {
        fixture.append(2_000).await;
    }
    relay.reaches(COUNT as i64).await;
    let mut follower = fixture.follow_kafka();

    let (given, _) = collect_until(&mut follower, COUNT as i64).await;

    assert_eq!(given.len(), COUNT);
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_is_visible_in_kafkas_own_tools() {
    use rdkafka::consumer::{BaseConsumer, Consumer};

    let mut fixture = Fixture::new().await;
    fixture.append(40).await;
    fixture.publisher().await.send_all(&fixture.events().await).await;
    let mut follower = fixture.follow_kafka();
    collect_until(&mut follower, 40).await;
    let _waiting = tokio::spawn(async move { follower.next_batch(1).await });
    let consumer: BaseConsumer = client_config(&fixture.kafka, "test")
        .set("group.id", format!("{}.group", fixture.topic))
        .create()
        .unwrap();

    eventually("the group's offsets are those of the messages", || async {
        let mut partitions = rdkafka::TopicPartitionList::new();
        partitions.add_partition_range(&fixture.topic, 0, super::fixture::PARTITIONS - 1);
        let committed = consumer.committed_offsets(partitions, Duration::from_secs(5));
        let Ok(committed) = committed else { return false };
        let sum: i64 = committed
            .elements()
            .iter()
            .filter_map(|element| element.offset().to_raw())
            .sum();
        sum == 40
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_equals_its_event_in_the_store() {
    let mut fixture = Fixture::new().await;
    let mut relay = fixture.relay();
    fixture.append(5).await;
    relay.reaches(5).await;
    let events = fixture.events().await;

    let messages = read_topic(&fixture.kafka, &fixture.topic).await;

    assert_eq!(messages.len(), 5);
    for message in messages {
        let position = message::position(&message).unwrap();
        let event = &events[usize::try_from(position - 1).unwrap()];
        assert_eq!(message.payload().unwrap(), event.payload.get().as_bytes());
        assert_eq!(message.key().unwrap(), event.partition_key.as_bytes());
        assert_eq!(message.partition(), Publisher::partition(event));
        assert_eq!(
            message.timestamp().to_millis(),
            Some(event.recorded_at.timestamp_millis())
        );
    }
}
