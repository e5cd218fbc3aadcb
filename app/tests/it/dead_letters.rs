//! Dead letters of projections and policies: one list, and the same operations in the terminal and over HTTP.

use std::process::Output;

use serde_json::{Value, json};
use testkit::eventually;

use crate::import_instance::Instance;
use crate::projection::{imported, json_of, until_all_run};
use crate::replay_http::Served;

/// The first events of the first product and of the first order, the later one of each waiting behind the first.
const LETTERS: &str = "
    INSERT INTO read_model.dead_letters
        (projection, position, key, event_id, event_type, state, reason, attempts, last_attempt_at)
    SELECT 'products', position, partition_key, event_id, event_type,
        CASE place WHEN 1 THEN 'poison' ELSE 'waiting' END, 'a bug', CASE place WHEN 1 THEN 1 ELSE 0 END, now()
    FROM (SELECT *, row_number() OVER (ORDER BY position) AS place FROM event_store.events WHERE partition_key =
              (SELECT partition_key FROM event_store.events WHERE event_type = 'ProductListed' ORDER BY position LIMIT 1)
         ) AS events WHERE place <= 2;
    INSERT INTO command.policy_letters (policy, position, key, event_type, state, attempts, error)
    SELECT 'settlement', position, partition_key, event_type, CASE place WHEN 1 THEN 'parked' ELSE 'waiting' END,
        CASE place WHEN 1 THEN 10 ELSE 0 END, CASE place WHEN 1 THEN '500 Internal Server Error' END
    FROM (SELECT *, row_number() OVER (ORDER BY position) AS place FROM event_store.events WHERE partition_key =
              (SELECT partition_key FROM event_store.events WHERE event_type = 'OrderPlaced' ORDER BY position LIMIT 1)
         ) AS events WHERE place <= 2";

async fn parked() -> Instance {
    let instance = imported().await;
    sqlx::raw_sql(LETTERS).execute(instance.pool()).await.unwrap();
    instance
}

fn list(instance: &Instance, conditions: &[&str]) -> Value {
    json_of(
        instance,
        &[&["dead-letters", "list", "--json"], conditions].concat(),
    )
}

/// The first listed dead letter of a consumer.
fn first(instance: &Instance, consumer: &str) -> Value {
    list(instance, &["--consumer", consumer])["dead_letters"][0].clone()
}

fn text(output: &Output) -> String {
    String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap()
}

fn run(instance: &Instance, arguments: &[&str]) -> (Option<i32>, String) {
    let output = instance.run(&[&["dead-letters"], arguments].concat());
    (output.status.code(), text(&output))
}

fn id_of(letter: &Value) -> &str {
    letter["id"].as_str().unwrap()
}

/// Asserts that the counts of the status and of the list are the number of rows.
fn assert_counted(instance: &Instance, rows: usize) {
    let listed = list(instance, &[]);
    assert_eq!(listed["dead_letters"].as_array().unwrap().len(), rows);
    assert_eq!(listed["count"], rows);
    let projections = json_of(instance, &["projection", "list", "--json"]);
    let policies = json_of(instance, &["policy", "list", "--json"]);
    let sum = |consumers: &Value, field: &str| -> i64 {
        let consumers = consumers.as_array().unwrap();
        consumers
            .iter()
            .map(|consumer| consumer[field].as_i64().unwrap())
            .sum()
    };
    let counted = sum(&projections, "parked") + sum(&policies, "letters");
    assert_eq!(usize::try_from(counted).unwrap(), rows);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_list_has_the_dead_letters_of_projections_and_policies_and_its_count_is_its_length() {
    let instance = parked().await;
    assert_counted(&instance, 4);
    let status = json_of(&instance, &["status", "--json"]);
    let policies = status["policies"].as_array().unwrap();
    let settlement = policies.iter().find(|policy| policy["name"] == "settlement");
    assert_eq!(settlement.unwrap()["parked"], 2, "one waits behind the other");
    let (code, listed) = run(&instance, &["list"]);
    assert_eq!(code, Some(0), "{listed}");
    for part in [
        "products:",
        "settlement:",
        "parked",
        "waiting",
        "a bug",
        "500 Internal",
        "4 of 4 shown",
    ] {
        assert!(listed.contains(part), "{part}: {listed}");
    }
    let policy = first(&instance, "settlement");
    assert_eq!((&policy["attempts"], &policy["behind"]), (&json!(10), &json!(1)));
    for (conditions, count) in [
        (&["--error", "internal SERVER"][..], 1),
        (&["--type", "ProductListed"], 1),
        (&["--key", policy["key"].as_str().unwrap()], 2),
        (&["--since", "2020-01-01"], 4),
        (&["--since", "2999-01-01"], 0),
    ] {
        assert_eq!(list(&instance, conditions)["count"], count, "{conditions:?}");
    }
    let page = list(&instance, &["--limit", "1"]);
    let after = id_of(&page["dead_letters"][0]).to_owned();
    let rest = list(&instance, &["--after", &after]);
    assert_eq!(
        (&page["count"], rest["dead_letters"].as_array().unwrap().len()),
        (&json!(4), 3)
    );
    let (code, shown) = run(&instance, &["show", id_of(&policy)]);
    assert_eq!(code, Some(0), "{shown}");
    for part in [
        "payload",
        "500 Internal Server Error",
        "1 later events",
        "correlation",
        "--attempts 10",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_retry_is_counted_first_and_everything_is_recorded() {
    let instance = parked().await;
    let (_, counted) = run(&instance, &["retry", "--all"]);
    assert!(
        counted.contains("4 dead letters of 2 keys would be retried"),
        "{counted}"
    );
    assert_counted(&instance, 4);
    let (_, nothing) = run(&instance, &["retry", "--error", "no such error", "--yes"]);
    assert!(nothing.contains("0 dead letters of 0 keys"), "{nothing}");
    let (code, done) = run(&instance, &["retry", "--all", "--yes", "--reason", "fixed"]);
    assert_eq!(code, Some(0), "{done}");
    assert!(done.contains("1 are tried within seconds"), "{done}");
    // The projection has applied its events, the policy has not run.
    assert_counted(&instance, 2);
    let letter = first(&instance, "settlement");
    assert_eq!(
        (&letter["state"], &letter["attempts"]),
        (&json!("retrying"), &json!(0))
    );
    let names: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM read_model.products")
        .fetch_one(instance.pool())
        .await
        .unwrap();
    assert_eq!(names, 1);
    let history = json_of(&instance, &["dead-letters", "history", "--json"]);
    let recorded: Vec<_> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|action| {
            (
                action["name"].as_str().unwrap(),
                action["verb"].as_str().unwrap(),
                &action["reason"],
            )
        })
        .collect();
    let fixed = json!("fixed");
    assert_eq!(recorded.len(), 2);
    for name in ["products", "settlement"] {
        assert!(recorded.contains(&(name, "retry", &fixed)), "{recorded:?}");
    }
    // Nothing parked is left, and nothing resolved comes back.
    let (_, again) = run(&instance, &["retry", "--all", "--yes"]);
    assert!(again.contains("0 dead letters of 0 keys"), "{again}");
    assert_counted(&instance, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_in_the_terminal_is_named_and_changes_nothing() {
    let instance = parked().await;
    let letter = first(&instance, "settlement");
    let (id, event_id) = (id_of(&letter), letter["event_id"].as_str().unwrap());
    let skip = |attempts: &'static str, reason: &'static str| {
        vec![
            "skip",
            id,
            "--event-id",
            event_id,
            "--attempts",
            attempts,
            "--reason",
            reason,
        ]
    };
    for (arguments, code, says) in [
        (
            vec!["list", "--consumer", "rumours"],
            65,
            "no projection or policy `rumours`",
        ),
        (
            vec!["show", "orders:999999"],
            65,
            "no dead letter `orders:999999`",
        ),
        (vec!["show", "orders"], 2, "like orders:17"),
        (vec!["retry", "orders:999999"], 65, "no dead letter"),
        (vec!["retry"], 2, "--all"),
        (skip("10", " "), 65, "--reason"),
        (skip("9", "seen too late"), 1, "has changed since"),
    ] {
        let (exit, said) = run(&instance, &arguments);
        assert_eq!(exit, Some(code), "{arguments:?}: {said}");
        assert!(said.contains(says), "{said}");
    }
    assert_counted(&instance, 4);
    assert_eq!(first(&instance, "settlement"), letter);
    assert_eq!(
        json_of(&instance, &["dead-letters", "history", "--json"]),
        json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_lists_opens_retries_and_skips_over_http() {
    let served = Served::of(imported().await).await;
    let (admin, analyst) = (served.log_in("admin").await, served.log_in("analyst").await);
    until_all_run(&served.instance).await;
    sqlx::raw_sql(LETTERS)
        .execute(served.instance.pool())
        .await
        .unwrap();
    assert_eq!(served.call(Some(&analyst), "dead-letters", None).await.0, 403);
    let (_, listed) = served
        .call(Some(&admin), "dead-letters?limit=1&error=500", None)
        .await;
    assert_eq!(
        (&listed["count"], &listed["next_cursor"]),
        (&json!(1), &Value::Null)
    );
    let id = id_of(&listed["items"][0]).to_owned();
    let letter = format!("dead-letters/{id}");
    let (status, opened) = served.call(Some(&admin), &letter, None).await;
    assert_eq!((status, &opened["behind"]), (200, &json!(1)));
    assert!(opened["payload"].is_object() && listed["items"][0].get("payload").is_none());
    let (_, counted) = served
        .call(Some(&admin), "dead-letters", Some(json!({"dry_run": true})))
        .await;
    assert_eq!((&counted["keys"], &counted["letters"]), (&json!(2), &json!(4)));
    let skip = format!("{letter}/skip");
    let body = |attempts: i64| json!({"event_id": opened["event_id"], "attempts": attempts, "reason": "paid in cash"});
    let (status, refused) = served.call(Some(&admin), &skip, Some(body(9))).await;
    assert_eq!(status, 409, "{refused}");
    assert_eq!(served.call(Some(&admin), &skip, Some(body(10))).await.0, 200);
    assert_eq!(
        served.call(Some(&admin), &skip, Some(body(10))).await.0,
        409,
        "it is gone"
    );
    // The next event of the key is handled by the running policy.
    eventually("the policy has resolved the rest", async || {
        let listed = served
            .call(Some(&admin), "dead-letters?consumer=settlement", None)
            .await
            .1;
        listed["count"] == 0 || listed["items"][0]["attempts"].as_i64() > Some(0)
    })
    .await;
    let (_, actions) = served
        .call(Some(&admin), "operator-actions?subject=dead_letter", None)
        .await;
    let action = &actions["items"][0];
    assert_eq!(
        (&action["verb"], &action["reason"]),
        (&json!("skip"), &json!("paid in cash"))
    );
    assert!(action["by"].as_str().unwrap().starts_with("account "));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_over_http_is_named_by_its_field() {
    let served = Served::of(imported().await).await;
    let admin = served.log_in("admin").await;
    assert_eq!(
        served
            .call(Some(&admin), "dead-letters/orders:999999", None)
            .await
            .0,
        404
    );
    for (path, body, pointer) in [
        ("dead-letters?consumer=rumours", None, "?consumer"),
        (
            "dead-letters",
            Some(json!({"dry_run": true, "consumer": "rumours"})),
            "/consumer",
        ),
        ("dead-letters", Some(json!({"consumer": "orders"})), "/dry_run"),
    ] {
        let (status, problem) = served.call(Some(&admin), path, body).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!(pointer)));
    }
}

/// Gives the event of the first parked product a text of schema version 1, by an account without a key: an erased one.
const CLEAR_TEXT: &str = "
    ALTER TABLE event_store.events DISABLE TRIGGER USER;
    UPDATE event_store.events SET
        payload = jsonb_set(payload::jsonb, '{reason}', '\"canary\"')::json,
        metadata = jsonb_set(metadata::jsonb, '{actor}',
            '{\"kind\": \"account\", \"account_id\": \"0198a1b2-c3d4-7e5f-8a6b-000000000007\"}')::json
    WHERE position = (SELECT position FROM read_model.dead_letters WHERE state = 'poison');
    ALTER TABLE event_store.events ENABLE TRIGGER USER";

#[tokio::test(flavor = "multi_thread")]
async fn an_opened_dead_letter_withholds_the_texts_of_an_erased_person() {
    let instance = parked().await;
    sqlx::raw_sql(CLEAR_TEXT).execute(instance.pool()).await.unwrap();
    let letter = first(&instance, "products");
    let opened = json_of(&instance, &["dead-letters", "show", id_of(&letter), "--json"]);
    assert_eq!(opened["payload"]["reason"], json!({"erased": true}), "{opened}");
}
