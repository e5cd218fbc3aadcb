//! Each frame.

use platform::auth::Role;
use serde_json::json;

use crate::support::{ADMIN, CUSTOMER, EPOCH, Node, ORDER, ORDER_ID, change, options};

#[tokio::test]
async fn every_frame_has_its_documented_form() {
    let mut node = Node::start(options()).await;
    let mut client = node.connect().await;
    client.send(&json!({"op": "ping"})).await;
    assert_eq!(client.next().await.unwrap(), json!({"op": "pong"}));
    let mut ready = client.auth(&node.token(Role::Admin, ADMIN)).await;
    assert!(ready["session_id"].take().as_str().is_some());
    assert_eq!(
        ready,
        json!({"op": "ready", "session_id": null, "epoch": EPOCH, "position": 0})
    );
    client
        .send(&json!({"op": "subscribe", "channel": "orders"}))
        .await;
    let subscribed = json!({"op": "subscribed", "channel": "orders", "epoch": EPOCH, "position": 0});
    assert_eq!(client.next().await.unwrap(), subscribed);
    node.publish(&[(&["orders", ORDER], "a", json!({"status": "placed"}))])
        .await;
    let expected = json!({
        "op": "change", "channel": "orders", "position": 1, "kind": "order.changed", "key": "a",
        "data": {"status": "placed"}
    });
    assert_eq!(client.next().await.unwrap(), expected);
    client
        .send(&json!({"op": "unsubscribe", "channel": "orders"}))
        .await;
    assert_eq!(
        client.next().await.unwrap(),
        json!({"op": "unsubscribed", "channel": "orders"})
    );
    node.publish(&[(&["orders"], "a", json!({}))]).await;
    node.caught_up().await;
    client.send(&json!({"op": "ping"})).await;
    client.expect("pong").await;
    node.stop().await;
}

#[tokio::test]
async fn one_socket_has_many_channels_and_each_gets_its_own() {
    let mut node = Node::start(options()).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    for channel in ["orders", "deliveries", ORDER, "product:MUG-1"] {
        client.subscribe(channel).await;
    }
    node.publish(&[
        (&["orders", ORDER], "a", json!({"n": 1})),
        (&["product:MUG-1"], "MUG-1", json!({"n": 2})),
        (&["product:MUG-2"], "MUG-2", json!({"n": 3})),
        (&["deliveries"], "d", json!({"n": 4})),
    ])
    .await;
    let mut received = Vec::new();
    for _ in 0..4 {
        let frame = client.expect("change").await;
        received.push((
            frame["channel"].as_str().unwrap().to_owned(),
            frame["data"]["n"].as_i64().unwrap(),
        ));
    }
    let expected = [("orders", 1), (ORDER, 1), ("product:MUG-1", 2), ("deliveries", 4)];
    assert_eq!(received, expected.map(|(channel, n)| (channel.to_owned(), n)));
    node.stop().await;
}

#[tokio::test]
async fn changes_of_one_position_come_in_one_message() {
    let mut node = Node::start(options()).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe(ORDER).await;
    let changes = ["a", "b", "c"]
        .map(|key| change(1, &[ORDER], key, &json!({})))
        .to_vec();
    node.batch(schemas::change::ChangeBatch {
        from_position: 0,
        to_position: 1,
        changes,
    })
    .await;
    assert_eq!(client.positions(3).await, [1, 1, 1]);
    node.stop().await;
}

#[tokio::test]
async fn nobody_may_watch_products_and_nothing_else() {
    let mut node = Node::start(options()).await;
    let mut client = node.connect().await;
    client.send(&json!({"op": "auth", "token": null})).await;
    client.expect("ready").await;
    client.subscribe("product:MUG-1").await;
    for channel in [
        "orders",
        ORDER,
        "metrics",
        "courier:00000000-0000-0000-0000-000000000001",
    ] {
        client.send(&json!({"op": "subscribe", "channel": channel})).await;
        assert_eq!(client.expect_error().await, "unknown-channel", "{channel}");
    }
    node.publish(&[(&["product:MUG-1"], "MUG-1", json!({"available": 3}))])
        .await;
    assert_eq!(client.expect("change").await["data"]["available"], 3);
    node.stop().await;
}

/// Row 63.
#[tokio::test]
async fn a_forbidden_channel_looks_like_one_that_does_not_exist() {
    let node = Node::start(options()).await;
    node.owners.add(CUSTOMER, ORDER_ID);
    let mut client = node.connect_as(Role::Customer, CUSTOMER).await;
    client.subscribe(ORDER).await;
    let mut answers = Vec::new();
    for channel in [
        "order:00000000-0000-0000-0000-00000000000b",
        "order:not-a-uuid",
        "orders",
        "no-such-channel",
        "seller:00000000-0000-0000-0000-000000000002",
        "",
    ] {
        client.send(&json!({"op": "subscribe", "channel": channel})).await;
        let mut answer = client.expect("error").await;
        assert_eq!(answer["channel"].take(), channel);
        answers.push(answer);
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    node.stop().await;
}

#[tokio::test]
async fn nobody_gets_what_belongs_to_others() {
    let mut node = Node::start(options()).await;
    let mine = "account:00000000-0000-0000-0000-000000000002";
    let mut client = node.connect_as(Role::Customer, CUSTOMER).await;
    client.subscribe(mine).await;
    let other = "account:00000000-0000-0000-0000-000000000009";
    node.publish(&[
        (&[other, "orders"], "a", json!({"canary": "theirs"})),
        (&[mine, "orders"], "b", json!({"canary": "mine"})),
    ])
    .await;
    assert_eq!(client.expect("change").await["data"]["canary"], "mine");
    node.stop().await;
}

#[tokio::test]
async fn the_first_frame_says_who_it_is() {
    let node = Node::start(options()).await;
    let mut client = node.connect().await;
    client
        .send(&json!({"op": "subscribe", "channel": "product:MUG-1"}))
        .await;
    assert_eq!(client.expect_error().await, "unauthenticated");
    client.auth(&node.token(Role::Customer, CUSTOMER)).await;
    client.subscribe("product:MUG-1").await;
    node.stop().await;
}
