//! What the handlers work with.

use event_store::{KeyRing, Store};
use platform::problem::Problem;
use platform::query::CursorKey;
use sqlx::PgPool;

use crate::fresh::Fresh;
use crate::position::{MinPosition, Projected};
use crate::view::{CategoryList, Dashboard, Product};

/// Seconds after which it is worth another try when Postgres is away.
const RETRY_AFTER_S: u32 = 1;

/// Shared by all handlers.
#[derive(Debug)]
pub(crate) struct Api {
    pub pool: PgPool,
    pub store: Store,
    pub keys: KeyRing,
    pub cursors: CursorKey,
    pub projected: Projected,
    pub products: Fresh<String, Product>,
    pub categories: Fresh<(), CategoryList>,
    pub dashboard: Fresh<(), Dashboard>,
}

impl Api {
    /// Waits until the read models have reached the position asked for.
    ///
    /// # Errors
    /// 503 when they have not in time.
    pub async fn wait_for(&self, position: Option<MinPosition>) -> Result<(), Problem> {
        match position {
            Some(position) => self.projected.wait_for(position).await,
            None => Ok(()),
        }
    }
}

/// The answer to a failed statement.
pub(crate) fn database(error: sqlx::Error) -> Problem {
    if platform::postgres::is_unavailable(&error) {
        Problem::unavailable(RETRY_AFTER_S, error)
    } else {
        Problem::internal(error)
    }
}

/// The answer to a failure of the event store.
pub(crate) fn store(error: event_store::Error) -> Problem {
    if error.is_unavailable() {
        Problem::unavailable(RETRY_AFTER_S, error)
    } else {
        Problem::internal(error)
    }
}
