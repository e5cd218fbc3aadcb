//! Whether a policy runs and whether it moves are two signals.

use std::time::Duration;

use command_api::policies::{self, PolicyStatus};
use schemas::consumer::ConsumerState;
use testkit::eventually;

use crate::order_way::Cast;
use crate::test_app::TestApp;

/// Shorter than the limit of production, so that the test is short, and longer than the interval of heartbeats.
const LIMIT: Duration = Duration::from_secs(8);

/// The policy with another limit than that of production.
async fn settlement(app: &TestApp, limit: Duration) -> PolicyStatus {
    let statuses = policies::status_within(app.store.pool(), limit).await.unwrap();
    statuses.into_iter().find(|one| one.name == "settlement").unwrap()
}

async fn until_stopped(app: &TestApp, limit: Duration) -> String {
    eventually("the policy counts as stopped", async || {
        settlement(app, limit).await.state == ConsumerState::Stopped
    })
    .await;
    settlement(app, limit).await.error.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_whose_checkpoint_can_not_be_written_is_reported_although_it_runs() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    let owner = app.database.pool();
    let refuse = "
        CREATE FUNCTION command.refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE 'the disk of the checkpoint is broken'; END $$;
        CREATE TRIGGER refuse BEFORE UPDATE OF read_position ON command.policy_checkpoints
            FOR EACH ROW EXECUTE FUNCTION command.refuse()";
    sqlx::raw_sql(refuse).execute(owner).await.unwrap();
    app.product(&cast.seller, "MUG", 5).await;
    let error = until_stopped(&app, LIMIT).await;
    assert!(error.starts_with("it has not advanced for "), "{error}");
    let age = settlement(&app, LIMIT).await.signs.heartbeat_age.unwrap();
    assert!(age < Duration::from_secs(20), "it still runs: {age:?}");

    let heal = "DROP TRIGGER refuse ON command.policy_checkpoints";
    sqlx::raw_sql(heal).execute(owner).await.unwrap();
    eventually("the policy goes on", async || {
        app.policy("settlement").await.lag == 0
    })
    .await;
    assert_eq!(app.policy("settlement").await.state, ConsumerState::Running);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_no_process_runs_is_reported_although_nothing_waits() {
    let mut app = TestApp::new().await;
    eventually("the policy runs", async || {
        app.policy("settlement").await.state == ConsumerState::Running
    })
    .await;
    app.stop_policies().await;
    let error = until_stopped(&app, LIMIT).await;
    assert!(error.starts_with("no process has run for "), "{error}");
}
