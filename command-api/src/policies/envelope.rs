//! The metadata of a policy's command.

use domain::Command;
use schemas::envelope::{Actor, Metadata, RecordedEvent};

use crate::executor::{Cause, Idempotency, Submission};
use crate::idempotency::request_hash;

/// Builds the submissions of one reaction of a policy.
pub(super) struct Envelope<'a> {
    pub(super) policy: &'static str,
    /// The event that caused the reaction.
    pub(super) event: &'a RecordedEvent,
}

impl Envelope<'_> {
    /// Wraps a command under the key `about`: the same for the same subject, whichever event caused it.
    pub(super) fn submission(&self, about: &str, command: impl Into<Command>) -> Submission {
        let metadata = metadata(self.event);
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
            cause: metadata.as_ref().map(|metadata| Cause {
                event_id: self.event.event_id,
                correlation_id: metadata.correlation_id,
            }),
            // The trace of the request that caused the event is continued.
            traceparent: metadata.and_then(|metadata| metadata.traceparent),
            new_keys: Vec::new(),
        }
    }

    /// Whether the event was caused by a command of an operator's tool, such as the importer. Policies leave such
    /// orders to the tool.
    pub(super) fn is_by_tool(&self) -> bool {
        is_by_tool(self.event)
    }
}

/// Whether the event was caused by a command of an operator's tool, such as the importer.
pub(super) fn is_by_tool(event: &RecordedEvent) -> bool {
    metadata(event).is_some_and(|metadata| matches!(metadata.actor, Actor::Tool { .. }))
}

fn metadata(event: &RecordedEvent) -> Option<Metadata> {
    serde_json::from_str(event.metadata.get()).ok()
}
