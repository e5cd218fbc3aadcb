//! Assembles batches from the messages of the topic.
//!
//! The projector writes the changes of a batch, then a watermark: every change up to its position has been sent. It
//! writes at least once: after a crash it repeats whole batches, and a replaced projector may still write some messages
//! in between. So changes are buffered until a watermark confirms that nothing up to it is missing, and changes up to
//! the last watermark are duplicates.

use std::collections::HashSet;

use schemas::change::{Change, ChangeBatch, Watermark};

/// Assembles batches.
#[derive(Debug, Default)]
pub struct Assembler {
    /// The last watermark; `None` until one is trusted.
    watermark: Option<i64>,
    /// The first watermark seen, until one is trusted. Its batch may have started before the first message read.
    first_seen: Option<i64>,
    waiting: Vec<Change>,
    identities: HashSet<ChangeIdentity>,
    is_damaged: bool,
    duplicates: u64,
}

/// Position, kind, key and channels of a change.
type ChangeIdentity = (i64, String, String, Vec<String>);

/// The result of a message.
#[derive(Debug)]
pub enum Assembled {
    /// The start: every change after this position follows; earlier ones are unknown.
    Start(i64),
    /// A batch that starts where the last one ended.
    Batch(ChangeBatch),
    /// Changes up to this position are missing: a message could not be read, or was lost.
    Gap(i64),
}

impl Assembler {
    /// Creates an assembler that has read nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the number of duplicates since the last call.
    pub fn take_duplicates(&mut self) -> u64 {
        std::mem::take(&mut self.duplicates)
    }

    /// Adds a change.
    pub fn change(&mut self, change: Change) {
        let is_old = self.watermark.is_some_and(|known| change.position <= known);
        let identity = (
            change.position,
            change.kind.clone(),
            change.key.clone(),
            change.channels.clone(),
        );
        if is_old || !self.identities.insert(identity) {
            self.duplicates += 1;
        } else {
            self.waiting.push(change);
        }
    }

    /// Records that a message could not be read.
    pub fn unreadable(&mut self) {
        self.is_damaged = true;
    }

    /// Adds a watermark.
    ///
    /// The first message read may be inside a batch, and the next watermark may come from a replaced projector. So the
    /// first watermark is not trusted; the next higher one is.
    pub fn watermark(&mut self, watermark: Watermark) -> Option<Assembled> {
        let Watermark {
            from_position,
            position,
        } = watermark;
        match (self.watermark, self.first_seen) {
            (Some(known), _) if position <= known => None,
            (Some(known), _) => {
                // The watermark before this one was not read.
                self.is_damaged |= from_position > known;
                Some(self.close(known, position))
            }
            (None, None) => {
                self.first_seen = Some(position);
                None
            }
            (None, Some(seen)) if position <= seen => None,
            (None, Some(_)) => Some(self.start(position)),
        }
    }

    /// Records that the topic was read to the end it had at the start. If no watermark is trusted by then, `fallback`
    /// replaces it: a position that was projected before reading started, so that every later change has been or will
    /// be read.
    pub fn filled(&mut self, fallback: i64) -> Vec<Assembled> {
        if self.watermark.is_some() {
            return Vec::new();
        }
        let start = self.start(fallback);
        let batch = self
            .first_seen
            .filter(|seen| *seen > fallback)
            .map(|seen| self.close(fallback, seen));
        std::iter::once(start).chain(batch).collect()
    }

    /// Starts again after messages were lost: the second watermark from here is trusted.
    pub fn restart(&mut self) {
        *self = Self {
            duplicates: self.duplicates,
            ..Self::default()
        };
    }

    fn start(&mut self, position: i64) -> Assembled {
        self.watermark = Some(position);
        self.is_damaged = false;
        self.discard_up_to(position);
        Assembled::Start(position)
    }

    fn close(&mut self, known: i64, position: i64) -> Assembled {
        self.watermark = Some(position);
        self.identities.retain(|identity| identity.0 > position);
        let (mut changes, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|change| change.position <= position);
        self.waiting = later;
        if std::mem::take(&mut self.is_damaged) {
            return Assembled::Gap(position);
        }
        changes.sort_by_key(|change| change.position);
        Assembled::Batch(ChangeBatch {
            from_position: known,
            to_position: position,
            changes,
        })
    }

    fn discard_up_to(&mut self, position: i64) {
        self.waiting.retain(|change| change.position > position);
        self.identities.retain(|identity| identity.0 > position);
    }
}

#[cfg(test)]
mod tests;
