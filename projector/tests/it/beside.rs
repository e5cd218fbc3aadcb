//! Rebuilding a projection while the others continue.

use std::collections::HashSet;

use projector::Error;
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
async fn projected_world(orders: u128) -> World {
    let mut world = World::create().await;
    append_orders(&mut world, 0..orders).await;
    world.project_all().await;
    world
}

async fn append_orders(world: &mut World, numbers: std::ops::Range<u128>) -> i64 {
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
async fn hold(world: &World, statement: &'static str) -> Transaction<'static, Postgres> {
    let mut reader = world.database.pool().begin().await.unwrap();
    sqlx::query(statement).execute(&mut *reader).await.unwrap();
    reader
}

async fn count(world: &World, statement: &'static str) -> i64 {
    sqlx::query_scalar(statement)
        .fetch_one(&world.pool)
        .await
        .unwrap()
}

/// Waits until every projection is current, and asserts that the rows equal those of a full rebuild.
async fn settle(world: &World) {
    let head = world.store.head().await.unwrap();
    world
        .until("every projection runs at the head", |status| {
            status.state == ConsumerState::Running && status.position == head && status.rebuild.is_none()
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
    assert_eq!(orders.rebuild.unwrap().reason, "new");
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
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn readers_see_all_rows_at_every_moment_of_a_switch() {
    let world = projected_world(30).await;
    let running = world.project(10);
    let mut rebuilds = 0;
    while rebuilds < 3 {
        assert!(projector::request_rebuild(&world.pool, "orders").await.unwrap());
        let mut is_done = false;
        while !is_done {
            let rows = "SELECT COUNT(*) FROM read_model.orders AS o \
                        JOIN read_model.order_sellers AS s ON s.order_id = o.id";
            assert_eq!(count(&world, rows).await, 30);
            is_done = world.status_of("orders").await.rebuild.is_none();
        }
        rebuilds += 1;
    }
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn a_requested_rebuild_repairs_rows_and_keeps_indexes_and_settings() {
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
    assert!(projector::request_rebuild(&world.pool, "orders").await.unwrap());
    assert!(
        !projector::request_rebuild(&world.pool, "orders").await.unwrap(),
        "one is wanted already"
    );
    let running = world.project(10);
    settle(&world).await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
    assert_eq!(shape_of(&world).await, before);
    let unknown = projector::request_rebuild(&world.pool, "rumours").await;
    assert!(
        matches!(unknown, Err(Error::UnknownProjection { .. })),
        "{unknown:?}"
    );
}

#[tokio::test]
async fn a_rebuild_that_was_killed_continues_where_it_stopped() {
    let mut world = projected_world(20).await;
    world.tamper(ORDERS_ARE_OLD).await;
    let reader = hold(&world, "SELECT FROM read_model.orders").await;
    let progress = async |world: &World| world.status_of("orders").await.rebuild;
    let mut started_at = None;
    let mut last = 0;
    for round in 0..5 {
        let running = world.project(7);
        eventually("the rebuild makes progress", || async {
            progress(&world)
                .await
                .is_some_and(|rebuild| rebuild.position > last)
        })
        .await;
        running.kill().await;
        let rebuild = progress(&world).await.unwrap();
        last = rebuild.position;
        assert_eq!(*started_at.get_or_insert(rebuild.started_at), rebuild.started_at);
        append_orders(&mut world, 20 + round..21 + round).await;
    }
    reader.commit().await.unwrap();
    let running = world.project(7);
    settle(&world).await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
    let left = "SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'read_model_%'";
    assert_eq!(count(&world, left).await, 0, "the schema of the rebuild is gone");
}

#[tokio::test]
async fn a_rebuild_publishes_no_change_again() {
    let mut world = projected_world(10).await;
    let old_position = world.store.head().await.unwrap();
    world.tamper(ORDERS_ARE_OLD).await;
    let running = world.project(10);
    settle(&world).await;
    let head = append_orders(&mut world, 10..15).await;
    world.projected(head).await;
    assert!(projector::request_rebuild(&world.pool, "orders").await.unwrap());
    let head = append_orders(&mut world, 15..20).await;
    settle(&world).await;
    running.stop().await;
    let announced: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT change->>'kind', change->>'key', (change->>'position')::bigint \
         FROM read_model.changes, json_array_elements(changes) AS change",
    )
    .fetch_all(&world.pool)
    .await
    .unwrap();
    let unique: HashSet<_> = announced.iter().collect();
    assert_eq!(unique.len(), announced.len(), "no change is published twice");
    // While a requested rebuild runs, its projection keeps publishing changes.
    let orders: HashSet<&str> = announced
        .iter()
        .filter(|(kind, _, position)| kind == "order.changed" && *position > old_position)
        .map(|(_, key, _)| key.as_str())
        .collect();
    assert_eq!(orders.len(), 10);
    let ranges: Vec<(i64, i64)> =
        sqlx::query_as("SELECT from_position, to_position FROM read_model.changes ORDER BY to_position")
            .fetch_all(&world.pool)
            .await
            .unwrap();
    assert!(ranges.windows(2).all(|pair| pair[0].1 == pair[1].0));
    assert_eq!(ranges.last().unwrap().1, head);
}

#[tokio::test]
async fn a_rebuild_that_fails_stops_only_its_projection() {
    let mut world = projected_world(5).await;
    world.tamper(ORDERS_ARE_NEW).await;
    world
        .tamper("REVOKE EXECUTE ON FUNCTION read_model.copy_tables FROM waybill_app")
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
        .tamper("GRANT EXECUTE ON FUNCTION read_model.copy_tables TO waybill_app")
        .await;
    settle(&world).await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn rows_of_newer_code_stay_unchanged_until_a_rebuild_is_requested() {
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
    let orders = world.status_of("orders").await;
    assert_eq!(orders.state, ConsumerState::Stopped);
    assert!(orders.error.unwrap().contains("newer than this release"));
    assert!(orders.rebuild.is_none());
    assert!(projector::request_rebuild(&world.pool, "orders").await.unwrap());
    settle(&world).await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
}
