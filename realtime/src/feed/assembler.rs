//! Batches out of the topic's messages.
//!
//! The sender writes the changes of a batch, then a watermark: everything up to its position has been sent.
//! It is at-least-once: after a crash it begins again somewhere behind, at the beginning of a batch, and a
//! sender that was replaced may still write a little in between. So changes are held until a watermark says
//! that nothing at or below it is missing; what is at or below the last watermark came before.

use std::collections::HashSet;

use schemas::change::{Change, ChangeBatch};

/// Puts batches together.
#[derive(Debug, Default)]
pub struct Assembler {
    /// The last watermark; `None` while nothing is known.
    watermark: Option<i64>,
    /// While filling: the first watermark seen. The batch before it may have begun before the place where
    /// reading began.
    first_seen: Option<i64>,
    waiting: Vec<Change>,
    identities: HashSet<Identity>,
    is_damaged: bool,
    duplicates: u64,
}

type Identity = (i64, String, String, Vec<String>);

/// What came out.
#[derive(Debug)]
pub enum Assembled {
    /// Nothing is known of what is at or below this position.
    Start(i64),
    /// A batch that begins where the last one ended.
    Batch(ChangeBatch),
    /// A message could not be read: something at or below this position is missing.
    Gap(i64),
}

impl Assembler {
    /// Nothing was read yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Changes that came again, since the last call.
    pub fn take_duplicates(&mut self) -> u64 {
        std::mem::take(&mut self.duplicates)
    }

    /// Takes a change.
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

    /// A message could not be read.
    pub fn unreadable(&mut self) {
        self.is_damaged = true;
    }

    /// Takes a watermark.
    ///
    /// The place where reading begins may lie inside a batch, and the next watermark may be a replaced
    /// sender's; so the second one that rises is the first that is believed.
    pub fn watermark(&mut self, position: i64) -> Option<Assembled> {
        match (self.watermark, self.first_seen) {
            (Some(known), _) if position <= known => None,
            (Some(known), _) => Some(self.close(known, position)),
            (None, None) => {
                self.first_seen = Some(position);
                None
            }
            (None, Some(seen)) if position <= seen => None,
            (None, Some(_)) => Some(self.begin(position)),
        }
    }

    /// Everything that was in the topic has been read. When that did not tell where we are, `fallback`
    /// does: a position that had been projected before reading began, so that all that follows it was read
    /// or will be.
    pub fn filled(&mut self, fallback: i64) -> Vec<Assembled> {
        if self.watermark.is_some() {
            return Vec::new();
        }
        let start = self.begin(fallback);
        let batch = self
            .first_seen
            .filter(|seen| *seen > fallback)
            .map(|seen| self.close(fallback, seen));
        std::iter::once(start).chain(batch).collect()
    }

    /// Messages were lost: what follows is only believed after two watermarks.
    pub fn lose(&mut self) {
        *self = Self {
            duplicates: self.duplicates,
            ..Self::default()
        };
    }

    fn begin(&mut self, position: i64) -> Assembled {
        self.watermark = Some(position);
        self.is_damaged = false;
        self.forget(position);
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

    fn forget(&mut self, position: i64) {
        self.waiting.retain(|change| change.position > position);
        self.identities.retain(|identity| identity.0 > position);
    }
}

#[cfg(test)]
mod tests;
