//! Whether the disk has room for what commands write.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::problem::{Problem, kind};

/// Seconds after which to repeat a command that was refused because the disk is full.
const RETRY_AFTER_S: u32 = 30;

/// The state of the disk. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Storage {
    is_full: Arc<AtomicBool>,
}

impl Storage {
    /// Records whether the disk is full. Returns whether that is a change.
    pub fn set_full(&self, is_full: bool) -> bool {
        self.is_full.swap(is_full, Ordering::Relaxed) != is_full
    }

    /// Whether the disk is full.
    pub fn is_full(&self) -> bool {
        self.is_full.load(Ordering::Relaxed)
    }

    /// Refuses a command while the disk is full: a database that cannot write its log stops, and reads with it.
    ///
    /// # Errors
    /// 503.
    pub fn check(&self) -> Result<(), Problem> {
        if self.is_full() {
            let detail = "The disk of the server is full. Reads go on; try again later.";
            return Err(Problem::new(&kind::STORAGE_FULL, detail).with_retry_after(RETRY_AFTER_S));
        }
        Ok(())
    }
}
