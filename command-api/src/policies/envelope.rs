//! What surrounds a policy's command.

use domain::Command;
use schemas::envelope::{Actor, Metadata, RecordedEvent};

use crate::executor::{Idempotency, Submission};
use crate::idempotency::request_hash;

/// Makes the submissions of one reaction of a policy.
pub(super) struct Envelope<'a> {
    pub(super) policy: &'static str,
    /// The event that led to it.
    pub(super) event: &'a RecordedEvent,
}

impl Envelope<'_> {
    /// The command, under the key `about`: the same for the same thing, whichever event led to it.
    pub(super) fn submission(&self, about: &str, command: impl Into<Command>) -> Submission {
        Submission {
            command: command.into(),
            idempotency: Some(Idempotency {
                scope: format!("policy/{}", self.policy),
                key: about.to_owned(),
                request_hash: request_hash("POLICY", self.policy, about.as_bytes()),
            }),
            actor: Actor::Policy {
                name: self.policy.to_owned(),
            },
            occurred_at: None,
            // The trace goes on: from the request that led to the event to what follows from it.
            traceparent: metadata(self.event).and_then(|metadata| metadata.traceparent),
            new_keys: Vec::new(),
        }
    }
}

/// Whether an operator's tool, such as the importer, gave the command that led to the event. A tool takes what
/// it does to its end by itself.
pub(super) fn is_by_tool(event: &RecordedEvent) -> bool {
    metadata(event).is_some_and(|metadata| matches!(metadata.actor, Actor::Tool { .. }))
}

fn metadata(event: &RecordedEvent) -> Option<Metadata> {
    serde_json::from_str(event.metadata.get()).ok()
}
