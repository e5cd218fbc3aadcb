//! A policy that has handled events which the log does not have: it was restored, or a fail-over lost its tail.

use command_api::policies::{self, RestartError};
use schemas::consumer::ConsumerState;
use testkit::eventually;

use crate::order_way::Cast;
use crate::test_app::TestApp;

/// The log has another event where the policies stand.
const OTHER_TAIL: &str = "
    ALTER TABLE event_store.events DISABLE TRIGGER USER;
    UPDATE event_store.events SET hash = sha256(hash)
    WHERE position = (SELECT position FROM event_store.log_head);
    ALTER TABLE event_store.events ENABLE TRIGGER USER";

async fn until_read(app: &TestApp) {
    eventually("the policy has read the log", async || {
        let settlement = app.policy("settlement").await;
        settlement.lag == 0 && settlement.state == ConsumerState::Running
    })
    .await;
}

async fn restart(app: &TestApp, from: i64) -> Result<i64, RestartError> {
    let mut tx = app.store.pool().begin().await.unwrap();
    let restarted = policies::restart(&mut tx, "settlement", from).await?;
    tx.commit().await.unwrap();
    Ok(restarted)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_policy_stops_when_the_log_has_another_event_where_it_stands() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 5).await;
    until_read(&app).await;
    let read = app.policy("settlement").await.position;
    assert!(matches!(restart(&app, 0).await, Err(RestartError::NotAhead(_))));
    sqlx::raw_sql(OTHER_TAIL)
        .execute(app.database.pool())
        .await
        .unwrap();
    // It is not started again: connections of a pool come back by themselves.
    let stopped = async || app.policy("settlement").await.state == ConsumerState::Stopped;
    eventually("the policy has stopped", stopped).await;
    let before = app.policy("settlement").await;
    let reason = before.error.unwrap();
    assert!(
        reason.starts_with("ahead-of-store: the event at position "),
        "{reason}"
    );
    sqlx::query(
        "INSERT INTO command.policy_letters (policy, position, key, event_type, state, next_attempt_at)
         VALUES ('settlement', $1, 'MUG', 'ProductListed', 'retrying', now() - interval '1 hour')",
    )
    .bind(read)
    .execute(app.store.pool())
    .await
    .unwrap();
    app.product(&cast.seller, "CUP", 5).await;
    eventually("another policy has looked twice", async || {
        let ages = app.policy("settlement").await;
        ages.lag > 0 && ages.signs.heartbeat_age.is_some()
    })
    .await;
    assert_eq!(app.policy("settlement").await.position, read, "it did not go on");

    let head = app.store.head().await.unwrap();
    let beyond = restart(&app, head + 1).await;
    assert!(matches!(beyond, Err(RestartError::BeyondHead(at)) if at == head));
    assert_eq!(restart(&app, read - 1).await.unwrap(), read);
    until_read(&app).await;
    let after = app.policy("settlement").await;
    assert_eq!((after.letters, after.error), (0, None));
    assert!(matches!(restart(&app, 0).await, Err(RestartError::NotAhead(_))));
}
