//! Answers against the OpenAPI document: every field that is promised, and none besides.

use serde_json::{Map, Value};

/// The document.
pub struct Contract(Value);

impl Contract {
    pub fn new() -> Self {
        let text = include_str!("../../../schemas/openapi/waybill.yaml");
        Self(serde_yaml_ng::from_str(text).unwrap())
    }

    /// Asserts that `body` is what `operation_id` answers with 200.
    pub fn assert(&self, operation_id: &str, body: &Value) {
        let paths = self.0["paths"].as_object().unwrap().values();
        let operation = paths
            .flat_map(|methods| methods.as_object().unwrap().values())
            .find(|operation| operation["operationId"] == operation_id)
            .unwrap();
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        assert!(schema.is_object(), "{operation_id} has no schema");
        let mut wrong = Vec::new();
        self.check(schema, body, operation_id, &mut wrong);
        assert!(wrong.is_empty(), "{wrong:#?}\n{body:#}");
    }

    fn resolve<'a>(&'a self, mut schema: &'a Value) -> &'a Value {
        while let Some(target) = schema["$ref"].as_str() {
            schema = self.0.pointer(target.trim_start_matches('#')).unwrap();
        }
        schema
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
        let schema = self.resolve(schema);
        if let Some(choices) = schema["oneOf"].as_array() {
            let fits = |choice: &Value| {
                let mut wrong = Vec::new();
                self.check(choice, value, at, &mut wrong);
                wrong.is_empty()
            };
            if !choices.iter().any(fits) {
                wrong.push(format!("{at}: fits none of oneOf: {value}"));
            }
            return;
        }
        if !is_of_type(&schema["type"], value) {
            wrong.push(format!("{at}: not of type {}: {value}", schema["type"]));
        }
        if schema["enum"]
            .as_array()
            .is_some_and(|allowed| !allowed.contains(value))
        {
            wrong.push(format!("{at}: not one of {}: {value}", schema["enum"]));
        }
        if let (Some(minimum), Some(number)) = (schema["minimum"].as_i64(), value.as_i64())
            && number < minimum
        {
            wrong.push(format!("{at}: {number} is below {minimum}"));
        }
        match value {
            Value::Array(items) => {
                for item in items {
                    self.check(&schema["items"], item, &format!("{at}[]"), wrong);
                }
            }
            Value::Object(fields) => self.check_fields(schema, fields, at, wrong),
            _ => {}
        }
    }

    fn check_fields(&self, schema: &Value, fields: &Map<String, Value>, at: &str, wrong: &mut Vec<String>) {
        for required in schema["required"].as_array().into_iter().flatten() {
            if !fields.contains_key(required.as_str().unwrap()) {
                wrong.push(format!("{at}: {required} is missing"));
            }
        }
        for (name, value) in fields {
            let at = format!("{at}.{name}");
            match (&schema["properties"][name], &schema["additionalProperties"]) {
                (Value::Null, Value::Bool(false)) => wrong.push(format!("{at}: not in the document")),
                (Value::Null, additional @ Value::Object(_)) => self.check(additional, value, &at, wrong),
                (Value::Null, _) => {}
                (property, _) => self.check(property, value, &at, wrong),
            }
        }
    }
}

fn is_of_type(expected: &Value, value: &Value) -> bool {
    let matches = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("type {other} is not known here"),
    };
    match expected {
        Value::Null => true,
        Value::String(name) => matches(name),
        Value::Array(names) => names.iter().any(|name| matches(name.as_str().unwrap())),
        other => panic!("not a type: {other}"),
    }
}
