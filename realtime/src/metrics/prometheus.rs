//! The export of a node's counters to Prometheus, and the spans of deliveries.

use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use platform::metrics::{Counter, DURATION_BUCKETS, Gauge, Histogram};
use platform::telemetry::NewSpan;
use platform::telemetry::span::{Attribute, Kind};
use schemas::channel::Channel;

use super::{Metrics, Snapshot};
use crate::entry::Entry;

/// Maximum number of delivery spans per change on this node; a change may go to thousands of sockets.
const DELIVERY_SPANS_MAX: usize = 8;

platform::metrics! {
    static CONNECTIONS: Gauge = Gauge::new("waybill_socket_connections", "Open sockets.");
    static CONNECTIONS_OPENED: Counter = Counter::new(
        "waybill_socket_connections_opened_total",
        "Sockets opened.",
    );
    static CHANGES: Counter = Counter::new(
        "waybill_socket_changes_total",
        "Changes received.",
    );
    static DUPLICATES: Counter = Counter::new(
        "waybill_socket_duplicates_total",
        "Changes received again and dropped.",
    );
    static UNREADABLE: Counter = Counter::new(
        "waybill_socket_unreadable_total",
        "Messages in the change topic that could not be read, are forged or belong to another log.",
    );
    static DELIVERIES: Counter = Counter::new(
        "waybill_socket_deliveries_total",
        "Changes delivered to sockets.",
    );
    static LAGGED: Counter = Counter::new(
        "waybill_socket_lagged_total",
        "Times a channel of a socket fell behind and was marked for replay.",
    );
    static CONFLATED: Counter = Counter::new(
        "waybill_socket_conflated_total",
        "Waiting changes that were replaced by a newer one of the same key.",
    );
    static RESYNCS: Counter = Counter::new(
        "waybill_socket_resyncs_total",
        "Times a client was told to reload its data.",
    );
    static EVICTED: Counter = Counter::new(
        "waybill_socket_evicted_total",
        "Sockets closed because the client was too slow.",
    );
    static MALFORMED: Counter = Counter::new(
        "waybill_socket_malformed_total",
        "Client messages that could not be parsed.",
    );
    static REFUSED: Counter = Counter::new(
        "waybill_socket_refused_total",
        "Subscriptions refused.",
    );
    static PUBLICATION_LATENCY: Histogram = Histogram::new(
        "waybill_socket_publication_latency_seconds",
        "Time from publishing a change to delivering it to a socket; replays are not counted.",
        DURATION_BUCKETS,
    );
    static COMMAND_LATENCY: Histogram = Histogram::new(
        "waybill_socket_command_latency_seconds",
        "Time from storing a command's event to delivering its change to a socket; replays are not counted.",
        DURATION_BUCKETS,
    );
}

/// Exports the node's counters.
pub(crate) fn export(counted: &Snapshot) {
    CONNECTIONS.set(f64::from(u32::try_from(counted.connections).unwrap_or(u32::MAX)));
    CONNECTIONS_OPENED.absolute(counted.connections_total);
    CHANGES.absolute(counted.changes);
    DUPLICATES.absolute(counted.duplicates);
    UNREADABLE.absolute(counted.unreadable);
    DELIVERIES.absolute(counted.deliveries);
    LAGGED.absolute(counted.lagged);
    CONFLATED.absolute(counted.conflated);
    RESYNCS.absolute(counted.resyncs);
    EVICTED.absolute(counted.evicted);
    MALFORMED.absolute(counted.malformed);
    REFUSED.absolute(counted.refused);
}

impl Metrics {
    /// Counts the delivery of a live `entry`, and records its latency.
    pub(crate) fn delivered(&self, entry: &Entry, channel: Option<&Channel>, now: SystemTime) {
        let since_publication = now.duration_since(entry.published_at).unwrap_or_default();
        self.record_latency(since_publication);
        PUBLICATION_LATENCY.record(since_publication.as_secs_f64());
        let recorded_at = entry
            .origin
            .recorded_at_ms
            .and_then(|millis| u64::try_from(millis).ok())
            .map(|millis| UNIX_EPOCH + Duration::from_millis(millis));
        if let Some(recorded_at) = recorded_at {
            let since_command = now.duration_since(recorded_at).unwrap_or_default();
            COMMAND_LATENCY.record(since_command.as_secs_f64());
        }
        if let (Some(traceparent), Some(channel)) = (&entry.origin.traceparent, channel) {
            record_delivery(entry, traceparent, channel);
        }
    }
}

/// Records the span of a delivery: from the publication of the change until it is passed to the socket.
fn record_delivery(entry: &Entry, traceparent: &str, channel: &Channel) {
    if entry.spans_count.fetch_add(1, Ordering::Relaxed) >= DELIVERY_SPANS_MAX {
        return;
    }
    let parent = platform::telemetry::TraceContext::parse(traceparent);
    let span = parent.and_then(|parent| NewSpan::child_of(parent, Kind::Consumer, "deliver change"));
    let attributes = [
        Attribute::new("messaging.operation.name", "deliver"),
        Attribute::new("messaging.operation.type", "process"),
        Attribute::new("messaging.destination.name", schemas::topic::CHANGES),
        Attribute::new("network.protocol.name", "websocket"),
        Attribute::new("waybill.channel", channel.to_string()),
        Attribute::new("waybill.event.position", entry.position),
    ];
    if let Some(span) = span {
        span.since(entry.published_at).with(attributes).start().end();
    }
}
