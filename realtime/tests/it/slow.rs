//! Clients that do not read, or do not answer pings.

use std::time::Duration;

use platform::auth::Role;
use serde_json::{Value, json};

use crate::framing::raw;
use crate::support::{ADMIN, Client, Node, ORDER, options};

const SMALL: Option<u32> = Some(4_096);

/// Creates data of about 4 KiB.
fn heavy(number: usize) -> Value {
    json!({"n": number, "padding": "x".repeat(4_000)})
}

async fn connect(node: &Node, receive_bytes: Option<u32>) -> Client {
    let mut client = Client::connect(node.port, receive_bytes).await;
    client.auth(&node.token(Role::Admin, ADMIN)).await;
    client
}

#[tokio::test]
async fn a_client_that_does_not_read_is_evicted_and_does_not_delay_others() {
    let mut strict = options();
    // Long enough that a reader with little CPU time is not considered slow.
    strict.timing.slow_after = Duration::from_secs(3);
    strict.timing.close_within = Duration::from_millis(200);
    let mut node = Node::start(strict).await;
    let mut stuck = connect(&node, SMALL).await;
    stuck.subscribe(ORDER).await;
    let mut readers = Vec::new();
    for _ in 0..4 {
        let mut reader = connect(&node, None).await;
        reader.subscribe(ORDER).await;
        readers.push(tokio::spawn(async move { reader.positions(4_000).await }));
    }
    for number in 0..400 {
        let batch: Vec<_> = (0..10).map(|_| (&[ORDER][..], "a", heavy(number))).collect();
        node.publish(&batch).await;
    }
    for reader in readers {
        assert_eq!(reader.await.unwrap(), (1..=4_000).collect::<Vec<_>>());
    }
    testkit::eventually("the client is evicted", async || {
        node.realtime.metrics().evicted == 1
    })
    .await;
    testkit::eventually("only that one is evicted", async || {
        node.realtime.metrics().connections == 0
    })
    .await;
    // Changes that were sent earlier arrive in order; then the socket ends.
    let mut last = 0;
    while let Ok(frame) = stuck.next().await {
        let position = frame["position"].as_i64().unwrap();
        assert_eq!(position, last + 1);
        last = position;
    }
    assert!(last < 4_000);
    node.stop().await;
}

#[tokio::test]
async fn a_client_that_lags_receives_everything_from_history() {
    let mut node = Node::start(options()).await;
    let mut client = connect(&node, SMALL).await;
    client.subscribe(ORDER).await;
    for number in 0..200 {
        let batch: Vec<_> = (0..10).map(|_| (&[ORDER][..], "a", heavy(number))).collect();
        node.publish(&batch).await;
    }
    node.caught_up().await;
    assert_eq!(client.positions(2_000).await, (1..=2_000).collect::<Vec<_>>());
    let metrics = node.realtime.metrics();
    assert!(metrics.lagged >= 1 && metrics.evicted == 0, "{metrics:?}");
    node.stop().await;
}

#[tokio::test]
async fn a_conflated_channel_queues_only_the_newest_change_of_each_key() {
    let mut node = Node::start(options()).await;
    let mut client = connect(&node, SMALL).await;
    client.subscribe("product:MUG").await;
    for number in 0..300 {
        let batch: Vec<_> = ["a", "b", "c", "d", "e"]
            .into_iter()
            .map(|key| (&["product:MUG"][..], key, heavy(number)))
            .collect();
        node.publish(&batch).await;
    }
    node.caught_up().await;
    let mut frames = Vec::new();
    while frames
        .last()
        .is_none_or(|frame: &Value| frame["position"] != 1_500)
    {
        frames.push(client.expect("change").await);
    }
    assert!(frames.len() < 1_500, "{} frames", frames.len());
    assert!(frames.is_sorted_by_key(|frame| frame["position"].as_i64()));
    for key in ["a", "b", "c", "d", "e"] {
        let newest = frames.iter().rev().find(|frame| frame["key"] == key).unwrap();
        assert_eq!(newest["data"]["n"], 299, "{key}");
    }
    assert!(node.realtime.metrics().conflated > 0);
    node.stop().await;
}

#[tokio::test]
async fn a_client_that_does_not_answer_a_ping_is_evicted() {
    let mut strict = options();
    strict.timing.ping_after = Duration::from_millis(100);
    strict.timing.pong_within = Duration::from_millis(300);
    let node = Node::start(strict).await;
    // This client neither reads nor answers, but its socket buffer is not full.
    let _mute = raw(&node).await;
    let mut alive = connect(&node, None).await;
    let alive = tokio::spawn(async move { alive.closed().await });
    testkit::eventually("the client is evicted", async || {
        node.realtime.metrics().evicted == 1
    })
    .await;
    testkit::eventually("the connection is removed", async || {
        node.realtime.metrics().connections == 1
    })
    .await;
    assert!(!alive.is_finished());
    node.stop().await;
    assert_eq!(alive.await.unwrap(), 1012);
}
