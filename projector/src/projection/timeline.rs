//! Timelines: when each stage was reached, and why.

use domain::delivery::DeliveryEvent;
use domain::order::OrderEvent;
use domain::{Event, FreeText};
use schemas::read_model::StoredStage;

/// The most stages of a row. A courier may try repeatedly; the first stages are kept, then the newest.
const LEN_MAX: usize = 64;

/// Adds a stage; a full timeline drops the one in its middle. Everyone who may read the row reads its reason.
pub(crate) fn push<S>(timeline: &mut Vec<StoredStage<S>>, stage: StoredStage<S>) {
    if timeline.len() >= LEN_MAX {
        timeline.remove(LEN_MAX / 2);
    }
    timeline.push(stage);
}

/// The reason in an event that is shown in the timeline; `None` if none was given.
pub(crate) fn reason(event: &Event) -> Option<FreeText> {
    let reason = match event {
        Event::Order(OrderEvent::OrderCancelled(event)) => &event.reason,
        Event::Delivery(DeliveryEvent::DeliveryAttemptFailed(event)) => &event.reason,
        Event::Delivery(DeliveryEvent::DeliveryReopened(event)) => &event.reason,
        _ => return None,
    };
    (!reason.is_empty()).then(|| reason.clone())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn a_timeline_is_bounded_and_keeps_its_ends() {
        let mut timeline = Vec::new();
        for number in 0..1_000 {
            let stage = StoredStage {
                status: number,
                at: DateTime::UNIX_EPOCH,
                reason: None,
            };
            push(&mut timeline, stage);
        }
        assert_eq!(timeline.len(), LEN_MAX);
        assert_eq!((timeline[0].status, timeline[LEN_MAX - 1].status), (0, 999));
    }
}
