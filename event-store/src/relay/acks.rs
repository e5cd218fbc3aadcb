//! Acknowledgement tracking: the contiguous prefix of sent messages that the broker has stored.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::Message;
use rdkafka::producer::{DeliveryResult, ProducerContext};
use tokio::sync::Notify;

use super::broker_error::BrokerError;
use super::cursor::Cursor;

/// Acknowledgement state, shared by the session, which sends, and the producer's thread, which receives
/// acknowledgements.
#[derive(Debug, Clone)]
pub(super) struct Acks(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<AckState>,
    changed: Notify,
}

#[derive(Debug)]
struct AckState {
    /// Acknowledged prefix.
    acked: Cursor,
    /// Messages after the prefix, by position.
    in_flight: VecDeque<Slot>,
    failure: Option<BrokerError>,
    brokers_down: bool,
    moved_at: Instant,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    partition: i32,
    /// `Some` once the broker has stored the message.
    stored: Option<Stored>,
}

#[derive(Debug, Clone, Copy)]
struct Stored {
    offset: Option<i64>,
}

impl Acks {
    /// Starts after `cursor`, the acknowledged prefix.
    pub(super) fn new(cursor: Cursor) -> Self {
        let state = AckState {
            acked: cursor,
            in_flight: VecDeque::new(),
            failure: None,
            brokers_down: false,
            moved_at: Instant::now(),
        };
        Self(Arc::new(Shared {
            state: Mutex::new(state),
            changed: Notify::new(),
        }))
    }

    fn state(&self) -> MutexGuard<'_, AckState> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records that the next position is about to be sent.
    pub(super) fn sending(&self, partition: i32) {
        let mut state = self.state();
        if state.in_flight.is_empty() {
            state.moved_at = Instant::now();
        }
        state.in_flight.push_back(Slot {
            partition,
            stored: None,
        });
    }

    /// Records that the broker has stored `position`, at `offset` if known.
    pub(super) fn stored(&self, position: i64, offset: Option<i64>) {
        let mut state = self.state();
        let index = usize::try_from(position - state.acked.position - 1).ok();
        let Some(slot) = index.and_then(|index| state.in_flight.get_mut(index)) else {
            return;
        };
        slot.stored = Some(Stored { offset });
        if index == Some(0) {
            state.advance();
            self.0.changed.notify_one();
        }
    }

    /// Records a failure; the first one is kept.
    pub(super) fn fail(&self, error: BrokerError) {
        self.state().failure.get_or_insert(error);
        self.0.changed.notify_one();
    }

    /// Takes the recorded failure, if any.
    pub(super) fn take_failure(&self) -> Option<BrokerError> {
        self.state().failure.take()
    }

    /// Advances `cursor` to the acknowledged prefix. Returns whether it moved.
    pub(super) fn advance(&self, cursor: &mut Cursor) -> bool {
        let state = self.state();
        let moved = state.acked.position > cursor.position;
        if moved {
            cursor.clone_from(&state.acked);
        }
        moved
    }

    /// Returns the number of messages in flight, and the time of the last acknowledgement.
    pub(super) fn waiting(&self) -> (usize, Instant) {
        let state = self.state();
        (state.in_flight.len(), state.moved_at)
    }

    /// Returns whether the client has lost all brokers since the last call.
    pub(super) fn take_brokers_down(&self) -> bool {
        std::mem::take(&mut self.state().brokers_down)
    }

    /// Resolves after an acknowledgement or a failure.
    pub(super) async fn changed(&self) {
        self.0.changed.notified().await;
    }
}

impl AckState {
    /// Advances over the acknowledged messages at the front.
    fn advance(&mut self) {
        while let Some(&Slot {
            partition,
            stored: Some(stored),
        }) = self.in_flight.front()
        {
            let position = self.acked.position + 1;
            let mark = usize::try_from(partition)
                .ok()
                .and_then(|index| self.acked.marks.get_mut(index));
            if let Some(mark) = mark {
                if let (Some(before), Some(offset)) = (mark.offset, stored.offset)
                    && offset <= before
                {
                    self.failure
                        .get_or_insert(BrokerError::Replaced { partition, offset });
                    return;
                }
                mark.position = position;
                mark.offset = stored.offset;
            }
            self.in_flight.pop_front();
            self.acked.position = position;
        }
        self.moved_at = Instant::now();
    }
}

/// Receives the broker's callbacks, on the producer's thread.
#[derive(Debug)]
pub(super) struct Listener(pub(super) Acks);

impl ClientContext for Listener {
    fn log(&self, _level: RDKafkaLogLevel, facility: &str, message: &str) {
        crate::kafka::log_line(facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        crate::kafka::log_error(&error, reason);
        match error.rdkafka_error_code() {
            Some(RDKafkaErrorCode::Fatal) => self.0.fail(BrokerError::Fatal(error)),
            Some(RDKafkaErrorCode::AllBrokersDown) => {
                self.0.state().brokers_down = true;
                self.0.0.changed.notify_one();
            }
            _ => {}
        }
    }
}

impl ProducerContext for Listener {
    /// Position of the message.
    type DeliveryOpaque = usize;

    fn delivery(&self, result: &DeliveryResult<'_>, position: usize) {
        let position = i64::try_from(position).expect("a position was made from an i64");
        match result {
            Ok(message) => {
                let offset = message.offset();
                self.0.stored(position, (offset >= 0).then_some(offset));
            }
            Err((error, message)) => {
                let at = crate::kafka::Error::at(
                    message.topic(),
                    message.partition(),
                    message.offset(),
                    error.clone(),
                );
                self.0.fail(BrokerError::Delivery {
                    position,
                    source: Box::new(at),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cursor::Mark;
    use super::*;

    fn acks() -> (Acks, Cursor) {
        let mut cursor = Cursor {
            position: 10,
            ..Cursor::default()
        };
        cursor.set_partition_count(2);
        (Acks::new(cursor.clone()), cursor)
    }

    #[test]
    fn the_cursor_advances_over_the_contiguous_prefix_only() {
        let (acks, mut cursor) = acks();
        for partition in [0, 1, 0, 1] {
            acks.sending(partition);
        }
        acks.stored(12, Some(7));
        acks.stored(13, Some(4));
        assert!(!acks.advance(&mut cursor));

        acks.stored(11, Some(3));
        assert!(acks.advance(&mut cursor));
        assert_eq!(cursor.position, 13);
        assert_eq!(
            cursor.marks,
            [
                Mark {
                    position: 13,
                    offset: Some(4)
                },
                Mark {
                    position: 12,
                    offset: Some(7)
                }
            ]
        );
        assert_eq!(acks.waiting().0, 1);
    }

    #[test]
    fn a_decreasing_offset_means_a_replaced_topic_and_stops_the_cursor() {
        let (acks, mut cursor) = acks();
        acks.sending(0);
        acks.sending(0);
        acks.stored(11, Some(500));
        acks.stored(12, Some(0));
        assert!(acks.advance(&mut cursor));
        assert_eq!(cursor.position, 11);
        assert!(matches!(
            acks.take_failure(),
            Some(BrokerError::Replaced {
                partition: 0,
                offset: 0
            })
        ));
    }

    #[test]
    fn an_acknowledgement_of_an_unsent_message_is_ignored() {
        let (acks, mut cursor) = acks();
        acks.stored(11, Some(1));
        acks.stored(3, Some(1));
        assert!(!acks.advance(&mut cursor));
    }
}
