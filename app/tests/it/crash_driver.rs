//! A client that sends commands over HTTP while processes are killed, and records the answers.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

/// The product whose stock the driver receives; it is in no import file.
pub const SKU: &str = "CRASH-1";
/// How long to wait for an answer before the outcome is unknown.
const PATIENCE: Duration = Duration::from_secs(5);
/// The delay between two commands.
const PAUSE: Duration = Duration::from_millis(20);
/// The least number of commands, however slow the machine is.
const COMMANDS_MIN: i64 = 20;

/// A client that sends commands.
pub struct Driver {
    client: reqwest::Client,
    url: String,
    login: Value,
    token: Option<String>,
    history: String,
}

/// The outcome of a command, derived from its answer.
enum Outcome {
    Ok(i64),
    Fail,
    Info,
}

impl Driver {
    /// Creates a client that logs in as `email`.
    pub fn new(url: String, email: &str, password: &str) -> Self {
        let client = reqwest::Client::builder().timeout(PATIENCE).build().unwrap();
        let login = json!({"email": email, "password": password});
        Self {
            client,
            url,
            login,
            token: None,
            history: String::new(),
        }
    }

    /// Lists the product, with as many attempts as needed, and then receives stock of it repeatedly until `stop`. Then
    /// repeats every command with unknown outcome until it is known. Returns the history and the expected units.
    pub async fn drive(mut self, stop: CancellationToken) -> (String, i64) {
        let product = json!({"sku": SKU, "name": "Crash test", "description": "", "category": "Tests",
                             "price": {"minor": 100, "currency": "GBP"}});
        self.insist("products", "crash-product", &product).await;
        let path = format!("stock/{SKU}/receipts");
        let receipt = json!({"quantity": 1, "reference": "crash test"});
        let mut unknown = Vec::new();
        let mut given = 0_i64;
        while given < COMMANDS_MIN || !stop.is_cancelled() {
            let key = format!("crash-{given}");
            given += 1;
            if matches!(self.give(&path, &key, &receipt).await, Outcome::Info) {
                unknown.push(key);
            }
            tokio::time::sleep(PAUSE).await;
        }
        for key in unknown {
            self.insist(&path, &key, &receipt).await;
        }
        (self.history, given)
    }

    /// Sends a command until its outcome is known.
    async fn insist(&mut self, path: &str, key: &str, body: &Value) {
        let started = Instant::now();
        while matches!(self.give(path, key, body).await, Outcome::Info) {
            assert!(
                started.elapsed() < Duration::from_secs(120),
                "{key} got no answer in time"
            );
            tokio::time::sleep(PAUSE * 10).await;
        }
    }

    /// Sends a command once, and records its outcome.
    async fn give(&mut self, path: &str, key: &str, body: &Value) -> Outcome {
        let outcome = self.post(path, key, body).await.unwrap_or(Outcome::Info);
        let line = match outcome {
            Outcome::Ok(position) => json!({"key": key, "outcome": "ok", "position": position}),
            Outcome::Fail => json!({"key": key, "outcome": "fail"}),
            Outcome::Info => json!({"key": key, "outcome": "info"}),
        };
        writeln!(self.history, "{line}").unwrap();
        outcome
    }

    async fn post(&mut self, path: &str, key: &str, body: &Value) -> reqwest::Result<Outcome> {
        let token = match &self.token {
            Some(token) => token.clone(),
            None => self.log_in().await?,
        };
        let answer = self
            .client
            .post(format!("{}/api/v1/{path}", self.url))
            .bearer_auth(token)
            .header("Idempotency-Key", key)
            .json(body)
            .send()
            .await?;
        let status = answer.status().as_u16();
        let body: Value = answer.json().await?;
        Ok(match status {
            200..300 => Outcome::Ok(body["position"].as_i64().unwrap()),
            401 => {
                self.token = None;
                Outcome::Info
            }
            // Too early, too many, or still in progress: the command was not decided yet.
            408 | 409 | 425 | 429 | 500.. => Outcome::Info,
            _ => Outcome::Fail,
        })
    }

    async fn log_in(&mut self) -> reqwest::Result<String> {
        let url = format!("{}/api/v1/auth/login", self.url);
        let answer = self
            .client
            .post(url)
            .json(&self.login)
            .send()
            .await?
            .error_for_status()?;
        let body: Value = answer.json().await?;
        let token = body["access_token"].as_str().unwrap().to_owned();
        self.token = Some(token.clone());
        Ok(token)
    }
}
