//! The command side: HTTP in, the executor, and the policies.
//!
//! It is the only crate that makes decisions. It reads streams, never read models; its answers come from the store's
//! own answer, so that a repeated command gets the same one.
//!
//! The path of a command: [`routes`] enforce the access, a handler parses the body into a [`domain::Command`] and seals
//! personal data, [`executor::Executor`] decides it and stores its events, and the handler answers with the stream's id
//! and version and the position. [`policies`] then react to the events.
//!
//! ```no_run
//! # fn example(command_api: &command_api::CommandApi) {
//! actix_web::App::new().configure(|config| command_api.configure(config));
//! # }
//! ```
//!
//! **Architecture Invariant:** this crate reads no table of a read model.
//!
//! **Architecture Invariant:** a handler parses its request once, at the edge; after that only domain types are used.
//! Personal data is sealed before it reaches a command.

use std::sync::Arc;

use actix_web::web;
use event_store::{KeyRing, Store};
use platform::auth::TokenVerifier;
use platform::clock::Clock;
use platform::config::{Limits, Secrets};
use platform::query::CursorKey;
use platform::storage::Storage;
use sqlx::PgPool;

pub mod accounts;
mod api;
pub mod executor;
pub mod idempotency;
pub mod lookup;
pub mod metrics;
pub mod payment_provider;
pub mod payments;
pub mod policies;
pub mod privacy;
mod routes;
pub mod sessions;
pub mod tokens;

pub use routes::routes;

use crate::api::{Api, Throttle};
use crate::executor::Executor;
use crate::idempotency::GuestScopes;
use crate::lookup::Lookup;
use crate::payment_provider::PaymentProvider;
use crate::payments::Payments;
use crate::routes::holds::Holds;
use crate::tokens::TokenIssuer;

/// The migrations of schema `command`. Several crates' migrators share one database, so each ignores the others'
/// entries.
pub static MIGRATOR: sqlx::migrate::Migrator = {
    let mut migrator = sqlx::migrate!("./migrations");
    migrator.ignore_missing = true;
    migrator
};

/// The dependencies of the service.
#[derive(Debug, Clone)]
pub struct Dependencies {
    /// Connections for accounts and sessions.
    pub pool: PgPool,
    /// The event store.
    pub store: Store,
    /// Decides commands.
    pub executor: Executor,
    /// Seals personal data.
    pub keys: KeyRing,
    /// Authorises, captures and refunds payments.
    pub provider: Arc<dyn PaymentProvider>,
    /// Checks tokens; its revocation list learns of log-outs at once.
    pub verifier: TokenVerifier,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// The instance's keys.
    pub secrets: Secrets,
    /// Rate limits and business limits.
    pub limits: Limits,
    /// Whether the disk has room.
    pub storage: Storage,
    /// Whether browsers reach the instance only by HTTPS; its cookies are then marked as secure.
    pub is_https: bool,
}

/// The service's HTTP side. Cheap to clone into each worker.
#[derive(Debug, Clone)]
pub struct CommandApi {
    api: web::Data<Api>,
    verifier: web::Data<TokenVerifier>,
}

impl CommandApi {
    /// Builds the service.
    ///
    /// # Errors
    /// When the token seed is not a valid key.
    pub fn new(dependencies: Dependencies) -> Result<Self, tokens::Error> {
        let lookup = Lookup::new(dependencies.store);
        let payments = Payments::new(
            dependencies.executor.clone(),
            lookup.clone(),
            dependencies.provider,
        );
        let api = Api {
            executor: dependencies.executor,
            lookup,
            payments,
            keys: dependencies.keys,
            pool: dependencies.pool,
            issuer: TokenIssuer::new(&dependencies.secrets.token_seed)?,
            holds: Holds::new(&dependencies.limits),
            guest_scopes: GuestScopes::new(&dependencies.secrets.data_key),
            cursors: CursorKey::new(&dependencies.secrets.data_key),
            clock: dependencies.clock,
            limits: dependencies.limits,
            throttle: Throttle::new(&dependencies.limits),
            storage: dependencies.storage,
            is_https: dependencies.is_https,
        };
        Ok(Self {
            api: web::Data::new(api),
            verifier: web::Data::new(dependencies.verifier),
        })
    }

    /// Registers the operations of [`routes`]. The application must
    /// be wrapped by `platform::http::shield`.
    pub fn configure(&self, config: &mut web::ServiceConfig) {
        config.app_data(self.api.clone()).app_data(self.verifier.clone());
        routes::configure(config);
    }

    /// The executor, for tools and metrics.
    pub fn executor(&self) -> &Executor {
        &self.api.executor
    }

    /// The payment steps, for policies and tools.
    pub fn payments(&self) -> &Payments {
        &self.api.payments
    }

    /// The stream reader, for policies and tools.
    pub fn lookup(&self) -> &Lookup {
        &self.api.lookup
    }
}
