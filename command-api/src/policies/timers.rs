//! The events of a policy that are due later, by the time at which they are due.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

/// Above this number of timers a policy reads no further events, until some were due.
const TIMERS_MAX: usize = 1_000_000;

/// An event that is due later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Timer {
    pub(super) due_at: DateTime<Utc>,
    pub(super) position: i64,
}

/// The timers of a policy. They are read from the log again after a restart.
#[derive(Debug, Default)]
pub(super) struct Timers {
    by_due: BTreeSet<Timer>,
    positions: BTreeSet<i64>,
}

impl Timers {
    pub(super) fn insert(&mut self, timers: impl IntoIterator<Item = Timer>) {
        for timer in timers {
            self.by_due.insert(timer);
            self.positions.insert(timer.position);
        }
    }

    pub(super) fn remove(&mut self, timers: &[Timer]) {
        for timer in timers {
            self.by_due.remove(timer);
            self.positions.remove(&timer.position);
        }
    }

    /// The first timers that are due at `now`, at most `timers_max`.
    pub(super) fn due(&self, now: DateTime<Utc>, timers_max: usize) -> Vec<Timer> {
        let due = self.by_due.iter().take_while(|timer| timer.due_at <= now);
        due.take(timers_max).copied().collect()
    }

    /// When the first timer is due.
    pub(super) fn next_due_at(&self) -> Option<DateTime<Utc>> {
        self.by_due.first().map(|timer| timer.due_at)
    }

    /// The lowest position of a timer.
    pub(super) fn first_position(&self) -> Option<i64> {
        self.positions.first().copied()
    }

    pub(super) fn is_full(&self) -> bool {
        self.by_due.len() >= TIMERS_MAX
    }
}
