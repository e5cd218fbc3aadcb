//! The result of checking one invariant.

use std::fmt::Write as _;

use serde::Serialize;

/// Limit of findings reported; further ones are only counted.
const FINDINGS_MAX: usize = 20;

/// Whether the invariant holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Held,
    Failed,
    /// It cannot be determined now; no violation was found.
    Inconclusive,
    /// There is no data to check.
    Skipped,
}

/// The result of checking one invariant.
#[derive(Debug, Serialize)]
pub(super) struct Verdict {
    invariant: &'static str,
    name: &'static str,
    status: Status,
    detail: String,
    finding_count: usize,
    findings: Vec<String>,
}

impl Verdict {
    /// Starts as passed, until a violation is found.
    pub(super) fn new(invariant: &'static str, name: &'static str) -> Self {
        Self {
            invariant,
            name,
            status: Status::Held,
            detail: String::new(),
            finding_count: 0,
            findings: Vec::new(),
        }
    }

    /// Marks the check as skipped, for this reason.
    pub(super) fn skipped(mut self, reason: &str) -> Self {
        self.status = Status::Skipped;
        reason.clone_into(&mut self.detail);
        self
    }

    /// Records that a part cannot be determined now.
    pub(super) fn cannot_determine(&mut self, reason: impl Into<String>) {
        if self.status == Status::Held {
            self.status = Status::Inconclusive;
        }
        self.list(reason.into());
    }

    /// Adds what was checked.
    pub(super) fn on(mut self, detail: String) -> Self {
        self.detail = detail;
        self
    }

    /// Records a violation.
    pub(super) fn find(&mut self, finding: impl Into<String>) {
        self.status = Status::Failed;
        self.list(finding.into());
    }

    fn list(&mut self, finding: String) {
        self.finding_count += 1;
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(finding);
        }
    }

    /// Counts findings beyond the reported ones.
    pub(super) fn count_untold(&mut self, count: usize) {
        if count > 0 {
            self.status = Status::Failed;
            self.finding_count += count;
        }
    }

    /// Whether a violation was found.
    pub(super) fn is_failed(&self) -> bool {
        self.status == Status::Failed
    }

    /// Whether a part could not be determined, and no violation was found.
    pub(super) fn is_inconclusive(&self) -> bool {
        self.status == Status::Inconclusive
    }
}

/// Formats the verdicts for people.
pub(super) fn table(verdicts: &[Verdict]) -> String {
    let mut text = String::new();
    for verdict in verdicts {
        let status = match verdict.status {
            Status::Held => "ok",
            Status::Failed => "FAILED",
            Status::Inconclusive => "unclear",
            Status::Skipped => "-",
        };
        let Verdict {
            invariant,
            name,
            detail,
            ..
        } = verdict;
        let _never_fails = writeln!(text, "{invariant}  {status:<7} {name:<52} {detail}");
        for finding in &verdict.findings {
            let _never_fails = writeln!(text, "      {finding}");
        }
        let untold = verdict.finding_count - verdict.findings.len();
        if untold > 0 {
            let _never_fails = writeln!(text, "      and {untold} more");
        }
    }
    text
}
