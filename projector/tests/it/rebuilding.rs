//! Live tables equal rebuilt ones, however the events are divided into batches.

use domain::order::SalesChannel;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::history::{Dated, End, Life, listed};
use super::support::World;

const PRODUCTS: usize = 5;

fn life() -> impl Strategy<Value = Life> {
    let ends = prop_oneof![
        Just(End::Placed),
        Just(End::Expired),
        Just(End::Cancelled),
        Just(End::CancelledAfterConfirmation),
        Just(End::Confirmed),
        Just(End::OnTheWay),
        Just(End::Reopened),
        Just(End::CancelledAfterReturn),
        Just(End::Completed),
        Just(End::ReturnRejected),
        Just(End::Refunded),
    ];
    let lines = prop::collection::vec((0..PRODUCTS, 1_i64..9), 1..6);
    (lines, ends, any::<bool>(), any::<bool>(), 0_i64..4_000).prop_map(
        |(lines, end, guest, import, minutes)| {
            let mut life = Life::new(0, &lines, end);
            life.placed_after_min = minutes;
            life.customer = (!guest).then_some(u128::try_from(minutes % 7).unwrap());
            life.channel = if import {
                SalesChannel::Import
            } else {
                SalesChannel::Web
            };
            life
        },
    )
}

/// Interleaves the events of all orders by `picks`; each order's events stay in sequence.
fn interleave(lives: Vec<Life>, picks: &[usize]) -> Vec<Dated> {
    let numbered = (1..).zip(lives).map(|(number, life)| Life { number, ..life });
    let mut queues: Vec<_> = numbered.map(|life| life.events().into_iter()).collect();
    let mut events = Vec::new();
    let mut picks = picks.iter().cycle();
    while !queues.is_empty() {
        let index = picks.next().unwrap() % queues.len();
        match queues[index].next() {
            Some(event) => events.push(event),
            None => drop(queues.swap_remove(index)),
        }
    }
    events
}

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
        let events = interleave(lives, &picks);
        runtime.block_on(live_equals_rebuilt(&events, &sizes, batch_events_max));
        Ok(())
    });
    tested.unwrap();
}
