//! Relay: publishes the log to Kafka, in order, at least once.
//!
//! An advisory lock elects one leader. Each leader has a term, a fencing number; the stored cursor changes only
//! under the newest term. The leader reads pages from the store after the cursor, fills the producer's queue
//! without waiting for single messages, and advances the cursor over the contiguous acknowledged prefix. After
//! a delivery error all messages in flight are purged, and a new producer restarts from the cursor.
//!
//! An event's partition, and the previous position on it (`waybill_prev`), depend only on the log and the number
//! of partitions, so a repeated message equals the first one.
//!
//! **Architecture Invariant:** commands never wait for the relay, which only reads events.

use std::time::Duration;

use platform::config::KafkaConfig;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::kafka::lineage::{VerifyError, verified_log_id};
use crate::kafka::message::Signer;
use crate::{Store, Wakeup};

mod acks;
mod broker;
mod broker_error;
mod cursor;
mod leadership;
mod session;

use broker::Prepared;
use cursor::Cursor;
use leadership::Leadership;
pub use leadership::published_position;
use session::{Ended, Session};

/// Interval of a standby's attempts to become the leader.
const LEAD_INTERVAL: Duration = Duration::from_millis(500);
/// First retry delay after a failure of the broker or the store; it doubles up to [`BACKOFF_MAX`].
const BACKOFF_MIN: Duration = Duration::from_millis(50);
/// Longest retry delay.
const BACKOFF_MAX: Duration = Duration::from_secs(2);

/// Options of the relay.
#[derive(Debug, Clone)]
pub struct RelayOptions {
    /// Broker connection.
    pub kafka: KafkaConfig,
    /// Topic; created if missing.
    pub topic: String,
    /// Partitions of a new topic; an existing topic keeps its own number.
    pub partition_count: i32,
    /// Linger time: how long a message waits for its batch to fill. Higher values reduce the broker's load.
    pub linger_ms: u32,
}

impl RelayOptions {
    /// Options for the events topic, with default settings.
    pub fn new(kafka: KafkaConfig) -> Self {
        Self {
            kafka,
            topic: schemas::topic::EVENTS.to_owned(),
            partition_count: schemas::topic::EVENT_PARTITIONS,
            linger_ms: 1,
        }
    }
}

/// Status of the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RelayStatus {
    /// Whether this relay is the leader, which publishes.
    pub leading: bool,
    /// Whether the broker accepted messages, when last tried.
    pub broker_up: bool,
    /// Last position stored by the broker, with all earlier ones.
    pub position: i64,
    /// Highest known position.
    pub head: i64,
}

impl RelayStatus {
    /// Number of events not yet stored by the broker.
    pub fn lag(&self) -> i64 {
        (self.head - self.position).max(0)
    }
}

/// Publishes the log of one store to one topic.
#[derive(Debug)]
pub struct Relay {
    store: Store,
    wakeup: Wakeup,
    options: RelayOptions,
    status: watch::Sender<RelayStatus>,
}

/// Reason that a relay stepped down.
#[derive(Debug)]
enum Stepped {
    /// Shutdown was requested.
    Stopping,
    /// The connection to Postgres was lost, or another relay took over.
    Down(leadership::Lost),
}

impl Relay {
    /// Creates a relay; it starts with [`Relay::run`].
    pub fn new(store: Store, wakeup: Wakeup, options: RelayOptions) -> Self {
        let (status, _) = watch::channel(RelayStatus::default());
        Self {
            store,
            wakeup,
            options,
            status,
        }
    }

    /// Subscribes to the relay's status.
    pub fn status(&self) -> watch::Receiver<RelayStatus> {
        self.status.subscribe()
    }

    /// Publishes until `shutdown`. Failures are retried.
    pub async fn run(self, shutdown: CancellationToken) {
        let mut was_away = false;
        while !shutdown.is_cancelled() {
            match Leadership::try_take(self.store.pool(), &self.options.topic).await {
                Ok(Some((leadership, cursor))) => {
                    was_away = false;
                    tracing::info!(
                        relay.term = leadership.term(),
                        position = cursor.position,
                        "The relay became the leader."
                    );
                    match self.lead(leadership, cursor, &shutdown).await {
                        Stepped::Stopping => break,
                        Stepped::Down(lost) => tracing::warn!(%lost, "The relay lost leadership."),
                    }
                    self.status.send_modify(|status| status.leading = false);
                }
                Ok(None) => was_away = false,
                Err(error) => {
                    if !was_away {
                        tracing::warn!(%error, "The relay cannot reach Postgres; retrying.");
                    }
                    was_away = true;
                }
            }
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = tokio::time::sleep(LEAD_INTERVAL) => {}
            }
        }
        self.status.send_modify(|status| status.leading = false);
    }

    async fn lead(
        &self,
        mut leadership: Leadership,
        cursor: Cursor,
        shutdown: &CancellationToken,
    ) -> Stepped {
        let mut cursor = cursor;
        let mut backoff = BACKOFF_MIN;
        self.report(&cursor);
        loop {
            let from = cursor.position;
            match self.lead_once(&mut leadership, &mut cursor, shutdown).await {
                Ended::Stopping => {
                    leadership.release().await;
                    return Stepped::Stopping;
                }
                Ended::Lost(lost) => return Stepped::Down(lost),
                Ended::Broker(error) => self.set_broker_up(false, Some(&error)),
                Ended::Store(error) => {
                    tracing::warn!(%error, "The relay cannot read the event store; retrying.");
                }
            }
            if cursor.position > from {
                backoff = BACKOFF_MIN;
            }
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = tokio::time::sleep(backoff) => {}
            }
            backoff = (backoff * 2).min(BACKOFF_MAX);
            if let Err(lost) = leadership.confirm().await {
                return Stepped::Down(lost);
            }
        }
    }

    /// Runs one producer until it fails or is stopped.
    async fn lead_once(
        &self,
        leadership: &mut Leadership,
        cursor: &mut Cursor,
        shutdown: &CancellationToken,
    ) -> Ended {
        if shutdown.is_cancelled() {
            return Ended::Stopping;
        }
        let options = &self.options;
        let verified = tokio::select! {
            () = shutdown.cancelled() => return Ended::Stopping,
            verified = verified_log_id(&self.store, &options.kafka, &options.topic) => verified,
        };
        let signer = match verified {
            Ok(log_id) => Signer::new(options.kafka.message_key.clone(), log_id),
            Err(VerifyError::Store(error)) => return Ended::Store(error),
            Err(VerifyError::Kafka(error)) => return Ended::Broker(error.into()),
        };
        let prepared = tokio::select! {
            () = shutdown.cancelled() => return Ended::Stopping,
            prepared = broker::prepare(&self.options, cursor) => prepared,
        };
        match prepared {
            Ok(prepared) => self.adopt(cursor, prepared),
            Err(error) => return Ended::Broker(error.into()),
        }
        if let Err(lost) = leadership.save(cursor).await {
            return Ended::Lost(lost);
        }
        self.report(cursor);
        match Session::open(self, cursor, signer) {
            Ok(mut session) => session.run(leadership, cursor, shutdown).await,
            Err(error) => Ended::Broker(error),
        }
    }

    /// Adopts the prepared topic, and resets the cursor if the broker lost messages.
    fn adopt(&self, cursor: &mut Cursor, prepared: Prepared) {
        let other_cluster = cursor.cluster_id.is_some() && cursor.cluster_id != prepared.cluster_id;
        if cursor.position > 0 && (other_cluster || !prepared.intact) {
            tracing::warn!(
                topic = self.options.topic,
                position = cursor.position,
                kafka.other_cluster = other_cluster,
                "The broker has lost messages; republishing the log from the start."
            );
            cursor.reset();
        }
        cursor.cluster_id = prepared.cluster_id;
        cursor.set_partition_count(prepared.partition_count);
        self.set_broker_up(true, None);
    }

    fn report(&self, cursor: &Cursor) {
        let head = self.wakeup.newest();
        self.status.send_if_modified(|status| {
            let next = RelayStatus {
                leading: true,
                position: cursor.position,
                head: head.max(cursor.position),
                ..*status
            };
            std::mem::replace(status, next) != next
        });
    }

    /// Records whether the broker is reachable, and logs each change once.
    fn set_broker_up(&self, up: bool, error: Option<&broker_error::BrokerError>) {
        let changed = self.status.send_if_modified(|status| {
            let changed = status.broker_up != up;
            status.broker_up = up;
            changed
        });
        match (changed, up, error) {
            (true, true, _) => tracing::info!(topic = self.options.topic, "The relay publishes to Kafka."),
            (true, false, Some(error)) => {
                let cause = std::error::Error::source(error).map(ToString::to_string);
                tracing::warn!(%error, cause, "The relay cannot reach Kafka; retrying.");
            }
            (_, _, Some(error)) => tracing::debug!(%error, "Kafka still cannot be reached."),
            _ => {}
        }
    }
}
