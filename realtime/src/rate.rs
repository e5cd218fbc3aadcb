//! Limits the frames of a connection by a token bucket.

use std::time::Instant;

/// The rate limiter of one connection.
#[derive(Debug)]
pub struct RateLimiter {
    per_s: f64,
    burst: f64,
    available: f64,
    updated_at: Instant,
}

impl RateLimiter {
    /// Creates a limiter for `per_s` frames per second on average and `burst` frames at once.
    pub fn new(per_s: u32, burst: u32, now: Instant) -> Self {
        let burst = f64::from(burst.max(1));
        Self {
            per_s: f64::from(per_s),
            burst,
            available: burst,
            updated_at: now,
        }
    }

    /// Counts one frame. Returns false when it exceeds the limit.
    pub fn admit(&mut self, now: Instant) -> bool {
        let elapsed_s = now.saturating_duration_since(self.updated_at).as_secs_f64();
        self.updated_at = now;
        self.available = (self.available + elapsed_s * self.per_s).min(self.burst);
        let is_within = self.available >= 1.0;
        if is_within {
            self.available -= 1.0;
        }
        is_within
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_burst_is_used_up_and_refills_evenly() {
        let start = Instant::now();
        let mut limiter = RateLimiter::new(2, 3, start);
        assert_eq!([0; 4].map(|_| limiter.admit(start)), [true, true, true, false]);
        let later = start + Duration::from_millis(500);
        assert!(limiter.admit(later) && !limiter.admit(later));
        let much_later = start + Duration::from_mins(1);
        assert_eq!(
            [0; 4].map(|_| limiter.admit(much_later)),
            [true, true, true, false]
        );
    }
}
