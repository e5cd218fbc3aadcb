//! The frames and close codes of subprotocol `waybill.v1`.
//!
//! The AsyncAPI document is generated from these types and their comments, so the comments address the author of
//! a client.

use bytestring::ByteString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

mod close_code;

pub use close_code::CloseCode;

/// The subprotocol in `Sec-WebSocket-Protocol`.
pub const SUBPROTOCOL: &str = "waybill.v1";

/// Maximum length of a channel name, in bytes.
pub const CHANNEL_LEN_MAX: usize = 200;

/// A frame of a client. It may hold a token, so it has no `Debug`.
#[derive(Deserialize, JsonSchema)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// Authenticates the connection. A client may send it again at any time with a newer token of the same
    /// account; the rights of every subscription are then checked again.
    #[schemars(extend("required" = ["op", "token"]))]
    Auth {
        /// The access token; `null` for an anonymous connection, which may read public channels.
        #[serde(deserialize_with = "Option::deserialize")]
        #[schemars(with = "Option<String>")]
        token: Option<String>,
    },
    /// Subscribes to a channel.
    Subscribe {
        /// The channel, e.g. `orders`.
        #[schemars(length(max = CHANNEL_LEN_MAX))]
        channel: String,
        /// The position after which changes are sent. Without it the subscription starts with the next change.
        #[serde(default)]
        since: Option<Since>,
    },
    /// Ends the subscription to a channel.
    Unsubscribe {
        /// The channel.
        #[schemars(length(max = CHANNEL_LEN_MAX))]
        channel: String,
    },
    /// Asks for a `pong`, for clients that cannot send WebSocket pings.
    Ping {},
}

/// The last position of a client on a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// The epoch of the position, as the server named it.
    pub epoch: String,
    /// The position up to which the client has every change.
    #[schemars(range(min = 0))]
    pub position: i64,
}

/// A frame of the server.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum ServerFrame<'a> {
    /// The connection is authenticated.
    Ready {
        /// The id of the connection in the server's logs.
        session_id: Uuid,
        /// The identity of the log. It changes when the event store is recreated; positions of another epoch
        /// have no meaning.
        epoch: &'a str,
        /// The position up to which this node has received changes.
        #[schemars(range(min = 0))]
        position: i64,
    },
    /// The subscription has started. Every change of the channel after `position` follows, each once and in the
    /// order of positions.
    Subscribed {
        /// The channel.
        channel: &'a str,
        /// The identity of the log.
        epoch: &'a str,
        /// The position after which changes follow.
        #[schemars(range(min = 0))]
        position: i64,
    },
    /// A row changed.
    Change {
        /// The channel.
        channel: &'a str,
        /// The position of the event that caused the change.
        #[schemars(range(min = 0))]
        position: i64,
        /// The kind of change, e.g. `order.changed`. It says which fields `data` has.
        kind: &'a str,
        /// The row that changed, e.g. `order:0198…`. On a state channel the newest change of a key replaces
        /// older ones that the client has not been sent yet.
        key: &'a str,
        /// The row after the change. It holds its own `position`.
        #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
        data: &'a RawValue,
    },
    /// Every change up to `position` has been sent, on every channel whose subscription was answered. Sent every
    /// few seconds, so that a client with quiet channels can resume too. It never moves a client back.
    Position {
        /// The position.
        #[schemars(range(min = 0))]
        position: i64,
    },
    /// Changes of the channel were missed and cannot be sent again. Read the row again, at `position` or later.
    /// The subscription continues after `position`; do not subscribe again.
    Resync {
        /// The channel.
        channel: &'a str,
        /// The identity of the log.
        epoch: &'a str,
        /// The position after which changes follow.
        #[schemars(range(min = 0))]
        position: i64,
    },
    /// The subscription has ended. Also sent when the client lost the right to read the channel.
    Unsubscribed {
        /// The channel.
        channel: &'a str,
    },
    /// A frame of the client was rejected.
    Error {
        /// The reason, for programs.
        code: ErrorCode,
        /// The reason, for people.
        detail: &'a str,
        /// The channel that the client named, if it named one.
        #[serde(skip_serializing_if = "Option::is_none")]
        channel: Option<&'a str>,
    },
    /// Answers `ping`.
    Pong,
    /// The node is about to stop. Connect again after `delay_ms`; close code 1012 follows.
    Reconnect {
        /// How long to wait. It differs between clients, so that they do not all return at once.
        delay_ms: u64,
    },
}

impl ServerFrame<'_> {
    /// Renders the text of the frame.
    pub fn render(&self) -> ByteString {
        // Strings, numbers and JSON that was parsed before: this cannot fail.
        serde_json::to_string(self).unwrap_or_default().into()
    }
}

/// Why a frame of the client was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// Not JSON, not an operation, or not its fields. The third one closes the connection.
    Malformed,
    /// The first frame must be `auth`.
    Unauthenticated,
    /// The token is not valid. The connection is closed.
    InvalidToken,
    /// The channel does not exist, or the client may not read it. The answer is the same for both.
    UnknownChannel,
    /// The connection has reached its limit of channels.
    TooManyChannels,
    /// The account has reached its limit of connections. The connection is closed.
    TooManyConnections,
    /// The right to read the channel could not be checked. Try again.
    Unavailable,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_documented_frames_are_accepted() {
        for good in [
            r#"{"op":"auth","token":"x"}"#,
            r#"{"op":"auth","token":null}"#,
            r#"{"op":"subscribe","channel":"orders"}"#,
            r#"{"op":"subscribe","channel":"orders","since":{"epoch":"e","position":7}}"#,
            r#"{"op":"unsubscribe","channel":"orders"}"#,
            r#"{"op":"ping"}"#,
        ] {
            assert!(serde_json::from_str::<ClientFrame>(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "null",
            "[]",
            r#"{"op":"auth"}"#,
            r#"{"op":"auth","token":7}"#,
            r#"{"op":"ping","extra":1}"#,
            r#"{"op":"shout"}"#,
            r#"{"channel":"orders"}"#,
            r#"{"op":"subscribe","channel":"orders","since":{"position":7}}"#,
            r#"{"op":"subscribe","channel":"orders","since":{"epoch":"e","position":"7"}}"#,
            r#"{"op":"subscribe","channel":"orders","channel":"deliveries"}"#,
        ] {
            assert!(serde_json::from_str::<ClientFrame>(bad).is_err(), "{bad}");
        }
    }
}
