//! Writes log lines to standard error, as long as that works: a closed pipe or a full disk must not stop the service.

use std::io;

use crate::metrics::Counter;

crate::metrics! {
    static DROPPED: Counter = Counter::new(
        "waybill_log_lines_dropped_total",
        "Log lines that could not be written to standard error.",
    );
}

/// Writes one log line. Never fails: what cannot be written is dropped and counted.
#[derive(Debug, Default)]
pub(super) struct LogWriter;

impl io::Write for LogWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if io::Write::write_all(&mut io::stderr(), line).is_err() {
            DROPPED.increment(1);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
