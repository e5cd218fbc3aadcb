//! `GET /api/v1/admin/system`.

use actix_web::web;
use platform::answer::Found;
use platform::auth::Permission;
use platform::route::{self, Access, Route};
use schemas::system::SystemStatus;

use super::System;

/// The operation.
pub fn routes() -> Vec<Route> {
    let access = Access::Permission(Permission::ReadDashboard);
    vec![
        Route::get("/admin/system", "getSystem", access, get)
            .summary("Get the health of the system")
            .description("Projections, policies, log, database, sockets and disk, as the process that answers sees them. Channel `metrics` sends the same every two seconds.")
            .tag("admin"),
    ]
}

/// Registers the operation.
pub fn configure(config: &mut web::ServiceConfig, system: System) {
    config.app_data(web::Data::new(system));
    route::configure(config, &routes());
}

async fn get(system: web::Data<System>) -> Found<SystemStatus> {
    Found(system.status().await)
}
