//! `waybill status`: where the instance is, and how far its projections are.

use serde::Serialize;

use event_store::Store;

use crate::instance::Instance;

#[derive(Debug, Serialize)]
struct Status {
    url: String,
    /// Where Prometheus finds the metrics; none when they were never shown.
    metrics_url: Option<String>,
    log: Log,
    postgres_url: String,
    position: i64,
    projections: Vec<Projection>,
}

#[derive(Debug, Serialize)]
struct Log {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    brokers: Option<String>,
}

#[derive(Debug, Serialize)]
struct Projection {
    name: String,
    position: i64,
    lag: i64,
}

/// Prints the status, as JSON or as a small table.
pub async fn run(instance: &Instance, json: bool) -> anyhow::Result<()> {
    let status = read(instance).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&status)?);
        return Ok(());
    }
    println!("address    {}", status.url);
    if let Some(metrics_url) = status.metrics_url {
        println!("metrics    {metrics_url}");
    }
    println!(
        "log        {}{}",
        status.log.kind,
        status
            .log
            .brokers
            .map_or_else(String::new, |at| format!(" at {at}"))
    );
    println!("position   {}", status.position);
    println!("{:<20} {:>12} {:>8}", "projection", "position", "lag");
    for projection in status.projections {
        println!(
            "{:<20} {:>12} {:>8}",
            projection.name, projection.position, projection.lag
        );
    }
    Ok(())
}

async fn read(instance: &Instance) -> anyhow::Result<Status> {
    let config = &instance.config;
    let pool = instance.pool("waybill-status").await?;
    let position = Store::new(pool.clone()).head().await?;
    let projections = projector::status(&pool)
        .await?
        .into_iter()
        .map(|projection| Projection {
            name: projection.name,
            position: projection.position,
            lag: (position - projection.position).max(0),
        })
        .collect();
    Ok(Status {
        url: config.http.public_url.clone(),
        metrics_url: crate::serve::metrics_url(&config.data_dir),
        log: Log {
            kind: config.log.as_str(),
            brokers: config.kafka.as_ref().map(|kafka| kafka.brokers.clone()),
        },
        postgres_url: config.postgres.url.expose().to_owned(),
        position,
        projections,
    })
}
