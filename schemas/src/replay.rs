//! Replays of projections: over HTTP, on channel `replays`, and in the reports that are stored.

use std::fmt;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod asked;

pub use asked::{DryRun, KeyReport, KeyTableReport};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident as $schema:literal { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[schemars(rename = $schema)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in tables, JSON and messages.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }

            /// The value called `name`.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// The phase of a replay.
    Phase as "ReplayPhase" {
        /// Its tables are filled up to the position that was fixed at the start. It may wait for another replay.
        Building = "building",
        /// It applies the events after that position.
        CatchingUp = "catching_up",
        /// It follows the log, and can be switched to.
        Ready = "ready",
        /// It was compared with the live tables at one position, without a difference that matters. It follows the log.
        Verified = "verified",
        /// It serves. The tables that it replaced follow the log while they are kept.
        Switched = "switched",
        /// An operator stopped it; it can be resumed.
        Paused = "paused",
        /// It failed again and again; it can be resumed.
        Failed = "failed",
        /// An operator cancelled it; its tables are dropped.
        Cancelled = "cancelled",
    }
}

words! {
    /// What an operator can do with a replay.
    Verb as "ReplayVerb" {
        /// Begin one.
        Start = "start",
        /// Stop the work, and keep what was built.
        Pause = "pause",
        /// Continue after a pause or a failure.
        Resume = "resume",
        /// End it and drop its tables.
        Cancel = "cancel",
        /// Compare its tables with the live ones.
        Verify = "verify",
        /// Make its tables the live ones.
        Switch = "switch",
        /// Make the replaced tables live again.
        RollBack = "roll_back",
        /// Drop the replaced tables.
        Drop = "drop",
    }
}

impl Phase {
    /// Whether its shadow is filled or follows the log.
    pub const fn is_driven(self) -> bool {
        matches!(
            self,
            Self::Building | Self::CatchingUp | Self::Ready | Self::Verified | Self::Switched
        )
    }

    /// Whether it still has a long way to go; one replay at a time is.
    pub const fn is_filling(self) -> bool {
        matches!(self, Self::Building | Self::CatchingUp)
    }

    /// Whether it is over: another one of its projection may start.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Switched | Self::Failed | Self::Cancelled)
    }
}

/// The last replay of a projection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Replay")]
pub struct ReplayStatus {
    /// The projection.
    pub projection: String,
    /// Its phase.
    pub phase: Phase,
    /// Position up to which its tables are complete; after the switch, the tables that it replaced.
    pub position: i64,
    /// Position that it has to reach: that of the live projections.
    pub target: i64,
    /// Its speed while it is built and catches up, in events per second.
    pub events_per_s: Option<f64>,
    /// Time left until it has caught up at this speed, in seconds.
    pub eta_s: Option<f64>,
    /// The process that drives it.
    pub owner: Option<String>,
    /// Why its last attempt failed, if it did.
    pub error: Option<String>,
    /// The replay that must come first, if it waits for one.
    pub waiting_for: Option<String>,
    /// Why it was started: `requested`, `new`, `code_version` or `position`.
    pub reason: String,
    /// Whether it switches by itself.
    pub automatic: bool,
    /// Who requested it.
    pub requested_by: String,
    /// When it was requested.
    pub requested_at: DateTime<Utc>,
    /// When building began; none while it waits.
    pub started_at: Option<DateTime<Utc>>,
    /// The most events per second.
    pub throttle: Option<i32>,
    /// How many replays are built at once at most while this one is.
    #[serde(default)]
    pub workers: Option<i32>,
    /// What its owner will do next on request.
    pub wanted: Option<Verb>,
    /// Why the last request was refused.
    pub refused: Option<String>,
    /// The last comparison with the live tables.
    pub report: Option<Report>,
    /// When it switched.
    pub switched_at: Option<DateTime<Utc>>,
    /// Until when the tables that it replaced are kept.
    pub kept_until: Option<DateTime<Utc>>,
    /// Why the tables that it replaced are not kept.
    pub dropped: Option<String>,
}

impl ReplayStatus {
    /// Events that are not in its tables yet.
    pub fn left(&self) -> i64 {
        (self.target - self.position).max(0)
    }
}

/// A comparison of a shadow with the live tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ReplayReport")]
pub struct Report {
    /// The position at which both were read.
    pub position: i64,
    /// Whether the live rows were written by other code. Then they may differ.
    pub code_changed: bool,
    /// Events that the replay has parked, and the live projection has not.
    pub newly_parked: i64,
    /// The tables.
    pub tables: Vec<TableReport>,
}

/// The comparison of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ReplayTableReport")]
pub struct TableReport {
    /// The live table.
    pub live: TableChecksum,
    /// The table of the replay.
    pub replay: TableChecksum,
    /// Rows with the same key and other values.
    pub changed: i64,
    /// Rows that only the live table has.
    pub missing: i64,
    /// Rows that only the replay has.
    pub added: i64,
    /// The first differing rows, by key.
    pub rows: Vec<RowDifference>,
}

/// A row that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ReplayRowDifference")]
pub struct RowDifference {
    /// The values of its primary key, as a JSON array.
    pub key: String,
    /// `changed`, `missing` or `added`.
    pub difference: String,
    /// The names of the columns that differ, if both have the row.
    pub columns: Vec<String>,
    /// Their values. None in a comparison of an earlier release.
    #[serde(default)]
    pub values: Vec<ColumnDifference>,
}

/// The two values of a column that differs. Of a long value the part around the first difference is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ReplayColumnDifference")]
pub struct ColumnDifference {
    /// The column.
    pub column: String,
    /// The value of the live table, as text.
    pub live: Option<String>,
    /// The value of the replay, as text.
    pub replay: Option<String>,
}

impl Report {
    /// The number of rows that differ.
    pub fn differing(&self) -> i64 {
        self.tables
            .iter()
            .map(|table| table.changed + table.missing + table.added)
            .sum()
    }

    /// Whether the tables are equal, and every event that the live projection applied was applied.
    pub fn is_equal(&self) -> bool {
        self.newly_parked == 0 && self.tables.iter().all(|table| table.live == table.replay)
    }

    /// Whether there is a difference that the same code must not make.
    pub fn is_suspicious(&self) -> bool {
        !self.code_changed && !self.is_equal()
    }

    /// Why a switch is refused without a reason.
    pub fn refusal(&self) -> String {
        let code = if self.code_changed {
            "has changed, and"
        } else {
            "is unchanged, but"
        };
        format!(
            "the code {code} {}; a switch needs a reason to accept this",
            self.sentence()
        )
    }

    /// The result in a sentence.
    pub fn sentence(&self) -> String {
        let tables = self.tables.iter().filter(|table| table.live != table.replay);
        let tables: Vec<String> = tables
            .map(|table| {
                format!(
                    "{} ({} changed, {} missing, {} added)",
                    table.live.table, table.changed, table.missing, table.added
                )
            })
            .collect();
        if tables.is_empty() && self.newly_parked == 0 {
            return format!(
                "all rows are equal to the live ones at position {}",
                self.position
            );
        }
        let mut parts = Vec::new();
        if !tables.is_empty() {
            let rows = self.differing();
            parts.push(format!(
                "{rows} rows differ from the live ones: {}",
                tables.join(", ")
            ));
        }
        if self.newly_parked > 0 {
            parts.push(format!(
                "{} events are parked that are not parked live",
                self.newly_parked
            ));
        }
        format!("at position {}, {}", self.position, parts.join("; "))
    }
}

/// The checksum of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TableChecksum {
    /// The table's name, without its schema.
    pub table: String,
    /// The number of rows.
    pub row_count: u64,
    /// SHA-256 of the rows as `COPY … TO STDOUT` writes them in the order of the primary key, in hexadecimal.
    pub sha256: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checksum(rows: u64) -> TableChecksum {
        TableChecksum {
            table: "orders".to_owned(),
            row_count: rows,
            sha256: rows.to_string(),
        }
    }

    fn report(replay_rows: u64) -> Report {
        Report {
            position: 7,
            code_changed: false,
            newly_parked: 0,
            tables: vec![TableReport {
                live: checksum(3),
                replay: checksum(replay_rows),
                changed: 1,
                missing: i64::from(replay_rows < 3),
                added: 0,
                rows: Vec::new(),
            }],
        }
    }

    #[test]
    fn the_same_code_must_give_the_same_rows_and_park_no_other_events() {
        assert!(report(3).is_equal());
        assert_eq!(
            report(3).sentence(),
            "all rows are equal to the live ones at position 7"
        );
        assert!(report(2).is_suspicious());
        assert_eq!(
            report(2).sentence(),
            "at position 7, 2 rows differ from the live ones: orders (1 changed, 1 missing, 0 added)"
        );
        let parked = Report {
            newly_parked: 2,
            ..report(3)
        };
        assert!(parked.is_suspicious());
        assert_eq!(
            parked.sentence(),
            "at position 7, 2 events are parked that are not parked live"
        );
    }

    #[test]
    fn other_code_may_give_other_rows() {
        let changed = Report {
            code_changed: true,
            ..report(2)
        };
        assert!(!changed.is_suspicious() && !changed.is_equal());
    }
}
