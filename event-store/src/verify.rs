//! Log verification: gapless positions, gapless versions, and the hash chain of every stream.

use std::collections::HashMap;

use crate::hash::{Hashed, StreamHead, event_hash};
use crate::{Error, Store};
use schemas::envelope::RecordedEvent;

/// Events per page.
const PAGE_LEN: i64 = 5_000;
/// Maximum number of reported findings; further ones are only counted.
const FINDINGS_MAX: usize = 100;

/// Damage found in the log.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// Position in the log.
    pub position: i64,
    /// Stream id.
    pub stream_id: String,
    /// Stream version.
    pub version: i64,
    /// Description of the damage.
    pub detail: &'static str,
}

/// Result of a verification.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// Number of events read.
    pub events: i64,
    /// Number of streams.
    pub streams: usize,
    /// Number of findings.
    pub finding_count: usize,
    /// First findings.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Returns whether there are no findings.
    pub fn is_sound(&self) -> bool {
        self.finding_count == 0
    }

    fn find(&mut self, event: &RecordedEvent, detail: &'static str) {
        self.finding_count += 1;
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(Finding {
                position: event.position,
                stream_id: event.stream_id.clone(),
                version: event.version,
                detail,
            });
        }
    }
}

impl Store {
    /// Reads the whole log up to its head and checks every event against the previous one. Calls `progress` with
    /// the current position and the head after each page.
    ///
    /// # Errors
    /// When the database fails. Damage of the log is in the report.
    pub async fn verify(&self, mut progress: impl FnMut(i64, i64)) -> Result<Report, Error> {
        let head = self.head().await?;
        let mut report = Report::default();
        let mut streams: HashMap<String, StreamHead> = HashMap::new();
        let mut position = 0;
        while position < head {
            let page = self.read(position, PAGE_LEN.min(head - position)).await?;
            let Some(last) = page.last() else {
                // Positions are missing up to the end of this page.
                position = self.skip_hole(position, head, &mut report).await?;
                continue;
            };
            let reached = last.position;
            for event in page {
                if event.position != position + 1 {
                    report.find(&event, "positions are missing before it");
                }
                position = event.position;
                check(event, &mut streams, &mut report);
            }
            position = reached;
            progress(position, head);
        }
        self.check_heads(&streams, &mut report).await?;
        report.streams = streams.len();
        Ok(report)
    }

    /// Returns the position before the first event after a gap of at least a page, or the head.
    async fn skip_hole(&self, position: i64, head: i64, report: &mut Report) -> Result<i64, Error> {
        let next = sqlx::query_scalar!(
            r#"SELECT min(position) FROM event_store.events WHERE position > $1"#,
            position
        )
        .fetch_one(self.pool())
        .await?;
        if next.is_none() {
            report.finding_count += 1;
            report.findings.push(Finding {
                position: head,
                stream_id: String::new(),
                version: 0,
                detail: "the newest events are missing",
            });
        }
        Ok(next.map_or(head, |next| next - 1))
    }

    /// Checks that the table of stream heads matches the events.
    async fn check_heads(
        &self,
        streams: &HashMap<String, StreamHead>,
        report: &mut Report,
    ) -> Result<(), Error> {
        use futures_util::TryStreamExt as _;

        let mut rows =
            sqlx::query!("SELECT stream_id, version, hash FROM event_store.streams").fetch(self.pool());
        let mut seen = 0_usize;
        while let Some(row) = rows.try_next().await? {
            let Some(head) = streams.get(&row.stream_id) else {
                // The stream was created after the head was read.
                continue;
            };
            seen += 1;
            let moved_on = row.version > head.version;
            if !moved_on && (row.version != head.version || row.hash != head.hash) {
                report.finding_count += 1;
                report.findings.push(Finding {
                    position: 0,
                    stream_id: row.stream_id,
                    version: row.version,
                    detail: "the stream's head is not its last event",
                });
            }
        }
        if seen != streams.len() {
            report.finding_count += streams.len() - seen;
        }
        Ok(())
    }
}

fn check(event: RecordedEvent, streams: &mut HashMap<String, StreamHead>, report: &mut Report) {
    report.events += 1;
    let previous = streams.get(&event.stream_id).copied().unwrap_or_default();
    if event.version != previous.version + 1 {
        report.find(&event, "versions of its stream are missing before it");
    }
    if recorded_hash(&previous.hash, &event) != event.hash {
        report.find(
            &event,
            "its hash does not match its content and the event before it",
        );
    }
    streams.insert(
        event.stream_id,
        StreamHead {
            version: event.version,
            hash: event.hash,
        },
    );
}

/// Computes the hash that a recorded event must have after `previous`.
pub fn recorded_hash(previous: &[u8; 32], event: &RecordedEvent) -> [u8; 32] {
    event_hash(
        previous,
        &Hashed {
            stream_id: &event.stream_id,
            version: event.version,
            event_id: event.event_id,
            event_type: &event.event_type,
            schema_version: event.schema_version,
            partition_key: &event.partition_key,
            payload: event.payload.get(),
            metadata: event.metadata.get(),
            occurred_at: event.occurred_at,
        },
    )
}
