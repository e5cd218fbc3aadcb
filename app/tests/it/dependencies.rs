//! ARCHITECTURE.md says which crate may depend on which; this holds the table against the workspace. And what is
//! built into the program is licensed so that it may be.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};
use spdx::{Expression, ParseMode};

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
    ("bench", &["event-store"]),
    ("testkit", &[]),
    (
        "app",
        &[
            "bench",
            "command-api",
            "domain",
            "event-store",
            "platform",
            "projector",
            "query-api",
            "realtime",
            "schemas",
        ],
    ),
];

/// External crates that must not be reached from a crate, because of what the crate promises.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "domain",
        &["tokio", "sqlx", "actix-web", "rdkafka", "rand", "serde_json"],
    ),
    ("schemas", &["tokio", "sqlx", "actix-web", "rdkafka", "rand"]),
    ("realtime", &["sqlx"]),
];

/// Licences under which code of others may be part of Waybill.
const LICENCES: &[&str] = &[
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Zlib",
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
fn crates_keep_their_promises_about_what_they_cannot_do() {
    let dependencies = dependencies();
    for (name, forbidden) in FORBIDDEN {
        let found: Vec<_> = forbidden
            .iter()
            .filter(|dependency| dependencies[*name].contains(**dependency))
            .collect();
        assert!(found.is_empty(), "{name} must not depend on {found:?}");
    }
}

#[test]
fn every_dependency_is_licensed_permissively() {
    let metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .other_options(["--locked", "--filter-platform", "x86_64-unknown-linux-gnu"].map(String::from))
        .exec()
        .unwrap();
    let resolved: BTreeSet<_> = metadata
        .resolve
        .unwrap()
        .nodes
        .into_iter()
        .map(|node| node.id)
        .collect();
    let refused: Vec<_> = metadata
        .packages
        .iter()
        .filter(|package| resolved.contains(&package.id) && !may_be_used(package.license.as_deref()))
        .map(|package| (package.name.as_str(), package.license.as_deref()))
        .collect();
    assert!(resolved.len() > 100, "{} packages", resolved.len());
    assert_eq!(refused, []);
}

#[test]
fn a_licence_that_is_not_permissive_is_noticed() {
    assert!(may_be_used(Some("GPL-2.0-only OR MIT/Apache-2.0")));
    assert!(!may_be_used(Some("MIT AND GPL-3.0-only")));
    assert!(!may_be_used(None));
}

/// Whether one of the choices that a package's licence leaves is among ours.
fn may_be_used(licence: Option<&str>) -> bool {
    let Some(licence) = licence else { return false };
    let expression = Expression::parse_mode(licence, ParseMode::LAX).unwrap();
    expression.evaluate(|required| {
        required
            .license
            .id()
            .is_some_and(|id| LICENCES.contains(&id.name))
    })
}
