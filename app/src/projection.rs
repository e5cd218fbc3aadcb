//! `waybill projection`: manages the projections of a running instance.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use projector::{ProjectionStatus, RebuildProgress};
use schemas::consumer::ConsumerStatus;
use serde::Serialize;
use sqlx::PgPool;

use crate::exit::Failure;
use crate::instance::Instance;
use crate::progress;
use crate::status::table;

/// Time between two polls of a rebuild's progress.
const POLL_INTERVAL: Duration = Duration::from_millis(200);

/// The result of a rebuild.
#[derive(Debug, Serialize)]
struct Rebuilt {
    projection: String,
    position: i64,
    parked: i64,
    duration_s: f64,
}

/// Prints the projections, as JSON or as a table.
pub async fn list(instance: &Instance, json: bool) -> anyhow::Result<()> {
    let pool = instance.pool("waybill-projection").await?;
    let projections = projector::status(&pool).await?;
    if json {
        outln!("{}", serde_json::to_string_pretty(&projections)?);
        return Ok(());
    }
    let rebuilds: Vec<_> = projections.iter().filter_map(rebuild_line).collect();
    let consumers: Vec<ConsumerStatus> = projections.into_iter().map(ConsumerStatus::from).collect();
    out!("{}", table("projection", &consumers));
    for rebuild in rebuilds {
        outln!("{rebuild}");
    }
    Ok(())
}

fn rebuild_line(projection: &ProjectionStatus) -> Option<String> {
    let RebuildProgress {
        reason,
        started_at,
        position,
        target,
        ..
    } = projection.rebuild.as_ref()?;
    let name = &projection.name;
    Some(match started_at {
        Some(_) => format!("rebuild of {name} ({reason}): {position} of {target} events"),
        None => format!("rebuild of {name} ({reason}): waiting"),
    })
}

/// Requests the rebuild of a projection, and shows its progress until the switch is made.
pub async fn rebuild(instance: &Instance, name: &str, json: bool) -> anyhow::Result<ExitCode> {
    let pool = instance.pool("waybill-projection").await?;
    let began = Instant::now();
    match projector::request_rebuild(&pool, name).await {
        Ok(true) => {}
        Ok(false) => note!("A rebuild of {name} is under way already; this shows its progress."),
        Err(error @ projector::Error::UnknownProjection { .. }) => {
            return Err(Failure::BadInput(error.to_string()).into());
        }
        Err(error) => return Err(error.into()),
    }
    let projection = wait(&pool, name).await?;
    let rebuilt = Rebuilt {
        projection: projection.name,
        position: projection.position,
        parked: projection.parked,
        duration_s: began.elapsed().as_secs_f64(),
    };
    if json {
        outln!("{}", serde_json::to_string_pretty(&rebuilt)?);
    } else {
        outln!(
            "{} is rebuilt up to position {} after {:.1} s.",
            rebuilt.projection,
            rebuilt.position,
            rebuilt.duration_s
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Waits until the rebuild of `name` is done, and shows its progress.
async fn wait(pool: &PgPool, name: &str) -> anyhow::Result<ProjectionStatus> {
    let bar = progress::bar("events");
    loop {
        let projection = projector::status(pool)
            .await?
            .into_iter()
            .find(|projection| projection.name == name)
            .context("the projection is not registered")?;
        let Some(rebuild) = &projection.rebuild else {
            bar.finish_and_clear();
            return Ok(projection);
        };
        if !projector::is_running(pool).await? {
            let text = "no projector is running; the rebuild is requested and begins when one starts";
            return Err(Failure::Unavailable(text.to_owned()).into());
        }
        if let Some(error) = &rebuild.error {
            anyhow::bail!("the rebuild failed and is tried again: {error}");
        }
        bar.set_length(rebuild.target.unsigned_abs());
        bar.set_position(rebuild.position.unsigned_abs());
        tokio::time::sleep(POLL_INTERVAL).await;
    }
}
