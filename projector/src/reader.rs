//! Reads ahead: while one batch is written, the next is fetched and decoded.

use std::time::Duration;

use event_store::Store;
use event_store::follow::{ConsumerStart, Follower, KafkaOffsets};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::Error;
use crate::batch::ProjectionBatch;
use crate::decoded_event::{DecodedEvent, NewerVersion};
use crate::options::{Log, Options};

/// How many decoded batches may wait for the writer.
const QUEUE_LEN_MAX: usize = 1;

/// The minimum interval between batches that are not full: a transaction costs as much for one event as for fifty.
const GATHER_INTERVAL: Duration = Duration::from_millis(6);

/// A task that follows the log. It is aborted when this is dropped.
#[derive(Debug)]
pub(crate) struct Reader {
    batches: mpsc::Receiver<Result<ProjectionBatch, Error>>,
}

impl Reader {
    /// Follows the log after `position`; with Kafka, the consumer starts at `offsets`.
    pub fn start(options: &Options, store: Store, position: i64, offsets: KafkaOffsets) -> Self {
        let follower = match options.log.clone() {
            Log::Embedded(wakeup) => Follower::embedded(store, &wakeup, position),
            Log::Kafka(kafka, wakeup) => {
                Follower::kafka(kafka, store, &wakeup, ConsumerStart { position, offsets })
            }
        };
        let (sender, batches) = mpsc::channel(QUEUE_LEN_MAX);
        tokio::spawn(read(follower, position, options.batch_events_max, sender));
        Self { batches }
    }

    /// The next batch. It is cancel safe: no batch is lost.
    ///
    /// # Errors
    /// When the log cannot be read. The reader has ended in that case.
    pub async fn next(&mut self) -> Result<ProjectionBatch, Error> {
        self.batches.recv().await.unwrap_or(Err(Error::ReaderEnded))
    }
}

async fn read(
    mut follower: Follower,
    position: i64,
    events_max: usize,
    sender: mpsc::Sender<Result<ProjectionBatch, Error>>,
) {
    let mut from = position;
    let mut next_at = Instant::now();
    loop {
        tokio::time::sleep_until(next_at).await;
        let next = tokio::select! {
            next = follower.next_batch(events_max) => next,
            () = sender.closed() => return,
        };
        let (batch, error) = match next.map(|batch| decode(from, batch)) {
            Ok(Ok(decoded)) => decoded,
            Ok(Err(error)) => (None, Some(error)),
            Err(error) => (None, Some(error.into())),
        };
        if let Some(batch) = batch {
            from = batch.to;
            if batch.events.len() < events_max {
                next_at = Instant::now() + GATHER_INTERVAL;
            }
            if sender.send(Ok(batch)).await.is_err() {
                return;
            }
        }
        if let Some(error) = error {
            // Sending fails only if the receiver was dropped; the error can be ignored.
            let _ = sender.send(Err(error)).await;
            return;
        }
    }
}

/// Decodes a batch; the events before one of a newer release become a separate batch.
fn decode(
    from: i64,
    batch: event_store::follow::EventBatch,
) -> Result<(Option<ProjectionBatch>, Option<Error>), Error> {
    let mut events = Vec::with_capacity(batch.events.len());
    let mut newer: Option<NewerVersion> = None;
    let mut to = from;
    for event in batch.events {
        if event.position != to + 1 {
            return Err(Error::Hole { position: to + 1 });
        }
        match DecodedEvent::decode(event) {
            Ok(decoded) => {
                to = decoded.position;
                events.push(decoded);
            }
            Err(error) => {
                newer = Some(error);
                break;
            }
        }
    }
    let offsets = newer.is_none().then_some(batch.offsets);
    let batch = (!events.is_empty()).then_some(ProjectionBatch {
        from,
        to,
        events,
        offsets,
    });
    Ok((batch, newer.map(Error::from)))
}
