//! The frames of a connection.

use insta::assert_snapshot;
use platform::auth::Role;
use serde_json::{Value, json};

use crate::support::{ADMIN, CUSTOMER, Node, ORDER, ORDER_ID, change, options, sorted};

/// Renders a frame, without the values that differ between runs.
fn text(mut frame: Value) -> String {
    for (field, placeholder) in [("session_id", json!("[uuid]")), ("delay_ms", json!("[ms]"))] {
        if let Some(value) = frame.get_mut(field) {
            *value = placeholder;
        }
    }
    sorted(frame).to_string()
}

#[tokio::test]
async fn a_conversation_consists_of_the_documented_frames() {
    let mut node = Node::start(options()).await;
    let mut client = node.connect().await;
    let requests = [
        json!({"op": "ping"}),
        json!({"op": "subscribe", "channel": "orders"}),
        json!({"op": "auth", "token": node.token(Role::Admin, ADMIN)}),
        json!({"op": "subscribe", "channel": "orders"}),
        json!({"op": "subscribe", "channel": "no-such-channel"}),
        json!({"op": "subscribe", "channel": ORDER, "since": {"epoch": "another", "position": 0}}),
        json!({"op": "unsubscribe", "channel": ORDER}),
        json!({"op": "shout"}),
    ];
    let mut answers = Vec::new();
    for request in requests {
        client.send(&request).await;
        answers.push(text(client.next().await.unwrap()));
    }
    node.publish(&[(&["orders", ORDER], "a", json!({"status": "placed"}))])
        .await;
    answers.push(text(client.next().await.unwrap()));
    node.shutdown.begin();
    answers.push(text(client.next().await.unwrap()));
    assert_snapshot!(answers.join("\n"), @r#"
    {"op":"pong"}
    {"code":"unauthenticated","detail":"The first frame must be auth.","op":"error"}
    {"epoch":"the-log","op":"ready","position":0,"session_id":"[uuid]"}
    {"channel":"orders","epoch":"the-log","op":"subscribed","position":0}
    {"channel":"no-such-channel","code":"unknown-channel","detail":"The channel does not exist, or you may not read it.","op":"error"}
    {"channel":"order:00000000-0000-0000-0000-00000000000a","epoch":"the-log","op":"resync","position":0}
    {"channel":"order:00000000-0000-0000-0000-00000000000a","op":"unsubscribed"}
    {"code":"malformed","detail":"The message is not a frame of waybill.v1.","op":"error"}
    {"channel":"orders","data":{"status":"placed"},"key":"a","kind":"order.changed","op":"change","position":1}
    {"delay_ms":"[ms]","op":"reconnect"}
    "#);
    assert_eq!(client.closed().await, 1012);
    node.stop().await;
}

#[tokio::test]
async fn an_unsubscribed_channel_sends_nothing() {
    let mut node = Node::start(options()).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client.subscribe("orders").await;
    client
        .send(&json!({"op": "unsubscribe", "channel": "orders"}))
        .await;
    client.expect("unsubscribed").await;
    node.publish(&[(&["orders"], "a", json!({}))]).await;
    node.caught_up().await;
    client.send(&json!({"op": "ping"})).await;
    client.expect("pong").await;
    node.stop().await;
}

#[tokio::test]
async fn one_socket_serves_many_channels() {
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
async fn changes_of_one_position_arrive_in_one_message() {
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
    let frames = client.next_message().await.unwrap();
    let keys: Vec<_> = frames.iter().map(|frame| &frame["key"]).collect();
    assert_eq!(keys, ["a", "b", "c"]);
    node.stop().await;
}

#[tokio::test]
async fn an_anonymous_connection_reads_products_only() {
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

/// Row 63 of the bad-input table.
#[tokio::test]
async fn a_forbidden_channel_looks_like_one_that_does_not_exist() {
    let node = Node::start(options()).await;
    node.parties.add(CUSTOMER, ORDER_ID);
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
async fn a_client_receives_only_its_own_channels() {
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
async fn the_first_frame_must_be_auth() {
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
