//! Options of a projector.

use std::time::Duration;

use event_store::follow::KafkaFollowerOptions;
use event_store::wakeup::Wakeup;
use platform::config::KafkaConfig;

use crate::registry::Release;

/// Options of a projector.
#[derive(Debug, Clone)]
pub struct Options {
    /// The log to follow.
    pub log: Log,
    /// The topic to which changes are published in addition to table `changes`; none with the embedded log.
    pub changes_topic: Option<ChangesTopic>,
    /// The most events per batch, and so per transaction, for live projections and replays that follow them.
    pub batch_events_max: usize,
    /// The most events per transaction while a replay is built without a throttle: as many rows as they touch are kept in
    /// memory.
    pub replay_events_max: usize,
    /// The minimum time for which rows of table `changes` are kept.
    pub changes_kept: Duration,
    /// How long the tables that a replay replaced are kept, and follow the log, so that it can be rolled back.
    pub replaced_tables_kept: Duration,
    /// The name of this process, for operators.
    pub owner: String,
    /// The projections, and the versions of their code.
    pub release: Release,
}

/// The log that a projector follows.
#[derive(Debug, Clone)]
pub enum Log {
    /// The event store, woken by its notifications.
    Embedded(Wakeup),
    /// The topic of events, with the event store for missing events.
    Kafka(KafkaFollowerOptions, Wakeup),
}

/// A topic of changes.
#[derive(Debug, Clone)]
pub struct ChangesTopic {
    /// The broker.
    pub kafka: KafkaConfig,
    /// The topic's name, usually `schemas::topic::CHANGES`.
    pub topic: String,
    /// The topic to which poison events are published, usually `schemas::topic::DEAD_LETTERS`.
    pub dead_letters_topic: String,
}

impl Options {
    /// The default limits, following `log`.
    pub fn new(log: Log) -> Self {
        Self {
            log,
            changes_topic: None,
            batch_events_max: 2_000,
            replay_events_max: 200_000,
            changes_kept: Duration::from_mins(10),
            replaced_tables_kept: Duration::from_hours(24),
            owner: format!("process {}", std::process::id()),
            release: Release::CURRENT,
        }
    }

    /// Adds a topic to which changes are published.
    pub fn with_changes_topic(mut self, topic: ChangesTopic) -> Self {
        self.changes_topic = Some(topic);
        self
    }
}
