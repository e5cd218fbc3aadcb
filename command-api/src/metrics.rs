//! Prometheus metrics of the command side, and the executor's spans.

use std::time::{Duration, Instant, SystemTime};

use event_store::metrics::as_f64;
use event_store::{Append, Outcome};
use platform::metrics::{COUNT_BUCKETS, Counter, DURATION_BUCKETS, Family, Gauge, Histogram};
use platform::telemetry::span::{ActiveSpan, Attribute, Kind};
use platform::telemetry::{NewSpan, TraceContext};
use schemas::consumer::STALLED_AFTER;
use sqlx::PgPool;

use crate::executor::{Accepted, Error, Executor, Submission};

platform::metrics! {
    static COMMANDS: Family<Counter> = Family::counter(
        "waybill_executor_commands_total",
        "Commands answered, by result: accepted, replayed, rejected, key_reused, conflict, queue_full, unavailable, stopping or internal.",
        &["command", "result"],
    );
    static QUEUE_LENGTH: Gauge = Gauge::new(
        "waybill_executor_queue_length",
        "Commands waiting for the executor.",
    );
    static QUEUE_WAIT: Histogram = Histogram::new(
        "waybill_executor_queue_wait_seconds",
        "Time from the submission of a command until the executor takes it.",
        DURATION_BUCKETS,
    );
    static BATCH_COMMANDS: Histogram = Histogram::new(
        "waybill_executor_batch_commands",
        "Number of commands per batch (one append).",
        COUNT_BUCKETS,
    );
    static BATCH_EVENTS: Histogram = Histogram::new(
        "waybill_executor_batch_events",
        "Number of events per batch (one append).",
        COUNT_BUCKETS,
    );
    static APPEND_DURATION: Histogram = Histogram::new(
        "waybill_executor_append_duration_seconds",
        "Time to append a batch to the event store, including the commit.",
        DURATION_BUCKETS,
    );
    static APPEND_FAILURES: Counter = Counter::new(
        "waybill_executor_append_failures_total",
        "Batches that could not be appended.",
    );
    static CONFLICTS: Counter = Counter::new(
        "waybill_executor_conflicts_total",
        "Commands whose append conflicted with a change by another process.",
    );
    pub(crate) static RETRIES: Counter = Counter::new(
        "waybill_executor_retries_total",
        "Commands retried after a conflict.",
    );
    static POLICY_POSITION: Family<Gauge> = Family::gauge(
        "waybill_policy_position",
        "Position up to which the policy has processed all events.",
        &["policy"],
    );
    static POLICY_LAG_EVENTS: Family<Gauge> = Family::gauge(
        "waybill_policy_lag_events",
        "Events after the policy's position. A policy that acts after a delay always lags.",
        &["policy"],
    );
    static POLICY_LAG: Family<Gauge> = Family::gauge(
        "waybill_policy_lag_seconds",
        "Age of the oldest event after the policy's position; 0 if there is none. A policy that acts after a delay always lags.",
        &["policy"],
    );
    static POLICY_STALLED: Family<Gauge> = Family::gauge(
        "waybill_policy_stalled",
        "1 if events have waited for 30 s while the policy read no further.",
        &["policy"],
    );
    static POLICY_HEARTBEAT_AGE: Family<Gauge> = Family::gauge(
        "waybill_policy_heartbeat_age_seconds",
        "Time since a process last recorded that it runs the policy, whether or not it moves.",
        &["policy"],
    );
    static POLICY_DEAD_LETTERS: Family<Gauge> = Family::gauge(
        "waybill_policy_dead_letters",
        "Events that the policy failed to process (retrying, parked), events waiting behind them (waiting), and skipped events (skipped).",
        &["policy", "state"],
    );
}

/// States of an event in `policy_letters`.
const LETTER_STATES: [&str; 4] = ["retrying", "parked", "waiting", "skipped"];

/// Sets the length of the queue.
pub fn sample_executor(executor: &Executor) {
    QUEUE_LENGTH.set(count(executor.queue_len()));
}

/// Sets the progress of the policies, from their checkpoints.
///
/// # Errors
/// When Postgres fails.
pub async fn sample_policies(pool: &PgPool) -> Result<(), sqlx::Error> {
    let letters: Vec<(String, String, i64)> =
        sqlx::query_as("SELECT policy, state, COUNT(*) FROM command.policy_letters GROUP BY policy, state")
            .fetch_all(pool)
            .await?;
    for status in crate::policies::status(pool).await? {
        let policy = status.name.as_str();
        for state in LETTER_STATES {
            let found = letters
                .iter()
                .find(|(of, in_state, _)| of == policy && in_state == state);
            let count = found.map_or(0, |(_, _, count)| *count);
            POLICY_DEAD_LETTERS.with(&[policy, state]).set(as_f64(count));
        }
        POLICY_POSITION.with(&[policy]).set(as_f64(status.position));
        POLICY_LAG_EVENTS.with(&[policy]).set(as_f64(status.lag));
        let lag = event_store::metrics::lag_seconds(pool, status.position).await?;
        POLICY_LAG.with(&[policy]).set(lag);
        let is_stalled = status.signs.is_stalled(STALLED_AFTER);
        POLICY_STALLED
            .with(&[policy])
            .set(f64::from(u8::from(is_stalled)));
        if let Some(age) = status.signs.heartbeat_age {
            POLICY_HEARTBEAT_AGE.with(&[policy]).set(age.as_secs_f64());
        }
    }
    Ok(())
}

/// Measures one command in the executor.
#[derive(Debug)]
pub(crate) struct CommandSpan {
    command: &'static str,
    submitted_at: Instant,
    queue_wait: Option<Duration>,
    span: ActiveSpan,
}

impl CommandSpan {
    /// Starts measuring. Later work of a traced command becomes part of its span.
    pub(crate) fn start(submission: &mut Submission) -> Self {
        let command = submission.command.name();
        let trace = submission
            .traceparent
            .as_deref()
            .and_then(TraceContext::parse_sampled);
        let mut span = ActiveSpan::none();
        if let Some(new) =
            trace.and_then(|trace| NewSpan::child_of(trace, Kind::Internal, format!("execute {command}")))
        {
            span = new.with([Attribute::new("waybill.command", command)]).start();
            submission.traceparent = span.context().map(TraceContext::traceparent);
        }
        Self {
            command,
            submitted_at: Instant::now(),
            queue_wait: None,
            span,
        }
    }

    /// The trace of the command, if it is sampled.
    pub(crate) fn context(&self) -> Option<TraceContext> {
        self.span.context()
    }

    /// Records that the executor took the command, possibly not for the first time.
    pub(crate) fn taken(&mut self) {
        if self.queue_wait.is_none() {
            let waited = self.submitted_at.elapsed();
            QUEUE_WAIT.record(waited.as_secs_f64());
            self.queue_wait = Some(waited);
        }
    }

    /// Records that the command was answered.
    pub(crate) fn answered(mut self, answer: &Result<Accepted, Error>) {
        let result = match answer {
            Ok(accepted) if accepted.is_replayed() => "replayed",
            Ok(_) => "accepted",
            Err(error) => error_type(error),
        };
        COMMANDS.with(&[self.command, result]).increment(1);
        if !self.span.is_some() {
            return;
        }
        let queue_wait = self.queue_wait.unwrap_or_default();
        self.span.set([
            Attribute::new("waybill.command.result", result),
            Attribute::new("waybill.executor.queue_wait", queue_wait.as_secs_f64()),
        ]);
        if let Ok(accepted) = answer {
            self.span.set([
                Attribute::new("waybill.stream.id", accepted.stream_id.to_string()),
                Attribute::new("waybill.event.position", accepted.position),
            ]);
        } else {
            self.span.fail(result);
        }
    }

    /// Records that the command was refused before it was queued.
    pub(crate) fn refused(self, error: &Error) {
        COMMANDS.with(&[self.command, error_type(error)]).increment(1);
    }
}

fn error_type(error: &Error) -> &'static str {
    match error {
        Error::Rejected(_) => "rejected",
        Error::QueueFull => "queue_full",
        Error::KeyReused => "key_reused",
        Error::Conflict { .. } => "conflict",
        Error::Unavailable => "unavailable",
        Error::Stopping => "stopping",
        Error::Internal(_) => "internal",
    }
}

/// A batch that is being appended.
pub(crate) struct Appending {
    started_at: Instant,
    wall_clock: SystemTime,
}

impl Appending {
    /// Starts measuring.
    pub(crate) fn start() -> Self {
        Self {
            started_at: Instant::now(),
            wall_clock: SystemTime::now(),
        }
    }

    /// Measures the append, with a span for each command of a sampled trace.
    pub(crate) fn finish<'a>(
        self,
        appends: &[Append],
        commands: impl Iterator<Item = &'a CommandSpan>,
        outcomes: &Result<Vec<Outcome>, event_store::Error>,
    ) {
        let events_len = appends.iter().map(|append| append.events.len()).sum();
        APPEND_DURATION.record(self.started_at.elapsed().as_secs_f64());
        BATCH_COMMANDS.record(count(appends.len()));
        BATCH_EVENTS.record(count(events_len));
        match outcomes {
            Ok(outcomes) => {
                let conflicts = outcomes.iter().filter(|outcome| **outcome == Outcome::Conflict);
                CONFLICTS.increment(conflicts.count() as u64);
            }
            Err(_) => APPEND_FAILURES.increment(1),
        }
        let traced: Vec<TraceContext> = commands.filter_map(|command| command.span.context()).collect();
        if !traced.is_empty() {
            self.record_spans(traced, (appends.len(), events_len), outcomes.is_ok());
        }
    }

    /// Records a span for the append of each traced command, and one for the whole batch with links to the commands.
    fn record_spans(
        &self,
        commands: Vec<TraceContext>,
        (commands_len, events_len): (usize, usize),
        is_ok: bool,
    ) {
        let attributes = || {
            [
                Attribute::new("db.system.name", "postgresql"),
                Attribute::new("db.operation.name", "event_store.append"),
                Attribute::new("db.operation.batch.size", integer(events_len)),
                Attribute::new("waybill.batch.commands", integer(commands_len)),
            ]
        };
        let children = commands
            .iter()
            .filter_map(|command| NewSpan::child_of(*command, Kind::Client, "append"));
        let batch = NewSpan::root(Kind::Internal, "append batch")
            .map(|batch| batch.linked_to(commands.iter().copied()));
        for new in children.chain(batch) {
            let mut span = new.since(self.wall_clock).with(attributes()).start();
            if !is_ok {
                span.fail("append_failed");
            }
            span.end();
        }
    }
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

fn integer(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
