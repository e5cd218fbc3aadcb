//! Replays while processes are killed, a second projector is started by surprise, and Postgres restarts. What counts in the
//! end is what SQL finds: the rows of the shadow equal the live ones.

use serde_json::Value;
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool};
use testkit::eventually;

use crate::crash::catch_up;
use crate::crash_instance::CrashInstance;
use crate::import_instance::{Instance, sample};
use crate::projection::{Running, imported, json_of, until_all_run};
use crate::replay::{replay, until_phase};

/// Events per second that keep a replay in its phase for some seconds.
const SLOW: &str = "50";

/// Rows of a file with so many events that a replay has to catch up, and is not ready at once.
const MANY_ROWS: usize = 1_500;

fn position(replay: &Value) -> i64 {
    replay["position"].as_i64().unwrap_or(0)
}

/// How many rows of `orders` and its second table differ between the live tables and those of the shadow.
async fn differing(pool: &PgPool) -> i64 {
    let mut rows = 0;
    for (table, key) in [("orders", "id"), ("order_sellers", "order_id, seller_id")] {
        let statement = format!(
            "SELECT COUNT(*) FROM read_model.{table} AS live \
             FULL JOIN read_model_replay_orders.{table} AS shadow USING ({key}) \
             WHERE live::text IS DISTINCT FROM shadow::text"
        );
        let found: i64 = sqlx::query_scalar(AssertSqlSafe(statement))
            .fetch_one(pool)
            .await
            .unwrap();
        rows += found;
    }
    rows
}

/// Waits until live tables and shadow are at the head, and asserts that SQL finds no difference.
async fn assert_equal_in_sql(instance: &Instance) {
    let head = instance.head().await;
    until_all_run(instance).await;
    eventually("the shadow has followed", async || {
        position(&replay(instance, "orders")) == head
    })
    .await;
    assert_eq!(differing(instance.pool()).await, 0);
    json_of(instance, &["check", "--json"]);
}

/// A replay in phase `catching_up`, with thousands of events left, and the projector that drives it.
async fn catching_up(instance: &Instance) -> Running {
    let projector = Running(instance.start(&["projector"]));
    until_all_run(instance).await;
    let _killed = Running(instance.start(&["replay", "start", "orders", "--throttle", SLOW]));
    eventually("it is built", async || position(&replay(instance, "orders")) > 0).await;
    assert!(instance.run(&["replay", "pause", "orders"]).status.success());
    instance.import(&instance.folder.write("more.csv", sample(MANY_ROWS)));
    until_all_run(instance).await;
    let _killed = Running(instance.start(&["replay", "resume", "orders", "--throttle", "400"]));
    until_phase(instance, "catching_up").await;
    projector
}

#[tokio::test(flavor = "multi_thread")]
async fn a_projector_that_is_killed_in_any_phase_goes_on_where_it_was() {
    let instance = imported().await;
    let projector = catching_up(&instance).await;
    drop(projector);
    let killed = replay(&instance, "orders");
    assert_eq!(killed["phase"], "catching_up");
    let mut projector = Running(instance.start(&["projector"]));
    eventually("the new process drives it", async || {
        position(&replay(&instance, "orders")) > position(&killed)
    })
    .await;
    let resumed = replay(&instance, "orders");
    assert_eq!(resumed["phase"], "catching_up", "it was not built again");
    assert_eq!(resumed["started_at"], killed["started_at"]);
    assert_ne!(resumed["owner"], killed["owner"]);
    assert!(instance.run(&["replay", "pause", "orders"]).status.success());
    let faster = ["replay", "resume", "orders", "--throttle", "1000000"];
    assert!(instance.run(&faster).status.success());
    for (verb, phase) in [
        ("verify", "verified"),
        ("switch", "switched"),
        ("roll-back", "ready"),
    ] {
        drop(projector);
        projector = Running(instance.start(&["projector"]));
        assert!(
            instance.run(&["replay", verb, "orders"]).status.success(),
            "{verb}"
        );
        assert_eq!(replay(&instance, "orders")["phase"], phase);
        drop(projector);
        projector = Running(instance.start(&["projector"]));
        assert_equal_in_sql(&instance).await;
    }
    assert_eq!(
        replay(&instance, "orders")["started_at"],
        killed["started_at"],
        "no kill has begun it anew"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_projector_in_the_middle_of_a_replay_waits_and_takes_over() {
    let instance = imported().await;
    let first = catching_up(&instance).await;
    let before = replay(&instance, "orders");
    let _second = Running(instance.start(&["projector"]));
    let mut last = position(&before);
    let goal = last + 400;
    while last < goal {
        let now = replay(&instance, "orders");
        assert_eq!(now["owner"], before["owner"], "one process drives it");
        assert!(position(&now) >= last, "it went from {last} back to {now}");
        last = position(&now);
    }
    drop(first);
    eventually("the second drives it", async || {
        let now = replay(&instance, "orders");
        now["owner"] != before["owner"] && position(&now) > last
    })
    .await;
    let now = replay(&instance, "orders");
    assert_eq!(now["started_at"], before["started_at"]);
    until_phase(&instance, "ready").await;
    assert_equal_in_sql(&instance).await;
}

/// The connections of replays do not wait for commits to reach the disk: a crash loses the newest ones, and the replay goes
/// on from the rows and the position that were written together.
#[tokio::test(flavor = "multi_thread")]
async fn a_replay_goes_on_after_postgres_was_killed() {
    let mut instance = CrashInstance::new();
    let file = instance.write("sample.csv", sample(400));
    let import = ["import", "online-retail", file.to_str().unwrap()];
    assert!(instance.run(&import).status.success());
    instance.start("projector", None);
    catch_up(&instance).await;
    let of_orders = |output: std::process::Output| -> Option<Value> {
        let status: Value = serde_json::from_slice(&output.stdout).ok()?;
        Some(status["replays"][0].clone())
    };
    let status = || of_orders(instance.run(&["replay", "status", "--json"]));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_waybill"));
    command.arg("--data").arg(instance.folder());
    let start = command.args(["replay", "start", "orders", "--throttle", "100"]);
    let _command = Running(start.stderr(std::process::Stdio::null()).spawn().unwrap());
    eventually("it makes progress", async || {
        status().is_some_and(|replay| position(&replay) > 100)
    })
    .await;
    let before = status().unwrap();
    assert!(instance.kill_service("postgres"), "Postgres runs");
    let repair = instance.repair();
    tokio::task::spawn_blocking(move || repair.join().unwrap())
        .await
        .unwrap();
    eventually("it goes on", async || {
        status().is_some_and(|replay| position(&replay) > position(&before))
    })
    .await;
    let after = status().unwrap();
    assert_eq!(after["started_at"], before["started_at"], "it was not begun anew");
    eventually("it is ready", async || {
        status().is_some_and(|replay| replay["phase"] == "ready")
    })
    .await;
    catch_up(&instance).await;
    let pool = PgPoolOptions::new()
        .connect(&instance.setting("postgres_admin_url"))
        .await
        .unwrap();
    let head: i64 = sqlx::query_scalar("SELECT position FROM event_store.log_head")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(position(&status().unwrap()), head);
    assert_eq!(differing(&pool).await, 0);
}
