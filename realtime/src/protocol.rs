//! The frames of subprotocol `waybill.v1`, as `schemas/asyncapi/waybill.yaml` documents them.

use bytestring::ByteString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The subprotocol a client asks for in `Sec-WebSocket-Protocol`.
pub const SUBPROTOCOL: &str = "waybill.v1";

/// The longest channel name that is looked at, in bytes.
pub const CHANNEL_LEN_MAX: usize = 200;

/// What a client may say. It holds tokens, so it has no `Debug`.
#[derive(Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// Who the client is; `null` for nobody. Again at any time, with a fresher token.
    Auth {
        /// The access token.
        #[serde(deserialize_with = "Option::deserialize")]
        token: Option<String>,
    },
    /// Send me what changes on the channel.
    Subscribe {
        /// The channel's name.
        channel: String,
        /// Where the client is; from now on when it is missing.
        #[serde(default)]
        since: Option<Since>,
    },
    /// Send me no more of the channel.
    Unsubscribe {
        /// The channel's name.
        channel: String,
    },
    /// Are you there?
    Ping {},
}

/// How far a client has come on a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// Which log the position is of.
    pub epoch: String,
    /// The client has everything up to here.
    pub position: i64,
}

/// What the service may say.
#[derive(Debug, Serialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum ServerFrame<'a> {
    /// The token counts.
    Ready {
        /// The connection's name in logs.
        session_id: Uuid,
        /// Which log positions are of.
        epoch: &'a str,
        /// How far this node has come.
        position: i64,
    },
    /// The subscription stands: every change of the channel after `position` follows, each once, in order.
    Subscribed {
        /// The channel.
        channel: &'a str,
        /// Which log the position is of.
        epoch: &'a str,
        /// Where the subscription begins.
        position: i64,
    },
    /// Every change up to `position` on every subscribed channel has been sent.
    Position {
        /// The position.
        position: i64,
    },
    /// Changes were missed and cannot be sent again: refetch. The subscription stands, from `position` on.
    Resync {
        /// The channel.
        channel: &'a str,
        /// Which log the position is of.
        epoch: &'a str,
        /// Where the subscription goes on.
        position: i64,
    },
    /// Nothing more of the channel follows.
    Unsubscribed {
        /// The channel.
        channel: &'a str,
    },
    /// A frame was not obeyed.
    Error {
        /// Why, for programs.
        code: ErrorCode,
        /// Why, for people.
        detail: &'a str,
        /// The channel it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        channel: Option<&'a str>,
    },
    /// I am here.
    Pong,
    /// The node stops: connect again after `delay_ms`.
    Reconnect {
        /// How long to wait, so that not everybody comes back at once.
        delay_ms: u64,
    },
}

impl ServerFrame<'_> {
    /// The frame's text.
    pub fn render(&self) -> ByteString {
        // Strings and numbers alone: this cannot fail.
        serde_json::to_string(self).unwrap_or_default().into()
    }
}

/// Why a frame was not obeyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// Not JSON, not an operation, or not its fields.
    Malformed,
    /// The first frame has to be `auth`.
    Unauthenticated,
    /// The token does not count.
    InvalidToken,
    /// There is no such channel, or the client may not read it: nobody is told which.
    UnknownChannel,
    /// More channels than a connection may have.
    TooManyChannels,
    /// More connections than an account may have.
    TooManyConnections,
    /// Whether the client may read the channel cannot be found out just now.
    Unavailable,
}

/// Why the service closes a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub enum Closing {
    /// The other side said goodbye first.
    Normal = 1000,
    /// Not WebSocket.
    Protocol = 1002,
    /// A binary message.
    Binary = 1003,
    /// A text that is not UTF-8.
    NotUtf8 = 1007,
    /// A flood, or too many malformed frames.
    Policy = 1008,
    /// A message over the limit.
    TooLarge = 1009,
    /// The node stops.
    Restart = 1012,
    /// The client does not keep up, or does not answer.
    Slow = 3008,
    /// No token that counts, any more or at all.
    Unauthenticated = 4401,
    /// A token of somebody else on a connection that is taken.
    Forbidden = 4403,
}

impl Closing {
    /// The close code (RFC 6455 §7.4).
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// Whether the peer broke the framing, so that nothing more it sends can be read.
    pub const fn is_broken_framing(self) -> bool {
        matches!(self, Self::Protocol | Self::NotUtf8 | Self::TooLarge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_documented_frames_are_read() {
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

    #[test]
    fn frames_have_the_documented_shape() {
        let error = ServerFrame::Error {
            code: ErrorCode::UnknownChannel,
            detail: "No.",
            channel: None,
        };
        assert_eq!(
            error.render(),
            r#"{"op":"error","code":"unknown-channel","detail":"No."}"#
        );
        assert_eq!(ServerFrame::Pong.render(), r#"{"op":"pong"}"#);
        assert_eq!(
            ServerFrame::Position { position: 7 }.render(),
            r#"{"op":"position","position":7}"#
        );
    }

    /// The contract names every frame, error and close code that there is.
    #[test]
    fn the_contract_knows_every_frame_and_code() {
        let contract = include_str!("../../schemas/asyncapi/waybill.yaml");
        let operations = [
            "auth",
            "subscribe",
            "unsubscribe",
            "ping",
            "ready",
            "subscribed",
            "change",
            "position",
            "resync",
            "unsubscribed",
            "error",
            "pong",
            "reconnect",
        ];
        for operation in operations {
            assert!(
                contract.contains(&format!("op: {{ const: {operation} }}")),
                "{operation}"
            );
        }
        for code in [
            ErrorCode::Malformed,
            ErrorCode::Unauthenticated,
            ErrorCode::InvalidToken,
            ErrorCode::UnknownChannel,
            ErrorCode::TooManyChannels,
            ErrorCode::TooManyConnections,
            ErrorCode::Unavailable,
        ] {
            let name = serde_json::to_string(&code).unwrap();
            assert!(
                contract.contains(&format!("              - {}\n", name.trim_matches('"'))),
                "{name}"
            );
        }
        for closing in [1002, 1003, 1007, 1008, 1009, 1012, 3008, 4401, 4403] {
            assert!(contract.contains(&closing.to_string()), "{closing}");
        }
    }
}
