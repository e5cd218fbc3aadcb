//! `waybill import online-retail`: imports a file and prints its report.

use std::path::Path;
use std::process::ExitCode;

use crate::instance::Instance;

mod progress;

pub use progress::TerminalProgress;

/// How many failures are shown in detail; further ones are only counted.
const FAILURES_SHOWN_MAX: usize = 20;

/// Reads `file`, imports it, and prints the report.
pub async fn run(instance: &Instance, file: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let path = file.to_owned();
    let sales = tokio::task::spawn_blocking(move || importer::read(&path)).await??;
    let pool = instance.pool("waybill-import").await?;
    let refused = importer::import(&pool, &sales, &TerminalProgress::default()).await?;
    if json {
        outln!("{}", serde_json::to_string_pretty(&sales.report)?);
    } else {
        out!("{}", sales.report);
    }
    for refused in refused.iter().take(FAILURES_SHOWN_MAX) {
        note!("waybill: {refused}");
    }
    if refused.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    note!(
        "waybill: {} of the file's orders and returns could not be imported",
        refused.len()
    );
    Ok(ExitCode::FAILURE)
}
