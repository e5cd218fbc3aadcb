//! A machine that misbehaves: a database that hangs, an output that cannot be written, a user's own settings.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::crash_instance::CrashInstance;

/// How long an answer may take while the database hangs.
const ANSWER_MAX: Duration = Duration::from_secs(5);
/// The same for readiness.
const READINESS_MAX: Duration = Duration::from_secs(2);
/// How long any other step may take on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(120);

pub async fn until_ready(instance: &CrashInstance) {
    let url = format!("{}/health/ready", instance.url());
    let started = Instant::now();
    loop {
        let answer = reqwest::get(&url).await;
        if answer.is_ok_and(|answer| answer.status() == 200) {
            return;
        }
        assert!(started.elapsed() < PATIENCE, "not ready: {}", instance.log("up"));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Sends a request, and asserts that it is answered with 503 in time.
async fn assert_unavailable(request: reqwest::RequestBuilder, within: Duration) {
    let started = Instant::now();
    let answer = request.send().await.unwrap();
    let (status, url) = (answer.status(), answer.url().clone());
    assert_eq!(status, 503, "{url}: {}", answer.text().await.unwrap());
    assert!(
        started.elapsed() < within + Duration::from_secs(5),
        "{url}: {:?}",
        started.elapsed()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_hangs_makes_requests_fail_in_time() {
    let mut instance = CrashInstance::new();
    instance.start("up", None);
    until_ready(&instance).await;
    let client = reqwest::Client::new();
    let api = format!("{}/api/v1", instance.url());
    let order = json!({"lines": [{"sku": "NONE-1", "quantity": 1}], "email": "guest@example.com",
        "shipping_address": {"name": "Ada Example", "line1": "1 Example Street", "city": "London",
                             "postal_code": "N1 1AA", "country": "United Kingdom"}});

    instance.signal_postgres("STOP");
    let place = || {
        client
            .post(format!("{api}/orders"))
            .header("Idempotency-Key", "hung")
            .json(&order)
    };
    tokio::join!(
        assert_unavailable(client.get(format!("{api}/products/NONE-1")), ANSWER_MAX),
        assert_unavailable(client.get(format!("{api}/products?q=mug")), ANSWER_MAX),
        assert_unavailable(place(), ANSWER_MAX),
        assert_unavailable(
            client.get(format!("{}/health/ready", instance.url())),
            READINESS_MAX
        ),
    );
    instance.signal_postgres("CONT");

    until_ready(&instance).await;
    assert_eq!(
        place().send().await.unwrap().status(),
        422,
        "the product is unknown"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_whose_log_cannot_be_written_works_and_stops() {
    let mut instance = CrashInstance::new();
    instance.start_with_closed_log("up");
    until_ready(&instance).await;
    let answer = reqwest::get(format!("{}/api/v1/products", instance.url())).await;
    assert_eq!(answer.unwrap().status(), 200);

    instance.terminate("up");
    let started = Instant::now();
    while instance.ended("up").is_none() {
        assert!(
            started.elapsed() < Duration::from_secs(40),
            "SIGTERM has no effect"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_commands_are_refused_and_reads_go_on() {
    let mut instance = CrashInstance::new();
    // More than any disk has.
    instance.set("WAYBILL_LIMITS_FREE_DISK_MIN_MB", "1000000000000");
    instance.start("up", None);
    until_ready(&instance).await;
    let api = format!("{}/api/v1", instance.url());
    let read = reqwest::get(format!("{api}/products")).await.unwrap();
    assert_eq!(read.status(), 200);
    let readiness = reqwest::get(format!("{}/health/ready", instance.url()))
        .await
        .unwrap();
    let readiness: serde_json::Value = readiness.json().await.unwrap();
    assert_eq!(
        (&readiness["status"], &readiness["storage"]),
        (&json!("degraded"), &json!("full"))
    );
    let command = reqwest::Client::new()
        .post(format!("{api}/orders"))
        .header("Idempotency-Key", "full")
        .json(&json!({}));
    let answer = command.send().await.unwrap();
    assert_eq!(answer.status(), 503);
    assert!(answer.headers().contains_key("retry-after"));
    assert!(answer.text().await.unwrap().contains("storage-full"));
}

#[test]
fn a_reader_that_closes_the_pipe_ends_a_tool_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_waybill"))
        .arg("openapi")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(141));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_full_disk_behind_the_output_is_reported() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_waybill"))
        .arg("openapi")
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(74));
    assert!(String::from_utf8_lossy(&output.stderr).contains("No space left"));
}

/// The user's variables for Postgres' own tools.
#[test]
fn postgres_variables_do_not_steer_the_product() {
    let mut instance = CrashInstance::new();
    instance.set(
        "PGOPTIONS",
        "-c synchronous_commit=off -c default_transaction_read_only=on",
    );
    instance.set("PGSSLMODE", "require");
    instance.set("PGHOST", "nowhere.invalid");
    let output = instance.run(&[
        "account",
        "create",
        "--email",
        "admin@example.com",
        "--password",
        "a-long-password-1",
        "--role",
        "admin",
    ]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
