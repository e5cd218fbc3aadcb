//! Consumers that hand over to a newer release. In an upgrade, processes of both releases run for minutes, and the older
//! ones meet events that only the newer one knows. That is no fault while the newer one takes over.

use std::time::{Duration, Instant};

/// How long a consumer may wait to be taken over by a newer release before that counts as a fault.
pub const TAKEOVER_MAX: Duration = Duration::from_mins(1);

/// What to report of a consumer that cannot go on in this release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// It has stopped just now: this is expected in an upgrade.
    Stopped,
    /// Nobody has taken over in time.
    Overdue,
}

/// How long a consumer has been waiting before one event.
#[derive(Debug, Default)]
pub struct Handover {
    waiting: Option<(i64, Instant)>,
    is_overdue: bool,
}

impl Handover {
    /// Notes at the time `now` that the consumer cannot pass the event at `position`. Returns what is to be reported, at
    /// most once each.
    pub fn note(&mut self, position: i64, now: Instant) -> Option<Report> {
        match self.waiting {
            Some((known, since)) if known == position => {
                let is_overdue = now.duration_since(since) >= TAKEOVER_MAX;
                let was_overdue = std::mem::replace(&mut self.is_overdue, is_overdue);
                (is_overdue && !was_overdue).then_some(Report::Overdue)
            }
            _ => {
                self.waiting = Some((position, now));
                self.is_overdue = false;
                Some(Report::Stopped)
            }
        }
    }

    /// The position that was noted last.
    pub fn position(&self) -> Option<i64> {
        self.waiting.map(|(position, _)| position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consumer_that_nobody_takes_over_is_reported_once_after_a_minute() {
        let (mut handover, start) = (Handover::default(), Instant::now());
        let mut note = |position, after_s| handover.note(position, start + Duration::from_secs(after_s));
        assert_eq!(note(7, 0), Some(Report::Stopped));
        assert_eq!(note(7, 59), None);
        assert_eq!(note(7, 60), Some(Report::Overdue));
        assert_eq!(note(7, 61), None);
        assert_eq!(
            note(9, 62),
            Some(Report::Stopped),
            "somebody took it past the first"
        );
        assert_eq!(note(9, 121), None);
        assert_eq!(note(9, 122), Some(Report::Overdue));
    }
}
