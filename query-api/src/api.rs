//! The shared state of all handlers.

use std::fmt::Debug;
use std::sync::Arc;

use event_store::{KeyRing, Store};
use futures_util::future::BoxFuture;
use platform::problem::Problem;
use platform::query::CursorKey;
use schemas::consumer::ConsumerStatus;
use sqlx::PgPool;

use crate::fresh::Fresh;
use crate::position::{MinPosition, Projected, Reached, ReadModels};
use crate::view::{CategoryList, Counts, Product};
use crate::withheld::Withholding;

/// Seconds after which to retry when Postgres is unavailable.
pub(crate) const RETRY_AFTER_S: u32 = 1;

/// The shared state of all handlers.
#[derive(Debug)]
pub(crate) struct Api {
    pub pool: PgPool,
    pub store: Store,
    pub keys: KeyRing,
    pub withholding: Withholding,
    pub cursors: CursorKey,
    pub projected: Projected,
    pub products: Fresh<String, Product>,
    pub categories: Fresh<(), CategoryList>,
    pub counts: Fresh<(), Counts>,
    pub consumers: Arc<dyn Consumers>,
}

impl Api {
    /// Waits until the read models that a read uses have reached the position asked for, whatever the others do.
    /// Returns the position that they have reached.
    ///
    /// # Errors
    /// 503 when they have not reached it in time, or one of them has not been built yet.
    pub async fn wait_for(
        &self,
        uses: ReadModels,
        position: Option<MinPosition>,
    ) -> Result<Reached, Problem> {
        if let Some(position) = position {
            self.projected.wait_for(uses, position).await?;
        }
        self.projected.check_built(uses).await?;
        Ok(self.projected.reached(uses))
    }
}

/// Reports the status of the consumers of the log.
pub trait Consumers: Debug + Send + Sync {
    /// The status of every projection.
    fn projections(&self) -> BoxFuture<'_, Result<Vec<ConsumerStatus>, ConsumerError>>;
}

/// Why the status of the consumers is not available.
pub type ConsumerError = Box<dyn std::error::Error + Send + Sync>;

/// The problem for a failed statement.
pub(crate) fn database(error: sqlx::Error) -> Problem {
    if platform::postgres::is_unavailable(&error) {
        Problem::unavailable(RETRY_AFTER_S, error)
    } else {
        Problem::internal(error)
    }
}

/// The problem for a failure of the event store.
pub(crate) fn store(error: event_store::Error) -> Problem {
    if error.is_unavailable() {
        Problem::unavailable(RETRY_AFTER_S, error)
    } else {
        Problem::internal(error)
    }
}
