//! Rate limits by GCRA, with a bounded number of keys.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::problem::{Problem, kind};

/// The most keys that are kept. Beyond this, keys with a full allowance are dropped.
const KEYS_LEN_MAX: usize = 100_000;
/// Checks between two sweeps of the keys: counting the keys locks every shard of the map.
const CHECKS_PER_SWEEP: u32 = 4_096;

/// Keyed rate limiter.
pub struct Limiter<K: Hash + Eq + Clone> {
    states: DefaultKeyedRateLimiter<K>,
    clock: DefaultClock,
    checks: AtomicU32,
}

impl<K: Hash + Eq + Clone> Limiter<K> {
    /// Allows each key `per_period` operations every `period`, and a burst of `burst`.
    pub fn new(per_period: NonZeroU32, period: Duration, burst: NonZeroU32) -> Self {
        let interval = (period / per_period.get()).max(Duration::from_nanos(1));
        let quota = Quota::with_period(interval)
            .unwrap_or(Quota::per_second(per_period))
            .allow_burst(burst);
        Self {
            states: RateLimiter::keyed(quota),
            clock: DefaultClock::default(),
            checks: AtomicU32::new(0),
        }
    }

    /// Takes one operation from `key`'s allowance.
    ///
    /// # Errors
    /// 429 with `Retry-After` when the allowance is used up.
    pub fn check(&self, key: &K) -> Result<(), Problem> {
        let checks = self.checks.fetch_add(1, Ordering::Relaxed);
        if checks.is_multiple_of(CHECKS_PER_SWEEP) && self.states.len() > KEYS_LEN_MAX {
            self.states.retain_recent();
        }
        self.states.check_key(key).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            let seconds = u32::try_from(wait.as_secs())
                .unwrap_or(u32::MAX)
                .saturating_add(1);
            Problem::new(
                &kind::RATE_LIMITED,
                "Too many requests. Wait before the next one.",
            )
            .with_retry_after(seconds)
        })
    }
}

impl<K: Hash + Eq + Clone> std::fmt::Debug for Limiter<K> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Limiter")
            .field("keys", &self.states.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_own_allowance() {
        let two = NonZeroU32::new(2).unwrap();
        let limiter = Limiter::new(two, Duration::from_hours(1), two);
        assert!(limiter.check(&1).is_ok() && limiter.check(&1).is_ok());
        assert_eq!(limiter.check(&1).unwrap_err().kind().status, 429);
        assert!(limiter.check(&2).is_ok());
    }
}
