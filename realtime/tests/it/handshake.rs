//! The handshake: rows 55 and 57 of the bad-input table, and the subprotocol.

use std::fmt::Write as _;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{Node, options};

const HANDSHAKE: &[(&str, &str)] = &[
    ("Upgrade", "websocket"),
    ("Connection", "Upgrade"),
    ("Sec-WebSocket-Version", "13"),
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ("Sec-WebSocket-Protocol", "waybill.v1"),
];

/// Sends a handshake with `changed` headers instead of the defaults (an empty value omits one). Returns the status and
/// the head of the response in lower case.
async fn handshake(node: &Node, method: &str, changed: &[(&str, &str)]) -> (u16, String) {
    let mut request = format!("{method} /ws HTTP/1.1\r\nHost: waybill.example:8080\r\n");
    let usual = HANDSHAKE
        .iter()
        .filter(|(name, _)| changed.iter().all(|(other, _)| name != other));
    for (name, value) in usual.chain(changed).filter(|(_, value)| !value.is_empty()) {
        write!(request, "{name}: {value}\r\n").unwrap();
    }
    request.push_str("\r\n");
    let mut stream = TcpStream::connect(("127.0.0.1", node.port)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.windows(4).any(|end| end == b"\r\n\r\n") {
        assert_ne!(stream.read_buf(&mut answer).await.unwrap(), 0, "a response");
    }
    let answer = String::from_utf8_lossy(&answer).to_lowercase();
    (answer[9..12].parse().unwrap(), answer)
}

#[tokio::test]
async fn only_handshakes_of_allowed_origins_and_version_13_are_upgraded() {
    let mut listed = options();
    listed.allowed_origins = vec!["https://shop.example".to_owned()];
    let node = Node::start(listed).await;
    let table: &[(&[(&str, &str)], u16)] = &[
        (&[], 101),
        (&[("Origin", "http://waybill.example:8080")], 101),
        (&[("Origin", "https://shop.example")], 101),
        // Row 55.
        (&[("Origin", "https://evil.example")], 403),
        (&[("Origin", "null")], 403),
        (&[("Origin", "https://shop.example.evil.example")], 403),
        (&[("Origin", "https://evil-shop.example")], 403),
        (&[("Origin", "http://waybill.example:8080.evil.example")], 403),
        (&[("Origin", "http://waybill.example")], 403),
        // Row 57.
        (&[("Sec-WebSocket-Version", "8")], 426),
        (&[("Sec-WebSocket-Version", "12")], 426),
        (&[("Sec-WebSocket-Version", "130")], 426),
        (&[("Sec-WebSocket-Version", "")], 426),
        (&[("Upgrade", "")], 426),
        (&[("Upgrade", "h2c")], 426),
        (&[("Connection", "keep-alive")], 400),
        (&[("Sec-WebSocket-Key", "")], 400),
        (&[("Sec-WebSocket-Key", "short")], 400),
        (&[("Sec-WebSocket-Protocol", "")], 101),
        (&[("Sec-WebSocket-Protocol", "graphql-ws, waybill.v1")], 101),
        (&[("Sec-WebSocket-Protocol", "graphql-ws")], 400),
    ];
    for (changed, status) in table {
        let (answered, head) = handshake(&node, "GET", changed).await;
        assert_eq!(answered, *status, "{changed:?}: {head}");
        match status {
            426 => {
                assert!(head.contains("\r\nsec-websocket-version: 13\r\n"), "{head}");
                assert!(head.contains("\r\nupgrade: websocket\r\n"), "{head}");
            }
            403 => assert!(head.contains("application/problem+json"), "{head}"),
            _ => {}
        }
    }
    node.stop().await;
}

#[tokio::test]
async fn the_subprotocol_is_confirmed_when_it_was_requested() {
    let node = Node::start(options()).await;
    let (_, head) = handshake(&node, "GET", &[("Sec-WebSocket-Protocol", "a, waybill.v1")]).await;
    assert!(
        head.contains("\r\nsec-websocket-protocol: waybill.v1\r\n"),
        "{head}"
    );
    let (_, head) = handshake(&node, "GET", &[("Sec-WebSocket-Protocol", "")]).await;
    assert!(!head.contains("sec-websocket-protocol"), "{head}");
    node.stop().await;
}

#[tokio::test]
async fn another_method_is_405() {
    let node = Node::start(options()).await;
    let (status, head) = handshake(&node, "POST", &[]).await;
    assert_eq!(status, 405);
    assert!(head.contains("\r\nallow: get\r\n"), "{head}");
    node.stop().await;
}
