//! A page of the log for one policy: the events that are due now and later, and the next step.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use event_store::store::TypedPage;
use platform::causes::with_causes;
use schemas::codec;
use schemas::envelope::RecordedEvent;

use super::Policy;
use super::checkpoint::Checkpoint;
use super::timers::Timer;
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
    /// Wait for new events, or for the next timer.
    Wait,
    /// Stop before the event at this position, which only a newer release can read.
    Stop { position: i64, reason: String },
}

/// What to do with the events of a page.
#[derive(Debug)]
pub(super) struct Plan<T> {
    /// The events to handle now.
    pub(super) due: Vec<Task<T>>,
    /// The events to handle later.
    pub(super) later: Vec<Timer>,
    /// The last position of the page.
    pub(super) up_to: i64,
    pub(super) next: Next,
}

/// The event has a type or a schema version that only a newer release knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewerVersion(pub(super) String);

impl<T: Trigger> Task<T> {
    /// Decodes an event. A malformed one becomes a task that fails.
    pub(super) fn new(event: RecordedEvent) -> Result<Self, NewerVersion> {
        let trigger = Self::decode(&event)?;
        let event = Arc::new(event);
        Ok(Self { event, trigger })
    }

    /// Decodes an event that had a timer, so that this release can read it.
    pub(super) fn of_timer(event: RecordedEvent) -> Self {
        let trigger = Self::decode(&event).unwrap_or_else(|NewerVersion(reason)| Err(reason));
        let event = Arc::new(event);
        Self { event, trigger }
    }

    fn decode(event: &RecordedEvent) -> Result<Result<T, String>, NewerVersion> {
        match codec::decode(&event.event_type, event.schema_version, event.payload.get()) {
            Ok(decoded) => Ok(T::from_event(decoded)
                .ok_or_else(|| format!("the policy does not react to {}", event.event_type))),
            Err(error) if error.is_of_newer_release() => Err(NewerVersion(error.to_string())),
            Err(error) => Ok(Err(with_causes(&error))),
        }
    }

    fn due_at<P: Policy<Trigger = T>>(&self) -> DateTime<Utc> {
        let trigger = self.trigger.as_ref();
        trigger.map_or(self.event.recorded_at, |trigger| P::due_at(&self.event, trigger))
    }
}

/// Plans the page after position `after`, without what `checkpoint` says is handled. `span` is the number of positions
/// that a page covers.
pub(super) fn plan<P: Policy>(
    page: TypedPage,
    (after, span): (i64, i64),
    now: DateTime<Utc>,
    checkpoint: &Checkpoint,
) -> Plan<P::Trigger> {
    let (mut due, mut later) = (Vec::new(), Vec::new());
    for event in page.events {
        let position = event.position;
        let task = match Task::<P::Trigger>::new(event) {
            Ok(task) => task,
            Err(NewerVersion(reason)) => {
                let (up_to, next) = (position - 1, Next::Stop { position, reason });
                return Plan {
                    due,
                    later,
                    up_to,
                    next,
                };
            }
        };
        let due_at = task.due_at::<P>();
        if checkpoint.has_handled(position, due_at) {
            continue;
        }
        if due_at <= now {
            due.push(task);
        } else {
            later.push(Timer { due_at, position });
        }
    }
    let next = if page.up_to - after < span {
        Next::Wait
    } else {
        Next::GoOn
    };
    let up_to = page.up_to;
    Plan {
        due,
        later,
        up_to,
        next,
    }
}

/// Groups tasks by key, those of a key in the order of the log.
pub(super) fn by_key<T>(mut tasks: Vec<Task<T>>) -> Vec<Vec<Task<T>>> {
    tasks.sort_by_key(|task| task.event.position);
    let mut groups: Vec<Vec<Task<T>>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for task in tasks {
        let place = *places.entry(task.event.partition_key.clone()).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[place].push(task);
    }
    groups
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use serde_json::value::RawValue;
    use uuid::Uuid;

    use super::*;
    use crate::policies::recovery::PaymentRecovery;

    type Trigger = <PaymentRecovery as Policy>::Trigger;

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

    /// The plan of a page that covers ten positions.
    fn planned(events: Vec<RecordedEvent>, checkpoint: &Checkpoint) -> Plan<Trigger> {
        plan::<PaymentRecovery>(TypedPage { events, up_to: 10 }, (0, 10), now(), checkpoint)
    }

    fn positions(tasks: &[Task<Trigger>]) -> Vec<i64> {
        tasks.iter().map(|task| task.event.position).collect()
    }

    #[test]
    fn the_events_of_a_key_keep_their_order() {
        let events = (1..=7).rev().map(|position| confirmed(position, 60, 1)).collect();
        let plan = planned(events, &Checkpoint::START);
        let groups: Vec<_> = by_key(plan.due).iter().map(|tasks| positions(tasks)).collect();
        let in_order = |first: i64| (first..=7).step_by(3).collect::<Vec<_>>();
        assert_eq!(groups, [in_order(1), in_order(2), in_order(3)]);
        assert_eq!((plan.up_to, plan.next), (10, Next::GoOn));
    }

    #[test]
    fn an_event_that_is_due_later_does_not_hold_up_the_next_ones() {
        let events = vec![confirmed(1, 60, 1), confirmed(5, 3, 1), confirmed(6, 60, 1)];
        let plan = planned(events, &Checkpoint::START);
        let due_at = now() + TimeDelta::seconds(7);
        assert_eq!(positions(&plan.due), [1, 6]);
        assert_eq!(plan.later, [Timer { due_at, position: 5 }]);
        assert_eq!(plan.up_to, 10);
    }

    #[test]
    fn what_was_handled_before_a_restart_is_not_handled_again() {
        let checkpoint = Checkpoint {
            position: 1,
            read_position: 6,
            due_at: now() - TimeDelta::seconds(20),
        };
        let seconds_ago = [60, 29, 60, 31, 60, 25, 60, 3];
        let events = (1..)
            .zip(seconds_ago)
            .map(|(position, ago)| confirmed(position, ago, 1));
        let plan = planned(events.collect(), &checkpoint);
        assert_eq!(positions(&plan.due), [2, 6, 7]);
        assert_eq!(plan.later.len(), 1);
    }

    #[test]
    fn a_page_ends_before_an_event_of_a_newer_release() {
        let events = vec![confirmed(1, 60, 1), confirmed(5, 60, 2)];
        let plan = planned(events, &Checkpoint::START);
        assert_eq!((positions(&plan.due), plan.up_to), (vec![1], 4));
        assert!(matches!(plan.next, Next::Stop { position: 5, .. }), "{plan:?}");
    }

    #[test]
    fn a_malformed_event_is_a_task_that_fails() {
        let mut malformed = confirmed(1, 60, 1);
        malformed.payload = RawValue::from_string("{}".to_owned()).unwrap();
        let task = Task::<Trigger>::new(malformed).unwrap();
        assert!(task.trigger.unwrap_err().contains("malformed"));
    }
}
