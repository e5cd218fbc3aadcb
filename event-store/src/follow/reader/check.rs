//! Message validation: messages that are not events of this log become dead letters.

use platform::config::KafkaConfig;
use rdkafka::message::{BorrowedMessage, Message as _};
use tokio::runtime::Handle;
use tokio_util::task::AbortOnDropHandle;

use super::{Counters, KafkaFollowerOptions, REOPEN_DELAY};
use crate::follow::merge::{Content, Message};
use crate::kafka::Error;
use crate::kafka::dead_letter::{self, DeadLetters, Settled};
use crate::kafka::message::{self, Signer, Unreadable};

/// Validates messages and stores unreadable ones as dead letters.
pub(super) struct Checker {
    signer: Signer,
    counters: Counters,
    kafka: KafkaConfig,
    dead_letter_topic: Option<String>,
    letters: Option<Letters>,
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
            letters: None,
            runtime,
        }
    }

    /// Decodes `message`.
    pub(super) fn check(&mut self, message: &BorrowedMessage<'_>) -> Message {
        let content = match message::read(message, &self.signer) {
            Ok(received) => Content::Event {
                event: received.event,
                prev: received.prev,
            },
            Err(Unreadable::OtherLog) => {
                self.counters.add_other_log();
                Content::Unreadable {
                    position: None,
                    settled: Settled::as_dropped(),
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
                let settled = self.keep(message, &error);
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

    /// Stores the message as a dead letter. Does not wait for the broker.
    fn keep(&mut self, message: &BorrowedMessage<'_>, error: &Unreadable) -> Settled {
        let Some(topic) = &self.dead_letter_topic else {
            return Settled::as_dropped();
        };
        let opened = match self.letters.take() {
            Some(letters) => Ok(letters),
            None => Letters::open(&self.kafka, topic, &self.runtime),
        };
        match opened {
            Ok(letters) => self.letters.insert(letters).producer.publish(message, error),
            Err(error) => {
                tracing::error!(%error, "A dead letter could not be stored.");
                Settled::as_dropped()
            }
        }
    }
}

/// The dead-letter topic, which is created in the background: that takes up to seconds, and the events that follow must
/// not wait for it.
struct Letters {
    producer: DeadLetters,
    _creating: AbortOnDropHandle<()>,
}

impl Letters {
    fn open(kafka: &KafkaConfig, topic: &str, runtime: &Handle) -> Result<Self, Error> {
        let producer = DeadLetters::new(kafka, topic)?;
        let creating = runtime.spawn(create(kafka.clone(), topic.to_owned()));
        Ok(Self {
            producer,
            _creating: AbortOnDropHandle::new(creating),
        })
    }
}

async fn create(kafka: KafkaConfig, topic: String) {
    while let Err(error) = dead_letter::ensure(&kafka, &topic).await {
        tracing::warn!(%error, "The dead-letter topic cannot be reached; retrying.");
        tokio::time::sleep(REOPEN_DELAY).await;
    }
}
