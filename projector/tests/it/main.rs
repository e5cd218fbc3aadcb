//! The projector against a real Postgres and a real broker.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod ahead_of_store;
mod analytics;
mod change_payloads;
mod dead_letters;
mod leading;
mod letter_order;
mod letters;
mod lives;
mod migrations;
mod old_versions;
mod order_notes;
mod publishing;
mod rebuilding;
mod replay_dry_run;
mod replay_key;
mod replay_phases;
mod replay_switch;
mod replay_together;
mod replaying;
mod rolling_upgrade;
mod rows;
mod stalling;

use fixtures::{history, support};
