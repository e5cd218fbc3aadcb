//! A node on its own port, and clients.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer};
use futures_util::future::BoxFuture;
use futures_util::{SinkExt as _, StreamExt as _};
use platform::auth::{Principal, Role};
use platform::shutdown::Shutdown;
use realtime::{AccessError, ChannelAccess, Dependencies, EmbeddedFeed, Feed, Options, Realtime, Source};
use schemas::change::{Change, ChangeBatch};
use schemas::read_model::order::Party;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use uuid::Uuid;

use crate::tokens::Issuer;

pub const EPOCH: &str = "the-log";
pub const ORDER: &str = "order:00000000-0000-0000-0000-00000000000a";
pub const ORDER_ID: Uuid = Uuid::from_u128(0xa);
pub const ADMIN: Uuid = Uuid::from_u128(1);
pub const CUSTOMER: Uuid = Uuid::from_u128(2);
pub const SESSION: Uuid = Uuid::from_u128(3);

/// Returns options with short intervals.
pub fn options() -> Options {
    let mut options = Options::new(EPOCH);
    options.timing.check_every = Duration::from_millis(48);
    options.timing.close_within = Duration::from_millis(200);
    options
}

/// Which account takes part in which order, and how.
#[derive(Clone, Default)]
pub struct Parties(Arc<Mutex<HashMap<(Uuid, Uuid), Party>>>);

impl Parties {
    /// Adds a customer of an order.
    pub fn add(&self, account: Uuid, order: Uuid) {
        self.set(account, order, Party::Customer);
    }

    pub fn set(&self, account: Uuid, order: Uuid, party: Party) {
        self.0.lock().unwrap().insert((account, order), party);
    }

    pub fn remove(&self, account: Uuid, order: Uuid) {
        self.0.lock().unwrap().remove(&(account, order));
    }
}

impl ChannelAccess for Parties {
    fn party_to_order<'a>(
        &'a self,
        principal: &'a Principal,
        order_id: Uuid,
    ) -> BoxFuture<'a, Result<Option<Party>, AccessError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            Ok(self
                .0
                .lock()
                .unwrap()
                .get(&(principal.subject, order_id))
                .copied())
        })
    }
}

/// A node with an embedded feed that the test writes to.
pub struct Node {
    pub realtime: Realtime,
    pub issuer: Arc<Issuer>,
    pub parties: Parties,
    pub shutdown: Shutdown,
    pub port: u16,
    server: ServerHandle,
    batches: Option<mpsc::Sender<ChangeBatch>>,
    position: i64,
}

impl Node {
    /// Starts a node whose history begins at position 0.
    pub async fn start(options: Options) -> Self {
        let (batches, receiver) = mpsc::channel(64);
        let feed = EmbeddedFeed {
            start_position: 0,
            fill_position: 0,
            batches: receiver,
        };
        Self {
            batches: Some(batches),
            ..Self::with_feed(options, Feed::Embedded(feed)).await
        }
    }

    pub async fn with_feed(options: Options, feed: Feed) -> Self {
        Self::with(options, feed, Vec::new()).await
    }

    /// Starts a node with channels of newest values.
    pub async fn with(options: Options, feed: Feed, sources: Vec<Box<dyn Source>>) -> Self {
        let (issuer, parties, shutdown) = (Arc::new(Issuer::new()), Parties::default(), Shutdown::new());
        let dependencies = Dependencies {
            feed,
            sources,
            verifier: issuer.verifier.clone(),
            access: Box::new(parties.clone()),
        };
        let realtime = Realtime::start(options, dependencies, shutdown.clone());
        let node = realtime.clone();
        let server =
            HttpServer::new(move || App::new().configure(|config| realtime::configure(config, node.clone())))
                .on_connect(realtime::on_connect)
                .workers(2)
                .disable_signals()
                .bind(("127.0.0.1", 0))
                .unwrap();
        let port = server.addrs()[0].port();
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        testkit::eventually("the node admits clients", async || realtime.is_serving()).await;
        Self {
            realtime,
            issuer,
            parties,
            shutdown,
            port,
            server: handle,
            batches: None,
            position: 0,
        }
    }

    /// Publishes changes as the next batch, with consecutive positions. Returns the last position.
    pub async fn publish(&mut self, changes: &[(&[&str], &str, Value)]) -> i64 {
        let from_position = self.position;
        let changes: Vec<_> = changes
            .iter()
            .map(|(channels, key, data)| {
                self.position += 1;
                change(self.position, channels, key, data)
            })
            .collect();
        self.batch(ChangeBatch {
            from_position,
            to_position: self.position,
            changes,
        })
        .await;
        self.position
    }

    pub async fn batch(&mut self, batch: ChangeBatch) {
        self.position = batch.to_position;
        self.batches.as_ref().unwrap().send(batch).await.unwrap();
    }

    /// Waits until the node has received everything that was published.
    pub async fn caught_up(&self) {
        let position = self.position;
        testkit::eventually("the changes are received", async || {
            self.realtime.position() >= position
        })
        .await;
    }

    pub async fn connect(&self) -> Client {
        Client::connect(self.port, None).await
    }

    /// Connects and authenticates a client.
    pub async fn connect_as(&self, role: Role, account: Uuid) -> Client {
        let mut client = self.connect().await;
        client.auth(&self.token(role, account)).await;
        client
    }

    pub fn token(&self, role: Role, account: Uuid) -> String {
        self.issuer.token(role, account, SESSION)
    }

    pub async fn stop(self) {
        self.shutdown.begin();
        self.realtime.drained(Duration::from_secs(5)).await;
        self.server.stop(false).await;
    }
}

pub fn change(position: i64, channels: &[&str], key: &str, data: &Value) -> Change {
    Change {
        position,
        channels: channels.iter().map(ToString::to_string).collect(),
        kind: "order.changed".to_owned(),
        key: key.to_owned(),
        data: RawValue::from_string(data.to_string()).unwrap(),
        origin: schemas::change::Origin::default(),
        readers: schemas::change::Readers::default(),
    }
}

/// Sorts the keys of every object in a value.
pub fn sorted(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut entries: Vec<_> = object.into_iter().collect();
            entries.sort_by(|one, other| one.0.cmp(&other.0));
            let sorted = entries.into_iter().map(|(key, value)| (key, sorted(value)));
            Value::Object(sorted.collect())
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

/// A client that reads frames one by one, even if they arrive as an array.
pub struct Client {
    socket: WebSocketStream<TcpStream>,
    frames: VecDeque<Value>,
}

impl Client {
    /// Connects a client; with a small receive buffer if it is not going to read.
    pub async fn connect(port: u16, receive_bytes: Option<u32>) -> Self {
        let mut request = format!("ws://127.0.0.1:{port}/ws").into_client_request().unwrap();
        request
            .headers_mut()
            .insert("sec-websocket-protocol", "waybill.v1".parse().unwrap());
        let socket = TcpSocket::new_v4().unwrap();
        if let Some(bytes) = receive_bytes {
            socket.set_recv_buffer_size(bytes).unwrap();
        }
        let stream = socket.connect(([127, 0, 0, 1], port).into()).await.unwrap();
        let (socket, response) = tokio_tungstenite::client_async(request, stream).await.unwrap();
        assert_eq!(response.headers()["sec-websocket-protocol"], "waybill.v1");
        Self {
            socket,
            frames: VecDeque::new(),
        }
    }

    pub async fn send(&mut self, frame: &Value) {
        self.send_message(Message::text(frame.to_string())).await;
    }

    pub async fn send_message(&mut self, message: Message) {
        self.socket.send(message).await.unwrap();
    }

    pub async fn auth(&mut self, token: &str) -> Value {
        self.send(&json!({"op": "auth", "token": token})).await;
        self.expect("ready").await
    }

    pub async fn subscribe(&mut self, channel: &str) -> i64 {
        self.send(&json!({"op": "subscribe", "channel": channel})).await;
        let frame = self.expect("subscribed").await;
        assert_eq!(frame["channel"], channel);
        frame["position"].as_i64().unwrap()
    }

    pub async fn subscribe_since(&mut self, channel: &str, position: i64) {
        let since = json!({"epoch": EPOCH, "position": position});
        self.send(&json!({"op": "subscribe", "channel": channel, "since": since}))
            .await;
    }

    /// Returns the next frame, or the close code.
    pub async fn next(&mut self) -> Result<Value, u16> {
        while self.frames.is_empty() {
            let frames = self.next_message().await?;
            self.frames.extend(frames);
        }
        Ok(self.frames.pop_front().unwrap())
    }

    /// Returns the frames of the next message, or the close code. The rest of a partly read message is skipped.
    pub async fn next_message(&mut self) -> Result<Vec<Value>, u16> {
        self.frames.clear();
        loop {
            let message = tokio::time::timeout(testkit::DEADLINE, self.socket.next());
            match message.await.expect("a frame arrives within the deadline") {
                Some(Ok(Message::Text(text))) => {
                    return Ok(match serde_json::from_str(&text).unwrap() {
                        Value::Array(frames) => frames,
                        frame => vec![frame],
                    });
                }
                Some(Ok(Message::Close(reason))) => {
                    return Err(reason.map_or(1005, |reason| reason.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(1006),
            }
        }
    }

    /// Returns the next frame, which must be `op`.
    pub async fn expect(&mut self, op: &str) -> Value {
        let frame = self.next().await.unwrap();
        assert_eq!(frame["op"], op, "{frame}");
        frame
    }

    /// Returns the code of the next frame, which must be `error`.
    pub async fn expect_error(&mut self) -> String {
        self.expect("error").await["code"].as_str().unwrap().to_owned()
    }

    /// Returns the code with which the connection is closed, and drops the frames before it.
    pub async fn closed(&mut self) -> u16 {
        loop {
            if let Err(code) = self.next().await {
                return code;
            }
        }
    }

    /// Returns the positions of the next `count` changes.
    pub async fn positions(&mut self, count: usize) -> Vec<i64> {
        let mut positions = Vec::new();
        while positions.len() < count {
            let frame = self.next().await.unwrap();
            if frame["op"] == "change" {
                positions.push(frame["position"].as_i64().unwrap());
            }
        }
        positions
    }
}
