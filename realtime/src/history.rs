//! The changes of the last minutes, in one order over all channels, with an index by channel.
//!
//! One log serves all channels, so one position defines how far back it goes: a client with everything up to that
//! position or later can catch up on any channel, including quiet ones.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::SystemTime;

use schemas::channel::Channel;

use crate::entry::Entry;
use crate::options::HistoryLimits;

/// The changes of the last minutes.
#[derive(Debug)]
pub struct History {
    limits: HistoryLimits,
    entries: VecDeque<Arc<Entry>>,
    /// The sequence number of the first entry, or of the next one when there is none.
    first_sequence: u64,
    bytes: usize,
    /// Every change after this position is in the log.
    complete_after: i64,
    channels: HashMap<Channel, ChannelLog>,
}

#[derive(Debug, Default)]
struct ChannelLog {
    sequences: VecDeque<u64>,
    /// The newest change of each key, on a conflated channel.
    newest: HashMap<Arc<str>, u64>,
}

/// The start of a replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seek {
    /// At the entry with this sequence.
    At(u64),
    /// There is nothing to replay.
    UpToDate,
    /// Changes that are needed have been evicted.
    TooOld,
}

/// A page of one channel's history.
#[derive(Debug, Default)]
pub struct HistoryPage {
    /// The entries, each with the index of the channel in it.
    pub entries: Vec<(Arc<Entry>, usize)>,
    /// The sequence number of the next page's first entry; `None` when this page reaches the requested end.
    pub next: Option<u64>,
}

impl History {
    /// Creates an empty log of the changes after position `complete_after`.
    pub fn new(limits: HistoryLimits, complete_after: i64) -> Self {
        Self {
            limits,
            entries: VecDeque::new(),
            first_sequence: 0,
            bytes: 0,
            complete_after,
            channels: HashMap::new(),
        }
    }

    /// Removes everything. Changes after `complete_after` follow; the first has sequence number `next_sequence`.
    pub fn clear(&mut self, complete_after: i64, next_sequence: u64) {
        self.entries.clear();
        self.channels.clear();
        self.first_sequence = next_sequence;
        self.bytes = 0;
        self.complete_after = complete_after;
    }

    /// Adds `entry`. Its sequence number follows that of the last entry, and its position is not lower.
    pub fn append(&mut self, entry: Arc<Entry>) {
        debug_assert_eq!(entry.sequence, self.first_sequence + self.entries.len() as u64);
        for channel in &entry.channels {
            let log = self.channels.entry(channel.clone()).or_default();
            if log.sequences.back() == Some(&entry.sequence) {
                continue; // The change has the channel twice.
            }
            log.sequences.push_back(entry.sequence);
            if channel.is_conflated() {
                log.newest.insert(Arc::clone(&entry.key), entry.sequence);
            }
        }
        self.bytes += entry.bytes();
        self.entries.push_back(entry);
    }

    /// Removes the oldest entries until the limits hold.
    pub fn evict(&mut self, now: SystemTime) {
        while let Some(oldest) = self.entries.front() {
            let age = now.duration_since(oldest.published_at).unwrap_or_default();
            let is_within = self.bytes <= self.limits.bytes_max
                && self.entries.len() <= self.limits.changes_max
                && age <= self.limits.age_max;
            if is_within {
                break;
            }
            self.evict_oldest();
        }
    }

    fn evict_oldest(&mut self) {
        let Some(entry) = self.entries.pop_front() else {
            return;
        };
        self.first_sequence = entry.sequence + 1;
        self.bytes -= entry.bytes();
        self.complete_after = self.complete_after.max(entry.position);
        for channel in &entry.channels {
            let Some(log) = self.channels.get_mut(channel) else {
                continue;
            };
            if log.sequences.front() == Some(&entry.sequence) {
                log.sequences.pop_front();
            }
            if log.newest.get(&entry.key) == Some(&entry.sequence) {
                log.newest.remove(&entry.key);
            }
            if log.sequences.is_empty() {
                self.channels.remove(channel);
            }
        }
    }

    /// Finds the first change of `channel` after `position`.
    pub fn seek(&self, channel: &Channel, position: i64) -> Seek {
        if position < self.complete_after {
            return Seek::TooOld;
        }
        let Some(log) = self.channels.get(channel) else {
            return Seek::UpToDate;
        };
        let at = log.sequences.partition_point(|sequence| {
            self.entry(*sequence)
                .is_some_and(|entry| entry.position <= position)
        });
        log.sequences
            .get(at)
            .map_or(Seek::UpToDate, |sequence| Seek::At(*sequence))
    }

    /// Reads `channel` from the entry `from` on, up to the entry `end` (excluded) or until `bytes_max` are
    /// reached, whichever is first. Changes of one position are never split. On a conflated channel only the
    /// newest change of each key is read. `None` when `from` has been evicted.
    pub fn read(&self, channel: &Channel, from: u64, end: u64, bytes_max: usize) -> Option<HistoryPage> {
        if from < self.first_sequence {
            return None;
        }
        let mut page = HistoryPage::default();
        let Some(log) = self.channels.get(channel) else {
            return Some(page);
        };
        let begin = log.sequences.partition_point(|sequence| *sequence < from);
        let (mut bytes, mut last_position) = (0, i64::MIN);
        for sequence in log
            .sequences
            .range(begin..)
            .take_while(|sequence| **sequence < end)
        {
            let Some(entry) = self.entry(*sequence) else {
                continue;
            };
            let is_superseded = log
                .newest
                .get(&entry.key)
                .is_some_and(|newest| sequence < newest && *newest < end);
            if is_superseded {
                continue;
            }
            if bytes >= bytes_max && entry.position != last_position {
                page.next = Some(*sequence);
                break;
            }
            let Some(index) = entry.channels.iter().position(|of| of == channel) else {
                continue;
            };
            bytes += entry.bytes();
            last_position = entry.position;
            page.entries.push((Arc::clone(entry), index));
        }
        Some(page)
    }

    fn entry(&self, sequence: u64) -> Option<&Arc<Entry>> {
        let index = sequence.checked_sub(self.first_sequence)?;
        self.entries.get(usize::try_from(index).ok()?)
    }
}

#[cfg(test)]
mod tests;
