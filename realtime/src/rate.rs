//! How many frames a connection may send: a bucket that fills evenly.

use std::time::Instant;

/// One connection's allowance.
#[derive(Debug)]
pub struct Allowance {
    per_s: f64,
    burst: f64,
    left: f64,
    filled_at: Instant,
}

impl Allowance {
    /// `per_s` a second on average, `burst` at once.
    pub fn new(per_s: u32, burst: u32, now: Instant) -> Self {
        let burst = f64::from(burst.max(1));
        Self {
            per_s: f64::from(per_s),
            burst,
            left: burst,
            filled_at: now,
        }
    }

    /// Takes one. False when none is left.
    pub fn take(&mut self, now: Instant) -> bool {
        let elapsed_s = now.saturating_duration_since(self.filled_at).as_secs_f64();
        self.filled_at = now;
        self.left = (self.left + elapsed_s * self.per_s).min(self.burst);
        let has_one = self.left >= 1.0;
        if has_one {
            self.left -= 1.0;
        }
        has_one
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_allowance_is_spent_and_comes_back() {
        let start = Instant::now();
        let mut allowance = Allowance::new(2, 3, start);
        assert_eq!([0; 4].map(|_| allowance.take(start)), [true, true, true, false]);
        let later = start + Duration::from_millis(500);
        assert!(allowance.take(later) && !allowance.take(later));
        let much_later = start + Duration::from_mins(1);
        assert_eq!(
            [0; 4].map(|_| allowance.take(much_later)),
            [true, true, true, false]
        );
    }
}
