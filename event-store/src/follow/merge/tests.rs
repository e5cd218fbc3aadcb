#![allow(clippy::cast_possible_wrap, clippy::cast_sign_loss)]

use chrono::DateTime;
use proptest::prelude::*;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::*;

fn event(position: i64) -> RecordedEvent {
    RecordedEvent {
        position,
        stream_id: "thing-1".to_owned(),
        version: position,
        event_id: Uuid::nil(),
        event_type: "ThingHappened".to_owned(),
        schema_version: 1,
        partition_key: "1".to_owned(),
        payload: RawValue::from_string("{}".to_owned()).unwrap(),
        metadata: RawValue::from_string("{}".to_owned()).unwrap(),
        occurred_at: DateTime::UNIX_EPOCH,
        recorded_at: DateTime::UNIX_EPOCH,
        hash: [0; 32],
    }
}

fn message(partition: i32, offset: i64, position: i64, prev: i64) -> Message {
    Message {
        partition,
        offset,
        content: Content::Event {
            event: event(position),
            prev,
        },
    }
}

fn unreadable(partition: i32, offset: i64, position: Option<i64>, settled: Settled) -> Message {
    Message {
        partition,
        offset,
        content: Content::Unreadable { position, settled },
    }
}

fn merge_from(position: i64, offsets: &[(i32, i64)]) -> Merge {
    let start = ConsumerStart {
        position,
        offsets: offsets.iter().copied().collect(),
    };
    Merge::new(&start, Counters::default())
}

fn positions(events: &[RecordedEvent]) -> Vec<i64> {
    events.iter().map(|event| event.position).collect()
}

#[test]
fn partitions_are_merged_into_the_order_of_the_log() {
    let mut merge = merge_from(0, &[]);
    merge.push(message(0, 0, 2, 0));
    merge.push(message(0, 1, 3, 2));
    assert!(merge.take(10, i64::MAX).is_empty());
    assert!(!merge.has_lost_next());
    merge.push(message(1, 0, 1, 0));
    assert_eq!(positions(&merge.take(2, i64::MAX)), [1, 2]);
    assert_eq!(positions(&merge.take(2, i64::MAX)), [3]);
}

#[test]
fn duplicates_are_skipped_and_counted() {
    let mut merge = merge_from(0, &[]);
    for offset in 0..3 {
        merge.push(message(0, offset, 1, 0));
    }
    assert_eq!(positions(&merge.take(10, i64::MAX)), [1]);
    merge.push(message(0, 3, 1, 0));
    assert!(merge.take(10, i64::MAX).is_empty());
    assert_eq!(merge.counters.values().duplicates, 3);
}

#[test]
fn a_gap_in_a_partition_is_detected_at_once() {
    let mut merge = merge_from(0, &[]);
    merge.push(message(0, 0, 1, 0));
    merge.push(message(0, 1, 4, 2));
    assert_eq!(positions(&merge.take(10, i64::MAX)), [1]);
    assert!(merge.has_lost_next());
    merge.skip_to(3);
    assert!(!merge.has_lost_next());
    assert_eq!(positions(&merge.take(10, i64::MAX)), [4]);
}

#[test]
fn a_gap_right_after_the_start_is_detected_at_once() {
    let mut merge = merge_from(10, &[(0, 7)]);
    merge.push(message(0, 7, 13, 12));
    assert!(merge.has_lost_next());
}

#[test]
fn positions_before_the_start_are_not_a_gap() {
    let mut merge = merge_from(10, &[(0, 7)]);
    merge.push(message(0, 7, 13, 9));
    assert!(!merge.has_lost_next());
}

#[test]
fn offsets_stay_before_buffered_events() {
    let mut merge = merge_from(0, &[(2, 9)]);
    merge.push(message(0, 5, 3, 0));
    merge.push(message(0, 6, 4, 3));
    merge.push(message(1, 8, 1, 0));
    assert_eq!(positions(&merge.take(10, i64::MAX)), [1]);
    let offsets = [(0, 5), (1, 9), (2, 9)].into_iter().collect();
    assert_eq!(merge.offsets(), offsets);
    merge.skip_to(3);
    assert_eq!(merge.offsets().get(0), Some(6));
}

#[test]
fn offsets_stay_before_an_unreadable_message_until_it_is_stored() {
    let mut merge = merge_from(0, &[]);
    merge.push(unreadable(0, 0, None, Settled::default()));
    merge.push(message(0, 1, 1, 0));
    merge.push(unreadable(1, 0, None, Settled::as_dropped()));
    merge.take(10, i64::MAX);
    assert_eq!(merge.offsets(), [(0, 0), (1, 1)].into_iter().collect());
}

#[test]
fn an_unreadable_message_at_the_next_position_triggers_a_store_read() {
    let mut merge = merge_from(4, &[]);
    merge.push(unreadable(0, 0, Some(5), Settled::as_dropped()));
    assert!(merge.has_lost_next());
    merge.forget_lost();
    assert!(!merge.has_lost_next());
}

#[test]
fn an_unreadable_message_with_a_future_position_triggers_no_store_read() {
    let mut merge = merge_from(4, &[]);
    merge.push(unreadable(0, 0, Some(i64::MAX), Settled::as_dropped()));
    assert!(!merge.has_lost_next());
}

#[test]
fn a_recreated_topic_is_read_from_its_own_offsets() {
    let mut merge = merge_from(0, &[]);
    merge.push(message(0, 500, 1, 0));
    merge.push(message(0, 501, 3, 1));
    merge.push(message(0, 0, 1, 0));
    assert_eq!(positions(&merge.take(10, i64::MAX)), [1]);
    assert_eq!(merge.offsets().get(0), Some(1));
}

#[test]
fn the_buffer_is_bounded() {
    let mut merge = merge_from(0, &[]);
    let mut position = 2;
    while !merge.is_full() {
        merge.push(message(0, position, position, position - 1));
        position += 1;
    }
    assert!(position <= 20_002);
    merge.skip_to(position);
    assert!(!merge.is_full());
    assert_eq!(merge.waiting_bytes, 0);
}

/// Simulated delivery of a message on its partition.
#[derive(Debug, Clone)]
enum Fate {
    Arrives,
    IsLost,
    ArrivesTwice,
    IsRepeatedFrom(usize),
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        8 => Just(Fate::Arrives),
        1 => Just(Fate::IsLost),
        1 => Just(Fate::ArrivesTwice),
        1 => (1usize..20).prop_map(Fate::IsRepeatedFrom),
    ]
}

proptest! {
    /// Checks, for lost, repeated and late messages, that each event is returned once and in order, and that
    /// resuming from the offsets of any batch finds all later events that were not lost.
    #[test]
    fn every_event_is_given_once_and_in_order(
        fates in prop::collection::vec((0i32..4, fate()), 1..200),
        schedule in prop::collection::vec((0i32..4, 1usize..7), 0..400),
        batch_len in 1usize..20,
    ) {
        let head = fates.len() as i64;
        let mut sent: [Vec<(i64, i64)>; 4] = Default::default();
        let mut lanes: [Vec<(i64, i64)>; 4] = Default::default();
        for (position, (partition, fate)) in (1..).zip(&fates) {
            let lane = *partition as usize;
            let prev = sent[lane].last().map_or(0, |(position, _)| *position);
            sent[lane].push((position, prev));
            match fate {
                Fate::Arrives => lanes[lane].push((position, prev)),
                Fate::IsLost => {}
                Fate::ArrivesTwice => lanes[lane].extend([(position, prev), (position, prev)]),
                Fate::IsRepeatedFrom(count) => {
                    let from = sent[lane].len().saturating_sub(*count);
                    let repeated = sent[lane][from..].to_vec();
                    lanes[lane].extend(repeated);
                }
            }
        }
        let everything: Vec<(i32, usize)> = (0..4).map(|partition| (partition, usize::MAX)).collect();
        let mut merge = merge_from(0, &[]);
        let mut given = Vec::new();
        let mut read = [0usize; 4];
        for (partition, count) in schedule.into_iter().chain(everything) {
            let lane = partition as usize;
            let until = read[lane].saturating_add(count).min(lanes[lane].len());
            let messages = lanes[lane][read[lane]..until].iter().zip(read[lane] as i64..);
            for (&(position, prev), offset) in messages {
                merge.push(message(partition, offset, position, prev));
            }
            read[lane] = until;
            given.extend(positions(&merge.take(batch_len, i64::MAX)));
            let offsets = merge.offsets();
            for (lane, partition) in lanes.iter().zip(0..) {
                let next = offsets.get(partition).unwrap_or(0);
                let passed = &lane[..usize::try_from(next).unwrap()];
                prop_assert!(passed.iter().all(|(position, _)| *position <= merge.position()));
            }
        }
        while merge.position() < head {
            let events = merge.take(batch_len, i64::MAX);
            if events.is_empty() {
                given.push(merge.position() + 1);
                merge.skip_to(merge.position() + 1);
            } else {
                given.extend(positions(&events));
            }
        }
        prop_assert_eq!(given, (1..=head).collect::<Vec<_>>());
    }
}
