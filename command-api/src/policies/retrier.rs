//! Retries a policy's letters.

use std::sync::Arc;
use std::time::Duration;

use event_store::Error;
use platform::causes::with_causes;
use sqlx::PgPool;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::attempt::{Outcome, attempt};
use super::checkpoint;
use super::letters::{self, DueLetter, Failure};
use super::page::{NewerVersion, Task};
use super::{Policy, PolicyContext};

/// Limit of letters retried concurrently.
const RETRIES_MAX: usize = 16;
/// How much longer the claim on a letter lasts than a reaction may take.
const LEASE_MARGIN: Duration = Duration::from_secs(15);
/// Delay after a failure to read letters.
const OUTAGE_WAIT: Duration = Duration::from_secs(5);

/// Retries letters of a policy until `shutdown`.
pub(super) async fn run<P: Policy>(context: Arc<PolicyContext>, shutdown: CancellationToken) {
    let mut running = JoinSet::new();
    let lease = context.options.reaction_timeout + LEASE_MARGIN;
    while !shutdown.is_cancelled() {
        let free = i64::try_from(RETRIES_MAX - running.len()).unwrap_or_default();
        let wait = match claim(context.store.pool(), P::NAME, free, lease).await {
            Ok(due) => {
                for letter in due {
                    running.spawn(retry::<P>(letter, Arc::clone(&context), shutdown.clone()));
                }
                context.options.retry_interval
            }
            Err(error) => {
                tracing::debug!(policy = P::NAME, %error, "Letters could not be read.");
                OUTAGE_WAIT
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            Some(_) = running.join_next() => {}
            () = shutdown.cancelled() => {}
        }
    }
    while running.join_next().await.is_some() {}
}

/// The letters that are due; none while the policy is ahead of the log, which may have other events at their positions.
async fn claim(
    pool: &PgPool,
    policy: &str,
    letters_max: i64,
    lease: Duration,
) -> Result<Vec<DueLetter>, sqlx::Error> {
    let standing = checkpoint::compare(&mut *pool.acquire().await?, policy).await?;
    if standing.ahead.is_some() {
        return Ok(Vec::new());
    }
    letters::claim(pool, policy, letters_max, lease).await
}

async fn retry<P: Policy>(letter: DueLetter, context: Arc<PolicyContext>, shutdown: CancellationToken) {
    if let Err(error) = retry_once::<P>(&letter, &context, &shutdown).await {
        // The claim expires, and the letter is retried.
        let error = with_causes(&error);
        tracing::warn!(
            policy = P::NAME,
            position = letter.position,
            error,
            "A letter waits for Postgres."
        );
    }
}

async fn retry_once<P: Policy>(
    letter: &DueLetter,
    context: &Arc<PolicyContext>,
    shutdown: &CancellationToken,
) -> Result<(), Error> {
    let pool = context.store.pool();
    let Some(event) = context.store.read(letter.position - 1, 1).await?.pop() else {
        return Ok(());
    };
    let task = match Task::<P::Trigger>::new(event) {
        Ok(task) => task,
        Err(NewerVersion(reason)) => {
            tracing::debug!(
                policy = P::NAME,
                letter.position,
                reason,
                "A letter is left to a newer release."
            );
            return Ok(());
        }
    };
    match attempt::<P>(&task, context, shutdown).await {
        Outcome::Interrupted => {}
        Outcome::Done => letters::remove(pool, P::NAME, letter).await?,
        Outcome::Failed(error) => {
            let failure = Failure::new(&error, letter.attempts + 1, &context.options);
            letters::fail(pool, P::NAME, letter, &failure).await?;
            report(P::NAME, letter, &failure);
        }
    }
    Ok(())
}

fn report(policy: &str, letter: &DueLetter, failure: &Failure) {
    let (position, key, attempts) = (letter.position, &letter.key, failure.attempts);
    let error = &failure.error;
    if failure.retry_in.is_some() {
        tracing::warn!(
            policy,
            position,
            key,
            attempts,
            error,
            "A policy's reaction failed again."
        );
    } else {
        tracing::error!(
            policy,
            position,
            key,
            attempts,
            error,
            "An event of a policy was parked."
        );
    }
}
