//! I2: the positions and each stream's versions have no gaps, and the hash chains are intact.

use event_store::Store;

use super::verdict::Verdict;
use crate::progress;

pub(super) async fn check(store: &Store) -> anyhow::Result<Verdict> {
    let bar = progress::bar("events verified");
    let report = store
        .verify(|position, head| {
            bar.set_length(head.unsigned_abs());
            bar.set_position(position.unsigned_abs());
        })
        .await?;
    bar.finish_and_clear();
    let mut verdict = Verdict::new("I2", "the log has no holes and its hash chains are whole")
        .on(format!("{} events, {} streams", report.events, report.streams));
    for finding in &report.findings {
        verdict.find(format!(
            "position {}, {} version {}: {}",
            finding.position, finding.stream_id, finding.version, finding.detail
        ));
    }
    verdict.count_untold(report.finding_count - report.findings.len());
    Ok(verdict)
}
