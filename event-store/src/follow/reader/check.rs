//! Message validation: messages that are not events of this log become dead letters.

use platform::config::KafkaConfig;
use rdkafka::message::{BorrowedMessage, Message as _};
use tokio::runtime::Handle;

use super::{Counters, KafkaFollowerOptions, REOPEN_DELAY};
use crate::follow::merge::{Content, Message};
use crate::kafka::dead_letter::{DeadLetters, Settled};
use crate::kafka::message::{self, Signer, Unreadable};

/// Validates messages and stores unreadable ones as dead letters.
pub(super) struct Checker {
    signer: Signer,
    counters: Counters,
    kafka: KafkaConfig,
    dead_letter_topic: Option<String>,
    dead_letters: Option<DeadLetters>,
    runtime: Handle,
}

impl Checker {
    pub(super) fn new(
        options: &KafkaFollowerOptions,
        signer: Signer,
        counters: Counters,
        runtime: Handle,
    ) -> Self {
        Self {
            signer,
            counters,
            kafka: options.kafka.clone(),
            dead_letter_topic: options.dead_letters.clone(),
            dead_letters: None,
            runtime,
        }
    }

    /// Decodes `message`. Blocks while an unreadable message cannot be stored, until `is_stopping`.
    pub(super) fn check(&mut self, message: &BorrowedMessage<'_>, is_stopping: impl Fn() -> bool) -> Message {
        let content = match message::read(message, &self.signer) {
            Ok(received) => Content::Event {
                event: received.event,
                prev: received.prev,
            },
            Err(Unreadable::OtherLog) => {
                self.counters.add_other_log();
                Content::Unreadable {
                    position: None,
                    settled: Settled::already(),
                }
            }
            Err(error) => {
                self.counters.add_dead_letter();
                tracing::warn!(
                    %error,
                    kafka.topic = message.topic(),
                    kafka.partition = message.partition(),
                    kafka.offset = message.offset(),
                    "Unreadable Kafka message; its event is read from the store."
                );
                let settled = self.keep(message, &error, is_stopping);
                Content::Unreadable {
                    position: message::position(message),
                    settled,
                }
            }
        };
        Message {
            partition: message.partition(),
            offset: message.offset(),
            content,
        }
    }

    fn keep(
        &mut self,
        message: &BorrowedMessage<'_>,
        error: &Unreadable,
        is_stopping: impl Fn() -> bool,
    ) -> Settled {
        let Some(topic) = &self.dead_letter_topic else {
            return Settled::already();
        };
        loop {
            if let Some(dead_letters) = &self.dead_letters {
                return dead_letters.publish(message, error);
            }
            if is_stopping() {
                // Not settled, so it is read again after a restart.
                return Settled::default();
            }
            match self.runtime.block_on(DeadLetters::open(&self.kafka, topic)) {
                Ok(dead_letters) => self.dead_letters = Some(dead_letters),
                Err(error) => {
                    tracing::warn!(%error, "The dead-letter topic cannot be reached; retrying.");
                    std::thread::sleep(REOPEN_DELAY);
                }
            }
        }
    }
}
