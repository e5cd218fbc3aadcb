//! Sockets: sends projected changes to the connections that are subscribed to their channels.
//!
//! A node receives the changes of every projection in the order of the event store, keeps those of the last minutes,
//! and sends each to the subscribers of its channels. A client that was disconnected sends its last position and
//! receives the changes it missed, each once and in order, from any node. The protocol is documented in
//! `schemas/asyncapi/waybill.json`, generated from [`protocol`] and from the table of channels in `schemas::channel`.
//!
//! It is not a queue: changes that have left history are not sent again, and the client must read its rows again. It
//! does not read the database: [`ChannelAccess`] returns who takes part in an order.
//!
//! ```no_run
//! # fn dependencies() -> realtime::Dependencies { unimplemented!() }
//! use actix_web::{App, HttpServer};
//! use platform::shutdown::Shutdown;
//! use realtime::{Options, Realtime};
//!
//! # async fn example() -> std::io::Result<()> {
//! let shutdown = Shutdown::new();
//! let node = Realtime::start(Options::new("the id of the log"), dependencies(), shutdown.clone());
//! let server = HttpServer::new(move || App::new().configure(|config| realtime::configure(config, node.clone())))
//!     .on_connect(realtime::on_connect)
//!     .bind(("127.0.0.1", 8080))?;
//! server.run().await
//! # }
//! ```
//!
//! The path of a change: `feed` assembles batches and drops duplicates; `hub` keeps them in `history` and passes them
//! to the `shard` of each worker; the shard offers them to the `outbox` of each subscribed `connection`; `session`
//! writes them.
//!
//! The channels of operators have no history: [`Source`] reads their values while somebody is subscribed, and `latest`
//! keeps the newest of each key.
//!
//! **Architecture Invariant:** no SQL; this crate stores nothing.
//!
//! **Architecture Invariant:** only `session` depends on the library that carries the frames.
//!
//! **Architecture Invariant:** every buffer between the feed and a socket is bounded. A client that is too slow loses
//! its own connection and does not delay others.
//!
//! **Architecture Invariant:** changes of one position reach a client in one message or not at all, so that a client
//! can resume at every position.
//!
//! **Architecture Invariant:** modules do not import each other in a cycle; `shard` uses its connections only through
//! the trait `Client`.

mod admission;
mod connection;
mod entry;
mod feed;
mod guard;
mod history;
mod hub;
mod identity;
mod latest;
mod metrics;
mod node;
mod options;
mod outbox;
pub mod protocol;
mod rate;
mod rights;
mod services;
mod session;
mod shard;
mod socket;
mod source;
mod subscription;
#[cfg(test)]
#[path = "../tests/it/tokens.rs"]
mod tokens;
mod upgrade;
mod worker;

pub use feed::{EmbeddedFeed, Feed, KafkaFeed};
pub use latest::Value;
pub use metrics::{LATENCY_BOUNDS_MS, METRICS, Snapshot};
pub use node::{Dependencies, Realtime};
pub use options::{HistoryLimits, Limits, Options, Timing};
pub use rights::{AccessError, ChannelAccess, permission};
pub use socket::on_connect;
pub use source::{ReadError, Source};
pub use upgrade::{FORBIDDEN_ORIGIN, PATH, UPGRADE_REQUIRED, configure};

/// Operations under `/api/v1`: none yet. The socket is at [`PATH`].
pub const ROUTES: &[platform::route::Route] = &[];
