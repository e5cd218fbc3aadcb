//! I2: the positions and each stream's versions have no gaps, the hash chains are intact, and the log is as anchored.

use event_store::Store;
use event_store::anchor::AnchorKey;

use super::verdict::Verdict;
use crate::instance::Instance;
use crate::{anchors, progress};

pub(super) async fn check(instance: &Instance, store: &Store) -> anyhow::Result<Verdict> {
    let key = AnchorKey::new(&instance.config.secrets.data_key)?;
    let anchors = anchors::known(&key, &instance.config.data_dir)?;
    let bar = progress::bar("events verified");
    let report = store
        .verify(&anchors, |position, head| {
            bar.set_length(head.unsigned_abs());
            bar.set_position(position.unsigned_abs());
        })
        .await?;
    bar.finish_and_clear();
    let mut verdict = Verdict::new(
        "I2",
        "the log has no holes, its hash chains are whole, and it is as anchored",
    )
    .on(format!(
        "{} events, {} streams, {} anchors",
        report.events, report.streams, report.anchors
    ));
    for finding in &report.findings {
        verdict.find(format!(
            "position {}, {} version {}: {}",
            finding.position, finding.stream_id, finding.version, finding.detail
        ));
    }
    verdict.count_untold(report.finding_count - report.findings.len());
    Ok(verdict)
}
