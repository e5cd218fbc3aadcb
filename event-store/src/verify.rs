//! Log verification: gapless positions, gapless versions, the hash chain of every stream, and the anchors.

use std::collections::HashMap;

use crate::anchor::{Anchor, LogDigest};
use crate::hash::{Hashed, StreamHead, event_hash};
use crate::{Error, Store, kafka};
use schemars::JsonSchema;
use schemas::envelope::RecordedEvent;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Events per page.
const PAGE_LEN: i64 = 5_000;
/// Maximum number of reported findings; further ones are only counted.
const FINDINGS_MAX: usize = 100;

/// Damage found in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LogFinding")]
pub struct Finding {
    /// Position in the log.
    pub position: i64,
    /// Stream id; empty if the damage belongs to no stream.
    pub stream_id: String,
    /// Stream version; 0 if the damage belongs to no stream.
    pub version: i64,
    /// Description of the damage.
    pub detail: String,
}

/// Result of a verification.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LogReport")]
pub struct Report {
    /// Number of events read.
    pub events: i64,
    /// Number of streams.
    pub streams: usize,
    /// Number of anchors that were compared.
    pub anchors: usize,
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

    fn add(&mut self, position: i64, stream: Option<(&str, i64)>, detail: impl Into<String>) {
        self.finding_count += 1;
        if self.findings.len() < FINDINGS_MAX {
            let (stream_id, version) = stream.unwrap_or_default();
            self.findings.push(Finding {
                position,
                stream_id: stream_id.to_owned(),
                version,
                detail: detail.into(),
            });
        }
    }

    fn find(&mut self, event: &RecordedEvent, detail: &str) {
        self.add(event.position, Some((&event.stream_id, event.version)), detail);
    }

    fn find_missing(&mut self, first: i64, last: i64) {
        if first == last {
            self.add(first, None, "the event is missing");
        } else {
            self.add(
                first,
                None,
                format!("the events up to position {last} are missing"),
            );
        }
    }
}

/// The last event of a stream.
#[derive(Debug, Clone, Copy, Default)]
struct Last {
    head: StreamHead,
    position: i64,
}

/// Compares the log with its anchors, in the order of their positions.
struct Anchors<'a> {
    log_id: Uuid,
    rest: std::iter::Peekable<std::vec::IntoIter<&'a Anchor>>,
    digest: LogDigest,
    /// The position up to which the log is as anchored.
    sound_up_to: i64,
    has_differed: bool,
}

impl<'a> Anchors<'a> {
    fn new(log_id: Uuid, anchors: &'a [Anchor]) -> Self {
        let mut sorted: Vec<&Anchor> = anchors.iter().collect();
        sorted.sort_by_key(|anchor| anchor.position);
        Self {
            log_id,
            rest: sorted.into_iter().peekable(),
            digest: LogDigest::default(),
            sound_up_to: 0,
            has_differed: false,
        }
    }

    fn see(&mut self, event: &RecordedEvent, report: &mut Report) {
        // Anchors at missing positions.
        while let Some(anchor) = self.rest.next_if(|anchor| anchor.position < event.position) {
            self.differs(anchor, report);
        }
        self.digest.add(&event.hash);
        while let Some(anchor) = self.rest.next_if(|anchor| anchor.position == event.position) {
            report.anchors += 1;
            if anchor.digest == self.digest.to_hex() {
                self.sound_up_to = anchor.position;
            } else {
                self.differs(anchor, report);
            }
        }
    }

    /// Reports the first anchor from which the log differs; all later ones differ, too.
    fn differs(&mut self, anchor: &Anchor, report: &mut Report) {
        if std::mem::replace(&mut self.has_differed, true) {
            return;
        }
        let (first, time) = (self.sound_up_to + 1, time(anchor));
        let detail = if anchor.log_id == self.log_id {
            format!(
                "an event from here to position {} was changed, removed, added or moved after it was anchored on {time}",
                anchor.position
            )
        } else {
            format!(
                "the anchor of position {}, from {time}, is of another log ({}), which differs from here on",
                anchor.position, anchor.log_id
            )
        };
        report.add(first, None, detail);
    }

    /// Reports the last anchor beyond the end of the log.
    fn finish(mut self, head: i64, report: &mut Report) {
        let Some(anchor) = self.rest.by_ref().last() else {
            return;
        };
        report.anchors += 1;
        let whose = if anchor.log_id == self.log_id {
            "this log".to_owned()
        } else {
            format!("another log ({})", anchor.log_id)
        };
        let detail = format!(
            "the log ends before, but {whose} had {} events when it was anchored on {}: the newest were removed, or an old copy was restored",
            anchor.position,
            time(anchor)
        );
        report.add(head + 1, None, detail);
    }
}

fn time(anchor: &Anchor) -> String {
    anchor.anchored_at.format("%Y-%m-%d at %H:%M:%S UTC").to_string()
}

impl Store {
    /// Reads the whole log up to its head, and checks every event against the previous one, and the log against its
    /// `anchors`. Calls `progress` with the current position and the head after each page.
    ///
    /// # Errors
    /// When the database fails. Damage of the log is in the report.
    pub async fn verify(
        &self,
        anchors: &[Anchor],
        mut progress: impl FnMut(i64, i64),
    ) -> Result<Report, Error> {
        let head = self.head().await?;
        let mut anchors = Anchors::new(kafka::log_id(self).await?, anchors);
        let mut report = Report::default();
        let mut streams: HashMap<String, Last> = HashMap::new();
        let mut position = 0;
        while position < head {
            let page = self.read(position, PAGE_LEN.min(head - position)).await?;
            if page.is_empty() {
                // Positions are missing up to the end of this page.
                let next = self.position_after(position).await?;
                let last = next.unwrap_or(head + 1).min(head + 1) - 1;
                report.find_missing(position + 1, last);
                position = last;
                continue;
            }
            for event in page {
                if event.position > position + 1 {
                    report.find_missing(position + 1, event.position - 1);
                }
                position = event.position;
                anchors.see(&event, &mut report);
                check(event, &mut streams, &mut report);
            }
            progress(position, head);
        }
        if let Some(beyond) = self.position_after(head).await?
            && beyond > self.head().await?
        {
            report.add(beyond, None, "the event is beyond the recorded end of the log");
        }
        anchors.finish(head, &mut report);
        self.check_heads(&streams, head, &mut report).await?;
        report.streams = streams.len();
        Ok(report)
    }

    /// Returns the position of the first event after `position`.
    pub(crate) async fn position_after(&self, position: i64) -> Result<Option<i64>, Error> {
        Ok(sqlx::query_scalar!(
            "SELECT min(position) FROM event_store.events WHERE position > $1",
            position
        )
        .fetch_one(self.pool())
        .await?)
    }

    /// Checks that the table of stream heads matches the events.
    async fn check_heads(
        &self,
        streams: &HashMap<String, Last>,
        head: i64,
        report: &mut Report,
    ) -> Result<(), Error> {
        use futures_util::TryStreamExt as _;

        let mut rows = sqlx::query!(
            r#"SELECT stream_id, version, hash, EXISTS (
                   SELECT FROM event_store.events AS e WHERE e.stream_id = s.stream_id AND e.version = s.version
               ) AS "has_last!" FROM event_store.streams AS s"#
        )
        .fetch(self.pool());
        let mut seen = 0_usize;
        while let Some(row) = rows.try_next().await? {
            let last = streams.get(&row.stream_id).copied();
            seen += usize::from(last.is_some());
            let last = last.unwrap_or_default();
            let stream = Some((row.stream_id.as_str(), row.version));
            if row.version > last.head.version {
                // The stream went on after the head was read, unless its last event does not exist.
                if !row.has_last {
                    let detail = format!(
                        "the stream's events after version {} are missing",
                        last.head.version
                    );
                    report.add(
                        if last.position == 0 {
                            head + 1
                        } else {
                            last.position
                        },
                        stream,
                        detail,
                    );
                }
            } else if row.version != last.head.version || row.hash != last.head.hash {
                report.add(last.position, stream, "the stream's head is not its last event");
            }
        }
        if seen != streams.len() {
            let missing = streams.len() - seen;
            report.add(head, None, format!("the heads of {missing} streams are missing"));
        }
        Ok(())
    }
}

fn check(event: RecordedEvent, streams: &mut HashMap<String, Last>, report: &mut Report) {
    report.events += 1;
    let previous = streams.get(&event.stream_id).copied().unwrap_or_default().head;
    if event.version > previous.version + 1 {
        report.find(&event, "versions of its stream are missing before it");
    } else if event.version <= previous.version {
        report.find(&event, "a later version of its stream stands before it");
    }
    if recorded_hash(&previous.hash, &event) != event.hash {
        report.find(
            &event,
            "its hash does not match its content and the event before it",
        );
    }
    streams.insert(
        event.stream_id,
        Last {
            head: StreamHead {
                version: event.version,
                hash: event.hash,
            },
            position: event.position,
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
