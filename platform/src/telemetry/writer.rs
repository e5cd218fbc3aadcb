//! Writes log lines to standard error, as long as that works: a closed pipe or a full disk must not stop the service.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::metrics::Counter;

crate::metrics! {
    static DROPPED: Counter = Counter::new(
        "waybill_log_lines_dropped_total",
        "Log lines that could not be written to standard error.",
    );
}

/// Whether a part of a line was written last: a disk that fills up cuts a line off.
static IS_TORN: AtomicBool = AtomicBool::new(false);

/// Writes one log line. Never fails: what cannot be written is dropped and counted.
#[derive(Debug, Default)]
pub(super) struct LogWriter;

impl Write for LogWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if write_line(&mut io::stderr().lock(), &IS_TORN, line).is_err() {
            DROPPED.increment(1);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a line, on a line of its own even if the one before was cut off.
fn write_line(output: &mut impl Write, is_torn: &AtomicBool, line: &[u8]) -> io::Result<()> {
    if is_torn.load(Ordering::Relaxed) {
        output.write_all(b"\n")?;
    }
    // Until the whole line is written.
    is_torn.store(true, Ordering::Relaxed);
    output.write_all(line)?;
    is_torn.store(false, Ordering::Relaxed);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk with room for this many more bytes.
    #[derive(Default)]
    struct Disk {
        bytes: Vec<u8>,
        free_len: usize,
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let len = bytes.len().min(self.free_len);
            if len == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.free_len -= len;
            self.bytes.extend_from_slice(&bytes[..len]);
            Ok(len)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_after_one_that_was_cut_off_is_a_line_of_its_own() {
        let (mut disk, is_torn) = (Disk::default(), AtomicBool::new(false));
        disk.free_len = 8;
        let outcomes =
            [b"one\n", b"two\n", b"odd\n"].map(|line| write_line(&mut disk, &is_torn, line).is_ok());
        assert_eq!(outcomes, [true, true, false]);
        disk.free_len = 2;
        assert!(write_line(&mut disk, &is_torn, b"three\n").is_err());
        disk.free_len = 100;
        for line in [b"four\n", b"five\n"] {
            write_line(&mut disk, &is_torn, line).unwrap();
        }
        assert_eq!(
            String::from_utf8(disk.bytes).unwrap(),
            "one\ntwo\n\nt\nfour\nfive\n"
        );
    }
}
