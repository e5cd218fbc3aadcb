//! A reconnecting client misses nothing and receives nothing twice.

use std::time::Duration;

use platform::auth::Role;
use schemas::change::ChangeBatch;
use serde_json::{Value, json};

use crate::support::{ADMIN, Node, ORDER, change, options};

fn one(number: i64) -> (&'static [&'static str], &'static str, Value) {
    (&[ORDER, "orders"], "a", json!({"n": number}))
}

#[tokio::test]
async fn a_client_resumes_after_its_last_position() {
    let mut node = Node::start(options()).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe(ORDER).await;
    node.publish(&[one(1), one(2)]).await;
    assert_eq!(client.positions(2).await, [1, 2]);
    drop(client);
    node.publish(&[one(3), one(4)]).await;
    node.caught_up().await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe_since(ORDER, 2).await;
    assert_eq!(client.expect("subscribed").await["position"], 2);
    node.publish(&[one(5)]).await;
    assert_eq!(client.positions(3).await, [3, 4, 5]);
    node.stop().await;
}

#[tokio::test]
async fn reconnecting_repeatedly_while_changes_arrive_loses_nothing() {
    let mut node = Node::start(options()).await;
    let (mut received, mut position) = (Vec::new(), 0);
    for round in 0..20 {
        let mut client = node.connect_as(Role::Admin, ADMIN).await;
        client.subscribe_since(ORDER, position).await;
        client.expect("subscribed").await;
        for number in 0..10 {
            node.publish(&[one(round * 10 + number)]).await;
        }
        received.extend(client.positions(5).await);
        position = *received.last().unwrap();
    }
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe_since(ORDER, position).await;
    received.extend(client.positions(200 - received.len()).await);
    assert_eq!(received, (1..=200).collect::<Vec<_>>());
    node.stop().await;
}

#[tokio::test]
async fn a_client_resumes_on_another_node() {
    let (mut one_node, mut other) = (Node::start(options()).await, Node::start(options()).await);
    for node in [&mut one_node, &mut other] {
        node.publish(&[one(1)]).await;
    }
    one_node.publish(&[one(2), one(3)]).await;
    let mut client = one_node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe_since(ORDER, 0).await;
    assert_eq!(client.positions(3).await, [1, 2, 3]);
    one_node.stop().await;
    // The other node lags: it must not repeat changes that it receives only now.
    let mut client = other.connect_as(Role::Admin, ADMIN).await;
    client.subscribe_since(ORDER, 3).await;
    assert_eq!(client.expect("subscribed").await["position"], 3);
    other.publish(&[one(2), one(3), one(4)]).await;
    assert_eq!(client.positions(1).await, [4]);
    other.stop().await;
}

/// Row 64 of the bad-input table.
#[tokio::test]
async fn a_client_that_was_offline_too_long_is_told_to_resync() {
    let mut short = options();
    short.history.changes_max = 2;
    let mut node = Node::start(short).await;
    node.publish(&[one(1), one(2), one(3), one(4)]).await;
    node.caught_up().await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe_since(ORDER, 1).await;
    let resync = client.expect("resync").await;
    assert_eq!(
        (&resync["channel"], &resync["position"]),
        (&json!(ORDER), &json!(4))
    );
    // The subscription continues.
    node.publish(&[one(5)]).await;
    assert_eq!(client.positions(1).await, [5]);
    client.subscribe_since("orders", 3).await;
    client.expect("subscribed").await;
    assert_eq!(client.positions(1).await, [5]);
    node.stop().await;
}

#[tokio::test]
async fn a_position_of_another_epoch_leads_to_a_resync() {
    let mut node = Node::start(options()).await;
    node.publish(&[one(1)]).await;
    node.caught_up().await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    let since = json!({"epoch": "another", "position": 1});
    client
        .send(&json!({"op": "subscribe", "channel": ORDER, "since": since}))
        .await;
    client.expect("resync").await;
    node.stop().await;
}

#[tokio::test]
async fn a_client_of_a_quiet_channel_is_sent_its_position() {
    let mut short = options();
    short.timing.position_every = Duration::from_millis(50);
    short.history.changes_max = 3;
    let mut node = Node::start(short).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe(ORDER).await;
    for number in 0..20 {
        node.publish(&[(&["deliveries"], "d", json!({"n": number}))])
            .await;
    }
    let mut position = 0;
    while position < 20 {
        position = client.expect("position").await["position"].as_i64().unwrap();
    }
    drop(client);
    node.publish(&[(&["deliveries"], "d", json!({})), one(1)]).await;
    node.caught_up().await;
    // The earlier changes have been evicted from history, and the client does not need them.
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe_since(ORDER, position).await;
    client.expect("subscribed").await;
    assert_eq!(client.positions(1).await, [22]);
    node.stop().await;
}

#[tokio::test]
async fn a_gap_in_the_feed_makes_every_client_resync() {
    let mut node = Node::start(options()).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe(ORDER).await;
    client.subscribe("orders").await;
    let changes = vec![change(8, &[ORDER], "a", &json!({}))];
    node.batch(ChangeBatch {
        from_position: 5,
        to_position: 8,
        changes,
    })
    .await;
    for _ in 0..2 {
        assert_eq!(client.expect("resync").await["position"], 5);
    }
    assert_eq!(client.positions(1).await, [8]);
    // Duplicates are dropped.
    let changes = vec![
        change(8, &[ORDER], "a", &json!({})),
        change(9, &[ORDER], "a", &json!({})),
    ];
    node.batch(ChangeBatch {
        from_position: 7,
        to_position: 9,
        changes,
    })
    .await;
    assert_eq!(client.positions(1).await, [9]);
    node.stop().await;
}

#[tokio::test]
async fn a_position_that_the_log_does_not_have_makes_the_client_read_again() {
    let mut options = options();
    options.timing.ahead_within = Duration::from_millis(300);
    let mut node = Node::start(options).await;
    node.publish(&[(&[ORDER], "a", json!({}))]).await;
    node.caught_up().await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe_since(ORDER, 1 << 62).await;
    client.expect("subscribed").await;
    assert_eq!(client.expect("resync").await["position"], 1);
    node.publish(&[(&[ORDER], "a", json!({}))]).await;
    assert_eq!(client.positions(1).await, [2]);
    node.stop().await;
}
