//! One JSON Schema per event type and version, committed in `schemas/json`.
//!
//! A published version never changes. `WAYBILL_WRITE_SCHEMAS=1 cargo test -p schemas` writes the files of new
//! types and versions; it never overwrites one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use domain::Event;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("json")
}

#[test]
fn a_published_version_never_changes() {
    let write = std::env::var_os("WAYBILL_WRITE_SCHEMAS").is_some();
    let mut wrong = Vec::new();
    Event::visit_schemas(&mut |event_type, schema| {
        let path = folder().join(file_name(event_type.name, event_type.schema_version));
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        if write && !path.exists() {
            fs::write(&path, &text).unwrap();
        }
        if fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
            wrong.push(path.file_name().unwrap().to_owned());
        }
    });
    assert!(
        wrong.is_empty(),
        "{wrong:?} differ from the code or are missing. A changed shape is a new version with an upcaster; for a \
         new type or version run WAYBILL_WRITE_SCHEMAS=1 cargo test -p schemas and commit the file."
    );
}

#[test]
fn every_version_is_kept_and_nothing_else() {
    let expected: BTreeSet<String> = Event::types()
        .flat_map(|event_type| {
            (1..=event_type.schema_version).map(move |version| file_name(event_type.name, version))
        })
        .collect();
    let found: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, expected);
}

fn file_name(event_type: &str, version: u16) -> String {
    format!("{event_type}.v{version}.json")
}
