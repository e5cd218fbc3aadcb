//! Migrations of databases of earlier releases.

use std::borrow::Cow;

use sqlx::migrate::Migrator;
use testkit::TestDatabase;

/// The last migration of the release that knew rebuilds, but no replays.
const BEFORE_REPLAYS: i64 = 2004;

#[tokio::test]
async fn a_rebuild_of_the_release_before_becomes_a_replay_that_switches_by_itself() {
    let database = TestDatabase::create(&[&event_store::MIGRATOR]).await;
    let earlier = projector::MIGRATOR
        .iter()
        .filter(|step| step.version <= BEFORE_REPLAYS);
    let earlier = Migrator {
        migrations: Cow::Owned(earlier.cloned().collect()),
        ignore_missing: true,
        ..Migrator::DEFAULT
    };
    earlier.run(database.pool()).await.unwrap();
    sqlx::raw_sql(
        "INSERT INTO read_model.rebuilds (projection, reason, started_at, code_version, position)
         VALUES ('orders', 'requested', now(), 2, 7);
         CREATE SCHEMA read_model_rebuild_orders; CREATE TABLE read_model_rebuild_orders.orders (id uuid)",
    )
    .execute(database.pool())
    .await
    .unwrap();
    projector::MIGRATOR.run(database.pool()).await.unwrap();
    let replays = projector::replay::list(database.pool()).await.unwrap();
    assert_eq!(replays.len(), 1);
    let replay = &replays[0];
    assert_eq!(
        (
            replay.projection.as_str(),
            replay.reason.as_str(),
            replay.automatic,
            replay.position
        ),
        ("orders", "requested", true, 0)
    );
    let left: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'read_model_r%'")
            .fetch_one(database.pool())
            .await
            .unwrap();
    assert_eq!(left, 0, "the tables of the rebuild are dropped");
}
