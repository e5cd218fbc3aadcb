//! One line per event.

use std::fmt;

use schemas::envelope::{Metadata, RecordedEvent};

/// The heading above the lines.
pub const HEADING: &str =
    "  position  recorded at (UTC)        type                      version  stream, actor";

/// An event as a line.
#[derive(Debug)]
pub struct Line<'a>(pub &'a RecordedEvent);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(event) = self;
        write!(
            f,
            "{:>10}  {}  {:<24} {:>8}  {}, {}",
            event.position,
            event.recorded_at.format("%Y-%m-%d %H:%M:%S%.3f"),
            event.event_type,
            event.version,
            event.stream_id,
            actor(event)
        )
    }
}

/// Who submitted the command.
pub fn actor(event: &RecordedEvent) -> String {
    match serde_json::from_str::<Metadata>(event.metadata.get()) {
        Ok(metadata) => metadata.actor.to_string(),
        Err(error) => format!("unknown actor ({error})"),
    }
}
