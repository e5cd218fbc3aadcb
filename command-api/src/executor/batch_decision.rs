//! Decides a batch of commands, each on the state left by the commands before it.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, SubsecRound as _, Utc};
use domain::{Context, Refusal, StreamId, StreamState, View};
use event_store::{
    Append, ChainedEvent, ClaimedAnswer, EventDraft, IdempotencyClaim, StreamClaim, StreamHead,
};
use schemas::codec;
use schemas::envelope::Metadata;
use uuid::Uuid;

use super::streams::{CachedStream, StreamCache};
use super::{Error, Submission};

/// The states on which a batch is decided: those before it, and the provisional ones after its commands so far.
#[derive(Debug, Default)]
pub(super) struct BatchDecision {
    base: HashMap<StreamId, Arc<CachedStream>>,
    provisional: HashMap<StreamId, CachedStream>,
}

/// The state of the command's stream after it, or the reason for a refusal.
pub(super) type Decision = Result<StreamState, Box<domain::Error>>;

/// The outcome of deciding one command.
#[derive(Debug)]
pub(super) enum Decided {
    /// It can be appended. The decision is the state of the command's stream after it, or a refusal; for a refusal the
    /// append only checks that the state it rests on is current.
    Ready { append: Append, decision: Decision },
    /// Streams that are not loaded are needed.
    NeedStreams(Vec<StreamId>),
    /// The command cannot be stored.
    Failed(Error),
}

/// The view used for one decision. It records each stream that the decision read.
struct TrackingView<'a> {
    batch_decision: &'a BatchDecision,
    fresh: &'a HashMap<StreamId, StreamState>,
    seen: RefCell<HashSet<StreamId>>,
}

impl View for TrackingView<'_> {
    fn state(&self, stream: &StreamId) -> Option<&StreamState> {
        let state = self
            .batch_decision
            .known(stream)
            .map(|known| &known.state)
            .or_else(|| self.fresh.get(stream))?;
        self.seen.borrow_mut().insert(stream.clone());
        Some(state)
    }
}

impl BatchDecision {
    /// Adds the streams of `wanted` to `missing` that are neither in the batch nor in the cache.
    pub(super) fn missing(
        &mut self,
        wanted: impl IntoIterator<Item = StreamId>,
        streams: &mut StreamCache,
        missing: &mut HashSet<StreamId>,
    ) {
        for stream in wanted {
            if self.known(&stream).is_some() {
                continue;
            }
            match streams.get(&stream) {
                Some(known) => drop(self.base.insert(stream, known)),
                None => drop(missing.insert(stream)),
            }
        }
    }

    /// Adds loaded streams.
    pub(super) fn know(&mut self, loaded: HashMap<StreamId, Arc<CachedStream>>) {
        self.base.extend(loaded);
    }

    /// Decides one command, and on success applies its events to the states.
    pub(super) fn decide(&mut self, submission: &Submission, now: DateTime<Utc>) -> Decided {
        let occurred_at = submission.occurred_at.unwrap_or(now).trunc_subsecs(6);
        let fresh: HashMap<StreamId, StreamState> = submission
            .command
            .new_streams()
            .into_iter()
            .map(|stream| {
                let state = StreamState::initial(stream.stream_type());
                (stream, state)
            })
            .collect();
        let view = TrackingView {
            batch_decision: self,
            fresh: &fresh,
            seen: RefCell::default(),
        };
        let decision = domain::decide(&submission.command, &Context { now: occurred_at }, &view);
        let seen = view.seen.into_inner();
        match decision {
            Err(Refusal::NeedStreams(streams)) => Decided::NeedStreams(streams),
            Err(Refusal::Rejected(error)) => Decided::Ready {
                append: self.check(submission, &seen),
                decision: Err(Box::new(error)),
            },
            Ok(events) => match self.record(submission, seen, events, occurred_at) {
                Ok(append) => Decided::Ready {
                    append,
                    decision: Ok(self.state(&submission.command.primary_stream())),
                },
                Err(error) => Decided::Failed(error),
            },
        }
    }

    /// Returns the states of the streams that the batch wrote to.
    pub(super) fn into_provisional(self) -> HashMap<StreamId, CachedStream> {
        self.provisional
    }

    fn known(&self, stream: &StreamId) -> Option<&CachedStream> {
        self.provisional
            .get(stream)
            .or_else(|| self.base.get(stream).map(AsRef::as_ref))
    }

    fn state(&self, stream: &StreamId) -> StreamState {
        self.known(stream).map_or_else(
            || StreamState::initial(stream.stream_type()),
            |known| known.state.clone(),
        )
    }

    fn head(&self, stream: &StreamId) -> StreamHead {
        self.known(stream).map(|known| known.head).unwrap_or_default()
    }

    /// Builds an append without events, which confirms that the streams are at the versions the refusal saw.
    fn check(&self, submission: &Submission, seen: &HashSet<StreamId>) -> Append {
        let claims = seen
            .iter()
            .map(|stream| {
                let head = self.head(stream);
                self.claim(stream, head, head)
            })
            .collect();
        Append {
            claims,
            events: Vec::new(),
            idempotency: claim_of_key(submission, None),
            new_keys: Vec::new(),
        }
    }

    fn claim(&self, stream: &StreamId, expected: StreamHead, after: StreamHead) -> StreamClaim {
        let stream_id = self
            .known(stream)
            .map_or_else(|| super::stream_key(stream), |known| Arc::clone(&known.key));
        StreamClaim {
            stream_id,
            stream_type: stream.stream_type().as_str(),
            expected,
            after,
        }
    }

    fn record(
        &mut self,
        submission: &Submission,
        mut seen: HashSet<StreamId>,
        events: Vec<domain::NewEvent>,
        occurred_at: DateTime<Utc>,
    ) -> Result<Append, Error> {
        seen.extend(events.iter().map(|new| new.stream.clone()));
        let expected: Vec<(StreamId, StreamHead)> = seen
            .into_iter()
            .map(|stream| {
                let head = self.head(&stream);
                (stream, head)
            })
            .collect();
        let causes = Causes::of(submission, || self.correlation_id(&expected));
        let metadata = metadata(submission, &causes);
        let chained = events
            .into_iter()
            .map(|new| self.chain(new, (&metadata, causes.correlation_id), occurred_at))
            .collect::<Result<Vec<_>, _>>()?;
        let claims = expected
            .iter()
            .map(|(stream, expected)| self.claim(stream, *expected, self.head(stream)))
            .collect();
        let primary = submission.command.primary_stream();
        let answer = ClaimedAnswer {
            stream_id: super::stream_key(&primary),
            version: self.head(&primary).version,
        };
        Ok(Append {
            claims,
            events: chained,
            idempotency: claim_of_key(submission, Some(answer)),
            new_keys: submission.new_keys.clone(),
        })
    }

    /// The correlation id of the order that the decision is about: that of the first event of any of its streams, since
    /// all of them share it. Products and stock items belong to many orders and have none to inherit.
    fn correlation_id(&self, seen: &[(StreamId, StreamHead)]) -> Option<Uuid> {
        seen.iter()
            .filter(|(stream, _)| !matches!(stream, StreamId::Product(_) | StreamId::Stock(_)))
            .find_map(|(stream, _)| self.known(stream)?.correlation_id)
    }

    /// Assigns one event its version and hash, and applies it to its stream's state.
    fn chain(
        &mut self,
        new: domain::NewEvent,
        (metadata, correlation_id): (&Arc<str>, Uuid),
        occurred_at: DateTime<Utc>,
    ) -> Result<ChainedEvent, Error> {
        let domain::NewEvent { stream, event } = new;
        if !self.provisional.contains_key(&stream) {
            let base = self
                .base
                .get(&stream)
                .map_or_else(|| CachedStream::empty(&stream), |known| (**known).clone());
            self.provisional.insert(stream.clone(), base);
        }
        let known = self.provisional.get_mut(&stream).expect("it was just inserted");
        if known.head.version == 0 {
            known.correlation_id = Some(correlation_id);
        }
        known
            .state
            .evolve(&event, occurred_at)
            .map_err(|error| Error::Internal(Arc::new(error)))?;
        let encoded = codec::encode(&event);
        let draft = EventDraft {
            event_id: Uuid::now_v7(),
            event_type: encoded.event_type,
            schema_version: encoded.schema_version,
            partition_key: event.ordering_key().into(),
            payload: encoded.payload,
            metadata: Arc::clone(metadata),
            occurred_at,
        };
        Ok(ChainedEvent::chain(draft, &known.key, &mut known.head))
    }
}

fn claim_of_key(submission: &Submission, answer: Option<ClaimedAnswer>) -> Option<IdempotencyClaim> {
    let idempotency = submission.idempotency.as_ref()?;
    Some(IdempotencyClaim {
        key: idempotency.stored_key(),
        request_hash: idempotency.request_hash,
        answer,
    })
}

/// The ids that link an event to its causes.
struct Causes {
    command_id: Uuid,
    correlation_id: Uuid,
    causation_id: Option<Uuid>,
}

impl Causes {
    /// The correlation id is that of the causing event, or else that of the order, or else it starts with the command.
    fn of(submission: &Submission, order: impl FnOnce() -> Option<Uuid>) -> Self {
        let command_id = Uuid::now_v7();
        let cause = submission.cause;
        Self {
            command_id,
            correlation_id: cause
                .map(|cause| cause.correlation_id)
                .or_else(order)
                .unwrap_or(command_id),
            causation_id: cause.map(|cause| cause.event_id),
        }
    }
}

fn metadata(submission: &Submission, causes: &Causes) -> Arc<str> {
    let metadata = Metadata {
        command_id: causes.command_id,
        correlation_id: causes.correlation_id,
        causation_id: causes.causation_id,
        actor: submission.actor.clone(),
        traceparent: submission.traceparent.clone(),
    };
    serde_json::to_string(&metadata)
        .expect("metadata has string keys and nothing that fails to serialise")
        .into()
}
