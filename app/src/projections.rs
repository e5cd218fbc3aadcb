//! The status of the projections, remembered for a moment: health and the live board ask for it often.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use projector::ProjectionStatus;
use query_api::{ConsumerError, Consumers};
use schemas::consumer::ConsumerStatus;
use sqlx::PgPool;
use tokio::sync::Mutex;

/// How long a status is given again without asking Postgres.
const STATUS_TTL: Duration = Duration::from_secs(1);

/// A status, and when it was read.
type Known = Option<(Instant, Arc<[ProjectionStatus]>)>;

/// Reads the status of the projections. Clones share what is remembered.
#[derive(Debug, Clone)]
pub struct Projections {
    pool: PgPool,
    known: Arc<Mutex<Known>>,
}

impl Projections {
    /// Reads by connections of `pool`.
    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            known: Arc::default(),
        }
    }

    /// How far every projection is, at most [`STATUS_TTL`] ago.
    ///
    /// # Errors
    /// When Postgres fails.
    pub async fn status(&self) -> Result<Arc<[ProjectionStatus]>, projector::Error> {
        // Concurrent callers wait for the same statement.
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
