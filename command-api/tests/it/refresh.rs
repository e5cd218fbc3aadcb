//! Refresh tokens: each is valid once.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::TimeDelta;
use command_api::accounts;
use domain::AccountId;
use futures_util::future::join_all;
use platform::auth::Role;
use platform::clock::{Clock as _, ManualClock, SystemClock};
use reqwest::{Response, header};
use serde_json::{Value, json};

use crate::test_app::{PASSWORD, TestApp, TestConfig, accepted, refused};

/// Longer than a used token is still accepted.
const LATER: TimeDelta = TimeDelta::seconds(62);

/// A logged-in user and the refresh token in their browser.
struct Holder {
    access_token: String,
    refresh_token: String,
}

impl Holder {
    async fn of(response: Response) -> Self {
        let refresh_token = cookie(&response);
        let body = accepted(response).await;
        Self {
            access_token: body["access_token"].as_str().unwrap().to_owned(),
            refresh_token,
        }
    }
}

/// The refresh token in an answer's cookie.
fn cookie(response: &Response) -> String {
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
    let (pair, attributes) = cookie.split_once(';').unwrap();
    let attributes: HashSet<&str> = attributes.split(';').map(str::trim).collect();
    for expected in ["HttpOnly", "SameSite=Strict", "Path=/api/v1/auth"] {
        assert!(attributes.contains(expected), "{cookie}");
    }
    pair.strip_prefix("waybill_refresh=").unwrap().to_owned()
}

struct Stage {
    app: TestApp,
    clock: Arc<ManualClock>,
}

impl Stage {
    async fn new() -> Self {
        let clock = Arc::new(ManualClock::new(SystemClock.now()));
        let app = TestApp::with(TestConfig {
            clock: clock.clone(),
            ..TestConfig::default()
        })
        .await;
        let ada = json!({"email": "ada@example.com", "password": PASSWORD, "name": "Ada"});
        accepted(app.ask("/auth/register", &ada).await).await;
        Self { app, clock }
    }

    async fn log_in(&self) -> Holder {
        let ada = json!({"email": "ada@example.com", "password": PASSWORD});
        Holder::of(self.app.ask("/auth/login", &ada).await).await
    }

    async fn refresh(&self, refresh_token: &str) -> Response {
        let post = self.app.client.post(self.app.path("/auth/refresh"));
        let cookie = format!("waybill_refresh={refresh_token}");
        self.app.answer(post.header(header::COOKIE, cookie)).await
    }

    async fn refreshed(&self, refresh_token: &str) -> Holder {
        Holder::of(self.refresh(refresh_token).await).await
    }

    async fn is_refused(&self, refresh_token: &str) -> bool {
        let response = self.refresh(refresh_token).await;
        response.status().as_u16() == 401 && response.headers().contains_key(header::WWW_AUTHENTICATE)
    }

    async fn profile(&self, holder: &Holder) -> u16 {
        let get = self.app.client.get(self.app.path("/auth/profile"));
        let response = self.app.answer(get.bearer_auth(&holder.access_token)).await;
        response.status().as_u16()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_outlives_its_access_tokens() {
    let stage = Stage::new().await;
    let mut holder = stage.log_in().await;
    for _ in 0..3 {
        stage.clock.advance(TimeDelta::minutes(16));
        assert_eq!(stage.profile(&holder).await, 401, "the access token has expired");
        let next = stage.refreshed(&holder.refresh_token).await;
        assert_ne!(next.refresh_token, holder.refresh_token);
        assert_eq!(stage.profile(&next).await, 200);
        holder = next;
    }
    stage.clock.advance(TimeDelta::days(30));
    assert!(
        stage.is_refused(&holder.refresh_token).await,
        "unused for too long"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn reusing_a_token_ends_only_its_session() {
    let stage = Stage::new().await;
    let (first, other) = (stage.log_in().await, stage.log_in().await);
    let second = stage.refreshed(&first.refresh_token).await;
    stage.clock.advance(LATER);
    assert!(stage.is_refused(&first.refresh_token).await, "used before");
    assert!(stage.is_refused(&second.refresh_token).await, "its session ended");
    assert_eq!(stage.profile(&second).await, 401, "the session ends at once");
    assert_eq!(stage.profile(&other).await, 200);
    stage.refreshed(&other.refresh_token).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recent_tokens_are_answered_with_the_newest_for_a_minute() {
    let stage = Stage::new().await;
    let first = stage.log_in().await;
    let second = stage.refreshed(&first.refresh_token).await;
    stage.clock.advance(TimeDelta::seconds(40));
    let third = stage.refreshed(&second.refresh_token).await;
    for used in [&first, &second, &first] {
        let answer = stage.refreshed(&used.refresh_token).await;
        assert_eq!(answer.refresh_token, third.refresh_token);
    }
    // The first was used more than a minute ago, the second was not.
    stage.clock.advance(TimeDelta::seconds(30));
    assert_eq!(
        stage.refreshed(&second.refresh_token).await.refresh_token,
        third.refresh_token
    );
    assert!(stage.is_refused(&first.refresh_token).await);
    assert!(stage.is_refused(&third.refresh_token).await, "its session ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_concurrent_uses_leave_one_valid_successor() {
    let stage = Stage::new().await;
    let holder = stage.log_in().await;
    let answers = join_all((0..50).map(|_| stage.refreshed(&holder.refresh_token))).await;
    let successors: HashSet<&str> = answers.iter().map(|next| next.refresh_token.as_str()).collect();
    assert_eq!(successors.len(), 1, "all got the same token");
    assert_eq!(stage.profile(&answers[49]).await, 200);
    stage.clock.advance(LATER);
    let next = stage.refreshed(&answers[0].refresh_token).await;
    assert_eq!(stage.profile(&next).await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_revokes_the_refresh_token_and_clears_its_cookie() {
    let stage = Stage::new().await;
    let (first, later) = (stage.log_in().await, stage.log_in().await);
    let log_out = async |holder: &Holder, refresh_token: &str| {
        let post = stage.app.client.post(stage.app.path("/auth/logout"));
        let post = post.bearer_auth(&holder.access_token);
        let cookie = format!("waybill_refresh={refresh_token}");
        stage.app.answer(post.header(header::COOKIE, cookie)).await
    };
    let kept = log_out(&first, &later.refresh_token).await;
    assert_eq!(kept.status().as_u16(), 204);
    assert!(
        !kept.headers().contains_key(header::SET_COOKIE),
        "the cookie is a later log-in's"
    );
    assert!(stage.is_refused(&first.refresh_token).await);

    let cleared = log_out(&later, &later.refresh_token).await;
    let set = cleared.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(
        set.starts_with("waybill_refresh=;") && set.contains("Max-Age=0"),
        "{set}"
    );
    assert!(stage.is_refused(&later.refresh_token).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_account_is_not_refreshed() {
    let stage = Stage::new().await;
    let holder = stage.log_in().await;
    let get = stage.app.client.get(stage.app.path("/auth/profile"));
    let profile: Value = accepted(stage.app.answer(get.bearer_auth(&holder.access_token)).await).await;
    let id = AccountId::from_uuid(profile["id"].as_str().unwrap().parse().unwrap());
    accounts::disable(stage.app.store.pool(), id).await.unwrap();
    assert!(stage.is_refused(&holder.refresh_token).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_refresh_token_refreshes_a_session() {
    let stage = Stage::new().await;
    let holder = stage.log_in().await;
    let courier = stage.app.person(Role::Courier).await;
    let mut cut = holder.refresh_token.clone();
    cut.pop();
    for token in ["", "x.y.z", &holder.access_token, &courier.token, &cut] {
        assert!(stage.is_refused(token).await, "{token}");
    }
    let bare = stage.app.client.post(stage.app.path("/auth/refresh"));
    let (status, slug, _) = refused(stage.app.answer(bare).await).await;
    assert_eq!((status, slug.as_str()), (401, "unauthorized"));
    stage.refreshed(&holder.refresh_token).await;
}
