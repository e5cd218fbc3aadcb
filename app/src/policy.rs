//! `waybill policy`: lists the policies of an instance.

use command_api::policies;
use schemas::consumer::ConsumerStatus;

use crate::instance::Instance;
use crate::status::table;

/// Prints the policies, as JSON or as a table.
pub async fn list(instance: &Instance, json: bool) -> anyhow::Result<()> {
    let pool = instance.pool("waybill-policy").await?;
    let policies = policies::status(&pool).await?;
    if json {
        outln!("{}", serde_json::to_string_pretty(&policies)?);
        return Ok(());
    }
    let consumers: Vec<ConsumerStatus> = policies.into_iter().map(ConsumerStatus::from).collect();
    out!("{}", table("policy", &consumers));
    Ok(())
}
