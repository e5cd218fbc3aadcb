//! Registration tells nobody whether an address has an account.

use std::collections::BTreeMap;

use reqwest::Response;
use serde_json::{Value, json};

use crate::test_app::{PASSWORD, TestApp, TestConfig, accepted, refused};

fn account(email: &str, password: &str, name: &str) -> Value {
    json!({"email": email, "password": password, "name": name})
}

/// Status, headers and body, without what differs from request to request.
async fn comparable(response: Response) -> (u16, BTreeMap<String, String>, Value) {
    let status = response.status().as_u16();
    let headers = response.headers().iter();
    let headers = headers
        .filter(|(name, _)| !["date", "x-request-id", "traceparent"].contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    (status, headers, response.json().await.unwrap())
}

/// Accounts and sessions as they are stored.
async fn stored(app: &TestApp) -> (Value, Value) {
    let sql =
        |table| format!("SELECT COALESCE(json_agg(t ORDER BY created_at), '[]') FROM command.{table} AS t");
    let read = async |table| {
        let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(sql(table)));
        rows.fetch_one(app.database.pool()).await.unwrap()
    };
    (read("accounts").await, read("sessions").await)
}

async fn person_keys(app: &TestApp) -> i64 {
    let count = sqlx::query_scalar("SELECT COUNT(*) FROM event_store.subject_keys");
    count.fetch_one(app.database.pool()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_address_gets_the_answer_of_a_free_one() {
    let app = TestApp::new().await;
    let register = async |account: Value| comparable(app.ask("/auth/register", &account).await).await;
    let free = register(account("ada@example.com", PASSWORD, "Ada")).await;
    assert_eq!(free.0, 202);
    assert!(!free.1.contains_key("set-cookie"), "{:?}", free.1);
    let token = app.login("ada@example.com", PASSWORD).await.unwrap();
    let before = stored(&app).await;
    for email in ["ada@example.com", " ADA@Example.com ", "\u{ff21}da@example.com"] {
        let taken = register(account(email, "another password", "Eve")).await;
        assert_eq!(taken, free, "{email}");
        assert_eq!(app.login(email, "another password").await, Err(401), "{email}");
    }
    assert_eq!(stored(&app).await, before);
    let profile = app.client.get(app.path("/auth/profile")).bearer_auth(&token);
    assert_eq!(accepted(app.answer(profile).await).await["name"], "Ada");
    assert!(app.login("ada@example.com", PASSWORD).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_address_takes_the_steps_of_a_free_one() {
    let app = TestApp::new().await;
    let ada = account("ada@example.com", PASSWORD, "Ada");
    let mut keys = Vec::new();
    for _ in 0..3 {
        accepted(app.ask("/auth/register", &ada).await).await;
        keys.push(person_keys(&app).await);
    }
    // The key is stored after the password was hashed, and before the address is looked for.
    assert_eq!(keys, [1, 2, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_is_limited_as_logging_in_is() {
    let app = TestApp::with(TestConfig {
        logins_per_minute: 3,
        ..TestConfig::default()
    })
    .await;
    let ada = account("ada@example.com", PASSWORD, "Ada");
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(app.ask("/auth/register", &ada).await.status().as_u16());
    }
    assert_eq!(statuses, [202, 202, 202]);
    let (status, slug, _) = refused(app.ask("/auth/register", &ada).await).await;
    assert_eq!((status, slug.as_str()), (429, "rate-limited"));
    assert_eq!(app.login("ada@example.com", PASSWORD).await, Err(429));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_registers_while_the_disk_is_full() {
    let app = TestApp::new().await;
    let ada = account("ada@example.com", PASSWORD, "Ada");
    app.storage.set_full(true);
    let (status, slug, _) = refused(app.ask("/auth/register", &ada).await).await;
    assert_eq!((status, slug.as_str()), (503, "storage-full"));
    app.storage.set_full(false);
    accepted(app.ask("/auth/register", &ada).await).await;
}
