//! ARCHITECTURE.md names the modules of each capability; this test compares its table with the folders.

use std::collections::BTreeSet;
use std::path::Path;

/// The start of the section on capabilities, and its end.
const HEADING: &str = "\n## Capabilities\n";
const NEXT_HEADING: &str = "\n## ";

/// The folder of the workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The words in backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The paths of the modules that the section on capabilities names, in its table and its list.
fn documented(text: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let mut folders: Vec<&str> = Vec::new();
    for line in text.lines() {
        if let Some((folder, modules)) = line.strip_prefix("* ").and_then(|line| line.split_once(": ")) {
            let folder = folder.trim_matches('`');
            paths.extend(quoted(modules).map(|module| format!("{folder}/{module}")));
        } else if folders.is_empty() {
            folders = quoted(line).collect();
        } else if line.starts_with('|') {
            let cells = line.split('|').skip(2);
            for (folder, cell) in folders.iter().zip(cells) {
                paths.extend(quoted(cell).map(|module| format!("{folder}/{module}")));
            }
        }
    }
    paths
}

/// The paths of the modules in the documented folders: files without their extension, and folders.
fn present(documented: &BTreeSet<String>) -> BTreeSet<String> {
    let folders: BTreeSet<&str> = documented
        .iter()
        .filter_map(|path| path.rsplit_once('/').map(|(folder, _)| folder))
        .collect();
    let mut paths = BTreeSet::new();
    for folder in folders {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let module = name.trim_end_matches(".rs");
            if module != "lib" {
                paths.insert(format!("{folder}/{module}"));
            }
        }
    }
    paths
}

#[test]
fn every_module_of_a_capability_is_in_the_architecture() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, text) = text.split_once(HEADING).unwrap();
    let (text, _) = text.split_once(NEXT_HEADING).unwrap();
    let documented = documented(text);
    let present = present(&documented);
    let missing: Vec<_> = present.difference(&documented).collect();
    assert!(missing.is_empty(), "not in ARCHITECTURE.md: {missing:?}");
    let gone: Vec<_> = documented.difference(&present).collect();
    assert!(gone.is_empty(), "only in ARCHITECTURE.md: {gone:?}");
    assert!(documented.len() > 40, "{documented:?}");
}

#[test]
fn the_table_and_the_list_are_parsed() {
    let text = "A word.\n\n| | `a/src` | `b/src` |\n|---|---|---|\n| x | `one` | |\n| y | | `two` `three` |\n\n* `c`: `four` `five`\n";
    let expected = ["a/src/one", "b/src/two", "b/src/three", "c/four", "c/five"];
    assert_eq!(documented(text), expected.map(str::to_owned).into());
}
