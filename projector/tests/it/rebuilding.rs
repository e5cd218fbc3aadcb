//! Live tables equal rebuilt ones, however the events are divided into batches.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::history::{Dated, listed};
use super::lives::{PRODUCTS, interleave, life, numbered};
use super::support::World;

async fn live_equals_rebuilt(events: &[Dated], append_sizes: &[usize], batch_events_max: usize) {
    let mut world = World::create().await;
    let running = world.project(batch_events_max);
    for product in 0..PRODUCTS {
        world.append(&listed(product)).await;
    }
    let mut rest = events;
    let mut sizes = append_sizes.iter().cycle();
    while !rest.is_empty() {
        let (now, later) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
        world.append(now).await;
        rest = later;
    }
    world.projected(world.store.head().await.unwrap()).await;
    running.stop().await;
    let parked: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM read_model.dead_letters")
        .fetch_one(&world.pool)
        .await
        .unwrap();
    assert_eq!(parked, 0, "every event of a valid history is applied");
    world.assert_rebuilt_equal().await;
}

#[test]
fn live_tables_equal_rebuilt_ones_for_any_batches() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let config = Config {
        cases: 8,
        failure_persistence: None,
        max_shrink_iters: 20,
        ..Config::default()
    };
    let strategy = (
        prop::collection::vec(life(), 1..25),
        prop::collection::vec(0_usize..1_000, 1..50),
        prop::collection::vec(1_usize..60, 1..10),
        prop_oneof![Just(1_usize), 2_usize..20, Just(2_000_usize)],
    );
    let tested = TestRunner::new(config).run(&strategy, |(lives, picks, sizes, batch_events_max)| {
        let events = interleave(&numbered(lives), &picks);
        runtime.block_on(live_equals_rebuilt(&events, &sizes, batch_events_max));
        Ok(())
    });
    tested.unwrap();
}
