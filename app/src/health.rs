//! `/health/live` and `/health/ready`, for scripts, nginx and Kubernetes.

use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::{HttpRequest, HttpResponse, Responder, web};
use command_api::policies::{self, PolicyStatus};
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

/// A projection or policy that does not do what it should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
struct Concern {
    name: String,
    state: ConsumerState,
    lag: i64,
    error: Option<String>,
}

/// A projection is a concern when it is stopped, or when its tables do not follow the log because they are new or of
/// older code. A requested rebuild next to current tables is not a concern, nor are parked events.
fn of_projection(projection: &ProjectionStatus) -> Option<Concern> {
    let is_concern = projection.state == ConsumerState::Stopped || !projection.is_current;
    is_concern.then(|| Concern {
        name: projection.name.clone(),
        state: projection.state,
        lag: projection.lag,
        error: projection.error.clone(),
    })
}

/// A policy is a concern when it is stopped: it does not run, or it does not move while events wait.
fn of_policy(policy: PolicyStatus) -> Option<Concern> {
    (policy.state == ConsumerState::Stopped).then_some(Concern {
        name: policy.name,
        state: policy.state,
        lag: policy.lag,
        error: policy.error,
    })
}

/// The consumers of the log that do not do what they should.
#[derive(Debug, Clone, Default)]
struct Concerns {
    projections: Vec<Concern>,
    policies: Vec<Concern>,
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
    /// The policies that do not run, or do not move while events wait.
    policies: Vec<Concern>,
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
    let concerns = tokio::time::timeout(ANSWER_MAX, concerns(&health))
        .await
        .unwrap_or_default();
    Readiness::new(
        concerns,
        sockets,
        health.storage.is_full(),
        health.shutdown.ended_task(),
    )
}

impl Readiness {
    fn new(
        concerns: Option<Concerns>,
        sockets: bool,
        is_full: bool,
        ended_task: Option<&'static str>,
    ) -> Self {
        let is_ready = concerns.is_some() && sockets && ended_task.is_none();
        let event_store = concerns.as_ref().map_or("unreachable", |_| "ready");
        let Concerns {
            projections,
            policies,
        } = concerns.unwrap_or_default();
        let is_degraded = is_full || !projections.is_empty() || !policies.is_empty();
        let status = match (is_ready, is_degraded) {
            (false, _) => "not_ready",
            (true, true) => "degraded",
            (true, false) => "ready",
        };
        Self {
            status,
            event_store,
            sockets: if sockets { "ready" } else { "filling" },
            storage: if is_full { "full" } else { "ready" },
            ended_task,
            projections,
            policies,
            is_ready,
        }
    }
}

/// What does not do what it should; `None` if the database does not answer.
async fn concerns(health: &Health) -> Option<Concerns> {
    health.store.head().await.ok()?;
    let projections = health.projections.status().await.ok()?;
    let policies = policies::status(health.store.pool()).await.ok()?;
    Some(Concerns {
        projections: projections.iter().filter_map(of_projection).collect(),
        policies: policies.into_iter().filter_map(of_policy).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No consumer is a concern.
    #[allow(clippy::unnecessary_wraps, reason = "the database answers")]
    fn none() -> Option<Concerns> {
        Some(Concerns::default())
    }

    #[test]
    fn a_policy_that_does_not_move_degrades_readiness_and_is_named() {
        let stalled = Concern {
            name: "settlement".to_owned(),
            state: ConsumerState::Stopped,
            lag: 3,
            error: Some("it has not advanced for 31 s while 3 events wait".to_owned()),
        };
        let concerns = Concerns {
            policies: vec![stalled.clone()],
            ..Concerns::default()
        };
        let readiness = Readiness::new(Some(concerns), true, false, None);
        assert_eq!((readiness.status, readiness.is_ready), ("degraded", true));
        assert_eq!(readiness.policies, [stalled]);
    }

    #[test]
    fn a_process_is_ready_only_with_all_its_parts() {
        let status = |readiness: Readiness| (readiness.status, readiness.is_ready);
        assert_eq!(status(Readiness::new(none(), true, false, None)), ("ready", true));
        assert_eq!(
            status(Readiness::new(none(), true, true, None)),
            ("degraded", true)
        );
        let lacking = [
            Readiness::new(None, true, false, None),
            Readiness::new(None, true, true, None),
            Readiness::new(none(), false, false, None),
            Readiness::new(none(), true, false, Some("projector")),
        ];
        for readiness in lacking {
            assert_eq!(status(readiness), ("not_ready", false));
        }
    }
}
