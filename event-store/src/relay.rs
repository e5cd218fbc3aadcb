//! Publishes the log to Kafka, in order, at least once.
//!
//! One relay leads, by an advisory lock, and its cursor moves only while its epoch is the newest. It reads the
//! store from the cursor in pages, fills the producer's queue without waiting for any message, and moves the
//! cursor over the contiguous acknowledged prefix. After any delivery error everything in flight is purged,
//! and a new producer starts again from the cursor.
//!
//! Which partition an event is on, and which position was sent before it there (`waybill_prev`), follows from
//! the log and the number of partitions alone: a repeated message says the same as the first one did.
//!
//! **Architecture Invariant:** commands never wait for the relay: it only reads events.

use std::time::Duration;

use platform::config::KafkaConfig;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

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
use session::{Ended, Session};

/// How often a relay that does not lead tries to.
const LEAD_INTERVAL: Duration = Duration::from_millis(500);
/// The first wait after a failure of the broker or the store; it doubles up to [`BACKOFF_MAX`].
const BACKOFF_MIN: Duration = Duration::from_millis(50);
/// The longest wait after a failure.
const BACKOFF_MAX: Duration = Duration::from_secs(2);

/// How the relay publishes.
#[derive(Debug, Clone)]
pub struct RelayOptions {
    /// The broker.
    pub kafka: KafkaConfig,
    /// The topic; made when it is missing.
    pub topic: String,
    /// Its partitions when it is made. Later the topic itself decides.
    pub partition_count: i32,
    /// How long a message may wait for others to share its batch. Long ones save the broker's time.
    pub linger_ms: u32,
}

impl RelayOptions {
    /// The events' topic with the usual settings.
    pub fn new(kafka: KafkaConfig) -> Self {
        Self {
            kafka,
            topic: schemas::topic::EVENTS.to_owned(),
            partition_count: schemas::topic::EVENT_PARTITIONS,
            linger_ms: 1,
        }
    }
}

/// How the relay is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RelayStatus {
    /// Whether this relay is the one that publishes.
    pub leading: bool,
    /// Whether the broker takes what is published, as far as is known.
    pub broker_up: bool,
    /// Everything up to here is safe with the broker.
    pub position: i64,
    /// The newest position known.
    pub head: i64,
}

impl RelayStatus {
    /// How many events are not yet with the broker.
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

/// Why a relay no longer leads.
#[derive(Debug)]
enum Stepped {
    /// It was told to stop.
    Stopping,
    /// It lost its connection to Postgres, or another relay took over.
    Down(leadership::Lost),
}

impl Relay {
    /// A relay that does nothing until it is run.
    pub fn new(store: Store, wakeup: Wakeup, options: RelayOptions) -> Self {
        let (status, _) = watch::channel(RelayStatus::default());
        Self {
            store,
            wakeup,
            options,
            status,
        }
    }

    /// How it is doing, kept current.
    pub fn status(&self) -> watch::Receiver<RelayStatus> {
        self.status.subscribe()
    }

    /// Publishes until `shutdown`. Whatever fails is tried again.
    pub async fn run(self, shutdown: CancellationToken) {
        let mut was_away = false;
        while !shutdown.is_cancelled() {
            match Leadership::try_take(self.store.pool(), &self.options.topic).await {
                Ok(Some((leadership, cursor))) => {
                    was_away = false;
                    tracing::info!(
                        relay.epoch = leadership.epoch(),
                        position = cursor.position,
                        "The relay leads."
                    );
                    match self.lead(leadership, cursor, &shutdown).await {
                        Stepped::Stopping => break,
                        Stepped::Down(lost) => tracing::warn!(%lost, "The relay no longer leads."),
                    }
                    self.status.send_modify(|status| status.leading = false);
                }
                Ok(None) => was_away = false,
                Err(error) => {
                    if !was_away {
                        tracing::warn!(%error, "The relay cannot reach Postgres; it keeps trying.");
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
                    tracing::warn!(%error, "The relay cannot read the store; it keeps trying.");
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

    /// The life of one producer.
    async fn lead_once(
        &self,
        leadership: &mut Leadership,
        cursor: &mut Cursor,
        shutdown: &CancellationToken,
    ) -> Ended {
        if shutdown.is_cancelled() {
            return Ended::Stopping;
        }
        let log_id = match crate::kafka::log_id(&self.store).await {
            Ok(log_id) => log_id,
            Err(error) => return Ended::Store(error),
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
        match Session::open(self, cursor, log_id) {
            Ok(mut session) => session.run(leadership, cursor, shutdown).await,
            Err(error) => Ended::Broker(error),
        }
    }

    /// Starts over when the broker has not what the cursor says it has.
    fn adopt(&self, cursor: &mut Cursor, prepared: Prepared) {
        let other_cluster = cursor.cluster_id.is_some() && cursor.cluster_id != prepared.cluster_id;
        if cursor.position > 0 && (other_cluster || !prepared.intact) {
            tracing::warn!(
                topic = self.options.topic,
                position = cursor.position,
                kafka.other_cluster = other_cluster,
                "The broker has lost messages of the log: publishing it again from the start."
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

    /// Notes whether the broker answers, with one line per change.
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
                tracing::warn!(%error, cause, "Kafka cannot be reached; the relay keeps trying.");
            }
            (_, _, Some(error)) => tracing::debug!(%error, "Kafka still cannot be reached."),
            _ => {}
        }
    }
}
