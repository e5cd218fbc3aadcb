//! `waybill events verify`: reads the whole log and reports every event that differs from what was written.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use event_store::Store;
use event_store::anchor::AnchorKey;

use crate::anchors;
use crate::instance::Instance;
use crate::progress;

/// Options of `events verify`.
#[derive(Debug, Args)]
pub struct Options {
    /// Compare the log with the anchors in this file, instead of those in the instance's folder.
    #[arg(long, value_name = "FILE")]
    anchor: Option<PathBuf>,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

/// Reads the whole log and reports every event that differs from what was written.
pub async fn run(instance: &Instance, options: Options) -> anyhow::Result<ExitCode> {
    let key = AnchorKey::new(&instance.config.secrets.data_key)?;
    let anchors = match &options.anchor {
        Some(file) => anchors::read(&key, file)?,
        None => anchors::known(&key, &instance.config.data_dir)?,
    };
    let pool = instance.pool("waybill-events-verify").await?;
    let bar = progress::bar("events");
    let report = Store::new(pool.clone())
        .verify(&anchors, |position, head| {
            bar.set_length(head.unsigned_abs());
            bar.set_position(position.unsigned_abs());
        })
        .await?;
    bar.finish_and_clear();
    if options.json {
        outln!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        outln!(
            "{} events in {} streams, {} anchors, {} findings",
            report.events,
            report.streams,
            report.anchors,
            report.finding_count
        );
        for finding in &report.findings {
            let stream = match finding.version {
                0 => String::new(),
                version => format!(" ({} version {version})", finding.stream_id),
            };
            outln!("  position {}{stream}: {}", finding.position, finding.detail);
        }
    }
    Ok(if report.is_sound() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
