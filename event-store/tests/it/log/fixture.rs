//! A store with its own topic, and the writers, relays, publishers and followers that use it.

use std::collections::HashMap;
use std::time::Duration;

use event_store::follow::{ConsumerStart, EventBatch, KafkaFollowerOptions, KafkaOffsets};
use event_store::kafka::message::{self, Signer};
use event_store::kafka::{self, TopicSpec, client_config, ensure_topic};
use event_store::relay::{RelayOptions, RelayStatus};
use event_store::wakeup::EVENTS_NOTIFICATION;
use event_store::{Append, Follower, Outcome, Relay, Store, Wakeup};
use platform::config::{KafkaConfig, Secret32};
use rdkafka::admin::{AdminClient, AdminOptions};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaResult;
use rdkafka::message::OwnedMessage;
use rdkafka::producer::{FutureProducer, FutureRecord};
use rdkafka::{Offset, TopicPartitionList};
use schemas::envelope::RecordedEvent;
use testkit::{DEADLINE, TestDatabase, topic_name};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::support::{Writer, store};

pub const PARTITIONS: i32 = 4;

/// The followed log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    Embedded,
    Kafka,
}

pub struct Fixture {
    pub database: TestDatabase,
    pub store: Store,
    pub wakeup: Wakeup,
    pub kafka: KafkaConfig,
    pub topic: String,
    pub dead_letters: String,
    pub writer: Writer,
}

/// The broker of the tests.
pub fn kafka_config() -> KafkaConfig {
    KafkaConfig::new(
        testkit::kafka_brokers(),
        testkit::kafka_credentials(),
        &Secret32::new([7; 32]),
    )
}

impl Fixture {
    pub async fn new() -> Self {
        let (database, store) = store().await;
        let wakeup = Wakeup::listen(store.pool(), EVENTS_NOTIFICATION);
        let topic = topic_name("it.events");
        Self {
            database,
            store,
            wakeup,
            kafka: kafka_config(),
            dead_letters: format!("{topic}.dead-letters"),
            topic,
            writer: Writer::default(),
        }
    }

    /// Appends one event to each of `count` streams in turn, in one batch.
    pub async fn append(&mut self, count: usize) {
        let head = usize::try_from(self.store.head().await.unwrap()).unwrap();
        let batch: Vec<_> = (head..head + count)
            .map(|number| self.writer.command(&[(&format!("stream-{}", number % 17), 1)]))
            .collect();
        append(&self.store, &batch).await;
    }

    /// Starts a task that appends `count` events in batches of different sizes. Nothing else may append meanwhile.
    pub fn append_in_background(&mut self, count: usize) -> JoinHandle<()> {
        let store = self.store.clone();
        let mut writer = std::mem::take(&mut self.writer);
        tokio::spawn(async move {
            let mut written = 0;
            while written < count {
                let size = (written % 37 + 1).min(count - written);
                let batch: Vec<_> = (written..written + size)
                    .map(|number| writer.command(&[(&format!("stream-{}", number % 17), 1)]))
                    .collect();
                append(&store, &batch).await;
                written += size;
            }
        })
    }

    pub async fn events(&self) -> Vec<RecordedEvent> {
        self.store.read(0, 1_000_000).await.unwrap()
    }

    pub fn relay_options(&self) -> RelayOptions {
        RelayOptions {
            kafka: self.kafka.clone(),
            topic: self.topic.clone(),
            partition_count: PARTITIONS,
            linger_ms: 1,
        }
    }

    pub fn relay(&self) -> RunningRelay {
        RunningRelay::start(Relay::new(
            self.store.clone(),
            self.wakeup.clone(),
            self.relay_options(),
        ))
    }

    /// Starts a relay if the log needs one.
    pub fn relay_for(&self, log: Log) -> Option<RunningRelay> {
        (log == Log::Kafka).then(|| self.relay())
    }

    pub fn follower_options(&self) -> KafkaFollowerOptions {
        KafkaFollowerOptions {
            kafka: self.kafka.clone(),
            topic: self.topic.clone(),
            group: format!("{}.group", self.topic),
            dead_letters: Some(self.dead_letters.clone()),
        }
    }

    pub fn follow(&self, log: Log, start: ConsumerStart) -> Follower {
        match log {
            Log::Embedded => Follower::embedded(self.store.clone(), &self.wakeup, start.position),
            Log::Kafka => Follower::kafka(self.follower_options(), self.store.clone(), &self.wakeup, start),
        }
    }

    /// Follows Kafka from the start.
    pub fn follow_kafka(&self) -> Follower {
        self.follow(Log::Kafka, ConsumerStart::default())
    }

    /// A publisher of handmade messages on the topic, without a relay.
    pub async fn publisher(&self) -> Publisher {
        let spec = TopicSpec {
            name: &self.topic,
            partition_count: PARTITIONS,
            retention: None,
        };
        ensure_topic(&self.kafka, &spec).await.unwrap();
        Publisher::new(self).await
    }

    /// The signer of the log's messages.
    pub async fn signer(&self) -> Signer {
        let log_id = kafka::log_id(&self.store).await.unwrap();
        Signer::new(self.kafka.message_key.clone(), log_id)
    }

    pub async fn delete_topic(&self) {
        delete_topics(&self.kafka, &[&self.topic]).await;
    }
}

async fn append(store: &Store, batch: &[Append]) {
    let outcomes = store.append(batch).await.unwrap();
    assert!(
        outcomes
            .iter()
            .all(|outcome| matches!(outcome, Outcome::Appended { .. })),
        "{outcomes:?}"
    );
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let topic = self.topic.clone();
        let dead_letters = self.dead_letters.clone();
        // Drop cannot await, and the test's runtime may be ending.
        let deleted = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(delete_topics(&kafka_config(), &[&topic, &dead_letters]));
        });
        let _ = deleted.join();
    }
}

async fn delete_topics(kafka: &KafkaConfig, topics: &[&str]) {
    let admin: AdminClient<DefaultClientContext> = client_config(kafka, "test").create().unwrap();
    let options = AdminOptions::new().operation_timeout(Some(Duration::from_secs(5)));
    let _ = admin.delete_topics(topics, &options).await;
}

/// A relay in its own task, aborted when this is dropped.
pub struct RunningRelay {
    pub status: watch::Receiver<RelayStatus>,
    task: JoinHandle<()>,
    shutdown: CancellationToken,
}

impl RunningRelay {
    pub fn start(relay: Relay) -> Self {
        let shutdown = CancellationToken::new();
        let status = relay.status();
        Self {
            status,
            task: tokio::spawn(relay.run(shutdown.clone())),
            shutdown,
        }
    }

    /// Aborts it at whatever point it has reached.
    pub async fn kill(mut self) {
        self.task.abort();
        let _ = (&mut self.task).await;
    }

    /// Shuts it down gracefully.
    pub async fn stop(mut self) {
        self.shutdown.cancel();
        (&mut self.task).await.unwrap();
    }

    pub async fn reaches(&mut self, position: i64) {
        self.until("the relay catches up", |status| status.position >= position)
            .await;
    }

    pub async fn until(&mut self, what: &str, condition: impl FnMut(&RelayStatus) -> bool) {
        let reached = tokio::time::timeout(DEADLINE, self.status.wait_for(condition)).await;
        reached
            .unwrap_or_else(|_| panic!("timed out after {DEADLINE:?}: {what}"))
            .unwrap();
    }
}

impl Drop for RunningRelay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Publishes handmade messages, by default the same as the relay's.
pub struct Publisher {
    producer: FutureProducer,
    topic: String,
    pub signer: Signer,
    prev: HashMap<i32, i64>,
}

impl Publisher {
    async fn new(fixture: &Fixture) -> Self {
        let producer = client_config(&fixture.kafka, "test")
            .set("enable.idempotence", "true")
            .set("linger.ms", "0")
            .create()
            .unwrap();
        Self {
            producer,
            topic: fixture.topic.clone(),
            signer: fixture.signer().await,
            prev: HashMap::new(),
        }
    }

    pub fn partition(event: &RecordedEvent) -> i32 {
        schemas::topic::partition(&event.partition_key, PARTITIONS)
    }

    /// Counts `event` as sent, and returns the position sent before it on its partition.
    pub fn advance(&mut self, event: &RecordedEvent) -> i64 {
        self.prev
            .insert(Self::partition(event), event.position)
            .unwrap_or(0)
    }

    /// Builds the event's message.
    pub fn draft(&mut self, event: &RecordedEvent) -> Draft {
        let prev = self.advance(event);
        Draft {
            partition: Self::partition(event),
            key: Some(event.partition_key.clone().into_bytes()),
            payload: Some(event.payload.get().as_bytes().to_vec()),
            headers: message::headers(event, prev, &self.signer),
        }
    }

    /// Sends a message and returns its offset.
    pub async fn send(&self, draft: Draft) -> i64 {
        let mut record = FutureRecord::<[u8], [u8]>::to(&self.topic)
            .partition(draft.partition)
            .headers(draft.headers);
        if let Some(key) = &draft.key {
            record = record.key(key);
        }
        if let Some(payload) = &draft.payload {
            record = record.payload(payload);
        }
        self.producer.send(record, DEADLINE).await.unwrap().offset
    }

    pub async fn send_all<'a>(&mut self, events: impl IntoIterator<Item = &'a RecordedEvent>) {
        for event in events {
            let draft = self.draft(event);
            self.send(draft).await;
        }
    }
}

/// A message before it is sent.
#[derive(Debug, Clone)]
pub struct Draft {
    pub partition: i32,
    pub key: Option<Vec<u8>>,
    pub payload: Option<Vec<u8>>,
    pub headers: rdkafka::message::OwnedHeaders,
}

/// Follows until `position`, and checks that the positions are contiguous.
pub async fn collect_until(follower: &mut Follower, position: i64) -> (Vec<RecordedEvent>, KafkaOffsets) {
    let mut events: Vec<RecordedEvent> = Vec::new();
    let mut offsets = KafkaOffsets::default();
    while follower.position() < position {
        let expected = follower.position() + 1;
        let batch = next_batch(follower, 100).await;
        for (expected, event) in (expected..).zip(&batch.events) {
            assert_eq!(event.position, expected);
        }
        events.extend(batch.events);
        offsets = batch.offsets;
    }
    (events, offsets)
}

pub async fn next_batch(follower: &mut Follower, events_max: usize) -> EventBatch {
    let batch = tokio::time::timeout(DEADLINE, follower.next_batch(events_max)).await;
    let batch = batch.expect("a batch comes in time").unwrap();
    assert!(!batch.events.is_empty() && batch.events.len() <= events_max);
    assert_eq!(batch.position(), follower.position());
    batch
}

pub fn assert_same(given: &[RecordedEvent], stored: &[RecordedEvent]) {
    assert_eq!(given.len(), stored.len());
    for (given, stored) in given.iter().zip(stored) {
        // `RawValue` does not implement `PartialEq`.
        assert_eq!(format!("{given:?}"), format!("{stored:?}"));
    }
}

/// Reads all messages of a topic with a plain client, in the order of each partition. Empty if the topic does not
/// exist.
pub async fn read_topic(kafka: &KafkaConfig, topic: &str) -> Vec<OwnedMessage> {
    let (kafka, topic) = (kafka.clone(), topic.to_owned());
    let read = tokio::task::spawn_blocking(move || read_topic_now(&kafka, &topic))
        .await
        .unwrap();
    read.unwrap_or_default()
}

fn read_topic_now(kafka: &KafkaConfig, topic: &str) -> KafkaResult<Vec<OwnedMessage>> {
    let consumer: BaseConsumer = client_config(kafka, "test")
        .set("group.id", "plain")
        .set("enable.auto.commit", "false")
        .create()?;
    let metadata = consumer.fetch_metadata(Some(topic), DEADLINE)?;
    let mut assignment = TopicPartitionList::new();
    let mut left = 0;
    for partition in metadata.topics()[0].partitions() {
        let (low, high) = consumer.fetch_watermarks(topic, partition.id(), DEADLINE)?;
        left += high - low;
        assignment.add_partition_offset(topic, partition.id(), Offset::Beginning)?;
    }
    consumer.assign(&assignment)?;
    let mut messages = Vec::new();
    while left > 0 {
        let message = consumer
            .poll(DEADLINE)
            .expect("the topic has what its watermarks say")?;
        messages.push(message.detach());
        left -= 1;
    }
    Ok(messages)
}
