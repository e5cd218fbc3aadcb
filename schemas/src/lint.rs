//! Compares the schemas of the event types in the code with the committed ones.

use std::collections::{BTreeMap, BTreeSet};

use domain::Event;
use schemars::Schema;
use serde::Serialize;
use serde_json::Value;

mod widening;

use self::widening::obstacles;
use crate::upcast::has_upcaster;

/// Committed schemas, by the event type's name and schema version.
pub type Committed = BTreeMap<(String, u16), Value>;

/// What can be said of one version of an event type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The committed schema is that of the code.
    Unchanged,
    /// The type or version is not committed yet.
    New,
    /// Every payload of this version is valid in the next one.
    Compatible,
    /// An upcaster converts payloads of this version to the next one.
    Upcast,
    /// Stored events of this version could not be read, or a published version has changed.
    Incompatible,
}

/// The verdict on one version of an event type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The event type.
    pub event_type: String,
    /// The schema version.
    pub schema_version: u16,
    /// The verdict.
    pub verdict: Verdict,
    /// Why, in sentences.
    pub reasons: Vec<String>,
}

/// Compares every event type, in each of its versions, with the committed schemas.
pub fn lint(committed: &Committed) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut known = BTreeSet::new();
    Event::visit_schemas(&mut |event_type, schema: Schema| {
        let current = schema.as_value();
        known.insert(event_type.name);
        for version in 1..event_type.schema_version {
            let next = committed.get(&(event_type.name.to_owned(), version + 1));
            let next = if version + 1 == event_type.schema_version {
                Some(current)
            } else {
                next
            };
            let (verdict, reasons) = step(event_type.name, version, committed, next);
            findings.push(Finding::new(event_type.name, version, verdict, reasons));
        }
        let version = event_type.schema_version;
        let (verdict, reasons) = newest(committed.get(&(event_type.name.to_owned(), version)), current);
        findings.push(Finding::new(event_type.name, version, verdict, reasons));
        let newer = committed.range((event_type.name.to_owned(), version + 1)..);
        for ((name, version), _) in newer.take_while(|((name, _), _)| name == event_type.name) {
            let reason = "the code writes an older version, and stops at events of this one".to_owned();
            findings.push(Finding::new(name, *version, Verdict::Incompatible, vec![reason]));
        }
    });
    for (name, version) in committed
        .keys()
        .filter(|(name, _)| !known.contains(name.as_str()))
    {
        let reason = "the code has no such event type; stored events of it could not be read".to_owned();
        findings.push(Finding::new(name, *version, Verdict::Incompatible, vec![reason]));
    }
    findings
}

impl Finding {
    fn new(event_type: &str, schema_version: u16, verdict: Verdict, reasons: Vec<String>) -> Self {
        Self {
            event_type: event_type.to_owned(),
            schema_version,
            verdict,
            reasons,
        }
    }
}

/// The verdict on the version that the code writes.
fn newest(committed: Option<&Value>, current: &Value) -> (Verdict, Vec<String>) {
    match committed {
        None => (Verdict::New, Vec::new()),
        Some(committed) if committed == current => (Verdict::Unchanged, Vec::new()),
        Some(committed) => {
            let mut reasons = obstacles(committed, current);
            if reasons.is_empty() {
                reasons.push("it accepts more, or is described in other words".to_owned());
            }
            reasons.insert(
                0,
                "a published version never changes: this is the next version".to_owned(),
            );
            (Verdict::Incompatible, reasons)
        }
    }
}

/// The verdict on an older version, whose next one is `next`.
fn step(
    event_type: &str,
    version: u16,
    committed: &Committed,
    next: Option<&Value>,
) -> (Verdict, Vec<String>) {
    if has_upcaster(event_type, version.cast_signed()) {
        return (Verdict::Upcast, Vec::new());
    }
    let old = committed.get(&(event_type.to_owned(), version));
    let (Some(old), Some(next)) = (old, next) else {
        let missing = if old.is_none() { version } else { version + 1 };
        let reason = format!("the schema of version {missing} is not committed");
        return (Verdict::Incompatible, vec![reason]);
    };
    let mut reasons = obstacles(old, next);
    if reasons.is_empty() {
        return (Verdict::Compatible, reasons);
    }
    reasons.insert(0, format!("version {} needs an upcaster", version + 1));
    (Verdict::Incompatible, reasons)
}
