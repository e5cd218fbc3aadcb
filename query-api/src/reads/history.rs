//! Time travel: the state of an order at a version or time, folded from its events.

use actix_web::web;
use chrono::{DateTime, Utc};
use domain::{OrderId, StreamId, StreamState, StreamType};
use platform::answer::Found;
use platform::path::PathId;
use platform::problem::{FieldError, Problem};
use platform::query::Query;
use schemars::JsonSchema;
use schemas::codec;
use schemas::envelope::RecordedEvent;
use schemas::read_model;
use serde::Deserialize;

use super::Answer;
use crate::api::{Api, store};
use crate::position::MinPosition;
use crate::view::{History, HistoryEvent};

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
    reached.found(history(events)?)
}

fn history(events: Vec<RecordedEvent>) -> Result<History, Problem> {
    let mut state = StreamState::initial(StreamType::Order);
    for recorded in &events {
        let event = codec::decode(
            &recorded.event_type,
            recorded.schema_version,
            recorded.payload.get(),
        );
        let event = event.map_err(Problem::internal)?;
        state
            .evolve(&event, recorded.occurred_at)
            .map_err(Problem::internal)?;
    }
    let state = (!events.is_empty()).then_some(state);
    let items = events.into_iter().map(|event| HistoryEvent {
        position: event.position,
        version: event.version,
        event_id: event.event_id,
        event_type: event.event_type,
        schema_version: event.schema_version,
        occurred_at: event.occurred_at,
        recorded_at: event.recorded_at,
        payload: event.payload,
        metadata: event.metadata,
    });
    Ok(History {
        items: items.collect(),
        state,
    })
}
