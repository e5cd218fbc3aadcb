//! The task that gathers commands, decides them and has their events appended.
//!
//! While one batch commits, the next one is decided on what the first will leave behind. Were anything of the
//! first not to come true, the second is decided again before it is appended.

use std::collections::{HashSet, VecDeque};
use std::pin::Pin;
use std::sync::Arc;

use domain::StreamId;
use event_store::{Outcome, Store};
use platform::causes::with_causes;
use platform::clock::Clock;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::answers::Answers;
use super::batch_decision::Decided;
use super::pending::{DecidedBatch, Pending};
use super::streams::StreamCache;
use super::{Error, Options, Stores, Waiting};

mod settle;

/// How often a command may ask for further streams; a longest chain is payment, order, stock, delivery.
const LOADS_MAX: usize = 8;

pub(super) struct Worker {
    options: Options,
    store: Store,
    clock: Arc<dyn Clock>,
    queue: mpsc::Receiver<Waiting>,
    /// Whether the queue was closed and everything in it taken.
    is_drained: bool,
    shutdown: CancellationToken,
    streams: StreamCache,
    answers: Answers,
    /// Commands to be decided before those in the queue: they lost a conflict, or were put off.
    again: VecDeque<Waiting>,
    /// Commands whose batch could not be appended: they are tried one by one.
    alone: VecDeque<Waiting>,
}

/// A batch that is being appended, and what becomes of it.
type Appending = Pin<Box<dyn Future<Output = Appended> + Send>>;
type Appended = (DecidedBatch, Result<Vec<Outcome>, event_store::Error>);
type Stored = (DecidedBatch, Vec<Outcome>);

impl Worker {
    pub(super) fn new(
        options: Options,
        stores: Stores,
        clock: Arc<dyn Clock>,
        queue: mpsc::Receiver<Waiting>,
        shutdown: CancellationToken,
    ) -> Self {
        let streams = StreamCache::new(stores.load, options.cached_streams_max);
        let answers = Answers::new(options.cached_answers_max);
        let (again, alone) = (VecDeque::new(), VecDeque::new());
        Self {
            options,
            store: stores.append,
            clock,
            queue,
            is_drained: false,
            shutdown,
            streams,
            answers,
            again,
            alone,
        }
    }

    pub(super) async fn run(mut self) {
        let mut pending = Pending::default();
        let mut appending: Option<Appending> = None;
        let mut unanswered: Option<Stored> = None;
        loop {
            if pending.is_empty()
                && let Some(waiting) = self.alone.pop_front()
            {
                pending.is_closed = true;
                self.decide(&mut pending, vec![waiting]).await;
            }
            if appending.is_none() && !pending.is_empty() {
                appending = Some(self.append(&mut pending));
            }
            let room = pending.room(&self.options);
            let may_gather = room > 0 && !(self.is_drained && self.again.is_empty());
            tokio::select! {
                // In this order: the next batch is on its way before the last one is answered.
                biased;
                appended = finished(&mut appending), if appending.is_some() => {
                    appending = None;
                    let stored = self.finish(appended, &mut pending);
                    if let Some(earlier) = std::mem::replace(&mut unanswered, stored) {
                        self.settle(earlier);
                    }
                }
                stored = next(&mut unanswered), if unanswered.is_some() => drop(self.settle(stored)),
                gathered = self.gather(room), if may_gather => self.decide(&mut pending, gathered).await,
                else => if self.alone.is_empty() { break },
            }
        }
        tracing::info!("the executor has stopped");
    }

    /// Takes what is waiting, at most `room` commands. Waits for one, unless the service stops and nothing
    /// will come any more. May be cancelled: nothing is lost.
    async fn gather(&mut self, room: usize) -> Vec<Waiting> {
        let mut gathered: Vec<Waiting> = self.again.drain(..room.min(self.again.len())).collect();
        if gathered.is_empty() {
            let first = tokio::select! {
                biased;
                first = self.queue.recv() => first,
                () = self.shutdown.cancelled() => {
                    self.queue.close();
                    self.queue.recv().await
                }
            };
            match first {
                Some(first) => gathered.push(first),
                None => self.is_drained = true,
            }
        }
        while gathered.len() < room
            && let Ok(waiting) = self.queue.try_recv()
        {
            gathered.push(waiting);
        }
        gathered
    }

    /// Decides commands into `pending`. Answers what needs no append.
    async fn decide(&mut self, pending: &mut Pending, gathered: Vec<Waiting>) {
        self.decide_in_sequence(pending, gathered).await;
        if pending.is_empty() {
            // No append will follow that what was put off could wait for.
            self.again.extend(std::mem::take(pending).put_off);
        }
    }

    /// Decides commands in sequence, loading what is not known.
    async fn decide_in_sequence(&mut self, pending: &mut Pending, gathered: Vec<Waiting>) {
        let mut undecided = self.answer_repeats(pending, gathered);
        let mut missing = HashSet::new();
        for waiting in &undecided {
            pending
                .batch_decision
                .missing(prefetched(waiting), &mut self.streams, &mut missing);
        }
        for _ in 0..LOADS_MAX {
            if let Err(error) = self.load(pending, &mut missing).await {
                return refuse_all(undecided, &error);
            }
            undecided = self.decide_known(pending, undecided, &mut missing);
            if undecided.is_empty() {
                return;
            }
        }
        let error = Error::Internal(Arc::new(std::io::Error::other(
            "the command asks for ever more streams",
        )));
        refuse_all(undecided, &error);
    }

    /// Decides those commands whose streams are known. Gives those that need more, which is added to `missing`.
    fn decide_known(
        &mut self,
        pending: &mut Pending,
        undecided: Vec<Waiting>,
        missing: &mut HashSet<StreamId>,
    ) -> Vec<Waiting> {
        let mut still = Vec::new();
        for waiting in undecided {
            if pending.room(&self.options) == 0 && !pending.is_closed {
                pending.put_off(waiting);
                continue;
            }
            match pending
                .batch_decision
                .decide(&waiting.submission, self.clock.now())
            {
                Decided::Ready { append, decision } => pending.push(waiting, append, decision),
                Decided::NeedStreams(streams) => {
                    pending
                        .batch_decision
                        .missing(streams, &mut self.streams, missing);
                    still.push(waiting);
                }
                Decided::Failed(error) => {
                    let command = waiting.submission.command.name();
                    tracing::error!(
                        error = with_causes(&error),
                        command,
                        "a command could not be decided"
                    );
                    waiting.answer(Err(error));
                }
            }
        }
        still
    }

    /// Answers commands whose key was used lately, and puts off those whose key stands in the batch already.
    fn answer_repeats(&mut self, pending: &mut Pending, gathered: Vec<Waiting>) -> Vec<Waiting> {
        let mut fresh = Vec::with_capacity(gathered.len());
        for waiting in gathered {
            let Some(idempotency) = &waiting.submission.idempotency else {
                fresh.push(waiting);
                continue;
            };
            if let Some(answer) = self.answers.repeat(idempotency) {
                waiting.answer(answer);
            } else if pending.claim_key(idempotency.stored_key()) {
                fresh.push(waiting);
            } else {
                pending.put_off(waiting);
            }
        }
        fresh
    }

    async fn load(&mut self, pending: &mut Pending, missing: &mut HashSet<StreamId>) -> Result<(), Error> {
        if missing.is_empty() {
            return Ok(());
        }
        let loaded = self.streams.load(missing).await.map_err(|error| {
            tracing::warn!(
                error = with_causes(&error),
                streams.len = missing.len(),
                "streams could not be loaded"
            );
            store_error(error)
        })?;
        pending.batch_decision.know(loaded);
        missing.clear();
        Ok(())
    }

    /// Begins to append what was decided. What comes after is decided on the states that it leaves behind.
    fn append(&mut self, pending: &mut Pending) -> Appending {
        let Pending {
            batch_decision,
            batch,
            put_off,
            ..
        } = std::mem::take(pending);
        self.again.extend(put_off);
        self.streams.expect(batch_decision.into_provisional());
        let store = self.store.clone();
        Box::pin(async move {
            let outcomes = store.append(&batch.appends).await;
            (batch, outcomes)
        })
    }
}

/// Waits for the append.
async fn finished(appending: &mut Option<Appending>) -> Appended {
    match appending {
        Some(appending) => appending.await,
        None => std::future::pending().await,
    }
}

/// What is there to be answered.
async fn next(unanswered: &mut Option<Stored>) -> Stored {
    match unanswered.take() {
        Some(stored) => stored,
        None => std::future::pending().await,
    }
}

fn refuse_all(waiting: Vec<Waiting>, error: &Error) {
    for waiting in waiting {
        waiting.answer(Err(error.clone()));
    }
}

/// The streams to load before a command is decided: those it names, less those it creates.
fn prefetched(waiting: &Waiting) -> impl Iterator<Item = StreamId> + use<> {
    let created = waiting.submission.command.new_streams();
    waiting
        .submission
        .command
        .streams()
        .into_iter()
        .filter(move |stream| !created.contains(stream))
}

fn store_error(error: event_store::Error) -> Error {
    if error.is_unavailable() {
        Error::Unavailable
    } else {
        Error::Internal(Arc::new(error))
    }
}
