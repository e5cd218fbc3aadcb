//! `/health/live` and `/health/ready`: for the scripts, nginx and Kubernetes.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use event_store::Store;
use projector::ProjectionStatus;
use realtime::Realtime;
use schemas::consumer::ConsumerState;
use serde::Serialize;
use serde_json::json;

use crate::projections::Projections;

/// What readiness rests on.
#[derive(Debug, Clone)]
pub struct Health {
    /// The database behind everything.
    pub store: Store,
    /// The sockets, when this process serves them.
    pub realtime: Option<Realtime>,
    /// What the projections do, wherever they run.
    pub projections: Projections,
}

/// A projection that does not do what it should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Concern {
    name: String,
    state: ConsumerState,
    lag: i64,
    error: Option<String>,
}

/// A projection is a concern when it is stopped, or when its tables do not follow the log because they are new or
/// of older code. A rebuild on request beside tables that do is none, nor are parked events.
fn concern(projection: &ProjectionStatus) -> Option<Concern> {
    let is_concern = projection.state == ConsumerState::Stopped || !projection.is_current;
    is_concern.then(|| Concern {
        name: projection.name.clone(),
        state: projection.state,
        lag: projection.lag,
        error: projection.error.clone(),
    })
}

/// Registers both addresses.
pub fn configure(config: &mut web::ServiceConfig, health: Health) {
    config
        .app_data(web::Data::new(health))
        .route("/health/live", web::get().to(live))
        .route("/health/ready", web::get().to(ready));
}

/// The process answers: whether it should be left running.
#[allow(clippy::unused_async, reason = "a handler is async")]
async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "live"}))
}

/// Whether requests should be sent to this process. `degraded` is answered with 200: commands, and reads of the
/// other projections, are served.
async fn ready(health: web::Data<Health>) -> HttpResponse {
    let store = health.store.head().await;
    let sockets = health.realtime.as_ref().is_none_or(Realtime::is_serving);
    let projections = match &store {
        Ok(_) => health.projections.status().await,
        Err(_) => Ok(Arc::default()),
    };
    let is_ready = store.is_ok() && sockets && projections.is_ok();
    let concerns: Vec<Concern> = projections
        .iter()
        .flat_map(|all| all.iter())
        .filter_map(concern)
        .collect();
    let status = match (is_ready, concerns.is_empty()) {
        (false, _) => "not_ready",
        (true, false) => "degraded",
        (true, true) => "ready",
    };
    let body = json!({
        "status": status,
        "event_store": if store.is_ok() { "ready" } else { "unreachable" },
        "sockets": if sockets { "ready" } else { "filling" },
        "projections": concerns,
    });
    if is_ready {
        HttpResponse::Ok().json(body)
    } else {
        HttpResponse::ServiceUnavailable().json(body)
    }
}
