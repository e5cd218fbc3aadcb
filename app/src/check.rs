//! `waybill check`: tests the invariants, also while the instance works. It reads the store, the topic and the read
//! models, and trusts none of them: it computes the platform's results again in an independent way.
//!
//! Everything is checked up to the newest position at the start. What cannot be determined, because a consumer does not
//! advance, is reported as inconclusive, not as a violation. Several checks can run at the same time.
//!
//! | | what must hold |
//! |---|---|
//! | I1 | what was acknowledged is stored once, what was refused is not (needs a driver's history) |
//! | I2 | positions and versions without holes, hash chains whole |
//! | I3 | the topic holds exactly the store's events, each key's in their order |
//! | I4 | no projection skipped a position |
//! | I5 | the read models equal a rebuild, byte for byte |
//! | I6 | stock adds up after every single event |
//!
//! **Architecture Invariant:** nothing here judges `domain`'s `evolve` or a projection by calling it; only the rebuild
//! of I5 uses the projections, to compare them with themselves.

use std::path::PathBuf;
use std::process::ExitCode;

use event_store::Store;
use serde::Serialize;

use crate::exit;
use crate::instance::Instance;

mod history;
mod log;
mod read_models;
mod stock;
mod topic;
mod verdict;
mod wait;

use verdict::{Verdict, table};

/// Options of the check.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A driver's history of commands, as JSON lines.
    pub history: Option<PathBuf>,
    /// Print the result as JSON.
    pub json: bool,
    /// Compare every message of the topic with the store by its content too, not only by its id.
    pub deep: bool,
}

/// The results of all checks.
#[derive(Debug, Serialize)]
struct Findings {
    ok: bool,
    position: i64,
    invariants: Vec<Verdict>,
}

/// Checks every invariant and prints the results. The exit code is 1 when one does not hold, and 75 when one could not
/// be determined.
pub async fn run(instance: &Instance, options: &Options) -> anyhow::Result<ExitCode> {
    let history = options.history.as_deref().map(history::read).transpose()?;
    let pool = instance.pool("waybill-check").await?;
    let store = Store::new(pool);
    let head = store.head().await?;
    let kafka = instance.config.kafka.as_ref();
    wait::for_projections(&store, head).await?;
    let live = read_models::Live::read(&store).await?;
    let mut invariants = vec![
        history::check(&store, history).await?,
        log::check(instance, &store).await?,
    ];
    invariants.push(topic::check(&store, kafka, (head, options.deep)).await?);
    invariants.push(read_models::check_positions(&store, head).await?);
    invariants.push(read_models::check_rebuilt(&store, &live).await?);
    invariants.push(stock::check(&store, &live).await?);
    let findings = Findings {
        ok: !invariants
            .iter()
            .any(|verdict| verdict.is_failed() || verdict.is_inconclusive()),
        position: head,
        invariants,
    };
    if options.json {
        outln!("{}", serde_json::to_string_pretty(&findings)?);
    } else {
        out!("{}", table(&findings.invariants));
    }
    Ok(if findings.ok {
        ExitCode::SUCCESS
    } else if findings.invariants.iter().any(Verdict::is_failed) {
        ExitCode::FAILURE
    } else {
        ExitCode::from(exit::TRY_AGAIN)
    })
}
