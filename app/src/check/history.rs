//! I1: acknowledged commands are stored once, refused ones are not, and unknown ones are stored completely or not at
//! all.
//!
//! A history consists of JSON lines `{"key":…,"outcome":"ok"|"fail"|"info","position":…}`: the idempotency key that a
//! driver sent, the answer it received, and the position for an `ok`. A key may occur on several lines, because a
//! command with unknown outcome is sent again. Other fields, and lines with other outcomes, are ignored.

use std::collections::{BTreeSet, HashMap};
use std::io::BufRead as _;
use std::path::Path;

use event_store::Store;
use futures_util::TryStreamExt as _;
use serde::Deserialize;

use super::verdict::Verdict;
use crate::exit::Failure;

/// The longest history, in lines.
const LINES_MAX: usize = 10_000_000;

/// The answers a driver received, by key.
pub(super) type History = HashMap<String, Told>;

/// The answer a driver received to one command.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// The positions in its acknowledgements.
    acknowledged: BTreeSet<Option<i64>>,
    refused: bool,
}

#[derive(Deserialize)]
struct Line {
    key: Option<String>,
    outcome: Option<String>,
    position: Option<i64>,
}

/// Reads a history file.
pub(super) fn read(path: &Path) -> Result<History, Failure> {
    let unreadable =
        |error: std::io::Error| Failure::MissingFile(format!("{} cannot be read: {error}", path.display()));
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut history = History::new();
    for (number, line) in (1_usize..).zip(std::io::BufReader::new(file).lines()) {
        let bad = |what: &dyn std::fmt::Display| {
            Failure::BadInput(format!("{}, line {number}: {what}", path.display()))
        };
        let line = line.map_err(|error| bad(&error))?;
        if number > LINES_MAX {
            return Err(bad(&format!("there are more than {LINES_MAX} lines")));
        }
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&line).map_err(|error| bad(&error))?;
        take(&mut history, line);
    }
    Ok(history)
}

fn take(history: &mut History, line: Line) {
    let (Some(key), Some(outcome)) = (line.key, line.outcome) else {
        return;
    };
    if !matches!(outcome.as_str(), "ok" | "fail" | "info") {
        return;
    }
    let told = history.entry(key).or_default();
    match outcome.as_str() {
        "ok" => drop(told.acknowledged.insert(line.position)),
        "fail" => told.refused = true,
        _ => {}
    }
}

pub(super) async fn check(store: &Store, history: Option<History>) -> anyhow::Result<Verdict> {
    let mut verdict = Verdict::new("I1", "acknowledged is stored once, refused is not");
    let Some(history) = history else {
        return Ok(verdict.skipped("no history was given"));
    };
    let stored = stored(store, &history).await?;
    let ends = ends(store, stored.values().flatten().copied().collect()).await?;
    for (key, told) in &history {
        let stored = stored.get(key.as_str()).map_or(&[][..], Vec::as_slice);
        if let Some(finding) = judge(told, stored) {
            verdict.find(format!("{key}: {finding}"));
        }
        for position in stored.iter().filter(|position| !ends.contains(position)) {
            verdict.find(format!("{key}: its events do not end at position {position}"));
        }
    }
    Ok(verdict.on(format!("{} commands", history.len())))
}

/// Returns what is wrong with a command, if anything.
fn judge(told: &Told, stored: &[i64]) -> Option<String> {
    if told.acknowledged.len() > 1 {
        return Some(format!(
            "it was acknowledged with different positions: {:?}",
            told.acknowledged
        ));
    }
    match (told.acknowledged.first(), stored) {
        (Some(_), []) => Some("it was acknowledged and is not stored".to_owned()),
        (Some(Some(position)), stored) if !stored.contains(position) => Some(format!(
            "it was acknowledged at position {position} and is stored at {stored:?}"
        )),
        (Some(_), _) if told.refused => Some("it was acknowledged and refused".to_owned()),
        (None, [_, ..]) if told.refused => Some("it was refused and is stored".to_owned()),
        (None, [_, _, ..]) => Some(format!("it is stored more than once, at {stored:?}")),
        _ => None,
    }
}

/// Finds where the history's commands are stored. The store prefixes each key with its owner's scope, which the driver
/// may not know.
async fn stored<'h>(store: &Store, history: &'h History) -> anyhow::Result<HashMap<&'h str, Vec<i64>>> {
    let mut stored: HashMap<&str, Vec<i64>> = HashMap::new();
    let mut rows =
        sqlx::query!("SELECT idempotency_key, position FROM event_store.commands").fetch(store.pool());
    while let Some(row) = rows.try_next().await? {
        let known = forms(&row.idempotency_key).find_map(|key| history.get_key_value(key));
        if let Some((key, _)) = known {
            stored.entry(key).or_default().push(row.position);
        }
    }
    Ok(stored)
}

/// The names that a driver may use for a stored key: the whole key, and each suffix after a slash, since a scope
/// contains slashes too (`account/…`).
fn forms(stored: &str) -> impl Iterator<Item = &str> {
    let behind = stored.match_indices('/').map(|(index, _)| &stored[index + 1..]);
    std::iter::once(stored).chain(behind)
}

/// Selects the `positions` that are the last of a command's events.
async fn ends(store: &Store, positions: Vec<i64>) -> anyhow::Result<BTreeSet<i64>> {
    let ends = sqlx::query_scalar!(
        r#"SELECT e.position AS "position!"
           FROM event_store.events AS e
           LEFT JOIN event_store.events AS next ON next.position = e.position + 1
           WHERE e.position = ANY ($1)
             AND (next.position IS NULL OR next.metadata ->> 'command_id' <> e.metadata ->> 'command_id')"#,
        &positions
    )
    .fetch_all(store.pool())
    .await?;
    Ok(ends.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::{History, Line, judge, take};

    fn history(lines: &str) -> History {
        let mut history = History::new();
        for line in lines.lines() {
            take(&mut history, serde_json::from_str::<Line>(line).unwrap());
        }
        history
    }

    fn judged(lines: &str, stored: &[i64]) -> Option<String> {
        judge(&history(lines)["k"], stored)
    }

    #[test]
    fn an_acknowledged_command_is_stored_at_its_position() {
        let ok = r#"{"key":"k","outcome":"ok","position":7}"#;
        assert_eq!(judged(ok, &[7]), None);
        assert_eq!(
            judged(ok, &[7, 9]),
            None,
            "another owner's command may have the same key"
        );
        assert!(judged(ok, &[]).is_some());
        assert!(judged(ok, &[8]).is_some());
        let twice = format!("{ok}\n{}", r#"{"key":"k","outcome":"ok","position":8}"#);
        assert!(judged(&twice, &[7]).is_some());
        assert_eq!(judged(r#"{"key":"k","outcome":"ok"}"#, &[7]), None);
    }

    #[test]
    fn a_refused_command_is_not_stored() {
        let fail = r#"{"key":"k","outcome":"fail"}"#;
        assert_eq!(judged(fail, &[]), None);
        assert!(judged(fail, &[7]).is_some());
        assert!(
            judged(
                &format!("{fail}\n{}", r#"{"key":"k","outcome":"ok","position":7}"#),
                &[7]
            )
            .is_some()
        );
    }

    #[test]
    fn a_command_with_unknown_outcome_is_stored_at_most_once() {
        let info = r#"{"key":"k","outcome":"info"}"#;
        assert_eq!(judged(info, &[]), None);
        assert_eq!(judged(info, &[7]), None);
        assert!(judged(info, &[7, 8]).is_some());
        assert_eq!(
            judged(
                &format!("{info}\n{}", r#"{"key":"k","outcome":"ok","position":7}"#),
                &[7]
            ),
            None
        );
    }

    #[test]
    fn a_key_is_recognised_with_and_without_its_scope() {
        let forms: Vec<&str> = super::forms("account/7/receipt/1").collect();
        assert_eq!(forms, ["account/7/receipt/1", "7/receipt/1", "receipt/1", "1"]);
    }

    #[test]
    fn other_lines_are_ignored() {
        assert!(history(r#"{"key":"k","outcome":"invoke"}"#).is_empty());
        assert!(history(r#"{"fault":"kill -9","at":"relay"}"#).is_empty());
    }
}
