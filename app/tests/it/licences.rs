//! Everything built into the binary or sent to browsers has a permissive licence.

use std::collections::BTreeSet;

use cargo_metadata::MetadataCommand;
use spdx::{Expression, ParseMode};

/// The licences that dependencies of Waybill may have.
const LICENCES: &[&str] = &[
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    // A dedication to the public domain, for a crate that only WebAssembly builds use.
    "CC0-1.0",
    "ISC",
    "MIT",
    // MIT without its condition, for a crate that only tests use.
    "MIT-0",
    "MPL-2.0",
    // For the typeface.
    "OFL-1.1",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[test]
fn every_crate_is_licensed_permissively() {
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
fn everything_sent_to_browsers_is_licensed_permissively() {
    let lock =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../web/package-lock.json")).unwrap();
    let lock: serde_json::Value = serde_json::from_str(&lock).unwrap();
    let sent: Vec<_> = lock["packages"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(path, package)| !path.is_empty() && package["dev"] != true)
        .map(|(path, package)| (path.as_str(), package["license"].as_str()))
        .collect();
    let refused: Vec<_> = sent
        .iter()
        .filter(|(_, licence)| !may_be_used(*licence))
        .collect();
    assert!(sent.len() > 10, "{} packages", sent.len());
    assert!(refused.is_empty(), "{refused:?}");
}

#[test]
fn a_licence_that_is_not_permissive_is_detected() {
    assert!(may_be_used(Some("GPL-2.0-only OR MIT/Apache-2.0")));
    assert!(!may_be_used(Some("MIT AND GPL-3.0-only")));
    assert!(!may_be_used(None));
}

/// Whether at least one of the package's licence options is allowed.
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
