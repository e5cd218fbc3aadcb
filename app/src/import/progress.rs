//! Shows an import's progress on standard error: a bar on a terminal, a plain line every few seconds elsewhere.

use std::cell::{Cell, RefCell};
use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use importer::Progress;
use indicatif::ProgressBar;

use crate::progress;

/// The interval between two plain lines.
const LINE_INTERVAL: Duration = Duration::from_secs(5);

/// Shows the progress of an import or of the demo.
#[derive(Debug, Default)]
pub struct TerminalProgress(RefCell<Option<Counter>>);

impl Progress for TerminalProgress {
    fn stage(&self, name: &str) {
        note!("{name}");
    }

    fn start(&self, done: usize, total: usize) {
        *self.0.borrow_mut() = Some(Counter::start(done, total));
    }

    fn step(&self) {
        if let Some(counter) = &*self.0.borrow() {
            counter.step();
        }
    }

    fn finish(&self) {
        if let Some(counter) = &*self.0.borrow() {
            counter.finish();
        }
    }
}

/// Counts orders.
#[derive(Debug)]
struct Counter {
    bar: Option<ProgressBar>,
    before: usize,
    total: usize,
    done: Cell<usize>,
    started: Instant,
    line_at: Cell<Instant>,
}

impl Counter {
    fn start(before: usize, total: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = progress::bar("orders");
            bar.set_length(total as u64);
            bar.set_position(before as u64);
            bar.reset_eta();
            bar
        });
        let now = Instant::now();
        Self {
            bar,
            before,
            total,
            done: Cell::new(before),
            started: now,
            line_at: Cell::new(now),
        }
    }

    fn step(&self) {
        self.done.set(self.done.get() + 1);
        match &self.bar {
            Some(bar) => bar.inc(1),
            None if self.line_at.get().elapsed() >= LINE_INTERVAL && self.done.get() < self.total => {
                self.line_at.set(Instant::now());
                note!("{}", self.line());
            }
            None => {}
        }
    }

    fn finish(&self) {
        match &self.bar {
            Some(bar) => bar.finish(),
            None => note!("{}", self.line()),
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a few million orders at most, shown in whole numbers"
    )]
    fn line(&self) -> String {
        let done = self.done.get();
        let seconds = self.started.elapsed().as_secs_f64();
        let speed = (done - self.before) as f64 / seconds.max(0.001);
        let left = (self.total - done) as f64 / speed.max(0.001);
        let left = if done == self.total || speed < 0.001 {
            String::new()
        } else {
            format!(", {left:.0} s left")
        };
        format!("{done} of {} orders, {speed:.0} orders/s{left}", self.total)
    }
}
