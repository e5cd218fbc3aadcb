//! A client that was away misses nothing and gets nothing twice.

use std::time::Duration;

use platform::auth::Role;
use schemas::change::ChangeBatch;
use serde_json::{Value, json};

use crate::support::{ADMIN, Node, ORDER, change, options};

fn one(number: i64) -> (&'static [&'static str], &'static str, Value) {
    (&[ORDER, "orders"], "a", json!({"n": number}))
}

#[tokio::test]
async fn a_client_goes_on_where_it_was() {
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
async fn reconnecting_again_and_again_while_changes_come_loses_nothing() {
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
async fn a_client_goes_on_at_another_node() {
    let (mut one_node, mut other) = (Node::start(options()).await, Node::start(options()).await);
    for node in [&mut one_node, &mut other] {
        node.publish(&[one(1)]).await;
    }
    one_node.publish(&[one(2), one(3)]).await;
    let mut client = one_node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe_since(ORDER, 0).await;
    assert_eq!(client.positions(3).await, [1, 2, 3]);
    one_node.stop().await;
    // The other node is behind: it must not send again what it takes in only now.
    let mut client = other.connect_as(Role::Admin, ADMIN).await;
    client.subscribe_since(ORDER, 3).await;
    assert_eq!(client.expect("subscribed").await["position"], 3);
    other.publish(&[one(2), one(3), one(4)]).await;
    assert_eq!(client.positions(1).await, [4]);
    other.stop().await;
}

/// Row 64.
#[tokio::test]
async fn a_client_that_was_away_too_long_is_told_to_refetch() {
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
    // The subscription stands.
    node.publish(&[one(5)]).await;
    assert_eq!(client.positions(1).await, [5]);
    client.subscribe_since("orders", 3).await;
    client.expect("subscribed").await;
    assert_eq!(client.positions(1).await, [5]);
    node.stop().await;
}

#[tokio::test]
async fn a_position_of_another_log_is_not_believed() {
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
async fn a_quiet_channel_hears_how_far_it_has_come() {
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
    // History no longer has what was before, and the client does not need it.
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe_since(ORDER, position).await;
    client.expect("subscribed").await;
    assert_eq!(client.positions(1).await, [22]);
    node.stop().await;
}

#[tokio::test]
async fn a_feed_with_a_hole_makes_everybody_refetch() {
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
    // What comes twice is dropped.
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
