use std::time::Duration;

use schemas::change::Change;
use serde_json::value::RawValue;

use super::*;

fn limits(changes_max: usize) -> HistoryLimits {
    HistoryLimits {
        changes_max,
        ..HistoryLimits::default()
    }
}

fn push(history: &mut History, position: i64, key: &str, channels: &[&str]) {
    let sequence = history.first_sequence + history.entries.len() as u64;
    let change = Change {
        position,
        channels: channels.iter().map(ToString::to_string).collect(),
        kind: "test.changed".to_owned(),
        key: key.to_owned(),
        data: RawValue::from_string("{}".to_owned()).unwrap(),
        origin: schemas::change::Origin::default(),
        readers: schemas::change::Readers::default(),
    };
    history.append(Arc::new(Entry::new(sequence, change, SystemTime::now())));
    history.evict(SystemTime::now());
}

fn positions(history: &History, channel: &str, from: u64, bytes_max: usize) -> (Vec<i64>, Option<u64>) {
    let page = history
        .read(&channel.parse().unwrap(), from, u64::MAX, bytes_max)
        .unwrap();
    (
        page.entries.iter().map(|(entry, _)| entry.position).collect(),
        page.next,
    )
}

const ORDER: &str = "order:00000000-0000-0000-0000-000000000001";

#[test]
fn a_channel_is_replayed_after_a_position() {
    let mut history = History::new(limits(100), 10);
    push(&mut history, 11, "a", &[ORDER]);
    push(&mut history, 12, "b", &["orders"]);
    push(&mut history, 13, "a", &[ORDER, "orders"]);
    let order: Channel = ORDER.parse().unwrap();
    assert_eq!(history.seek(&order, 9), Seek::TooOld);
    assert_eq!(history.seek(&order, 10), Seek::At(0));
    assert_eq!(history.seek(&order, 11), Seek::At(2));
    assert_eq!(history.seek(&order, 12), Seek::At(2));
    assert_eq!(history.seek(&order, 13), Seek::UpToDate);
    assert_eq!(history.seek(&"deliveries".parse().unwrap(), 10), Seek::UpToDate);
    assert_eq!(positions(&history, ORDER, 0, usize::MAX), (vec![11, 13], None));
}

#[test]
fn a_conflated_channel_replays_the_newest_change_of_each_key() {
    let mut history = History::new(limits(100), 0);
    for (position, key) in [(1, "a"), (2, "b"), (3, "a"), (4, "c"), (5, "a")] {
        push(&mut history, position, key, &["orders"]);
    }
    assert_eq!(positions(&history, "orders", 0, usize::MAX).0, [2, 4, 5]);
    // When the newest change is after the requested end, the older ones are read.
    let page = history
        .read(&"orders".parse().unwrap(), 2, 4, usize::MAX)
        .unwrap();
    assert_eq!(
        page.entries
            .iter()
            .map(|(entry, _)| entry.position)
            .collect::<Vec<_>>(),
        [3, 4]
    );
}

#[test]
fn changes_of_one_position_are_never_split() {
    let mut history = History::new(limits(100), 0);
    for (position, key) in [(1, "a"), (1, "b"), (1, "c"), (2, "d")] {
        push(&mut history, position, key, &[ORDER]);
    }
    assert_eq!(positions(&history, ORDER, 0, 1), (vec![1, 1, 1], Some(3)));
    assert_eq!(positions(&history, ORDER, 3, 1), (vec![2], None));
}

#[test]
fn eviction_moves_the_position_after_which_history_is_complete() {
    let mut history = History::new(limits(2), 0);
    for position in 1..=4 {
        push(&mut history, position, "a", &[ORDER, "orders"]);
    }
    assert_eq!((history.entries.len(), history.complete_after), (2, 2));
    let order: Channel = ORDER.parse().unwrap();
    assert_eq!(history.seek(&order, 1), Seek::TooOld);
    assert_eq!(history.seek(&order, 2), Seek::At(2));
    assert!(history.read(&order, 1, u64::MAX, usize::MAX).is_none());
    history.evict(SystemTime::now() + Duration::from_hours(1));
    assert!(history.entries.is_empty() && history.channels.is_empty());
    assert_eq!((history.complete_after, history.bytes), (4, 0));
}

#[test]
fn bytes_are_bounded() {
    let mut history = History::new(
        HistoryLimits {
            bytes_max: 2_000,
            ..limits(1_000)
        },
        0,
    );
    for position in 1..=100 {
        push(&mut history, position, "a", &["orders"]);
        assert!(history.bytes <= 2_000);
    }
    assert!(!history.entries.is_empty());
}
