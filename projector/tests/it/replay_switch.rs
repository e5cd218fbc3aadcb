//! Switches and roll-backs: readers never notice, and nothing goes back in time.

use std::collections::HashSet;
use std::time::Duration;

use domain::product::ProductWithdrawn;
use projector::dead_letters::ParkedKey;
use projector::replay::{Phase, Verb};
use projector::{Log, Options};
use sqlx::PgPool;
use testkit::eventually;
use tokio_util::sync::CancellationToken;

use super::dead_letters::raw;
use super::history::{sku, start};
use super::letters;
use super::replaying::{append_orders, count, projected_world};
use super::support::World;

/// Asserts that the tables of the shadow equal the live ones, once it has applied everything.
async fn assert_shadow_is_current(world: &World) {
    let head = world.store.head().await.unwrap();
    eventually("the shadow has followed", || async {
        world.replay_of("orders").await.unwrap().position == head
    })
    .await;
    let different = "SELECT COUNT(*) FROM read_model.orders AS live \
                     FULL JOIN read_model_replay_orders.orders AS kept USING (id) \
                     WHERE live::text IS DISTINCT FROM kept::text";
    let different: i64 = sqlx::query_scalar(different)
        .fetch_one(world.database.pool())
        .await
        .unwrap();
    assert_eq!(different, 0);
}

/// Reads as fast as it can. Returns the number of reads; each must see every order that was visible before.
pub async fn hammer(pool: PgPool, stop: CancellationToken) -> u64 {
    let (mut reads, mut newest, mut orders) = (0, 0, 0);
    let statement = "SELECT (SELECT position FROM read_model.checkpoints WHERE projection = 'orders'), \
             COUNT(DISTINCT o.id), COALESCE(MAX(o.position), 0) \
         FROM read_model.orders AS o JOIN read_model.order_sellers AS s ON s.order_id = o.id";
    while !stop.is_cancelled() {
        let (position, seen, row): (i64, i64, i64) =
            sqlx::query_as(statement).fetch_one(&pool).await.unwrap();
        assert!(
            position >= newest,
            "the position went from {newest} back to {position}"
        );
        assert!(seen >= orders, "of {orders} orders {seen} are left");
        assert!(row <= position, "a row of {row} at position {position}");
        (newest, orders) = (position, seen);
        reads += 1;
    }
    reads
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_see_no_error_and_no_step_back_through_switches_and_roll_backs() {
    let mut world = projected_world(30).await;
    let running = world.project(10);
    world.request("orders", Verb::Start).await.unwrap();
    world.until_phase("orders", Phase::Ready).await;
    let stop = CancellationToken::new();
    let readers: Vec<_> = (0..3)
        .map(|_| tokio::spawn(hammer(world.pool.clone(), stop.clone())))
        .collect();
    let mut number = 30;
    for _ in 0..3 {
        world.request("orders", Verb::Switch).await.unwrap();
        append_orders(&mut world, number..number + 5).await;
        world.until_phase("orders", Phase::Switched).await;
        append_orders(&mut world, number + 5..number + 10).await;
        world.request("orders", Verb::RollBack).await.unwrap();
        world.until_phase("orders", Phase::Ready).await;
        number += 10;
    }
    stop.cancel();
    for reader in readers {
        assert!(reader.await.unwrap() > 20);
    }
    assert_shadow_is_current(&world).await;
    world.projected(world.store.head().await.unwrap()).await;
    running.stop().await;
    assert_eq!(count(&world, "SELECT COUNT(*) FROM read_model.orders").await, 60);
    world.assert_rebuilt_equal().await;
}

/// The announced changes: kind, key and position. Asserts that each was announced once, and that the announced positions
/// have no gap, which the sockets rely on.
pub async fn announced_once(world: &World) -> Vec<(String, String, i64)> {
    let announced: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT change->>'kind', change->>'key', (change->>'position')::bigint \
         FROM read_model.changes, json_array_elements(changes) AS change",
    )
    .fetch_all(&world.pool)
    .await
    .unwrap();
    let unique: HashSet<_> = announced.iter().collect();
    assert_eq!(unique.len(), announced.len(), "no change is announced twice");
    let ranges: Vec<(i64, i64)> =
        sqlx::query_as("SELECT from_position, to_position FROM read_model.changes ORDER BY to_position")
            .fetch_all(&world.pool)
            .await
            .unwrap();
    assert!(ranges.windows(2).all(|pair| pair[0].1 == pair[1].0));
    announced
}

#[tokio::test]
async fn a_replay_publishes_no_change_again_whichever_way_it_switches() {
    let mut world = projected_world(10).await;
    let old_position = world.store.head().await.unwrap();
    let running = world.project(10);
    world.replay("orders").await;
    append_orders(&mut world, 10..15).await;
    world.request("orders", Verb::RollBack).await.unwrap();
    world.until_phase("orders", Phase::Ready).await;
    let head = append_orders(&mut world, 15..20).await;
    world.projected(head).await;
    running.stop().await;
    let announced = announced_once(&world).await;
    // Whichever tables are live publish, and no others.
    let orders: HashSet<&str> = announced
        .iter()
        .filter(|(kind, _, position)| kind == "order.changed" && *position > old_position)
        .map(|(_, key, _)| key.as_str())
        .collect();
    assert_eq!(orders.len(), 10);
    let last: i64 = sqlx::query_scalar("SELECT MAX(to_position) FROM read_model.changes")
        .fetch_one(&world.pool)
        .await
        .unwrap();
    assert_eq!(last, head);
}

#[tokio::test]
async fn a_roll_back_is_current_and_happens_once() {
    let mut world = projected_world(10).await;
    let running = world.project(10);
    world
        .tamper("UPDATE read_model.orders SET country = 'the old rows'")
        .await;
    world.replay("orders").await;
    let old = "SELECT COUNT(*) FROM read_model.orders WHERE country = 'the old rows'";
    assert_eq!(count(&world, old).await, 0);
    let head = append_orders(&mut world, 10..30).await;
    world.projected(head).await;
    world.request("orders", Verb::RollBack).await.unwrap();
    let replay = world.until_phase("orders", Phase::Ready).await;
    assert_eq!((replay.switched_at, replay.kept_until), (None, None));
    assert_eq!(count(&world, "SELECT COUNT(*) FROM read_model.orders").await, 30);
    assert_eq!(count(&world, old).await, 10, "the old rows are live again");
    let twice = world.request("orders", Verb::RollBack).await.unwrap_err();
    assert!(twice.to_string().contains("is ready, not switched"), "{twice}");
    // It can be switched to again, without a new build.
    world.replay_switch("orders").await;
    assert_eq!(count(&world, old).await, 0);
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn a_projector_that_was_killed_continues_in_every_phase() {
    let mut world = projected_world(10).await;
    world.request("orders", Verb::Start).await.unwrap();
    let mut number = 10;
    let phases = [
        (Phase::Ready, Some(Verb::Verify)),
        (Phase::Verified, Some(Verb::Switch)),
        (Phase::Switched, Some(Verb::RollBack)),
        (Phase::Ready, None),
    ];
    for (phase, next) in phases {
        let running = world.project(10);
        world.until_phase("orders", phase).await;
        running.kill().await;
        append_orders(&mut world, number..number + 5).await;
        number += 5;
        if let Some(verb) = next {
            // While no projector runs, the wish is stored.
            world.request("orders", verb).await.unwrap();
            assert_eq!(world.replay_of("orders").await.unwrap().wanted, Some(verb));
        }
    }
    let running = world.project(10);
    world.projected(world.store.head().await.unwrap()).await;
    assert_shadow_is_current(&world).await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn replaced_tables_are_dropped_on_request_or_after_their_time() {
    let schemas = "SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'read_model_replay_%'";
    let mut world = projected_world(5).await;
    let running = world.project(10);
    world.replay("orders").await;
    assert_eq!(count(&world, schemas).await, 1);
    assert!(world.request("orders", Verb::Drop).await.unwrap().drops_replaced);
    eventually("they are dropped", || async { count(&world, schemas).await == 0 }).await;
    let replay = world.replay_of("orders").await.unwrap();
    assert_eq!(replay.dropped.as_deref(), Some("ada dropped them"));
    for verb in [Verb::RollBack, Verb::Drop] {
        let refused = world.request("orders", verb).await.unwrap_err();
        assert!(refused.to_string().contains("ada dropped them"), "{refused}");
    }
    running.stop().await;

    let mut options = Options::new(Log::Embedded(world.wakeup()));
    options.replaced_tables_kept = Duration::from_millis(1);
    let running = world.project_with(options);
    world.replay("orders").await;
    eventually("they are dropped", || async { count(&world, schemas).await == 0 }).await;
    let refused = world.request("orders", Verb::RollBack).await.unwrap_err();
    assert!(refused.to_string().contains("has passed"), "{refused}");
    let head = append_orders(&mut world, 5..8).await;
    world.projected(head).await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn parked_events_are_exchanged_with_their_tables() {
    let mut world = projected_world(3).await;
    world
        .append_raw(vec![(raw(0, "ProductPriceChanged", 1, "{}"), start())])
        .await;
    let running = world.project(10);
    world.projected(world.store.head().await.unwrap()).await;
    let letters =
        "SELECT COUNT(*) FROM read_model.dead_letters WHERE projection = 'products' AND state = 'poison'";
    assert_eq!(count(&world, letters).await, 1);
    world.request("products", Verb::Start).await.unwrap();
    world.until_phase("products", Phase::Ready).await;
    world.request("products", Verb::Switch).await.unwrap();
    world.until_phase("products", Phase::Switched).await;
    assert_eq!(count(&world, letters).await, 1);
    // An event that the live projection applied must not be parked by the same code.
    world.request("products", Verb::RollBack).await.unwrap();
    world.until_phase("products", Phase::Ready).await;
    world
        .tamper("DELETE FROM read_model.dead_letters WHERE projection = 'products'")
        .await;
    world.request("products", Verb::Verify).await.unwrap();
    let replay = world.until_phase("products", Phase::Ready).await;
    assert_eq!(replay.report.unwrap().newly_parked, 1);
    assert!(replay.refused.unwrap().contains("1 events are parked"));
    running.stop().await;
}

#[tokio::test]
async fn an_event_that_an_operator_skips_is_skipped_in_the_shadow_too() {
    let mut world = projected_world(3).await;
    let running = world.project(10);
    world.request("products", Verb::Start).await.unwrap();
    world.until_phase("products", Phase::Ready).await;
    let withdrawn = ProductWithdrawn {
        sku: sku(0),
        reason: domain::FreeText::clear("a test"),
    };
    world
        .append_raw(vec![(raw(0, "ProductPriceChanged", 1, "{}"), start())])
        .await;
    world.append(&[(withdrawn.into(), start())]).await;
    let head = world.store.head().await.unwrap();
    world.projected(head).await;
    let letters = "SELECT COUNT(*) FROM read_model_replay_products.dead_letters WHERE state <> 'skipped'";
    eventually("the shadow has parked them, too", || async {
        count(&world, letters).await == 2
    })
    .await;
    let key = ParkedKey {
        projection: "products".to_owned(),
        key: sku(0).to_string(),
    };
    assert_eq!(letters::skip_first(&world, &key, "a test wrote it").await, 1);
    assert_eq!(count(&world, letters).await, 0);
    world.request("products", Verb::Switch).await.unwrap();
    let switched = world.until_phase("products", Phase::Switched).await;
    assert!(switched.report.unwrap().is_equal());
    let withdrawn = "SELECT COUNT(*) FROM read_model.products WHERE status = 'withdrawn'";
    assert_eq!(count(&world, withdrawn).await, 1);
    running.stop().await;
}
