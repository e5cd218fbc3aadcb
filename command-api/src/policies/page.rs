//! A page of the log as a policy sees it: the events that are due, by key, and what comes after them.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use event_store::store::TypedPage;
use platform::causes::with_causes;
use schemas::codec::{self, DecodeError};
use schemas::envelope::RecordedEvent;

use super::Policy;
use super::trigger::Trigger;

/// An event to react to.
#[derive(Debug, Clone)]
pub(super) struct Task<T> {
    pub(super) event: Arc<RecordedEvent>,
    /// The event as the policy sees it, or why it cannot be read.
    pub(super) trigger: Result<T, String>,
}

/// What follows a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// There may be more already.
    GoOn,
    /// New events.
    WaitForEvents,
    /// An event that is due then.
    WaitUntil(DateTime<Utc>),
    /// An event at this position that only a newer release can read.
    Stop { position: i64, reason: String },
}

/// The due events of a page.
#[derive(Debug)]
pub(super) struct Plan<T> {
    /// The events of each key, in order.
    pub(super) by_key: Vec<Vec<Task<T>>>,
    /// The policy's position once these events are handled.
    pub(super) up_to: i64,
    pub(super) next: Next,
}

/// An event of a newer schema version than this release knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewerVersion(pub(super) String);

impl<T: Trigger> Task<T> {
    /// Decodes an event. One that is malformed is a task, too, which fails.
    pub(super) fn new(event: RecordedEvent) -> Result<Self, NewerVersion> {
        let trigger = match codec::decode(&event.event_type, event.schema_version, event.payload.get()) {
            Ok(decoded) => T::from_event(decoded)
                .ok_or_else(|| format!("the policy does not react to {}", event.event_type)),
            Err(error @ DecodeError::NewerVersion { .. }) => return Err(NewerVersion(error.to_string())),
            Err(error) => Err(with_causes(&error)),
        };
        Ok(Self {
            event: Arc::new(event),
            trigger,
        })
    }
}

/// Plans the page after position `after`. `span` is how many positions it was to cover.
pub(super) fn plan<P: Policy>(
    page: TypedPage,
    (after, span): (i64, i64),
    now: DateTime<Utc>,
) -> Plan<P::Trigger> {
    let mut by_key: Vec<Vec<Task<P::Trigger>>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for event in page.events {
        let position = event.position;
        let before = |next| (position - 1, next);
        let ended = match Task::<P::Trigger>::new(event) {
            Err(NewerVersion(reason)) => before(Next::Stop { position, reason }),
            Ok(task) => {
                let due_at = task
                    .trigger
                    .as_ref()
                    .map_or(task.event.recorded_at, |trigger| P::due_at(&task.event, trigger));
                if due_at <= now {
                    let place = *places.entry(task.event.partition_key.clone()).or_insert_with(|| {
                        by_key.push(Vec::new());
                        by_key.len() - 1
                    });
                    by_key[place].push(task);
                    continue;
                }
                before(Next::WaitUntil(due_at))
            }
        };
        let (up_to, next) = ended;
        return Plan { by_key, up_to, next };
    }
    let next = if page.up_to - after < span {
        Next::WaitForEvents
    } else {
        Next::GoOn
    };
    Plan {
        by_key,
        up_to: page.up_to,
        next,
    }
}
