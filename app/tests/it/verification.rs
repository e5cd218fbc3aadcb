//! Verification of the log and its anchors, over HTTP.

use serde_json::{Value, json};
use testkit::eventually;

use crate::replay_http::Served;

const VERIFICATIONS: &str = "log/verifications";
const ANCHORS: &str = "log/anchors";

async fn execute(served: &Served, statements: &'static str) {
    sqlx::raw_sql(statements)
        .execute(served.instance.pool())
        .await
        .unwrap();
}

/// Verifies the log, and returns the verification once it has finished.
async fn verified(served: &Served, admin: &str) -> Value {
    let (status, started) = served.post(Some(admin), VERIFICATIONS).await;
    assert_eq!(
        (status, &started["finished_at"]),
        (202, &Value::Null),
        "{started}"
    );
    let last = async || {
        let (_, listed) = served.call(Some(admin), VERIFICATIONS, None).await;
        listed["items"][0].clone()
    };
    eventually("the verification finishes", async || {
        !last().await["finished_at"].is_null()
    })
    .await;
    let last = last().await;
    assert_eq!(last["id"], started["id"]);
    last
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_verifies_the_log_and_damage_is_named_by_position() {
    let served = Served::new().await;
    let admin = served.log_in("admin").await;
    let (status, anchor) = served.post(Some(&admin), ANCHORS).await;
    let head = anchor["position"].as_i64().unwrap();
    assert_eq!((status, head), (200, served.instance.head().await));
    let (_, anchors) = served.call(Some(&admin), ANCHORS, None).await;
    assert_eq!(
        (&anchors["items"][0], &anchors["damage"]),
        (&anchor, &Value::Null)
    );

    let sound = verified(&served, &admin).await;
    assert_eq!(
        (&sound["position"], &sound["error"]),
        (&json!(head), &Value::Null)
    );
    assert_eq!(sound["report"]["events"], json!(head));
    assert_eq!(sound["report"]["finding_count"], 0);
    assert!(sound["report"]["anchors"].as_u64().unwrap() >= 1, "{sound}");
    assert!(sound["requested_by"].as_str().unwrap().starts_with("account "));

    execute(
        &served,
        "ALTER TABLE event_store.events DISABLE TRIGGER USER;
         UPDATE event_store.events SET occurred_at = occurred_at + interval '1 second' WHERE position = 3",
    )
    .await;
    let damaged = verified(&served, &admin).await;
    assert_eq!(damaged["report"]["findings"][0]["position"], 3, "{damaged}");

    let file = anchors["file"].as_str().unwrap();
    let lines = std::fs::read_to_string(file).unwrap();
    std::fs::write(file, lines.replace("\"position\":", "\"position\":1")).unwrap();
    let (_, anchors) = served.call(Some(&admin), ANCHORS, None).await;
    assert!(
        anchors["damage"].as_str().unwrap().contains("line 1"),
        "{anchors}"
    );
    let (status, problem) = served.post(Some(&admin), ANCHORS).await;
    assert_eq!(
        (status, &problem["title"]),
        (409, &json!("The anchors are damaged"))
    );
    let unread = verified(&served, &admin).await;
    assert!(unread["error"].as_str().unwrap().contains("line 1"), "{unread}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_verification_and_everybody_else_is_refused() {
    let served = Served::new().await;
    let (admin, analyst) = (served.log_in("admin").await, served.log_in("analyst").await);
    for what in [VERIFICATIONS, ANCHORS] {
        for (caller, expected) in [(None, 401), (Some(analyst.as_str()), 403)] {
            assert_eq!(served.call(caller, what, None).await.0, expected);
            assert_eq!(served.post(caller, what).await.0, expected);
        }
    }
    // Another process verifies the log.
    execute(
        &served,
        "INSERT INTO event_store.verifications (requested_by, head) VALUES ('account of another', 9)",
    )
    .await;
    let (status, problem) = served.post(Some(&admin), VERIFICATIONS).await;
    assert_eq!(
        (status, &problem["title"]),
        (409, &json!("The log is being verified"))
    );
    let (_, listed) = served.call(Some(&admin), VERIFICATIONS, None).await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    // It stops without a word.
    execute(
        &served,
        "UPDATE event_store.verifications SET seen_at = seen_at - interval '1 minute'",
    )
    .await;
    assert_eq!(verified(&served, &admin).await["report"]["finding_count"], 0);
}
