//! Follows `waybill.changes`.
//!
//! Every node reads the only partition by itself, starting some minutes back, without a consumer group and without
//! committed offsets.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use platform::config::KafkaConfig;
use platform::kafka::{self, SIGNATURE_LEN};
use platform::shutdown::Shutdown;
use rdkafka::consumer::{Consumer as _, StreamConsumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, Headers as _, Message as _};
use rdkafka::{Offset, TopicPartitionList};
use schemas::change::{Change, WATERMARK_KEY, Watermark, signed_parts};
use schemas::topic::header;

use super::assembler::{Assembled, Assembler};
use crate::hub::Hub;

/// Timeout of a request to the broker.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);
/// The delay between attempts to reach the broker.
const RETRY_AFTER: Duration = Duration::from_millis(500);
/// Minimum number of messages to go back, so that a quiet topic has watermarks, too.
const MESSAGES_BACK_MIN: i64 = 2_000;
/// The topic's only partition.
const PARTITION: i32 = 0;

/// The topic, and how far back to start.
#[derive(Debug, Clone)]
pub struct KafkaFeed {
    /// The broker.
    pub kafka: KafkaConfig,
    /// The topic: `schemas::topic::CHANGES`.
    pub topic: String,
    /// The time to go back: the maximum age of history.
    pub fill: Duration,
    /// A position that was projected before this feed starts, e.g. the projector's checkpoint. Used when the topic has
    /// no watermark to start from.
    pub projected_position: i64,
}

/// Errors of reading the topic.
#[derive(Debug, thiserror::Error)]
pub enum KafkaFeedError {
    /// The broker or the topic failed.
    #[error(transparent)]
    Kafka(#[from] kafka::Error),
    /// The messages at which reading should continue have been deleted.
    #[error("messages of {topic} from offset {offset} on have been deleted")]
    Lost {
        /// The topic.
        topic: String,
        /// The offset at which reading should continue.
        offset: i64,
    },
    /// The task of the request was stopped.
    #[error("the request to the broker was stopped")]
    Stopped(#[from] tokio::task::JoinError),
}

/// The state of reading, kept across reconnects.
struct Progress {
    assembler: Assembler,
    next_offset: Option<i64>,
    /// The end of the topic when reading started; history is filled when it is reached. The current end might never be
    /// reached under load.
    fill_until: i64,
    is_filled: bool,
    /// Messages that were skipped because they are not authentic.
    skipped: u64,
}

/// The part of the topic that fills history.
struct FillRange {
    /// The first message to read.
    from: i64,
    /// The offset of the next message to be written.
    end: i64,
}

impl KafkaFeed {
    pub(super) async fn run(self, hub: &Hub, shutdown: &Shutdown) {
        let mut progress = Progress {
            assembler: Assembler::new(),
            next_offset: None,
            fill_until: 0,
            is_filled: false,
            skipped: 0,
        };
        loop {
            let error = tokio::select! {
                () = shutdown.begun() => return,
                ended = self.follow(hub, &mut progress) => ended,
            };
            tracing::warn!(%error, cause = ?std::error::Error::source(&error), "The changes could not be read; trying again.");
            if let KafkaFeedError::Lost { .. } = error {
                progress.assembler.restart();
                progress.next_offset = None;
            }
            tokio::select! {
                () = shutdown.begun() => return,
                () = tokio::time::sleep(RETRY_AFTER) => {}
            }
        }
    }

    /// Reads until an error.
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
                // Also reported for an empty topic.
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
        let Some(value) = self.authentic_value(&hub.options.epoch, message) else {
            progress.skipped += 1;
            hub.metrics.unreadable.add(1);
            // Whoever writes such messages must not fill the log, too.
            if progress.skipped.is_power_of_two() {
                tracing::warn!(
                    topic = self.topic,
                    offset = message.offset(),
                    skipped = progress.skipped,
                    "A message is forged, or of another log; it is skipped."
                );
            }
            return;
        };
        let assembled = if message.key() == Some(WATERMARK_KEY.as_bytes()) {
            match serde_json::from_slice::<Watermark>(value) {
                Ok(watermark) => progress.assembler.watermark(watermark),
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

    /// Returns the value of a message that a projector of the log has signed.
    fn authentic_value<'m>(&self, log_id: &str, message: &'m BorrowedMessage<'_>) -> Option<&'m [u8]> {
        let headers = message.headers()?;
        let text = |name| {
            let header = headers.iter().find(|header| header.key == name)?;
            std::str::from_utf8(header.value?).ok()
        };
        if text(header::LOG)? != log_id {
            return None;
        }
        let signature: [u8; SIGNATURE_LEN] = hex::FromHex::from_hex(text(header::SIGNATURE)?).ok()?;
        let key = std::str::from_utf8(message.key()?).ok()?;
        let value = message.payload()?;
        let signed = signed_parts(log_id, key, text(header::POSITION)?, value);
        self.kafka
            .message_key
            .verifies(&signed, &signature)
            .then_some(value)
    }

    fn unreadable(
        &self,
        hub: &Hub,
        progress: &mut Progress,
        message: &BorrowedMessage<'_>,
        error: &serde_json::Error,
    ) -> Option<Assembled> {
        let offset = message.offset();
        tracing::error!(topic = self.topic, offset, %error, "A change could not be read: every client reads its rows again.");
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

    /// Creates a consumer that continues where reading stopped, or starts some minutes back.
    async fn assign(&self, progress: &mut Progress) -> Result<StreamConsumer, KafkaFeedError> {
        let mut config = kafka::client_config(&self.kafka, "waybill-realtime");
        config
            // librdkafka requires a group id; no group is joined and nothing is committed.
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
            let range = self.fill_range(Arc::clone(&consumer)).await?;
            progress.fill_until = range.end;
            range.from
        };
        let mut assignment = TopicPartitionList::new();
        assignment
            .add_partition_offset(&self.topic, PARTITION, Offset::Offset(offset))
            .and_then(|()| consumer.assign(&assignment))
            .map_err(|source| self.error(source))?;
        // The task that sent the request has ended, so this is the only handle.
        Arc::try_unwrap(consumer).map_err(|_| self.error(KafkaError::Canceled))
    }

    async fn fill_range(&self, consumer: Arc<StreamConsumer>) -> Result<FillRange, KafkaFeedError> {
        let (topic, fill) = (self.topic.clone(), self.fill);
        Ok(tokio::task::spawn_blocking(move || fill_range(&consumer, &topic, fill)).await??)
    }

    fn error(&self, source: KafkaError) -> KafkaFeedError {
        kafka::Error::topic(&self.topic, source).into()
    }
}

/// Returns the range from the first message younger than `fill`, at least [`MESSAGES_BACK_MIN`] messages, to the end.
fn fill_range(consumer: &StreamConsumer, topic: &str, fill: Duration) -> Result<FillRange, kafka::Error> {
    let failed = |source| kafka::Error::topic(topic, source);
    let (low, high) = kafka::watermarks(consumer.client(), topic, PARTITION, REQUEST_TIMEOUT)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let since_ms = i64::try_from(now.saturating_sub(fill).as_millis()).unwrap_or(0);
    let mut times = TopicPartitionList::new();
    times
        .add_partition_offset(topic, PARTITION, Offset::Offset(since_ms))
        .map_err(failed)?;
    let offsets = consumer
        .offsets_for_times(times, REQUEST_TIMEOUT)
        .map_err(failed)?;
    let by_time = match offsets
        .elements()
        .first()
        .map(rdkafka::topic_partition_list::TopicPartitionListElem::offset)
    {
        Some(Offset::Offset(offset)) => offset,
        _ => high,
    };
    Ok(FillRange {
        from: by_time.min(high - MESSAGES_BACK_MIN).max(low),
        end: high,
    })
}

async fn hand_over(hub: &Hub, assembled: Assembled, published_at: SystemTime) {
    match assembled {
        // After a loss, the node may be ahead of the topic.
        Assembled::Start(position) if hub.is_live() && position <= hub.position() => {}
        Assembled::Start(position) | Assembled::Gap(position) => hub.reset(position).await,
        Assembled::Batch(batch) => hub.publish(batch, published_at).await,
    }
}
