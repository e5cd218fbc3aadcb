//! Follows the log for a policy.

use std::sync::Arc;
use std::time::Duration;

use event_store::Error;
use futures_util::FutureExt as _;
use futures_util::stream::{self, StreamExt as _};
use platform::causes::with_causes;
use tokio_util::sync::CancellationToken;

use super::attempt::{Outcome, attempt};
use super::letters::{self, Failure, NewLetter};
use super::page::{Next, Plan, Task, plan};
use super::trigger::Trigger as _;
use super::{Policy, PolicyContext, checkpoint};

/// Positions searched by one query.
const SPAN: i64 = 2_000;
/// The most keys whose events are handled concurrently. Their commands share appends.
const REACTIONS_MAX: usize = 64;
/// The longest wait for something that is due later, because the clock may be set, and new events may come.
const NAP_MAX: Duration = Duration::from_secs(5);
/// The first and the longest wait after a failure to read the log or to store the checkpoint.
const BACKOFF_MIN: Duration = Duration::from_millis(200);
const BACKOFF_MAX: Duration = Duration::from_secs(10);

/// Runs a policy until `shutdown`.
pub(super) async fn run<P: Policy>(context: Arc<PolicyContext>, shutdown: CancellationToken) {
    let mut follower = Follower::<P>::new(context, shutdown);
    let mut backoff = BACKOFF_MIN;
    let mut waiter = follower.context.wakeup.waiter();
    while !follower.shutdown.is_cancelled() {
        waiter.look();
        let next = match follower.advance().await {
            Ok(next) => {
                backoff = BACKOFF_MIN;
                next
            }
            Err(error) => {
                let (position, error) = (follower.position, with_causes(&error));
                tracing::warn!(policy = P::NAME, position, error, "A policy waits for Postgres.");
                let pause = tokio::time::sleep(backoff);
                tokio::select! { () = pause => {}, () = follower.shutdown.cancelled() => {} }
                backoff = (backoff * 2).min(BACKOFF_MAX);
                continue;
            }
        };
        let waiting = async {
            match next {
                Next::GoOn => {}
                Next::WaitForEvents => {
                    tokio::time::sleep(P::REST).await;
                    waiter.wait().await;
                }
                Next::WaitUntil(due_at) => {
                    let left = (due_at - follower.context.clock.now())
                        .to_std()
                        .unwrap_or_default();
                    tokio::time::sleep(left.clamp(Duration::from_millis(10), NAP_MAX)).await;
                }
                Next::Stop { .. } => tokio::time::sleep(NAP_MAX).await,
            }
        };
        tokio::select! { () = waiting => {}, () = follower.shutdown.cancelled() => {} }
    }
}

struct Follower<P> {
    context: Arc<PolicyContext>,
    shutdown: CancellationToken,
    types: Vec<&'static str>,
    /// The checkpoint, once it has been read.
    position: Option<i64>,
    /// The position at which the policy has stopped, if it has.
    stopped_position: Option<i64>,
    policy: std::marker::PhantomData<fn() -> P>,
}

impl<P: Policy> Follower<P> {
    fn new(context: Arc<PolicyContext>, shutdown: CancellationToken) -> Self {
        Self {
            context,
            shutdown,
            types: P::Trigger::TYPES
                .iter()
                .map(|event_type| event_type.name)
                .collect(),
            position: None,
            stopped_position: None,
            policy: std::marker::PhantomData,
        }
    }

    /// Handles the due events of the next page, and moves the checkpoint past them.
    async fn advance(&mut self) -> Result<Next, Error> {
        let pool = self.context.store.pool().clone();
        let after = match self.position {
            Some(position) => position,
            None => checkpoint::load(&pool, P::NAME).await?,
        };
        self.position = Some(after);
        let page = self.context.store.read_types(after, &self.types, SPAN).await?;
        let Plan { by_key, up_to, next } = plan::<P>(page, (after, SPAN), self.context.clock.now());
        let Some(letters) = self.react(by_key).await? else {
            return Ok(Next::GoOn);
        };
        if up_to > after {
            self.position = Some(checkpoint::advance(&pool, P::NAME, up_to, &letters).await?);
        }
        if let Next::Stop { position, reason } = &next {
            self.stop(*position, reason).await?;
        }
        Ok(next)
    }

    /// Reacts to events: those of one key in order, different keys concurrently. Returns the resulting letters, or none
    /// if the service is stopping.
    async fn react(&self, by_key: Vec<Vec<Task<P::Trigger>>>) -> Result<Option<Vec<NewLetter>>, Error> {
        if by_key.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let keys: Vec<&str> = by_key.iter().map(|tasks| key(tasks)).collect();
        let blocked = letters::blocked(self.context.store.pool(), P::NAME, &keys).await?;
        let reactions: Vec<_> = by_key
            .iter()
            .map(|tasks| self.react_in_order(tasks, blocked.contains(key(tasks))).boxed())
            .collect();
        let outcomes: Vec<_> = stream::iter(reactions)
            .buffer_unordered(REACTIONS_MAX)
            .collect()
            .await;
        let letters: Option<Vec<Vec<NewLetter>>> = outcomes.into_iter().collect();
        Ok(letters.map(|letters| letters.concat()))
    }

    /// Reacts to the events of one key until one fails; that one and the later ones become letters.
    async fn react_in_order(&self, tasks: &[Task<P::Trigger>], is_blocked: bool) -> Option<Vec<NewLetter>> {
        let mut letters: Vec<NewLetter> = Vec::new();
        for task in tasks {
            let event = &task.event;
            let failure = if is_blocked || !letters.is_empty() {
                None
            } else {
                match attempt::<P>(task, &self.context, &self.shutdown).await {
                    Outcome::Done => continue,
                    Outcome::Interrupted => return None,
                    Outcome::Failed(error) => {
                        let (position, key) = (event.position, &event.partition_key);
                        tracing::warn!(
                            policy = P::NAME,
                            position,
                            key,
                            error,
                            "A policy's reaction failed."
                        );
                        Some(Failure::new(&error, 1, &self.context.options))
                    }
                }
            };
            letters.push(NewLetter {
                position: event.position,
                key: event.partition_key.clone(),
                event_type: event.event_type.clone(),
                failure,
            });
        }
        Some(letters)
    }

    /// Records that the policy cannot pass `position` in this release. Another process may run a newer release, so the
    /// checkpoint is read again afterwards.
    async fn stop(&mut self, position: i64, reason: &str) -> Result<(), Error> {
        if self.stopped_position != Some(position) {
            tracing::error!(policy = P::NAME, position, reason, "A policy has stopped.");
            checkpoint::stop(self.context.store.pool(), P::NAME, position, reason).await?;
            self.stopped_position = Some(position);
        }
        self.position = None;
        Ok(())
    }
}

/// The key that these events share.
fn key<T>(tasks: &[Task<T>]) -> &str {
    tasks.first().map_or("", |task| task.event.partition_key.as_str())
}
