//! Whether every value of one JSON Schema is a value of another, for the keywords that the schemas of events use.
//!
//! A keyword that is not known here makes the answer "no": a wrong "yes" would let a stored event become unreadable.

use serde_json::{Map, Value};

type Schema = Map<String, Value>;

/// Keywords that neither accept nor refuse a value, and those that [`Comparison::compare_structure`] compares.
const KEYWORDS_ELSEWHERE: [&str; 10] = [
    "$schema",
    "$defs",
    "title",
    "description",
    "default",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
];

/// The deepest nesting that is compared; a schema that contains itself is deeper.
const DEPTH_MAX: usize = 32;

/// Why values of `old` are no values of `new`; empty if all of them are.
pub(super) fn obstacles(old: &Value, new: &Value) -> Vec<String> {
    let comparison = Comparison {
        old_root: old,
        new_root: new,
    };
    comparison.compare(old, new, "")
}

struct Comparison<'a> {
    old_root: &'a Value,
    new_root: &'a Value,
}

impl Comparison<'_> {
    fn compare(&self, old: &Value, new: &Value, at: &str) -> Vec<String> {
        if at.matches('/').count() > DEPTH_MAX {
            return vec![format!("{at} is nested too deeply to be compared")];
        }
        match (resolve(self.old_root, old), resolve(self.new_root, new)) {
            (Value::Bool(false), _) | (_, Value::Bool(true)) => Vec::new(),
            (_, Value::Object(new)) if new.is_empty() => Vec::new(),
            (Value::Object(old), Value::Object(new)) => self.compare_objects(old, new, at),
            _ => vec![format!("{} may no longer have any value", place(at))],
        }
    }

    fn compare_objects(&self, old: &Schema, new: &Schema, at: &str) -> Vec<String> {
        let branches = alternatives(old);
        if !branches.is_empty() {
            let found = branches
                .iter()
                .map(|branch| self.compare(branch, &Value::Object(new.clone()), at));
            return found.flatten().collect();
        }
        let targets = alternatives(new);
        if targets.is_empty() {
            return self.compare_structure(old, new, at);
        }
        let old = Value::Object(old.clone());
        if targets
            .iter()
            .any(|target| self.compare(&old, target, at).is_empty())
        {
            return Vec::new();
        }
        vec![format!("{}: {} is no alternative", place(at), described(&old))]
    }

    /// Compares schemas of at most one type each.
    fn compare_structure(&self, old: &Schema, new: &Schema, at: &str) -> Vec<String> {
        if let Some(constant) = old.get("const") {
            let fits = match new.get("const") {
                Some(other) => other == constant,
                None => new
                    .get("type")
                    .is_none_or(|kind| accepts_type(kind, kind_of(constant))),
            };
            return refuse(!fits, || format!("{} may not be {constant} any more", place(at)));
        }
        if let Some(kind) = new.get("type")
            && !old
                .get("type")
                .and_then(Value::as_str)
                .is_some_and(|old| accepts_type(kind, old))
        {
            let was = old.get("type").map_or("anything".to_owned(), Value::to_string);
            return vec![format!("{} was {was}, and is {kind} now", place(at))];
        }
        let mut found = Vec::new();
        let kind = old.get("type").and_then(Value::as_str);
        for (keyword, value) in new {
            if !KEYWORDS_ELSEWHERE.contains(&keyword.as_str())
                && !keeps(keyword, kind, old.get(keyword), value)
            {
                found.push(format!("{}: `{keyword}` is {value} now", place(at)));
            }
        }
        found.extend(self.compare_properties(old, new, at));
        if let Some(items) = new.get("items") {
            let old_items = old.get("items").unwrap_or(&Value::Bool(true));
            found.extend(self.compare(old_items, items, &format!("{at}/0")));
        }
        found
    }

    fn compare_properties(&self, old: &Schema, new: &Schema, at: &str) -> Vec<String> {
        let anything = Value::Bool(true);
        let old_others = old.get("additionalProperties").unwrap_or(&anything);
        let new_others = new.get("additionalProperties").unwrap_or(&anything);
        let mut found = Vec::new();
        for name in strings(new.get("required")) {
            if !strings(old.get("required")).any(|known| known == name) {
                found.push(format!("{at}/{name} is required now"));
            }
        }
        for (name, schema) in properties(old) {
            let at = format!("{at}/{name}");
            match properties(new).find(|(known, _)| *known == name) {
                Some((_, target)) => found.extend(self.compare(schema, target, &at)),
                None if *new_others == Value::Bool(false) => found.push(format!("{at} is unknown now")),
                None => found.extend(self.compare(schema, new_others, &at)),
            }
        }
        for (name, target) in properties(new) {
            if properties(old).all(|(known, _)| known != name) {
                found.extend(self.compare(old_others, target, &format!("{at}/{name}")));
            }
        }
        found.extend(self.compare(old_others, new_others, &format!("{at}/*")));
        found
    }
}

/// The schema that a reference leads to.
fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema["$ref"]
        .as_str()
        .and_then(|reference| root.pointer(reference.strip_prefix('#')?));
    target.unwrap_or(schema)
}

/// The schemas of which a value meets one: those of `anyOf` and `oneOf`, or one for each type or value of a list.
fn alternatives(schema: &Schema) -> Vec<Value> {
    if let Some(Value::Array(branches)) = schema.get("anyOf").or_else(|| schema.get("oneOf")) {
        return branches.clone();
    }
    for (list, single) in [("enum", "const"), ("type", "type")] {
        if let Some(Value::Array(values)) = schema.get(list) {
            let with = |value: &Value| {
                let mut branch = schema.clone();
                branch.remove(list);
                branch.insert(single.to_owned(), value.clone());
                Value::Object(branch)
            };
            return values.iter().map(with).collect();
        }
    }
    Vec::new()
}

/// Whether the values of the type `kind` that meet `keyword` with its old value meet it with the new one.
fn keeps(keyword: &str, kind: Option<&str>, old: Option<&Value>, new: &Value) -> bool {
    let (old_bound, new_bound) = (old.and_then(Value::as_f64), new.as_f64());
    match (keyword, kind) {
        ("minLength" | "maxLength" | "pattern" | "format", Some("null" | "boolean" | "object" | "array")) => {
            true
        }
        ("minimum" | "minLength" | "minItems", _) => old_bound >= new_bound,
        ("maximum" | "maxLength" | "maxItems", _) => old_bound.is_some() && old_bound <= new_bound,
        _ => old == Some(new),
    }
}

fn accepts_type(kind: &Value, old: &str) -> bool {
    kind == old || (kind == "number" && old == "integer")
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn properties(schema: &Schema) -> impl Iterator<Item = (&String, &Value)> {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

fn strings(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

fn described(schema: &Value) -> String {
    ["const", "type"]
        .iter()
        .find_map(|keyword| schema.get(keyword))
        .map_or("its old form".to_owned(), Value::to_string)
}

fn place(at: &str) -> &str {
    if at.is_empty() { "the payload" } else { at }
}

fn refuse(refused: bool, reason: impl FnOnce() -> String) -> Vec<String> {
    refused.then(reason).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::obstacles;

    fn object(required: &[&str], properties: serde_json::Value) -> serde_json::Value {
        json!({"type": "object", "required": required, "properties": properties, "additionalProperties": false})
    }

    #[test]
    fn a_schema_that_accepts_more_has_no_obstacle() {
        let old = object(&["a"], json!({"a": {"type": "string"}}));
        for new in [
            old.clone(),
            object(&["a"], json!({"a": {"description": "A.", "type": "string"}})),
            object(
                &[],
                json!({"a": {"type": ["string", "null"]}, "b": {"type": "integer"}}),
            ),
            object(
                &["a"],
                json!({"a": {"anyOf": [{"type": "object"}, {"type": "string"}]}}),
            ),
            json!({"$ref": "#/$defs/A", "$defs": {"A": old}}),
            json!(true),
            json!({}),
        ] {
            assert_eq!(obstacles(&old, &new), Vec::<String>::new(), "{new}");
        }
    }

    #[test]
    fn each_obstacle_is_named_with_its_place() {
        let old = object(&["a"], json!({"a": {"type": ["string", "null"]}}));
        for (new, obstacle) in [
            (
                object(&["a"], json!({"a": {"type": "string"}})),
                r#"/a was "null", and is "string" now"#,
            ),
            (object(&["a"], json!({})), "/a is unknown now"),
            (
                object(&["a", "b"], json!({"a": {}, "b": {"type": "string"}})),
                "/b is required now",
            ),
            (
                object(&["a"], json!({"a": {"type": ["string", "null"], "maxLength": 3}})),
                r#"/a: "string" is no alternative"#,
            ),
            (
                object(
                    &["a"],
                    json!({"a": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}),
                ),
                r#"/a: "string" is no alternative"#,
            ),
        ] {
            assert!(
                obstacles(&old, &new).contains(&obstacle.to_owned()),
                "{:?}",
                obstacles(&old, &new)
            );
        }
    }

    #[test]
    fn values_and_bounds_may_only_be_added() {
        let few = json!({"oneOf": [{"const": "a"}, {"const": "b"}]});
        let more = json!({"enum": ["a", "b", "c"]});
        assert!(obstacles(&few, &more).is_empty());
        assert_eq!(obstacles(&more, &few).len(), 1);
        let narrow = json!({"type": "integer", "minimum": 1, "maximum": 5});
        let wide = json!({"type": "number", "minimum": 0});
        assert!(obstacles(&narrow, &wide).is_empty());
        assert_eq!(obstacles(&wide, &narrow).len(), 1);
        let endless = json!({"type": "array", "items": {"$ref": "#"}});
        assert!(!obstacles(&endless, &endless).is_empty());
    }
}
