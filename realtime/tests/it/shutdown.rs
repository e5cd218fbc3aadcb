//! The shutdown of a node.

use std::time::Duration;

use platform::auth::Role;
use serde_json::json;
use tokio_tungstenite::tungstenite;

use crate::support::{ADMIN, Node, ORDER, options};

#[tokio::test]
async fn clients_are_told_to_reconnect_after_different_delays() {
    let mut node = Node::start(options()).await;
    let mut clients = Vec::new();
    for _ in 0..20 {
        let mut client = node.connect_as(Role::Admin, ADMIN).await;
        client.subscribe(ORDER).await;
        clients.push(client);
    }
    node.publish(&[(&[ORDER], "a", json!({}))]).await;
    for client in &mut clients {
        client.expect("change").await;
    }
    node.shutdown.begin();
    let mut delays = Vec::new();
    for client in &mut clients {
        delays.push(client.expect("reconnect").await["delay_ms"].as_u64().unwrap());
        assert_eq!(client.closed().await, 1012);
    }
    delays.sort_unstable();
    delays.dedup();
    assert!(
        delays.len() > 10 && delays.iter().all(|delay| *delay <= 5_000),
        "{delays:?}"
    );
    assert!(node.realtime.drained(Duration::from_secs(5)).await);
    let url = format!("ws://127.0.0.1:{}/ws", node.port);
    let refused = tokio_tungstenite::connect_async(url).await.unwrap_err();
    let tungstenite::Error::Http(answer) = refused else {
        panic!("{refused}")
    };
    assert_eq!(answer.status(), 503);
    node.stop().await;
}
