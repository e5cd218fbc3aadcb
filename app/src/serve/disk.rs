//! Watches the disk of the instance's folder.

use std::path::Path;
use std::time::Duration;

use platform::config::Config;
use platform::shutdown::Shutdown;
use platform::storage::Storage;

/// How often the free space is read.
const INTERVAL: Duration = Duration::from_secs(1);
/// Bytes per megabyte.
const MEGABYTE: u64 = 1024 * 1024;

/// Starts watching. Commands are refused while less is free than configured.
pub(super) fn watch(config: &Config, shutdown: &Shutdown) -> Storage {
    let (folder, min_mb) = (config.data_dir.clone(), config.limits.free_disk_min_mb);
    let (storage, stopping) = (Storage::default(), shutdown.clone());
    let watched = storage.clone();
    shutdown.spawn("disk space", async move {
        loop {
            look(&folder, min_mb, &watched);
            tokio::select! {
                () = stopping.begun() => return,
                () = tokio::time::sleep(INTERVAL) => {}
            }
        }
    });
    storage
}

fn look(folder: &Path, min_mb: u64, storage: &Storage) {
    let free_mb = match free_bytes(folder) {
        Ok(free_bytes) => free_bytes / MEGABYTE,
        Err(error) => {
            tracing::debug!(%error, "The free space of the disk cannot be read.");
            return;
        }
    };
    let is_full = free_mb < min_mb;
    if !storage.set_full(is_full) {
        return;
    }
    if is_full {
        tracing::error!(free_mb, min_mb, "The disk is nearly full: commands are refused.");
    } else {
        tracing::info!(free_mb, "The disk has room again: commands are accepted.");
    }
}

/// The free space of the disk that `folder` is on, in bytes.
pub fn free_bytes(folder: &Path) -> std::io::Result<u64> {
    Ok(space(folder)?.free_bytes)
}

/// A disk.
#[derive(Debug, Clone, Copy)]
pub struct Space {
    /// Free space, in bytes.
    pub free_bytes: u64,
    /// Its size, in bytes.
    pub total_bytes: u64,
}

/// The space of the disk that `folder` is on.
pub fn space(folder: &Path) -> std::io::Result<Space> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(Space {
        free_bytes: disk.f_bavail.saturating_mul(disk.f_frsize),
        total_bytes: disk.f_blocks.saturating_mul(disk.f_frsize),
    })
}
