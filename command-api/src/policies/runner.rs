//! Follows the log for a policy.

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, Utc};
use event_store::store::TypedPage;
use futures_util::future::join_all;
use platform::causes::with_causes;
use schemas::codec;
use schemas::envelope::RecordedEvent;
use tokio_util::sync::CancellationToken;

use super::{Error, Policy, PolicyContext, checkpoint};
use crate::{executor, payment_provider, payments};

/// Positions that are searched at once.
const SPAN: i64 = 2_000;
/// Events that are reacted to at the same time, at most.
const REACTIONS_MAX: usize = 64;
/// The longest wait for something that is due later: the clock may be set, and new events come.
const NAP_MAX: Duration = Duration::from_secs(5);
/// The first and the longest wait after a failure.
const BACKOFF_MIN: Duration = Duration::from_millis(200);
const BACKOFF_MAX: Duration = Duration::from_secs(10);

/// What is to be done next.
enum Next {
    /// There may be more at once.
    GoOn,
    /// Nothing is left but what comes.
    WaitForEvents,
    /// The next event is due then.
    WaitUntil(DateTime<Utc>),
}

/// Runs a policy until `shutdown`.
pub(super) async fn run(policy: Box<dyn Policy>, context: PolicyContext, shutdown: CancellationToken) {
    let mut position = None;
    let mut backoff = BACKOFF_MIN;
    let mut waiter = context.wakeup.waiter();
    while !shutdown.is_cancelled() {
        waiter.look();
        let next = match advance(policy.as_ref(), &context, &mut position).await {
            Ok(next) => {
                backoff = BACKOFF_MIN;
                next
            }
            Err(error) => {
                let error = with_causes(&error);
                tracing::warn!(
                    policy = policy.name(),
                    position,
                    error,
                    "A policy waits to try again."
                );
                let pause = tokio::time::sleep(backoff);
                tokio::select! { () = pause => {}, () = shutdown.cancelled() => {} }
                backoff = (backoff * 2).min(BACKOFF_MAX);
                continue;
            }
        };
        let waiting = async {
            match next {
                Next::GoOn => {}
                Next::WaitForEvents => {
                    tokio::time::sleep(policy.rest()).await;
                    waiter.wait().await;
                }
                Next::WaitUntil(due_at) => {
                    let left = (due_at - context.clock.now()).to_std().unwrap_or_default();
                    tokio::time::sleep(left.clamp(Duration::from_millis(10), NAP_MAX)).await;
                }
            }
        };
        tokio::select! { () = waiting => {}, () = shutdown.cancelled() => {} }
    }
}

/// Reacts to the events of the next part of the log, as far as they are due, and keeps how far that was.
async fn advance(
    policy: &dyn Policy,
    context: &PolicyContext,
    position: &mut Option<i64>,
) -> Result<Next, Error> {
    let after = match *position {
        Some(position) => position,
        None => checkpoint::load(context.store.pool(), policy.name()).await?,
    };
    *position = Some(after);
    let page = context
        .store
        .read_types(after, policy.event_types(), SPAN)
        .await?;
    let (reached, outcome) = react_to(policy, context, after, &page).await;
    if reached > after {
        checkpoint::save(context.store.pool(), policy.name(), reached).await?;
        *position = Some(reached);
    }
    outcome
}

/// Reacts to the events of a page as far as they are due. Says up to where everything is done, and what comes
/// next.
async fn react_to(
    policy: &dyn Policy,
    context: &PolicyContext,
    after: i64,
    page: &TypedPage,
) -> (i64, Result<Next, Error>) {
    let (due, stopped) = due(policy, page, context.clock.now());
    let mut reached = after;
    for group in groups(&due, |(event, _)| &event.partition_key) {
        let reactions = group
            .iter()
            .map(|(event, decoded)| react(policy, event, decoded, context));
        for ((event, _), outcome) in group.iter().zip(join_all(reactions).await) {
            if let Err(error) = outcome {
                return (reached, Err(error));
            }
            reached = event.position;
        }
    }
    if let Some(stopped) = stopped {
        return (reached, stopped);
    }
    let next = if page.up_to - after < SPAN {
        Next::WaitForEvents
    } else {
        Next::GoOn
    };
    (page.up_to.max(reached), Ok(next))
}

type Decoded<'a> = (&'a RecordedEvent, domain::Event);

/// The events of a page that are due, and what stands behind them unless it is the page's end.
fn due<'a>(
    policy: &dyn Policy,
    page: &'a TypedPage,
    now: DateTime<Utc>,
) -> (Vec<Decoded<'a>>, Option<Result<Next, Error>>) {
    let mut due = Vec::with_capacity(page.events.len());
    for event in &page.events {
        let decoded = match codec::decode(&event.event_type, event.schema_version, event.payload.get()) {
            Ok(decoded) => decoded,
            Err(source) => {
                let error = event_store::Error::Undecodable {
                    position: event.position,
                    source,
                };
                return (due, Some(Err(error.into())));
            }
        };
        let due_at = policy.due_at(event, &decoded);
        if due_at > now {
            return (due, Some(Ok(Next::WaitUntil(due_at))));
        }
        due.push((event, decoded));
    }
    (due, None)
}

/// Runs of events that have nothing to do with each other: they are reacted to at the same time, so that their
/// commands share an append. What has the same key stays in order.
fn groups<T>(mut due: &[T], key: impl Fn(&T) -> &str) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let mut keys = HashSet::new();
        let len = due
            .iter()
            .take(REACTIONS_MAX)
            .take_while(|one| keys.insert(key(one)))
            .count();
        let (group, rest) = due.split_at(len);
        due = rest;
        (!group.is_empty()).then_some(group)
    })
}

async fn react(
    policy: &dyn Policy,
    event: &RecordedEvent,
    decoded: &domain::Event,
    context: &PolicyContext,
) -> Result<(), Error> {
    match policy.react(event, decoded, context).await {
        Err(error) if is_settled(&error) => {
            let error = error.to_string();
            tracing::debug!(
                policy = policy.name(),
                position = event.position,
                error,
                "Nothing is left to do."
            );
            Ok(())
        }
        outcome => outcome,
    }
}

/// Whether an error says that things have moved on, so that trying again changes nothing.
fn is_settled(error: &Error) -> bool {
    match error {
        Error::Executor(executor) | Error::Payments(payments::Error::Executor(executor)) => {
            matches!(
                executor,
                executor::Error::Rejected(_) | executor::Error::KeyReused
            )
        }
        Error::Payments(payments::Error::Provider(provider)) => {
            matches!(provider, payment_provider::Error::Refused(_))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn groups_keep_the_order_and_never_hold_a_key_twice(
            keys in prop::collection::vec("[a-z]{1,2}", 0..200),
        ) {
            let found: Vec<&[String]> = groups(&keys, |key| key).collect();
            prop_assert_eq!(&found.concat(), &keys);
            for group in &found {
                let distinct: HashSet<&String> = group.iter().collect();
                prop_assert_eq!(distinct.len(), group.len());
                prop_assert!((1..=REACTIONS_MAX).contains(&group.len()));
            }
            // None ends before it must.
            for pair in found.windows(2) {
                prop_assert!(pair[0].len() == REACTIONS_MAX || pair[0].contains(&pair[1][0]));
            }
        }
    }
}
