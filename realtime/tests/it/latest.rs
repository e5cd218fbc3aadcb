//! Channels without history: a subscription starts with the newest values, and receives each that replaces one.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::BoxFuture;
use platform::auth::Role;
use realtime::{EmbeddedFeed, Feed, ReadError, Source, Value as Read};
use schemas::change::{ChangeBatch, ChangeKind};
use schemas::channel::Channel;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::support::{ADMIN, Client, EPOCH, Node, ORDER, options};

/// Values that the test sets. Counts how often they are read.
#[derive(Clone, Default)]
struct Values(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    values: Vec<(&'static str, u64)>,
    reads: usize,
}

impl Values {
    fn set(&self, values: &[(&'static str, u64)]) {
        self.0.lock().unwrap().values = values.to_vec();
    }

    fn reads(&self) -> usize {
        self.0.lock().unwrap().reads
    }
}

impl Source for Values {
    fn channel(&self) -> Channel {
        Channel::Replays
    }

    fn interval(&self) -> Duration {
        Duration::from_millis(20)
    }

    fn read(&mut self) -> BoxFuture<'_, Result<Vec<Read>, ReadError>> {
        let mut state = self.0.lock().unwrap();
        state.reads += 1;
        let values = state.values.iter().map(|(key, n)| Read {
            key: (*key).to_owned(),
            kind: ChangeKind::ReplayChanged,
            data: RawValue::from_string(json!({"n": n}).to_string()).unwrap(),
        });
        Box::pin(std::future::ready(Ok(values.collect())))
    }
}

async fn node(values: &Values) -> (Node, mpsc::Sender<ChangeBatch>) {
    let (batches, receiver) = mpsc::channel(64);
    let feed = Feed::Embedded(EmbeddedFeed {
        start_position: 0,
        fill_position: 0,
        batches: receiver,
    });
    (
        Node::with(options(), feed, vec![Box::new(values.clone())]).await,
        batches,
    )
}

/// The key and the number of the next change.
async fn next(client: &mut Client) -> (String, u64) {
    let frame = client.expect("change").await;
    assert_eq!(
        (&frame["channel"], &frame["kind"]),
        (&json!("replays"), &json!("replay.changed"))
    );
    (
        frame["key"].as_str().unwrap().to_owned(),
        frame["data"]["n"].as_u64().unwrap(),
    )
}

fn pair(key: &str, n: u64) -> (String, u64) {
    (key.to_owned(), n)
}

fn up_to(from_position: i64, to_position: i64) -> ChangeBatch {
    ChangeBatch {
        from_position,
        to_position,
        changes: Vec::new(),
    }
}

/// Makes sure that the client has no other frame.
async fn nothing_else(client: &mut Client) {
    client.send(&json!({"op": "ping"})).await;
    client.expect("pong").await;
}

#[tokio::test]
async fn a_subscriber_gets_the_newest_values_and_then_each_change_once() {
    let values = Values::default();
    values.set(&[("orders", 1), ("stock", 1)]);
    let (node, _batches) = node(&values).await;
    let mut one = node.connect_as(Role::Admin, ADMIN).await;
    one.subscribe("replays").await;
    assert_eq!(
        [next(&mut one).await, next(&mut one).await],
        [pair("orders", 1), pair("stock", 1)]
    );
    values.set(&[("orders", 1), ("stock", 2)]);
    assert_eq!(next(&mut one).await, pair("stock", 2));
    let mut other = node.connect_as(Role::Admin, ADMIN).await;
    other.subscribe("replays").await;
    assert_eq!(
        [next(&mut other).await, next(&mut other).await],
        [pair("orders", 1), pair("stock", 2)]
    );
    let reads = values.reads();
    testkit::eventually("the values are read again", async || values.reads() > reads + 3).await;
    nothing_else(&mut one).await;
    values.set(&[("orders", 3), ("stock", 2)]);
    assert_eq!(next(&mut one).await, pair("orders", 3));
    assert_eq!(next(&mut other).await, pair("orders", 3));
    node.stop().await;
}

#[tokio::test]
async fn nothing_is_read_while_nobody_is_subscribed_and_a_new_subscriber_gets_no_old_value() {
    let values = Values::default();
    values.set(&[("orders", 1)]);
    let (node, _batches) = node(&values).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe(ORDER).await;
    assert_eq!(values.reads(), 0);
    client.subscribe("replays").await;
    assert_eq!(next(&mut client).await, pair("orders", 1));
    client
        .send(&json!({"op": "unsubscribe", "channel": "replays"}))
        .await;
    client.expect("unsubscribed").await;
    values.set(&[("orders", 2)]);
    client.subscribe("replays").await;
    assert_eq!(next(&mut client).await, pair("orders", 2));
    node.stop().await;
}

#[tokio::test]
async fn a_client_that_comes_back_gets_the_newest_value_at_a_position_that_it_accepts() {
    let values = Values::default();
    values.set(&[("orders", 1)]);
    let (node, batches) = node(&values).await;
    batches.send(up_to(0, 5)).await.unwrap();
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    // It was connected to a node that is ahead.
    client.subscribe_since("replays", 9).await;
    assert_eq!(client.expect("subscribed").await["position"], 9);
    let frame = client.expect("change").await;
    assert_eq!((&frame["position"], &frame["data"]["n"]), (&json!(9), &json!(1)));
    client
        .send(&json!({"op": "subscribe", "channel": "replays", "since": {"epoch": "another", "position": 9}}))
        .await;
    client.expect("resync").await;
    assert_eq!(next(&mut client).await, pair("orders", 1));
    client
        .send(&json!({"op": "subscribe", "channel": "replays", "since": {"epoch": EPOCH, "position": 0}}))
        .await;
    client.expect("subscribed").await;
    assert_eq!(next(&mut client).await, pair("orders", 1));
    node.stop().await;
}

#[tokio::test]
async fn a_gap_in_the_log_loses_no_value() {
    let values = Values::default();
    values.set(&[("orders", 1)]);
    let (node, batches) = node(&values).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe("replays").await;
    assert_eq!(next(&mut client).await, pair("orders", 1));
    batches.send(up_to(7, 8)).await.unwrap();
    values.set(&[("orders", 2)]);
    let mut last: Value = Value::Null;
    while last["data"]["n"] != 2 {
        last = client.next().await.unwrap();
        assert!(last["op"] == "change" || last["op"] == "position", "{last}");
    }
    node.stop().await;
}

#[tokio::test]
async fn others_may_not_read_them() {
    let (node, _batches) = node(&Values::default()).await;
    let mut client = node.connect_as(Role::Analyst, ADMIN).await;
    for channel in ["replays", "metrics"] {
        client.send(&json!({"op": "subscribe", "channel": channel})).await;
        assert_eq!(client.expect_error().await, "unknown-channel");
    }
    node.stop().await;
}
