//! Golden files: stored payloads of every event type and version, in `schemas/tests/golden/{Event}.v{n}.json`.
//!
//! Each file is an array with one payload per line, byte for byte as it is stored, and must be decoded forever. The
//! payloads of a file cover every variant of every enum in them. `WAYBILL_WRITE_GOLDEN=1 cargo test -p schemas` writes
//! the missing files of the current versions; an existing file is never rewritten.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;

use domain::Event;
use domain::event::EventType;
use schemas::codec::{decode, encode};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::sample;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn file_name(event_type: &str, version: u16) -> String {
    format!("{event_type}.v{version}.json")
}

/// Iterates over each event type in each of its versions.
fn versions() -> impl Iterator<Item = (EventType, u16)> {
    Event::types()
        .flat_map(|event_type| (1..=event_type.schema_version).map(move |version| (event_type, version)))
}

fn payloads(event_type: &str, version: u16) -> Vec<Box<RawValue>> {
    let path = folder().join(file_name(event_type, version));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "{}: {error}. For a new type or version run WAYBILL_WRITE_GOLDEN=1 cargo test -p schemas and commit \
             the file.",
            path.display()
        )
    });
    serde_json::from_str(&text).unwrap()
}

fn write_missing_if_asked() {
    static WRITTEN: Once = Once::new();
    if std::env::var_os("WAYBILL_WRITE_GOLDEN").is_some() {
        WRITTEN.call_once(write_missing);
    }
}

/// Writes the missing golden files of the current versions.
fn write_missing() {
    Event::visit_schemas(&mut |event_type, schema| {
        let path = folder().join(file_name(event_type.name, event_type.schema_version));
        if path.exists() {
            return;
        }
        let version = event_type.schema_version.cast_signed();
        let stored: Vec<String> = sample::payloads(schema.as_value())
            .iter()
            .map(|payload: &Value| {
                encode(&decode(event_type.name, version, &payload.to_string()).unwrap()).payload
            })
            .collect();
        fs::write(&path, format!("[\n{}\n]\n", stored.join(",\n"))).unwrap();
    });
}

#[test]
fn every_stored_payload_is_decoded_forever() {
    write_missing_if_asked();
    for (event_type, version) in versions() {
        let payloads = payloads(event_type.name, version);
        assert!(!payloads.is_empty(), "{} has no payload", event_type.name);
        for payload in payloads {
            let event = decode(event_type.name, version.cast_signed(), payload.get())
                .unwrap_or_else(|error| panic!("{event_type:?}: {error:?}: {payload}"));
            assert_eq!(event.event_type(), event_type);
            if version == event_type.schema_version {
                assert_eq!(
                    encode(&event).payload,
                    payload.get(),
                    "{event_type:?} is stored in another shape now: that is a new version, with an upcaster"
                );
            }
        }
    }
}

#[test]
fn each_version_has_a_golden_file_and_there_is_no_other() {
    write_missing_if_asked();
    let expected: BTreeSet<String> = versions()
        .map(|(event_type, version)| file_name(event_type.name, version))
        .collect();
    let found: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn samples_cover_every_variant() {
    write_missing_if_asked();
    let payloads = payloads("OrderPlaced", 1);
    let values: Vec<Value> = payloads
        .iter()
        .map(|payload| serde_json::from_str(payload.get()).unwrap())
        .collect();
    let found = |pointer: &str| -> BTreeSet<String> {
        let present = values.iter().filter_map(|value| value.pointer(pointer));
        present.map(ToString::to_string).collect()
    };
    assert_eq!(found("/totals/currency").len(), 3);
    assert_eq!(found("/customer/kind").len(), 2);
    assert_eq!(found("/channel").len(), 2);
    assert!(values.iter().any(|value| value.get("contact").is_none()));
    assert!(values.iter().any(|value| value.get("contact").is_some()));
}
