//! Sockets, tried from outside: a real server, real clients, and bytes that no client would send.
#![allow(clippy::unwrap_used, missing_docs)]

mod framing;
mod handshake;
mod kafka;
mod limits;
mod protocol;
mod resume;
mod shutdown;
mod slow;
mod support;
mod tokens;
mod who;
