//! `/api/v1/admin/replays`: what `waybill replay` does, over HTTP.

use std::path::PathBuf;

use actix_web::web;
use domain::validate;
use event_store::Store;
use platform::answer::Found;
use platform::auth::{Authenticated, Permission};
use platform::json::Json;
use platform::postgres::is_unavailable;
use platform::problem::{FieldError, Kind, Problem, kind};
use platform::query::Query;
use platform::route::{self, Access, Route};
use projector::Error;
use projector::replay::{self, DryRun, KeyReport, ReplayStatus, Request, Verb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;

/// The longest key, in characters.
const KEY_CHARS_MAX: usize = 100;

/// How soon clients may retry while Postgres is unavailable.
const RETRY_AFTER_S: u32 = 1;

/// A replay is in another phase than the request needs, or the disk has no room for it.
static REPLAY_REFUSED: Kind = Kind::new("replay-refused", "This can't be done with the replay now", 409);

/// The operations on replays.
pub fn routes() -> Vec<Route> {
    let access = Access::Permission(Permission::ManageProjections);
    let routes = [
        Route::get("/admin/replays", "listReplays", access, list)
            .summary("List the last replay of each projection")
            .description("A replay builds a projection anew, beside the tables that serve."),
        Route::post("/admin/replays", "requestReplay", access, request)
            .summary("Start a replay, or do something with one")
            .description("`verify`, `switch` and `roll_back` are done soon after the answer: poll the list until `wanted` is null. If `refused` is not null then, it says why it was not done. A `switch` compares first, unless `reason` says why differences are accepted. A repeated request is refused with 409 and changes nothing.")
            .problems(&[&REPLAY_REFUSED, &kind::VALIDATION]),
        Route::get("/admin/replays/dry-run", "dryRunReplay", access, dry_run)
            .summary("Say what the start of a replay would do, and start nothing")
            .description("Events to read, the time that this takes, disk that it needs, and why it would be refused. Without a projection, of each."),
        Route::post("/admin/replays/keys", "replayKey", access, rebuild_key)
            .summary("Rebuild the rows of one order or SKU")
            .description("The rows of the key are made again from its events, in the live tables, in one transaction, and compared with those before. Refused where a row depends on events of many keys.")
            .problems(&[&REPLAY_REFUSED, &kind::VALIDATION]),
    ];
    routes.map(|route| route.tag("admin")).into()
}

/// Registers the operations.
pub fn configure(config: &mut web::ServiceConfig, replays: Replays) {
    config.app_data(web::Data::new(replays));
    route::configure(config, &routes());
}

/// What the operations need.
#[derive(Debug, Clone)]
pub struct Replays {
    /// Connections as the role of the services.
    pub pool: PgPool,
    /// The folder of the instance's private database, if it has one.
    pub cluster: PathBuf,
}

/// The replays.
#[derive(Debug, Serialize, JsonSchema)]
struct ReplayList {
    /// One for each projection that had one, by name.
    items: Vec<ReplayStatus>,
}

/// What to do with a replay.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RequestReplay")]
struct ReplayBody {
    /// The projection.
    projection: String,
    /// What to do.
    verb: Verb,
    /// With `switch`: why differences from the live rows are accepted.
    #[schemars(length(min = 1, max = validate::NOTE_CHARS_MAX))]
    reason: Option<String>,
    /// With `start` and `resume`: the most events per second.
    #[schemars(range(min = 1))]
    throttle: Option<i32>,
    /// With `start` and `resume`: how many replays are built at once at most while this one is.
    #[schemars(range(min = 1))]
    workers: Option<i32>,
}

/// Which start to try.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DryRunQuery {
    /// The projection; each, if none is given.
    projection: Option<String>,
    /// The most events per second.
    #[schemars(range(min = 1))]
    throttle: Option<i32>,
}

/// What starts would do.
#[derive(Debug, Serialize, JsonSchema)]
struct DryRunList {
    /// One for each projection that was asked for.
    items: Vec<DryRun>,
}

/// The rows to rebuild.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RequestReplayOfKey")]
struct KeyBody {
    /// The projection.
    projection: String,
    /// The order's id, or the SKU.
    #[schemars(length(min = 1, max = KEY_CHARS_MAX))]
    key: String,
}

async fn list(replays: web::Data<Replays>) -> Result<Found<ReplayList>, Problem> {
    let items = replay::list(&replays.pool).await.map_err(problem)?;
    Ok(Found(ReplayList { items }))
}

async fn request(
    replays: web::Data<Replays>,
    caller: Authenticated,
    body: Json<ReplayBody>,
) -> Result<Found<ReplayStatus>, Problem> {
    let ReplayBody {
        projection,
        verb,
        reason,
        throttle,
        workers,
    } = body.value;
    let reason = reason.map(|reason| validate::text("/reason", &reason, 1..=validate::NOTE_CHARS_MAX));
    let reason = reason
        .transpose()
        .map_err(|error| Problem::invalid_field("/reason", error.to_string()))?;
    at_least_1("/throttle", throttle)?;
    at_least_1("/workers", workers)?;
    let by = format!("account {}", caller.subject);
    let request = Request {
        accepted: reason.as_deref(),
        throttle,
        workers,
        free_bytes: crate::serve::free_bytes(&replays.cluster).ok(),
        ..Request::new(&projection, verb, &by)
    };
    replay::request(&replays.pool, &request).await.map_err(problem)?;
    let items = replay::list(&replays.pool).await.map_err(problem)?;
    let requested = items.into_iter().find(|replay| replay.projection == projection);
    requested.map(Found).ok_or_else(Problem::not_found)
}

async fn dry_run(
    replays: web::Data<Replays>,
    query: Query<DryRunQuery>,
) -> Result<Found<DryRunList>, Problem> {
    let DryRunQuery { projection, throttle } = query.0;
    at_least_1("/throttle", throttle)?;
    let all = projector::projection_names();
    let projections = match &projection {
        Some(projection) => vec![projection.as_str()],
        None => all,
    };
    let mut items = Vec::new();
    for projection in projections {
        let request = Request {
            throttle,
            free_bytes: crate::serve::free_bytes(&replays.cluster).ok(),
            ..Request::new(projection, Verb::Start, "")
        };
        items.push(replay::dry_run(&replays.pool, &request).await.map_err(problem)?);
    }
    Ok(Found(DryRunList { items }))
}

async fn rebuild_key(
    replays: web::Data<Replays>,
    caller: Authenticated,
    body: Json<KeyBody>,
) -> Result<Found<KeyReport>, Problem> {
    let KeyBody { projection, key } = body.value;
    let key = validate::text("/key", &key, 1..=KEY_CHARS_MAX)
        .map_err(|error| Problem::invalid_field("/key", error.to_string()))?;
    let store = Store::new(replays.pool.clone());
    let by = format!("account {}", caller.subject);
    let rebuilt = replay::rebuild_key(&store, &projection, &key, &by).await;
    rebuilt.map(Found).map_err(problem)
}

fn at_least_1(pointer: &'static str, value: Option<i32>) -> Result<(), Problem> {
    match value {
        Some(value) if value < 1 => Err(Problem::invalid_field(pointer, "must be at least 1")),
        _ => Ok(()),
    }
}

fn problem(error: Error) -> Problem {
    match error {
        Error::UnknownProjection { .. } => Problem::invalid_field("/projection", error.to_string()),
        Error::NotByKey { .. } => refused_at("/projection", &error),
        Error::KeyRefused { .. } => refused_at("/key", &error),
        Error::ReplayRefused { .. } | Error::DiskTooSmall { .. } | Error::Outdated { .. } => {
            Problem::new(&REPLAY_REFUSED, error.to_string())
        }
        Error::Postgres(error) if is_unavailable(&error) => Problem::unavailable(RETRY_AFTER_S, error),
        error => Problem::internal(error),
    }
}

/// A refusal that other input in the member at `pointer` may avoid.
fn refused_at(pointer: &'static str, error: &Error) -> Problem {
    let refusal = error.to_string();
    Problem::new(&REPLAY_REFUSED, refusal.clone()).with_errors(vec![FieldError::new(pointer, refusal)])
}
