//! Replays that share one pass over the log.

use domain::Event;
use projector::replay::{Phase, Verb};
use projector::{Log, Options};
use testkit::eventually;

use super::history::{End, Life, listed};
use super::replaying::count;
use super::support::{Raw, World};

/// A world with an order of every end, whose events lie side by side, projected.
async fn varied_world() -> World {
    let mut world = World::create().await;
    world.append(&listed(0)).await;
    world.append(&listed(1)).await;
    let lives: Vec<Life> = (1..)
        .zip(End::ALL)
        .map(|(number, end)| Life::new(number, &[(0, 2), (1, 1)], *end))
        .collect();
    let mut events: Vec<_> = lives.iter().flat_map(Life::events).collect();
    events.sort_by_key(|(_, at)| *at);
    world.append(&events).await;
    world.project_all().await;
    world
}

fn options(world: &World, replay_events_max: usize) -> Options {
    let mut options = Options::new(Log::Embedded(world.wakeup()));
    options.replay_events_max = replay_events_max;
    options
}

async fn start_all(world: &World) {
    for projection in projector::projection_names() {
        world.request(projection, Verb::Start).await.unwrap();
    }
}

async fn assert_all_verified(world: &World) {
    for projection in projector::projection_names() {
        world.until_phase(projection, Phase::Ready).await;
        world.request(projection, Verb::Verify).await.unwrap();
        world.until_phase(projection, Phase::Verified).await;
    }
}

#[tokio::test]
async fn all_projections_come_out_equal_however_many_events_a_transaction_has() {
    let world = varied_world().await;
    for replay_events_max in [7, 100, 10_000] {
        start_all(&world).await;
        let waiting = world.replay_of("stock").await.unwrap().waiting_for;
        assert_eq!(waiting, None, "they are built together");
        let running = world.project_with(options(&world, replay_events_max));
        assert_all_verified(&world).await;
        for projection in projector::projection_names() {
            world.request(projection, Verb::Cancel).await.unwrap();
        }
        eventually("the tables are dropped", || async {
            let left = "SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'read_model_replay_%'";
            count(&world, left).await == 0
        })
        .await;
        running.stop().await;
    }
}

#[tokio::test]
async fn a_replay_that_begins_later_catches_up_with_the_pass_of_the_others() {
    let world = varied_world().await;
    world.request("orders", Verb::Start).await.unwrap();
    let running = world.project_with(options(&world, 7));
    eventually("the first has begun", || async {
        world.replay_of("orders").await.unwrap().position > 0
    })
    .await;
    for projection in ["deliveries", "sales"] {
        world.request(projection, Verb::Start).await.unwrap();
    }
    for projection in ["orders", "deliveries", "sales"] {
        world.until_phase(projection, Phase::Ready).await;
        world.request(projection, Verb::Verify).await.unwrap();
        world.until_phase(projection, Phase::Verified).await;
    }
    running.stop().await;
}

#[tokio::test]
async fn data_that_postgres_refuses_is_parked_as_before() {
    let mut world = varied_world().await;
    let mut events = Life::new(500, &[(0, 1)], End::Confirmed).events();
    let is_declined = |event: &Event| event.event_type().name == "PaymentDeclined";
    let place = events.iter().position(|(event, _)| is_declined(event)).unwrap();
    events.truncate(place + 1);
    let (declined, at) = events.pop().unwrap();
    let encoded = schemas::codec::encode(&declined);
    // Postgres stores no NUL character in a text.
    let payload = encoded.payload.replace("no funds", "no\\u0000funds");
    let raw = Raw {
        stream_id: declined.stream_id(),
        key: declined.ordering_key(),
        event_type: encoded.event_type,
        schema_version: encoded.schema_version,
        payload,
    };
    world.append(&events).await;
    world.append_raw(vec![(raw, at)]).await;
    world.project_all().await;
    let parked = "SELECT COUNT(*) FROM read_model.dead_letters WHERE projection = 'payments'";
    let live = count(&world, parked).await;
    assert!(live > 0, "it is parked in the live rows");
    start_all(&world).await;
    let running = world.project_with(options(&world, 10_000));
    assert_all_verified(&world).await;
    let parked = "SELECT COUNT(*) FROM read_model_replay_payments.dead_letters";
    assert_eq!(count(&world, parked).await, live);
    running.stop().await;
}
