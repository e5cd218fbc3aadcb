//! The projector against a real Postgres and a real broker.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod analytics;
mod beside;
mod change_payloads;
mod dead_letters;
mod leading;
mod lives;
mod order_notes;
mod publishing;
mod rebuilding;
mod rows;

use fixtures::{history, support};
