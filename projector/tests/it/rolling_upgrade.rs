//! A rolling upgrade: projectors of two releases on one database, of which the newer has other code of one projection.
//!
//! Both run in this process: a projector knows the versions of its code from its options.

use projector::replay::Phase;
use projector::{Log, Options, Release};
use sqlx::PgPool;
use testkit::eventually;
use tokio_util::sync::CancellationToken;

use super::replay_switch::{announced_once, hammer};
use super::replaying::{append_orders, count, hold, projected_world};
use super::support::{Running, World};

/// The rows that only the older release has written.
const OLD_ROWS: &str = "SELECT COUNT(*) FROM read_model.orders WHERE country = 'the old release'";

const CODE_VERSION: &str =
    "SELECT code_version::bigint FROM read_model.checkpoints WHERE projection = 'orders'";

const SCHEMAS: &str = "SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'read_model_replay_%'";

/// The projectors that wait to take over. No table has them, but each asks for the lead again and again.
const WAITING: &str = "SELECT COUNT(*) FROM pg_stat_activity \
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%pg_try_advisory_lock%'";

fn project(world: &World, owner: &str, release: Release) -> Running {
    let mut options = Options::new(Log::Embedded(world.wakeup()));
    options.batch_events_max = 10;
    options.replay_events_max = 30;
    owner.clone_into(&mut options.owner);
    options.release = release;
    world.project_with(options)
}

/// Reads until `stop`: the old rows are served, and from the switch on none of them. Returns whether it saw the switch.
async fn watch_the_switch(pool: PgPool, orders: i64, stop: CancellationToken) -> bool {
    let mut has_switched = false;
    while !stop.is_cancelled() {
        let old: i64 = sqlx::query_scalar(OLD_ROWS).fetch_one(&pool).await.unwrap();
        assert!(
            old == 0 || (old == orders && !has_switched),
            "{old} rows of the old release, after a switch: {has_switched}"
        );
        has_switched = old == 0;
    }
    has_switched
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_of_two_releases_side_by_side_see_no_error_and_no_step_back() {
    let mut world = projected_world(30).await;
    world
        .tamper("UPDATE read_model.orders SET country = 'the old release'")
        .await;
    let newer = Release::CURRENT.with_code_version("orders", 1_000);
    let old = project(&world, "old", Release::CURRENT);
    let stop = CancellationToken::new();
    let readers: Vec<_> = (0..2)
        .map(|_| tokio::spawn(hammer(world.pool.clone(), stop.clone())))
        .collect();
    let watching = tokio::spawn(watch_the_switch(world.pool.clone(), 30, stop.clone()));
    let head = append_orders(&mut world, 30..35).await;
    world.projected(head).await;

    // The new release is there beside the old one, and stopped again: no trace.
    let new = project(&world, "new", newer);
    eventually("the new one waits", || async {
        let waiting: i64 = sqlx::query_scalar(WAITING)
            .fetch_one(world.database.pool())
            .await
            .unwrap();
        waiting > 0
    })
    .await;
    let head = append_orders(&mut world, 35..40).await;
    world.projected(head).await;
    new.stop().await;
    assert_eq!(world.replay_of("orders").await, None);
    assert_eq!(count(&world, OLD_ROWS).await, 30);
    assert_eq!(count(&world, SCHEMAS).await, 0);
    let version = count(&world, CODE_VERSION).await;
    assert_ne!(version, 1_000);

    // The new one takes over while another process of the old release still runs. A reader delays the switch.
    let reader = hold(&world, "SELECT FROM read_model.orders").await;
    let new = project(&world, "new", newer);
    old.stop().await;
    eventually("the new one leads", || async {
        world.replay_of("orders").await.is_some()
    })
    .await;
    let standby = project(&world, "old standby", Release::CURRENT);
    append_orders(&mut world, 40..45).await;
    world.until_phase("orders", Phase::Ready).await;
    assert_eq!(count(&world, OLD_ROWS).await, 30, "they serve until the switch");
    reader.commit().await.unwrap();
    world.until_phase("orders", Phase::Switched).await;
    let head = append_orders(&mut world, 45..50).await;
    world.projected(head).await;
    assert_eq!(count(&world, OLD_ROWS).await, 0);
    let replay = world.until_phase("orders", Phase::Switched).await;
    assert_eq!(
        (replay.reason.as_str(), replay.automatic),
        ("code_version", false)
    );
    stop.cancel();
    for reader in readers {
        assert!(reader.await.unwrap() > 20);
    }
    assert!(watching.await.unwrap(), "the switch was seen");
    standby.stop().await;
    new.stop().await;
    announced_once(&world).await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn an_older_release_that_takes_over_again_leaves_the_newer_rows_and_the_newer_goes_on() {
    let mut world = projected_world(10).await;
    let newer = Release::CURRENT.with_code_version("orders", 1_000);
    let new = project(&world, "new", newer);
    world.until_phase("orders", Phase::Switched).await;
    let standby = project(&world, "old", Release::CURRENT);
    new.stop().await;
    let before = world.status_of("orders").await.position;
    let head = append_orders(&mut world, 10..15).await;
    world
        .until("the others advance", |status| {
            status.name == "orders" || status.position == head
        })
        .await;
    let orders = world.status_of("orders").await;
    assert_eq!(orders.position, before, "the older release does not write them");
    assert_eq!(orders.error, None, "the newer release is expected to go on");
    let stopped: Option<String> =
        sqlx::query_scalar("SELECT stopped FROM read_model.checkpoints WHERE projection = 'orders'")
            .fetch_one(&world.pool)
            .await
            .unwrap();
    assert!(stopped.unwrap().contains("newer than this release"));
    assert_eq!(count(&world, CODE_VERSION).await, 1_000);
    let new = project(&world, "new again", newer);
    standby.stop().await;
    world.projected(head).await;
    let head = append_orders(&mut world, 15..18).await;
    world.projected(head).await;
    new.stop().await;
    announced_once(&world).await;
    world.assert_rebuilt_equal().await;
}
