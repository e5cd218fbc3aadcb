//! Prometheus metrics and spans of the projector.

use std::time::Instant;

use platform::metrics::{COUNT_BUCKETS, DURATION_BUCKETS, Family, Gauge, Histogram};
use platform::telemetry::span::{ActiveSpan, Attribute, Kind};
use schemas::change::{Change, ChangeBatch};
use schemas::consumer::STALLED_AFTER;
use sqlx::PgPool;

use crate::Error;
use crate::batch::{ProjectionBatch, Purpose};
use crate::decoded_event::DecodedEvent;

platform::metrics! {
    static POSITION: Family<Gauge> = Family::gauge(
        "waybill_projection_position",
        "Position up to which the projection has applied all events.",
        &["projection"],
    );
    static LAG_EVENTS: Family<Gauge> = Family::gauge(
        "waybill_projection_lag_events",
        "Events that the projection has not applied yet.",
        &["projection"],
    );
    static LAG: Family<Gauge> = Family::gauge(
        "waybill_projection_lag_seconds",
        "Age of the oldest event that the projection has not applied yet; 0 if there is none.",
        &["projection"],
    );
    static STOPPED: Family<Gauge> = Family::gauge(
        "waybill_projection_stopped",
        "1 if the projection has stopped and needs an operator.",
        &["projection"],
    );
    static STALLED: Family<Gauge> = Family::gauge(
        "waybill_projection_stalled",
        "1 if events have waited for 30 s while the projection's position did not move.",
        &["projection"],
    );
    static HEARTBEAT_AGE: Gauge = Gauge::new(
        "waybill_projector_heartbeat_age_seconds",
        "Time since a projector last recorded that it runs, whether or not it moves.",
    );
    static DEAD_LETTERS: Family<Gauge> = Family::gauge(
        "waybill_projection_dead_letters",
        "Events that the projection has parked (poison, waiting) or skipped (skipped).",
        &["projection", "state"],
    );
    static BATCH_EVENTS: Histogram = Histogram::new(
        "waybill_projection_batch_events",
        "Number of events per projected batch (one transaction).",
        COUNT_BUCKETS,
    );
    static BATCH_DURATION: Histogram = Histogram::new(
        "waybill_projection_batch_duration_seconds",
        "Time to apply a batch to the read models, including the commit.",
        DURATION_BUCKETS,
    );
}

/// States of a parked event in `dead_letters`.
const LETTER_STATES: [&str; 3] = ["poison", "waiting", "skipped"];

/// Sets the progress of the projections and the number of parked events, from the tables.
///
/// # Errors
/// When Postgres fails.
pub async fn sample(pool: &PgPool) -> Result<(), Error> {
    let letters: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT projection, state, COUNT(*) FROM read_model.dead_letters GROUP BY projection, state",
    )
    .fetch_all(pool)
    .await?;
    for status in crate::status(pool).await? {
        let name = status.name.as_str();
        POSITION
            .with(&[name])
            .set(event_store::metrics::as_f64(status.position));
        LAG_EVENTS
            .with(&[name])
            .set(event_store::metrics::as_f64(status.lag));
        let lag = event_store::metrics::lag_seconds(pool, status.position).await?;
        LAG.with(&[name]).set(lag);
        STOPPED
            .with(&[name])
            .set(f64::from(u8::from(status.stopped.is_some())));
        STALLED
            .with(&[name])
            .set(f64::from(u8::from(status.signs.is_stalled(STALLED_AFTER))));
        if let Some(age) = status.signs.heartbeat_age {
            HEARTBEAT_AGE.set(age.as_secs_f64());
        }
        for state in LETTER_STATES {
            let found = letters
                .iter()
                .find(|(of, in_state, _)| of == name && in_state == state);
            let count = found.map_or(0, |(_, _, count)| *count);
            DEAD_LETTERS
                .with(&[name, state])
                .set(event_store::metrics::as_f64(count));
        }
    }
    Ok(())
}

/// Measures a batch that is being applied, with a span for each event of a sampled trace.
pub(crate) struct Applying {
    started_at: Instant,
    events_len: usize,
    /// The spans, by position.
    spans: Vec<(i64, ActiveSpan)>,
    is_committed: bool,
}

impl Applying {
    /// Starts measuring. A rebuild has no spans: its events were projected before.
    pub(crate) fn start(batch: &ProjectionBatch, purpose: Purpose) -> Self {
        let is_live = purpose == Purpose::Live;
        let traced = batch.events.iter().filter(|_| is_live);
        Self {
            started_at: Instant::now(),
            events_len: batch.events.len(),
            spans: traced.filter_map(project_span).collect(),
            is_committed: false,
        }
    }

    /// Records in each change which event it comes from, so that the sockets can measure and continue the trace.
    pub(crate) fn stamp(&self, changes: &mut [Change], events: &[DecodedEvent]) {
        for change in changes {
            let event = events.binary_search_by_key(&change.position, |event| event.position);
            if let Ok(index) = event {
                change.origin.recorded_at_ms = Some(events[index].recorded_at.timestamp_millis());
            }
            let span = self
                .spans
                .binary_search_by_key(&change.position, |(position, _)| *position);
            if let Ok(index) = span {
                let context = self.spans[index].1.context();
                change.origin.traceparent = context.map(platform::telemetry::TraceContext::traceparent);
            }
        }
    }

    /// Records that the batch was committed.
    pub(crate) fn committed(mut self) {
        self.is_committed = true;
        BATCH_EVENTS.record(f64::from(u32::try_from(self.events_len).unwrap_or(u32::MAX)));
        BATCH_DURATION.record(self.started_at.elapsed().as_secs_f64());
    }
}

impl Drop for Applying {
    fn drop(&mut self) {
        if !self.is_committed {
            self.spans
                .iter_mut()
                .for_each(|(_, span)| span.fail("rolled_back"));
        }
    }
}

fn project_span(decoded: &DecodedEvent) -> Option<(i64, ActiveSpan)> {
    let mut span = ActiveSpan::child_of(
        Some(decoded.trace?),
        Kind::Consumer,
        format!("project {}", decoded.event_type),
    );
    span.set([
        Attribute::new("messaging.operation.name", "project"),
        Attribute::new("messaging.operation.type", "process"),
        Attribute::new("messaging.destination.name", schemas::topic::EVENTS),
        Attribute::new("messaging.consumer.group.name", "waybill-projector"),
        Attribute::new("messaging.message.id", decoded.event_id.to_string()),
        Attribute::new("db.system.name", "postgresql"),
        Attribute::new("waybill.event.type", decoded.event_type.clone()),
        Attribute::new("waybill.event.position", decoded.position),
    ]);
    span.is_some().then_some((decoded.position, span))
}

/// Starts the spans for publishing the changes of sampled traces to `topic`. They end when they are dropped.
pub(crate) fn publishing(group: &[ChangeBatch], topic: &str) -> Vec<ActiveSpan> {
    let changes = group.iter().flat_map(|batch| &batch.changes);
    changes.filter_map(|change| publish_span(change, topic)).collect()
}

fn publish_span(change: &Change, topic: &str) -> Option<ActiveSpan> {
    let traceparent = change.origin.traceparent.as_deref()?;
    let parent = platform::telemetry::TraceContext::parse(traceparent);
    let mut span = ActiveSpan::child_of(parent, Kind::Producer, format!("send {topic}"));
    span.set([
        Attribute::new("messaging.system", "kafka"),
        Attribute::new("messaging.operation.name", "send"),
        Attribute::new("messaging.operation.type", "send"),
        Attribute::new("messaging.destination.name", topic.to_owned()),
        Attribute::new("waybill.change.kind", change.kind.clone()),
        Attribute::new("waybill.event.position", change.position),
    ]);
    span.is_some().then_some(span)
}
