//! Changes are published to the topic at least once and in order, despite crashes.

use std::collections::HashMap;
use std::time::Duration;

use platform::config::{KafkaConfig, Secret32};
use platform::kafka::client_config;
use projector::{ChangesTopic, Log, Options};
use rdkafka::Message as _;
use rdkafka::TopicPartitionList;
use rdkafka::consumer::{Consumer as _, StreamConsumer};
use rdkafka::message::Headers as _;
use schemas::change::{Change, WATERMARK_KEY, Watermark};
use testkit::{eventually, topic_name};

use super::history::{End, Life, listed, sku, start};
use super::support::{Raw, Running, World};

struct Topic {
    changes: ChangesTopic,
    consumer: StreamConsumer,
    /// The state of a realtime node: the newest watermark, and the later position of each channel.
    watermark: i64,
    newest: HashMap<String, i64>,
    /// Changes that a node would have delivered: channel and position.
    passed: Vec<(String, i64)>,
    duplicates: usize,
}

fn kafka_config() -> KafkaConfig {
    KafkaConfig::new(
        testkit::kafka_brokers(),
        testkit::kafka_credentials(),
        &Secret32::new([7; 32]),
    )
}

impl Topic {
    fn new() -> Self {
        let changes = ChangesTopic {
            kafka: kafka_config(),
            topic: topic_name("changes"),
            dead_letters_topic: topic_name("dead-letters"),
        };
        let consumer: StreamConsumer = client_config(&changes.kafka, "test")
            .set("group.id", "test")
            .set("enable.auto.commit", "false")
            .set("allow.auto.create.topics", "false")
            .set("topic.metadata.refresh.interval.ms", "200")
            .create()
            .unwrap();
        Self {
            changes,
            consumer,
            watermark: 0,
            newest: HashMap::new(),
            passed: Vec::new(),
            duplicates: 0,
        }
    }

    fn start(&self, world: &World) -> Running {
        let options = Options::new(Log::Embedded(world.wakeup())).with_changes_topic(self.changes.clone());
        world.project_with(options)
    }

    fn assign(&self, topic: &str) {
        let mut partitions = TopicPartitionList::new();
        partitions
            .add_partition_offset(topic, 0, rdkafka::Offset::Beginning)
            .unwrap();
        self.consumer.assign(&partitions).unwrap();
    }

    /// Waits until the stored cursor has reached `position`.
    async fn published(&self, world: &World, position: i64) {
        eventually("the cursor is stored", || async {
            let cursor: Option<i64> =
                sqlx::query_scalar("SELECT position FROM read_model.publications WHERE topic = $1")
                    .bind(&self.changes.topic)
                    .fetch_optional(&world.pool)
                    .await
                    .unwrap();
            cursor == Some(position)
        })
        .await;
    }

    /// Reads until the watermark has reached `position`.
    async fn read_to(&mut self, position: i64) {
        while self.watermark < position {
            let message = tokio::time::timeout(Duration::from_secs(30), self.consumer.recv()).await;
            let message = match message.expect("the watermark comes within the deadline") {
                Ok(message) => message.detach(),
                Err(rdkafka::error::KafkaError::MessageConsumption(code)) => {
                    eprintln!("not yet: {code}");
                    continue;
                }
                Err(error) => panic!("{error}"),
            };
            let key = message.key().unwrap().to_vec();
            let value = message.payload().unwrap();
            if key == WATERMARK_KEY.as_bytes() {
                let watermark: Watermark = serde_json::from_slice(value).unwrap();
                if watermark.position > self.watermark {
                    self.watermark = watermark.position;
                    self.newest.clear();
                }
            } else {
                self.take(serde_json::from_slice(value).unwrap());
            }
        }
    }

    /// Drops repetitions by the same rule as a node.
    fn take(&mut self, change: Change) {
        for channel in change.channels {
            let known = self
                .newest
                .get(&channel)
                .copied()
                .unwrap_or_default()
                .max(self.watermark);
            if change.position <= known {
                self.duplicates += 1;
            } else {
                self.newest.insert(channel.clone(), change.position);
                self.passed.push((channel, change.position));
            }
        }
    }

    /// Asserts that each change in the table was delivered once, in order.
    async fn assert_complete(&self, world: &World) {
        let batches: Vec<sqlx::types::Json<Vec<Change>>> =
            sqlx::query_scalar("SELECT changes FROM read_model.changes ORDER BY to_position")
                .fetch_all(&world.pool)
                .await
                .unwrap();
        let all = batches.into_iter().flat_map(|batch| batch.0);
        let expected: Vec<(String, i64)> = all
            .flat_map(|change| {
                change
                    .channels
                    .into_iter()
                    .map(move |channel| (channel, change.position))
            })
            .collect();
        assert_eq!(self.passed, expected);
    }
}

async fn append_lives(world: &mut World, numbers: std::ops::Range<u128>) -> i64 {
    let mut position = 0;
    for number in numbers {
        position = world
            .append(&Life::new(number, &[(0, 1), (1, 2)], End::Refunded).events())
            .await;
    }
    position
}

#[tokio::test]
async fn each_change_is_published_once_and_in_order() {
    let mut world = World::create().await;
    let mut topic = Topic::new();
    let running = topic.start(&world);
    world.append(&listed(0)).await;
    world.append(&listed(1)).await;
    let position = append_lives(&mut world, 1..30).await;
    world.projected(position).await;
    topic.assign(&topic.changes.topic);
    topic.read_to(position).await;
    running.stop().await;
    assert_eq!(topic.duplicates, 0);
    topic.assert_complete(&world).await;
}

#[tokio::test]
async fn a_crash_between_commit_and_publishing_neither_loses_nor_duplicates_changes() {
    let mut world = World::create().await;
    let mut topic = Topic::new();
    world.append(&listed(0)).await;
    world.append(&listed(1)).await;
    let first = topic.start(&world);
    let position = append_lives(&mut world, 1..10).await;
    topic.published(&world, position).await;
    // Killed before it could publish the commit, or store how far it published.
    first.kill().await;
    // Another process commits batches without publishing them.
    append_lives(&mut world, 10..20).await;
    world.project_all().await;
    sqlx::query("UPDATE read_model.publications SET position = position / 2")
        .execute(&world.pool)
        .await
        .unwrap();
    let second = topic.start(&world);
    let position = append_lives(&mut world, 20..25).await;
    world.projected(position).await;
    topic.assign(&topic.changes.topic);
    topic.read_to(position).await;
    second.stop().await;
    topic.assert_complete(&world).await;
    assert!(topic.duplicates > 0, "some changes were published twice");
}

#[tokio::test]
async fn without_a_broker_the_read_models_continue_and_the_changes_follow_later() {
    let mut world = World::create().await;
    let mut topic = Topic::new();
    let mut away = topic.changes.clone();
    away.kafka.brokers = "127.0.0.1:1".to_owned();
    world.append(&listed(0)).await;
    world.append(&listed(1)).await;
    let position = append_lives(&mut world, 1..5).await;
    let options = Options::new(Log::Embedded(world.wakeup())).with_changes_topic(away);
    let running = world.project_with(options);
    world.projected(position).await;
    running.stop().await;
    let running = topic.start(&world);
    topic.assign(&topic.changes.topic);
    topic.read_to(position).await;
    running.stop().await;
    topic.assert_complete(&world).await;
}

#[tokio::test]
async fn following_kafka_projects_the_same_rows() {
    let mut world = World::create().await;
    world.append(&listed(0)).await;
    world.append(&listed(1)).await;
    let position = append_lives(&mut world, 1..5).await;
    let options = event_store::follow::KafkaFollowerOptions {
        kafka: kafka_config(),
        // No relay runs: all events are read from the store.
        topic: topic_name("events"),
        group: topic_name("projector"),
        dead_letters: None,
    };
    let running = world.project_with(Options::new(Log::Kafka(options, world.wakeup())));
    world.projected(position).await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn a_poison_event_is_published_once_to_the_dead_letter_topic() {
    let mut world = World::create().await;
    let topic = Topic::new();
    let raw = Raw {
        stream_id: domain::StreamId::Product(sku(0)),
        key: sku(0).to_string(),
        event_type: "ProductPriceChanged",
        schema_version: 1,
        payload: r#"{"a":1}"#.to_owned(),
    };
    world.append(&listed(0)).await;
    let poison = world.append_raw(vec![(raw, start())]).await;
    world.append(&listed(1)).await;
    let running = topic.start(&world);
    eventually("every projection's letter is noted as sent", || async {
        let sent = "SELECT COUNT(*) > 0 AND COUNT(*) = (SELECT COUNT(*) FROM read_model.checkpoints) \
                    FROM read_model.dead_letters WHERE state = 'poison' AND published";
        sqlx::query_scalar::<_, bool>(sent)
            .fetch_one(&world.pool)
            .await
            .unwrap()
    })
    .await;
    running.stop().await;
    topic.assign(&topic.changes.dead_letters_topic);
    let letter = tokio::time::timeout(Duration::from_secs(30), topic.consumer.recv()).await;
    let letter = letter
        .expect("a letter comes within the deadline")
        .unwrap()
        .detach();
    assert_eq!(letter.payload().unwrap(), br#"{"a":1}"#);
    let header = |name: &str| {
        let found = letter.headers().unwrap().iter().find(|header| header.key == name);
        String::from_utf8(found.unwrap().value.unwrap().to_vec()).unwrap()
    };
    assert_eq!(header("waybill_dead_offset"), poison.to_string());
    assert!(header("waybill_dead_error").contains("ProductPriceChanged"));
    let (_, high) = topic
        .consumer
        .fetch_watermarks(&topic.changes.dead_letters_topic, 0, Duration::from_secs(10))
        .unwrap();
    assert_eq!(high, 1, "one letter, however many projections park it");
}
