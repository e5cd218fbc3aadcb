//! The health of the system for admins: `GET /api/v1/admin/system` and channel `metrics`.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use event_store::Store;
use event_store::relay::{RelayStatus, published_position};
use futures_util::future::BoxFuture;
use platform::config::Config;
use realtime::{ReadError, Realtime, Source, Value};
use schemas::change::ChangeKind;
use schemas::channel::Channel;
use schemas::consumer::ConsumerStatus;
use schemas::system::{
    ConsumerHealth, DiskStatus, LogStatus, PoolStatus, PostgresStatus, RelayHealth, SocketStatus,
    SystemStatus,
};
use schemas::topic;
use serde_json::value::to_raw_value;
use sqlx::PgPool;
use tokio::sync::watch;

use crate::projections::Projections;
use crate::serve::{Pools, space};

mod concerns;
pub mod http;

/// How often the health is read while somebody watches it.
const INTERVAL: Duration = Duration::from_secs(2);

/// How long the database may take to answer.
const ANSWER_MAX: Duration = Duration::from_millis(1_500);

/// Bytes per megabyte.
const MEGABYTE: u64 = 1024 * 1024;

/// Reads the health of the system. Clones share everything.
#[derive(Clone)]
pub struct System {
    /// The database behind everything.
    pub store: Store,
    /// Connections for the reads.
    pub pool: PgPool,
    /// Every pool of the process.
    pub pools: Pools,
    /// The status of the projections.
    pub projections: Projections,
    /// The relay of this process, if it runs one.
    pub relay: Option<watch::Receiver<RelayStatus>>,
    /// The folder of the instance.
    pub data_dir: PathBuf,
    /// The settings.
    pub config: Arc<Config>,
    /// When the process started.
    pub started_at: DateTime<Utc>,
    /// The sockets of this process, once they have started.
    pub sockets: Arc<OnceLock<Realtime>>,
}

/// What the database tells.
struct Stored {
    answered_in: Duration,
    head: i64,
    relay: Option<RelayHealth>,
    projections: Vec<ConsumerHealth>,
    policies: Vec<ConsumerHealth>,
}

impl System {
    /// The health now. A part that does not answer in time is missing, and named in the concerns.
    pub async fn status(&self) -> SystemStatus {
        let stored = tokio::time::timeout(ANSWER_MAX, self.stored()).await;
        let stored = stored.ok().and_then(|stored| {
            stored
                .inspect_err(|error| tracing::debug!(%error, "The health of the system cannot be read."))
                .ok()
        });
        let disk = space(&self.data_dir).ok().map(|space| DiskStatus {
            free_bytes: space.free_bytes,
            total_bytes: space.total_bytes,
            free_bytes_min: self.config.limits.free_disk_min_mb.saturating_mul(MEGABYTE),
        });
        let mut status = SystemStatus {
            read_at: Utc::now(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            started_at: self.started_at,
            concerns: Vec::new(),
            postgres: PostgresStatus {
                is_reachable: stored.is_some(),
                answered_in_ms: stored
                    .as_ref()
                    .map(|stored| stored.answered_in.as_secs_f64() * 1_000.0),
                pools: self.pools(),
            },
            log: LogStatus {
                kind: self.config.log.as_str().to_owned(),
                head: stored.as_ref().map(|stored| stored.head),
                relay: stored.as_ref().and_then(|stored| stored.relay.clone()),
            },
            projections: Vec::new(),
            policies: Vec::new(),
            sockets: self.sockets.get().map(sockets),
            disk,
        };
        if let Some(stored) = stored {
            (status.projections, status.policies) = (stored.projections, stored.policies);
        }
        status.concerns = concerns::of(&status);
        status
    }

    fn pools(&self) -> Vec<PoolStatus> {
        let pools = self.pools.all().into_iter().map(|(name, pool)| {
            let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
            PoolStatus {
                name: name.to_owned(),
                in_use: pool.size().saturating_sub(idle),
                idle,
                max: pool.options().get_max_connections(),
            }
        });
        pools.collect()
    }

    async fn stored(&self) -> anyhow::Result<Stored> {
        let began = Instant::now();
        let head = self.store.head().await?;
        let answered_in = began.elapsed();
        let projections = self.projections.status().await?;
        let projections = projections.iter().cloned().map(ConsumerStatus::from);
        let projections = self.with_lag(projections).await?;
        let policies = command_api::policies::status(&self.pool).await?;
        let policies = policies.into_iter().map(ConsumerStatus::from);
        Ok(Stored {
            answered_in,
            head,
            relay: self.relay(head).await?,
            projections,
            policies: self.with_lag(policies).await?,
        })
    }

    async fn with_lag(
        &self,
        consumers: impl Iterator<Item = ConsumerStatus>,
    ) -> Result<Vec<ConsumerHealth>, sqlx::Error> {
        let mut health = Vec::new();
        for status in consumers {
            let lag_s = if status.lag > 0 {
                event_store::metrics::lag_seconds(&self.pool, status.position).await?
            } else {
                0.0
            };
            health.push(ConsumerHealth { status, lag_s });
        }
        Ok(health)
    }

    async fn relay(&self, head: i64) -> Result<Option<RelayHealth>, sqlx::Error> {
        if self.config.kafka.is_none() {
            return Ok(None);
        }
        let position = published_position(&self.pool, topic::EVENTS).await?;
        let lag = (head - position).max(0);
        let lag_s = if lag > 0 {
            event_store::metrics::lag_seconds(&self.pool, position).await?
        } else {
            0.0
        };
        Ok(Some(RelayHealth {
            is_broker_up: self.relay.as_ref().map(|relay| relay.borrow().broker_up),
            position,
            lag,
            lag_s,
        }))
    }
}

fn sockets(realtime: &Realtime) -> SocketStatus {
    let counts = realtime.metrics();
    SocketStatus {
        open: counts.connections,
        opened: counts.connections_total,
        deliveries: counts.deliveries,
        lagged: counts.lagged,
        conflated: counts.conflated,
        evicted: counts.evicted,
        position: realtime.position(),
        is_serving: realtime.is_serving(),
    }
}

impl Source for System {
    fn channel(&self) -> Channel {
        Channel::Metrics
    }

    fn interval(&self) -> Duration {
        INTERVAL
    }

    fn read(&mut self) -> BoxFuture<'_, Result<Vec<Value>, ReadError>> {
        Box::pin(async move {
            Ok(vec![Value {
                key: "system".to_owned(),
                kind: ChangeKind::SystemChanged,
                data: to_raw_value(&self.status().await)?,
            }])
        })
    }
}
