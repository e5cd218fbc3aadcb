//! The executor's task: takes commands, decides them and appends their events.
//!
//! While one batch commits, the next one is decided on the states that the first will produce. If any command of the
//! first batch fails, the second is decided again before it is appended.

use std::collections::HashSet;
use std::pin::Pin;
use std::sync::Arc;

use domain::StreamId;
use event_store::{Outcome, Store};
use platform::causes::with_causes;
use platform::clock::Clock;
use platform::telemetry::context;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::answers::Answers;
use super::backlog::Backlog;
use super::batch_decision::Decided;
use super::pending::{DecidedBatch, Pending};
use super::streams::StreamCache;
use super::{Error, Options, Stores, Waiting};
use crate::metrics;

mod settle;

/// How often a command may require further streams; the longest chain is payment, order, stock, delivery.
const LOADS_MAX: usize = 8;

pub(super) struct Worker {
    options: Options,
    store: Store,
    clock: Arc<dyn Clock>,
    backlog: Backlog,
    streams: StreamCache,
    answers: Answers,
}

/// A batch that is being appended.
type Appending = Pin<Box<dyn Future<Output = Appended> + Send>>;
/// A batch after its append, with the outcome of each command.
type Appended = (DecidedBatch, Result<Vec<Outcome>, event_store::Error>);
/// A batch whose append succeeded, and whose commands are still to be answered.
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
        Self {
            options,
            store: stores.append,
            clock,
            backlog: Backlog::new(queue, shutdown),
            streams,
            answers,
        }
    }

    pub(super) async fn run(mut self) {
        let mut pending = Pending::default();
        let mut appending: Option<Appending> = None;
        let mut unanswered: Option<Stored> = None;
        loop {
            if pending.is_empty()
                && let Some(waiting) = self.backlog.take_isolated()
            {
                pending.is_closed = true;
                self.decide(&mut pending, vec![waiting]).await;
            }
            if appending.is_none() && !pending.is_empty() {
                appending = Some(self.append(&mut pending));
            }
            let room = pending.room(&self.options);
            let may_take = room > 0 && self.backlog.may_take();
            tokio::select! {
                // The order matters: the next batch is sent before the last one is answered.
                biased;
                appended = finished(&mut appending), if appending.is_some() => {
                    appending = None;
                    let stored = self.finish(appended, &mut pending);
                    if let Some(earlier) = std::mem::replace(&mut unanswered, stored) {
                        self.settle(earlier);
                    }
                }
                stored = next(&mut unanswered), if unanswered.is_some() => drop(self.settle(stored)),
                taken = self.backlog.take(room), if may_take => self.decide(&mut pending, taken).await,
                else => if !self.backlog.has_isolated() { break },
            }
        }
        tracing::info!("the executor has stopped");
    }

    /// Decides commands into `pending`, and answers those that need no append.
    async fn decide(&mut self, pending: &mut Pending, mut taken: Vec<Waiting>) {
        for waiting in &mut taken {
            waiting.span.taken();
        }
        self.decide_in_sequence(pending, taken).await;
        if pending.is_empty() {
            // No append follows for the deferred commands to wait for.
            self.backlog.put_back(std::mem::take(pending).deferred);
        }
    }

    /// Decides commands in sequence, loading the streams that are missing.
    async fn decide_in_sequence(&mut self, pending: &mut Pending, taken: Vec<Waiting>) {
        let mut undecided = self.answer_repeats(pending, taken);
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
            "the command asks for more and more streams",
        )));
        refuse_all(undecided, &error);
    }

    /// Decides the commands whose streams are known. Returns the others, and adds what they need to `missing`.
    fn decide_known(
        &mut self,
        pending: &mut Pending,
        undecided: Vec<Waiting>,
        missing: &mut HashSet<StreamId>,
    ) -> Vec<Waiting> {
        let mut still = Vec::new();
        for waiting in undecided {
            if pending.room(&self.options) == 0 && !pending.is_closed {
                pending.defer(waiting);
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
                    let trace = waiting.span.context();
                    context::sync_scope_if_some(trace, || {
                        tracing::error!(
                            error = with_causes(&error),
                            command,
                            "A command could not be decided."
                        );
                    });
                    waiting.answer(Err(error));
                }
            }
        }
        still
    }

    /// Answers commands whose key was used recently, and defers those whose key is already in the batch.
    fn answer_repeats(&mut self, pending: &mut Pending, taken: Vec<Waiting>) -> Vec<Waiting> {
        let mut fresh = Vec::with_capacity(taken.len());
        for waiting in taken {
            let Some(idempotency) = &waiting.submission.idempotency else {
                fresh.push(waiting);
                continue;
            };
            if let Some(answer) = self.answers.repeat(idempotency) {
                waiting.answer(answer);
            } else if pending.claim_key(idempotency.stored_key()) {
                fresh.push(waiting);
            } else {
                pending.defer(waiting);
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

    /// Starts the append of the pending batch. Later commands are decided on the states it will produce.
    fn append(&mut self, pending: &mut Pending) -> Appending {
        let Pending {
            batch_decision,
            batch,
            deferred,
            ..
        } = std::mem::take(pending);
        self.backlog.put_back(deferred);
        self.streams.expect(batch_decision.into_provisional());
        let store = self.store.clone();
        let appending = metrics::Appending::start();
        Box::pin(async move {
            let outcomes = store.append(&batch.appends).await;
            appending.finish(&batch.appends, batch.spans(), &outcomes);
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

/// Takes the batch that is to be answered.
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

/// The streams to load before a command is decided: those it names except those it creates.
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
