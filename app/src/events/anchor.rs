//! `waybill events anchor`: writes a signed statement of what the log is now.

use std::path::PathBuf;

use clap::Args;
use event_store::Store;
use event_store::anchor::AnchorKey;

use crate::anchors;
use crate::exit::Failure;
use crate::instance::Instance;

/// Options of `events anchor`.
#[derive(Debug, Args)]
pub struct Options {
    /// Append the anchor to this file, too; keep it on another machine.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print the anchor as JSON.
    #[arg(long)]
    json: bool,
}

/// Writes an anchor to the instance's folder, and prints it.
pub async fn run(instance: &Instance, options: Options) -> anyhow::Result<()> {
    let store = Store::new(instance.pool("waybill-events-anchor").await?);
    let (key, data_dir) = (
        AnchorKey::new(&instance.config.secrets.data_key)?,
        &instance.config.data_dir,
    );
    let written = anchors::anchor_once(&key, &store, data_dir).await?;
    let anchor = match written {
        Some(anchor) => Some(anchor),
        // Nothing was recorded since the last one.
        None => anchors::known(&key, data_dir)?.pop(),
    };
    let anchor = anchor.ok_or_else(|| Failure::BadInput("the log has no event to anchor".to_owned()))?;
    if let Some(file) = &options.out {
        anchors::append(file, &anchor).map_err(Failure::Output)?;
    }
    if options.json {
        outln!("{}", serde_json::to_string_pretty(&anchor)?);
    } else {
        outln!("Position {} is anchored: {}.", anchor.position, anchor.digest);
    }
    Ok(())
}
