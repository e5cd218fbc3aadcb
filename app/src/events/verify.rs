//! `waybill events verify`: reads the whole log and reports every event that differs from what was written.

use std::process::ExitCode;

use event_store::Store;

use crate::instance::Instance;
use crate::progress;

/// Reads the whole log and reports every event that differs from what was written.
pub async fn run(instance: &Instance, json: bool) -> anyhow::Result<ExitCode> {
    let pool = instance.pool("waybill-events-verify").await?;
    let bar = progress::bar("events");
    let report = Store::new(pool.clone())
        .verify(|position, head| {
            bar.set_length(head.unsigned_abs());
            bar.set_position(position.unsigned_abs());
        })
        .await?;
    bar.finish_and_clear();
    if json {
        outln!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        outln!(
            "{} events in {} streams, {} findings",
            report.events,
            report.streams,
            report.finding_count
        );
        for finding in &report.findings {
            outln!(
                "  position {} ({} version {}): {}",
                finding.position,
                finding.stream_id,
                finding.version,
                finding.detail
            );
        }
    }
    Ok(if report.is_sound() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
