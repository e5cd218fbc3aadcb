//! A page of the log for one policy: the due events by key, and the next step.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use event_store::store::TypedPage;
use platform::causes::with_causes;
use schemas::codec::{self, DecodeError};
use schemas::envelope::RecordedEvent;

use super::Policy;
use super::trigger::Trigger;

/// An event to handle.
#[derive(Debug, Clone)]
pub(super) struct Task<T> {
    pub(super) event: Arc<RecordedEvent>,
    /// The decoded event, or the reason why it cannot be read.
    pub(super) trigger: Result<T, String>,
}

/// The next step after a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// Read on: there may be more events already.
    GoOn,
    /// Wait for new events.
    WaitForEvents,
    /// Wait for an event that is due at this time.
    WaitUntil(DateTime<Utc>),
    /// Stop before the event at this position, which only a newer release can read.
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

/// The event has a newer schema version than this release knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewerVersion(pub(super) String);

impl<T: Trigger> Task<T> {
    /// Decodes an event. A malformed one becomes a task that fails.
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

/// Plans the page after position `after`. `span` is the number of positions it should cover.
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

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use serde_json::value::RawValue;
    use uuid::Uuid;

    use super::*;
    use crate::policies::recovery::PaymentRecovery;

    fn now() -> DateTime<Utc> {
        "2026-03-01T12:00:00Z".parse().unwrap()
    }

    /// A confirmed payment of one of three orders, recorded some seconds ago.
    fn confirmed(position: i64, recorded_s_ago: i64, schema_version: i16) -> RecordedEvent {
        let id = Uuid::from_u128(u128::try_from(position % 3).unwrap());
        let recorded_at = now() - TimeDelta::seconds(recorded_s_ago);
        RecordedEvent {
            position,
            stream_id: format!("payment-{id}"),
            version: 1,
            event_id: Uuid::from_u128(7),
            event_type: "PaymentConfirmed".to_owned(),
            schema_version,
            partition_key: id.to_string(),
            payload: RawValue::from_string(format!(r#"{{"payment_id":"{id}","order_id":"{id}"}}"#)).unwrap(),
            metadata: RawValue::from_string("{}".to_owned()).unwrap(),
            occurred_at: recorded_at,
            recorded_at,
            hash: [0; 32],
        }
    }

    /// The positions by key, the reached position, and the next step, for a page that covers ten positions.
    fn planned(events: Vec<RecordedEvent>) -> (Vec<Vec<i64>>, i64, Next) {
        let page = TypedPage { events, up_to: 10 };
        let Plan { by_key, up_to, next } = plan::<PaymentRecovery>(page, (0, 10), now());
        let positions = |tasks: &Vec<Task<_>>| tasks.iter().map(|task| task.event.position).collect();
        (by_key.iter().map(positions).collect(), up_to, next)
    }

    #[test]
    fn the_events_of_a_key_keep_their_order() {
        let events = (1..=7).map(|position| confirmed(position, 60, 1)).collect();
        let by_key = vec![vec![1, 4, 7], vec![2, 5], vec![3, 6]];
        assert_eq!(planned(events), (by_key, 10, Next::GoOn));
    }

    #[test]
    fn a_page_ends_before_an_event_that_is_not_due() {
        let events = vec![confirmed(1, 60, 1), confirmed(5, 3, 1), confirmed(6, 60, 1)];
        let due_at = now() + TimeDelta::seconds(7);
        assert_eq!(planned(events), (vec![vec![1]], 4, Next::WaitUntil(due_at)));
    }

    #[test]
    fn a_page_ends_before_an_event_of_a_newer_release() {
        let (by_key, up_to, next) = planned(vec![confirmed(1, 60, 1), confirmed(5, 60, 2)]);
        assert_eq!((by_key, up_to), (vec![vec![1]], 4));
        assert!(matches!(next, Next::Stop { position: 5, .. }), "{next:?}");
    }

    #[test]
    fn a_malformed_event_is_a_task_that_fails() {
        let mut malformed = confirmed(1, 60, 1);
        malformed.payload = RawValue::from_string("{}".to_owned()).unwrap();
        let task = Task::<<PaymentRecovery as Policy>::Trigger>::new(malformed).unwrap();
        assert!(task.trigger.unwrap_err().contains("malformed"));
    }
}
