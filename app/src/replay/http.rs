//! `/api/v1/admin/replays`: what `waybill replay` does, over HTTP.

use std::path::PathBuf;

use actix_web::web;
use domain::validate;
use platform::answer::Found;
use platform::auth::{Authenticated, Permission};
use platform::json::Json;
use platform::postgres::is_unavailable;
use platform::problem::{Kind, Problem, kind};
use platform::route::{self, Access, Route};
use projector::Error;
use projector::replay::{self, ReplayStatus, Request, Verb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;

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
    } = body.value;
    let reason = reason.map(|reason| validate::text("/reason", &reason, 1..=validate::NOTE_CHARS_MAX));
    let reason = reason
        .transpose()
        .map_err(|error| Problem::invalid_field("/reason", error.to_string()))?;
    if throttle.is_some_and(|throttle| throttle < 1) {
        return Err(Problem::invalid_field("/throttle", "must be at least 1"));
    }
    let by = format!("account {}", caller.subject);
    let request = Request {
        accepted: reason.as_deref(),
        throttle,
        free_bytes: crate::serve::free_bytes(&replays.cluster).ok(),
        ..Request::new(&projection, verb, &by)
    };
    replay::request(&replays.pool, &request).await.map_err(problem)?;
    let items = replay::list(&replays.pool).await.map_err(problem)?;
    let requested = items.into_iter().find(|replay| replay.projection == projection);
    requested.map(Found).ok_or_else(Problem::not_found)
}

fn problem(error: Error) -> Problem {
    match error {
        Error::UnknownProjection { .. } => Problem::invalid_field("/projection", error.to_string()),
        Error::ReplayRefused { .. } | Error::DiskTooSmall { .. } => {
            Problem::new(&REPLAY_REFUSED, error.to_string())
        }
        Error::Postgres(error) if is_unavailable(&error) => Problem::unavailable(RETRY_AFTER_S, error),
        error => Problem::internal(error),
    }
}
