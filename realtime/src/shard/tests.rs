//! Random schedules of publications, deliveries, connections and losses, without a socket: each subscriber gets its
//! changes once and in order.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Weak;
use std::time::{Duration, SystemTime};

use futures_util::future::BoxFuture;
use platform::auth::{Principal, Role};
use proptest::prelude::*;
use schemas::change::{Change, ChangeBatch};
use schemas::read_model::order::Party;
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::*;
use crate::admission::Admission;
use crate::connection::Connection;
use crate::options::{HistoryLimits, Options};
use crate::rights::{AccessError, ChannelAccess};
use crate::services::Services;
use crate::tokens::Issuer;

const CHANNELS: [&str; 4] = [
    "order:00000000-0000-0000-0000-000000000001",
    "order:00000000-0000-0000-0000-000000000002",
    "orders",
    "product:MUG",
];
const EPOCH: &str = "the-log";

struct DenyAll;

impl ChannelAccess for DenyAll {
    fn party_to_order<'a>(
        &'a self,
        _: &'a Principal,
        _: Uuid,
    ) -> BoxFuture<'a, Result<Option<Party>, AccessError>> {
        Box::pin(std::future::ready(Ok(None)))
    }
}

struct Node {
    hub: Arc<Hub>,
    shard: Rc<Shard<Connection>>,
    messages: mpsc::Receiver<ShardMessage>,
    fed: usize,
}

impl Node {
    fn new(options: Options) -> Self {
        let hub = Arc::new(Hub::new(options));
        let attachment = hub.attach();
        let shard = Rc::new(Shard::new(Arc::clone(&hub), attachment.end));
        Self {
            hub,
            shard,
            messages: attachment.messages,
            fed: 0,
        }
    }

    fn feed(&mut self, batches: &[ChangeBatch], count: usize) {
        for batch in batches.iter().skip(self.fed).take(count) {
            // Some batches are repeated, as an at-least-once feed may do.
            for _ in 0..=(batch.to_position % 2) {
                for (message, shards) in self.hub.record(batch.clone(), SystemTime::now()) {
                    for shard in shards {
                        shard.try_send(message.clone()).unwrap();
                    }
                }
            }
            self.fed += 1;
        }
    }

    fn deliver(&mut self, count: usize) {
        for _ in 0..count {
            let Ok(message) = self.messages.try_recv() else {
                return;
            };
            self.shard.apply(&message, Instant::now());
        }
    }
}

/// The changes a client has received on a channel.
#[derive(Default)]
struct ChannelView {
    /// The position after which it has every change: that of the first `subscribed`, or of the last `resync`.
    start: i64,
    position: Option<i64>,
    received: Vec<(i64, u64)>,
    /// The unanswered `subscribe` frames: whether each had a `since`.
    requests: VecDeque<bool>,
}

#[derive(Default)]
struct TestClient {
    connection: Option<Rc<Connection>>,
    channels: BTreeSet<&'static str>,
    views: BTreeMap<&'static str, ChannelView>,
    resyncs: usize,
}

impl TestClient {
    fn connect(&mut self, node: &Node, services: &Arc<Services>, token: &str) {
        self.disconnect();
        let connection = Connection::new(Rc::clone(&node.shard), Arc::clone(services), Weak::new(), None);
        connection.on_text(&serde_json::json!({"op": "auth", "token": token}).to_string());
        self.connection = Some(connection);
        for channel in self.channels.clone() {
            self.subscribe(channel);
        }
    }

    fn disconnect(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.release();
        }
        self.views.values_mut().for_each(|view| view.requests.clear());
    }

    fn subscribe(&mut self, channel: &'static str) {
        self.channels.insert(channel);
        let Some(connection) = &self.connection else {
            return;
        };
        let mut frame = serde_json::json!({"op": "subscribe", "channel": channel});
        let view = self.views.entry(channel).or_default();
        view.requests.push_back(view.position.is_some());
        if let Some(position) = view.position {
            frame["since"] = serde_json::json!({"epoch": EPOCH, "position": position});
        }
        connection.on_text(&frame.to_string());
    }

    fn check(&self) {
        if let Some(connection) = &self.connection {
            connection.check(Instant::now());
        }
    }

    /// Takes one output, of which only the first `arriving` messages arrive. Returns whether there was any.
    fn read(&mut self, arriving: usize) -> bool {
        let Some(connection) = self.connection.clone() else {
            return false;
        };
        let output = connection.take_output(Instant::now());
        assert_eq!(output.close, None);
        let has_any = !output.messages.is_empty();
        for message in output.messages.iter().take(arriving) {
            match serde_json::from_str(message).unwrap() {
                Value::Array(frames) => frames.iter().for_each(|frame| self.take(frame)),
                frame => self.take(&frame),
            }
        }
        if output.messages.len() > arriving {
            self.disconnect();
        }
        has_any && self.connection.is_some()
    }

    fn take(&mut self, frame: &Value) {
        let position = frame["position"].as_i64();
        if frame["op"] == "position" {
            for channel in &self.channels {
                let view = self.views.entry(channel).or_default();
                // A channel without an answer yet has no position to advance.
                view.position = view.position.map(|known| known.max(position.unwrap()));
            }
            return;
        }
        let Some(channel) = CHANNELS.into_iter().find(|channel| frame["channel"] == *channel) else {
            assert!(frame["op"] == "ready", "{frame}");
            return;
        };
        let view = self.views.entry(channel).or_default();
        match frame["op"].as_str().unwrap() {
            "subscribed" => {
                if !view.requests.pop_front().unwrap() {
                    // A subscription without `since` starts with the next change.
                    view.start = position.unwrap();
                    view.received.clear();
                }
                view.position = view.position.max(position);
            }
            "resync" => {
                view.start = position.unwrap();
                view.received
                    .retain(|(received, _)| *received > position.unwrap());
                view.position = position;
                view.requests.pop_front();
                self.resyncs += 1;
            }
            "change" => {
                view.received
                    .push((position.unwrap(), frame["data"]["n"].as_u64().unwrap()));
                view.position = view.position.max(position);
            }
            other => panic!("unexpected frame: {other}"),
        }
    }
}

fn batches(plan: &[Vec<(u8, u8, u8)>]) -> Vec<ChangeBatch> {
    let (mut position, mut number) = (0_i64, 0_u64);
    plan.iter()
        .map(|changes| {
            let from_position = position;
            let changes = changes
                .iter()
                .map(|(step, channels, key)| {
                    position = (position + i64::from(step % 3)).max(from_position + 1);
                    number += 1;
                    Change {
                        position,
                        channels: CHANNELS
                            .iter()
                            .enumerate()
                            .filter(|(index, _)| channels >> index & 1 == 1)
                            .map(|(_, name)| (*name).to_owned())
                            .collect(),
                        kind: "test.changed".to_owned(),
                        // One change per channel, position and key: the number makes the keys of a position distinct.
                        key: format!("{}-{}", key % 3, number % 2),
                        data: RawValue::from_string(format!("{{\"n\":{number}}}")).unwrap(),
                        origin: schemas::change::Origin::default(),
                        readers: schemas::change::Readers::default(),
                    }
                })
                .collect();
            position += 1;
            ChangeBatch {
                from_position,
                to_position: position,
                changes,
            }
        })
        .collect()
}

/// Compares the changes that `client` received with those that were published.
fn compare(client: &TestClient, batches: &[ChangeBatch]) -> Result<(), String> {
    for (name, view) in &client.views {
        let changes = || {
            batches.iter().flat_map(|batch| &batch.changes).filter(|change| {
                change.channels.iter().any(|channel| channel == name) && change.position > view.start
            })
        };
        let number = |change: &Change| {
            serde_json::from_str::<Value>(change.data.get()).unwrap()["n"]
                .as_u64()
                .unwrap()
        };
        let expected: Vec<_> = changes()
            .map(|change| (change.position, number(change)))
            .collect();
        let received: Vec<_> = view.received.clone();
        if !name.parse::<Channel>().unwrap().is_conflated() {
            if received != expected {
                return Err(format!(
                    "{name} from {}: {received:?}, not {expected:?}",
                    view.start
                ));
            }
            continue;
        }
        if !received.is_sorted_by(|one, next| one.0 <= next.0 && one != next) {
            return Err(format!("{name} is not in order: {received:?}"));
        }
        let newest: BTreeMap<_, _> = changes()
            .map(|change| (change.key.clone(), number(change)))
            .collect();
        let got: BTreeMap<_, _> = changes()
            .filter(|change| received.contains(&(change.position, number(change))))
            .map(|change| (change.key.clone(), number(change)))
            .collect();
        if newest != got || received.iter().any(|one| !expected.contains(one)) {
            return Err(format!(
                "{name} from {}: {received:?} of {expected:?}",
                view.start
            ));
        }
    }
    Ok(())
}

fn run(plan: &[Vec<(u8, u8, u8)>], actions: &[(u8, u8, u8)], options: &Options) -> Result<usize, String> {
    let issuer = Issuer::new();
    let token = issuer.token(Role::Admin, Uuid::from_u128(1), Uuid::from_u128(2));
    let services = Arc::new(Services {
        verifier: issuer.verifier.clone(),
        access: Box::new(DenyAll),
        admission: Admission::default(),
    });
    let batches = batches(plan);
    let mut nodes = [Node::new(options.clone()), Node::new(options.clone())];
    let mut clients: [TestClient; 3] = Default::default();
    for (action, who, what) in actions {
        let (node, client) = (usize::from(*who) % 2, usize::from(*who) % 3);
        let what = usize::from(*what);
        match action % 8 {
            0 | 1 => nodes[node].feed(&batches, what % 3 + 1),
            2 => nodes[node].deliver(what % 4 + 1),
            3 => clients[client].connect(&nodes[what % 2], &services, &token),
            4 => clients[client].subscribe(CHANNELS[what % CHANNELS.len()]),
            5 => clients[client].check(),
            6 => drop(clients[client].read(usize::MAX)),
            _ => drop(clients[client].read(what % 3)),
        }
    }
    for node in &mut nodes {
        node.feed(&batches, usize::MAX);
        node.deliver(usize::MAX);
    }
    for client in &mut clients {
        if client.connection.is_none() {
            client.connect(&nodes[0], &services, &token);
        }
        while client.read(usize::MAX) {
            client.check();
        }
        compare(client, &batches)?;
        client.disconnect();
    }
    if nodes
        .iter()
        .any(|node| !node.shard.is_empty() || !node.shard.subscribers.borrow().is_empty())
    {
        return Err("a connection or a subscription was left behind".to_owned());
    }
    Ok(clients.iter().map(|client| client.resyncs).sum())
}

fn options(outbox_bytes_max: usize, changes_max: usize) -> Options {
    let mut options = Options::new(EPOCH);
    options.limits.outbox_bytes_max = outbox_bytes_max;
    options.limits.batch_bytes_max = 300;
    options.timing.position_every = Duration::ZERO;
    options.history = HistoryLimits {
        changes_max,
        ..HistoryLimits::default()
    };
    options
}

fn plans() -> impl Strategy<Value = Vec<Vec<(u8, u8, u8)>>> {
    prop::collection::vec(prop::collection::vec(any::<(u8, u8, u8)>(), 0..5), 0..25)
}

fn schedules() -> impl Strategy<Value = Vec<(u8, u8, u8)>> {
    prop::collection::vec(any::<(u8, u8, u8)>(), 0..80)
}

proptest! {
    #[test]
    fn each_subscriber_gets_its_changes_once_and_in_order(plan in plans(), actions in schedules()) {
        prop_assert_eq!(run(&plan, &actions, &options(100_000, 10_000)), Ok(0));
    }

    #[test]
    fn a_lagging_subscriber_gets_its_changes_once_and_in_order(plan in plans(), actions in schedules()) {
        prop_assert_eq!(run(&plan, &actions, &options(500, 10_000)), Ok(0));
    }

    #[test]
    fn a_subscriber_must_resync_when_history_is_too_short(plan in plans(), actions in schedules()) {
        prop_assert_eq!(run(&plan, &actions, &options(500, 3)).err(), None);
    }
}
