//! Tests the anchors of the log at the command line.

use serde_json::Value;

use crate::import_instance::{HEADER, Instance};

#[tokio::test]
async fn anchors_are_written_and_compared() {
    let instance = Instance::new().await;
    let empty = instance.run(&["events", "anchor"]);
    assert_eq!(empty.status.code(), Some(65), "{empty:?}");
    let row =
        "536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom";
    let file = instance.folder.write("rows.csv", [HEADER, row].join("\n"));
    instance.import(&file);
    let copy = instance.folder.path().join("copy.jsonl");
    let copy = copy.to_str().unwrap();
    // The second time nothing is new: only the copy gets the same anchor again.
    for _ in 0..2 {
        let written = instance.run(&["events", "anchor", "--out", copy, "--json"]);
        assert!(written.status.success(), "{written:?}");
    }
    let own = std::fs::read_to_string(instance.folder.path().join("anchors/anchors.jsonl")).unwrap();
    assert_eq!(std::fs::read_to_string(copy).unwrap(), own.repeat(2));
    let report = |arguments: &[&str]| {
        let output = instance.run(arguments);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.success(), report)
    };
    let verify = ["events", "verify", "--json"];
    let (is_sound, all) = report(&verify);
    assert_eq!((is_sound, &all["anchors"]), (true, &Value::from(1)));
    assert!(report(&["events", "verify", "--json", "--anchor", copy]).0);

    let damaged = instance
        .folder
        .write("damaged.jsonl", own.replace("\"position\":", "\"position\":1"));
    for (file, code) in [(damaged.to_str().unwrap(), 65), ("/no/such/file", 66)] {
        let refused = instance.run(&["events", "verify", "--anchor", file]);
        assert_eq!(refused.status.code(), Some(code), "{refused:?}");
        assert!(!refused.stderr.is_empty());
    }

    // A second import is cut off again, in every table.
    let head = instance.head().await;
    let statements = format!(
        "ALTER TABLE event_store.events DISABLE TRIGGER USER; DELETE FROM event_store.events WHERE position = {head};
         UPDATE event_store.log_head SET position = {head} - 1"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(statements))
        .execute(instance.pool())
        .await
        .unwrap();
    let (is_sound, cut) = report(&verify);
    let named = cut["findings"].as_array().unwrap().iter();
    let mut named = named.filter(|finding| finding["position"] == head);
    assert!(
        !is_sound && named.any(|finding| finding["detail"].as_str().unwrap().contains("old copy")),
        "{cut}"
    );
}
