//! One attempt to react to an event.

use std::sync::Arc;
use std::time::Duration;

use platform::causes::with_causes;
use platform::telemetry::TraceContext;
use platform::telemetry::context::scope_if_some;
use tokio::task::JoinError;
use tokio_util::sync::CancellationToken;

use super::envelope::Envelope;
use super::error::Error;
use super::page::Task;
use super::{Policy, PolicyContext};

/// The first and the longest wait during an outage.
const OUTAGE_WAIT_MIN: Duration = Duration::from_millis(200);
const OUTAGE_WAIT_MAX: Duration = Duration::from_secs(10);

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing is left to do.
    Done,
    /// It failed, for this reason.
    Failed(String),
    /// The service is stopping; the attempt is not counted.
    Interrupted,
}

/// Reacts to an event. Waits while Postgres is down or the queue is full; such failures are not counted.
pub(super) async fn attempt<P: Policy>(
    task: &Task<P::Trigger>,
    context: &Arc<PolicyContext>,
    shutdown: &CancellationToken,
) -> Outcome {
    let position = task.event.position;
    let mut wait = OUTAGE_WAIT_MIN;
    while !shutdown.is_cancelled() {
        let error = match react::<P>(task, context).await {
            Ok(None) => return Outcome::Interrupted,
            Ok(Some(Ok(()))) => return Outcome::Done,
            Ok(Some(Err(error))) if error.is_settled() => {
                tracing::debug!(policy = P::NAME, position, %error, "Nothing is left to do.");
                return Outcome::Done;
            }
            Ok(Some(Err(error))) if error.is_outage() => with_causes(&error),
            Ok(Some(Err(error))) => return Outcome::Failed(with_causes(&error)),
            Err(unreadable) => return Outcome::Failed(unreadable),
        };
        if wait == OUTAGE_WAIT_MAX {
            tracing::warn!(
                policy = P::NAME,
                position,
                error,
                "A policy waits for an outage to end."
            );
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => wait = (wait * 2).min(OUTAGE_WAIT_MAX),
            () = shutdown.cancelled() => {}
        }
    }
    Outcome::Interrupted
}

/// Runs the reaction as its own task, so that a panic ends only the reaction. A reaction that exceeds its timeout
/// continues in the background: it may be inside a transaction, which must not be cancelled half way.
///
/// Returns none if the runtime is stopping.
async fn react<P: Policy>(
    task: &Task<P::Trigger>,
    context: &Arc<PolicyContext>,
) -> Result<Option<Result<(), Error>>, String> {
    let trigger = task.trigger.clone()?;
    let (event, context) = (Arc::clone(&task.event), Arc::clone(context));
    let timeout = context.options.reaction_timeout;
    let reaction = tokio::spawn(async move {
        let envelope = Envelope {
            policy: P::NAME,
            event: &event,
        };
        let trace = TraceContext::sampled_in_metadata(event.metadata.get());
        scope_if_some(trace, P::react(&trigger, &envelope, &context)).await
    });
    Ok(match tokio::time::timeout(timeout, reaction).await {
        Err(_elapsed) => Some(Err(Error::TimedOut(timeout))),
        Ok(Ok(outcome)) => Some(outcome),
        Ok(Err(error)) if error.is_cancelled() => None,
        Ok(Err(error)) => Some(Err(Error::Panicked(panic_message(error)))),
    })
}

fn panic_message(error: JoinError) -> String {
    let text = error.to_string();
    match error.try_into_panic() {
        Ok(payload) => match payload.downcast::<String>() {
            Ok(message) => *message,
            Err(payload) => payload
                .downcast::<&'static str>()
                .map_or(text, |message| (*message).to_owned()),
        },
        Err(_) => text,
    }
}
