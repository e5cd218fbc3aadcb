//! What a client may not do too much of. Rows 62 and 65.

use platform::auth::Role;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use crate::framing::{close_code, frame, raw};
use crate::support::{ADMIN, CUSTOMER, Client, Node, options};

#[tokio::test]
async fn a_connection_has_128_channels() {
    let mut patient = options();
    patient.limits.frames_burst = 1_000;
    let node = Node::start(patient).await;
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    let channel = |number: u128| format!("order:{}", Uuid::from_u128(number));
    for number in 0..128 {
        client.subscribe(&channel(number)).await;
    }
    client
        .send(&json!({"op": "subscribe", "channel": channel(128)}))
        .await;
    assert_eq!(client.expect_error().await, "too-many-channels");
    // One that it has may be subscribed to again, and one that it gives back makes room.
    client.subscribe(&channel(0)).await;
    client
        .send(&json!({"op": "unsubscribe", "channel": channel(0)}))
        .await;
    client.expect("unsubscribed").await;
    client.subscribe(&channel(128)).await;
    node.stop().await;
}

#[tokio::test]
async fn malformed_frames_are_answered_twice() {
    let node = Node::start(options()).await;
    for bad in [
        "",
        "{",
        "[]",
        "{\"op\":\"shout\"}",
        "{\"op\":\"ping\",\"x\":1}",
        "{\"op\":\"auth\"}",
    ] {
        let mut client = node.connect().await;
        for _ in 0..2 {
            client.send_message(Message::text(bad)).await;
            assert_eq!(client.expect_error().await, "malformed", "{bad}");
        }
        client.send(&json!({"op": "ping"})).await;
        client.expect("pong").await;
        client.send_message(Message::text(bad)).await;
        assert_eq!(client.expect_error().await, "malformed", "{bad}");
        assert_eq!(client.closed().await, 1008, "{bad}");
    }
    let mut client = node.connect_as(Role::Admin, ADMIN).await;
    client
        .send(&json!({"op": "subscribe", "channel": "x".repeat(201)}))
        .await;
    assert_eq!(client.expect_error().await, "malformed");
    node.stop().await;
}

/// Row 65, with each kind of frame.
#[tokio::test]
async fn a_flood_is_closed() {
    let mut strict = options();
    (strict.limits.frames_per_s, strict.limits.frames_burst) = (1, 20);
    let node = Node::start(strict).await;
    for flood in [
        frame(0x81, br#"{"op":"ping"}"#),
        frame(0x89, b""),
        frame(0x8a, b""),
    ] {
        let mut stream = raw(&node).await;
        tokio::io::AsyncWriteExt::write_all(&mut stream, &flood.repeat(30))
            .await
            .unwrap();
        assert_eq!(close_code(&mut stream).await, Some(1008));
    }
    let fragments = [frame(0x01, b" "), frame(0x00, b" ").repeat(30)].concat();
    let mut stream = raw(&node).await;
    tokio::io::AsyncWriteExt::write_all(&mut stream, &fragments)
        .await
        .unwrap();
    assert_eq!(close_code(&mut stream).await, Some(1008));
    node.stop().await;
}

#[tokio::test]
async fn an_account_has_so_many_connections() {
    let mut strict = options();
    strict.limits.connections_per_account_max = 2;
    let node = Node::start(strict).await;
    let first = node.connect_as(Role::Customer, CUSTOMER).await;
    let mut second = node.connect_as(Role::Customer, CUSTOMER).await;
    // The same connection may show its token again.
    second.auth(&node.token(Role::Customer, CUSTOMER)).await;
    let mut third = node.connect().await;
    third
        .send(&json!({"op": "auth", "token": node.token(Role::Customer, CUSTOMER)}))
        .await;
    assert_eq!(third.expect_error().await, "too-many-connections");
    assert_eq!(third.closed().await, 1008);
    node.connect_as(Role::Customer, ADMIN).await;
    drop(first);
    testkit::eventually("there is room again", async || {
        let mut client = node.connect().await;
        client
            .send(&json!({"op": "auth", "token": node.token(Role::Customer, CUSTOMER)}))
            .await;
        client.next().await.unwrap()["op"] == "ready"
    })
    .await;
    node.stop().await;
}

#[tokio::test]
async fn an_address_and_a_node_have_so_many_connections() {
    for (per_address, in_all, status) in [(2, 100, 429), (100, 2, 503)] {
        let mut strict = options();
        strict.limits.connections_per_address_max = per_address;
        strict.limits.connections_max = in_all;
        let node = Node::start(strict).await;
        let held = [node.connect().await, node.connect().await];
        let url = format!("ws://127.0.0.1:{}/ws", node.port);
        let refused = tokio_tungstenite::connect_async(url).await.unwrap_err();
        let tokio_tungstenite::tungstenite::Error::Http(answer) = refused else {
            panic!("{refused}")
        };
        assert_eq!(answer.status(), status);
        assert!(answer.headers().contains_key("retry-after"));
        drop(held);
        testkit::eventually("there is room again", async || {
            node.realtime.metrics().connections == 0
        })
        .await;
        Client::connect(node.port, None).await;
        node.stop().await;
    }
}
