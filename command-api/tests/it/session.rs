//! Accounts, log-in and log-out, and the public key.

use std::net::IpAddr;
use std::time::Duration;

use command_api::accounts::{self, Email};
use command_api::sessions::follow_revocations;
use platform::auth::{Revocations, Role, TokenVerifier};
use platform::clock::SystemClock;
use reqwest::{Method, header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::test_app::{PASSWORD, TestApp, TestConfig, accepted, refused};

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_registers_logs_in_and_out() {
    let app = TestApp::new().await;
    let account = json!({"email": "Ada@Example.com", "password": PASSWORD, "name": "Ada"});
    assert_eq!(app.ask("/auth/register", &account).await.status(), 202);
    let token = app.login("ada@example.COM", PASSWORD).await.unwrap();
    let profile = async || {
        app.answer(app.client.get(app.path("/auth/profile")).bearer_auth(&token))
            .await
    };
    let mut own = accepted(profile().await).await;
    let id = own.as_object_mut().unwrap().remove("id").unwrap();
    assert!(id.as_str().unwrap().parse::<Uuid>().is_ok());
    assert_eq!(
        own,
        json!({"email": "Ada@Example.com", "name": "Ada", "roles": ["customer"]})
    );
    let logout = app
        .answer(app.client.post(app.path("/auth/logout")).bearer_auth(&token))
        .await;
    assert_eq!(logout.status().as_u16(), 204);
    let (status, _, body) = refused(profile().await).await;
    assert_eq!(
        (status, body["detail"].as_str().unwrap()),
        (401, "The access token has been revoked. Log in again.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_account_cannot_log_in_until_it_is_enabled() {
    let app = TestApp::new().await;
    let ada = json!({"email": "ada@example.com", "password": PASSWORD, "name": "Ada"});
    accepted(app.ask("/auth/register", &ada).await).await;
    let token = app.login("ada@example.com", PASSWORD).await.unwrap();
    let pool = app.store.pool();
    let email = Email::parse("Ada@example.com").unwrap();
    let id = accounts::find_id(pool, &email).await.unwrap().unwrap();

    accounts::disable(pool, id).await.unwrap();
    assert_eq!(app.login("ada@example.com", PASSWORD).await, Err(401));
    let revocations = app.revocations.clone();
    let following = follow_revocations(pool.clone(), revocations, app.shutdown.token());
    tokio::spawn(following);
    let profile = async || {
        let get = app.client.get(app.path("/auth/profile"));
        app.answer(get.bearer_auth(&token)).await.status().as_u16()
    };
    let shut_out = async {
        while profile().await != 401 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), shut_out)
        .await
        .expect("the session ends");

    accounts::enable(pool, id).await.unwrap();
    assert!(app.login("ada@example.com", PASSWORD).await.is_ok());
    assert_eq!(profile().await, 401, "the old session stays ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_addresses_and_wrong_passwords_get_the_same_answer() {
    let app = TestApp::new().await;
    let account = json!({"email": "ada@example.com", "password": PASSWORD, "name": "Ada"});
    accepted(app.ask("/auth/register", &account).await).await;
    let mut answers = Vec::new();
    for (email, password) in [
        ("ada@example.com", "wrong password"),
        ("bob@example.com", PASSWORD),
    ] {
        let body = json!({"email": email, "password": password});
        let response = app.ask("/auth/login", &body).await;
        let (status, slug, mut body) = refused(response).await;
        body["trace_id"] = Value::Null;
        answers.push((status, slug, body));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].0, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn weak_accounts_are_refused() {
    let app = TestApp::new().await;
    let table = [
        (
            json!({"email": "ada", "password": PASSWORD, "name": "Ada"}),
            "/email",
        ),
        (
            json!({"email": "ada@example.com", "password": "short", "name": "Ada"}),
            "/password",
        ),
        (
            json!({"email": "ada@example.com", "password": "password123", "name": "Ada"}),
            "/password",
        ),
        (
            json!({"email": "ada@example.com", "password": PASSWORD, "name": " "}),
            "/name",
        ),
        (
            json!({"email": "ada@example.com", "password": PASSWORD, "name": "A", "roles": ["admin"]}),
            "/roles",
        ),
    ];
    for (account, pointer) in table {
        let response = app.ask("/auth/register", &account).await;
        let (status, _, body) = refused(response).await;
        assert_eq!(
            (status, body["errors"][0]["pointer"].as_str().unwrap()),
            (422, pointer)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_passwords_is_throttled() {
    let app = TestApp::with(TestConfig {
        logins_per_minute: 3,
        ..TestConfig::default()
    })
    .await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(app.login("ada@example.com", "a wrong one").await.unwrap_err());
    }
    assert_eq!(statuses, [401, 401, 401, 429]);
    let body = json!({"email": "ada@example.com", "password": "a wrong one"});
    let response = app.ask("/auth/login", &body).await;
    assert!(response.headers().contains_key("retry-after"));
}

/// Logs in from another address of this machine, 127.0.0.x, with a cookie or without; returns the status.
async fn login_from(app: &TestApp, last: u8, email: &str, password: &str, cookie: Option<&str>) -> u16 {
    let client = reqwest::Client::builder().local_address(IpAddr::from([127, 0, 0, last]));
    let request = client.build().unwrap().post(app.path("/auth/login"));
    let request = request.json(&json!({"email": email, "password": password}));
    let request = match cookie {
        Some(cookie) => request.header(header::COOKIE, cookie),
        None => request,
    };
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_from_elsewhere_do_not_lock_the_owner_out() {
    let app = TestApp::with(TestConfig {
        logins_per_minute: 3,
        ..TestConfig::default()
    })
    .await;
    let email = "ada@example.com";
    let account = json!({"email": email, "name": "Ada", "password": PASSWORD});
    assert_eq!(app.ask("/auth/register", &account).await.status(), 202);
    let body = json!({"email": email, "password": PASSWORD});
    let known = app.ask("/auth/login", &body).await;
    let cookie = known.headers()[header::SET_COOKIE].to_str().unwrap();
    let cookie = cookie.split_once(';').unwrap().0.to_owned();

    // One address, and then so many that the account has too many attempts.
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(login_from(&app, 2, email, "a wrong one", None).await);
    }
    assert_eq!(statuses, [401, 401, 401, 429]);
    assert_eq!(login_from(&app, 3, email, PASSWORD, None).await, 200);
    let mut last = 4;
    while login_from(&app, last, email, PASSWORD, None).await != 429 {
        last += 1;
        assert!(last < 250, "the attempts of an account are not limited");
    }
    assert_eq!(login_from(&app, 251, email, PASSWORD, Some(&cookie)).await, 200);
    let other = "grace@example.com";
    assert_eq!(login_from(&app, 252, other, "a wrong one", None).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_commands_of_one_account_are_refused() {
    let app = TestApp::with(TestConfig {
        requests_burst: 2,
        ..TestConfig::default()
    })
    .await;
    let customer = app.person(Role::Customer).await;
    let mut last = None;
    for _ in 0..3 {
        last = Some(
            app.send(Some(&customer.token), Method::POST, "/orders", &json!({}))
                .await,
        );
    }
    let last = last.unwrap();
    assert!(last.headers().contains_key("retry-after"));
    assert_eq!(refused(last).await.0, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_count_like_commands() {
    let app = TestApp::with(TestConfig {
        requests_burst: 3,
        ..TestConfig::default()
    })
    .await;
    let customer = app.person(Role::Customer).await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let request = app.client.get(format!("{}/api/v1/auth/profile", app.url));
        let response = request.bearer_auth(&customer.token).send().await.unwrap();
        statuses.push(response.status().as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, 429]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_other_sites_may_not_use_the_session() {
    let app = TestApp::new().await;
    let customer = app.person(Role::Customer).await;
    for path in ["/auth/login", "/auth/refresh", "/auth/logout"] {
        let from = |origin: &str| {
            let body = json!({"email": "ada@example.com", "password": "a wrong one"});
            let request = app.client.post(format!("{}/api/v1{path}", app.url)).json(&body);
            request.bearer_auth(&customer.token).header("origin", origin)
        };
        let refusal = refused(from("https://evil.example").send().await.unwrap()).await;
        assert_eq!((refusal.0, refusal.1.as_str()), (403, "forbidden"), "{path}");
        let own = from(&app.url).send().await.unwrap();
        assert_ne!(own.status(), 403, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_for_another_host_is_refused() {
    let app = TestApp::new().await;
    for (host, status) in [
        ("evil.example", 421),
        ("127.0.0.1.evil.example:8080", 421),
        ("LOCALHOST:1", 401),
        ("[::1]:8080", 401),
    ] {
        let request = app.client.get(format!("{}/api/v1/auth/profile", app.url));
        let response = request.header("host", host).send().await.unwrap();
        assert_eq!(response.status(), status, "{host}");
        if status == 421 {
            assert_eq!(refused(response).await.1, "misdirected-request");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_published_key_verifies_the_tokens() {
    use base64::Engine as _;
    let app = TestApp::new().await;
    let person = app.person(Role::Analyst).await;
    let url = format!("{}/.well-known/jwks.json", app.url);
    let keys: Value = app.answer(app.client.get(url)).await.json().await.unwrap();
    let x = keys["keys"][0]["x"].as_str().unwrap();
    let key = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(x)
        .unwrap();
    let verifier = TokenVerifier::new(
        key.try_into().unwrap(),
        Revocations::new(),
        std::sync::Arc::new(SystemClock),
    );
    assert_eq!(verifier.verify(&person.token).unwrap().subject, person.id);
}
