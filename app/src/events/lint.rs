//! `waybill events lint`: compares the event schemas of this program with the committed ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use schemas::lint::{Committed, Finding, Verdict, lint};

use crate::exit::Failure;

/// Options of `events lint`.
#[derive(Debug, Args)]
pub struct Options {
    /// The folder with the committed schemas, `{Event}.v{version}.json`: of this release, or of the one before.
    #[arg(value_name = "FOLDER", default_value = "schemas/json")]
    folder: PathBuf,
    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,
}

/// Prints the findings. Fails if stored events could not be read.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let findings = lint(&read(&options.folder)?);
    if options.json {
        outln!("{}", serde_json::to_string_pretty(&findings)?);
    } else {
        print(&findings)?;
    }
    let is_compatible = findings
        .iter()
        .all(|finding| finding.verdict != Verdict::Incompatible);
    Ok(if is_compatible {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn read(folder: &Path) -> anyhow::Result<Committed> {
    let unreadable = || Failure::BadInput(format!("cannot read the folder {}", folder.display()));
    let mut committed = Committed::new();
    for entry in fs::read_dir(folder).map_err(|_| unreadable())? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let version = name.strip_suffix(".json").and_then(|name| {
            let (event_type, version) = name.rsplit_once(".v")?;
            Some((event_type.to_owned(), version.parse().ok()?))
        });
        let version = version
            .ok_or_else(|| Failure::BadInput(format!("{name} is not named {{Event}}.v{{version}}.json")))?;
        let text = fs::read_to_string(&path).with_context(|| name.clone())?;
        let schema = serde_json::from_str(&text)
            .map_err(|error| Failure::BadInput(format!("{name} is not a JSON document: {error}")))?;
        committed.insert(version, schema);
    }
    if committed.is_empty() {
        return Err(Failure::BadInput(format!("{} has no schemas", folder.display())).into());
    }
    Ok(committed)
}

/// Prints what is not unchanged, and a summary.
fn print(findings: &[Finding]) -> Result<(), Failure> {
    let count = |verdict| {
        findings
            .iter()
            .filter(|finding| finding.verdict == verdict)
            .count()
    };
    for finding in findings {
        let verdict = match finding.verdict {
            Verdict::Unchanged => continue,
            Verdict::New => "new",
            Verdict::Compatible => "compatible: each payload is valid in the next version",
            Verdict::Upcast => "upcast to the next version",
            Verdict::Incompatible => "incompatible",
        };
        outln!(
            "{} version {}: {verdict}",
            finding.event_type,
            finding.schema_version
        );
        for reason in &finding.reasons {
            outln!("  {reason}");
        }
    }
    let types: BTreeSet<&str> = findings
        .iter()
        .map(|finding| finding.event_type.as_str())
        .collect();
    outln!(
        "{} event types: {} versions unchanged, {} new, {} compatible, {} upcast, {} incompatible.",
        types.len(),
        count(Verdict::Unchanged),
        count(Verdict::New),
        count(Verdict::Compatible),
        count(Verdict::Upcast),
        count(Verdict::Incompatible)
    );
    Ok(())
}
