//! I4 and I5: no projection skipped a position, and the read models equal a rebuild from the first event.

use std::collections::HashMap;

use event_store::Store;
use projector::{LiveChecksums, ScratchSchema, TableChecksum};
use sqlx::Connection as _;

use super::verdict::Verdict;

/// What is wrong with read models that are ahead of the store.
const ANOTHER_HISTORY: &str = "beyond the newest event: they have another history than the store, as after restoring a copy of the database";

/// The live read models at one moment, so that they can be compared while they change.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) checksums: LiveChecksums,
    /// Units on hand, reserved and committed, by SKU.
    pub(super) stock: HashMap<String, (i64, i64, i64)>,
}

impl Live {
    pub(super) async fn read(store: &Store) -> anyhow::Result<Self> {
        let mut connection = store.pool().acquire().await?;
        let mut snapshot = connection
            .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await?;
        projector::hold_live_tables(&mut snapshot).await?;
        let checksums = projector::live_checksums(&mut snapshot).await?;
        let rows = sqlx::query!("SELECT sku, on_hand, reserved, committed FROM read_model.stock")
            .fetch_all(&mut *snapshot)
            .await?;
        snapshot.commit().await?;
        let stock = rows
            .into_iter()
            .map(|row| (row.sku, (row.on_hand, row.reserved, row.committed)))
            .collect();
        Ok(Self { checksums, stock })
    }
}

pub(super) async fn check_positions(store: &Store, head: i64) -> anyhow::Result<Verdict> {
    let mut verdict = Verdict::new("I4", "no projection skipped a position");
    let status = projector::status(store.pool()).await?;
    let newest = store.head().await?;
    for projection in &status {
        let name = &projection.name;
        if projection.position > newest {
            verdict.find(format!(
                "{name} is at position {}, {ANOTHER_HISTORY}",
                projection.position
            ));
        }
        if projection.parked > 0 {
            verdict.find(format!("{name} has {} events parked", projection.parked));
        }
        if let Some(reason) = &projection.stopped {
            verdict.find(format!("{name} has stopped: {reason}"));
        } else if projection.position < head {
            verdict.cannot_determine(format!(
                "{name} is at position {} and does not advance",
                projection.position
            ));
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

pub(super) async fn check_rebuilt(store: &Store, live: &Live) -> anyhow::Result<Verdict> {
    let mut verdict = Verdict::new("I5", "the read models equal a rebuild byte for byte");
    let LiveChecksums {
        position,
        behind,
        tables,
    } = &live.checksums;
    if !behind.is_empty() {
        verdict.cannot_determine(format!("{} are not at position {position}", behind.join(", ")));
        return Ok(verdict);
    }
    if *position > store.head().await? {
        verdict.find(format!("they are at position {position}, {ANOTHER_HISTORY}"));
        return Ok(verdict);
    }
    let scratch = ScratchSchema::reserve(store.pool()).await?;
    match rebuild(store, scratch.name(), *position).await {
        Ok(rebuilt) => {
            for difference in differ(tables, &rebuilt) {
                verdict.find(difference);
            }
        }
        // The log cannot be read to its end; the other invariants are still checked.
        Err(error) => verdict.find(format!("the rebuild failed: {:#}", anyhow::Error::from(error))),
    }
    scratch.drop().await?;
    let rows: u64 = tables.iter().map(|table| table.row_count).sum();
    Ok(verdict.on(format!("{rows} rows at position {position}")))
}

async fn rebuild(store: &Store, schema: &str, up_to: i64) -> Result<Vec<TableChecksum>, projector::Error> {
    projector::rebuild(store, store.pool(), schema, up_to).await?;
    let mut connection = store.pool().acquire().await?;
    projector::checksums(&mut connection, schema).await
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
