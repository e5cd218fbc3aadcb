//! `waybill projection`: lists the projections of an instance, and restarts them if they are ahead of the log.

use schemas::consumer::ConsumerStatus;

use crate::instance::Instance;
use crate::replay::operator;
use crate::status::table;

/// Prints the projections, as JSON or as a table.
pub async fn list(instance: &Instance, json: bool) -> anyhow::Result<()> {
    let pool = instance.pool("waybill-projection").await?;
    let projections = projector::status(&pool).await?;
    if json {
        outln!("{}", serde_json::to_string_pretty(&projections)?);
        return Ok(());
    }
    let consumers: Vec<ConsumerStatus> = projections.into_iter().map(ConsumerStatus::from).collect();
    out!("{}", table("projection", &consumers));
    Ok(())
}

/// Builds all projections anew that are ahead of the log; that is recorded.
pub async fn restart(instance: &Instance, reason: &str) -> anyhow::Result<()> {
    let pool = instance.pool("waybill-projection").await?;
    let head = projector::restart(&pool, &operator(), reason).await?;
    outln!(
        "All projections are built anew up to position {head}. `waybill replay status` shows how far they are."
    );
    Ok(())
}
