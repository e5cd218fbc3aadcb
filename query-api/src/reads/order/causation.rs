//! The causation tree of an order: what each command made happen, from its placing to the last effect.

use std::collections::{BTreeMap, HashMap};

use actix_web::web;
use chrono::{DateTime, Utc};
use domain::{OrderId, StreamId};
use event_store::browse::{Direction, EventFilter, PositionRange};
use platform::answer::Found;
use platform::path::PathId;
use platform::problem::Problem;
use platform::query::Query;
use schemars::JsonSchema;
use schemas::envelope::{Actor, Metadata, RecordedEvent};
use serde::Serialize;
use uuid::Uuid;

use crate::api::{Api, store};
use crate::reads::OneQuery;
use crate::view::Cause;

/// The largest number of events of a tree.
const EVENTS_MAX: i64 = 2_000;

/// The commands about an order and their events, as a tree.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Causation {
    /// The commands: each is followed by those that its events led to, with a larger depth. Rejected commands have no
    /// events and are not recorded.
    items: Vec<CausedCommand>,
    /// Whether these are all. The tree has the first 2,000 events.
    is_complete: bool,
}

/// A command that was accepted, and its events.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CausedCommand {
    command_id: Uuid,
    /// The number of commands that led to it; 0 for a request from outside.
    depth: u32,
    /// The event to which a policy reacted with it; null for a request from outside.
    cause: Option<Cause>,
    /// Who submitted it, as `GET /admin/events` names them.
    actor: String,
    /// The policy that submitted it.
    policy: Option<String>,
    events: Vec<CausedEvent>,
}

/// An event of a command.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CausedEvent {
    position: i64,
    stream_id: String,
    version: i64,
    event_id: Uuid,
    event_type: String,
    occurred_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
}

/// The tree of the events that have the order's correlation id: those of its payment, delivery and returns, and of the
/// stock that it takes, too.
pub(crate) async fn causation(
    api: web::Data<Api>,
    id: PathId<OrderId>,
    _: Query<OneQuery>,
) -> Result<Found<Causation>, Problem> {
    let stream_id = StreamId::Order(id.0).to_string();
    let placed = api
        .store
        .read_stream(&stream_id, 0, 1)
        .await
        .map_err(store)?
        .pop();
    let placed = placed.ok_or_else(Problem::not_found)?;
    let filter = EventFilter {
        correlation_id: Some(metadata(&placed)?.correlation_id),
        ..EventFilter::default()
    };
    let all = PositionRange {
        first: placed.position,
        last: i64::MAX,
    };
    let page = api.store.browse(&filter, all, Direction::Forwards, EVENTS_MAX);
    let page = page.await.map_err(store)?;
    Ok(Found(Causation {
        items: tree(page.events)?,
        is_complete: page.rest.is_none(),
    }))
}

fn metadata(event: &RecordedEvent) -> Result<Metadata, Problem> {
    serde_json::from_str(event.metadata.get()).map_err(Problem::internal)
}

/// The commands of `events`, which are in the order of the log; each is followed by its effects.
fn tree(events: Vec<RecordedEvent>) -> Result<Vec<CausedCommand>, Problem> {
    let mut causes: HashMap<Uuid, (Uuid, Cause)> = HashMap::new();
    let mut commands: HashMap<Uuid, CausedCommand> = HashMap::new();
    // By the position of the first event; none for requests from outside.
    let mut effects: HashMap<Option<Uuid>, BTreeMap<i64, Uuid>> = HashMap::new();
    for event in events {
        let metadata = metadata(&event)?;
        let (command_id, position) = (metadata.command_id, event.position);
        let cause = Cause {
            position,
            event_type: event.event_type.clone(),
        };
        causes.insert(event.event_id, (command_id, cause));
        let command = commands.entry(command_id).or_insert_with(|| {
            let cause = metadata.causation_id.and_then(|id| causes.get(&id));
            let parent = cause.map(|(parent, _)| *parent);
            effects.entry(parent).or_default().insert(position, command_id);
            CausedCommand {
                command_id,
                depth: 0,
                cause: cause.map(|(_, cause)| cause.clone()),
                actor: metadata.actor.to_string(),
                policy: match metadata.actor {
                    Actor::Policy { name } => Some(name),
                    Actor::Account { .. } | Actor::Guest | Actor::Tool { .. } => None,
                },
                events: Vec::new(),
            }
        });
        command.events.push(CausedEvent {
            position,
            stream_id: event.stream_id,
            version: event.version,
            event_id: event.event_id,
            event_type: event.event_type,
            occurred_at: event.occurred_at,
            recorded_at: event.recorded_at,
        });
    }
    Ok(in_order(commands, &effects))
}

/// The commands, depth first. A cause is earlier in the log than its effects, so there are no circles.
fn in_order(
    mut commands: HashMap<Uuid, CausedCommand>,
    effects: &HashMap<Option<Uuid>, BTreeMap<i64, Uuid>>,
) -> Vec<CausedCommand> {
    let mut items = Vec::with_capacity(commands.len());
    let after = |command_id: Option<Uuid>, depth: u32| {
        let effects = effects.get(&command_id).into_iter().flat_map(BTreeMap::values);
        effects.rev().map(move |effect| (*effect, depth))
    };
    let mut rest: Vec<(Uuid, u32)> = after(None, 0).collect();
    while let Some((command_id, depth)) = rest.pop() {
        rest.extend(after(Some(command_id), depth + 1));
        items.extend(
            commands
                .remove(&command_id)
                .map(|command| CausedCommand { depth, ..command }),
        );
    }
    items
}

#[cfg(test)]
mod tests {
    use serde_json::value::{RawValue, to_raw_value};

    use super::*;

    fn event(position: i64, command: u128, cause: Option<i64>) -> RecordedEvent {
        let metadata = Metadata {
            command_id: Uuid::from_u128(command),
            correlation_id: Uuid::from_u128(1),
            causation_id: cause.map(|cause| Uuid::from_u128(cause.unsigned_abs().into())),
            actor: match cause {
                Some(_) => Actor::Policy {
                    name: "settlement".to_owned(),
                },
                None => Actor::Guest,
            },
            traceparent: None,
        };
        RecordedEvent {
            position,
            stream_id: "order-7".to_owned(),
            version: position,
            event_id: Uuid::from_u128(position.unsigned_abs().into()),
            event_type: "OrderPlaced".to_owned(),
            schema_version: 1,
            partition_key: "7".to_owned(),
            payload: RawValue::NULL.to_owned(),
            metadata: to_raw_value(&metadata).unwrap(),
            occurred_at: DateTime::UNIX_EPOCH,
            recorded_at: DateTime::UNIX_EPOCH,
            hash: [0; 32],
        }
    }

    #[test]
    fn each_command_is_followed_by_its_effects() {
        let events = vec![
            event(1, 10, None),
            event(2, 10, None),
            event(3, 20, None),
            event(4, 30, Some(2)),
            event(5, 40, Some(3)),
            event(6, 50, Some(4)),
            event(7, 60, Some(1)),
        ];
        let tree = tree(events).unwrap();
        let found: Vec<_> = tree
            .iter()
            .map(|command| {
                let cause = command.cause.as_ref().map(|cause| cause.position);
                (
                    command.command_id.as_u128(),
                    command.depth,
                    cause,
                    command.events.len(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                (10, 0, None, 2),
                (30, 1, Some(2), 1),
                (50, 2, Some(4), 1),
                (60, 1, Some(1), 1),
                (20, 0, None, 1),
                (40, 1, Some(3), 1),
            ]
        );
        assert_eq!(tree[0].policy, None);
        assert_eq!(
            (&*tree[1].actor, tree[1].policy.as_deref()),
            ("policy:settlement", Some("settlement"))
        );
    }
}
