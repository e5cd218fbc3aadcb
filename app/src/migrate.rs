//! `waybill migrate`: migrates the database to this release.

use anyhow::Context as _;

use crate::instance::Instance;

/// Applies each crate's migrations, in the order of their dependencies.
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
    command_api::accounts::lookup::canonicalise(&pool)
        .await
        .context("the accounts' addresses could not be brought up to date")
}
