//! `GET /api/v1/demo-accounts`: the accounts that the log-in page offers if the demo was loaded, but never in
//! production.

use actix_web::web;
use importer::demo::{self, DemoAccount};
use platform::answer::Found;
use platform::postgres::is_unavailable;
use platform::problem::{Problem, kind};
use platform::route::{self, Access, Route};
use schemars::JsonSchema;
use serde::Serialize;
use sqlx::PgPool;

/// How soon clients may retry while Postgres is unavailable.
const RETRY_AFTER_S: u32 = 1;

/// The operations of the demo. In production they are not served.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/demo-accounts", "listDemoAccounts", Access::Open, offer)
            .summary("List the demo accounts")
            .description("In development only; answers 404 if there are no demo accounts.")
            .tag("auth")
            .problems(&[&kind::NOT_FOUND, &kind::UNAVAILABLE]),
    ]
}

/// Registers the operations.
pub fn configure(config: &mut web::ServiceConfig, pool: PgPool) {
    config.app_data(web::Data::new(DemoDatabase(pool)));
    route::configure(config, &routes());
}

/// The database in which the demo may be loaded.
struct DemoDatabase(PgPool);

/// One account for each role.
#[derive(Debug, Serialize, JsonSchema)]
struct DemoAccountList {
    items: Vec<DemoAccount>,
}

async fn offer(database: web::Data<DemoDatabase>) -> Result<Found<DemoAccountList>, Problem> {
    match demo::offered(&database.0).await {
        Ok(Some(items)) => Ok(Found(DemoAccountList { items })),
        Ok(None) => Err(Problem::not_found()),
        Err(error) if is_unavailable(&error) => Err(Problem::unavailable(RETRY_AFTER_S, error)),
        Err(error) => Err(Problem::internal(error)),
    }
}
