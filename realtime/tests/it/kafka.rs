//! The feed from a real broker: duplicates, restarts and unreadable messages.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use platform::auth::Role;
use platform::config::{KafkaConfig, Secret32};
use platform::kafka::{MessageKey, client_config};
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{FutureProducer, FutureRecord};
use realtime::{Feed, KafkaFeed};
use schemas::change::{WATERMARK_KEY, signed_parts};
use schemas::topic::header;
use serde_json::json;

use crate::support::{ADMIN, Node, ORDER, change, options};

struct Topic {
    name: String,
    producer: FutureProducer,
    /// The position of the last watermark.
    watermark: AtomicI64,
}

fn kafka_config() -> KafkaConfig {
    KafkaConfig::new(
        testkit::kafka_brokers(),
        testkit::kafka_credentials(),
        &Secret32::new([7; 32]),
    )
}

impl Topic {
    async fn create() -> Self {
        let mut config = client_config(&kafka_config(), "test");
        let admin: AdminClient<DefaultClientContext> = config.create().unwrap();
        let name = testkit::topic_name("realtime");
        let topic = NewTopic::new(&name, 1, TopicReplication::Fixed(1));
        for result in admin.create_topics(&[topic], &AdminOptions::new()).await.unwrap() {
            result.unwrap();
        }
        config.set("linger.ms", "0").set("enable.idempotence", "true");
        Self {
            name,
            producer: config.create().unwrap(),
            watermark: AtomicI64::new(0),
        }
    }

    /// Sends a message that the projector signed.
    async fn send(&self, key: &str, value: &str) {
        self.send_as(&kafka_config().message_key, options().epoch.as_str(), key, value)
            .await;
    }

    /// Sends a message that is signed with `message_key`, as one of the log `log_id`.
    async fn send_as(&self, message_key: &MessageKey, log_id: &str, key: &str, value: &str) {
        let signature = message_key.sign(&signed_parts(log_id, key, "0", value.as_bytes()));
        let signature = hex::encode(signature);
        let headers = [
            (header::POSITION, "0"),
            (header::LOG, log_id),
            (header::SIGNATURE, &signature),
        ];
        let headers = headers
            .into_iter()
            .fold(OwnedHeaders::new(), |headers, (key, value)| {
                headers.insert(Header {
                    key,
                    value: Some(value),
                })
            });
        let record = FutureRecord::to(&self.name)
            .partition(0)
            .key(key)
            .payload(value)
            .headers(headers);
        self.producer.send(record, testkit::DEADLINE).await.unwrap();
    }

    /// Sends one change of the order for each position.
    async fn changes(&self, positions: &[i64]) {
        for position in positions {
            let change = change(*position, &[ORDER], "a", &json!({}));
            self.send(ORDER, &serde_json::to_string(&change).unwrap()).await;
        }
    }

    /// Sends the watermark that follows the last one.
    async fn watermark(&self, position: i64) {
        let from = self.watermark.swap(position, Ordering::Relaxed).min(position - 1);
        self.send(WATERMARK_KEY, &watermark(from, position)).await;
    }

    async fn node(&self, projected_position: i64) -> Node {
        let feed = KafkaFeed {
            kafka: kafka_config(),
            topic: self.name.clone(),
            fill: Duration::from_mins(5),
            projected_position,
        };
        Node::with_feed(options(), Feed::Kafka(feed)).await
    }
}

fn watermark(from_position: i64, position: i64) -> String {
    json!({"from_position": from_position, "position": position}).to_string()
}

#[tokio::test]
async fn duplicates_are_delivered_once() {
    let topic = Topic::create().await;
    let node = topic.node(0).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe(ORDER).await;
    topic.changes(&[1, 2]).await;
    topic.watermark(3).await;
    // The projector crashes inside a batch, repeats it, then repeats from one batch earlier.
    topic.changes(&[4]).await;
    topic.changes(&[4, 5]).await;
    topic.watermark(5).await;
    topic.changes(&[1, 2]).await;
    topic.watermark(3).await;
    topic.changes(&[4, 5]).await;
    topic.watermark(5).await;
    topic.changes(&[6]).await;
    topic.watermark(7).await;
    assert_eq!(client.positions(5).await, [1, 2, 4, 5, 6]);
    testkit::eventually("the last position is reached", async || {
        node.realtime.position() == 7
    })
    .await;
    assert_eq!(node.realtime.metrics().duplicates, 5);
    node.stop().await;
}

#[tokio::test]
async fn changes_wait_for_their_watermark() {
    let topic = Topic::create().await;
    let node = topic.node(0).await;
    topic.changes(&[1]).await;
    topic.watermark(1).await;
    topic.changes(&[2, 3]).await;
    testkit::eventually("the first batch is received", async || {
        node.realtime.position() == 1
    })
    .await;
    topic.watermark(3).await;
    testkit::eventually("all batches are received", async || node.realtime.position() == 3).await;
    assert_eq!(node.realtime.metrics().changes, 3);
    node.stop().await;
}

#[tokio::test]
async fn a_node_that_starts_later_fills_its_history() {
    let topic = Topic::create().await;
    for position in 1..=10 {
        topic.changes(&[position]).await;
        topic.watermark(position).await;
    }
    let first = topic.node(10).await;
    let mut client = first.connect_as(Role::Admin, ADMIN).await;
    client.subscribe_since(ORDER, 4).await;
    assert_eq!(client.expect("subscribed").await["position"], 4);
    assert_eq!(client.positions(3).await, [5, 6, 7]);
    first.stop().await;
    topic.changes(&[11]).await;
    topic.watermark(11).await;
    let second = topic.node(11).await;
    let mut client = second.connect_as(Role::Admin, ADMIN).await;
    client.subscribe_since(ORDER, 7).await;
    assert_eq!(client.positions(4).await, [8, 9, 10, 11]);
    // A batch that may have started before the first message read is not trusted.
    client.subscribe_since(ORDER, 1).await;
    client.expect("resync").await;
    second.stop().await;
}

#[tokio::test]
async fn a_node_that_starts_under_load_becomes_ready() {
    let topic = Topic::create().await;
    let busy = async {
        for position in 1.. {
            topic.changes(&[position]).await;
            topic.watermark(position).await;
        }
    };
    let node = tokio::select! {
        () = busy => unreachable!("changes never end"),
        node = topic.node(0) => node,
    };
    node.stop().await;
}

#[tokio::test]
async fn an_empty_topic_starts_at_the_projected_position() {
    let topic = Topic::create().await;
    let node = topic.node(40).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe_since(ORDER, 39).await;
    assert_eq!(client.expect("resync").await["position"], 40);
    client.subscribe_since(ORDER, 40).await;
    client.expect("subscribed").await;
    // Changes up to the projected position arrive late.
    topic.changes(&[39]).await;
    topic.watermark(40).await;
    topic.changes(&[41]).await;
    topic.watermark(41).await;
    assert_eq!(client.positions(1).await, [41]);
    node.stop().await;
}

#[tokio::test]
async fn an_unreadable_message_makes_clients_resync() {
    let topic = Topic::create().await;
    let node = topic.node(0).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe(ORDER).await;
    topic.changes(&[1]).await;
    topic.send(ORDER, "{not json").await;
    topic.watermark(2).await;
    assert_eq!(client.expect("resync").await["position"], 2);
    topic.changes(&[3]).await;
    topic.watermark(3).await;
    assert_eq!(client.positions(1).await, [3]);
    assert_eq!(node.realtime.metrics().unreadable, 1);
    node.stop().await;
}

#[tokio::test]
async fn forged_messages_have_no_effect() {
    let topic = Topic::create().await;
    let node = topic.node(0).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe(ORDER).await;
    topic.changes(&[1]).await;
    topic.watermark(1).await;
    assert_eq!(client.positions(1).await, [1]);

    let other_key = MessageKey::new(&Secret32::new([8; 32]));
    let forged = serde_json::to_string(&change(2, &[ORDER], "forged", &json!({}))).unwrap();
    let end = watermark(1, 1 << 62);
    let epoch = options().epoch;
    topic.send_as(&other_key, &epoch, ORDER, &forged).await;
    topic.send_as(&other_key, &epoch, WATERMARK_KEY, &end).await;
    // Signed, but of another log.
    let own_key = kafka_config().message_key;
    topic.send_as(&own_key, "another log", ORDER, &forged).await;
    topic.send_as(&own_key, "another log", WATERMARK_KEY, &end).await;
    let unsigned = FutureRecord::to(&topic.name)
        .partition(0)
        .key(WATERMARK_KEY)
        .payload(&end);
    topic.producer.send(unsigned, testkit::DEADLINE).await.unwrap();
    topic.changes(&[3]).await;
    topic.watermark(3).await;

    assert_eq!(client.positions(1).await, [3]);
    assert_eq!(node.realtime.position(), 3);
    assert_eq!(node.realtime.metrics().unreadable, 5);
    node.stop().await;
    // A node that starts later is not misled either.
    let node = topic.node(3).await;
    assert_eq!(node.realtime.position(), 3);
    node.stop().await;
}
