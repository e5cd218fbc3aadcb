//! Channels without history: what they show is a state of the system, not of the log.
//!
//! A source (`source`) reads the values while a channel has subscribers. Those that have changed are sent to all of them; a new
//! subscriber, and one that fell behind, gets the newest value of each key. So nobody misses a value for longer than the
//! interval, or gets one twice, and nothing is kept for a client that is gone.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::SystemTime;

use schemas::change::{Change, ChangeKind, Origin, Readers};
use schemas::channel::Channel;
use serde_json::value::RawValue;

use crate::entry::Entry;
use crate::history::HistoryPage;

/// A value of a channel without history.
#[derive(Debug)]
pub struct Value {
    /// What it replaces: the older value of the same key.
    pub key: String,
    /// Its kind.
    pub kind: ChangeKind,
    /// The value, in the shape of its kind.
    pub data: Box<RawValue>,
}

/// The newest values of all channels without history.
#[derive(Debug, Default)]
pub struct Latest {
    channels: HashMap<Channel, Watched>,
    next_sequence: u64,
}

/// The newest values of a channel that has subscribers.
#[derive(Debug, Default)]
struct Watched {
    subscribers: usize,
    newest: BTreeMap<Arc<str>, Arc<Entry>>,
}

/// Values that have replaced others.
#[derive(Debug)]
pub struct Values {
    /// The values.
    pub entries: Vec<Arc<Entry>>,
    /// The sequence of the next value.
    pub next_sequence: u64,
}

impl Latest {
    /// Returns the sequence of the next value.
    pub fn next_sequence(&self) -> u64 {
        self.next_sequence
    }

    /// Counts a subscriber.
    pub fn watch(&mut self, channel: &Channel) {
        self.channels.entry(channel.clone()).or_default().subscribers += 1;
    }

    /// Counts a subscriber less. Nothing is kept for a channel without subscribers, for it would be out of date.
    pub fn leave(&mut self, channel: &Channel) {
        if let Some(watched) = self.channels.get_mut(channel) {
            watched.subscribers -= 1;
            if watched.subscribers == 0 {
                self.channels.remove(channel);
            }
        }
    }

    /// Returns whether the channel has subscribers.
    pub fn is_watched(&self, channel: &Channel) -> bool {
        self.channels.contains_key(channel)
    }

    /// Takes the values that were read. Returns those that are new or have changed; none without subscribers.
    pub fn replace(&mut self, channel: &Channel, values: Vec<Value>, position: i64) -> Values {
        let mut entries = Vec::new();
        if let Some(watched) = self.channels.get_mut(channel) {
            for value in values {
                let entry = entry(self.next_sequence, channel, value, position);
                let known = watched.newest.get(&entry.key);
                if known.is_some_and(|known| known.is_same_value(&entry)) {
                    continue;
                }
                self.next_sequence += 1;
                let entry = Arc::new(entry);
                watched.newest.insert(Arc::clone(&entry.key), Arc::clone(&entry));
                entries.push(entry);
            }
        }
        Values {
            entries,
            next_sequence: self.next_sequence,
        }
    }

    /// Reads the newest values of `channel` from the sequence `from` on, up to `end` (excluded) or until `bytes_max` are
    /// reached, whichever is first.
    pub fn read(&self, channel: &Channel, from: u64, end: u64, bytes_max: usize) -> HistoryPage {
        let newest = self
            .channels
            .get(channel)
            .into_iter()
            .flat_map(|watched| watched.newest.values());
        let mut entries: Vec<_> = newest
            .filter(|entry| (from..end).contains(&entry.sequence))
            .cloned()
            .collect();
        entries.sort_by_key(|entry| entry.sequence);
        let (mut page, mut bytes) = (HistoryPage::default(), 0);
        for entry in entries {
            if bytes >= bytes_max {
                page.next = Some(entry.sequence);
                break;
            }
            bytes += entry.bytes();
            page.entries.push((entry, 0));
        }
        page
    }
}

fn entry(sequence: u64, channel: &Channel, value: Value, position: i64) -> Entry {
    let change = Change {
        position,
        channels: vec![channel.to_string()],
        kind: value.kind.as_str().to_owned(),
        key: value.key,
        data: value.data,
        origin: Origin::default(),
        readers: Readers::default(),
    };
    Entry::new(sequence, change, SystemTime::now())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(key: &str, data: &str) -> Value {
        Value {
            key: key.to_owned(),
            kind: ChangeKind::ReplayChanged,
            data: RawValue::from_string(data.to_owned()).unwrap(),
        }
    }

    fn keys(entries: &[Arc<Entry>]) -> Vec<&str> {
        entries.iter().map(|entry| &*entry.key).collect()
    }

    #[test]
    fn only_values_that_changed_are_sent_and_the_newest_of_each_key_is_kept() {
        let mut latest = Latest::default();
        latest.watch(&Channel::Replays);
        let first = latest.replace(&Channel::Replays, vec![value("a", "1"), value("b", "1")], 7);
        assert_eq!(keys(&first.entries), ["a", "b"]);
        let second = latest.replace(&Channel::Replays, vec![value("a", "2"), value("b", "1")], 7);
        assert_eq!((keys(&second.entries), second.next_sequence), (vec!["a"], 3));
        let page = latest.read(&Channel::Replays, 0, 3, usize::MAX);
        let sequences: Vec<u64> = page.entries.iter().map(|(entry, _)| entry.sequence).collect();
        assert_eq!((sequences, page.next), (vec![1, 2], None));
        let page = latest.read(&Channel::Replays, 0, 2, usize::MAX);
        assert_eq!(
            page.entries.len(),
            1,
            "a value that a shard has not passed on arrives live"
        );
        assert_eq!(latest.read(&Channel::Replays, 0, 3, 1).next, Some(2));
    }

    #[test]
    fn nothing_is_kept_without_subscribers() {
        let mut latest = Latest::default();
        assert!(
            latest
                .replace(&Channel::Replays, vec![value("a", "1")], 7)
                .entries
                .is_empty()
        );
        latest.watch(&Channel::Replays);
        latest.watch(&Channel::Replays);
        latest.replace(&Channel::Replays, vec![value("a", "1")], 7);
        latest.leave(&Channel::Replays);
        assert_eq!(latest.read(&Channel::Replays, 0, 9, 9).entries.len(), 1);
        latest.leave(&Channel::Replays);
        assert!(!latest.is_watched(&Channel::Replays));
        latest.watch(&Channel::Replays);
        assert!(latest.read(&Channel::Replays, 0, 9, 9).entries.is_empty());
    }
}
