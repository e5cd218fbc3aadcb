//! The log of events: search by conditions, and one event with its cause and effects.

use actix_web::web;
use chrono::{DateTime, Utc};
use domain::Event;
use event_store::browse::{ActorFilter, Direction, EventFilter, PositionRange, RelatedEvents};
use platform::answer::Found;
use platform::path::PathId;
use platform::problem::{FieldError, Problem};
use platform::query::{Limit, Query};
use schemars::JsonSchema;
use schemas::envelope::{Metadata, RecordedEvent};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::OneQuery;
use crate::api::{Api, store};
use crate::view::Raw;

/// The largest number of effects returned with an event.
const EFFECTS_MAX: i64 = 20;

/// The parameters of a search of the log.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventsQuery {
    /// Only events of this stream.
    #[schemars(example = &"stock-85123A")]
    stream: Option<String>,
    /// Only events of this type, or of these types, separated by commas.
    #[serde(rename = "type")]
    #[schemars(example = &"OrderPlaced,OrderCancelled")]
    event_types: Option<String>,
    /// Only events with this correlation id, which all events of an order share.
    correlation_id: Option<Uuid>,
    /// Only events of commands by `account:ID`, `guest`, `policy`, `policy:NAME`, `tool` or `tool:NAME`.
    #[schemars(example = &"policy:settlement")]
    actor: Option<String>,
    /// Only events recorded at this time or later.
    since: Option<DateTime<Utc>>,
    /// Only events recorded before this time.
    until: Option<DateTime<Utc>>,
    /// Only events after this position.
    #[schemars(range(min = 0))]
    after: Option<i64>,
    /// The sort order, by position.
    #[serde(default)]
    sort: Sort,
    /// The largest number of items.
    #[serde(default)]
    limit: Limit,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
}

/// A sort order of events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(rename = "EventSort")]
#[serde(rename_all = "snake_case")]
enum Sort {
    #[default]
    Newest,
    Oldest,
}

/// Some of the events that meet the conditions.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EventList {
    /// The events; a page may have fewer than asked for, or none, and still have a next page.
    items: Vec<EventSummary>,
    /// Where the search continues; none when it is over.
    next_cursor: Option<String>,
    /// The position of the newest event of the log.
    head: i64,
}

/// An event without its payload.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EventSummary {
    position: i64,
    stream_id: String,
    version: i64,
    event_id: Uuid,
    event_type: String,
    occurred_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    /// As the condition `actor` names it.
    actor: String,
    correlation_id: Uuid,
    /// The event to which a policy reacted.
    causation_id: Option<Uuid>,
}

/// An event with everything that is recorded of it, its cause and its effects.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EventDetail {
    #[serde(flatten)]
    summary: EventSummary,
    schema_version: i16,
    partition_key: String,
    command_id: Uuid,
    /// W3C trace context of the request.
    traceparent: Option<String>,
    /// As stored: sealed texts stay sealed. A text from before texts were sealed is `{"erased":true}` if its person was
    /// erased.
    #[schemars(with = "Map<String, Value>")]
    payload: Raw,
    cause: Option<EventSummary>,
    /// The first 20 events that resulted from it.
    effects: Vec<EventSummary>,
    effect_count: i64,
}

/// The events that meet the conditions, a page at a time.
pub(crate) async fn list(
    api: web::Data<Api>,
    query: Query<EventsQuery>,
) -> Result<Found<EventList>, Problem> {
    let query = query.0;
    let filter = filter(&query)?;
    let name = format!(
        "events {filter:?} {:?} {:?} {:?} {:?}",
        query.since, query.until, query.after, query.sort
    );
    let range = match &query.cursor {
        Some(cursor) => {
            let (first, last) = api.cursors.decode(&name, cursor)?;
            PositionRange { first, last }
        }
        None => range(&api, &query).await?,
    };
    let direction = match query.sort {
        Sort::Newest => Direction::Backwards,
        Sort::Oldest => Direction::Forwards,
    };
    let limit = i64::from(query.limit.get());
    let page = api
        .store
        .browse(&filter, range, direction, limit)
        .await
        .map_err(store)?;
    let next_cursor = page
        .rest
        .map(|rest| api.cursors.encode(&name, &(rest.first, rest.last)));
    Ok(Found(EventList {
        items: page.events.into_iter().map(summary).collect::<Result<_, _>>()?,
        next_cursor: next_cursor.transpose()?,
        head: api.store.head().await.map_err(store)?,
    }))
}

/// One event.
pub(crate) async fn one(
    api: web::Data<Api>,
    position: PathId<i64>,
    _: Query<OneQuery>,
) -> Result<Found<EventDetail>, Problem> {
    let event = api.store.read_at(&[position.0]).await.map_err(store)?.pop();
    let event = event.ok_or_else(Problem::not_found)?;
    let event = api.withholding.apply(event).await.map_err(store)?;
    let metadata = metadata(&event)?;
    let related = api.store.related(event.event_id, &metadata, EFFECTS_MAX).await;
    detail(event, metadata, related.map_err(store)?).map(Found)
}

fn filter(query: &EventsQuery) -> Result<EventFilter, Problem> {
    let mut errors = Vec::new();
    let event_types: Vec<String> = match &query.event_types {
        Some(names) => names.split(',').map(str::to_owned).collect(),
        None => Vec::new(),
    };
    for name in &event_types {
        if !Event::types().any(|known| known.name == name) {
            errors.push(FieldError::new("?type", format!("`{name}` is not an event type")));
        }
    }
    let actor = query.actor.as_deref().map(str::parse::<ActorFilter>).transpose();
    let actor = actor.unwrap_or_else(|error| {
        errors.push(FieldError::new("?actor", error.to_string()));
        None
    });
    if query.after.is_some_and(|after| after < 0) {
        errors.push(FieldError::new("?after", "must be 0 or more"));
    }
    if let (Some(since), Some(until)) = (query.since, query.until)
        && since >= until
    {
        errors.push(FieldError::new("?until", "must be after `since`"));
    }
    if !errors.is_empty() {
        return Err(Problem::validation(errors));
    }
    Ok(EventFilter {
        stream_id: query.stream.clone(),
        event_types,
        correlation_id: query.correlation_id,
        actor,
    })
}

/// The positions of the first page.
async fn range(api: &Api, query: &EventsQuery) -> Result<PositionRange, Problem> {
    let since = match query.since {
        Some(since) => api.store.position_before(since).await.map_err(store)?,
        None => 0,
    };
    let last = match query.until {
        Some(until) => api.store.position_before(until).await.map_err(store)?,
        None => api.store.head().await.map_err(store)?,
    };
    let first = since.max(query.after.unwrap_or_default()).saturating_add(1);
    Ok(PositionRange { first, last })
}

fn metadata(event: &RecordedEvent) -> Result<Metadata, Problem> {
    serde_json::from_str(event.metadata.get()).map_err(Problem::internal)
}

fn summary(event: RecordedEvent) -> Result<EventSummary, Problem> {
    let metadata = metadata(&event)?;
    Ok(EventSummary {
        position: event.position,
        stream_id: event.stream_id,
        version: event.version,
        event_id: event.event_id,
        event_type: event.event_type,
        occurred_at: event.occurred_at,
        recorded_at: event.recorded_at,
        actor: metadata.actor.to_string(),
        correlation_id: metadata.correlation_id,
        causation_id: metadata.causation_id,
    })
}

fn detail(event: RecordedEvent, metadata: Metadata, related: RelatedEvents) -> Result<EventDetail, Problem> {
    Ok(EventDetail {
        schema_version: event.schema_version,
        partition_key: event.partition_key.clone(),
        command_id: metadata.command_id,
        traceparent: metadata.traceparent,
        payload: event.payload.clone(),
        cause: related.cause.map(summary).transpose()?,
        effects: related
            .effects
            .into_iter()
            .map(summary)
            .collect::<Result<_, _>>()?,
        effect_count: related.effect_count,
        summary: summary(event)?,
    })
}
