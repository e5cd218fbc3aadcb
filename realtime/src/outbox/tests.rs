use std::time::Duration;

use schemas::change::{Change, ChangeBatch};
use serde_json::Value;
use serde_json::value::RawValue;

use super::*;
use crate::entry::View;
use crate::hub::ShardMessage;
use crate::options::Options;
use crate::rights::Audience;

const ORDER: &str = "order:00000000-0000-0000-0000-000000000001";

struct Setup {
    hub: Hub,
    outbox: Outbox,
    subscription: Rc<Subscription>,
    next_sequence: u64,
}

impl Setup {
    fn new(channel: &str, bytes_max: usize) -> Self {
        let subscription = Subscription::new(channel.parse().unwrap(), Audience::Everyone, 0, None);
        Self {
            hub: Hub::new(Options::new("e")),
            outbox: Outbox::new(bytes_max, 1_000),
            subscription: Rc::new(subscription),
            next_sequence: 0,
        }
    }

    fn publish(&mut self, position: i64, keys: &[&str]) -> Vec<OfferOutcome> {
        let changes = keys.iter().map(|key| Change {
            position,
            channels: vec![self.subscription.channel.to_string()],
            kind: "test.changed".to_owned(),
            key: (*key).to_owned(),
            data: RawValue::from_string("{}".to_owned()).unwrap(),
            origin: schemas::change::Origin::default(),
            readers: schemas::change::Readers::default(),
        });
        let batch = ChangeBatch {
            from_position: self.hub.position(),
            to_position: position,
            changes: changes.collect(),
        };
        let mut dispatches = self.hub.record(batch, SystemTime::now());
        let Some((ShardMessage::Publication(publication), _)) = dispatches.pop() else {
            panic!("no publication")
        };
        self.next_sequence = publication.next_sequence;
        publication
            .entries
            .iter()
            .map(|entry| self.offer(entry))
            .collect()
    }

    fn offer(&mut self, entry: &Arc<Entry>) -> OfferOutcome {
        let text = entry.frame(0, View::Whole);
        self.outbox.offer(&self.subscription, entry, text, Instant::now())
    }

    /// Returns the positions in each waiting message.
    fn messages(&mut self) -> Vec<Vec<i64>> {
        let mut messages = Vec::new();
        while let Some(message) = self.outbox.next_message(&self.hub, SystemTime::now()) {
            let position = |frame: &Value| frame["position"].as_i64().unwrap();
            messages.push(match serde_json::from_str(&message).unwrap() {
                Value::Array(frames) => frames.iter().map(position).collect(),
                frame => vec![position(&frame)],
            });
        }
        messages
    }
}

#[test]
fn several_changes_share_a_message_and_a_single_one_is_not_an_array() {
    let mut setup = Setup::new(ORDER, 100_000);
    setup.publish(1, &["a"]);
    assert_eq!(setup.messages(), [[1]]);
    setup.publish(2, &["a"]);
    setup.publish(3, &["a"]);
    assert_eq!(setup.messages(), [[2, 3]]);
    assert_eq!(setup.outbox.bytes(), 0);
}

#[test]
fn a_message_is_bounded_but_never_splits_a_position() {
    let mut setup = Setup::new(ORDER, 100_000);
    for position in 1..=20 {
        setup.publish(position, &["a", "b"]);
    }
    let messages = setup.messages();
    assert!(messages.len() > 2);
    for message in &messages {
        assert!(
            message.len() <= 12 && message.len().is_multiple_of(2),
            "{messages:?}"
        );
    }
}

#[test]
fn on_a_conflated_channel_the_newest_change_of_a_key_replaces_older_ones() {
    let mut setup = Setup::new("orders", 100_000);
    setup.publish(1, &["a"]);
    setup.publish(2, &["b"]);
    assert_eq!(setup.publish(3, &["a"]), [OfferOutcome::Conflated]);
    assert_eq!(setup.messages(), [[2, 3]]);
    assert_eq!(setup.publish(4, &["a"]), [OfferOutcome::Queued]);
}

#[test]
fn changes_that_do_not_fit_are_read_from_history() {
    let mut setup = Setup::new(ORDER, 500);
    let mut offers = Vec::new();
    for position in 1..=20 {
        offers.extend(setup.publish(position, &["a"]));
        assert!(setup.outbox.bytes() <= 500);
    }
    assert_eq!(
        offers
            .iter()
            .filter(|offer| **offer == OfferOutcome::Lagged)
            .count(),
        1
    );
    assert!(setup.outbox.lagged_since().is_some());
    let mut received = setup.messages().concat();
    while setup.subscription.cursor.get().is_some() {
        let subscription = Rc::clone(&setup.subscription);
        assert!(
            setup
                .outbox
                .refill(&subscription, &setup.hub, setup.next_sequence)
        );
        received.extend(setup.messages().concat());
    }
    assert_eq!(received, (1..=20).collect::<Vec<_>>());
    assert_eq!(setup.publish(21, &["a"]), [OfferOutcome::Queued]);
}

#[test]
fn evicted_changes_cannot_be_refilled() {
    let mut setup = Setup::new(ORDER, 500);
    for position in 1..=20 {
        setup.publish(position, &["a"]);
    }
    setup.messages();
    let _ = setup.hub.record_reset(30);
    let subscription = Rc::clone(&setup.subscription);
    assert!(
        !setup
            .outbox
            .refill(&subscription, &setup.hub, setup.next_sequence)
    );
    assert_eq!(subscription.cursor.get(), None);
}

#[test]
fn an_ended_subscription_sends_nothing() {
    let mut setup = Setup::new("orders", 100_000);
    setup.publish(1, &["a"]);
    setup.outbox.push_position(1);
    setup.subscription.end();
    assert_eq!(setup.publish(2, &["a"]), [OfferOutcome::Skipped]);
    assert_eq!(setup.messages(), [[1]]);
}

#[test]
fn latency_is_measured_from_the_publication() {
    let mut setup = Setup::new(ORDER, 100_000);
    setup.publish(1, &["a"]);
    let later = SystemTime::now() + Duration::from_millis(40);
    setup.outbox.next_message(&setup.hub, later).unwrap();
    let latency = setup.hub.metrics.snapshot().latency;
    assert_eq!(latency.iter().sum::<u64>(), 1);
    assert_eq!(latency[6], 1, "{latency:?}");
}
