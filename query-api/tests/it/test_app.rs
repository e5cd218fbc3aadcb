//! A query API for one test: its own database, a server on a free port, and tokens of every role.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use command_api::tokens::TokenIssuer;
use domain::{AccountId, OrderId, PersonId, Sealed};
use event_store::{KeyRing, Store, Wakeup};
use futures_util::future::BoxFuture;
use platform::auth::{Revocations, Role, Roles, TokenVerifier};
use platform::clock::{Clock, SystemClock};
use platform::config::{Environment, HttpConfig, Limits, PostgresConfig, Secret32, SecretText, UnpaidLimits};
use platform::http;
use platform::postgres::{self, Plans};
use platform::route::{self, RouteTable};
use platform::shutdown::Shutdown;
use query_api::{ConsumerError, Consumers, Dependencies, QueryApi, routes};
use reqwest::{Method, Response};
use schemas::consumer::ConsumerStatus;
use serde_json::Value;
use sqlx::PgPool;
use testkit::contract::Contract;
use testkit::eventually;
use uuid::Uuid;

use crate::history::{self, Dated, Life};
use crate::support::World;

const SEED: [u8; 32] = *b"a seed of 32 bytes for the tests";
/// So many requests that no test reaches the limit.
const LIMITS: Limits = Limits {
    requests_per_s: 10_000,
    requests_burst: 10_000,
    logins_per_minute: 10,
    reservation_s: 60,
    unpaid: UnpaidLimits::NONE,
    command_queue_len_max: 10,
    free_disk_min_mb: 0,
    replaced_tables_kept_h: 24,
    anchor_every_min: 0,
};
const DATA_KEY: [u8; 32] = *b"32 bytes that wrap persons' keys";

pub struct TestApp {
    pub world: World,
    pub keys: KeyRing,
    pub url: String,
    pub api: QueryApi,
    issuer: TokenIssuer,
    client: reqwest::Client,
    server: actix_web::dev::ServerHandle,
}

/// The status of the projections, as the binary passes it to the service.
#[derive(Debug)]
struct Projections(PgPool);

impl Consumers for Projections {
    fn projections(&self) -> BoxFuture<'_, Result<Vec<ConsumerStatus>, ConsumerError>> {
        Box::pin(async {
            let status = projector::status(&self.0).await?;
            Ok(status.into_iter().map(ConsumerStatus::from).collect())
        })
    }
}

impl TestApp {
    /// Starts with an empty log.
    pub async fn new() -> Self {
        let world = World::create().await;
        command_api::MIGRATOR.run(world.database.pool()).await.unwrap();
        let keys = KeyRing::new(world.pool.clone(), &DATA_KEY);
        let api = query_api(&world, &keys);
        let (url, server) = serve(&api);
        Self {
            world,
            keys,
            url,
            api,
            issuer: TokenIssuer::new(&Secret32::new(SEED)).unwrap(),
            client: reqwest::Client::new(),
            server,
        }
    }

    /// Ends the service, and starts another one on the same database.
    pub fn restart(&mut self) {
        self.api = query_api(&self.world, &self.keys);
        let (url, server) = serve(&self.api);
        drop(std::mem::replace(&mut self.server, server).stop(false));
        self.url = url;
    }

    /// Restarts with connections as an instance makes them, whose statements wait for a lock for this time.
    pub async fn reconnect(&mut self, lock_timeout: Duration) {
        let config = PostgresConfig {
            url: SecretText::new(self.world.database.url()),
            pool_size: 8,
            acquire_timeout_ms: 5_000,
            lock_timeout_ms: lock_timeout.as_millis().try_into().unwrap(),
            statement_timeout_ms: 30_000,
            idle_in_transaction_timeout_ms: 60_000,
        };
        let pool = postgres::connect(&config, "waybill-test", Plans::EachUse).await;
        self.world.pool = pool.unwrap();
        self.world.store = Store::new(self.world.pool.clone());
        self.restart();
    }

    /// Starts with a log of `events`, projected.
    pub async fn with(events: &[Dated]) -> Self {
        let mut app = Self::new().await;
        app.add(events).await;
        app
    }

    /// Appends and projects events. Returns the position of the last.
    pub async fn add(&mut self, events: &[Dated]) -> i64 {
        let position = self.world.append(events).await;
        self.world.project_all().await;
        self.heard_of(position).await;
        position
    }

    /// Waits until the service knows that `position` is projected.
    pub async fn heard_of(&self, position: i64) {
        eventually("the service knows the position", || async {
            self.api.projected().newest() >= position
        })
        .await;
    }

    /// Seals a text with the key of a new person.
    pub async fn sealed(&self, text: &str) -> Sealed {
        let person_id = Uuid::new_v4();
        self.keys.create(person_id).await.unwrap();
        let ciphertext = self.keys.seal(person_id, text.as_bytes()).await.unwrap();
        Sealed {
            person_id: PersonId::from_uuid(person_id),
            ciphertext: ciphertext.unwrap(),
        }
    }

    /// A token of an account with one role.
    pub fn token(&self, account_id: AccountId, role: Role) -> String {
        let (roles, now) = (Roles::only(role), SystemClock.now());
        self.issuer
            .access_token(account_id, roles, Uuid::new_v4(), now)
            .unwrap()
    }

    /// A token of a user with one role and no data.
    pub fn anyone(&self, role: Role) -> String {
        self.token(AccountId::from_uuid(Uuid::new_v4()), role)
    }

    /// The token of a guest who placed an order.
    pub fn guest(&self, order_id: OrderId) -> String {
        self.issuer.guest_token(order_id, SystemClock.now()).unwrap()
    }

    pub async fn send(&self, method: Method, token: Option<&str>, path: &str) -> Response {
        let mut request = self.client.request(method, format!("{}/api/v1{path}", self.url));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        Contract::committed().send(&self.client, request).await
    }

    pub async fn get(&self, token: Option<&str>, path: &str) -> Response {
        self.send(Method::GET, token, path).await
    }

    /// The body of an answer that must be 200.
    pub async fn read(&self, token: Option<&str>, path: &str) -> Value {
        let response = self.get(token, path).await;
        let status = response.status();
        let body: Value = response.json().await.unwrap();
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// Status and problem of an answer that must be a refusal.
    pub async fn refused(&self, token: Option<&str>, path: &str) -> (u16, String) {
        let response = self.get(token, path).await;
        let status = response.status().as_u16();
        let content_type = response.headers().get("content-type").cloned();
        let body: Value = response.json().await.unwrap();
        assert!(status >= 400, "{path}: {status}: {body}");
        assert_eq!(content_type.unwrap(), "application/problem+json", "{path}");
        let slug = body["type"].as_str().unwrap().rsplit('/').next().unwrap();
        (status, slug.to_owned())
    }

    /// Reads every item of a list, page by page. `path` already contains a `?`.
    pub async fn pages(&self, token: Option<&str>, path: &str, limit: usize) -> Vec<Value> {
        let mut items = Vec::new();
        let mut next = format!("{path}&limit={limit}");
        loop {
            let page = self.read(token, &next).await;
            let found = page["items"].as_array().unwrap();
            assert!(found.len() <= limit, "{next}");
            items.extend(found.iter().cloned());
            let Some(cursor) = page["next_cursor"].as_str() else {
                return items;
            };
            assert_eq!(found.len(), limit, "only the last page may be short: {next}");
            next = format!("{path}&limit={limit}&cursor={cursor}");
        }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // The server's threads end on their own and are not joined.
        drop(self.server.stop(false));
    }
}

/// The events of products 1 to `count`, then those of the orders.
pub fn log(product_count: usize, lives: &[Life]) -> Vec<Dated> {
    let products = (1..=product_count).flat_map(history::listed);
    products.chain(lives.iter().flat_map(Life::events)).collect()
}

/// The strings in `field` of the items.
pub fn texts(items: &[Value], field: &str) -> Vec<String> {
    items
        .iter()
        .map(|item| item[field].as_str().unwrap().to_owned())
        .collect()
}

fn query_api(world: &World, keys: &KeyRing) -> QueryApi {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    QueryApi::new(Dependencies {
        pool: world.pool.clone(),
        store: world.store.clone(),
        keys: keys.clone(),
        verifier: TokenVerifier::from_seed(&SEED, Revocations::new(), clock).unwrap(),
        projected: Wakeup::listen(&world.pool, projector::CHANGES_NOTIFICATION),
        shutdown: Shutdown::new(),
        consumers: Arc::new(Projections(world.pool.clone())),
        cursor_secret: Secret32::new(DATA_KEY),
    })
}

fn serve(api: &QueryApi) -> (String, actix_web::dev::ServerHandle) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let api = api.clone();
    let config = HttpConfig {
        bind_address: Ipv4Addr::LOCALHOST.into(),
        port: 0,
        public_url: url.clone(),
        allowed_hosts: Vec::new(),
        workers: 1,
        body_bytes_max: 64 * 1024,
        header_timeout: Duration::from_secs(20),
        body_timeout: Duration::from_secs(20),
        keep_alive: Duration::from_secs(20),
        write_timeout: Duration::from_secs(20),
        behind_proxy: false,
    };
    let table = RouteTable::new(routes());
    let shared = http::Shared::new(&config, Environment::Development, &LIMITS, table);
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
    let server = http::server_defaults(server, &config)
        .listen(listener)
        .unwrap()
        .run();
    let handle = server.handle();
    tokio::spawn(server);
    (url, handle)
}
