//! The event store against a real Postgres and a real broker.
#![allow(clippy::unwrap_used, missing_docs)]

mod append;
mod browse;
mod keys;
mod lineage;
mod log;
mod properties;
mod relay;
mod support;
mod torture;
mod verification;
mod verify;
