//! Every process forgets an erased person within seconds: sockets, tokens and cached keys.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use testkit::eventually;
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use crate::projection::Running;
use crate::replay_http::Served;
use crate::system::{Socket, connect, send};

/// How long processes may remember an erased person on a machine that is busy with other tests: less than a key is cached
/// (60 s), and far less than a token lives.
const FORGOTTEN_WITHIN: Duration = Duration::from_secs(30);
const CANARY: &str = "canary";
/// The close code of a socket whose token is no longer valid.
const UNAUTHENTICATED: u16 = 4401;

/// An instance whose reads and sockets are served by processes of their own, beside the one that erases.
struct Shop {
    served: Served,
    /// The addresses of the processes.
    reads: String,
    sockets: String,
    _processes: [Running; 2],
    client: Client,
    admin: String,
    customer: String,
}

impl Shop {
    async fn new() -> Self {
        let served = Served::new().await;
        let (reading, reads) = start(&served, "query-api").await;
        let (pushing, sockets) = start(&served, "realtime").await;
        Self {
            reads,
            sockets,
            _processes: [reading, pushing],
            client: Client::new(),
            admin: served.log_in("admin").await,
            customer: served.log_in("customer").await,
            served,
        }
    }

    async fn command(&self, token: &str, method: Method, path: &str, body: Value) -> Value {
        let request = self
            .client
            .request(method, format!("{}/api/v1{path}", self.served.url));
        let key = Uuid::new_v4().to_string();
        let request = request.header("idempotency-key", key).bearer_auth(token);
        let answer = request.json(&body).send().await.unwrap();
        let (status, body) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status}: {body}");
        serde_json::from_str(&body).unwrap()
    }

    /// A cancelled order, whose address and reason the customer typed.
    async fn cancelled_order(&self) -> Value {
        let product = json!({"sku": "MUG", "name": "A mug", "description": "", "category": "Tests",
                             "price": {"minor": 100, "currency": "GBP"}});
        self.command(&self.admin, Method::POST, "/products", product)
            .await;
        let receipt = json!({"quantity": 9, "reference": ""});
        self.command(&self.admin, Method::POST, "/stock/MUG/receipts", receipt)
            .await;
        let address = json!({"name": CANARY, "line1": CANARY, "city": CANARY, "postal_code": "N1 1AA",
                             "country": "United Kingdom"});
        let order = json!({"lines": [{"sku": "MUG", "quantity": 1}], "shipping_address": address});
        let placed = self.command(&self.customer, Method::POST, "/orders", order).await;
        let path = format!("/orders/{}/cancellation", placed["id"].as_str().unwrap());
        self.command(&self.customer, Method::POST, &path, json!({"reason": CANARY}))
            .await;
        placed
    }

    /// Reads an order from the process for reads.
    async fn read(&self, token: &str, order: &Value) -> (u16, String) {
        let (id, position) = (order["id"].as_str().unwrap(), &order["position"]);
        let url = format!("{}/api/v1/orders/{id}?min_position={position}", self.reads);
        let answer = self.client.get(url).bearer_auth(token).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }
}

/// Starts another process of the instance, and waits until it is ready.
async fn start(served: &Served, service: &str) -> (Running, String) {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let process = Running(served.instance.start(&[service, "--port", &port.to_string()]));
    let url = format!("http://127.0.0.1:{port}");
    eventually("the process answers", async || {
        let ready = reqwest::get(format!("{url}/health/ready")).await;
        ready.is_ok_and(|ready| ready.status() == 200)
    })
    .await;
    (process, url)
}

/// Opens a socket with these subscriptions.
async fn subscribed(shop: &Shop, token: &str, channels: &[String]) -> Socket {
    let mut socket = connect(&shop.sockets, token).await;
    for channel in channels {
        send(&mut socket, &json!({"op": "subscribe", "channel": channel})).await;
        frames_until(&mut socket, |frame| frame.contains("subscribed")).await;
    }
    socket
}

/// The frames up to the first that meets the condition, or up to the end of the socket, and its close code.
async fn frames_until(socket: &mut Socket, is_last: impl Fn(&str) -> bool) -> (Vec<String>, Option<u16>) {
    let reading = async {
        let (mut frames, mut code) = (Vec::new(), None);
        while let Some(Ok(message)) = socket.next().await {
            match message {
                Message::Text(text) => frames.push(text.to_string()),
                Message::Close(frame) => code = frame.map(|frame| u16::from(frame.code)),
                _ => {}
            }
            if frames.last().is_some_and(|frame| is_last(frame)) {
                break;
            }
        }
        (frames, code)
    };
    let read = tokio::time::timeout(testkit::DEADLINE, reading).await;
    read.expect("the frame arrives within the deadline")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_process_forgets_an_erased_person_within_seconds() {
    let shop = Shop::new().await;
    let placed = shop.cancelled_order().await;
    let id = placed["id"].as_str().unwrap();
    // The process for reads has the key in its cache.
    for token in [&shop.admin, &shop.customer] {
        let (status, order) = shop.read(token, &placed).await;
        assert!(status == 200 && order.contains(CANARY), "{status}: {order}");
    }
    let accounts = "SELECT account_id FROM command.accounts WHERE email = 'customer@example.com'";
    let account: Uuid = sqlx::query_scalar(accounts)
        .fetch_one(shop.served.instance.pool())
        .await
        .unwrap();
    let own = [format!("order:{id}"), format!("account:{account}")];
    let mut own = subscribed(&shop, &shop.customer, &own).await;
    let mut board = subscribed(&shop, &shop.admin, &[format!("order:{id}"), "orders".to_owned()]).await;

    let erasure = json!({"person": account, "reason": "Asked by letter"});
    shop.command(&shop.admin, Method::POST, "/admin/privacy/erasures", erasure)
        .await;
    let requested = Instant::now();
    let (mut frames, code) = frames_until(&mut own, |_| false).await;
    assert_eq!(code, Some(UNAUTHENTICATED), "{frames:?}");
    assert_forgotten(&shop, &placed).await;
    assert!(
        requested.elapsed() < FORGOTTEN_WITHIN,
        "{:?}",
        requested.elapsed()
    );

    let mut again = connect(&shop.sockets, &shop.customer).await;
    let (_, code) = frames_until(&mut again, |_| false).await;
    assert_eq!(code, Some(UNAUTHENTICATED));

    // What is still pushed about the order names nobody.
    let note = json!({"text": "closed"});
    shop.command(&shop.admin, Method::POST, &format!("/orders/{id}/notes"), note)
        .await;
    let pushed = frames_until(&mut board, |frame| frame.contains("order.note-added"));
    frames.extend(pushed.await.0);
    assert!(!frames.concat().contains(CANARY), "{frames:?}");
}

/// Waits until the process for reads shows none of the order's texts, and refuses the customer's token.
async fn assert_forgotten(shop: &Shop, placed: &Value) {
    eventually("the reads forget the key", async || {
        let (status, order) = shop.read(&shop.admin, placed).await;
        status == 200 && !order.contains(CANARY)
    })
    .await;
    eventually("the reads refuse the token", async || {
        shop.read(&shop.customer, placed).await.0 == 401
    })
    .await;
}
