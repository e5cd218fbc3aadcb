//! The command side against a real Postgres.
#![allow(clippy::unwrap_used, missing_docs)]

mod access;
mod ahead_of_store;
mod bad_input;
mod causes;
mod deliveries;
mod erasure;
mod executor;
mod flaky_provider;
mod free_texts;
mod guest_orders;
mod holds;
mod idempotency;
mod order_notes;
mod order_way;
mod policies;
mod policy_failures;
mod policy_stalls;
mod privacy_desk;
mod refresh;
mod registration;
mod session;
mod test_app;
mod texts;
