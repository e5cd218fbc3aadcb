//! Replays over HTTP.

use std::net::TcpListener;

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use testkit::contract::Contract;
use testkit::eventually;

use crate::import_instance::Instance;
use crate::projection::{Running, imported, until_all_run};
use crate::replay::until_phase;

/// A running instance.
pub struct Served {
    pub instance: Instance,
    pub url: String,
    client: Client,
    _up: Running,
}

impl Served {
    pub async fn new() -> Self {
        Self::of(imported().await).await
    }

    pub async fn of(instance: Instance) -> Self {
        let port = {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            listener.local_addr().unwrap().port()
        };
        let up = Running(instance.start(&["up", "--port", &port.to_string()]));
        until_all_run(&instance).await;
        let url = format!("http://127.0.0.1:{port}");
        eventually("it answers", async || {
            let ready = reqwest::get(format!("{url}/health/ready")).await;
            ready.is_ok_and(|ready| ready.status() == 200)
        })
        .await;
        Self {
            instance,
            url,
            client: Client::new(),
            _up: up,
        }
    }

    /// The token of a new account with one role.
    pub async fn log_in(&self, role: &str) -> String {
        let email = format!("{role}@example.com");
        let password = "a long passphrase 7";
        let created = self.instance.run(&[
            "account",
            "create",
            "--email",
            &email,
            "--password",
            password,
            "--role",
            role,
        ]);
        assert!(created.status.success(), "{created:?}");
        let login = self.client.post(format!("{}/api/v1/auth/login", self.url));
        let answer = login
            .json(&json!({"email": email, "password": password}))
            .send()
            .await
            .unwrap();
        let body: Value = answer.json().await.unwrap();
        body["access_token"].as_str().unwrap().to_owned()
    }

    /// Lists the replays, or requests something. Returns the status and the body.
    pub async fn send(&self, token: Option<&str>, body: Option<Value>) -> (u16, Value) {
        self.call(token, "replays", body).await
    }

    /// Posts `body` to an address for admins, or gets it. Returns the status and the body.
    pub async fn call(&self, token: Option<&str>, path: &str, body: Option<Value>) -> (u16, Value) {
        let request = match body {
            Some(body) => self.client.post(self.address(path)).json(&body),
            None => self.client.get(self.address(path)),
        };
        self.answer(token, request).await
    }

    /// Asks for something for admins that needs no body. Returns the status and the body.
    pub async fn post(&self, token: Option<&str>, path: &str) -> (u16, Value) {
        self.answer(token, self.client.post(self.address(path))).await
    }

    fn address(&self, path: &str) -> String {
        format!("{}/api/v1/admin/{path}", self.url)
    }

    async fn answer(&self, token: Option<&str>, mut request: RequestBuilder) -> (u16, Value) {
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer = Contract::committed().send(&self.client, request).await;
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

pub fn ask(verb: &str) -> Value {
    json!({"projection": "orders", "verb": verb})
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_replays_switches_and_rolls_back() {
    let served = Served::new().await;
    let admin = served.log_in("admin").await;
    let (status, tried) = served
        .call(Some(&admin), "replays/dry-run?projection=orders", None)
        .await;
    assert_eq!(
        (status, &tried["items"][0]["refusals"]),
        (200, &json!([])),
        "{tried}"
    );
    assert_eq!(served.send(Some(&admin), None).await.1["items"], json!([]));
    let (status, started) = served.send(Some(&admin), Some(ask("start"))).await;
    assert_eq!((status, &started["projection"]), (200, &json!("orders")));
    let by = started["requested_by"].as_str().unwrap();
    assert!(by.starts_with("account "), "{by}");
    until_phase(&served.instance, "ready").await;
    for (verb, phase) in [
        ("verify", "verified"),
        ("switch", "switched"),
        ("roll_back", "ready"),
        ("cancel", "cancelled"),
    ] {
        assert_eq!(served.send(Some(&admin), Some(ask(verb))).await.0, 200, "{verb}");
        until_phase(&served.instance, phase).await;
    }
    let (status, listed) = served.send(Some(&admin), None).await;
    assert_eq!((status, &listed["items"][0]["phase"]), (200, &json!("cancelled")));
}

#[tokio::test(flavor = "multi_thread")]
async fn others_and_wrong_requests_are_refused_and_change_nothing() {
    let served = Served::new().await;
    let (admin, analyst) = (served.log_in("admin").await, served.log_in("analyst").await);
    let none = (200, json!({"items": []}));
    for body in [None, Some(ask("start"))] {
        assert_eq!(served.send(None, body.clone()).await.0, 401);
        assert_eq!(served.send(Some(&analyst), body).await.0, 403);
    }
    for (body, pointer) in [
        (json!({"projection": "rumours", "verb": "start"}), "/projection"),
        (json!({"projection": "orders", "verb": "explode"}), "/verb"),
        (
            json!({"projection": "orders", "verb": "start", "throttle": 0}),
            "/throttle",
        ),
        (
            json!({"projection": "orders", "verb": "start", "workers": 0}),
            "/workers",
        ),
        (
            json!({"projection": "orders", "verb": "switch", "reason": " "}),
            "/reason",
        ),
    ] {
        let (status, problem) = served.send(Some(&admin), Some(body)).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!(pointer)));
    }
    let (status, problem) = served.send(Some(&admin), Some(ask("switch"))).await;
    let detail = "`orders` has no replay; start one first";
    assert_eq!((status, &problem["detail"]), (409, &json!(detail)));
    assert_eq!(served.send(Some(&admin), None).await, none);
}
