//! Whether a projector runs and whether its position moves are two signals.

use std::time::Duration;

use projector::ProjectionStatus;
use schemas::consumer::ConsumerState;
use testkit::eventually;

use super::history::listed;
use super::support::World;

/// Shorter than the limit of production, so that the test is short, and longer than the interval of heartbeats.
const LIMIT: Duration = Duration::from_secs(8);

async fn orders(world: &World) -> ProjectionStatus {
    let status = projector::status_within(&world.pool, LIMIT).await.unwrap();
    status.into_iter().find(|one| one.name == "orders").unwrap()
}

async fn run_as_owner(world: &World, statement: &'static str) {
    sqlx::raw_sql(statement)
        .execute(world.database.pool())
        .await
        .unwrap();
}

/// Waits until the projection is reported as stopped, and returns why.
async fn until_stopped(world: &World) -> String {
    eventually("the projection counts as stopped", || async {
        orders(world).await.state == ConsumerState::Stopped
    })
    .await;
    orders(world).await.error.unwrap()
}

/// Lets the projection fail by `harm`, in which a new event waits. Returns the reported error; heals afterwards.
async fn fault(harm: &'static str, heal: &'static str) -> (String, Duration) {
    let mut world = World::create().await;
    let position = world.append(&listed(0)).await;
    let running = world.project(10);
    world.projected(position).await;
    run_as_owner(&world, harm).await;
    let position = world.append(&listed(1)).await;
    let error = until_stopped(&world).await;
    let heartbeat_age = orders(&world).await.signs.heartbeat_age.unwrap();
    run_as_owner(&world, heal).await;
    world.projected(position).await;
    assert_eq!(orders(&world).await.error, None, "it has recovered");
    running.stop().await;
    (error, heartbeat_age)
}

#[tokio::test]
async fn a_handler_that_keeps_failing_is_reported_although_the_projector_runs() {
    let (error, heartbeat_age) = fault(
        "ALTER TABLE read_model.products RENAME TO hidden",
        "ALTER TABLE read_model.hidden RENAME TO products",
    )
    .await;
    assert!(error.starts_with("it has not advanced for "), "{error}");
    assert!(error.ends_with(" events wait"), "{error}");
    assert!(
        heartbeat_age < Duration::from_secs(20),
        "it still runs: {heartbeat_age:?}"
    );
}

#[tokio::test]
async fn a_checkpoint_that_can_no_longer_be_written_is_reported() {
    let (error, _) = fault(
        "CREATE FUNCTION read_model.refuse() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE 'the disk of the checkpoint is broken'; END $$;
         CREATE TRIGGER refuse BEFORE UPDATE ON read_model.checkpoints
             FOR EACH STATEMENT EXECUTE FUNCTION read_model.refuse()",
        "DROP TRIGGER refuse ON read_model.checkpoints",
    )
    .await;
    assert!(error.starts_with("it has not advanced for "), "{error}");
}

#[tokio::test]
async fn a_projector_that_has_lost_its_connection_is_reported() {
    let mut world = World::create().await;
    let position = world.append(&listed(0)).await;
    let running = world.project(10);
    world.projected(position).await;
    // It does not come back, as if the network were down.
    running.kill().await;
    world.append(&listed(1)).await;
    let error = until_stopped(&world).await;
    assert!(error.starts_with("no projector has run for "), "{error}");
}
