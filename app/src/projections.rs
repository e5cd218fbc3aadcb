//! A cached status of the projections, because health checks and the live board query it often.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use projector::ProjectionStatus;
use query_api::{ConsumerError, Consumers};
use schemas::consumer::ConsumerStatus;
use sqlx::PgPool;
use tokio::sync::Mutex;

/// How long a cached status is used.
const STATUS_TTL: Duration = Duration::from_secs(1);

/// A status, and when it was read.
type Known = Option<(Instant, Arc<[ProjectionStatus]>)>;

/// Reads the status of the projections. Clones share the cache.
#[derive(Debug, Clone)]
pub struct Projections {
    pool: PgPool,
    known: Arc<Mutex<Known>>,
}

impl Projections {
    /// Reads over connections of `pool`.
    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            known: Arc::default(),
        }
    }

    /// The status of every projection, at most [`STATUS_TTL`] old.
    ///
    /// # Errors
    /// When Postgres fails.
    pub async fn status(&self) -> Result<Arc<[ProjectionStatus]>, projector::Error> {
        // Concurrent callers wait for the same query.
        let mut known = self.known.lock().await;
        if let Some((at, status)) = &*known
            && at.elapsed() < STATUS_TTL
        {
            return Ok(Arc::clone(status));
        }
        let status: Arc<[ProjectionStatus]> = projector::status(&self.pool).await?.into();
        *known = Some((Instant::now(), Arc::clone(&status)));
        Ok(status)
    }
}

impl Consumers for Projections {
    fn projections(&self) -> BoxFuture<'_, Result<Vec<ConsumerStatus>, ConsumerError>> {
        Box::pin(async move {
            let status = self.status().await?;
            Ok(status.iter().cloned().map(ConsumerStatus::from).collect())
        })
    }
}
