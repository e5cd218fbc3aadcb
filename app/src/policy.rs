//! `waybill policy`: lists the policies of an instance, and restarts one that is ahead of the log.

use command_api::policies;
use projector::operator_actions::{self, NewAction, Subject};
use schemas::consumer::ConsumerStatus;
use serde_json::json;

use crate::instance::Instance;
use crate::replay::operator;
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

/// Has a policy that is ahead of the log go on after the position `from`; that is recorded.
pub async fn restart(instance: &Instance, policy: &str, from: i64, reason: &str) -> anyhow::Result<()> {
    let pool = instance.pool("waybill-policy").await?;
    let mut tx = pool.begin().await?;
    let stopped_at = policies::restart(&mut tx, policy, from).await?;
    let action = NewAction {
        subject: Subject::Consumer,
        name: policy,
        verb: "restart",
        by: &operator(),
        reason: Some(reason),
        detail: json!({ "stopped_at": stopped_at, "from": from }),
    };
    operator_actions::record(&mut tx, &action).await?;
    tx.commit().await?;
    outln!("The policy {policy} goes on after position {from}; it had read up to {stopped_at}.");
    Ok(())
}
