//! The fields of an answer, and the differences between two answers.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// The members of an answer that say as of when it is, not what it says.
const MOMENT: [&str; 3] = ["version", "position", "as_of"];
/// The member whose entries repeat what the events say.
const TIMELINE: &str = "timeline";

/// The fields of one answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Fields {
    /// The values, by JSON pointer (RFC 6901).
    values: BTreeMap<String, Value>,
    timeline: Option<Value>,
}

impl Fields {
    /// The fields of `answer`, a JSON object.
    pub fn of(mut answer: Value) -> Self {
        let mut timeline = None;
        if let Value::Object(members) = &mut answer {
            for name in MOMENT {
                members.remove(name);
            }
            timeline = members.remove(TIMELINE);
        }
        let mut values = BTreeMap::new();
        collect(String::new(), answer, &mut values);
        Self { values, timeline }
    }

    /// The pointers of the fields whose values differ.
    pub fn changed(&self, after: &Self) -> BTreeSet<String> {
        let names = self.values.keys().chain(after.values.keys());
        let differs = |name: &&String| self.values.get(*name) != after.values.get(*name);
        names.filter(differs).cloned().collect()
    }

    /// The value of a field; null if there is none.
    pub fn value(&self, name: &str) -> Value {
        self.values.get(name).cloned().unwrap_or_default()
    }
}

fn collect(pointer: String, value: Value, values: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(format!("{pointer}/{name}"), value, values);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, value) in items.into_iter().enumerate() {
                collect(format!("{pointer}/{index}"), value, values);
            }
        }
        value => {
            values.insert(pointer, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn differences_are_by_field_and_not_about_the_moment() {
        let before =
            Fields::of(json!({"a": 1, "b": [{"c": 2}], "version": 1, "position": 7, "timeline": [1]}));
        let after = Fields::of(json!({"a": 1, "b": [{"c": 3}, {"c": 4}], "d/e": null, "version": 2}));
        let changed: Vec<_> = before.changed(&after).into_iter().collect();
        assert_eq!(changed, ["/b/0/c", "/b/1/c", "/d~1e"]);
        assert_eq!(
            (before.value("/b/0/c"), before.value("/b/1/c")),
            (json!(2), json!(null))
        );
        assert_ne!(before, after);
    }
}
