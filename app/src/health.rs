//! `/health/live` and `/health/ready`: for the scripts, nginx and Kubernetes.

use actix_web::{HttpResponse, web};
use event_store::Store;
use realtime::Realtime;
use serde_json::json;

/// What readiness rests on.
#[derive(Debug, Clone)]
pub struct Health {
    /// The database behind everything.
    pub store: Store,
    /// The sockets, when this process serves them.
    pub realtime: Option<Realtime>,
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

/// The process can do its work: whether requests should be sent to it.
async fn ready(health: web::Data<Health>) -> HttpResponse {
    let store = health.store.head().await;
    let sockets = health.realtime.as_ref().is_none_or(Realtime::is_serving);
    let body = json!({
        "status": if store.is_ok() && sockets { "ready" } else { "not_ready" },
        "event_store": if store.is_ok() { "ready" } else { "unreachable" },
        "sockets": if sockets { "ready" } else { "filling" },
    });
    if store.is_ok() && sockets {
        HttpResponse::Ok().json(body)
    } else {
        HttpResponse::ServiceUnavailable().json(body)
    }
}
