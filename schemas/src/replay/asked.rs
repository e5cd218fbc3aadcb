//! What operators learn of a start that was not made, and of the rebuild of one key.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RowDifference;

/// What the start of a replay would do. Nothing was started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ReplayDryRun")]
pub struct DryRun {
    /// The projection.
    pub projection: String,
    /// Events to read. None of them has an effect again: no change is announced, and no letter.
    pub events: i64,
    /// Time until it has caught up, in seconds: at the given limit, else at the speed of the last replay. None before the
    /// first one.
    pub estimated_s: Option<f64>,
    /// Bytes to write: as many as the live tables take.
    pub write_bytes: u64,
    /// Bytes that must be free, for the tables and for the log of the database.
    pub needed_bytes: u64,
    /// Free bytes of the database's disk. None if that is another machine's.
    pub free_bytes: Option<u64>,
    /// The replay that would have to come first.
    pub waiting_for: Option<String>,
    /// Whether the tables that the last replay replaced would be dropped: it could no longer be rolled back.
    pub drops_replaced: bool,
    /// Why a start would be refused, each in a sentence.
    pub refusals: Vec<String>,
}

/// The rebuild of one key's rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ReplayOfKey")]
pub struct KeyReport {
    /// The projection.
    pub projection: String,
    /// The order's id, or the SKU.
    pub key: String,
    /// The position at which the rows were rebuilt.
    pub position: i64,
    /// The number of events of the key.
    pub events: u64,
    /// The tables.
    pub tables: Vec<KeyTableReport>,
}

/// The rows of one key in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ReplayOfKeyTable")]
pub struct KeyTableReport {
    /// The table.
    pub table: String,
    /// The number of rows that the key has now.
    pub row_count: u64,
    /// The rows that the rebuild changed: `live` is the value before it, `replay` the one after it.
    pub rows: Vec<RowDifference>,
}

impl KeyReport {
    /// The number of rows that the rebuild changed.
    pub fn differing(&self) -> usize {
        self.tables.iter().map(|table| table.rows.len()).sum()
    }
}
