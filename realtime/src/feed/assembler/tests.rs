use proptest::prelude::*;
use serde_json::value::RawValue;

use super::*;

fn change(position: i64, key: &str) -> Change {
    Change {
        position,
        channels: vec!["orders".to_owned()],
        kind: "order.changed".to_owned(),
        key: key.to_owned(),
        data: RawValue::from_string("{}".to_owned()).unwrap(),
        origin: schemas::change::Origin::default(),
        readers: schemas::change::Readers::default(),
    }
}

fn started_at(position: i64) -> Assembler {
    let mut assembler = Assembler::new();
    assert!(matches!(assembler.filled(position).as_slice(), [Assembled::Start(at)] if *at == position));
    assembler
}

fn mark(from_position: i64, position: i64) -> Watermark {
    Watermark {
        from_position,
        position,
    }
}

fn batch(assembled: Option<Assembled>) -> (i64, i64, Vec<(i64, String)>) {
    match assembled {
        Some(Assembled::Batch(batch)) => {
            let changes = batch
                .changes
                .into_iter()
                .map(|change| (change.position, change.key))
                .collect();
            (batch.from_position, batch.to_position, changes)
        }
        other => panic!("a batch was expected, not {other:?}"),
    }
}

fn keys(expected: &[(i64, &str)]) -> Vec<(i64, String)> {
    expected
        .iter()
        .map(|(position, key)| (*position, (*key).to_owned()))
        .collect()
}

#[test]
fn a_watermark_closes_a_batch() {
    let mut assembler = started_at(10);
    assembler.change(change(11, "a"));
    assembler.change(change(11, "b"));
    assembler.change(change(13, "a"));
    assert_eq!(
        batch(assembler.watermark(mark(10, 14))),
        (10, 14, keys(&[(11, "a"), (11, "b"), (13, "a")]))
    );
    assert_eq!(batch(assembler.watermark(mark(14, 15))), (14, 15, Vec::new()));
}

#[test]
fn duplicates_are_dropped_before_and_after_their_watermark() {
    let mut assembler = started_at(0);
    assembler.change(change(1, "a"));
    // The projector crashes before the watermark and repeats the batch.
    assembler.change(change(1, "a"));
    assembler.change(change(2, "b"));
    assert_eq!(
        batch(assembler.watermark(mark(0, 2))),
        (0, 2, keys(&[(1, "a"), (2, "b")]))
    );
    // It crashes again before it has recorded the watermark.
    assembler.change(change(1, "a"));
    assembler.change(change(2, "b"));
    assert!(assembler.watermark(mark(0, 2)).is_none());
    assembler.change(change(3, "c"));
    assert_eq!(batch(assembler.watermark(mark(2, 3))), (2, 3, keys(&[(3, "c")])));
    assert_eq!(assembler.take_duplicates(), 3);
}

#[test]
fn a_replaced_projector_that_still_writes_is_harmless() {
    let mut assembler = started_at(0);
    assembler.change(change(5, "new"));
    assembler.change(change(2, "old"));
    // The watermark of the old projector: changes above it still wait.
    assert_eq!(
        batch(assembler.watermark(mark(0, 3))),
        (0, 3, keys(&[(2, "old")]))
    );
    assembler.change(change(2, "old"));
    assert_eq!(
        batch(assembler.watermark(mark(3, 6))),
        (3, 6, keys(&[(5, "new")]))
    );
}

#[test]
fn reading_that_starts_inside_a_batch_trusts_the_second_watermark() {
    let mut assembler = Assembler::new();
    assembler.change(change(7, "the rest of a batch"));
    assert!(assembler.watermark(mark(6, 8)).is_none());
    assembler.change(change(9, "a"));
    assert!(matches!(
        assembler.watermark(mark(8, 9)),
        Some(Assembled::Start(9))
    ));
    assembler.change(change(10, "b"));
    assert_eq!(
        batch(assembler.watermark(mark(9, 10))),
        (9, 10, keys(&[(10, "b")]))
    );
    assert!(assembler.filled(100).is_empty());
}

#[test]
fn a_topic_with_one_watermark_starts_at_the_fallback() {
    let mut assembler = Assembler::new();
    assembler.change(change(4, "before the fallback"));
    assembler.change(change(7, "a"));
    assert!(assembler.watermark(mark(5, 8)).is_none());
    assembler.change(change(9, "b"));
    let mut filled = assembler.filled(5);
    assert_eq!(batch(filled.pop()), (5, 8, keys(&[(7, "a")])));
    assert!(matches!(filled.as_slice(), [Assembled::Start(5)]));
    assert_eq!(batch(assembler.watermark(mark(8, 9))), (8, 9, keys(&[(9, "b")])));
}

#[test]
fn an_unreadable_message_is_a_gap() {
    let mut assembler = started_at(0);
    assembler.change(change(1, "a"));
    assembler.unreadable();
    assert!(matches!(assembler.watermark(mark(0, 2)), Some(Assembled::Gap(2))));
    assembler.change(change(3, "b"));
    assert_eq!(batch(assembler.watermark(mark(2, 3))), (2, 3, keys(&[(3, "b")])));
}

#[test]
fn a_missing_watermark_is_a_gap() {
    let mut assembler = started_at(5);
    assembler.change(change(9, "a"));
    assert!(matches!(assembler.watermark(mark(8, 9)), Some(Assembled::Gap(9))));
    assembler.change(change(10, "b"));
    assert_eq!(
        batch(assembler.watermark(mark(9, 10))),
        (9, 10, keys(&[(10, "b")]))
    );
}

/// Signed watermarks of earlier batches, sent again by somebody who can write to the broker.
#[test]
fn repeated_watermarks_of_earlier_batches_hide_no_change() {
    let mut assembler = Assembler::new();
    assert!(assembler.watermark(mark(0, 2)).is_none());
    assert!(matches!(
        assembler.watermark(mark(2, 4)),
        Some(Assembled::Start(4))
    ));
    assembler.change(change(9, "a"));
    assert!(matches!(assembler.watermark(mark(8, 9)), Some(Assembled::Gap(9))));
}

proptest! {
    /// Batches are sent whole and in order; after each the projector may repeat any number of batches, or crash inside
    /// one. Each change must be returned once and in order.
    #[test]
    fn every_change_is_returned_once(
        sizes in prop::collection::vec(0_usize..4, 1..12),
        falls in prop::collection::vec((0_usize..3, 0_usize..5), 0..30),
    ) {
        let batches: Vec<Vec<Change>> = sizes
            .iter()
            .enumerate()
            .map(|(number, size)| {
                (0..*size).map(|key| change(i64::try_from(number * 10 + 1 + key / 2).unwrap(), &key.to_string())).collect()
            })
            .collect();
        let mut assembler = started_at(0);
        let (mut next, mut falls, mut out) = (0, falls.into_iter(), Vec::new());
        while next < batches.len() {
            let fall = falls.next();
            let crashes_after = fall.map_or(usize::MAX, |(_, sent)| sent);
            for change in batches[next].iter().take(crashes_after) {
                assembler.change(change.clone());
            }
            if crashes_after > batches[next].len() {
                let from = i64::try_from(next * 10).unwrap();
                match assembler.watermark(mark(from, from + 10)) {
                    Some(Assembled::Batch(batch)) => out.extend(batch.changes),
                    Some(other) => prop_assert!(false, "{other:?}"),
                    None => {}
                }
                next += 1;
            }
            next -= fall.map_or(0, |(back, _)| back.min(next));
        }
        let ids = |changes: &[Change]| -> Vec<_> {
            changes.iter().map(|change| (change.position, change.key.clone())).collect()
        };
        prop_assert_eq!(ids(&out), ids(&batches.concat()));
    }
}
