//! Checks that the modules of the crate have no cyclic dependencies.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Returns the modules that each module names by `crate::…`; submodules count as their parent.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut dependencies: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in sources(&root) {
        let module = path.strip_prefix(&root).unwrap().components().next().unwrap();
        let module = module
            .as_os_str()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs")
            .to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let named = code.split("crate::").skip(1).flat_map(named_first);
        dependencies.entry(module).or_default().extend(named);
    }
    // The root of the crate declares all modules and may name them.
    dependencies.remove("lib");
    let modules: BTreeSet<_> = dependencies.keys().cloned().collect();
    for (module, named) in &mut dependencies {
        named.retain(|other| other != module && modules.contains(other));
    }
    dependencies
}

/// Returns the modules at the start of `path`, which follows `crate::`: one, or those in braces.
fn named_first(path: &str) -> Vec<String> {
    let list = path
        .strip_prefix('{')
        .map_or(path, |group| group.split('}').next().unwrap());
    let count = if path.starts_with('{') { usize::MAX } else { 1 };
    let is_end = |letter: char| !letter.is_alphanumeric() && letter != '_';
    let names = list.split(',').take(count).map(str::trim_start);
    names
        .map(|name| name.split(is_end).next().unwrap().to_owned())
        .collect()
}

/// Lists the sources in `folder`, without those of tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.file_name().is_some_and(|name| name != "tests.rs"))
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .collect()
}

#[test]
fn modules_form_no_cycle() {
    let mut dependencies = dependencies();
    assert!(dependencies["connection"].contains("shard"), "imports are found");
    // Modules without dependencies are removed until none is left, or only cycles.
    while let Some((leaf, _)) = dependencies.iter().find(|(_, named)| named.is_empty()) {
        let leaf = leaf.clone();
        dependencies.remove(&leaf);
        for named in dependencies.values_mut() {
            named.remove(&leaf);
        }
    }
    assert!(
        dependencies.is_empty(),
        "modules in a cycle, or dependent on one: {dependencies:?}"
    );
}
