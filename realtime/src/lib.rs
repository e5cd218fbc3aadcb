//! Sockets: fans projected changes out to the sessions that are subscribed to their channels.
//!
//! A node takes in the changes of every projection, in the order of the event store, keeps those of the last
//! minutes, and sends each to whoever subscribed to one of its channels. A client that was away says how far
//! it has come and gets what it missed, each change once and in order, from whichever node it reaches. The
//! protocol is in `schemas/asyncapi/waybill.yaml`.
//!
//! It is not a queue: what is older than history is not sent again, the client is told to refetch. It does
//! not read the database: whose an order is it asks of [`ChannelAccess`].
//!
//! ```no_run
//! # fn dependencies() -> realtime::Dependencies { unimplemented!() }
//! use actix_web::{App, HttpServer};
//! use platform::shutdown::Shutdown;
//! use realtime::{Options, Realtime};
//!
//! # async fn example() -> std::io::Result<()> {
//! let shutdown = Shutdown::new();
//! let node = Realtime::start(Options::new("the log's id"), dependencies(), shutdown.clone());
//! let server = HttpServer::new(move || App::new().configure(|config| realtime::configure(config, node.clone())))
//!     .on_connect(realtime::on_connect)
//!     .bind(("127.0.0.1", 8080))?;
//! server.run().await
//! # }
//! ```
//!
//! The way of a change: `feed` puts batches together and drops what comes again; `hub` keeps them in
//! `history` and tells each worker's `shard`; the shard offers them to the `outbox` of each subscribed
//! `connection`; `session` writes them.
//!
//! **Architecture Invariant:** no SQL, and no writing anywhere.
//!
//! **Architecture Invariant:** `session` alone knows the library that carries the frames.
//!
//! **Architecture Invariant:** every buffer between the feed and a socket is bounded; a client that does not
//! keep up costs itself its connection and nobody else anything.
//!
//! **Architecture Invariant:** changes of one position reach a client in one message or not at all, so that a
//! position is always a place to resume from.

mod admission;
mod connection;
mod entry;
mod feed;
mod guard;
mod history;
mod hub;
mod identity;
mod metrics;
mod options;
mod origin;
mod outbox;
pub mod protocol;
mod rate;
mod rights;
mod service;
mod session;
mod shard;
mod socket;
mod subscription;
#[cfg(test)]
#[path = "../tests/it/tokens.rs"]
mod tokens;
mod upgrade;
mod worker;

pub use feed::{EmbeddedFeed, Feed, KafkaFeed};
pub use metrics::{LATENCY_BOUNDS_MS, Snapshot};
pub use options::{HistoryLimits, Limits, Options, Timing};
pub use rights::{AccessError, Audience, ChannelAccess, Redaction, Unredacted, Verdict, judge};
pub use service::{Dependencies, PATH, Realtime, configure};
pub use socket::on_connect;
pub use upgrade::{FORBIDDEN_ORIGIN, TOO_MANY_CONNECTIONS, UPGRADE_REQUIRED};

/// Operations under `/api/v1`: none yet. The socket is at [`PATH`].
pub const ROUTES: &[platform::route::Route] = &[];
