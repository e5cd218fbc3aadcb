//! `/health/live` and `/health/ready`, for scripts, nginx and Kubernetes.

use std::sync::Arc;
use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::{HttpRequest, HttpResponse, Responder, web};
use event_store::Store;
use platform::answer::{DocumentedAnswer, Found};
use platform::route::{self, Operation, Route};
use platform::shutdown::Shutdown;
use platform::storage::Storage;
use projector::ProjectionStatus;
use realtime::Realtime;
use schemars::JsonSchema;
use schemas::consumer::ConsumerState;
use serde::Serialize;

use crate::projections::Projections;

/// How long the database may take: a probe that waits longer counts as failed anyway.
const ANSWER_MAX: Duration = Duration::from_millis(1_500);

/// The dependencies of readiness.
#[derive(Debug, Clone)]
pub struct Health {
    /// The database behind everything.
    pub store: Store,
    /// The sockets, if this process serves them.
    pub realtime: Option<Realtime>,
    /// The status of the projections, wherever they run.
    pub projections: Projections,
    /// Tells whether a background task of this process has ended.
    pub shutdown: Shutdown,
    /// Tells whether commands are refused because the disk is full.
    pub storage: Storage,
}

/// A projection that does not do what it should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
struct Concern {
    name: String,
    state: ConsumerState,
    lag: i64,
    error: Option<String>,
}

/// A projection is a concern when it is stopped, or when its tables do not follow the log because they are new or of
/// older code. A requested rebuild next to current tables is not a concern, nor are parked events.
fn concern(projection: &ProjectionStatus) -> Option<Concern> {
    let is_concern = projection.state == ConsumerState::Stopped || !projection.is_current;
    is_concern.then(|| Concern {
        name: projection.name.clone(),
        state: projection.state,
        lag: projection.lag,
        error: projection.error.clone(),
    })
}

/// The operations for load balancers.
pub fn routes() -> Vec<Route> {
    let routes = [
        Route::get_outside("/health/live", "getLiveness", live).summary("Check that the process is running"),
        Route::get_outside("/health/ready", "getReadiness", ready)
            .summary("Check that the process can handle requests"),
    ];
    routes.map(|route| route.tag("health")).into()
}

/// Registers both addresses.
pub fn configure(config: &mut web::ServiceConfig, health: Health) {
    config.app_data(web::Data::new(health));
    route::configure(config, &routes());
}

/// The process runs.
#[derive(Debug, Serialize, JsonSchema)]
struct Liveness {
    status: &'static str,
}

/// Whether the process can take requests, and what keeps it from that.
#[derive(Debug, Serialize, JsonSchema)]
struct Readiness {
    /// `ready`, `degraded` or `not_ready`.
    status: &'static str,
    /// `ready` or `unreachable`.
    event_store: &'static str,
    /// `ready` or `filling`.
    sockets: &'static str,
    /// `ready`, or `full`: commands are refused until the disk has room again.
    storage: &'static str,
    /// The background task that has ended although the process needs it, if one has: the process will stop, and its
    /// supervisor start it again.
    ended_task: Option<&'static str>,
    /// The projections that are stopped or not current.
    projections: Vec<Concern>,
    #[serde(skip)]
    is_ready: bool,
}

impl Responder for Readiness {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut answer = if self.is_ready {
            HttpResponse::Ok()
        } else {
            HttpResponse::ServiceUnavailable()
        };
        answer.json(self)
    }
}

impl DocumentedAnswer for Readiness {
    fn document(operation: &mut Operation<'_>) {
        operation.json_answer::<Self>(200);
        operation.json_answer::<Self>(503);
    }
}

/// The process answers: whether it should be left running.
#[allow(clippy::unused_async, reason = "a handler is async")]
async fn live() -> Found<Liveness> {
    Found(Liveness { status: "live" })
}

/// Whether requests should be sent to this process. `degraded` is answered with 200: commands, and reads of the
/// other projections, are served; with a full disk, reads only.
async fn ready(health: web::Data<Health>) -> Readiness {
    let sockets = health.realtime.as_ref().is_none_or(Realtime::is_serving);
    let projections = tokio::time::timeout(ANSWER_MAX, projections(&health))
        .await
        .unwrap_or_default();
    Readiness::new(
        projections.as_deref(),
        sockets,
        health.storage.is_full(),
        health.shutdown.ended_task(),
    )
}

impl Readiness {
    fn new(
        projections: Option<&[ProjectionStatus]>,
        sockets: bool,
        is_full: bool,
        ended_task: Option<&'static str>,
    ) -> Self {
        let is_ready = projections.is_some() && sockets && ended_task.is_none();
        let concerns: Vec<Concern> = projections.into_iter().flatten().filter_map(concern).collect();
        let status = match (is_ready, is_full || !concerns.is_empty()) {
            (false, _) => "not_ready",
            (true, true) => "degraded",
            (true, false) => "ready",
        };
        Self {
            status,
            event_store: projections.map_or("unreachable", |_| "ready"),
            sockets: if sockets { "ready" } else { "filling" },
            storage: if is_full { "full" } else { "ready" },
            ended_task,
            projections: concerns,
            is_ready,
        }
    }
}

/// The status of the projections; `None` if the database does not answer.
async fn projections(health: &Health) -> Option<Arc<[ProjectionStatus]>> {
    health.store.head().await.ok()?;
    health.projections.status().await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_ready_only_with_all_its_parts() {
        let status = |readiness: Readiness| (readiness.status, readiness.is_ready);
        assert_eq!(
            status(Readiness::new(Some(&[]), true, false, None)),
            ("ready", true)
        );
        assert_eq!(
            status(Readiness::new(Some(&[]), true, true, None)),
            ("degraded", true)
        );
        let lacking = [
            Readiness::new(None, true, false, None),
            Readiness::new(None, true, true, None),
            Readiness::new(Some(&[]), false, false, None),
            Readiness::new(Some(&[]), true, false, Some("projector")),
        ];
        for readiness in lacking {
            assert_eq!(status(readiness), ("not_ready", false));
        }
    }
}
