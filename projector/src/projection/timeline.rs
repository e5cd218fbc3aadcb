//! Timelines: when each stage was reached.

use chrono::{DateTime, Utc};
use schemas::read_model::Stage;

/// The most stages of a row. A courier may try repeatedly; the first stages are kept, then the newest.
const LEN_MAX: usize = 64;

/// Adds a stage; a full timeline drops the one in its middle.
pub(crate) fn push<S>(timeline: &mut Vec<Stage<S>>, status: S, at: DateTime<Utc>) {
    if timeline.len() >= LEN_MAX {
        timeline.remove(LEN_MAX / 2);
    }
    timeline.push(Stage { status, at });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeline_is_bounded_and_keeps_its_ends() {
        let mut timeline = Vec::new();
        for number in 0..1_000 {
            push(&mut timeline, number, DateTime::UNIX_EPOCH);
        }
        assert_eq!(timeline.len(), LEN_MAX);
        assert_eq!((timeline[0].status, timeline[LEN_MAX - 1].status), (0, 999));
    }
}
