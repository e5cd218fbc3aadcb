//! `waybill replay` against a projector in another process.

use std::process::Output;

use serde_json::{Value, json};
use testkit::eventually;

use crate::import_instance::Instance;
use crate::projection::{Running, imported, json_of, projection, tamper, until_all_run};

/// The members of a replay that other tools rely on.
const CONTRACT: [&str; 8] = [
    "projection",
    "phase",
    "position",
    "target",
    "events_per_s",
    "eta_s",
    "owner",
    "error",
];

pub fn replay(instance: &Instance, name: &str) -> Value {
    let status = json_of(instance, &["replay", "status", "--json"]);
    let replays = status["replays"].as_array().unwrap();
    let found = replays.iter().find(|replay| replay["projection"] == name);
    found.cloned().unwrap_or(Value::Null)
}

pub async fn until_phase(instance: &Instance, phase: &str) {
    eventually(&format!("the replay is {phase}"), async || {
        replay(instance, "orders")["phase"] == phase
    })
    .await;
}

fn text(output: &Output) -> String {
    String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap()
}

/// Runs `waybill replay` and asserts the exit code, and that the text contains a part.
fn replays(instance: &Instance, arguments: &[&str], code: i32, says: &str) {
    let output = instance.run(&[&["replay"], arguments].concat());
    let said = text(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert!(said.contains(says), "{arguments:?}: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_replays_compares_switches_and_rolls_back() {
    let instance = imported().await;
    let _projector = Running(instance.start(&["projector"]));
    until_all_run(&instance).await;
    replays(&instance, &["status"], 0, "There was no replay yet");
    let started = json_of(&instance, &["replay", "start", "orders", "--json"]);
    let orders = &started["replays"][0];
    for member in CONTRACT {
        assert!(orders.get(member).is_some(), "{member}");
    }
    assert_eq!(
        (&orders["phase"], &orders["position"]),
        (&json!("ready"), &json!(instance.head().await))
    );
    replays(
        &instance,
        &["verify", "orders"],
        0,
        "all rows are equal to the live ones",
    );
    replays(
        &instance,
        &["switch", "orders"],
        0,
        "orders has switched at position",
    );
    replays(
        &instance,
        &["switch", "orders"],
        1,
        "the replay of `orders` is switched",
    );
    replays(&instance, &["status"], 0, "it can be rolled back until");
    json_of(&instance, &["check", "--json"]);
    replays(&instance, &["roll-back", "orders"], 0, "orders is rolled back");
    replays(&instance, &["roll-back", "orders"], 1, "is ready, not switched");
    json_of(&instance, &["check", "--json"]);

    tamper(&instance, "UPDATE read_model.orders SET country = 'tampered'").await;
    replays(&instance, &["verify", "orders"], 1, "changed: country");
    replays(
        &instance,
        &["switch", "--all"],
        1,
        "the code is unchanged, but at position",
    );
    replays(
        &instance,
        &["switch", "orders", "--accept", "a repair"],
        0,
        "has switched",
    );
    json_of(&instance, &["check", "--json"]);
    replays(&instance, &["drop", "orders"], 0, "are dropped");
    replays(&instance, &["roll-back", "orders"], 1, "dropped them");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_starts_nothing_and_one_key_is_rebuilt_in_place() {
    let instance = imported().await;
    let _projector = Running(instance.start(&["projector"]));
    until_all_run(&instance).await;
    replays(
        &instance,
        &["start", "--all", "--dry-run"],
        0,
        "Nothing was started.",
    );
    let tried = json_of(&instance, &["replay", "start", "orders", "--dry-run", "--json"]);
    assert_eq!(tried["dry_runs"][0]["events"], json!(instance.head().await));
    replays(&instance, &["status"], 0, "There was no replay yet");
    tamper(&instance, "UPDATE read_model.orders SET country = 'tampered'").await;
    let key: String = sqlx::query_scalar("SELECT MIN(id::text) FROM read_model.orders")
        .fetch_one(instance.pool())
        .await
        .unwrap();
    let one = ["start", "orders", "--key", &key];
    replays(&instance, &one, 0, "1 row has changed:");
    replays(&instance, &one, 0, "nothing has changed");
    replays(
        &instance,
        &["start", "sales", "--key", &key],
        1,
        "sums over many keys",
    );
    replays(
        &instance,
        &["start", "orders", "--workers", "2"],
        0,
        "has caught up",
    );
    replays(
        &instance,
        &["start", "orders", "--dry-run"],
        1,
        "would be refused",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_replays_are_refused_and_change_nothing() {
    let instance = imported().await;
    replays(
        &instance,
        &["start", "rumours"],
        65,
        "there is no projection `rumours`",
    );
    replays(&instance, &["start"], 2, "PROJECTION");
    replays(&instance, &["start", "orders", "--throttle", "0"], 2, "0");
    replays(
        &instance,
        &["switch", "orders"],
        1,
        "has no replay; start one first",
    );
    replays(&instance, &["switch", "--all"], 1, "there is no replay to switch");
    assert_eq!(replay(&instance, "orders"), Value::Null);

    tamper(
        &instance,
        "UPDATE read_model.leader SET heartbeat_at = now() - interval '5 minutes'",
    )
    .await;
    replays(&instance, &["start", "orders"], 69, "no projector is running");
    let projection = projection(&instance, "orders");
    let error = projection["error"].as_str().unwrap();
    assert!(error.contains("no projector has run"), "{error}");
    let before = replay(&instance, "orders");
    replays(&instance, &["start", "orders"], 1, "has a replay already");
    replays(&instance, &["switch", "orders"], 1, "has not caught up yet");
    assert_eq!(replay(&instance, "orders"), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_work_survives_the_kill_of_the_command_and_of_the_projector() {
    let instance = imported().await;
    let projector = Running(instance.start(&["projector"]));
    until_all_run(&instance).await;
    let position = async || replay(&instance, "orders")["position"].as_i64().unwrap_or(0);
    let command = Running(instance.start(&["replay", "start", "orders", "--throttle", "50"]));
    eventually("it makes progress", async || position().await > 0).await;
    drop(command);
    let killed_at = position().await;
    eventually("the work goes on", async || position().await > killed_at).await;
    drop(projector);
    let killed_at = position().await;
    let began = replay(&instance, "orders")["started_at"].clone();

    let projector = Running(instance.start(&["projector"]));
    replays(&instance, &["pause", "orders"], 0, "is paused");
    replays(
        &instance,
        &["resume", "orders", "--throttle", "100000"],
        0,
        "has caught up",
    );
    let resumed = replay(&instance, "orders");
    assert_eq!(
        resumed["started_at"], began,
        "it was not begun anew after {killed_at}"
    );
    drop(projector);
    for (verb, phase) in [("switch", "switched"), ("roll-back", "ready")] {
        // The wish is stored while no projector runs, and the tables follow after the next start.
        let waiting = Running(instance.start(&["replay", verb, "orders"]));
        eventually("it is wanted", async || {
            !replay(&instance, "orders")["wanted"].is_null()
        })
        .await;
        drop(waiting);
        let projector = Running(instance.start(&["projector"]));
        until_phase(&instance, phase).await;
        drop(projector);
    }
    let _projector = Running(instance.start(&["projector"]));
    until_all_run(&instance).await;
    json_of(&instance, &["check", "--json"]);
}
