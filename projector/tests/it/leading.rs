//! One projector leads; one that has lost the lead cannot write.

use testkit::eventually;

use super::history::{End, Life, listed};
use super::support::World;

#[tokio::test]
async fn a_second_projector_waits_and_takes_over() {
    let mut world = World::create().await;
    let first = world.project(10);
    let position = world.append(&listed(0)).await;
    world.projected(position).await;
    let second = world.project(10);
    let position = world
        .append(&Life::new(1, &[(0, 1)], End::Completed).events())
        .await;
    world.projected(position).await;
    assert!(!second.task.is_finished());
    first.stop().await;
    let position = world
        .append(&Life::new(2, &[(0, 1)], End::Completed).events())
        .await;
    world.projected(position).await;
    second.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn a_projector_whose_connection_is_killed_resumes_at_the_checkpoint() {
    let mut world = World::create().await;
    let running = world.project(3);
    world.append(&listed(0)).await;
    for number in 1..20 {
        world
            .append(&Life::new(number, &[(0, 1)], End::Completed).events())
            .await;
        sqlx::query(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted \
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        )
        .execute(world.database.pool())
        .await
        .unwrap();
    }
    world.projected(world.store.head().await.unwrap()).await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn a_checkpoint_moved_by_another_process_fences_the_projector() {
    let mut world = World::create().await;
    let position = world.append(&listed(0)).await;
    world.project_all().await;
    let running = world.project(10);
    // Simulates that another projector applied the next three events: this one must not apply them again.
    let life = Life::new(1, &[(0, 7)], End::Placed).events();
    sqlx::query(
        "WITH led AS (UPDATE read_model.leader SET position = $1, event_hash = NULL) UPDATE read_model.checkpoints SET position = $1",
    )
    .bind(position + 3)
    .execute(&world.pool)
    .await
    .unwrap();
    assert_eq!(world.append(&life).await, position + 3);
    let later = world.append(&listed(1)).await;
    world.projected(later).await;
    running.stop().await;
    let reserved: Option<i64> = sqlx::query_scalar("SELECT SUM(reserved)::bigint FROM read_model.stock")
        .fetch_one(&world.pool)
        .await
        .unwrap();
    assert_eq!(reserved, Some(0));
}

#[tokio::test]
async fn every_batch_notifies_listeners_of_changes() {
    let mut world = World::create().await;
    let mut listener = sqlx::postgres::PgListener::connect_with(&world.pool)
        .await
        .unwrap();
    listener.listen(projector::CHANGES_NOTIFICATION).await.unwrap();
    let running = world.project(100);
    let position = world.append(&listed(0)).await;
    let mut heard = 0;
    while heard < position {
        heard = listener.recv().await.unwrap().payload().parse().unwrap();
    }
    eventually("the checkpoint is there", || async {
        projector::status(&world.pool)
            .await
            .unwrap()
            .iter()
            .all(|status| status.lag == 0)
    })
    .await;
    running.stop().await;
}
