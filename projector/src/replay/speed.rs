//! How fast a replay goes.

use std::time::{Duration, Instant};

/// How long one measurement takes.
const WINDOW: Duration = Duration::from_secs(1);

/// The weight of the newest measurement, against all before it.
const WEIGHT: f64 = 0.4;

/// Events per second, over the last seconds.
#[derive(Debug)]
pub(crate) struct Speed {
    since: Instant,
    from: i64,
    per_s: Option<f64>,
}

impl Speed {
    /// Starts at `position`.
    pub fn start(position: i64) -> Self {
        Self {
            since: Instant::now(),
            from: position,
            per_s: None,
        }
    }

    /// The speed, after events up to `position` were applied.
    pub fn at(&mut self, position: i64) -> Option<f64> {
        let elapsed = self.since.elapsed();
        self.after(position, elapsed)
    }

    #[expect(clippy::cast_precision_loss, reason = "a speed to show, not to count with")]
    fn after(&mut self, position: i64, elapsed: Duration) -> Option<f64> {
        let measured = (position - self.from) as f64 / elapsed.as_secs_f64().max(0.001);
        if elapsed < WINDOW {
            return self.per_s.or(Some(measured));
        }
        let smoothed = self
            .per_s
            .map_or(measured, |before| before + WEIGHT * (measured - before));
        self.per_s = Some(smoothed);
        (self.since, self.from) = (Instant::now(), position);
        self.per_s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_speed_follows_the_last_seconds() {
        let mut speed = Speed::start(100);
        assert_eq!(speed.after(600, Duration::from_millis(500)), Some(1_000.0));
        assert_eq!(speed.after(2_100, Duration::from_secs(2)), Some(1_000.0));
        assert_eq!(
            speed.after(2_100, Duration::from_millis(10)),
            Some(1_000.0),
            "a short while says nothing"
        );
        assert_eq!(speed.after(4_100, Duration::from_secs(1)), Some(1_400.0));
    }
}
