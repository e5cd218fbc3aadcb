//! Retries of many keys.

use schemars::JsonSchema;
use serde::Serialize;

use super::list::ParkedKey;
use super::{DeadLetters, Error, Filter};

/// The most keys that one request retries.
pub(super) const KEYS_MAX: i64 = 1_000;

/// The result of a retry of many keys, or what it would be done to.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "BulkRetry")]
pub struct BulkRetry {
    /// Whether nothing was done.
    pub dry_run: bool,
    /// The parked keys that are retried, at most 1,000.
    pub keys: u64,
    /// All dead letters of these keys.
    pub letters: i64,
    /// How many events were applied by projections.
    pub applied: u64,
    /// The keys whose first event failed again.
    pub failed: u64,
    /// The keys that policies try within seconds.
    pub scheduled: u64,
    /// The keys that were resolved meanwhile.
    pub resolved: u64,
    /// Whether there are more keys than one request retries.
    pub has_more: bool,
}

impl DeadLetters {
    /// Counts the parked keys with a letter that meets the conditions and, unless `is_dry_run`, retries each in a transaction
    /// of its own. Resolved letters stay resolved.
    pub(super) async fn retry_all(
        &self,
        filter: &Filter,
        is_dry_run: bool,
        (by, reason): (&str, Option<&str>),
    ) -> Result<BulkRetry, Error> {
        let mut keys = self.parked_keys(filter, KEYS_MAX + 1).await?;
        let has_more = keys.len() > usize::try_from(KEYS_MAX).unwrap_or(usize::MAX);
        if has_more {
            keys.pop();
        }
        let mut bulk = BulkRetry {
            dry_run: is_dry_run,
            keys: keys.len() as u64,
            letters: keys.iter().map(|key| key.letters).sum(),
            has_more,
            ..BulkRetry::default()
        };
        if !is_dry_run {
            for key in keys {
                self.retry_key(&key, (by, reason), &mut bulk).await?;
            }
        }
        Ok(bulk)
    }

    async fn retry_key(
        &self,
        key: &ParkedKey,
        (by, reason): (&str, Option<&str>),
        bulk: &mut BulkRetry,
    ) -> Result<(), Error> {
        let id = key
            .first_id
            .parse()
            .map_err(|_| Error::NotFound(key.first_id.clone()))?;
        match self.retry(&id, by, reason).await {
            Ok(outcome) => {
                bulk.applied += outcome.applied;
                bulk.failed += u64::from(outcome.failure.is_some());
                bulk.scheduled += u64::from(outcome.is_scheduled);
            }
            Err(Error::NotFound(_)) => bulk.resolved += 1,
            Err(error) => return Err(error),
        }
        Ok(())
    }
}
