//! House rules that no lint checks: sizes, tests that assert, and crates that do not read each other's files. The same
//! rules for TypeScript are in `web/eslint.config.js` and `web/vitest.config.ts`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use functions::Function;

mod functions;
pub mod sources;

/// The most lines of a file.
const FILE_LINES_MAX: usize = 400;
/// The most lines of code of a function.
const FUNCTION_LINES_MAX: usize = 60;

/// Files that may be longer, with the reason.
const LONGER_FILES: &[(&str, &str)] = &[(
    "web/src/shared/api/schema.gen.ts",
    "generated from the OpenAPI document",
)];

/// Functions that may be longer, with the reason.
const LONGER_FUNCTIONS: &[(&str, &str)] = &[];

/// Tests without their own assertion, with the reason.
const TESTS_WITHOUT_ASSERTION: &[(&str, &str)] = &[];

/// Files that read another crate's files at compile time, with the reason.
const FOREIGN_FILES: &[(&str, &str)] = &[
    ("app/tests/it/contract.rs", "the OpenAPI document"),
    ("testkit/src/contract.rs", "the OpenAPI document"),
];

/// Crates whose functions may be called by the tests of every crate.
const SHARED: &[&str] = &["testkit", "fixtures"];

fn is_source(path: &str) -> bool {
    sources::has_extension(path, &["rs", "ts", "tsx", "js", "mjs", "css", "sql", "sh"])
        || path.starts_with("scripts/")
}

/// Fails for unlisted violations, and for listed exceptions that no longer violate the rule.
fn assert_only_listed(broken: &BTreeMap<String, String>, listed: &[(&str, &str)]) {
    let listed: BTreeSet<&str> = listed.iter().map(|(name, _)| *name).collect();
    let unlisted: Vec<_> = broken
        .iter()
        .filter(|(name, _)| !listed.contains(name.as_str()))
        .collect();
    assert!(unlisted.is_empty(), "{unlisted:#?}");
    let outdated: Vec<_> = listed
        .iter()
        .filter(|name| !broken.contains_key(**name))
        .collect();
    assert!(outdated.is_empty(), "no longer an exception: {outdated:?}");
}

/// Every function of the workspace, by path.
static FUNCTIONS: LazyLock<BTreeMap<String, Vec<Function>>> = LazyLock::new(|| {
    let files = sources::rust().into_iter();
    files.map(|(path, text)| (path, functions::find(&text))).collect()
});

#[test]
fn files_are_short() {
    let files = sources::read(is_source).into_iter();
    let long = files
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > FILE_LINES_MAX)
        .map(|(path, lines)| (path, format!("{lines} lines")))
        .collect();
    assert_only_listed(&long, LONGER_FILES);
}

#[test]
fn functions_are_short() {
    let mut long = BTreeMap::new();
    for (path, functions) in &*FUNCTIONS {
        for function in functions {
            if function.code_lines > FUNCTION_LINES_MAX {
                let name = format!("{path} {}", function.name);
                long.insert(
                    name,
                    format!("{} lines, from line {}", function.code_lines, function.line),
                );
            }
        }
    }
    assert_only_listed(&long, LONGER_FUNCTIONS);
}

#[test]
fn no_test_is_ignored() {
    let ignored: Vec<_> = FUNCTIONS
        .iter()
        .flat_map(|(path, functions)| functions.iter().map(move |function| (path, function)))
        .filter(|(_, function)| function.is_ignored)
        .map(|(path, function)| format!("{path} {}", function.name))
        .collect();
    assert_eq!(ignored, [""; 0]);
}

#[test]
fn every_test_asserts_something() {
    let crates: BTreeSet<&str> = FUNCTIONS.keys().map(|path| crate_of(path)).collect();
    let asserting: BTreeMap<_, _> = crates
        .into_iter()
        .map(|name| (name, asserting_names(name)))
        .collect();
    let mut empty = BTreeMap::new();
    let mut tests = 0;
    for (path, file) in &*FUNCTIONS {
        let asserting = &asserting[crate_of(path)];
        for test in file.iter().filter(|function| function.is_test) {
            tests += 1;
            if !test.asserts && test.calls.is_disjoint(asserting) {
                empty.insert(format!("{path} {}", test.name), format!("line {}", test.line));
            }
        }
    }
    assert!(tests > 500, "{tests} tests");
    assert_only_listed(&empty, TESTS_WITHOUT_ASSERTION);
}

/// Names of functions visible from a crate that always assert something, directly or through the functions they call.
fn asserting_names(from: &str) -> BTreeSet<String> {
    let visible: Vec<&Function> = FUNCTIONS
        .iter()
        .filter(|(path, _)| crate_of(path) == from || SHARED.contains(&crate_of(path)))
        .flat_map(|(_, functions)| functions)
        .filter(|function| !function.is_test)
        .collect();
    let mut names = BTreeSet::new();
    loop {
        let asserts = |function: &&Function| function.asserts || !function.calls.is_disjoint(&names);
        let silent: BTreeSet<&str> = visible
            .iter()
            .filter(|function| !asserts(function))
            .map(|function| function.name.as_str())
            .collect();
        let found: BTreeSet<String> = visible
            .iter()
            .filter(|function| asserts(function) && !silent.contains(function.name.as_str()))
            .map(|function| function.name.clone())
            .collect();
        if found.len() == names.len() {
            return names;
        }
        names = found;
    }
}

#[test]
fn projections_do_not_saturate() {
    let projections: Vec<_> = sources::rust()
        .into_iter()
        .filter(|(path, _)| path.starts_with("projector/src/projection"))
        .collect();
    assert!(projections.len() > 10, "{} files", projections.len());
    let saturating: Vec<_> = projections
        .iter()
        .filter(|(_, text)| text.contains("saturating_"))
        .map(|(path, _)| path)
        .collect();
    // A wrong sum would look like a right one; an event whose sum does not fit is parked instead.
    assert_eq!(saturating, [""; 0]);
}

#[test]
fn crates_read_only_their_own_files() {
    let mut foreign = BTreeMap::new();
    for (path, text) in sources::rust() {
        // A relative path with as many `../` as there are folders above the file leaves its crate.
        let outside = "../".repeat(path.split('/').count() - 1);
        for (index, line) in text.lines().enumerate() {
            let includes = ["#[path", "include!(", "include_str!(", "include_bytes!("];
            let Some((_, target)) = line.split_once(&outside) else {
                continue;
            };
            let is_comment = line.trim_start().starts_with("//");
            if !is_comment && !target.starts_with("docs/") && includes.iter().any(|by| line.contains(by)) {
                foreign.insert(path.clone(), format!("line {}", index + 1));
            }
        }
    }
    assert_only_listed(&foreign, FOREIGN_FILES);
}

fn crate_of(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}
