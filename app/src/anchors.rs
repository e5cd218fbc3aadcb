//! Anchors of the log in the instance's folder, outside of the database: `anchors/anchors.jsonl`, one per line, only ever
//! appended to.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use event_store::Store;
use event_store::anchor::{Anchor, AnchorKey};
use platform::config::Config;
use platform::shutdown::Shutdown;

use crate::exit::Failure;

/// The file of an instance's anchors.
pub fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("anchors").join("anchors.jsonl")
}

/// Reads the anchors of a file.
///
/// # Errors
/// When the file cannot be read, or a line of it is damaged.
pub fn read(key: &AnchorKey, file: &Path) -> Result<Vec<Anchor>, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::MissingFile(format!("there is no file {}", file.display())),
        _ => Failure::BadInput(format!("{} cannot be read: {error}", file.display())),
    })?;
    let mut anchors = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let anchor = key.read(line).map_err(|damage| {
            Failure::BadInput(format!(
                "the anchor in {}, line {number}, is damaged: {damage}",
                file.display()
            ))
        })?;
        anchors.push(anchor);
    }
    if anchors.is_empty() {
        return Err(Failure::BadInput(format!("{} has no anchor", file.display())));
    }
    Ok(anchors)
}

/// Reads the anchors of an instance; none if it has not written any.
///
/// # Errors
/// As [`read`].
pub fn known(key: &AnchorKey, data_dir: &Path) -> Result<Vec<Anchor>, Failure> {
    match read(key, &file(data_dir)) {
        Err(Failure::MissingFile(_)) => Ok(Vec::new()),
        read => read,
    }
}

/// Appends an anchor to a file, and waits until it is on the disk.
///
/// # Errors
/// When the file cannot be written.
pub fn append(file: &Path, anchor: &Anchor) -> io::Result<()> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut line = serde_json::to_string(anchor)?;
    line.push('\n');
    let mut file = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(file)?;
    file.write_all(line.as_bytes())?;
    file.sync_all()
}

/// Anchors the log at the start and then every `limits.anchor_every_min` minutes, if anything was recorded.
pub async fn keep(config: Config, store: Store, shutdown: Shutdown) {
    let interval = Duration::from_mins(config.limits.anchor_every_min.into());
    let key = match AnchorKey::new(&config.secrets.data_key) {
        Ok(key) => key,
        Err(error) => {
            tracing::error!(%error, "The log is not anchored.");
            return;
        }
    };
    loop {
        if let Err(error) = anchor_once(&key, &store, &config.data_dir).await {
            tracing::error!(error = format!("{error:#}"), "The log could not be anchored.");
        }
        tokio::select! {
            () = tokio::time::sleep(interval) => {}
            () = shutdown.begun() => return,
        }
    }
}

/// Writes an anchor of the log as it is now to the instance's folder; none if nothing was recorded since the last one.
///
/// # Errors
/// When the log or the file cannot be read or written.
pub async fn anchor_once(key: &AnchorKey, store: &Store, data_dir: &Path) -> anyhow::Result<Option<Anchor>> {
    let last = known(key, data_dir)?.pop();
    let anchor = store.anchor(key, last.as_ref()).await?;
    if let Some(anchor) = &anchor {
        append(&file(data_dir), anchor).map_err(Failure::Output)?;
    }
    Ok(anchor)
}
