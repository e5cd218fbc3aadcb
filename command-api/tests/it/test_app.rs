//! A command API for one test: its own database, a server on a free port, and accounts of every role.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use command_api::accounts::{self, Email, NewAccount, Password};
use command_api::executor::{Executor, Options};
use command_api::payment_provider::SandboxProvider;
use command_api::policies::{self, PolicyContext, PolicyStatus};
use command_api::{CommandApi, Dependencies, routes};
use event_store::{KeyRing, Store, Wakeup};
use platform::auth::{Revocations, Role, Roles, TokenVerifier};
use platform::clock::{Clock, SystemClock};
use platform::config::Config;
use platform::http;
use platform::route::{self, RouteTable};
use platform::shutdown::Shutdown;
use platform::storage::Storage;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use testkit::TestDatabase;
use testkit::contract::Contract;
use uuid::Uuid;

use crate::flaky_provider::{Faults, FlakyProvider};

pub const PASSWORD: &str = "correct horse battery";

/// Settings that differ from the defaults.
#[derive(Debug, Clone)]
pub struct TestConfig {
    pub clock: Arc<dyn Clock>,
    pub logins_per_minute: u32,
    pub requests_burst: u32,
    /// How long a request's header, and its body, may take.
    pub timeout_ms: u32,
    pub faults: Faults,
    /// More lines of the table `limits`.
    pub limits: &'static str,
    pub policies: policies::Options,
}

impl Default for TestConfig {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            logins_per_minute: 1_000,
            requests_burst: 100_000,
            timeout_ms: 20_000,
            faults: Faults::default(),
            limits: "",
            policies: policies::Options::default(),
        }
    }
}

pub struct TestApp {
    pub url: String,
    pub store: Store,
    pub executor: Executor,
    pub api: CommandApi,
    pub client: reqwest::Client,
    pub database: TestDatabase,
    pub keys: KeyRing,
    pub revocations: Revocations,
    pub storage: Storage,
    pub shutdown: Shutdown,
    policy_context: PolicyContext,
    policy_shutdown: Shutdown,
    server: actix_web::dev::ServerHandle,
}

/// A user with an access token.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: Uuid,
    pub token: String,
}

impl TestApp {
    pub async fn new() -> Self {
        Self::with(TestConfig::default()).await
    }

    pub async fn with(test_config: TestConfig) -> Self {
        let database = TestDatabase::create(&[&event_store::MIGRATOR, &command_api::MIGRATOR]).await;
        let (pool, config) = (database.app_pool().await, config(&test_config));
        let store = Store::new(pool.clone());
        let (shutdown, storage) = (Shutdown::new(), Storage::default());
        let (executor, _) = Executor::start(
            Options::default(),
            store.clone(),
            test_config.clock.clone(),
            shutdown.token(),
        );
        let keys = KeyRing::new(pool.clone(), config.secrets.data_key.expose());
        let (seed, revocations) = (config.secrets.token_seed.expose(), Revocations::new());
        let verifier =
            TokenVerifier::from_seed(seed, revocations.clone(), test_config.clock.clone()).unwrap();
        let api = CommandApi::new(Dependencies {
            pool: pool.clone(),
            store: store.clone(),
            executor: executor.clone(),
            keys: keys.clone(),
            provider: Arc::new(FlakyProvider {
                sandbox: SandboxProvider::new(pool.clone()),
                faults: test_config.faults.clone(),
            }),
            verifier,
            clock: test_config.clock.clone(),
            secrets: config.secrets.clone(),
            limits: config.limits,
            storage: storage.clone(),
            is_https: config.http.is_https(),
        })
        .unwrap();
        let policy_context = PolicyContext {
            executor: executor.clone(),
            lookup: api.lookup().clone(),
            payments: api.payments().clone(),
            store: store.clone(),
            wakeup: Wakeup::listen(&pool, event_store::wakeup::EVENTS_NOTIFICATION),
            clock: test_config.clock.clone(),
            options: test_config.policies,
        };
        let (url, server) = serve(&config, &api);
        let mut app = Self {
            url,
            store,
            executor,
            api,
            client: reqwest::Client::new(),
            database,
            keys,
            revocations,
            storage,
            shutdown,
            policy_context,
            policy_shutdown: Shutdown::new(),
            server,
        };
        app.start_policies();
        app
    }

    /// Stops the policies and waits until they have ended.
    pub async fn stop_policies(&mut self) {
        self.policy_shutdown.begin();
        assert!(self.policy_shutdown.finished(Duration::from_secs(20)).await);
    }

    /// Starts the policies again.
    pub fn start_policies(&mut self) {
        self.policy_shutdown = Shutdown::new();
        policies::start(&self.policy_context, &self.policy_shutdown);
    }

    pub async fn policy(&self, name: &str) -> PolicyStatus {
        let statuses = policies::status(self.store.pool()).await.unwrap();
        statuses.into_iter().find(|status| status.name == name).unwrap()
    }

    /// Creates an account with one role, and logs in.
    pub async fn person(&self, role: Role) -> Person {
        let email = format!("{role}-{}@example.com", Uuid::new_v4().simple());
        let account = NewAccount {
            email: Email::parse(&email).unwrap(),
            password: Password::parse(PASSWORD).unwrap(),
            name: format!("A {role}"),
            roles: Roles::only(role),
        };
        let id = accounts::create(self.store.pool(), &self.keys, account)
            .await
            .unwrap();
        Person {
            id: id.as_uuid(),
            token: self.login(&email, PASSWORD).await.unwrap(),
        }
    }

    /// Logs in; returns a token, or the status of the refusal.
    pub async fn login(&self, email: &str, password: &str) -> Result<String, u16> {
        let body = json!({"email": email, "password": password});
        let response = self.ask("/auth/login", &body).await;
        let status = response.status().as_u16();
        let body: Value = response.json().await.unwrap();
        body["access_token"].as_str().map(str::to_owned).ok_or(status)
    }

    /// Sends an anonymous request without an idempotency key.
    pub async fn ask(&self, path: &str, body: &Value) -> Response {
        let request = self.client.post(self.path(path)).json(body);
        self.answer(request).await
    }

    /// Sends a request, and checks its answer against the OpenAPI document.
    pub async fn answer(&self, request: RequestBuilder) -> Response {
        Contract::committed().send(&self.client, request).await
    }

    pub fn path(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.url)
    }

    /// Sends a command with a new key.
    pub async fn send(&self, token: Option<&str>, method: Method, path: &str, body: &Value) -> Response {
        self.send_keyed(token, (method, path), body, &Uuid::new_v4().to_string())
            .await
    }

    pub async fn send_keyed(
        &self,
        token: Option<&str>,
        (method, path): (Method, &str),
        body: &Value,
        key: &str,
    ) -> Response {
        let mut request = self
            .client
            .request(method, self.path(path))
            .header("idempotency-key", key)
            .json(body);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        self.answer(request).await
    }

    /// Sends a POST that must be accepted; returns its answer.
    pub async fn post(&self, person: &Person, path: &str, body: &Value) -> Value {
        accepted(self.send(Some(&person.token), Method::POST, path, body).await).await
    }

    /// Lists a product and receives stock of it.
    pub async fn product(&self, seller: &Person, sku: &str, quantity: i64) {
        let product = json!({
            "sku": sku, "name": format!("Product {sku}"), "description": "", "category": "kitchen",
            "price": {"minor": 250, "currency": "GBP"}
        });
        self.post(seller, "/products", &product).await;
        let receipt = json!({"quantity": quantity, "reference": "delivery note 1"});
        self.post(seller, &format!("/stock/{sku}/receipts"), &receipt)
            .await;
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.shutdown.begin();
        self.policy_shutdown.begin();
        // The server's threads end on their own and are not joined.
        drop(self.server.stop(false));
    }
}

/// The body of an answer that must be a success.
pub async fn accepted(response: Response) -> Value {
    let status = response.status();
    let body: Value = response.json().await.unwrap();
    assert!(status.is_success(), "{status}: {body}");
    body
}

/// The status, the problem's slug and the body of a refusal.
pub async fn refused(response: Response) -> (u16, String, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    let body: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status}: not JSON: {text}"));
    let slug = body["type"]
        .as_str()
        .unwrap_or_default()
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    (status, slug, body)
}

/// The body of an order.
pub fn order(lines: &[(&str, i64)], email: Option<&str>) -> Value {
    let lines: Vec<_> = lines
        .iter()
        .map(|(sku, quantity)| json!({"sku": sku, "quantity": quantity}))
        .collect();
    let mut order = json!({
        "lines": lines,
        "shipping_address": {
            "name": "Ada Lovelace", "line1": "12 St James's Square", "city": "London",
            "postal_code": "SW1Y 4JH", "country": "United Kingdom"
        }
    });
    if let Some(email) = email {
        order["email"] = json!(email);
    }
    order
}

fn config(test_config: &TestConfig) -> Config {
    let text = format!(
        "port = 1\npostgres_url = 'postgres://nobody@127.0.0.1:1/none'\nlog = 'embedded'\n\
         environment = 'development'\n\
         [http]\nworkers = 1\nheader_timeout_ms = {0}\nbody_timeout_ms = {0}\n\
         [limits]\nlogins_per_minute = {1}\nrequests_per_s = 1\nrequests_burst = {2}\n{3}\n\
         [secrets]\n\
         token_seed = 'x7Zt0f3mQJr6Yb1sKp8Vd2Nw9Gh4Lc5TeRuIoAzXyC0='\n\
         data_key = 'A1b2C3d4E5f6G7h8I9j0KzLyMxNwOvPuQtRsSrTqUpE='\n",
        test_config.timeout_ms, test_config.logins_per_minute, test_config.requests_burst, test_config.limits
    );
    Config::parse(std::path::Path::new("."), &text, &|_| None).unwrap()
}

fn serve(config: &Config, api: &CommandApi) -> (String, actix_web::dev::ServerHandle) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let table = RouteTable::new(routes());
    let shared = http::Shared::new(&config.http, config.environment, &config.limits, table);
    let api = api.clone();
    let server = HttpServer::new(move || {
        let (api, shared) = (api.clone(), shared.clone());
        App::new()
            .wrap(from_fn(http::shield))
            .configure(move |config| {
                shared.configure(config);
                api.configure(config);
            })
            .default_service(web::to(route::fallback))
    });
    let server = http::server_defaults(server, &config.http)
        .listen(listener)
        .unwrap()
        .run();
    let handle = server.handle();
    tokio::spawn(server);
    (url, handle)
}
