//! The command side against a real Postgres.
#![allow(clippy::unwrap_used, missing_docs)]

mod access;
mod bad_input;
mod executor;
mod house;
mod idempotency;
mod order_way;
mod policies;
mod refresh;
mod session;
