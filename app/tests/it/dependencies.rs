//! Compares the dependencies of the crates with the code map in ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

use crate::house_rules::sources;

/// External crates that must not be reached from a crate, because of what the crate promises.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "domain",
        &["tokio", "sqlx", "actix-web", "rdkafka", "rand", "serde_json"],
    ),
    ("schemas", &["tokio", "sqlx", "actix-web", "rdkafka", "rand"]),
    ("realtime", &["sqlx"]),
];

fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap();
    metadata
        .packages
        .iter()
        .map(|package| {
            let names = package
                .dependencies
                .iter()
                .filter(|dependency| dependency.kind == DependencyKind::Normal)
                .map(|dependency| dependency.name.clone())
                .collect();
            (package.name.to_string(), names)
        })
        .collect()
}

/// The words in backquotes.
fn quoted(text: &str) -> BTreeSet<String> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .flat_map(str::split_whitespace)
        .map(str::to_owned)
        .collect()
}

/// The crates of the code map, each with the crates that its code may depend on. Tests may use more.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ARCHITECTURE.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (_, map) = text.split_once("| folder | contents | may depend on |").unwrap();
    let rows: Vec<[&str; 2]> = map
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
            [cells[0], cells[2]]
        })
        .collect();
    let folders: BTreeSet<String> = rows.iter().flat_map(|[folder, _]| quoted(folder)).collect();
    rows.iter()
        .map(|[folder, may]| {
            let may = match may.trim().strip_prefix("all except") {
                Some(except) => folders.difference(&quoted(except)).cloned().collect(),
                None => quoted(may),
            };
            (quoted(folder).pop_first().unwrap(), may)
        })
        .filter(|(folder, _)| folder != "web")
        .collect()
}

#[test]
fn crates_depend_only_on_what_the_architecture_allows() {
    let (found, allowed) = (dependencies(), allowed());
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        allowed.keys().collect::<Vec<_>>(),
        "crates of the workspace, and of the code map"
    );
    for (name, found) in &found {
        let internal = found
            .iter()
            .filter(|dependency| allowed.contains_key(*dependency));
        let more: Vec<_> = internal
            .filter(|dependency| !allowed[name].contains(*dependency))
            .collect();
        assert!(more.is_empty(), "{name} must not depend on {more:?}");
    }
}

#[test]
fn the_query_side_uses_nothing_of_the_projector_but_the_past() {
    let sources = sources::read(|path| path.starts_with("query-api/src/"));
    let mut uses = 0;
    for (path, text) in sources {
        for (at, name) in text.match_indices("projector::") {
            let used = &text[at + name.len()..];
            assert!(used.starts_with("past"), "{path}: projector::{used:.20}");
            uses += 1;
        }
    }
    assert!(uses > 0);
}

#[test]
fn crates_do_not_reach_forbidden_dependencies() {
    let dependencies = dependencies();
    for (name, forbidden) in FORBIDDEN {
        let found: Vec<_> = forbidden
            .iter()
            .filter(|dependency| dependencies[*name].contains(**dependency))
            .collect();
        assert!(found.is_empty(), "{name} must not depend on {found:?}");
    }
}
