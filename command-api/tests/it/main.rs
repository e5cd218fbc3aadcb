//! The command side against a real Postgres.
#![allow(clippy::unwrap_used, missing_docs)]

mod access;
mod bad_input;
mod executor;
mod idempotency;
mod order_way;
mod policies;
mod refresh;
mod session;
mod test_app;
