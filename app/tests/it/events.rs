//! Tests `waybill events` against a database with imported orders.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::import_instance::{Folder, HEADER, Instance};

async fn imported() -> Instance {
    let instance = Instance::new().await;
    let rows = [
        HEADER,
        "536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom",
        "536366,22633,HAND WARMER UNION JACK,6,2010-12-01 08:28:00,1.85,17850,United Kingdom",
    ];
    let file = instance.folder.write("rows.csv", rows.join("\n"));
    instance.import(&file);
    instance
}

/// The JSON lines that a command has printed.
pub fn lines(output: &Output) -> Vec<Value> {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = str::from_utf8(&output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test]
async fn events_are_listed_newest_first_and_by_condition() {
    let instance = imported().await;
    let head = instance.head().await;
    let all = lines(&instance.run(&["events", "show", "--json", "--limit", "1000"]));
    let positions: Vec<i64> = all
        .iter()
        .map(|event| event["position"].as_i64().unwrap())
        .collect();
    assert_eq!(positions, (1..=head).rev().collect::<Vec<_>>());

    let conditions = [
        "events",
        "show",
        "--json",
        "--oldest-first",
        "--type",
        "OrderPlaced",
        "--actor",
        "tool",
    ];
    let placed = lines(&instance.run(&conditions));
    assert_eq!(placed.len(), 2);
    assert!(placed.iter().all(|event| event["event_type"] == "OrderPlaced"));
    let correlation = placed[0]["metadata"]["correlation_id"].as_str().unwrap();
    let order = lines(&instance.run(&["events", "show", "--json", "--correlation", correlation]));
    assert!(order.len() > 1);
    assert!(
        order
            .iter()
            .all(|event| event["metadata"]["correlation_id"] == correlation)
    );
    let stream = placed[0]["stream_id"].as_str().unwrap();
    let table = instance.run(&["events", "show", "--stream", stream]);
    let table = String::from_utf8(table.stdout).unwrap();
    assert!(
        table.contains("OrderPlaced") && !table.contains("ProductListed"),
        "{table}"
    );

    let none = instance.run(&["events", "show", "--until", "2000-01-01"]);
    assert!(none.status.success());
    assert!(String::from_utf8_lossy(&none.stderr).contains("No event meets the conditions."));
}

#[tokio::test]
async fn one_event_is_shown_by_position_or_id_and_bad_input_is_refused() {
    let instance = imported().await;
    let by_position = instance.run(&["events", "show", "1", "--json"]);
    let event: Value = serde_json::from_slice(&by_position.stdout).unwrap();
    assert_eq!(
        (&event["position"], &event["effect_count"]),
        (&1.into(), &0.into())
    );
    let by_id = instance.run(&["events", "show", event["event_id"].as_str().unwrap(), "--json"]);
    assert_eq!(by_id.stdout, by_position.stdout);
    let shown = String::from_utf8(instance.run(&["events", "show", "1"]).stdout).unwrap();
    assert!(shown.contains("actor        tool:"), "{shown}");

    for (arguments, code, says) in [
        (vec!["events", "show", "0"], 2, "positions begin at 1"),
        (vec!["events", "show", "me"], 2, "a position or an event's id"),
        (vec!["events", "show", "999999"], 65, "the newest has position"),
        (
            vec!["events", "show", "--type", "OrderLost"],
            2,
            "there are ProductListed",
        ),
        (vec!["events", "show", "--actor", "robot"], 2, "account:ID"),
        (vec!["events", "show", "--since", "today"], 2, "2026-03-01"),
        (
            vec!["events", "show", "--since", "2026-01-02", "--until", "2026-01-01"],
            65,
            "--since",
        ),
        (
            vec!["events", "export", "rows.csv.part/none"],
            74,
            "cannot be written",
        ),
    ] {
        let output = instance.run(&arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
}

#[tokio::test]
async fn an_export_holds_every_event_once_and_appears_when_complete() {
    let instance = imported().await;
    let head = usize::try_from(instance.head().await).unwrap();
    let file = instance.folder.path().join("events.jsonl");
    let name = file.to_str().unwrap();
    assert!(instance.run(&["events", "export", name]).status.success());
    let exported = std::fs::read_to_string(&file).unwrap();
    assert_eq!(exported.lines().count(), head);
    let again = instance.run(&["events", "export", name]);
    assert_eq!(again.status.code(), Some(65));
    assert!(String::from_utf8_lossy(&again.stderr).contains("exists"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), exported);

    let cloud = lines(&instance.run(&["events", "export", "--format", "cloudevents"]));
    assert_eq!(cloud.len(), head);
    for (line, event) in exported.lines().zip(&cloud) {
        let record: Value = serde_json::from_str(line).unwrap();
        assert_eq!(event["specversion"], "1.0");
        assert_eq!(event["id"], record["event_id"]);
        assert_eq!(event["subject"], record["stream_id"]);
        assert_eq!(event["data"], record["payload"]);
        assert_eq!(
            event["sequence"],
            format!("{:019}", record["position"].as_i64().unwrap())
        );
    }

    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut to_full_disk = instance.command(&["events", "export"]);
    let failed = to_full_disk.stdout(full).output().unwrap();
    assert_eq!(failed.status.code(), Some(74));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tail_shows_what_is_recorded_after_it_started() {
    let instance = imported().await;
    let mut tail: Command = instance.command(&["events", "tail", "--json", "--type", "OrderPlaced"]);
    let mut tail = tail.stdout(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(tail.stdout.take().unwrap()).lines();
    // The tail has begun when it listens for new events.
    testkit::eventually("the tail listens", async || {
        let listening: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() \
             AND application_name = 'waybill-events-tail' AND query LIKE '%log_head%')",
        )
        .fetch_one(instance.pool())
        .await
        .unwrap();
        listening
    })
    .await;
    let rows = [
        HEADER,
        "536367,84879,ASSORTED COLOUR BIRD ORNAMENT,32,2010-12-01 08:34:00,1.69,13047,United Kingdom",
    ];
    let file = instance.folder.write("more.csv", rows.join("\n"));
    instance.import(&file);
    let line = tokio::task::spawn_blocking(move || output.next().unwrap().unwrap())
        .await
        .unwrap();
    let event: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(event["event_type"], "OrderPlaced");
    assert!(event["position"].as_i64().unwrap() > 1);
    tail.kill().unwrap();
    tail.wait().unwrap();
}

#[test]
fn schemas_are_compared_with_the_committed_ones() {
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/json");
    let lint = |folder: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_waybill"))
            .args(["events", "lint", "--json", folder])
            .output()
            .unwrap();
        let findings: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code(), findings)
    };
    let verdict = |findings: &Value, event_type: &str, version: u64| {
        let finding = findings
            .as_array()
            .unwrap()
            .iter()
            .find(|finding| finding["event_type"] == event_type && finding["schema_version"] == version);
        let finding = finding.unwrap();
        (
            finding["verdict"].as_str().unwrap().to_owned(),
            finding["reasons"].to_string(),
        )
    };
    let (code, findings) = lint(committed);
    assert_eq!(code, Some(0), "{findings}");
    for (version, expected) in [(1, "compatible"), (2, "upcast"), (3, "unchanged")] {
        assert_eq!(verdict(&findings, "StockAdjusted", version).0, expected);
    }

    // The schemas of a release that wrote a newer version of one event, and another shape of the next.
    let folder = Folder::new();
    for entry in std::fs::read_dir(committed).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        folder.write(path.file_name().unwrap().to_str().unwrap(), text);
    }
    folder.write("StockShipped.v2.json", "{}");
    folder.write("StockEvaporated.v1.json", "{}");
    let shipped = std::fs::read_to_string(format!("{committed}/StockCommitted.v1.json")).unwrap();
    folder.write(
        "StockCommitted.v1.json",
        shipped.replace("\"sku\"", "\"product\""),
    );
    let (code, findings) = lint(folder.path().to_str().unwrap());
    assert_eq!(code, Some(1));
    for (event_type, version, reason) in [
        ("StockShipped", 2, "the code writes an older version"),
        ("StockEvaporated", 1, "no such event type"),
        ("StockCommitted", 1, "/product is unknown now"),
        ("StockCommitted", 1, "/sku is required now"),
    ] {
        let (verdict, reasons) = verdict(&findings, event_type, version);
        assert_eq!(verdict, "incompatible");
        assert!(reasons.contains(reason), "{reasons}");
    }
    assert_eq!(lint("/nowhere").0, Some(65));
}
