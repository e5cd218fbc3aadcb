//! Properties of every history that can be decided.

use std::collections::BTreeSet;

use domain::{Event, StreamState};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use crate::ledger::Ledger;
use crate::steps::{Step, steps};
use crate::world::World;

/// Runs the steps, and checks stock after every event and everything else after every command.
fn history(steps: &[Step]) -> World {
    let mut world = World::new();
    let mut ledger = Ledger::default();
    for step in steps {
        let command = step.command(&mut world);
        let Ok(events) = world.decide(&command) else {
            continue;
        };
        for event in events {
            world.tell(event.clone());
            ledger.count(&event);
            ledger.check_stock(&world);
        }
        ledger.check_orders(&world);
        if command.name().starts_with("Record") {
            assert_eq!(world.decide(&command), Ok(vec![]), "{command:?} repeated");
        }
    }
    world
}

proptest! {
    #![proptest_config(Config { cases: 400, failure_persistence: None, ..Config::default() })]

    #[test]
    fn stock_is_conserved_and_the_streams_are_consistent(steps in steps()) {
        history(&steps);
    }

    #[test]
    fn replaying_a_history_gives_the_same_states(steps in steps()) {
        let world = history(&steps);
        let mut replayed = World::new();
        // Orders store the time of their placement; time passes in the steps, so each event is given its time.
        for event in &world.history {
            replayed.now = occurred_at(event, &world);
            replayed.tell(event.clone());
        }
        prop_assert_eq!(replayed.states, world.states);
    }

    #[test]
    fn events_in_any_order_are_applied_or_leave_the_state_unchanged(
        steps in steps(),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 0..200),
    ) {
        let world = history(&steps);
        prop_assume!(!world.history.is_empty());
        let mut shuffled = World::new();
        for pick in picks {
            let event = pick.get(&world.history);
            let stream = event.stream_id();
            let before = shuffled.state(&stream);
            let mut state = before.clone();
            if state.evolve(event, shuffled.now).is_ok() {
                shuffled.states.insert(stream, state);
            } else {
                prop_assert_eq!(state, before);
            }
        }
    }

    #[test]
    fn a_foreign_event_is_never_applied(steps in steps()) {
        let world = history(&steps);
        for event in &world.history {
            for state in world.states.values() {
                if state.stream_type() != event.stream_id().stream_type() {
                    prop_assert!(state.clone().evolve(event, world.now).is_err());
                }
            }
        }
    }
}

fn occurred_at(event: &Event, world: &World) -> chrono::DateTime<chrono::Utc> {
    match world.state(&event.stream_id()) {
        StreamState::Order(state) => state.order().map_or(world.now, |order| order.placed_at),
        _ => world.now,
    }
}

/// The properties above prove nothing about event types that no history contains.
#[test]
fn random_histories_contain_every_type_of_event() {
    let mut seen = BTreeSet::new();
    let mut runner = TestRunner::deterministic();
    for _ in 0..1_000 {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        seen.extend(
            history(&steps)
                .history
                .iter()
                .map(|event| event.event_type().name),
        );
    }
    let all: BTreeSet<_> = Event::types().map(|event_type| event_type.name).collect();
    assert_eq!(seen, all);
}
