//! Time travel: the state of an order at a version or time, folded from its events.

use actix_web::web;
use chrono::{DateTime, Utc};
use domain::order::OrderEvent;
use domain::{Event, OrderId, StreamId, StreamState, StreamType};
use event_store::KeyRing;
use platform::answer::Found;
use platform::path::PathId;
use platform::problem::{FieldError, Problem};
use platform::query::Query;
use schemars::JsonSchema;
use schemas::codec;
use schemas::envelope::RecordedEvent;
use schemas::read_model;
use serde::Deserialize;
use serde_json::value::to_raw_value;
use serde_json::{Map, Value};

use super::Answer;
use crate::api::{Api, store};
use crate::position::MinPosition;
use crate::sealed;
use crate::view::{History, HistoryEvent, Raw};

/// The largest number of events returned. An order has a few, and two for each return.
const EVENTS_MAX: i64 = 2_000;

/// The parameters of a history.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HistoryQuery {
    /// Only events up to this version. Not together with `at`.
    #[schemars(range(min = 1), example = 3)]
    version: Option<i64>,
    /// Only events up to this time. Not together with `version`.
    #[schemars(example = &"2026-03-01T09:30:00Z")]
    at: Option<DateTime<Utc>>,
    /// Wait until the read models have reached this position, for at most 5 seconds.
    min_position: Option<MinPosition>,
}

/// The events of an order up to a version or time, and its state after them.
pub(crate) async fn of_order(
    api: web::Data<Api>,
    id: PathId<OrderId>,
    query: Query<HistoryQuery>,
) -> Answer<Found<History>> {
    let HistoryQuery {
        version,
        at,
        min_position,
    } = query.0;
    let id = id.0;
    if version.is_some_and(|version| version < 1) {
        return Err(Problem::validation(vec![FieldError::new(
            "?version",
            "must be 1 or more",
        )]));
    }
    if version.is_some() && at.is_some() {
        return Err(Problem::validation(vec![FieldError::new(
            "?at",
            "cannot be combined with `version`",
        )]));
    }
    let reached = api.wait_for(&[read_model::ORDERS], min_position).await?;
    let stream_id = StreamId::Order(id).to_string();
    let limit = version.unwrap_or(EVENTS_MAX).min(EVENTS_MAX);
    let events = api.store.read_stream(&stream_id, 0, limit).await.map_err(store)?;
    if events.is_empty() {
        return Err(Problem::not_found());
    }
    let events = events
        .into_iter()
        .take_while(|event| at.is_none_or(|at| event.occurred_at <= at))
        .collect();
    reached.found(history(&api.keys, events).await?)
}

async fn history(keys: &KeyRing, events: Vec<RecordedEvent>) -> Result<History, Problem> {
    let mut state = StreamState::initial(StreamType::Order);
    let mut items = Vec::with_capacity(events.len());
    for recorded in events {
        let event = codec::decode(
            &recorded.event_type,
            recorded.schema_version,
            recorded.payload.get(),
        );
        let event = event.map_err(Problem::internal)?;
        state
            .evolve(&event, recorded.occurred_at)
            .map_err(Problem::internal)?;
        let payload = shown(keys, &state, &event, recorded.payload).await?;
        items.push(HistoryEvent {
            position: recorded.position,
            version: recorded.version,
            event_id: recorded.event_id,
            event_type: recorded.event_type,
            schema_version: recorded.schema_version,
            occurred_at: recorded.occurred_at,
            recorded_at: recorded.recorded_at,
            payload,
            metadata: recorded.metadata,
        });
    }
    let state = (!items.is_empty()).then_some(state);
    Ok(History { items, state })
}

/// The payload of an event of the order `state`, with its reason opened.
async fn shown(keys: &KeyRing, state: &StreamState, event: &Event, payload: Raw) -> Result<Raw, Problem> {
    let (StreamState::Order(order), Event::Order(OrderEvent::OrderCancelled(cancelled))) = (state, event)
    else {
        return Ok(payload);
    };
    let person_id = order.order().and_then(|order| order.person_id());
    let reason = sealed::open_free_text(keys, &cancelled.reason, person_id).await?;
    let mut members: Map<String, Value> = serde_json::from_str(payload.get()).map_err(Problem::internal)?;
    members.insert("reason".to_owned(), reason.into());
    to_raw_value(&members).map_err(Problem::internal)
}
