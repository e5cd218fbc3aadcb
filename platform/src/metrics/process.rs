//! Resource usage of the process.

use super::Gauge;

/// Bytes of a memory page on every Linux platform that Waybill is built for.
const PAGE_BYTES: f64 = 4096.0;

crate::metrics! {
    static RESIDENT_MEMORY: Gauge = Gauge::new(
        "waybill_process_resident_memory_bytes",
        "Resident memory of the process (RSS).",
    );
    static OPEN_FILES: Gauge = Gauge::new(
        "waybill_process_open_fds",
        "Open file descriptors of the process, including connections.",
    );
}

/// Reads the resource usage of the process from `/proc`.
pub(super) fn sample() {
    let resident_pages = std::fs::read_to_string("/proc/self/statm")
        .ok()
        .and_then(|text| text.split(' ').nth(1)?.parse::<u32>().ok());
    if let Some(pages) = resident_pages {
        RESIDENT_MEMORY.set(f64::from(pages) * PAGE_BYTES);
    }
    if let Ok(files) = std::fs::read_dir("/proc/self/fd") {
        let count = u32::try_from(files.count()).unwrap_or(u32::MAX);
        OPEN_FILES.set(f64::from(count));
    }
}
