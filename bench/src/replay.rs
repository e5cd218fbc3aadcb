//! `waybill bench replay`.

use std::io::Write as _;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use event_store::{Store, Wakeup};
use platform::config::{PostgresConfig, SecretText};
use platform::postgres::Plans;
use projector::replay::{self, Phase, Request, Verb};
use projector::{Log, Options};
use serde::Serialize;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use tokio_util::sync::CancellationToken;

use crate::scratch::Scratch;
use crate::{Instance, ReplayOptions, process};

mod copy;
mod life;
mod log;

/// Time between two looks at the replays.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// The result.
#[derive(Debug, Serialize)]
struct Report {
    /// Events in the log.
    events: i64,
    /// The time from the request until every replay was ready, per event.
    events_per_s: f64,
    /// The same for the copy of the rows, the bare limit.
    copy_events_per_s: f64,
    /// The most memory of the process that replayed, while it did.
    memory_mib: f64,
}

/// Runs the measurement in a scratch database, and prints the report.
pub(crate) async fn run(instance: Instance, options: ReplayOptions) -> anyhow::Result<()> {
    let scratch = Scratch::create(&instance.postgres_url).await?;
    let measured = measure(&instance, &scratch, usize::try_from(options.events)?).await;
    scratch.drop().await?;
    let report = measured?;
    let mut out = std::io::stdout();
    if options.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        writeln!(
            out,
            "{} events into all projections: {:.0} events/s, {:.0} % of the copy of the same rows ({:.0} events/s), \
             {:.0} MiB",
            report.events,
            report.events_per_s,
            report.events_per_s / report.copy_events_per_s * 100.0,
            report.copy_events_per_s,
            report.memory_mib
        )?;
    }
    Ok(())
}

async fn measure(instance: &Instance, scratch: &Scratch, events: usize) -> anyhow::Result<Report> {
    let owner = PgPoolOptions::new()
        .max_connections(2)
        .connect_with(scratch.owner())
        .await?;
    event_store::MIGRATOR.run(&owner).await?;
    projector::MIGRATOR.run(&owner).await?;
    let config = PostgresConfig {
        url: SecretText::new(scratch.url_for(instance.postgres.url.expose())?),
        ..instance.postgres.clone()
    };
    let pool = platform::postgres::connect(&config, "waybill-bench", Plans::Once).await?;
    let store = Store::new(pool.clone());
    // The first leader finds an empty log, and makes the checkpoints.
    let projector = Projector::start(&store, &pool);
    while !projector::is_running(&pool).await? {
        tokio::time::sleep(POLL_INTERVAL).await;
    }
    projector.stop().await?;
    note!("Writing a log of {events} events…");
    let head = log::write(&store, events).await?;
    stand_at(&owner, head).await?;
    note!("Replaying it…");
    process::forget_memory_peak();
    let projector = Projector::start(&store, &pool);
    let spent = replay_all(&pool).await?;
    let memory_mib = process::memory_peak_mib().context("the memory of this process")?;
    projector.stop().await?;
    note!("Copying the same rows…");
    let copied = copy::measure(&scratch.owner()).await?;
    pool.close().await;
    owner.close().await;
    #[expect(clippy::cast_precision_loss, reason = "a rate to show")]
    let per_s = |spent: Duration| head as f64 / spent.as_secs_f64();
    Ok(Report {
        events: head,
        events_per_s: per_s(spent),
        copy_events_per_s: per_s(copied),
        memory_mib,
    })
}

/// Puts the live projections at `head` without rows: only what a replay reads and writes is measured.
async fn stand_at(owner: &PgPool, head: i64) -> anyhow::Result<()> {
    for table in ["leader", "checkpoints"] {
        let sql = format!("UPDATE read_model.{table} SET position = $1");
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(head)
            .execute(owner)
            .await?;
    }
    sqlx::query("VACUUM ANALYZE event_store.events")
        .execute(owner)
        .await?;
    sqlx::query("CHECKPOINT").execute(owner).await?;
    Ok(())
}

/// Requests a replay of every projection, as `waybill replay start --all` does, and waits until all are ready.
async fn replay_all(pool: &PgPool) -> anyhow::Result<Duration> {
    while !projector::is_running(pool).await? {
        tokio::time::sleep(POLL_INTERVAL).await;
    }
    let began = Instant::now();
    for projection in projector::projection_names() {
        replay::request(pool, &Request::new(projection, Verb::Start, "bench")).await?;
    }
    loop {
        let replays = replay::list(pool).await?;
        if let Some(failed) = replays.iter().find(|replay| replay.error.is_some()) {
            let reason = failed.error.as_deref().unwrap_or_default();
            anyhow::bail!("the replay of {} failed: {reason}", failed.projection);
        }
        if replays.iter().all(|replay| replay.phase == Phase::Ready) {
            return Ok(began.elapsed());
        }
        tokio::time::sleep(POLL_INTERVAL).await;
    }
}

/// A projector of this process.
struct Projector {
    shutdown: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

impl Projector {
    fn start(store: &Store, pool: &PgPool) -> Self {
        let wakeup = Wakeup::listen(pool, event_store::wakeup::EVENTS_NOTIFICATION);
        let options = Options::new(Log::Embedded(wakeup));
        let shutdown = CancellationToken::new();
        let run = projector::run(options, store.clone(), pool.clone(), shutdown.clone());
        Self {
            shutdown,
            task: tokio::spawn(run),
        }
    }

    async fn stop(self) -> anyhow::Result<()> {
        self.shutdown.cancel();
        self.task.await.context("the projector panicked")
    }
}
