//! I4 and I5: no projection skipped a position, and the read models equal a rebuild from the first event.

use std::time::{Duration, Instant};

use event_store::Store;
use projector::TableChecksum;

use super::verdict::Verdict;

/// The schema of the temporary rebuild.
const REBUILT: &str = "read_model_check";
/// How long projections may lag without progress.
const PATIENCE: Duration = Duration::from_secs(20);
/// Time between two polls.
const PAUSE: Duration = Duration::from_millis(100);
/// How often a rebuild is compared again while the instance is not quiet.
const TRIES_MAX: u32 = 3;

/// Waits until the projections have caught up, as long as they make progress.
pub(super) async fn wait(store: &Store) -> anyhow::Result<()> {
    let mut least_lag = i64::MAX;
    let mut moved = Instant::now();
    loop {
        let status = projector::status(store.pool()).await?;
        let lag = status
            .iter()
            .map(|projection| projection.lag)
            .max()
            .unwrap_or(i64::MAX - 1);
        if lag == 0 {
            return Ok(());
        }
        if lag < least_lag {
            (least_lag, moved) = (lag, Instant::now());
        }
        if moved.elapsed() > PATIENCE {
            return Ok(());
        }
        tokio::time::sleep(PAUSE).await;
    }
}

pub(super) async fn check_positions(store: &Store) -> anyhow::Result<Verdict> {
    let mut verdict = Verdict::new("I4", "no projection skipped a position");
    let status = projector::status(store.pool()).await?;
    for projection in &status {
        let name = &projection.name;
        if projection.lag > 0 {
            verdict.find(format!(
                "{name} is {} events behind and does not move",
                projection.lag
            ));
        }
        if projection.parked > 0 {
            verdict.find(format!("{name} has {} events parked", projection.parked));
        }
        if let Some(reason) = &projection.stopped {
            verdict.find(format!("{name} has stopped: {reason}"));
        }
    }
    // The batches of the last minutes: each starts where the previous one ends, and the last ends at the checkpoint.
    let gaps = sqlx::query!(
        r#"SELECT from_position AS "from_position!", previous AS "previous!"
           FROM (SELECT from_position, LAG(to_position) OVER (ORDER BY to_position) AS previous
                 FROM read_model.changes) AS batches
           WHERE previous IS NOT NULL AND previous <> from_position"#
    )
    .fetch_all(store.pool())
    .await?;
    for gap in gaps {
        verdict.find(format!(
            "a batch begins after {}, the one before it ends at {}",
            gap.from_position, gap.previous
        ));
    }
    let position = status
        .iter()
        .map(|projection| projection.position)
        .max()
        .unwrap_or_default();
    let newest = sqlx::query_scalar!("SELECT MAX(to_position) FROM read_model.changes")
        .fetch_one(store.pool())
        .await?;
    // None are left if the instance has been quiet for long.
    if newest.is_some_and(|newest| newest < position) {
        verdict.find(format!(
            "the newest batch ends before the projections' position, {position}"
        ));
    }
    Ok(verdict.on(format!("{} projections at position {position}", status.len())))
}

pub(super) async fn check_rebuilt(store: &Store) -> anyhow::Result<Verdict> {
    let mut verdict = Verdict::new("I5", "the read models equal a rebuild byte for byte");
    match compare(store).await {
        Ok(compared) => {
            for difference in compared.differences {
                verdict.find(difference);
            }
            verdict = verdict.on(format!(
                "{} rows at position {}",
                compared.rows, compared.position
            ));
        }
        // The log cannot be read to its end; the other invariants are still checked.
        Err(error) => verdict.find(format!("the rebuild failed: {:#}", anyhow::Error::from(error))),
    }
    projector::drop_rebuilt(store.pool(), REBUILT).await?;
    Ok(verdict)
}

/// A comparison of the live tables with the rebuilt ones.
#[derive(Debug, Default)]
struct Compared {
    position: i64,
    rows: u64,
    differences: Vec<String>,
}

/// Compares the tables, and repeats it if the live tables change meanwhile.
async fn compare(store: &Store) -> Result<Compared, projector::Error> {
    let mut compared = Compared::default();
    for _ in 0..TRIES_MAX {
        let rebuilt = projector::rebuild(store, store.pool(), REBUILT).await?;
        let live = projector::checksums(store.pool(), projector::SCHEMA).await?;
        let again = projector::checksums(store.pool(), REBUILT).await?;
        compared = Compared {
            position: rebuilt.position,
            rows: live.iter().map(|table| table.row_count).sum(),
            differences: differ(&live, &again),
        };
        let status = projector::status(store.pool()).await?;
        let moved_on = status.iter().any(|live| live.position != compared.position);
        if compared.differences.is_empty() || !moved_on {
            break;
        }
    }
    Ok(compared)
}

fn differ(live: &[TableChecksum], again: &[TableChecksum]) -> Vec<String> {
    let different = live.iter().zip(again).filter(|(live, again)| live != again);
    let mut differences: Vec<String> = different
        .map(|(live, again)| {
            format!(
                "{} has {} rows, the rebuild {} or other ones",
                live.table, live.row_count, again.row_count
            )
        })
        .collect();
    if live.len() != again.len() {
        differences.push(format!(
            "there are {} tables, in the rebuild {}",
            live.len(),
            again.len()
        ));
    }
    differences
}
