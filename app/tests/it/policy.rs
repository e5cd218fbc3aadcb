//! Tests `waybill policy` against a database with a parked event.

use std::process::Output;

use serde_json::Value;

use crate::import_instance::Instance;

const KEY: &str = "0198a1b2-c3d4-7e5f-8a6b-000000000001";

async fn parked() -> Instance {
    let instance = Instance::new().await;
    sqlx::query(
        "INSERT INTO command.policy_letters (policy, position, key, event_type, state, attempts, error)
         VALUES ('settlement', 7, $1, 'DeliveryPickedUp', 'parked', 10, '500 Internal Server Error'),
                ('settlement', 9, $1, 'ReturnReceived', 'waiting', 0, NULL)",
    )
    .bind(KEY)
    .execute(instance.pool())
    .await
    .unwrap();
    instance
}

/// Position, state and attempts of each letter.
async fn letters(instance: &Instance) -> Vec<(i64, String, i32)> {
    sqlx::query_as("SELECT position, state, attempts FROM command.policy_letters ORDER BY position")
        .fetch_all(instance.pool())
        .await
        .unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn parked_events_are_listed_with_key_event_position_attempts_and_error() {
    let instance = parked().await;
    let output = instance.run(&["policy", "list"]);
    assert_eq!(output.status.code(), Some(0));
    let listed = text(&output);
    for part in [
        "parked 1",
        KEY,
        "DeliveryPickedUp at position 7, 10 attempts, parked",
        "1 later events of this key wait",
        "500 Internal Server Error",
    ] {
        assert!(listed.contains(part), "{part}: {listed}");
    }
    let json: Value = serde_json::from_slice(&instance.run(&["policy", "list", "--json"]).stdout).unwrap();
    assert_eq!(json["policies"][0]["state"], "parked");
    assert_eq!(json["policies"][0]["error"], "500 Internal Server Error");
    assert_eq!(json["letters"][0]["key"], KEY);
    assert_eq!(json["letters"][0]["position"], 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_resets_the_attempts_and_a_skip_releases_the_next_event() {
    let state = |position, state: &str| (position, state.to_owned(), 0);
    let instance = parked().await;
    let output = instance.run(&["policy", "retry", "settlement", "--all"]);
    assert!(text(&output).contains("1 parked events"), "{}", text(&output));
    assert_eq!(
        letters(&instance).await,
        [state(7, "retrying"), state(9, "waiting")]
    );

    let instance = parked().await;
    let output = instance.run(&["policy", "retry", "settlement", KEY]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(
        letters(&instance).await,
        [state(7, "retrying"), state(9, "waiting")]
    );

    let output = instance.run(&["policy", "skip", "settlement", KEY, "--reason", "paid in cash"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(
        letters(&instance).await,
        [state(7, "skipped"), state(9, "retrying")]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_policy_key_or_reason_is_bad_input_and_changes_nothing() {
    let instance = parked().await;
    let before = letters(&instance).await;
    let cases: [(&[&str], i32, &str); 5] = [
        (
            &["policy", "retry", "settlements", KEY],
            65,
            "there is no policy `settlements`",
        ),
        (
            &["policy", "retry", "settlement", "another"],
            65,
            "no letter with the key `another`",
        ),
        (
            &["policy", "skip", "settlement", KEY, "--reason", " "],
            65,
            "--reason",
        ),
        (&["policy", "skip", "settlement", KEY], 2, "--reason"),
        (&["policy", "retry", "settlement"], 2, "KEY"),
    ];
    for (arguments, code, says) in cases {
        let output = instance.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(text(&output).contains(says), "{}", text(&output));
    }
    assert_eq!(letters(&instance).await, before);
}
