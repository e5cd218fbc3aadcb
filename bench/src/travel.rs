//! `waybill bench travel`.

use std::io::Write as _;
use std::time::Instant;

use anyhow::ensure;
use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

use crate::http::{Call, Connection};
use crate::report::{self, Percentiles};
use crate::{Instance, TravelOptions, shop};

/// Clients that write the order's notes side by side.
const WRITERS: usize = 16;

/// The result.
#[derive(Debug, Serialize)]
struct Report {
    /// Events of the whole log.
    log_events: i64,
    /// Events of the order that was read.
    order_events: i64,
    /// Times of the requests, by what was read.
    requests: Vec<Request>,
    /// The bare limit: the events of the order from Postgres, undecoded.
    postgres_ms: Percentiles,
}

/// A request, repeated.
#[derive(Debug, Serialize)]
struct Request {
    read: &'static str,
    path: String,
    ms: Percentiles,
}

#[derive(Debug, Deserialize)]
struct Accepted {
    id: Uuid,
    version: i64,
    position: i64,
}

/// Runs the measurement and prints the report.
pub(crate) async fn run(instance: Instance, options: TravelOptions) -> anyhow::Result<()> {
    shop::stock_up(&instance).await?;
    note!("Writing an order of {} events…", options.events);
    let order = write(&instance, options.events.into()).await?;
    let mut requests = Vec::new();
    for (read, path) in reads(&order) {
        let ms = measure(&instance, &path, options.repeat).await?;
        requests.push(Request { read, path, ms });
    }
    let mut postgres = PgConnection::connect(&instance.postgres_url).await?;
    let report = Report {
        log_events: sqlx::query_scalar("SELECT position FROM event_store.log_head")
            .fetch_one(&mut postgres)
            .await?,
        order_events: order.version,
        requests,
        postgres_ms: from_postgres(&mut postgres, &order, options.repeat).await?,
    };
    let mut out = std::io::stdout();
    if options.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
        return Ok(());
    }
    writeln!(
        out,
        "an order of {} events in a log of {}\n{:<40} {:>9} {:>9} {:>9} {:>9}",
        report.order_events, report.log_events, "ms", "p50", "p99", "p99.9", "max"
    )?;
    for request in &report.requests {
        writeln!(out, "{:<40} {}", request.read, request.ms)?;
    }
    writeln!(
        out,
        "{:<40} {}",
        "its events from Postgres, undecoded", report.postgres_ms
    )?;
    Ok(())
}

/// What is read of the order: an address, and what it is called in the report.
fn reads(order: &Accepted) -> Vec<(&'static str, String)> {
    let Accepted { id, version, .. } = order;
    let (middle, before) = (version / 2, version - 1);
    let path = format!("/api/v1/orders/{id}");
    vec![
        ("the order now", path.clone()),
        ("at its first version", format!("{path}?version=1")),
        ("at half of its versions", format!("{path}?version={middle}")),
        ("at its newest version", format!("{path}?version={version}")),
        (
            "differences of the second half",
            format!("{path}/diff?from={middle}"),
        ),
        (
            "differences of the last event",
            format!("{path}/diff?from={before}"),
        ),
        ("first page of its history", format!("{path}/history")),
        ("newest page of the log", "/api/v1/admin/events".to_owned()),
        (
            "newest page of its stream",
            format!("/api/v1/admin/events?stream=order-{id}"),
        ),
        (
            "a page of the log by type",
            "/api/v1/admin/events?type=OrderPlaced".to_owned(),
        ),
    ]
}

/// Places an order and adds notes until it has `events` events. Waits until the read models have them.
async fn write(instance: &Instance, events: i64) -> anyhow::Result<Accepted> {
    let mut connection = Connection::open(&instance.address).await?;
    let order = Call::post(shop::ORDERS, customer(instance), shop::order(0));
    let mut newest: Accepted = serde_json::from_slice(&connection.succeed(order).await?)?;
    let (id, path) = (newest.id, format!("/api/v1/orders/{}/notes", newest.id));
    let notes = usize::try_from((events - newest.version).max(0))?;
    let mut writers = Vec::new();
    for writer in 0..WRITERS {
        let (instance, path) = (instance.clone(), path.clone());
        writers.push(tokio::spawn(async move {
            let mut connection = Connection::open(&instance.address).await?;
            let mut newest: Option<Accepted> = None;
            for number in (writer..notes).step_by(WRITERS) {
                let note = format!(r#"{{"text":"Note {number} of the benchmark."}}"#);
                let body = connection
                    .succeed(Call::post(&path, customer(&instance), note))
                    .await?;
                newest = Some(serde_json::from_slice(&body)?);
            }
            anyhow::Ok(newest)
        }));
    }
    for writer in writers {
        if let Some(note) = writer.await??
            && note.version > newest.version
        {
            newest = Accepted { id, ..note };
        }
    }
    // The server has closed the first connection, which was idle while the notes were written.
    connection = Connection::open(&instance.address).await?;
    let position = newest.position;
    let now = format!("/api/v1/orders/{id}?min_position={position}");
    connection.succeed(Call::get(&now, customer(instance))).await?;
    Ok(newest)
}

/// The token of the customer whose order it is.
fn customer(instance: &Instance) -> &str {
    &instance.customer_tokens[0]
}

/// Sends the same request again and again, as an admin.
async fn measure(instance: &Instance, path: &str, repeat: u32) -> anyhow::Result<Percentiles> {
    let mut connection = Connection::open(&instance.address).await?;
    let mut us = report::histogram();
    for _ in 0..repeat {
        let began = Instant::now();
        connection.succeed(Call::get(path, &instance.admin_token)).await?;
        record(&mut us, began);
    }
    Ok(Percentiles::of(&us))
}

async fn from_postgres(
    postgres: &mut PgConnection,
    order: &Accepted,
    repeat: u32,
) -> anyhow::Result<Percentiles> {
    let mut us = report::histogram();
    for _ in 0..repeat {
        let began = Instant::now();
        let rows: Vec<(i64, String, String)> = sqlx::query_as(
            "SELECT position, payload::text, metadata::text FROM event_store.events \
             WHERE stream_id = $1 ORDER BY version",
        )
        .bind(format!("order-{}", order.id))
        .fetch_all(&mut *postgres)
        .await?;
        record(&mut us, began);
        ensure!(
            i64::try_from(rows.len())? == order.version,
            "{} events",
            rows.len()
        );
    }
    Ok(Percentiles::of(&us))
}

fn record(us: &mut Histogram<u64>, began: Instant) {
    us.saturating_record(u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX));
}
