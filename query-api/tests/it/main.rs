//! The query API against a real database, over HTTP. The projector's own code writes the rows.

#![allow(clippy::unwrap_used, missing_docs)]

mod access;
mod analytics;
mod analytics_past;
mod bad_input;
mod board;
mod catalogue;
mod changes;
mod events;
mod free_texts;
mod lists;
mod order_notes;
mod orders;
mod paging;
mod past_rights;
mod replays;
mod test_app;
mod time_travel;
mod waiting;

use fixtures::{history, support};
