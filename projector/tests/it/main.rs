//! The projector against a real Postgres and a real broker.
#![allow(clippy::too_many_lines, clippy::unwrap_used, missing_docs)]

mod change_payloads;
mod dead_letters;
mod history;
mod leading;
mod publishing;
mod rebuilding;
mod rows;
mod stages;
mod support;
