//! Sockets from outside: a real server, real clients, and malformed bytes.
#![allow(clippy::unwrap_used, missing_docs)]

mod asyncapi;
mod authentication;
mod frames;
mod framing;
mod handshake;
mod kafka;
mod latest;
mod limits;
mod modules;
mod parties;
mod protocol;
mod resume;
mod shutdown;
mod slow;
mod support;
mod tokens;
