//! Handles the outcome of an append: answers commands, or schedules them to be decided again.

use std::collections::HashSet;
use std::sync::Arc;

use event_store::{Append, Outcome, StoredAnswer};
use platform::causes::with_causes;

use super::{Appended, Stored, Worker, store_error};
use crate::executor::pending::{DecidedBatch, Pending};
use crate::executor::{Accepted, Error, Waiting, answers, stream_key};
use crate::metrics;

impl Worker {
    /// Handles the outcome of an append. If all of the batch is stored, returns it to be answered. Otherwise answers at
    /// once, and has the pending batch, which rests on it, decided again.
    pub(super) fn finish(&mut self, (batch, outcomes): Appended, pending: &mut Pending) -> Option<Stored> {
        let lost = match outcomes {
            Ok(outcomes) if outcomes.iter().all(is_stored) => {
                self.streams.settle(&HashSet::new());
                return Some((batch, outcomes));
            }
            Ok(outcomes) => self.settle((batch, outcomes)),
            Err(error) => self.fail(batch, error),
        };
        self.streams.settle(&lost);
        let Pending { batch, deferred, .. } = std::mem::take(pending);
        self.backlog.put_back(batch.into_waiting());
        self.backlog.put_back(deferred);
        None
    }

    /// Answers each command with its outcome. Returns the ids of the streams that are not at the version the batch
    /// expected.
    pub(super) fn settle(&mut self, (batch, outcomes): Stored) -> HashSet<Arc<str>> {
        let mut lost = HashSet::new();
        for (((waiting, decision), append), outcome) in
            batch.waiting.into_iter().zip(&batch.appends).zip(outcomes)
        {
            if !is_stored(&outcome) {
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

    fn accept(&mut self, waiting: Waiting, append: &Append, position: i64, state: domain::StreamState) {
        let stream_id = stream_key(&waiting.submission.command.primary_stream());
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
            self.answers.keep(claim.key.clone(), stored);
        }
        waiting.answer(Ok(Accepted {
            stream_id,
            version,
            position,
            state: Some(state),
        }));
    }

    fn answer_stored(&mut self, waiting: Waiting, stored: StoredAnswer) {
        let idempotency = waiting
            .submission
            .idempotency
            .as_ref()
            .expect("only a key can be a duplicate");
        let answer = answers::repeated(&stored, idempotency);
        self.answers.keep(idempotency.stored_key(), stored);
        waiting.answer(answer);
    }

    /// Marks the streams a command touched as possibly stale.
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
            metrics::RETRIES.increment(1);
            self.backlog.put_back([waiting]);
        }
    }

    /// Handles a failed append. If the store is unavailable, answers all callers with that; otherwise isolates each
    /// command, so that one that cannot be stored does not fail the others. Returns the ids of all its streams.
    fn fail(&mut self, batch: DecidedBatch, error: event_store::Error) -> HashSet<Arc<str>> {
        let commands_len = batch.appends.len();
        tracing::warn!(
            error = with_causes(&error),
            commands.len = commands_len,
            "a batch could not be appended"
        );
        let one_by_one = commands_len > 1 && !error.is_unavailable();
        let answer = store_error(error);
        let mut lost = HashSet::new();
        for append in &batch.appends {
            lost.extend(append.claims.iter().map(|claim| Arc::clone(&claim.stream_id)));
            self.distrust(append);
        }
        if one_by_one {
            self.backlog.isolate(batch.into_waiting());
        } else {
            batch
                .into_waiting()
                .for_each(|waiting| waiting.answer(Err(answer.clone())));
        }
        lost
    }
}

fn is_stored(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Appended { .. })
}
