//! Tests `waybill show`, `history` and `diff` against an instance whose orders were imported and projected.

use serde_json::Value;

use crate::import_instance::Instance;
use crate::projection::{Running, imported, json_of, until_all_run};

const UNKNOWN: &str = "order-0199a1c0-7c1e-7000-8000-000000000001";

/// A running instance, and the stream of its first order.
async fn with_order() -> (Instance, Running, String) {
    let instance = imported().await;
    let projector = Running(instance.start(&["projector"]));
    until_all_run(&instance).await;
    let shown = instance.run(&[
        "events",
        "show",
        "--json",
        "--oldest-first",
        "--type",
        "OrderPlaced",
        "--limit",
        "1",
    ]);
    let placed: Value = serde_json::from_slice(&shown.stdout).unwrap();
    let order = placed["stream_id"].as_str().unwrap().to_owned();
    (instance, projector, order)
}

fn text(instance: &Instance, arguments: &[&str]) -> String {
    let output = instance.run(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// Asserts the exit code, and the sentence on standard error.
fn refused(instance: &Instance, arguments: &[&str], code: i32, sentence: &str) {
    let output = instance.run(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert_eq!(said.lines().next(), Some(sentence), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_is_shown_now_and_as_it_was() {
    let (instance, _projector, order) = with_order().await;
    let at = |moment: &[&str]| json_of(&instance, &[&["show", &order, "--json"], moment].concat());
    let (first, now) = (at(&["--version", "1"]), at(&[]));
    assert_eq!(first["fields"]["status"], "pending");
    assert_eq!(now["fields"]["status"], "completed");
    assert_eq!(first["as_of"]["event_type"], "OrderPlaced");
    let time = first["as_of"]["recorded_at"].as_str().unwrap();
    let position = first["as_of"]["position"].to_string();
    assert_eq!(at(&["--position", &position]), first);
    assert_eq!(at(&["--at", "2999-01-01T00:00:00Z"]), now);
    // Events of one import can share a time; the moment is the last of them.
    let at_time = at(&["--at", time]);
    assert_eq!(at_time["as_of"]["recorded_at"], time);

    let shown = text(&instance, &["show", &order, "--version", "1"]);
    let mut lines = shown.lines();
    assert_eq!(lines.next(), Some(&*order));
    let as_of = format!("as of {time}: version 1, position {position}, OrderPlaced");
    assert_eq!(lines.next(), Some(&*as_of));
    assert!(lines.any(|line| line == "  status: pending"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_and_its_differences_name_their_events() {
    let (instance, _projector, order) = with_order().await;
    let history = json_of(&instance, &["history", &order, "--json"]);
    let items = history["items"].as_array().unwrap();
    assert_eq!(items[0]["event_type"], "OrderPlaced");
    assert!(
        items.iter().any(|event| event["event_type"] == "OrderCompleted"),
        "{history}"
    );
    let listed = text(&instance, &["history", &order]);
    let events = listed.lines().filter(|line| !line.starts_with(' '));
    assert_eq!(events.count(), items.len(), "{listed}");

    let diff = ["diff", &order, "--from", "1"];
    let changed = text(&instance, &diff);
    assert!(
        changed.contains("    status: pending -> completed\n      by OrderCompleted at position "),
        "{changed}"
    );
    let to_time = text(
        &instance,
        &[&diff[..], &["--to", "2999-01-01T00:00:00Z"]].concat(),
    );
    assert_eq!(to_time, changed);
    let same = instance.run(&[&diff[..], &["--to", "1"]].concat());
    assert_eq!(same.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&same.stderr), "No field differs.\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_or_object_that_does_not_exist_is_refused() {
    let (instance, _projector, order) = with_order().await;
    let first = json_of(&instance, &["show", &order, "--version", "1", "--json"]);
    let newest = json_of(&instance, &["show", &order, "--json"])["as_of"]["version"].clone();
    let head = instance.head().await;
    let recorded = first["as_of"]["recorded_at"].as_str().unwrap();
    let before =
        format!("waybill: {order}: It did not exist yet: its first event was recorded at {recorded}.");
    let too_new = format!("waybill: {order}: version must be at most {newest}, its newest version");
    let beyond =
        format!("waybill: {order}: position must be at most {head}, the position of the newest event");
    let unknown = format!("waybill: {UNKNOWN}: there is no such object");
    let from_too_new = too_new.replace("version must", "from must");
    let past = "2000-01-01T00:00:00Z";
    for (arguments, code, sentence) in [
        (&["show", &order, "--at", past][..], 65, &*before),
        (&["show", &order, "--position", "1"], 65, &before),
        (&["diff", &order, "--from", past], 65, &before),
        (&["show", &order, "--version", "999"], 65, &too_new),
        (&["diff", &order, "--from", "999"], 65, &from_too_new),
        (&["show", &order, "--position", "999999"], 65, &beyond),
        (&["show", UNKNOWN], 65, &unknown),
        (&["show", UNKNOWN, "--version", "1"], 65, &unknown),
        (&["history", UNKNOWN], 65, &unknown),
        (&["diff", UNKNOWN, "--from", "1"], 65, &unknown),
        (
            &["show", "order-17"],
            2,
            "error: invalid value 'order-17' for '<OBJECT>': not a stream id",
        ),
        (
            &["history", "order-17"],
            2,
            "error: invalid value 'order-17' for '<OBJECT>': not a stream id",
        ),
    ] {
        refused(&instance, arguments, code, sentence);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_is_written_as_the_message_says() {
    let (instance, _projector, order) = with_order().await;
    let number = "must be a number from 1";
    let time = "must be like 2026-03-01T09:30:00Z or 2026-03-01";
    let moment = format!("{time}, or a version, or `position:` and a number from 1");
    for (command, option, value_name, detail) in [
        ("show", "--version", "N", number),
        ("show", "--position", "N", number),
        ("show", "--at", "TIME", time),
        ("diff", "--from", "MOMENT", &moment),
        ("diff", "--to", "MOMENT", &moment),
    ] {
        for text in ["0", "today", "position:", "2026-02-30"] {
            let sentence = format!("error: invalid value '{text}' for '{option} <{value_name}>': {detail}");
            let option = format!("{option}={text}");
            refused(&instance, &[command, &order, &option], 2, &sentence);
        }
    }

    let date = json_of(&instance, &["show", &order, "--at", "2999-01-01", "--json"]);
    assert_eq!(date, json_of(&instance, &["show", &order, "--json"]));
    let diff = |to: &str| text(&instance, &["diff", &order, "--from", "1", "--to", to]);
    assert_eq!(diff("2999-01-01"), diff("2999-01-01T00:00:00Z"));
    let head = instance.head().await;
    assert_eq!(diff(&format!("position:{head}")), diff("2999-01-01"));
}
