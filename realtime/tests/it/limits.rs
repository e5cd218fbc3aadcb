//! The limits of a client: rows 62 and 65 of the bad-input table.

use platform::auth::Role;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use crate::framing::{close_code, frame, raw};
use crate::support::{ADMIN, CUSTOMER, Client, Node, options};

#[tokio::test]
async fn a_connection_may_have_128_channels() {
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
    // Subscribing to the same channel again does not count, and unsubscribing frees a place.
    client.subscribe(&channel(0)).await;
    client
        .send(&json!({"op": "unsubscribe", "channel": channel(0)}))
        .await;
    client.expect("unsubscribed").await;
    client.subscribe(&channel(128)).await;
    node.stop().await;
}

#[tokio::test]
async fn the_third_malformed_frame_closes_the_connection() {
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

/// Row 65 of the bad-input table, with each kind of frame.
#[tokio::test]
async fn too_many_frames_close_the_connection() {
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
async fn the_connections_of_an_account_are_limited() {
    let mut strict = options();
    strict.limits.connections_per_account_max = 2;
    let node = Node::start(strict).await;
    let first = node.connect_as(Role::Customer, CUSTOMER).await;
    let mut second = node.connect_as(Role::Customer, CUSTOMER).await;
    // Authenticating the same connection again does not count.
    second.auth(&node.token(Role::Customer, CUSTOMER)).await;
    let mut third = node.connect().await;
    third
        .send(&json!({"op": "auth", "token": node.token(Role::Customer, CUSTOMER)}))
        .await;
    assert_eq!(third.expect_error().await, "too-many-connections");
    assert_eq!(third.closed().await, 1008);
    node.connect_as(Role::Customer, ADMIN).await;
    drop(first);
    testkit::eventually("a connection is accepted again", async || {
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
async fn the_connections_of_an_address_and_of_a_node_are_limited() {
    for (per_address, in_total, status) in [(2, 100, 429), (100, 2, 503)] {
        let mut strict = options();
        strict.limits.connections_per_address_max = per_address;
        strict.limits.connections_max = in_total;
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
        testkit::eventually("a connection is accepted again", async || {
            node.realtime.metrics().connections == 0
        })
        .await;
        Client::connect(node.port, None).await;
        node.stop().await;
    }
}
