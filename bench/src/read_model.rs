//! Measures how soon the read model has an order, and how far it lags.

use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use hyper::StatusCode;
use sqlx::postgres::{PgPool, PgPoolOptions};
use tokio::sync::{mpsc, watch};

use crate::Instance;
use crate::http::{Call, Connection};
use crate::load::Placed;
use crate::report;

/// The interval between samples of the lag.
const SAMPLE_EVERY: Duration = Duration::from_millis(100);
/// How long the projections may take to catch up after the load.
const DRAIN_MAX: Duration = Duration::from_secs(120);

/// Queries some of the orders with their position, one at a time, and records the time from when the order was due to
/// when the read model had it.
pub(crate) async fn ask(
    instance: Instance,
    mut placed: mpsc::Receiver<Placed>,
) -> anyhow::Result<Histogram<u64>> {
    let mut connection = Connection::open(&instance.address).await?;
    let mut seen_us = report::histogram();
    while let Some(order) = placed.recv().await {
        let path = format!("/api/v1/orders/{}?min_position={}", order.id, order.position);
        let (status, body) = connection.send(Call::get(&path, &instance.admin_token)).await?;
        match status {
            StatusCode::OK => {
                seen_us.saturating_record(u64::try_from(order.due.elapsed().as_micros()).unwrap_or(u64::MAX));
            }
            // The read model lags by more than the query waits; the lag measures by how much.
            StatusCode::SERVICE_UNAVAILABLE => {}
            _ => anyhow::bail!("GET of an order: {status} {}", String::from_utf8_lossy(&body)),
        }
    }
    Ok(seen_us)
}

/// The lag of the projections.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Lag {
    /// The largest lag, in events.
    pub(crate) events_max: i64,
    /// The largest lag, in seconds since the log had the position that the read model has.
    pub(crate) seconds_max: f64,
    /// Seconds from the end of the load until no projection lagged.
    pub(crate) drained_after_s: f64,
}

/// Samples the lag until `running` is dropped, and then until the lag is 0.
pub(crate) async fn lag(postgres_url: String, running: watch::Receiver<()>) -> anyhow::Result<Lag> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect(&postgres_url)
        .await?;
    let mut heads: Vec<(Instant, i64)> = Vec::new();
    let (mut events_max, mut seconds_max) = (0, 0_f64);
    let mut ended: Option<Instant> = None;
    loop {
        let (head, projected) = positions(&pool).await?;
        let now = Instant::now();
        heads.push((now, head));
        if ended.is_none() {
            events_max = events_max.max(head - projected);
            let overtaken = heads.iter().find(|(_, head)| *head > projected);
            seconds_max = seconds_max.max(overtaken.map_or(0.0, |(at, _)| (now - *at).as_secs_f64()));
            if running.has_changed().is_err() {
                ended = Some(now);
            }
        }
        if let Some(ended) = ended {
            if projected >= head {
                let drained_after_s = ended.elapsed().as_secs_f64();
                return Ok(Lag {
                    events_max,
                    seconds_max,
                    drained_after_s,
                });
            }
            anyhow::ensure!(
                ended.elapsed() < DRAIN_MAX,
                "the projections are {} events behind",
                head - projected
            );
        }
        tokio::time::sleep(SAMPLE_EVERY).await;
    }
}

async fn positions(pool: &PgPool) -> anyhow::Result<(i64, i64)> {
    Ok(sqlx::query_as(
        "SELECT (SELECT position FROM event_store.log_head), (SELECT position FROM read_model.leader)",
    )
    .fetch_one(pool)
    .await?)
}
