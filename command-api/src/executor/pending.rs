//! The batch that is decided and waits for its append.

use std::collections::HashSet;

use event_store::Append;

use super::batch_decision::{BatchDecision, Decision};
use super::{Options, Waiting};
use crate::metrics::CommandSpan;

/// Decided commands, with the append of each.
#[derive(Default)]
pub(super) struct DecidedBatch {
    pub(super) appends: Vec<Append>,
    /// One element for each of `appends`.
    pub(super) waiting: Vec<(Waiting, Decision)>,
}

impl DecidedBatch {
    /// The measurements of the commands.
    pub(super) fn spans(&self) -> impl Iterator<Item = &CommandSpan> {
        self.waiting.iter().map(|(waiting, _)| &waiting.span)
    }

    /// The commands, without their decisions.
    pub(super) fn into_waiting(self) -> impl Iterator<Item = Waiting> {
        self.waiting.into_iter().map(|(waiting, _)| waiting)
    }
}

/// The batch that grows while the previous one commits.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) batch_decision: BatchDecision,
    pub(super) batch: DecidedBatch,
    /// Commands that have to wait for the next batch.
    pub(super) deferred: Vec<Waiting>,
    /// Whether it accepts no further command.
    pub(super) is_closed: bool,
    keys: HashSet<String>,
    events_len: usize,
}

impl Pending {
    pub(super) fn is_empty(&self) -> bool {
        self.batch.appends.is_empty()
    }

    /// The number of further commands that fit.
    pub(super) fn room(&self, options: &Options) -> usize {
        if self.is_closed || self.events_len >= options.batch_events_max {
            return 0;
        }
        options
            .batch_commands_max
            .saturating_sub(self.batch.appends.len())
    }

    /// Adds an idempotency key. Returns whether it is new to the batch.
    pub(super) fn claim_key(&mut self, key: String) -> bool {
        self.keys.insert(key)
    }

    pub(super) fn push(&mut self, waiting: Waiting, append: Append, decision: Decision) {
        self.events_len += append.events.len();
        self.batch.appends.push(append);
        self.batch.waiting.push((waiting, decision));
    }

    /// Defers a command to the next batch.
    pub(super) fn defer(&mut self, waiting: Waiting) {
        self.deferred.push(waiting);
    }
}
