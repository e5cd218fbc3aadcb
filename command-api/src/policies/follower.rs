//! Follows the log for a policy.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use event_store::Error;
use event_store::handover::{Handover, Report, TAKEOVER_MAX};
use futures_util::FutureExt as _;
use futures_util::stream::{self, StreamExt as _};
use platform::causes::with_causes;
use schemas::consumer::AheadOfStore;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::attempt::{Outcome, attempt};
use super::checkpoint::{self, Checkpoint};
use super::letters::{self, Failure, NewLetter};
use super::page::{Next, Task, by_key, plan};
use super::timers::{Timer, Timers};
use super::trigger::Trigger as _;
use super::{Policy, PolicyContext};

/// Positions searched by one query.
const SPAN: i64 = 2_000;
/// The most timers handled at once.
const TIMERS_AT_ONCE: usize = 2_000;
/// The most keys whose events are handled concurrently. Their commands share appends.
const REACTIONS_MAX: usize = 64;
/// The longest wait for something that is due later, because the clock may be set, and new events may come.
const NAP_MAX: Duration = Duration::from_secs(5);
/// The first and the longest wait after a failure to read the log or to store the checkpoint.
const BACKOFF_MIN: Duration = Duration::from_millis(200);
const BACKOFF_MAX: Duration = Duration::from_secs(5);

/// How often a policy records that it runs.
const HEARTBEAT_INTERVAL: Duration = Duration::from_secs(5);

/// Runs a policy until `shutdown`.
pub(super) async fn run<P: Policy>(context: Arc<PolicyContext>, shutdown: CancellationToken) {
    let beats = beat::<P>(Arc::clone(&context));
    tokio::select! { () = follow::<P>(context, shutdown) => {}, () = beats => {} }
}

/// Records from time to time that the policy runs, also while a reaction waits for an outage to end.
async fn beat<P: Policy>(context: Arc<PolicyContext>) {
    let mut ticks = tokio::time::interval(HEARTBEAT_INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = checkpoint::beat(context.store.pool(), P::NAME).await {
            tracing::debug!(policy = P::NAME, %error, "A policy can't record that it runs.");
        }
    }
}

async fn follow<P: Policy>(context: Arc<PolicyContext>, shutdown: CancellationToken) {
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
                let (position, error) = (follower.read_position, with_causes(&error));
                tracing::warn!(policy = P::NAME, position, error, "A policy waits for Postgres.");
                follower.start_over();
                let pause = tokio::time::sleep(backoff);
                tokio::select! { () = pause => {}, () = follower.shutdown.cancelled() => {} }
                backoff = (backoff * 2).min(BACKOFF_MAX);
                continue;
            }
        };
        let waiting = async {
            match next {
                Next::GoOn => {}
                Next::Wait => {
                    tokio::time::sleep(P::REST).await;
                    let timer = tokio::time::sleep(follower.until_due());
                    tokio::select! { () = waiter.wait() => {}, () = timer => {} }
                }
                Next::Stop { .. } => tokio::time::sleep(follower.until_due().max(P::REST)).await,
            }
        };
        tokio::select! { () = waiting => {}, () = follower.shutdown.cancelled() => {} }
    }
}

struct Follower<P> {
    context: Arc<PolicyContext>,
    shutdown: CancellationToken,
    types: Vec<&'static str>,
    /// Every type that this release knows.
    known: Vec<&'static str>,
    /// The checkpoint, once it has been read.
    checkpoint: Option<Checkpoint>,
    /// The position up to which the log was read.
    read_position: i64,
    /// The events up to `read_position` that are due later.
    timers: Timers,
    /// The event of a newer release before which the policy waits, if it does.
    handover: Handover,
    /// Whether the log lacks events that the policy has handled.
    is_halted: bool,
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
            known: domain::Event::types().map(|known| known.name).collect(),
            checkpoint: None,
            read_position: 0,
            timers: Timers::default(),
            handover: Handover::default(),
            is_halted: false,
            policy: std::marker::PhantomData,
        }
    }

    /// Handles the events that are due, of the next page and of the timers, and moves the checkpoint past them.
    async fn advance(&mut self) -> Result<Next, Error> {
        if let Some(ahead) = self.check_store().await? {
            return Ok(self.halt(ahead));
        }
        let checkpoint = self.load_checkpoint().await?;
        let (after, now) = (self.read_position, self.context.clock.now());
        // Without room for timers, the page is empty.
        let span = if self.timers.is_full() { 0 } else { SPAN };
        let store = &self.context.store;
        let page = store
            .read_types_and_unknown(after, &self.types, &self.known, span)
            .await?;
        let plan = plan::<P>(page, (after, span.max(1)), now, &checkpoint);
        let fired = self.timers.due(now, TIMERS_AT_ONCE);
        let mut tasks = self.read(&fired).await?;
        tasks.extend(plan.due);
        let Some(letters) = self.react(by_key(tasks)).await? else {
            return Ok(Next::GoOn);
        };
        self.read_position = plan.up_to;
        self.timers.remove(&fired);
        self.timers.insert(plan.later);
        if plan.up_to > after || !fired.is_empty() {
            self.save(now, &letters).await?;
        }
        if let Next::Stop { position, reason } = &plan.next {
            self.stop(*position, reason).await?;
        }
        let is_more_due = fired.len() == TIMERS_AT_ONCE;
        Ok(if is_more_due { Next::GoOn } else { plan.next })
    }

    /// Compares the checkpoint with the log, before every page: the pool's connections reach another server after a
    /// fail-over without an error. Starts over if an operator has put the checkpoint back.
    async fn check_store(&mut self) -> Result<Option<AheadOfStore>, Error> {
        let standing = checkpoint::check(self.context.store.pool(), P::NAME).await?;
        let known = self.checkpoint.map(|known| known.read_position);
        if known.is_some_and(|known| known > standing.read_position) {
            self.start_over();
        }
        self.is_halted &= standing.ahead.is_some();
        Ok(standing.ahead)
    }

    /// The checkpoint. Another process may have moved it further.
    async fn load_checkpoint(&mut self) -> Result<Checkpoint, Error> {
        if let Some(checkpoint) = self.checkpoint {
            return Ok(checkpoint);
        }
        let checkpoint = checkpoint::load(self.context.store.pool(), P::NAME).await?;
        self.read_position = self.read_position.max(checkpoint.position);
        Ok(*self.checkpoint.insert(checkpoint))
    }

    /// Reads the events of timers.
    async fn read(&self, timers: &[Timer]) -> Result<Vec<Task<P::Trigger>>, Error> {
        if timers.is_empty() {
            return Ok(Vec::new());
        }
        let positions: Vec<i64> = timers.iter().map(|timer| timer.position).collect();
        let events = self.context.store.read_at(&positions).await?;
        Ok(events.into_iter().map(Task::of_timer).collect())
    }

    /// Stores how far the log is handled, at the time `now`, and the letters.
    async fn save(&mut self, now: DateTime<Utc>, letters: &[NewLetter]) -> Result<(), Error> {
        let next_due_at = self.timers.next_due_at();
        let reached = Checkpoint {
            position: self
                .timers
                .first_position()
                .map_or(self.read_position, |first| first - 1),
            read_position: self.read_position,
            due_at: next_due_at.map_or(now, |next| now.min(next - TimeDelta::microseconds(1))),
        };
        let pool = self.context.store.pool();
        let step = (self.checkpoint, reached);
        self.checkpoint = checkpoint::advance(pool, P::NAME, step, letters).await?;
        if self.checkpoint.is_none() {
            self.start_over();
        }
        Ok(())
    }

    /// Starts over from the stored checkpoint: what was done since may not have been stored.
    fn start_over(&mut self) {
        self.checkpoint = None;
        self.read_position = 0;
        self.timers = Timers::default();
    }

    /// Time until the next timer is due. The clock may be set meanwhile, so it is read again after [`NAP_MAX`].
    fn until_due(&self) -> Duration {
        let left = self
            .timers
            .next_due_at()
            .map(|due_at| due_at - self.context.clock.now());
        left.map_or(NAP_MAX, |left| left.to_std().unwrap_or_default().min(NAP_MAX))
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

    /// Waits until the log has the events that the policy has handled, or an operator puts the checkpoint back.
    fn halt(&mut self, ahead: AheadOfStore) -> Next {
        let (position, reason) = (ahead.position() + 1, ahead.to_string());
        if !self.is_halted {
            tracing::error!(policy = P::NAME, position, reason, "A policy has stopped.");
        }
        self.start_over();
        self.is_halted = true;
        Next::Stop { position, reason }
    }

    /// Records that the policy cannot pass `position` in this release. Another process may run a newer release, so the
    /// checkpoint is read again afterwards. It is an error only when none has taken over in time.
    async fn stop(&mut self, position: i64, reason: &str) -> Result<(), Error> {
        if self.handover.position() != Some(position) {
            let quietly = (reason, TAKEOVER_MAX);
            checkpoint::stop(self.context.store.pool(), P::NAME, position, quietly).await?;
        }
        let policy = P::NAME;
        match self.handover.note(position, Instant::now()) {
            Some(Report::Stopped) => {
                tracing::info!(policy, position, reason, "A policy waits for a newer release.");
            }
            Some(Report::Overdue) => {
                let advice = "No newer release has taken over a policy; upgrade this one.";
                tracing::error!(policy, position, reason, "{advice}");
            }
            None => {}
        }
        self.checkpoint = None;
        Ok(())
    }
}

/// The key that these events share.
fn key<T>(tasks: &[Task<T>]) -> &str {
    tasks.first().map_or("", |task| task.event.partition_key.as_str())
}
