//! Guests find their orders by number and e-mail address.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::order::Number;
use platform::auth::Role;
use platform::clock::{Clock as _, ManualClock, SystemClock};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::test_app::{Person, TestApp, TestConfig, accepted, order, refused};

const EMAIL: &str = "Ada@Example.com";
/// How long a search without a result takes.
const NOT_FOUND_AFTER: Duration = Duration::from_millis(500);

async fn find(app: &TestApp, number: &str, email: &str) -> Response {
    let body = json!({"number": number, "email": email});
    app.ask("/guest-tokens", &body).await
}

/// An order of one mug, by a customer or a guest.
async fn placed(app: &TestApp, customer: Option<&Person>) -> Value {
    let token = customer.map(|customer| customer.token.as_str());
    let body = order(&[("MUG", 1)], Some(EMAIL));
    accepted(app.send(token, Method::POST, "/orders", &body).await).await
}

async fn with_mugs(config: TestConfig) -> TestApp {
    let app = TestApp::with(config).await;
    let seller = app.person(Role::Seller).await;
    app.product(&seller, "MUG", 9).await;
    app
}

fn text<'a>(answer: &'a Value, name: &str) -> &'a str {
    answer[name].as_str().unwrap()
}

/// The status of the answer to a note on this order.
async fn note(app: &TestApp, token: &str, order: &Value) -> u16 {
    let path = format!("/orders/{}/notes", text(order, "id"));
    let body = json!({"text": "Ring twice."});
    let answer = app.send(Some(token), Method::POST, &path, &body);
    answer.await.status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_finds_the_order_by_number_and_address_as_people_type_them() {
    let app = with_mugs(TestConfig::default()).await;
    let order = placed(&app, None).await;
    let other = placed(&app, None).await;
    let number = text(&order, "number");
    for (number, email) in [
        (number.to_owned(), EMAIL),
        (number.to_lowercase().replace('-', " "), " ada@example.COM"),
        (number[3..].to_owned(), "\u{ff21}da@example.com"),
    ] {
        let found = accepted(find(&app, &number, email).await).await;
        assert_eq!(found["order_id"], order["id"], "{number} {email}");
        assert_eq!(note(&app, text(&found, "guest_token"), &order).await, 201);
        assert_eq!(note(&app, text(&found, "guest_token"), &other).await, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_not_found_gets_the_same_answer_after_the_same_time() {
    let app = with_mugs(TestConfig::default()).await;
    let customer = app.person(Role::Customer).await;
    let (of_guest, of_account) = (placed(&app, None).await, placed(&app, Some(&customer)).await);
    let erased = placed(&app, None).await;
    let order_id: Uuid = text(&erased, "id").parse().unwrap();
    app.keys.erase(Uuid::new_v5(&order_id, b"person")).await.unwrap();
    let mut answers = Vec::new();
    for (number, email) in [
        (text(&of_guest, "number"), "eve@example.com"),
        ("WB-0000-0000", EMAIL),
        (text(&of_account, "number"), EMAIL),
        (text(&erased, "number"), EMAIL),
    ] {
        let started = Instant::now();
        let (status, slug, mut body) = refused(find(&app, number, email).await).await;
        assert!(started.elapsed() >= NOT_FOUND_AFTER, "{number} {email}");
        body["trace_id"] = Value::Null;
        answers.push((status, slug, body));
    }
    assert_eq!((answers[0].0, answers[0].1.as_str()), (404, "not-found"));
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_finds_the_order_after_the_first_token_has_expired() {
    let clock = Arc::new(ManualClock::new(SystemClock.now()));
    let app = with_mugs(TestConfig {
        clock: clock.clone(),
        ..TestConfig::default()
    })
    .await;
    let order = placed(&app, None).await;
    clock.advance(TimeDelta::days(31));
    assert_eq!(note(&app, text(&order, "guest_token"), &order).await, 401);
    let found = accepted(find(&app, text(&order, "number"), EMAIL).await).await;
    let expires_at: chrono::DateTime<chrono::Utc> = text(&found, "expires_at").parse().unwrap();
    assert_eq!(expires_at, clock.now() + TimeDelta::days(30));
    assert_eq!(note(&app, text(&found, "guest_token"), &order).await, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_the_address_of_an_order_is_limited() {
    let app = with_mugs(TestConfig {
        logins_per_minute: 3,
        ..TestConfig::default()
    })
    .await;
    let (order, other) = (placed(&app, None).await, placed(&app, None).await);
    let number = text(&order, "number");
    let mut statuses = Vec::new();
    for guess in ["a@example.com", "b@example.com", "c@example.com", EMAIL] {
        statuses.push(find(&app, number, guess).await.status().as_u16());
    }
    assert_eq!(statuses, [404, 404, 404, 429]);
    let response = find(&app, &number.to_lowercase(), EMAIL).await;
    assert!(response.headers().contains_key("retry-after"));
    assert_eq!(find(&app, text(&other, "number"), EMAIL).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_is_no_number_or_address_is_refused_at_its_field() {
    let app = TestApp::new().await;
    let (status, _, body) = refused(find(&app, "WB-1234", "ada").await).await;
    let errors = body["errors"].as_array().unwrap().iter();
    let pointers: Vec<_> = errors.map(|error| error["pointer"].clone()).collect();
    assert_eq!((status, pointers), (422, vec![json!("/number"), json!("/email")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_looked_up_by_number_along_an_index() {
    let app = with_mugs(TestConfig::default()).await;
    let order = placed(&app, None).await;
    let number = Number::parse(text(&order, "number")).unwrap();
    let found = app.api.lookup().numbered(number).await.unwrap();
    assert_eq!(
        found.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [text(&order, "id")]
    );
    let plan: Vec<String> = sqlx::query_scalar(
        "EXPLAIN SELECT stream_id FROM event_store.streams
         WHERE stream_type = 'order' AND \"right\"(stream_id, 10) = '0000000000' LIMIT 8",
    )
    .fetch_all(&mut *without_scans(&app).await)
    .await
    .unwrap();
    assert!(plan.join("\n").contains("streams_order_number_idx"), "{plan:#?}");
}

/// A connection that scans a table only if it has no index for the query.
async fn without_scans(app: &TestApp) -> sqlx::pool::PoolConnection<sqlx::Postgres> {
    let mut connection = app.database.pool().acquire().await.unwrap();
    let off = sqlx::query("SET enable_seqscan = off");
    off.execute(&mut *connection).await.unwrap();
    connection
}
