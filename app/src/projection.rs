//! `waybill projection`: lists the projections of an instance.

use schemas::consumer::ConsumerStatus;

use crate::instance::Instance;
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
