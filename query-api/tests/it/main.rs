//! The query API against a real database, over HTTP. Rows are made by the projector's own code.

#![allow(clippy::too_many_lines, clippy::unwrap_used, missing_docs)]

mod access;
mod analytics;
mod bad_input;
mod board;
mod catalogue;
mod contract;
#[path = "../../../projector/tests/it/history.rs"]
mod history;
mod lists;
mod orders;
mod paging;
#[path = "../../../projector/tests/it/stages.rs"]
mod stages;
#[path = "../../../projector/tests/it/support.rs"]
#[expect(dead_code, reason = "shared with the projector's tests")]
mod support;
mod test_app;
mod time_travel;
mod waiting;
