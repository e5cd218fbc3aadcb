//! The source files of the workspace.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Folders whose content is generated or downloaded.
const NOT_SOURCES: &[&str] = &["target", "node_modules", "dist", "test-results"];

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The text of every file whose name satisfies `wanted`, by path from the root.
pub fn read(wanted: impl Fn(&str) -> bool) -> BTreeMap<String, String> {
    let root = root();
    let mut files = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() && !name.starts_with('.') && !NOT_SOURCES.contains(&name.as_str()) {
                folders.push(entry.path());
            }
            let path = entry
                .path()
                .strip_prefix(&root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            if kind.is_file() && wanted(&path) {
                files.insert(path, std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    assert!(!files.is_empty(), "there are such files");
    files
}

/// Every Rust file.
pub fn rust() -> BTreeMap<String, String> {
    read(|path| has_extension(path, &["rs"]))
}

/// Whether the path ends in one of the extensions.
pub fn has_extension(path: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(path).extension();
    extension.is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
}
