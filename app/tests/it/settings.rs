//! docs/settings.md names every setting, and no other.

use std::collections::BTreeSet;

use platform::config::setting_names;

#[test]
fn every_setting_is_documented() {
    let document = include_str!("../../../docs/settings.md");
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `"));
    let documented: BTreeSet<String> = rows
        .flat_map(|row| row.split(" |").next().unwrap_or_default().split("`, `"))
        .map(|name| name.trim_end_matches('`').to_owned())
        .collect();
    assert_eq!(documented, setting_names().into_iter().collect());
}
