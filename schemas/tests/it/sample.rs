//! Sample values for a JSON Schema, limited to the features that the schemas of events use.

use serde_json::{Map, Value, json};

/// Creates samples that together take every branch of every choice.
pub fn payloads(schema: &Value) -> Vec<Value> {
    let samples_len = choices(schema).max(1);
    (0..samples_len)
        .map(|index| {
            Sampler {
                root: schema,
                index,
                counter: 0,
            }
            .sample(schema, "")
        })
        .collect()
}

/// Returns the maximum number of branches of any choice in a schema.
fn choices(schema: &Value) -> usize {
    match schema {
        Value::Object(members) => {
            let own = ["oneOf", "anyOf", "type"]
                .into_iter()
                .filter_map(|name| members.get(name)?.as_array())
                .map(Vec::len);
            own.chain(members.values().map(choices)).max().unwrap_or(0)
        }
        Value::Array(items) => items.iter().map(choices).max().unwrap_or(0),
        _ => 0,
    }
}

struct Sampler<'a> {
    root: &'a Value,
    /// The number of the sample, which selects the branches.
    index: usize,
    /// A counter that makes values distinct.
    counter: u32,
}

impl Sampler<'_> {
    /// Creates a value for `schema`, which is defined under `name` or describes the property `name`.
    fn sample(&mut self, schema: &Value, name: &str) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let pointer = reference.trim_start_matches('#');
            let target = self
                .root
                .pointer(pointer)
                .expect("references stay inside the schema")
                .clone();
            let name = pointer.rsplit('/').next().unwrap_or_default();
            return self.sample(&target, name);
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(branches) = schema[choice].as_array() {
                let branch = &branches[self.index % branches.len()];
                return self.sample(branch, name);
            }
        }
        if let Some(constant) = schema.get("const") {
            return constant.clone();
        }
        self.counter += 1;
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds[self.index % kinds.len()].as_str(),
            kind => kind.as_str(),
        };
        match kind {
            Some("object") => self.object(schema),
            Some("array") => json!([
                self.sample(&schema["items"], name),
                self.sample(&schema["items"], name)
            ]),
            Some("integer") => json!(self.counter),
            Some("boolean") => json!(self.index.is_multiple_of(2)),
            Some("null") => Value::Null,
            Some("string") => self.string(schema, name),
            _ => panic!("the sampler does not know this schema: {schema}"),
        }
    }

    fn object(&mut self, schema: &Value) -> Value {
        let properties = schema["properties"].as_object().cloned().unwrap_or_default();
        let members: Map<String, Value> = properties
            .iter()
            .map(|(name, property)| (name.clone(), self.sample(property, name)))
            .collect();
        members.into()
    }

    fn string(&self, schema: &Value, name: &str) -> Value {
        let counter = self.counter;
        match (schema["format"].as_str(), name) {
            (Some("uuid"), _) => json!(format!("0198a1b2-c3d4-7e5f-8a6b-{counter:012}")),
            (Some("date-time"), _) => json!(format!("2026-03-01T12:15:00.{counter:06}Z")),
            (None, "Sku") => json!(format!("85123A-{counter}")),
            (None, _) => json!(format!("{name} {counter}: \"é\" \\ £")),
            (Some(format), _) => panic!("the sampler does not know the format {format}"),
        }
    }
}
