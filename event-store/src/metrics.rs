//! Prometheus metrics of this crate.

use platform::metrics::{Counter, Family, Gauge};
use platform::telemetry::span::{ActiveSpan, Attribute, Kind};
use platform::telemetry::{NewSpan, TraceContext};
use schemas::envelope::RecordedEvent;
use sqlx::PgPool;

use crate::relay::RelayStatus;

platform::metrics! {
    static HEAD: Gauge = Gauge::new(
        "waybill_event_store_position",
        "Position of the newest event in the event store.",
    );
    static RELAY_LEADING: Gauge = Gauge::new(
        "waybill_relay_leading",
        "1 while the relay of this process is the leader, which publishes.",
    );
    static RELAY_BROKER_UP: Gauge = Gauge::new(
        "waybill_relay_broker_up",
        "1 while the broker accepts messages from the relay.",
    );
    static RELAY_POSITION: Gauge = Gauge::new(
        "waybill_relay_position",
        "Position up to which all events are published.",
    );
    static RELAY_LAG_EVENTS: Gauge = Gauge::new(
        "waybill_relay_lag_events",
        "Events not published yet.",
    );
    static RELAY_LAG: Gauge = Gauge::new(
        "waybill_relay_lag_seconds",
        "Age of the oldest event not published yet; 0 if there is none.",
    );
    pub(crate) static FOLLOWER_EVENTS: Family<Counter> = Family::counter(
        "waybill_follower_events_total",
        "Events read from the log, by source (kafka, store).",
        &["source"],
    );
    pub(crate) static FOLLOWER_DUPLICATES: Counter = Counter::new(
        "waybill_follower_duplicates_total",
        "Messages that repeated an earlier one in their partition.",
    );
    pub(crate) static FOLLOWER_OVERTAKEN: Counter = Counter::new(
        "waybill_follower_overtaken_total",
        "Messages whose event had already been read from the event store.",
    );
    pub(crate) static FOLLOWER_REFILLS: Counter = Counter::new(
        "waybill_follower_refills_total",
        "Reads of the event store because messages were late or missing in Kafka.",
    );
    pub(crate) static FOLLOWER_DEAD_LETTERS: Counter = Counter::new(
        "waybill_follower_dead_letters_total",
        "Messages in the event topic that could not be read.",
    );
    pub(crate) static FOLLOWER_OTHER_LOG: Counter = Counter::new(
        "waybill_follower_other_log_total",
        "Messages from another log.",
    );
}

/// Records the position of the newest event and returns it.
///
/// # Errors
/// When Postgres fails.
pub async fn sample_head(pool: &PgPool) -> Result<i64, sqlx::Error> {
    let head: i64 = sqlx::query_scalar("SELECT position FROM event_store.log_head")
        .fetch_one(pool)
        .await?;
    HEAD.set(as_f64(head));
    Ok(head)
}

/// Records the status of this process's relay.
///
/// # Errors
/// When Postgres fails.
pub async fn sample_relay(pool: &PgPool, status: RelayStatus, head: i64) -> Result<(), sqlx::Error> {
    RELAY_LEADING.set(f64::from(u8::from(status.leading)));
    RELAY_BROKER_UP.set(f64::from(u8::from(status.broker_up)));
    if !status.leading {
        return Ok(());
    }
    RELAY_POSITION.set(as_f64(status.position));
    RELAY_LAG_EVENTS.set(as_f64((head - status.position).max(0)));
    RELAY_LAG.set(lag_seconds(pool, status.position).await?);
    Ok(())
}

/// Returns the age of the event after `position`, in seconds; 0 when there is none.
///
/// # Errors
/// When Postgres fails.
pub async fn lag_seconds(pool: &PgPool, position: i64) -> Result<f64, sqlx::Error> {
    let age: Option<f64> = sqlx::query_scalar(
        "SELECT EXTRACT(EPOCH FROM clock_timestamp() - recorded_at)::float8 \
         FROM event_store.events WHERE position = $1",
    )
    .bind(position + 1)
    .fetch_optional(pool)
    .await?;
    Ok(age.unwrap_or_default().max(0.0))
}

/// Converts a position or a number of events to a sample value; exact up to 2^53.
#[allow(clippy::cast_precision_loss, reason = "exact up to 2^53")]
pub fn as_f64(number: i64) -> f64 {
    number as f64
}

/// Starts the span of publishing `event` to `topic`, if its trace is sampled.
pub(crate) fn publishing(event: &RecordedEvent, topic: &str, partition: i32) -> Option<(i64, ActiveSpan)> {
    let trace = TraceContext::sampled_in_metadata(event.metadata.get())?;
    let span = NewSpan::child_of(trace, Kind::Producer, format!("send {topic}"))?;
    let attributes = [
        Attribute::new("messaging.system", "kafka"),
        Attribute::new("messaging.operation.name", "send"),
        Attribute::new("messaging.operation.type", "send"),
        Attribute::new("messaging.destination.name", topic.to_owned()),
        Attribute::new("messaging.destination.partition.id", partition.to_string()),
        Attribute::new("messaging.kafka.message.key", event.partition_key.clone()),
        Attribute::new("messaging.message.id", event.event_id.to_string()),
        Attribute::new("waybill.event.type", event.event_type.clone()),
        Attribute::new("waybill.event.position", event.position),
    ];
    Some((event.position, span.with(attributes).start()))
}
