//! The query side: every GET of the API, answered from the read models.
//!
//! A read waits until its read models have reached the position that the caller asks for. It is one statement, or none
//! if a cached answer is still current. Personal data is decrypted here, at the last moment, and only for readers who
//! may see it.
//!
//! ```no_run
//! # fn example(query_api: &query_api::QueryApi) {
//! actix_web::App::new().configure(|config| query_api.configure(config));
//! # }
//! ```
//!
//! **Architecture Invariant:** this crate writes nothing.
//!
//! **Architecture Invariant:** another user's object answers 404, the same as one that does not exist.
//!
//! **Architecture Invariant:** lists are paged by key, never by offset, and are bounded.

use std::sync::Arc;

use actix_web::web;
use event_store::{KeyRing, Store, Wakeup};
use platform::auth::TokenVerifier;
use platform::config::Secret32;
use platform::problem::Problem;
use platform::query::CursorKey;
use platform::shutdown::Shutdown;
use sqlx::PgPool;

mod api;
mod fresh;
mod operator;
mod page;
mod position;
mod reads;
mod routes;
mod sealed;
mod view;
mod withheld;

pub use api::{ConsumerError, Consumers};
pub use operator::{Moment, Question};
pub use position::{Projected, WAIT_MAX};
pub use reads::order::party_to_order;
pub use routes::routes;
pub use withheld::Withholding;

/// The dependencies of the service.
#[derive(Debug, Clone)]
pub struct Dependencies {
    /// Connections to the read models.
    pub pool: PgPool,
    /// The event store, for the history of orders.
    pub store: Store,
    /// Decrypts personal data.
    pub keys: KeyRing,
    /// Verifies tokens.
    pub verifier: TokenVerifier,
    /// Notified of every projected batch (Postgres notification `waybill_changes`).
    pub projected: Wakeup,
    /// Ends the process if a task of this service does.
    pub shutdown: Shutdown,
    /// Reports the status of the consumers of the log.
    pub consumers: Arc<dyn Consumers>,
    /// The instance's data key, from which the key that signs cursors is derived.
    pub cursor_secret: Secret32,
}

/// The service. Cheap to clone; all clones share its caches.
#[derive(Debug, Clone)]
pub struct QueryApi {
    api: web::Data<api::Api>,
    verifier: web::Data<TokenVerifier>,
}

impl QueryApi {
    /// Builds the service, which follows the positions of the read models from now on.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn new(dependencies: Dependencies) -> Self {
        let projected = Projected::follow(&dependencies.pool, dependencies.projected, &dependencies.shutdown);
        let cursors = CursorKey::new(&dependencies.cursor_secret);
        let api = api::Api {
            withholding: Withholding::new(dependencies.store.clone(), dependencies.keys.clone()),
            pool: dependencies.pool,
            store: dependencies.store,
            keys: dependencies.keys,
            cursors,
            products: fresh::Fresh::new(&projected, 10_000),
            categories: fresh::Fresh::new(&projected, 1),
            counts: fresh::Fresh::new(&projected, 1),
            consumers: dependencies.consumers,
            projected,
        };
        Self {
            api: web::Data::new(api),
            verifier: web::Data::new(dependencies.verifier),
        }
    }

    /// Registers the operations of [`routes`]. The application must be wrapped by `platform::http::shield`.
    pub fn configure(&self, config: &mut web::ServiceConfig) {
        config.app_data(self.api.clone()).app_data(self.verifier.clone());
        routes::configure(config);
    }

    /// The SKUs of the first `skus_max` listed products, by SKU.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn listed_skus(&self, skus_max: i64) -> Result<Vec<String>, Problem> {
        reads::product::listed_skus(&self.api, skus_max).await
    }

    /// The positions of the read models, for readiness and for others who wait.
    pub fn projected(&self) -> &Projected {
        &self.api.projected
    }
}
