//! ARCHITECTURE.md states which crates may depend on which; this test compares the table with the workspace.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Internal dependencies that a crate's code may have. Tests may use more.
const ALLOWED: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("schemas", &["domain"]),
    ("platform", &[]),
    ("event-store", &["schemas", "platform"]),
    ("command-api", &["domain", "schemas", "event-store", "platform"]),
    ("projector", &["domain", "schemas", "event-store", "platform"]),
    ("query-api", &["domain", "schemas", "event-store", "platform"]),
    ("realtime", &["schemas", "platform"]),
    (
        "importer",
        &["domain", "schemas", "event-store", "platform", "command-api"],
    ),
    ("bench", &["event-store"]),
    ("testkit", &[]),
    (
        "fixtures",
        &["domain", "schemas", "event-store", "projector", "testkit"],
    ),
    (
        "app",
        &[
            "bench",
            "command-api",
            "domain",
            "event-store",
            "importer",
            "platform",
            "projector",
            "query-api",
            "realtime",
            "schemas",
        ],
    ),
];

/// External crates that a crate must not depend on, even indirectly, because of its invariants.
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

#[test]
fn crates_depend_only_on_what_the_architecture_allows() {
    let dependencies = dependencies();
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let known: BTreeSet<&str> = allowed.keys().copied().collect();
    assert_eq!(
        dependencies.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        known,
        "crates of the workspace"
    );
    for (name, found) in &dependencies {
        let internal: Vec<&String> = found
            .iter()
            .filter(|dependency| known.contains(dependency.as_str()))
            .filter(|dependency| !allowed[name.as_str()].contains(&dependency.as_str()))
            .collect();
        assert!(internal.is_empty(), "{name} must not depend on {internal:?}");
    }
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
