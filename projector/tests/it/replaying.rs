//! Replaying a projection while the others continue.

use projector::replay::{Phase, Verb};
use schemas::consumer::ConsumerState;
use sqlx::{Postgres, Transaction};
use testkit::eventually;

use super::history::{End, Life, listed};
use super::support::World;

/// Puts `orders` into the state of a projection that is new in this release: no checkpoint, and empty tables.
const ORDERS_ARE_NEW: &str = "DELETE FROM read_model.checkpoints WHERE projection = 'orders';
    TRUNCATE read_model.orders, read_model.order_sellers";

/// Puts `orders` into the state of a projection whose rows were written by older code.
const ORDERS_ARE_OLD: &str =
    "UPDATE read_model.checkpoints SET code_version = -1 WHERE projection = 'orders';
    UPDATE read_model.orders SET country = 'old code'";

/// A world with some orders, projected.
pub async fn projected_world(orders: u128) -> World {
    let mut world = World::create().await;
    append_orders(&mut world, 0..orders).await;
    world.project_all().await;
    world
}

pub async fn append_orders(world: &mut World, numbers: std::ops::Range<u128>) -> i64 {
    if numbers.start == 0 {
        world.append(&listed(0)).await;
    }
    for number in numbers {
        let life = Life::new(number + 1, &[(0, 2)], End::Completed);
        world.append(&life.events()).await;
    }
    world.store.head().await.unwrap()
}

/// Opens a reader that locks the live table, so that the switch has to wait.
pub async fn hold(world: &World, statement: &'static str) -> Transaction<'static, Postgres> {
    let mut reader = world.database.pool().begin().await.unwrap();
    sqlx::query(statement).execute(&mut *reader).await.unwrap();
    reader
}

pub async fn count(world: &World, statement: &'static str) -> i64 {
    sqlx::query_scalar(statement)
        .fetch_one(&world.pool)
        .await
        .unwrap()
}

/// Waits until every projection is current, and asserts that the rows equal those of a full rebuild.
pub async fn settle(world: &World) {
    let head = world.store.head().await.unwrap();
    world
        .until("every projection runs at the head", |status| {
            status.state == ConsumerState::Running && status.position == head
        })
        .await;
}

#[tokio::test]
async fn a_new_projection_is_built_while_the_others_continue() {
    let mut world = projected_world(20).await;
    world.tamper(ORDERS_ARE_NEW).await;
    let reader = hold(&world, "SELECT FROM read_model.orders").await;
    let running = world.project(10);
    let head = append_orders(&mut world, 20..30).await;
    world
        .until("the others advance", |status| {
            status.name == "orders" || status.position == head
        })
        .await;
    let orders = world.status_of("orders").await;
    assert_eq!(orders.state, ConsumerState::Rebuilding);
    assert_eq!((orders.position, orders.is_current), (0, false));
    let replay = world.replay_of("orders").await.unwrap();
    assert_eq!((replay.reason.as_str(), replay.automatic), ("new", true));
    assert_eq!(count(&world, "SELECT COUNT(*) FROM read_model.orders").await, 0);
    reader.commit().await.unwrap();
    settle(&world).await;
    append_orders(&mut world, 30..35).await;
    settle(&world).await;
    running.stop().await;
    assert_eq!(count(&world, "SELECT COUNT(*) FROM read_model.orders").await, 35);
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn rows_of_older_code_are_read_until_the_switch() {
    let mut world = projected_world(20).await;
    let head_before = world.store.head().await.unwrap();
    world.tamper(ORDERS_ARE_OLD).await;
    let old = "SELECT COUNT(*) FROM read_model.orders WHERE country = 'old code'";
    let reader = hold(&world, "SELECT FROM read_model.orders").await;
    let running = world.project(10);
    let head = append_orders(&mut world, 20..22).await;
    world
        .until("the others advance", |status| {
            status.name == "orders" || status.position == head
        })
        .await;
    assert_eq!(count(&world, old).await, 20);
    reader.commit().await.unwrap();
    settle(&world).await;
    assert_eq!(count(&world, old).await, 0);
    let replay = world.until_phase("orders", Phase::Switched).await;
    let report = replay.report.unwrap();
    assert!(report.code_changed);
    assert_eq!((report.position, report.differing()), (head_before, 20));
    assert_eq!(report.tables[0].changed, 20);
    assert_eq!(report.tables[0].rows[0].columns, ["country"]);
    let dropped = "code version 2 of this release can't continue rows of code version -1";
    assert_eq!(replay.dropped.as_deref(), Some(dropped));
    let back = world.request("orders", Verb::RollBack).await.unwrap_err();
    assert!(back.to_string().contains(dropped), "{back}");
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn a_replay_on_request_repairs_rows_and_keeps_indexes_and_settings() {
    let shape = "SELECT string_agg(format('%s %s %s', c.relname, c.reloptions, pg_get_indexdef(c.oid)), '; ' \
                     ORDER BY c.relname) \
                 FROM pg_class AS c WHERE c.relnamespace = 'read_model'::regnamespace";
    let shape_of = async |world: &World| -> String {
        sqlx::query_scalar(shape)
            .fetch_one(world.database.pool())
            .await
            .unwrap()
    };
    let world = projected_world(20).await;
    let before = shape_of(&world).await;
    world
        .tamper("UPDATE read_model.orders SET country = 'tampered'; DELETE FROM read_model.order_sellers")
        .await;
    let running = world.project(10);
    world.replay("orders").await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
    assert_eq!(shape_of(&world).await, before);
}

#[tokio::test]
async fn a_replay_that_was_killed_continues_where_it_stopped() {
    let mut world = projected_world(20).await;
    world.tamper(ORDERS_ARE_OLD).await;
    let reader = hold(&world, "SELECT FROM read_model.orders").await;
    let progress = async |world: &World| world.replay_of("orders").await;
    let mut started_at = None;
    let mut last = 0;
    for round in 0..5 {
        let running = world.project(7);
        eventually("the replay makes progress", || async {
            progress(&world)
                .await
                .is_some_and(|replay| replay.position > last)
        })
        .await;
        running.kill().await;
        let replay = progress(&world).await.unwrap();
        last = replay.position;
        assert_eq!(*started_at.get_or_insert(replay.started_at), replay.started_at);
        append_orders(&mut world, 20 + round..21 + round).await;
    }
    reader.commit().await.unwrap();
    let running = world.project(7);
    settle(&world).await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
    let left = "SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'read_model_%'";
    assert_eq!(count(&world, left).await, 0, "the schema of the replay is gone");
}

#[tokio::test]
async fn a_replay_that_fails_stops_only_its_projection() {
    let mut world = projected_world(5).await;
    world.tamper(ORDERS_ARE_NEW).await;
    world
        .tamper("REVOKE EXECUTE ON FUNCTION read_model.copy_tables_without_indexes FROM waybill_app")
        .await;
    let running = world.project(10);
    eventually("the failure is visible", || async {
        world.status_of("orders").await.state == ConsumerState::Stopped
    })
    .await;
    let orders = world.status_of("orders").await;
    assert!(orders.error.unwrap().contains("permission denied"));
    let head = append_orders(&mut world, 5..8).await;
    world
        .until("the others advance", |status| {
            status.name == "orders" || (status.position == head && status.state == ConsumerState::Running)
        })
        .await;
    world
        .tamper("GRANT EXECUTE ON FUNCTION read_model.copy_tables_without_indexes TO waybill_app")
        .await;
    settle(&world).await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn rows_of_newer_code_stay_unchanged_until_a_replay_is_requested() {
    let mut world = projected_world(5).await;
    world
        .tamper("UPDATE read_model.checkpoints SET code_version = 99 WHERE projection = 'orders'")
        .await;
    let running = world.project(10);
    let head = append_orders(&mut world, 5..8).await;
    world
        .until("the others advance", |status| {
            status.name == "orders" || status.position == head
        })
        .await;
    assert_eq!(
        world.status_of("orders").await.error,
        None,
        "a newer release may take over"
    );
    world
        .tamper("UPDATE read_model.checkpoints SET stop_is_fault_at = now()")
        .await;
    let orders = world.status_of("orders").await;
    assert_eq!(orders.state, ConsumerState::Stopped);
    assert!(orders.error.unwrap().contains("newer than this release"));
    assert!(orders.replay.is_none());
    world.replay("orders").await;
    settle(&world).await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
}
