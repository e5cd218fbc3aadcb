//! Rows of events that the log does not have: the log was restored to an older point, or a fail-over lost its tail.

use projector::{Error, ProjectionStatus};
use schemas::consumer::ConsumerState;
use testkit::eventually;

use super::history::{End, Life, listed};
use super::replaying::count;
use super::support::World;

/// Events can be deleted as a restore leaves them.
const WITHOUT_TAIL: &str = "
    ALTER TABLE event_store.events DISABLE TRIGGER USER;
    DELETE FROM event_store.events WHERE position = (SELECT position FROM event_store.log_head);
    ALTER TABLE event_store.events ENABLE TRIGGER USER;
    UPDATE event_store.log_head SET position = position - 1";

/// As if the restored log had lost its last event, and another had taken the position.
const OTHER_TAIL: &str = "
    ALTER TABLE event_store.events DISABLE TRIGGER USER;
    UPDATE event_store.events SET hash = sha256(hash)
    WHERE position = (SELECT position FROM event_store.log_head);
    ALTER TABLE event_store.events ENABLE TRIGGER USER";

async fn statuses(world: &World) -> Vec<ProjectionStatus> {
    projector::status(&world.pool).await.unwrap()
}

/// A world whose projections have applied everything, and whose log was then restored.
async fn restored(statements: &'static str) -> (World, i64) {
    let mut world = World::create().await;
    world.append(&listed(0)).await;
    let head = world.append(&Life::new(1, &[(0, 1)], End::Placed).events()).await;
    world.project_all().await;
    world.tamper(statements).await;
    (world, head)
}

/// Waits until every projection has stopped for `reason`, and asserts that nothing was written.
async fn assert_stopped(world: &World, reason: &str, position: i64) {
    eventually("every projection has stopped", || async {
        statuses(world)
            .await
            .iter()
            .all(|one| one.state == ConsumerState::Stopped && one.error.as_deref() == Some(reason))
    })
    .await;
    for projection in statuses(world).await {
        assert_eq!(projection.position, position, "nothing was written");
    }
}

#[tokio::test]
async fn rows_beyond_the_head_stop_the_projections_also_when_the_log_has_grown_past_them() {
    let (mut world, position) = restored(WITHOUT_TAIL).await;
    let head = position - 1;
    let running = world.project(10);
    let reason = format!(
        "ahead-of-store: it has handled events up to position {position}, and the log ends at {head}"
    );
    assert_stopped(&world, &reason, position).await;
    world.append(&listed(7)).await;
    world.append(&listed(8)).await;
    let reason =
        format!("ahead-of-store: the event at position {position} is not the one that it has handled");
    assert_stopped(&world, &reason, position).await;

    // The way out: all are built anew, and equal the log. The order of the lost event is gone.
    let built = projector::restart(&world.pool, "ada", "restored").await.unwrap();
    let head = world.store.head().await.unwrap();
    assert_eq!(built, head);
    world.projected(head).await;
    world
        .until("every projection runs", |one| one.state == ConsumerState::Running)
        .await;
    let head = world.append(&listed(9)).await;
    world.projected(head).await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
    let recorded = "SELECT COUNT(*) FROM read_model.operator_actions
        WHERE subject = 'consumer' AND name = 'projections' AND verb = 'restart' AND by = 'ada' AND reason = 'restored'";
    assert_eq!(count(&world, recorded).await, 1);
    let again = projector::restart(&world.pool, "ada", "again").await;
    assert!(matches!(again, Err(Error::NotAhead)), "{again:?}");
}

#[tokio::test]
async fn rows_of_another_event_at_the_same_position_stop_the_projections_until_it_is_back() {
    let (world, position) = restored(OTHER_TAIL).await;
    let stored: Vec<u8> = sqlx::query_scalar("SELECT event_hash FROM read_model.leader")
        .fetch_one(&world.pool)
        .await
        .unwrap();
    let running = world.project(10);
    let reason =
        format!("ahead-of-store: the event at position {position} is not the one that it has handled");
    assert_stopped(&world, &reason, position).await;
    let mut owner = world.database.pool().begin().await.unwrap();
    sqlx::raw_sql("ALTER TABLE event_store.events DISABLE TRIGGER USER")
        .execute(&mut *owner)
        .await
        .unwrap();
    sqlx::query("UPDATE event_store.events SET hash = $1 WHERE position = $2")
        .bind(stored)
        .bind(position)
        .execute(&mut *owner)
        .await
        .unwrap();
    owner.commit().await.unwrap();
    world
        .until("every projection runs", |one| one.state == ConsumerState::Running)
        .await;
    running.stop().await;
}

#[tokio::test]
async fn a_replay_of_lost_events_is_begun_anew() {
    let mut world = World::create().await;
    world.append(&listed(0)).await;
    let head = world.append(&listed(1)).await;
    let running = world.project(10);
    world.projected(head).await;
    world.replay("products").await;
    running.stop().await;
    world.tamper(WITHOUT_TAIL).await;
    projector::restart(&world.pool, "ada", "restored").await.unwrap();
    let running = world.project(10);
    world.projected(head - 1).await;
    world
        .until("every projection runs", |one| one.state == ConsumerState::Running)
        .await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
    let kept = "SELECT COUNT(*) FROM read_model.replays WHERE has_tables";
    assert_eq!(count(&world, kept).await, 0, "no roll-back leads to lost events");
}
