//! CPU and memory of an instance's processes, from `/proc`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::Serialize;

/// `sysconf(_SC_CLK_TCK)` on Linux, independent of the kernel's own tick.
const TICKS_PER_S: f64 = 100.0;

/// Resource usage of a group of processes between two readings.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Usage {
    /// The group's name.
    pub(crate) name: String,
    /// CPU time per elapsed time, in percent of one core.
    pub(crate) cpu_percent: f64,
    /// Private memory in MiB: resident minus shared.
    pub(crate) memory_mib: f64,
}

/// The processes of an instance, and of the bench itself.
#[derive(Debug)]
pub(crate) struct Watch {
    started: Instant,
    /// Root process, and the ticks used by it and its children, by group name.
    groups: BTreeMap<String, (u32, BTreeMap<u32, f64>)>,
}

impl Watch {
    /// Starts the measurement.
    pub(crate) fn start(data_dir: &Path) -> Self {
        let pid_files = [
            ("waybill", "waybill.pid"),
            ("postgres", "postgres/postmaster.pid"),
            ("kafka", "kafka/kafka.pid"),
        ];
        let mut groups = BTreeMap::from([("bench".to_owned(), std::process::id())]);
        for (name, file) in pid_files {
            let text = fs::read_to_string(data_dir.join(file)).unwrap_or_default();
            if let Some(pid) = text.lines().next().and_then(|line| line.trim().parse().ok()) {
                groups.insert(name.to_owned(), pid);
            }
        }
        let ticks_so_far = |root| {
            family(root)
                .map(|pid| (pid, ticks(pid).unwrap_or_default()))
                .collect()
        };
        Self {
            started: Instant::now(),
            groups: groups
                .into_iter()
                .map(|(name, root)| (name, (root, ticks_so_far(root))))
                .collect(),
        }
    }

    /// The usage since the start.
    pub(crate) fn usage(&self) -> Vec<Usage> {
        let seconds = self.started.elapsed().max(Duration::from_millis(1)).as_secs_f64();
        self.groups
            .iter()
            .map(|(name, (root, before))| {
                // The usage of a child that has ended in the meantime is unknown.
                let used = |pid: u32| ticks(pid).unwrap_or_default() - before.get(&pid).unwrap_or(&0.0);
                let ticks: f64 = family(*root).map(used).sum();
                Usage {
                    name: name.clone(),
                    cpu_percent: ticks / TICKS_PER_S / seconds * 100.0,
                    memory_mib: family(*root).filter_map(memory_mib).sum(),
                }
            })
            .collect()
    }
}

/// A process and its children (Postgres has one for each connection).
fn family(root: u32) -> impl Iterator<Item = u32> {
    let children = fs::read_to_string(format!("/proc/{root}/task/{root}/children")).unwrap_or_default();
    let children: Vec<u32> = children
        .split_whitespace()
        .filter_map(|child| child.parse().ok())
        .collect();
    std::iter::once(root).chain(children)
}

/// Fields 14 and 15 of `/proc/PID/stat`: user and system time (proc(5)).
fn ticks(pid: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let mut fields = after_name.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

/// Resident memory minus shared (`RssAnon` of `/proc/PID/status`).
fn memory_mib(pid: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("RssAnon:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}

/// Lets [`memory_peak_mib`] count from now on (proc(5), `clear_refs`).
pub(crate) fn forget_memory_peak() {
    if let Err(error) = fs::write("/proc/self/clear_refs", "5") {
        note!("waybill bench: the peak of memory includes the making of the log: {error}");
    }
}

/// The most resident memory of this process in MiB.
pub(crate) fn memory_peak_mib() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}
