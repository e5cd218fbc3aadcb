//! What becomes of an appended batch: answers, and what has to be decided again.

use std::collections::HashSet;
use std::sync::Arc;

use event_store::{Append, Outcome, StoredAnswer};
use platform::causes::with_causes;

use super::{Appended, Stored, Worker, store_error};
use crate::executor::pending::{DecidedBatch, Pending};
use crate::executor::{Accepted, Error, Waiting, answers, stream_key};

impl Worker {
    /// Takes in what became of a batch, and gives it to be answered when all of it is stored. Otherwise everyone
    /// is answered now, and what was decided on it is decided again.
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
        let Pending { batch, put_off, .. } = std::mem::take(pending);
        self.again.extend(batch.into_waiting());
        self.again.extend(put_off);
        None
    }

    /// Answers each command by what became of it. Gives the ids of the streams that are not where the batch
    /// thought.
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
    /// that one that cannot be stored does not take the others with it. Gives the ids of all its streams.
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
        for waiting in batch.into_waiting() {
            if one_by_one {
                self.alone.push_back(waiting);
            } else {
                waiting.answer(Err(answer.clone()));
            }
        }
        lost
    }
}

fn is_stored(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Appended { .. })
}
