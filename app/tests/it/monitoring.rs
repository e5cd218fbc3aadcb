//! Monitoring from outside: `/metrics`, traces, and log lines.

use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::crash_instance::CrashInstance;
use crate::exposition::Exposition;
use crate::otlp_receiver::{OtlpReceiver, attribute};

/// How long any step may take on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(120);
const EMAIL: &str = "monitoring@example.com";
const PASSWORD: &str = "monitoring-test-password";
const SKU: &str = "TRACED-1";
/// The trace and span of the caller.
const TRACE_ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER_SPAN_ID: &str = "00f067aa0ba902b7";

/// An HTTP client with an admin's token.
struct Client {
    http: reqwest::Client,
    url: String,
    token: String,
}

impl Client {
    async fn log_in(url: String) -> Self {
        let http = reqwest::Client::new();
        let login = json!({"email": EMAIL, "password": PASSWORD});
        let request = http.post(format!("{url}/api/v1/auth/login")).json(&login);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        let token = answer["access_token"].as_str().unwrap().to_owned();
        Self { http, url, token }
    }

    async fn post(&self, path: &str, key: &str, body: &Value) -> Value {
        let request = self
            .http
            .post(format!("{}/api/v1/{path}", self.url))
            .bearer_auth(&self.token);
        let answer = request
            .header("Idempotency-Key", key)
            .json(body)
            .send()
            .await
            .unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// A product with stock.
    async fn stock_up(&self) {
        let product = json!({"sku": SKU, "name": "A traced mug", "description": "", "category": "Tests",
                             "price": {"minor": 100, "currency": "GBP"}});
        self.post("products", "list", &product).await;
        let receipt = json!({"quantity": 10, "reference": "monitoring"});
        self.post(&format!("stock/{SKU}/receipts"), "stock", &receipt)
            .await;
    }

    /// Places a guest's order in the caller's trace. Returns its position.
    async fn place_order(&self) -> i64 {
        let body = json!({"lines": [{"sku": SKU, "quantity": 2}], "email": "guest@example.com",
            "shipping_address": {"name": "Ada Example", "line1": "1 Example Street", "city": "London",
                                 "postal_code": "N1 1AA", "country": "United Kingdom"}});
        let request = self
            .http
            .post(format!("{}/api/v1/orders", self.url))
            .header("Idempotency-Key", "traced");
        let request = request.header("traceparent", format!("00-{TRACE_ID}-{CALLER_SPAN_ID}-01"));
        let answer = request.json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        answer.json::<Value>().await.unwrap()["position"]
            .as_i64()
            .unwrap()
    }

    /// Subscribes to every order; returns the position of the next change.
    async fn watch_orders(&self) -> tokio::task::JoinHandle<i64> {
        let mut request = self.url.replace("http", "ws").as_str().to_owned();
        request.push_str("/ws");
        let mut request = request.into_client_request().unwrap();
        request
            .headers_mut()
            .insert("sec-websocket-protocol", "waybill.v1".parse().unwrap());
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        for frame in [
            json!({"op": "auth", "token": self.token}),
            json!({"op": "subscribe", "channel": "orders"}),
        ] {
            socket.send(Message::text(frame.to_string())).await.unwrap();
        }
        let mut next = async move |op: &str| loop {
            let Message::Text(text) = socket.next().await.unwrap().unwrap() else {
                continue;
            };
            let frames = match serde_json::from_str(&text).unwrap() {
                Value::Array(frames) => frames,
                frame => vec![frame],
            };
            if let Some(frame) = frames.iter().find(|frame| frame["op"] == op) {
                return frame["position"].as_i64().unwrap_or_default();
            }
        };
        next("subscribed").await;
        tokio::spawn(async move { next("change").await })
    }
}

/// Waits until `found` returns a value.
async fn eventually<T>(what: &str, mut found: impl AsyncFnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = found().await {
            return found;
        }
        assert!(started.elapsed() < PATIENCE, "timed out: {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Starts an instance with all services, whose spans go to `receiver`, and its client.
async fn start(receiver: &OtlpReceiver) -> (CrashInstance, Client) {
    let mut instance = CrashInstance::new();
    instance.set("OTEL_EXPORTER_OTLP_ENDPOINT", &receiver.endpoint());
    instance.set("OTEL_BSP_SCHEDULE_DELAY", "200");
    instance.set("WAYBILL_TELEMETRY_SAMPLE_RATIO", "0.0");
    let account = [
        "account",
        "create",
        "--email",
        EMAIL,
        "--password",
        PASSWORD,
        "--role",
        "admin",
    ];
    assert!(instance.run(&account).status.success());
    instance.start("up", None);
    let url = format!("{}/health/ready", instance.url());
    eventually("the instance is ready", async || {
        reqwest::get(&url)
            .await
            .ok()
            .filter(|answer| answer.status() == 200)
    })
    .await;
    let client = Client::log_in(instance.url()).await;
    (instance, client)
}

async fn scrape(url: &str) -> Exposition {
    let answer = reqwest::get(url).await.unwrap();
    assert_eq!(
        answer.headers()["content-type"],
        "text/plain; version=0.0.4; charset=utf-8"
    );
    Exposition::parse(&answer.text().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_one_trace_and_moves_the_metrics() {
    let receiver = OtlpReceiver::start();
    let (instance, client) = start(&receiver).await;
    let status = instance.run(&["status", "--json"]);
    let status: Value = serde_json::from_slice(&status.stdout).unwrap();
    let metrics_url = status["metrics_url"].as_str().unwrap().to_owned();
    client.stock_up().await;
    assert_eq!(receiver.spans(), [], "nothing was sampled");

    let before = scrape(&metrics_url).await;
    let change = client.watch_orders().await;
    let position = client.place_order().await;
    assert!(change.await.unwrap() <= position);

    assert_trace(&receiver, position).await;
    assert_metrics(&before, &metrics_url, position).await;
    assert_log(&instance.log("up"));
}

/// The spans of one trace.
struct Trace(Vec<Span>);

impl Trace {
    fn named(&self, name: &str) -> &Span {
        self.0.iter().find(|span| span.name == name).unwrap()
    }

    fn parent_of(&self, span: &Span) -> &Span {
        let parent = self.0.iter().find(|parent| parent.span_id == span.parent_span_id);
        parent.unwrap_or_else(|| panic!("{} has no parent", span.name))
    }
}

fn is_in_trace(span: &Span) -> bool {
    hex::encode(&span.trace_id) == TRACE_ID
}

fn assert_attributes(span: &Span, wanted: &[(&str, &str)]) {
    for (key, value) in wanted {
        assert_eq!(
            attribute(&span.attributes, key).as_deref(),
            Some(*value),
            "{key} of {}",
            span.name
        );
    }
}

/// Everything that followed from the order is in the caller's trace, with the right parent.
async fn assert_trace(receiver: &OtlpReceiver, position: i64) {
    let wanted = [
        "POST /api/v1/orders",
        "execute PlaceOrder",
        "append",
        "send waybill.events",
        "project OrderPlaced",
        "send waybill.changes",
        "deliver change",
    ];
    let spans = eventually("the spans of the order", async || {
        let spans: Vec<Span> = receiver.spans().into_iter().filter(is_in_trace).collect();
        let has = |name: &&str| spans.iter().any(|span| span.name == **name);
        wanted.iter().all(has).then_some(spans)
    })
    .await;
    let trace = Trace(spans);
    assert_command_side(&trace, position);
    assert_consumers(&trace);

    let all = receiver.spans();
    let batch = all.iter().find(|span| span.name == "append batch").unwrap();
    let command = trace.named("execute PlaceOrder");
    assert!(batch.links.iter().any(|link| link.span_id == command.span_id));
    assert!(!is_in_trace(batch));
    let resource = &receiver.resources()[0];
    assert_eq!(attribute(resource, "service.name").as_deref(), Some("waybill"));
    assert!(attribute(resource, "service.instance.id").is_some());
}

/// Request, command and append.
fn assert_command_side(trace: &Trace, position: i64) {
    let http = trace.named("POST /api/v1/orders");
    assert_eq!(hex::encode(&http.parent_span_id), CALLER_SPAN_ID);
    assert_eq!(http.kind, i32::from(SpanKind::Server));
    let attributes = [
        ("http.request.method", "POST"),
        ("http.route", "/api/v1/orders"),
        ("http.response.status_code", "201"),
    ];
    assert_attributes(http, &attributes);

    let command = trace.named("execute PlaceOrder");
    assert_eq!(trace.parent_of(command), http);
    assert_attributes(command, &[("waybill.event.position", &position.to_string())]);
    assert!(attribute(&command.attributes, "waybill.executor.queue_wait").is_some());
    let append = trace.named("append");
    assert_eq!(trace.parent_of(append), command);
    assert_attributes(append, &[("db.system.name", "postgresql")]);
}

/// Relay, projection and socket.
fn assert_consumers(trace: &Trace) {
    let command = trace.named("execute PlaceOrder");
    let kafka = ("messaging.system", "kafka");
    for relayed in trace.0.iter().filter(|span| span.name == "send waybill.events") {
        assert_eq!(trace.parent_of(relayed), command);
        assert_eq!(relayed.kind, i32::from(SpanKind::Producer));
        assert_attributes(
            relayed,
            &[kafka, ("messaging.destination.name", "waybill.events")],
        );
    }
    let projection = trace.named("project OrderPlaced");
    assert_eq!(trace.parent_of(projection), command);
    assert_eq!(projection.kind, i32::from(SpanKind::Consumer));
    let published = trace.named("send waybill.changes");
    assert_attributes(published, &[kafka]);
    for span in [published, trace.named("deliver change")] {
        let parent = trace.parent_of(span);
        assert!(
            parent.name.starts_with("project "),
            "{} follows from {}",
            span.name,
            parent.name
        );
    }
}

/// Metrics that change at once, and by how much an order changes them at least.
const MOVED: &[(&str, f64)] = &[
    (
        r#"waybill_http_requests_total{method="POST",route="/api/v1/orders",status="201"}"#,
        1.0,
    ),
    (
        r#"waybill_http_request_duration_seconds_count{method="POST",route="/api/v1/orders"}"#,
        1.0,
    ),
    (
        r#"waybill_executor_commands_total{command="PlaceOrder",result="accepted"}"#,
        1.0,
    ),
    ("waybill_executor_batch_commands_count", 1.0),
    ("waybill_executor_batch_events_sum", 2.0),
    ("waybill_executor_append_duration_seconds_count", 1.0),
    ("waybill_executor_queue_wait_seconds_count", 1.0),
    ("waybill_event_store_position", 2.0),
    ("waybill_follower_events_total", 2.0),
    ("waybill_relay_position", 2.0),
    ("waybill_projection_position", 2.0),
    ("waybill_projection_batch_events_sum", 2.0),
    ("waybill_projection_batch_duration_seconds_count", 1.0),
    ("waybill_policy_position", 1.0),
    ("waybill_socket_connections", 1.0),
    ("waybill_socket_changes_total", 1.0),
    ("waybill_socket_deliveries_total", 1.0),
    ("waybill_socket_publication_latency_seconds_count", 1.0),
    ("waybill_socket_command_latency_seconds_count", 1.0),
];

async fn assert_metrics(before: &Exposition, url: &str, position: i64) {
    let after = eventually("the metrics of the order", async || {
        let after = scrape(url).await;
        let has_moved = |(prefix, by): &(&str, f64)| after.sum(prefix) - before.sum(prefix) >= *by;
        let is_sampled = after.sum("waybill_projection_lag_events") == 0.0
            && after.sum("waybill_relay_lag_events") == 0.0
            && after.metrics.contains_key("waybill_policy_lag_seconds")
            && after.max("waybill_relay_position") >= f64::from(u32::try_from(position).unwrap());
        (MOVED.iter().all(has_moved) && is_sampled).then_some(after)
    })
    .await;
    let shown = after.names();
    for (name, kind, help) in documented() {
        let metric = after
            .metrics
            .get(name)
            .unwrap_or_else(|| panic!("{name} is not exposed"));
        assert!(shown.contains(name), "{name} has no series");
        assert_eq!(
            (metric.kind.as_str(), metric.help.as_str()),
            (kind, help),
            "{name}"
        );
    }
    assert_eq!(
        after.metrics.len(),
        documented().count(),
        "all of them are documented"
    );
    for pool in ["waybill", "waybill-background", "waybill-executor"] {
        let max = format!("waybill_postgres_pool_connections_max{{pool=\"{pool}\"}}");
        assert!(after.sum(&max) >= 1.0, "{pool}");
        let open = format!("waybill_postgres_pool_connections{{pool=\"{pool}\"");
        assert!(after.sum(&open) >= 1.0, "{pool}");
    }
    assert!(after.sum("waybill_projection_lag_seconds") < f64::EPSILON);
    assert!(after.sum("waybill_process_resident_memory_bytes") > 1_000_000.0);
}

/// Name, type and meaning of every metric in docs/metrics.md.
fn documented() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let document = include_str!("../../../docs/metrics.md");
    document
        .lines()
        .filter(|line| line.starts_with("| `waybill_"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            (cells[0].trim_matches('`'), cells[1], cells[3])
        })
}

/// Asserts that every line is a JSON object.
fn assert_log(log: &str) {
    assert!(log.contains("Waybill is running."));
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"));
        assert!(line["level"].is_string(), "{line}");
    }
}
