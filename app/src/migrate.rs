//! `waybill migrate`: brings the database up to this release.

use anyhow::Context as _;

use crate::instance::Instance;

/// Applies what each crate's migrations have to add, in the order in which they build on each other.
pub async fn run(instance: &Instance) -> anyhow::Result<()> {
    let pool = instance.admin_pool("waybill-migrate").await?;
    for migrator in [
        &event_store::MIGRATOR,
        &command_api::MIGRATOR,
        &projector::MIGRATOR,
    ] {
        migrator
            .run(&pool)
            .await
            .context("the database could not be brought up to date")?;
    }
    Ok(())
}
