//! How far the import is: a bar on a terminal, a plain line every few seconds elsewhere.

use std::cell::Cell;
use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

/// Between two plain lines.
const LINES_EVERY: Duration = Duration::from_secs(5);

/// Counts orders.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    before: usize,
    total: usize,
    done: Cell<usize>,
    started: Instant,
    told: Cell<Instant>,
}

impl Progress {
    /// `before` of `total` orders were done before.
    pub fn start(before: usize, total: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = crate::progress::bar("orders");
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
            told: Cell::new(now),
        }
    }

    /// One more is done.
    pub fn step(&self) {
        self.done.set(self.done.get() + 1);
        match &self.bar {
            Some(bar) => bar.inc(1),
            None if self.told.get().elapsed() >= LINES_EVERY && self.done.get() < self.total => {
                self.told.set(Instant::now());
                eprintln!("{}", self.line());
            }
            None => {}
        }
    }

    /// Nothing is left to do.
    pub fn finish(&self) {
        match &self.bar {
            Some(bar) => bar.finish(),
            None => eprintln!("{}", self.line()),
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a few million orders at most, told in whole numbers"
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
