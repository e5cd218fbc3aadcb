//! `/api/v1/admin/dead-letters` and `/api/v1/admin/operator-actions`: what `waybill dead-letters` does, over HTTP.

use actix_web::web;
use chrono::{DateTime, Utc};
use domain::validate;
use platform::answer::Found;
use platform::auth::{Authenticated, Permission};
use platform::json::{Json, JsonOrDefault};
use platform::path::PathId;
use platform::postgres::is_unavailable;
use platform::problem::{Kind, Problem, kind};
use platform::query::{CursorKey, Limit, Page, Query};
use platform::route::{self, Access, Route};
use projector::operator_actions::{self, OperatorAction, Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::bulk::BulkRetry;
use super::list::Place;
use super::operate::{Outcome, Seen};
use super::{DeadLetter, DeadLetters, Error, Filter, LetterId};

/// How soon clients may retry while Postgres is unavailable.
const RETRY_AFTER_S: u32 = 1;

/// The letter is not as the operator saw it, or its projection is being rebuilt.
static DEAD_LETTER_REFUSED: Kind = Kind::new(
    "dead-letter-refused",
    "This can't be done with the dead letter now",
    409,
);

/// The operations on dead letters.
pub fn routes() -> Vec<Route> {
    let access = Access::Permission(Permission::ManageProjections);
    let routes = [
        Route::get("/admin/dead-letters", "listDeadLetters", access, list)
            .summary("List dead letters")
            .description("Events that a projection or policy could not process, and later events of the same key, which wait behind them; by position. `count` is the number of all that meet the conditions."),
        Route::get("/admin/dead-letters/{id}", "getDeadLetter", access, one)
            .summary("Get a dead letter with its payload and what waits behind it"),
        Route::post("/admin/dead-letters", "retryDeadLetters", access, retry_all)
            .summary("Retry all parked keys that meet conditions, or count them")
            .description("A key is retried if its first dead letter is parked and one of its dead letters meets the conditions. Resolved and skipped ones never come back. Ask with `dry_run` first.")
            .problems(&[&kind::VALIDATION, &DEAD_LETTER_REFUSED]),
        Route::post("/admin/dead-letters/{id}/retry", "retryDeadLetter", access, retry)
            .summary("Retry the key of a dead letter")
            .description("A projection applies the events of the key at once, in order; a policy begins within a second, with all its attempts.")
            .problems(&[&kind::VALIDATION, &DEAD_LETTER_REFUSED]),
        Route::post("/admin/dead-letters/{id}/skip", "skipDeadLetter", access, skip)
            .summary("Skip the first dead letter of a key, for a reason")
            .description("Needs `event_id` and `attempts` as they were read; 409 if the dead letter has changed since. The next event of the key is tried.")
            .problems(&[&kind::VALIDATION, &DEAD_LETTER_REFUSED]),
        Route::get("/admin/operator-actions", "listOperatorActions", access, history)
            .summary("List what operators did with dead letters, replays, policies and projections, newest first"),
    ];
    routes.map(|route| route.tag("admin")).into()
}

/// Registers the operations.
pub fn configure(config: &mut web::ServiceConfig, letters: DeadLetters, cursors: CursorKey) {
    config.app_data(web::Data::new(State { letters, cursors }));
    route::configure(config, &routes());
}

#[derive(Debug)]
struct State {
    letters: DeadLetters,
    cursors: CursorKey,
}

/// The parameters of the list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DeadLettersQuery {
    /// Only those of this projection or policy.
    consumer: Option<String>,
    /// Only events of this type.
    event_type: Option<String>,
    /// Only those whose error contains this text, in any case.
    error: Option<String>,
    /// Only those that became dead letters at this time or later.
    since: Option<DateTime<Utc>>,
    /// Only those of this key.
    key: Option<String>,
    /// The largest number of items.
    #[serde(default)]
    limit: Limit,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
}

/// Some of the dead letters that meet the conditions.
#[derive(Debug, Serialize, JsonSchema)]
struct DeadLetterList {
    items: Vec<DeadLetter>,
    /// How many meet the conditions, on this page and others.
    count: i64,
    /// Where the next page begins; null on the last.
    next_cursor: Option<String>,
}

/// A dead letter with everything that helps to decide about it.
#[derive(Debug, Serialize, JsonSchema)]
struct DeadLetterDetail {
    #[serde(flatten)]
    letter: DeadLetter,
    /// The stream of the event.
    stream_id: Option<String>,
    /// Shared by all events of an order, or of one command.
    correlation_id: Option<Uuid>,
    /// As stored: sealed texts stay sealed, and texts of erased persons are withheld.
    #[schemars(with = "Option<Map<String, Value>>")]
    payload: Option<Box<RawValue>>,
    /// The first 20 dead letters that wait behind it.
    waiting: Vec<DeadLetter>,
}

/// Which keys to retry.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RetryDeadLetters")]
struct RetryAllBody {
    /// Only those of this projection or policy.
    consumer: Option<String>,
    /// Only events of this type.
    event_type: Option<String>,
    /// Only those whose error contains this text, in any case.
    error: Option<String>,
    /// Only those that became dead letters at this time or later.
    since: Option<DateTime<Utc>>,
    /// Only those of this key.
    key: Option<String>,
    /// Count them, and change nothing.
    dry_run: bool,
    /// Why, for the history.
    #[schemars(length(min = 1, max = validate::NOTE_CHARS_MAX))]
    reason: Option<String>,
}

/// Why a dead letter is retried.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RetryDeadLetter")]
struct RetryBody {
    /// For the history.
    #[schemars(length(min = 1, max = validate::NOTE_CHARS_MAX))]
    reason: Option<String>,
}

/// What is skipped, and why.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SkipDeadLetter")]
struct SkipBody {
    /// The id of the event, as it was read.
    event_id: Uuid,
    /// The failed attempts, as they were read.
    attempts: i32,
    /// Why.
    #[schemars(length(min = 1, max = validate::NOTE_CHARS_MAX))]
    reason: String,
}

/// The result of a retry or a skip.
#[derive(Debug, Serialize, JsonSchema)]
struct DeadLetterResult {
    /// How many events a projection applied.
    applied: u64,
    /// The position of the event that still fails.
    failed_position: Option<i64>,
    /// Why it fails.
    error: Option<String>,
    /// Whether a policy tries the next event of the key within seconds.
    scheduled: bool,
}

/// The parameters of the history.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ActionsQuery {
    /// Only actions on these.
    subject: Option<Subject>,
    /// The largest number of items.
    #[serde(default)]
    limit: Limit,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
}

impl From<Outcome> for DeadLetterResult {
    fn from(outcome: Outcome) -> Self {
        let (failed_position, error) = outcome.failure.unzip();
        Self {
            applied: outcome.applied,
            failed_position,
            error,
            scheduled: outcome.is_scheduled,
        }
    }
}

async fn list(
    state: web::Data<State>,
    query: Query<DeadLettersQuery>,
) -> Result<Found<DeadLetterList>, Problem> {
    let query = query.0;
    let filter = Filter {
        consumer: query.consumer,
        event_type: query.event_type,
        error: query.error,
        since: query.since,
        key: query.key,
    };
    let name = format!("dead letters {filter:?}");
    let place: Place = match &query.cursor {
        Some(cursor) => state.cursors.decode(&name, cursor)?,
        None => (0, String::new()),
    };
    let found = state
        .letters
        .list(&filter, place, i64::from(query.limit.get()))
        .await;
    let found = found.map_err(|error| problem(error, "?consumer"))?;
    let next_cursor = found.next.map(|place| state.cursors.encode(&name, &place));
    Ok(Found(DeadLetterList {
        items: found.letters,
        count: found.count,
        next_cursor: next_cursor.transpose()?,
    }))
}

async fn one(state: web::Data<State>, id: PathId<LetterId>) -> Result<Found<DeadLetterDetail>, Problem> {
    let opened = state
        .letters
        .open(&id.0)
        .await
        .map_err(|error| problem(error, ""))?;
    let (stream_id, correlation_id, payload) = match opened.event {
        Some(event) => (Some(event.stream_id), event.correlation_id, Some(event.payload)),
        None => (None, None, None),
    };
    Ok(Found(DeadLetterDetail {
        letter: opened.letter,
        stream_id,
        correlation_id,
        payload,
        waiting: opened.behind,
    }))
}

async fn retry_all(
    state: web::Data<State>,
    caller: Authenticated,
    body: Json<RetryAllBody>,
) -> Result<Found<BulkRetry>, Problem> {
    let body = body.value;
    let reason = body.reason.as_deref().map(reason).transpose()?;
    let filter = Filter {
        consumer: body.consumer,
        event_type: body.event_type,
        error: body.error,
        since: body.since,
        key: body.key,
    };
    let by = by(&caller);
    let retried = state
        .letters
        .retry_all(&filter, body.dry_run, (&by, reason.as_deref()))
        .await;
    retried.map(Found).map_err(|error| problem(error, "/consumer"))
}

async fn retry(
    state: web::Data<State>,
    caller: Authenticated,
    id: PathId<LetterId>,
    body: JsonOrDefault<RetryBody>,
) -> Result<Found<DeadLetterResult>, Problem> {
    let reason = body.value.reason.as_deref().map(reason).transpose()?;
    let outcome = state.letters.retry(&id.0, &by(&caller), reason.as_deref()).await;
    outcome
        .map(|outcome| Found(outcome.into()))
        .map_err(|error| problem(error, ""))
}

async fn skip(
    state: web::Data<State>,
    caller: Authenticated,
    id: PathId<LetterId>,
    body: Json<SkipBody>,
) -> Result<Found<DeadLetterResult>, Problem> {
    let body = body.value;
    let reason = reason(&body.reason)?;
    let seen = Seen {
        event_id: body.event_id,
        attempts: body.attempts,
    };
    let outcome = state.letters.skip(&id.0, seen, (&by(&caller), &reason)).await;
    outcome
        .map(|outcome| Found(outcome.into()))
        .map_err(|error| problem(error, ""))
}

async fn history(
    state: web::Data<State>,
    query: Query<ActionsQuery>,
) -> Result<Found<Page<OperatorAction>>, Problem> {
    let query = query.0;
    let name = format!("operator actions {:?}", query.subject);
    let before = match &query.cursor {
        Some(cursor) => state.cursors.decode(&name, cursor)?,
        None => i64::MAX,
    };
    let limit = i64::from(query.limit.get());
    let items = operator_actions::list(&state.letters.pool, query.subject, before, limit).await;
    let items = items.map_err(|error| problem(Error::Projector(Box::new(error)), ""))?;
    let last = items.last().filter(|_| items.len() == query.limit.get() as usize);
    let next_cursor = last
        .map(|last| state.cursors.encode(&name, &last.id))
        .transpose()?;
    Ok(Found(Page { items, next_cursor }))
}

fn by(caller: &Authenticated) -> String {
    format!("account {}", caller.subject)
}

fn reason(text: &str) -> Result<String, Problem> {
    validate::text("/reason", text, 1..=validate::NOTE_CHARS_MAX)
        .map_err(|error| Problem::invalid_field("/reason", error.to_string()))
}

/// The answer to an error. `consumer` points at the name of the consumer in the request.
fn problem(error: Error, consumer: &str) -> Problem {
    match error {
        Error::UnknownConsumer(_) => Problem::invalid_field(consumer, error.to_string()),
        Error::NotFound(_) => Problem::not_found(),
        Error::Waits(_) | Error::Moved(_) | Error::Outdated(_) => {
            Problem::new(&DEAD_LETTER_REFUSED, error.to_string())
        }
        Error::Database(error) if is_unavailable(&error) => Problem::unavailable(RETRY_AFTER_S, error),
        Error::Projector(error) => match *error {
            projector::Error::Postgres(error) if is_unavailable(&error) => {
                Problem::unavailable(RETRY_AFTER_S, error)
            }
            error => Problem::internal(error),
        },
        Error::Store(error) if error.is_unavailable() => Problem::unavailable(RETRY_AFTER_S, error),
        error => Problem::internal(error),
    }
}
