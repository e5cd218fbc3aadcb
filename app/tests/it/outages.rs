//! Consumers of the log after Postgres restarted, and after a restore that lost the log's tail.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use serde_json::Value;
use sqlx::postgres::PgPoolOptions;
use testkit::eventually;

use crate::crash::catch_up;
use crate::crash_instance::CrashInstance;
use crate::import_instance::{Instance, sample};
use crate::projection::{Running, imported, json_of, tamper, until_all_run};

/// The log has another event where its consumers stand.
const OTHER_TAIL: &str = "
    ALTER TABLE event_store.events DISABLE TRIGGER USER;
    UPDATE event_store.events SET hash = sha256(hash)
    WHERE position = (SELECT position FROM event_store.log_head);
    ALTER TABLE event_store.events ENABLE TRIGGER USER";

/// How many projections and policies are at the head of the log, and how many are not.
const AT_HEAD: &str = "
    SELECT COUNT(*) FILTER (WHERE reached = head.position), COUNT(*) FILTER (WHERE reached <> head.position)
    FROM (SELECT position AS reached FROM read_model.checkpoints
          UNION ALL SELECT read_position FROM command.policy_checkpoints) AS consumers
    CROSS JOIN event_store.log_head AS head";

/// How soon consumers go on.
const RESUMED_WITHIN: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
async fn every_consumer_goes_on_within_ten_seconds_after_postgres_was_killed() {
    let mut instance = CrashInstance::new();
    let import = |instance: &CrashInstance, rows: usize| {
        let file = instance.write("sample.csv", sample(rows));
        let output = instance.run(&["import", "online-retail", file.to_str().unwrap()]);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    import(&instance, 40);
    instance.start("command-api", None);
    instance.start("projector", None);
    catch_up(&instance).await;
    assert!(instance.kill_service("postgres"), "Postgres runs");
    let repair = instance.repair();
    tokio::task::spawn_blocking(move || repair.join().unwrap())
        .await
        .unwrap();
    import(&instance, 80);
    let back_at = Instant::now();
    let pool = PgPoolOptions::new()
        .connect(&instance.setting("postgres_admin_url"))
        .await
        .unwrap();
    eventually("all are at the head", async || {
        let (there, behind): (i64, i64) = sqlx::query_as(AT_HEAD).fetch_one(&pool).await.unwrap();
        there > 4 && behind == 0
    })
    .await;
    let took = back_at.elapsed();
    assert!(took < RESUMED_WITHIN, "{took:?}");
}

fn free_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port().to_string()
}

/// The consumers that `/health/ready` names with `ahead-of-store`.
async fn ahead(port: &str) -> Option<Vec<String>> {
    let response = reqwest::get(format!("http://127.0.0.1:{port}/health/ready"))
        .await
        .ok()?;
    let ready: Value = response.json().await.ok()?;
    let concerns = [&ready["projections"], &ready["policies"]];
    let concerns = concerns.iter().flat_map(|concerns| concerns.as_array().unwrap());
    let ahead = concerns.filter(|concern| {
        let error = concern["error"].as_str().unwrap_or_default();
        error.starts_with("ahead-of-store: ")
    });
    Some(
        ahead
            .map(|concern| concern["name"].as_str().unwrap().to_owned())
            .collect(),
    )
}

/// The names of the projections, or of the policies.
fn names(instance: &Instance, kind: &str) -> Vec<String> {
    let listed = json_of(instance, &[kind, "list", "--json"]);
    let listed = listed.as_array().unwrap();
    listed
        .iter()
        .map(|one| one["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn consumers_ahead_of_the_log_are_named_and_go_on_when_an_operator_restarts_them() {
    let instance = imported().await;
    let port = free_port();
    let start = || {
        [
            Running(instance.start(&["projector"])),
            Running(instance.start(&["command-api", "--port", &port])),
        ]
    };
    let running = start();
    until_all_run(&instance).await;
    eventually("the policies have read the log", async || {
        let (there, behind): (i64, i64) = sqlx::query_as(AT_HEAD).fetch_one(instance.pool()).await.unwrap();
        there > 4 && behind == 0
    })
    .await;
    drop(running);
    tamper(&instance, OTHER_TAIL).await;
    let _running = start();
    let (projections, policies) = (names(&instance, "projection"), names(&instance, "policy"));
    let all = [projections, policies.clone()].concat();
    eventually("all are named", async || ahead(&port).await == Some(all.clone())).await;
    let status = instance.run(&["status"]).stdout;
    let status = String::from_utf8(status).unwrap();
    assert_eq!(
        status.matches("stopped: ahead-of-store: ").count(),
        all.len(),
        "{status}"
    );

    let restarted = instance.run(&["projection", "restart", "--reason", "restored"]);
    assert!(restarted.status.success(), "{restarted:?}");
    for policy in &policies {
        let restarted = instance.run(&["policy", "restart", policy, "--from", "0", "--reason", "restored"]);
        assert!(restarted.status.success(), "{restarted:?}");
    }
    until_all_run(&instance).await;
    eventually("none is named", async || ahead(&port).await == Some(Vec::new())).await;
    let again = instance.run(&[
        "policy",
        "restart",
        "settlement",
        "--from",
        "0",
        "--reason",
        "again",
    ]);
    assert!(!again.status.success());
    let recorded = "SELECT COUNT(*) FROM read_model.operator_actions
        WHERE subject = 'consumer' AND verb = 'restart' AND reason = 'restored'";
    let recorded: i64 = sqlx::query_scalar(recorded)
        .fetch_one(instance.pool())
        .await
        .unwrap();
    assert_eq!(usize::try_from(recorded).unwrap(), 1 + policies.len());
}
