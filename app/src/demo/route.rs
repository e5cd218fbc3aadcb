//! `GET /api/v1/demo-accounts`: the accounts that the log-in page offers where the demo was loaded, but never in
//! production.

use actix_web::{HttpResponse, web};
use importer::demo;
use platform::config::Environment;
use platform::postgres::is_unavailable;
use platform::problem::Problem;
use platform::route::API_PREFIX;
use serde_json::json;
use sqlx::PgPool;

/// When clients retry while Postgres is unavailable.
const RETRY_AFTER_S: u32 = 1;

/// Registers the route, except in production.
pub fn configure(config: &mut web::ServiceConfig, environment: Environment, pool: PgPool) {
    if environment == Environment::Production {
        return;
    }
    let offer = move || offer(pool.clone());
    config.route(&format!("{API_PREFIX}/demo-accounts"), web::get().to(offer));
}

async fn offer(pool: PgPool) -> Result<HttpResponse, Problem> {
    match demo::offered(&pool).await {
        Ok(Some(items)) => Ok(HttpResponse::Ok().json(json!({ "items": items }))),
        Ok(None) => Err(Problem::not_found()),
        Err(error) if is_unavailable(&error) => Err(Problem::unavailable(RETRY_AFTER_S, error)),
        Err(error) => Err(Problem::internal(error)),
    }
}
