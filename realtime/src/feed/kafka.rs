//! Follows `waybill.changes`.
//!
//! Every node reads the one partition by itself, from some minutes back: no group, no committed offset.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use platform::config::KafkaConfig;
use platform::kafka;
use platform::shutdown::Shutdown;
use rdkafka::consumer::{Consumer as _, StreamConsumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, Message as _};
use rdkafka::{Offset, TopicPartitionList};
use schemas::change::{Change, WATERMARK_KEY, Watermark};

use super::assembler::{Assembled, Assembler};
use crate::hub::Hub;

/// How long a question to the broker may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// Between attempts to reach the broker.
const RETRY_AFTER: Duration = Duration::from_millis(500);
/// Messages that are read back at least, so that a quiet topic still says where it is.
const MESSAGES_BACK_MIN: i64 = 2_000;
/// The topic's only partition.
const PARTITION: i32 = 0;

/// The topic, and how far back to begin.
#[derive(Debug, Clone)]
pub struct KafkaFeed {
    /// The broker.
    pub kafka: KafkaConfig,
    /// The topic: `schemas::topic::CHANGES`.
    pub topic: String,
    /// How far back to read at the start: as far as history reaches.
    pub fill: Duration,
    /// A position that was projected before this feed is started, e.g. the projector's checkpoint. It says
    /// where we are when the topic does not.
    pub projected_position: i64,
}

/// Why the topic cannot be read just now.
#[derive(Debug, thiserror::Error)]
pub enum KafkaFeedError {
    /// The broker or the topic.
    #[error(transparent)]
    Kafka(#[from] kafka::Error),
    /// The place where reading should go on is gone.
    #[error("messages of {topic} from offset {offset} on are lost")]
    Lost {
        /// The topic.
        topic: String,
        /// Where reading should have gone on.
        offset: i64,
    },
    /// The task that asks the broker was stopped.
    #[error("the broker was not asked")]
    Stopped(#[from] tokio::task::JoinError),
}

/// How far reading has come.
struct Progress {
    assembler: Assembler,
    next_offset: Option<i64>,
    /// The topic's end when reading began. Everything before it is history. Waiting for the end as it is now
    /// could take for ever: under load the broker always has one message more.
    fill_until: i64,
    is_filled: bool,
}

/// A part of the topic.
struct Reach {
    /// The first message to read.
    from: i64,
    /// The offset that the next message will have.
    end: i64,
}

impl KafkaFeed {
    pub(super) async fn run(self, hub: &Hub, shutdown: &Shutdown) {
        let mut progress = Progress {
            assembler: Assembler::new(),
            next_offset: None,
            fill_until: 0,
            is_filled: false,
        };
        loop {
            let error = tokio::select! {
                () = shutdown.begun() => return,
                ended = self.follow(hub, &mut progress) => ended,
            };
            tracing::warn!(%error, cause = ?std::error::Error::source(&error), "The changes cannot be read.");
            if let KafkaFeedError::Lost { .. } = error {
                progress.assembler.lose();
                progress.next_offset = None;
            }
            tokio::select! {
                () = shutdown.begun() => return,
                () = tokio::time::sleep(RETRY_AFTER) => {}
            }
        }
    }

    /// Reads until something goes wrong.
    async fn follow(&self, hub: &Hub, progress: &mut Progress) -> KafkaFeedError {
        let consumer = match self.assign(progress).await {
            Ok(consumer) => consumer,
            Err(error) => return error,
        };
        loop {
            match consumer.recv().await {
                Ok(message) => {
                    progress.next_offset = Some(message.offset() + 1);
                    self.take(hub, progress, &message).await;
                    if message.offset() + 1 >= progress.fill_until {
                        self.filled(hub, progress).await;
                    }
                }
                // Also of a topic that has nothing to read.
                Err(KafkaError::PartitionEOF(_)) => self.filled(hub, progress).await,
                Err(KafkaError::MessageConsumption(
                    RDKafkaErrorCode::AutoOffsetReset | RDKafkaErrorCode::OffsetOutOfRange,
                )) => {
                    let offset = progress.next_offset.unwrap_or(-1);
                    return KafkaFeedError::Lost {
                        topic: self.topic.clone(),
                        offset,
                    };
                }
                Err(source) => {
                    let offset = progress.next_offset.unwrap_or(-1);
                    return kafka::Error::at(&self.topic, PARTITION, offset, source).into();
                }
            }
        }
    }

    async fn take(&self, hub: &Hub, progress: &mut Progress, message: &BorrowedMessage<'_>) {
        let published_at = message
            .timestamp()
            .to_millis()
            .and_then(|millis| u64::try_from(millis).ok())
            .map_or_else(SystemTime::now, |millis| {
                UNIX_EPOCH + Duration::from_millis(millis)
            });
        let value = message.payload().unwrap_or_default();
        let assembled = if message.key() == Some(WATERMARK_KEY.as_bytes()) {
            match serde_json::from_slice::<Watermark>(value) {
                Ok(watermark) => progress.assembler.watermark(watermark.position),
                Err(error) => self.unreadable(hub, progress, message, &error),
            }
        } else {
            match serde_json::from_slice::<Change>(value) {
                Ok(change) => {
                    progress.assembler.change(change);
                    None
                }
                Err(error) => self.unreadable(hub, progress, message, &error),
            }
        };
        hub.metrics.duplicates.add(progress.assembler.take_duplicates());
        if let Some(assembled) = assembled {
            hand_over(hub, assembled, published_at).await;
        }
    }

    fn unreadable(
        &self,
        hub: &Hub,
        progress: &mut Progress,
        message: &BorrowedMessage<'_>,
        error: &serde_json::Error,
    ) -> Option<Assembled> {
        let offset = message.offset();
        tracing::error!(topic = self.topic, offset, %error, "A change cannot be read: clients refetch.");
        hub.metrics.unreadable.add(1);
        progress.assembler.unreadable();
        None
    }

    async fn filled(&self, hub: &Hub, progress: &mut Progress) {
        if std::mem::replace(&mut progress.is_filled, true) {
            return;
        }
        for assembled in progress.assembler.filled(self.projected_position) {
            hand_over(hub, assembled, SystemTime::now()).await;
        }
        hub.go_live();
    }

    /// A consumer that goes on where reading stopped, or begins some minutes back.
    async fn assign(&self, progress: &mut Progress) -> Result<StreamConsumer, KafkaFeedError> {
        let mut config = kafka::client_config(&self.kafka, "waybill-realtime");
        config
            // librdkafka wants a name; nobody joins a group and nothing is committed.
            .set("group.id", "waybill-realtime")
            .set("enable.auto.commit", "false")
            .set("auto.offset.reset", "error")
            .set("enable.partition.eof", "true")
            .set("fetch.wait.max.ms", "100")
            .set("queued.max.messages.kbytes", "16384");
        let consumer: StreamConsumer = config.create().map_err(|source| self.error(source))?;
        let consumer = Arc::new(consumer);
        let offset = if let Some(offset) = progress.next_offset {
            offset
        } else {
            let reach = self.reach(Arc::clone(&consumer)).await?;
            progress.fill_until = reach.end;
            reach.from
        };
        let mut assignment = TopicPartitionList::new();
        assignment
            .add_partition_offset(&self.topic, PARTITION, Offset::Offset(offset))
            .and_then(|()| consumer.assign(&assignment))
            .map_err(|source| self.error(source))?;
        // The task that asked has ended, so nobody else holds it.
        Arc::try_unwrap(consumer).map_err(|_| self.error(KafkaError::Canceled))
    }

    async fn reach(&self, consumer: Arc<StreamConsumer>) -> Result<Reach, KafkaFeedError> {
        let (topic, fill) = (self.topic.clone(), self.fill);
        let found = tokio::task::spawn_blocking(move || reach(&consumer, &topic, fill)).await?;
        found.map_err(|source| self.error(source))
    }

    fn error(&self, source: KafkaError) -> KafkaFeedError {
        kafka::Error::topic(&self.topic, source).into()
    }
}

/// From the first message younger than `fill`, but at least some way back, to the end.
fn reach(consumer: &StreamConsumer, topic: &str, fill: Duration) -> Result<Reach, KafkaError> {
    let (low, high) = consumer.fetch_watermarks(topic, PARTITION, ANSWER_WITHIN)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let since_ms = i64::try_from(now.saturating_sub(fill).as_millis()).unwrap_or(0);
    let mut question = TopicPartitionList::new();
    question.add_partition_offset(topic, PARTITION, Offset::Offset(since_ms))?;
    let answer = consumer.offsets_for_times(question, ANSWER_WITHIN)?;
    let by_time = match answer
        .elements()
        .first()
        .map(rdkafka::topic_partition_list::TopicPartitionListElem::offset)
    {
        Some(Offset::Offset(offset)) => offset,
        _ => high,
    };
    Ok(Reach {
        from: by_time.min(high - MESSAGES_BACK_MIN).max(low),
        end: high,
    })
}

async fn hand_over(hub: &Hub, assembled: Assembled, published_at: SystemTime) {
    match assembled {
        // After a loss the node may know more than the topic does.
        Assembled::Start(position) if hub.is_live() && position <= hub.position() => {}
        Assembled::Start(position) | Assembled::Gap(position) => hub.reset(position).await,
        Assembled::Batch(batch) => hub.publish(batch, published_at).await,
    }
}
