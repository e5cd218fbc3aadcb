//! One pass over the log for all replays that are built: each event is read and decoded once, ahead of those that apply it.

use std::sync::Arc;

use event_store::Store;
use platform::causes::with_causes;
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

use crate::batch::ProjectionBatch;
use crate::rebuild::read;

/// Batches that wait for a reader, besides the one that is being decoded.
const BATCHES_AHEAD: usize = 2;

/// The batches for one reader, in order. They end at its goal, or when the log cannot be read.
pub(super) type Batches = mpsc::Receiver<Arc<ProjectionBatch>>;

/// Reads the log for any number of readers. One that begins behind the others is served first, until it is where they are.
#[derive(Debug)]
pub(crate) struct SharedLog {
    joining: mpsc::UnboundedSender<Reader>,
    _task: AbortOnDropHandle<()>,
}

#[derive(Debug)]
struct Reader {
    position: i64,
    goal: i64,
    batches: mpsc::Sender<Arc<ProjectionBatch>>,
}

impl SharedLog {
    /// Starts a task that reads at most `events_max` events at a time.
    pub fn start(store: Store, events_max: i64) -> Self {
        let (joining, joined) = mpsc::unbounded_channel();
        Self {
            joining,
            _task: AbortOnDropHandle::new(tokio::spawn(serve(store, events_max, joined))),
        }
    }

    /// The events after `position`, up to `goal`.
    pub fn read(&self, position: i64, goal: i64) -> Batches {
        let (batches, receiver) = mpsc::channel(BATCHES_AHEAD);
        // If the task has ended, the batches end at once.
        let _ = self.joining.send(Reader {
            position,
            goal,
            batches,
        });
        receiver
    }
}

async fn serve(store: Store, events_max: i64, mut joined: mpsc::UnboundedReceiver<Reader>) {
    let mut readers: Vec<Reader> = Vec::new();
    loop {
        if readers.is_empty() {
            let Some(reader) = joined.recv().await else { return };
            readers.push(reader);
        }
        while let Ok(reader) = joined.try_recv() {
            readers.push(reader);
        }
        readers.retain(|reader| !reader.batches.is_closed() && reader.position < reader.goal);
        let Some((from, to)) = next_range(&readers) else {
            continue;
        };
        match read(&store, from, to, events_max).await {
            Ok(batch) => {
                let batch = Arc::new(batch);
                for reader in readers.iter_mut().filter(|reader| reader.position == from) {
                    reader.position = batch.to;
                    // A closed one is removed before the next batch.
                    let _ = reader.batches.send(Arc::clone(&batch)).await;
                }
            }
            Err(error) => {
                tracing::debug!(from, error = with_causes(&error), "The log cannot be read ahead.");
                // Each of them reads the same events itself, and reports what fails.
                readers.retain(|reader| reader.position != from);
            }
        }
    }
}

/// The positions to read next: from the reader that is farthest behind, up to where others join it or its goal.
fn next_range(readers: &[Reader]) -> Option<(i64, i64)> {
    let from = readers.iter().map(|reader| reader.position).min()?;
    let ends = readers.iter().map(|reader| {
        if reader.position > from {
            reader.position
        } else {
            reader.goal
        }
    });
    ends.min().map(|to| (from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(position: i64, goal: i64) -> Reader {
        Reader {
            position,
            goal,
            batches: mpsc::channel(1).0,
        }
    }

    #[test]
    fn the_last_is_served_up_to_where_the_others_are() {
        assert_eq!(next_range(&[]), None);
        assert_eq!(next_range(&[reader(0, 90), reader(0, 70)]), Some((0, 70)));
        assert_eq!(next_range(&[reader(50, 90), reader(0, 70)]), Some((0, 50)));
    }
}
