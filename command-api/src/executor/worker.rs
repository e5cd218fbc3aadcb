//! The task that gathers commands, decides them and appends their events.

use std::collections::HashSet;
use std::collections::VecDeque;
use std::sync::Arc;

use domain::StreamId;
use event_store::{Append, Outcome, Store, StoredAnswer};
use moka::sync::Cache;
use platform::clock::Clock;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::round::{Decided, Decision, Round};
use super::streams::Streams;
use super::{Accepted, Error, Options, Waiting};

/// How often a command may ask for further streams; a longest chain is payment, order, stock, delivery.
const LOADS_MAX: usize = 8;

/// Commands that were decided and wait to be appended, and what is to be appended for each.
#[derive(Default)]
struct Batch {
    appends: Vec<Append>,
    waiting: Vec<(Waiting, Decision)>,
}

impl Batch {
    fn push(&mut self, waiting: Waiting, append: Append, decision: Decision) {
        self.appends.push(append);
        self.waiting.push((waiting, decision));
    }
}

pub(super) struct Worker {
    options: Options,
    store: Store,
    clock: Arc<dyn Clock>,
    queue: mpsc::Receiver<Waiting>,
    shutdown: CancellationToken,
    streams: Streams,
    /// Answers given lately, by stored key.
    answers: Cache<String, Arc<StoredAnswer>>,
    /// Commands to be decided before those in the queue: they lost a conflict, or wait for their key's twin.
    again: VecDeque<Waiting>,
    /// Commands whose batch could not be appended: they are tried one by one.
    alone: VecDeque<Waiting>,
}

impl Worker {
    pub(super) fn new(
        options: Options,
        store: Store,
        clock: Arc<dyn Clock>,
        queue: mpsc::Receiver<Waiting>,
        shutdown: CancellationToken,
    ) -> Self {
        let streams = Streams::new(store.clone(), options.cached_streams_max);
        let answers = Cache::new(options.cached_answers_max);
        let (again, alone) = (VecDeque::new(), VecDeque::new());
        Self {
            options,
            store,
            clock,
            queue,
            shutdown,
            streams,
            answers,
            again,
            alone,
        }
    }

    pub(super) async fn run(mut self) {
        while let Some(waiting) = self.gather().await {
            let mut round = Round::default();
            let batch = self.decide(&mut round, waiting).await;
            if !batch.waiting.is_empty() {
                self.commit(round, batch).await;
            }
        }
        tracing::info!("the executor has stopped");
    }

    /// Takes what is waiting, at least one command. `None` when the service stops and nothing waits.
    async fn gather(&mut self) -> Option<Vec<Waiting>> {
        if let Some(waiting) = self.alone.pop_front() {
            return Some(vec![waiting]);
        }
        let mut gathered: Vec<Waiting> = self.again.drain(..).collect();
        if gathered.is_empty() {
            tokio::select! {
                biased;
                first = self.queue.recv() => gathered.push(first?),
                () = self.shutdown.cancelled() => {
                    self.queue.close();
                    gathered.push(self.queue.recv().await?);
                }
            }
        }
        while gathered.len() < self.options.batch_commands_max
            && let Ok(waiting) = self.queue.try_recv()
        {
            gathered.push(waiting);
        }
        Some(gathered)
    }

    /// Decides commands in sequence, loading what is not known. Answers what needs no append.
    async fn decide(&mut self, round: &mut Round, gathered: Vec<Waiting>) -> Batch {
        let mut batch = Batch::default();
        let mut undecided = self.answer_repeats(gathered);
        let mut missing = HashSet::new();
        for waiting in &undecided {
            round.missing(prefetched(waiting), &self.streams, &mut missing);
        }
        for _ in 0..LOADS_MAX {
            if let Err(error) = self.load(round, &mut missing).await {
                refuse_all(undecided, &error);
                return batch;
            }
            undecided = self.decide_known(round, undecided, &mut missing, &mut batch);
            if undecided.is_empty() {
                return batch;
            }
        }
        let error = Error::Internal(Arc::new(std::io::Error::other(
            "the command asks for ever more streams",
        )));
        refuse_all(undecided, &error);
        batch
    }

    /// Decides those commands whose streams are known. Gives those that need more, which is added to `missing`.
    fn decide_known(
        &mut self,
        round: &mut Round,
        undecided: Vec<Waiting>,
        missing: &mut HashSet<StreamId>,
        batch: &mut Batch,
    ) -> Vec<Waiting> {
        let mut events_len: usize = batch.appends.iter().map(|append| append.events.len()).sum();
        let mut still = Vec::new();
        for waiting in undecided {
            if events_len >= self.options.batch_events_max {
                self.again.push_back(waiting);
                continue;
            }
            match round.decide(&waiting.submission, self.clock.now()) {
                Decided::Ready { append, decision } => {
                    events_len += append.events.len();
                    batch.push(waiting, append, decision);
                }
                Decided::NeedStreams(streams) => {
                    round.missing(streams, &self.streams, missing);
                    still.push(waiting);
                }
                Decided::Failed(error) => {
                    let command = waiting.submission.command.name();
                    tracing::error!(error = %Causes(&error), command, "a command could not be decided");
                    waiting.answer(Err(error));
                }
            }
        }
        still
    }

    /// Answers commands whose key was used lately, and puts off those whose key stands in the batch already.
    fn answer_repeats(&mut self, gathered: Vec<Waiting>) -> Vec<Waiting> {
        let mut keys = HashSet::new();
        let mut fresh = Vec::with_capacity(gathered.len());
        for waiting in gathered {
            let Some(idempotency) = &waiting.submission.idempotency else {
                fresh.push(waiting);
                continue;
            };
            let key = idempotency.stored_key();
            if let Some(stored) = self.answers.get(&key) {
                let answer = repeated(&stored, &idempotency.request_hash);
                waiting.answer(answer);
            } else if keys.insert(key) {
                fresh.push(waiting);
            } else {
                self.again.push_back(waiting);
            }
        }
        fresh
    }

    async fn load(&mut self, round: &mut Round, missing: &mut HashSet<StreamId>) -> Result<(), Error> {
        if missing.is_empty() {
            return Ok(());
        }
        let loaded = self.streams.load(missing).await.map_err(|error| {
            tracing::warn!(error = %Causes(&error), streams.len = missing.len(), "streams could not be loaded");
            store_error(error)
        })?;
        round.know(loaded);
        missing.clear();
        Ok(())
    }

    /// Appends what was decided and answers everyone.
    async fn commit(&mut self, round: Round, batch: Batch) {
        match self.store.append(&batch.appends).await {
            Ok(outcomes) => {
                let lost = self.settle(batch, outcomes);
                for (stream, known) in round.into_provisional() {
                    if !lost.contains(&known.key) {
                        self.streams.put(stream, known);
                    }
                }
            }
            Err(error) => self.fail(batch, error),
        }
    }

    /// Answers each command by what became of it. Gives the keys of the streams that are not where the round
    /// thought.
    fn settle(&mut self, batch: Batch, outcomes: Vec<Outcome>) -> HashSet<Arc<str>> {
        let mut lost = HashSet::new();
        for (((waiting, decision), append), outcome) in
            batch.waiting.into_iter().zip(&batch.appends).zip(outcomes)
        {
            if !matches!(outcome, Outcome::Appended { .. }) {
                lost.extend(append.claims.iter().map(|claim| Arc::clone(&claim.stream_id)));
                self.distrust(append);
            }
            match (outcome, decision) {
                (Outcome::Appended { .. }, Err(error)) => waiting.answer(Err(Error::Rejected(*error))),
                (Outcome::Appended { position }, Ok(state)) => self.accept(waiting, append, position, state),
                (Outcome::Duplicate(stored), _) => self.answer_stored(waiting, stored),
                (Outcome::Conflict, _) => self.retry(waiting),
            }
        }
        lost
    }

    fn accept(&self, waiting: Waiting, append: &Append, position: i64, state: domain::State) {
        let stream_id = super::stream_key(&waiting.submission.command.primary_stream());
        let version = append
            .claims
            .iter()
            .find(|claim| claim.stream_id == stream_id)
            .map_or(0, |claim| claim.after.version);
        if let Some(claim) = &append.idempotency {
            let stored = StoredAnswer {
                request_hash: claim.request_hash.to_vec(),
                stream_id: stream_id.as_ref().to_owned(),
                version,
                position,
            };
            self.answers.insert(claim.key.clone(), Arc::new(stored));
        }
        waiting.answer(Ok(Accepted {
            stream_id,
            version,
            position,
            state: Some(state),
        }));
    }

    fn answer_stored(&self, waiting: Waiting, stored: StoredAnswer) {
        let idempotency = waiting
            .submission
            .idempotency
            .as_ref()
            .expect("only a key can be a duplicate");
        let answer = repeated(&stored, &idempotency.request_hash);
        self.answers.insert(idempotency.stored_key(), Arc::new(stored));
        waiting.answer(answer);
    }

    /// Notes that none of the streams a command touched can be taken as this process knows it.
    fn distrust(&mut self, append: &Append) {
        for claim in &append.claims {
            let stream = claim
                .stream_id
                .parse()
                .expect("the claim's id was written from a stream id");
            self.streams.suspect(stream);
        }
    }

    fn retry(&mut self, mut waiting: Waiting) {
        waiting.attempts += 1;
        if waiting.attempts >= self.options.attempts_max {
            let attempts = waiting.attempts;
            waiting.answer(Err(Error::Conflict { attempts }));
        } else {
            self.again.push_back(waiting);
        }
    }

    /// The append failed: when the store is away everyone hears so, otherwise each command is tried alone, so
    /// that one that cannot be stored does not take the others with it.
    fn fail(&mut self, batch: Batch, error: event_store::Error) {
        let commands_len = batch.appends.len();
        tracing::warn!(error = %Causes(&error), commands.len = commands_len, "a batch could not be appended");
        let one_by_one = commands_len > 1 && !error.is_unavailable();
        let answer = store_error(error);
        batch.appends.iter().for_each(|append| self.distrust(append));
        for (waiting, _) in batch.waiting {
            if one_by_one {
                self.alone.push_back(waiting);
            } else {
                waiting.answer(Err(answer.clone()));
            }
        }
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

fn repeated(stored: &StoredAnswer, request_hash: &[u8; 32]) -> Result<Accepted, Error> {
    if stored.request_hash != request_hash {
        return Err(Error::KeyReused);
    }
    Ok(Accepted {
        stream_id: stored.stream_id.as_str().into(),
        version: stored.version,
        position: stored.position,
        state: None,
    })
}

fn store_error(error: event_store::Error) -> Error {
    if error.is_unavailable() {
        Error::Unavailable
    } else {
        Error::Internal(Arc::new(error))
    }
}

/// An error with everything that led to it, for the log.
struct Causes<'a>(&'a (dyn std::error::Error + 'a));

impl std::fmt::Display for Causes<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(cause) = source {
            write!(formatter, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}
