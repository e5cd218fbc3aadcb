//! Invalid framing: rows 58 to 62 of the bad-input table.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{Node, options};

const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// Opens a TCP connection and completes the handshake.
pub async fn raw(node: &Node) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", node.port)).await.unwrap();
    let request = "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    assert!(
        head.starts_with(b"HTTP/1.1 101"),
        "{}",
        String::from_utf8_lossy(&head)
    );
    stream
}

/// Builds a masked frame whose first byte is `first`.
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    match (u8::try_from(payload.len()), u16::try_from(payload.len())) {
        (Ok(length @ 0..=125), _) => bytes.push(0x80 | length),
        (_, Ok(length)) => {
            bytes.push(0xfe);
            bytes.extend(length.to_be_bytes());
        }
        _ => {
            bytes.push(0xff);
            bytes.extend((payload.len() as u64).to_be_bytes());
        }
    }
    bytes.extend(MASK);
    bytes.extend(
        payload
            .iter()
            .zip(MASK.iter().cycle())
            .map(|(byte, mask)| byte ^ mask),
    );
    bytes
}

/// The first byte and the payload of the server's next frame; `None` at the end of the stream.
async fn read_frame(stream: &mut TcpStream) -> Option<(u8, Vec<u8>)> {
    let first = stream.read_u8().await.ok()?;
    let length = match stream.read_u8().await.ok()? {
        126 => usize::from(stream.read_u16().await.ok()?),
        length => usize::from(length),
    };
    let mut payload = vec![0; length];
    stream.read_exact(&mut payload).await.ok()?;
    Some((first, payload))
}

/// The payload of the server's next frame with the first byte `wanted`; earlier frames are skipped.
async fn next_frame(stream: &mut TcpStream, wanted: u8) -> Option<Vec<u8>> {
    let read = async {
        loop {
            let (first, payload) = read_frame(stream).await?;
            if first == wanted {
                return Some(payload);
            }
        }
    };
    tokio::time::timeout(testkit::DEADLINE, read)
        .await
        .expect("a frame arrives within the deadline")
}

/// Reads the code of the next close frame.
pub async fn close_code(stream: &mut TcpStream) -> Option<u16> {
    let payload = next_frame(stream, 0x88).await?;
    Some(u16::from_be_bytes(payload[..2].try_into().unwrap()))
}

#[tokio::test]
async fn each_malformed_frame_closes_the_connection_with_its_code() {
    let node = Node::start(options()).await;
    let mut unmasked = frame(0x81, b"{}");
    unmasked[1] &= 0x7f;
    let fragments = [
        frame(0x01, &b" ".repeat(40_000)),
        frame(0x00, &b" ".repeat(40_000)),
    ]
    .concat();
    let bad_fragments = [frame(0x01, &[0xe2, 0x82]), frame(0x80, &[0x28])].concat();
    let good_first = [frame(0x81, br#"{"op":"ping"}"#), frame(0xf1, b"{}")].concat();
    let third = frame(0x81, b"no").repeat(3);
    let table: &[(&str, Vec<u8>, u16)] = &[
        ("58 unmasked", unmasked, 1002),
        ("58 reserved bit", frame(0xc1, b"{}"), 1002),
        ("58 reserved bit after a good frame", good_first, 1002),
        ("58 reserved opcode", frame(0x83, b"{}"), 1002),
        ("58 fragmented ping", frame(0x09, b""), 1002),
        ("58 long ping", frame(0x89, &[b'x'; 126]), 1002),
        ("58 continuation of nothing", frame(0x80, b"{}"), 1002),
        (
            "58 message inside a message",
            [frame(0x01, b"{"), frame(0x81, b"}")].concat(),
            1002,
        ),
        ("58 close with half a code", frame(0x88, &[3]), 1002),
        (
            "58 close with a reserved code",
            frame(0x88, &1005_u16.to_be_bytes()),
            1002,
        ),
        ("59 bad UTF-8", frame(0x81, &[b'"', 0xff, b'"']), 1007),
        ("59 bad UTF-8 over fragments", bad_fragments, 1007),
        (
            "59 bad UTF-8 in a close reason",
            frame(0x88, &[0x03, 0xe8, 0xff]),
            1007,
        ),
        ("59 a surrogate", frame(0x81, &[0xed, 0xa0, 0x80]), 1007),
        ("60 binary", frame(0x82, b"{}"), 1003),
        ("60 binary fragment", frame(0x02, b"{}"), 1003),
        ("61 over 64 KiB", frame(0x81, &b" ".repeat(65_537)), 1009),
        ("61 over 64 KiB in fragments", fragments, 1009),
        (
            "61 an announced exabyte",
            vec![0x81, 0xff, 0x0f, 0, 0, 0, 0, 0, 0, 0],
            1009,
        ),
        (
            "61 a length with its top bit set",
            vec![0x81, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0],
            1009,
        ),
        ("62 the third malformed", third, 1008),
    ];
    for (what, bytes, code) in table {
        let mut stream = raw(&node).await;
        stream.write_all(bytes).await.unwrap();
        assert_eq!(close_code(&mut stream).await, Some(*code), "{what}");
    }
    node.stop().await;
}

#[tokio::test]
async fn a_message_of_64_kib_and_one_in_fragments_are_accepted() {
    let node = Node::start(options()).await;
    let mut ping = br#"{"op":"ping"}"#.to_vec();
    ping.resize(64 * 1024, b' ');
    let fragments = [
        frame(0x01, br#"{"op""#),
        frame(0x89, b"between"),
        frame(0x00, br#":"pi"#),
        frame(0x80, br#"ng"}"#),
    ];
    for bytes in [frame(0x81, &ping), fragments.concat()] {
        let mut stream = raw(&node).await;
        stream.write_all(&bytes).await.unwrap();
        let answer = next_frame(&mut stream, 0x81).await.unwrap();
        let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(answer, serde_json::json!({"op": "pong"}));
    }
    node.stop().await;
}

#[tokio::test]
async fn a_close_frame_is_answered_and_the_socket_closed_at_once() {
    let node = Node::start(options()).await;
    let mut stream = raw(&node).await;
    stream
        .write_all(&frame(0x88, &1001_u16.to_be_bytes()))
        .await
        .unwrap();
    assert_eq!(close_code(&mut stream).await, Some(1000));
    let mut rest = Vec::new();
    tokio::time::timeout(testkit::DEADLINE, stream.read_to_end(&mut rest))
        .await
        .unwrap()
        .unwrap();
    testkit::eventually("the connection is removed", async || {
        node.realtime.metrics().connections == 0
    })
    .await;
    node.stop().await;
}

#[tokio::test]
async fn a_broken_connection_is_removed() {
    let node = Node::start(options()).await;
    let stream = raw(&node).await;
    testkit::eventually("the connection is counted", async || {
        node.realtime.metrics().connections == 1
    })
    .await;
    drop(stream);
    testkit::eventually("the connection is removed", async || {
        node.realtime.metrics().connections == 0
    })
    .await;
    node.stop().await;
}
