//! The document's description, its servers, and the socket itself.

use realtime::protocol::{CloseCode, SUBPROTOCOL};
use realtime::{Limits, Options};
use serde_json::{Map, Value, json};

use super::{message_references, operation, reference};

const DESCRIPTION: &str = "\
What Waybill sends without being asked: the socket that browsers and programs connect to, the channels they subscribe \
to on it, and the two topics behind them. The HTTP interface is described in the OpenAPI document.

Positions are those of the event store: gapless, in commit order, the same on every node and in every answer. The \
answer to a command, a row that was read, and a frame that was received each hold one, and a client can resume at \
each.";

pub fn info() -> Value {
    json!({
        "title": "Waybill",
        "version": "0.1.0",
        "license": {"name": "MIT OR Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        "description": DESCRIPTION,
    })
}

pub fn servers() -> Value {
    json!({
        "socket": {
            "host": "localhost:8080",
            "pathname": realtime::PATH,
            "protocol": "ws",
            "description": socket_description(),
        },
        "kafka": {
            "host": "localhost:9092",
            "protocol": "kafka",
            "description": "The broker that distributes the log. Postgres is the source of truth: what is lost here \
                            is published again.",
        },
    })
}

/// Builds the channel of all frames. It also has the changes of the channels that a client subscribes to.
pub fn socket(client: &Map<String, Value>, server: &Map<String, Value>) -> Value {
    let names = client.keys().chain(server.keys()).map(String::as_str);
    json!({
        "address": realtime::PATH,
        "title": "The socket",
        "description": "The frames of the protocol. A client subscribes here to the channels of the socket, and \
                        receives their changes here.",
        "servers": [reference("servers/socket")],
        "messages": message_references(names),
    })
}

pub fn operations(client: &Map<String, Value>, server: &Map<String, Value>) -> Map<String, Value> {
    let receive = operation(
        "receive",
        "socket",
        "Frames of a client.",
        client.keys().map(String::as_str),
    );
    let send = operation(
        "send",
        "socket",
        "Frames of the server.",
        server.keys().map(String::as_str),
    );
    Map::from_iter([
        ("receiveFrames".to_owned(), receive),
        ("sendFrames".to_owned(), send),
    ])
}

fn socket_description() -> String {
    let options = Options::new("");
    let timing = options.timing;
    let codes: Vec<_> = CloseCode::ALL
        .iter()
        .map(|code| format!("* {}: {}", code.as_u16(), code.description()))
        .collect();
    let paragraphs = [
        format!(
            "One socket, many channels. Subprotocol `{SUBPROTOCOL}`, WebSocket version 13, text messages of JSON."
        ),
        "**Handshake.** A page of an origin that is not allowed gets 403, another version of WebSocket 426, an \
         address with too many connections 429, and a node that starts, stops or is full 503. Tokens never stand in \
         the URL."
            .to_owned(),
        format!(
            "**First frame.** `auth`, within {} s. With `null` as the token the connection is anonymous and may read \
             public channels. A newer token of the same account may follow at any time; the rights of all \
             subscriptions are then checked again.",
            timing.auth_within.as_secs()
        ),
        "**Messages to the client** are one frame, or an array of frames. Changes of one position always come in one \
         message, so that a client that lost its connection between two messages can resume after the last position \
         it has seen."
            .to_owned(),
        "**Resuming.** `subscribe` with `since` is answered by `subscribed`, followed by every change after it, each \
         once and in the order of positions; or by `resync` when the server no longer has them: the client reads the \
         row again and need not subscribe again. On a state channel a change may be left out when a newer one of the \
         same key follows."
            .to_owned(),
        format!(
            "**Heartbeat.** After {} s of silence the server sends a WebSocket ping, and expects an answer within {} s.",
            timing.ping_after.as_secs(),
            timing.pong_within.as_secs()
        ),
        limits(&options.limits),
        format!("**Close codes.**\n\n{}", codes.join("\n")),
    ];
    paragraphs.join("\n\n")
}

fn limits(limits: &Limits) -> String {
    format!(
        "**Limits** (defaults): {} channels per connection; {} KiB per message, all fragments together; {} frames per \
         second, {} at once; {} connections per account and {} per address.",
        limits.channels_max,
        limits.message_bytes_max / 1024,
        limits.frames_per_s,
        limits.frames_burst,
        limits.connections_per_account_max,
        limits.connections_per_address_max
    )
}
