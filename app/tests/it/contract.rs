//! Compares the committed OpenAPI document with the one that the code generates, and checks its rules.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

const COMMITTED: &str = include_str!("../../../schemas/openapi/waybill.json");

#[test]
fn the_committed_openapi_document_is_current() {
    let output = Command::new(env!("CARGO_BIN_EXE_waybill"))
        .arg("openapi")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        String::from_utf8(output.stdout).unwrap() == COMMITTED,
        "schemas/openapi/waybill.json is not current: write it by \
         `target/debug/waybill openapi > schemas/openapi/waybill.json`, run `npm run generate` in web/, and commit both"
    );
}

/// Collects into `schemas` the names of the schemas that `value` refers to, directly or through others.
fn collect_references(document: &Value, value: &Value, schemas: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            if let Some(name) =
                reference.and_then(|reference| reference.strip_prefix("#/components/schemas/"))
                && schemas.insert(name.to_owned())
            {
                collect_references(document, &document["components"]["schemas"][name], schemas);
            }
            for member in members.values() {
                collect_references(document, member, schemas);
            }
        }
        Value::Array(items) => {
            for item in items {
                collect_references(document, item, schemas);
            }
        }
        _ => {}
    }
}

/// `platform::json` relies on this to refuse duplicate keys and deep nesting.
#[test]
fn bodies_are_objects_that_allow_no_other_members() {
    let document: Value = serde_json::from_str(COMMITTED).unwrap();
    let operations = document["paths"].as_object().unwrap().values();
    let bodies = operations.flat_map(|path| path.as_object().unwrap().values());
    let mut names = BTreeSet::new();
    for operation in bodies {
        collect_references(&document, &operation["requestBody"], &mut names);
    }
    assert!(
        names.contains("PlaceOrder") && names.contains("Money"),
        "{names:?}"
    );
    for name in names {
        let schema = &document["components"]["schemas"][&name];
        let is_object = schema["type"] == "object";
        let is_value =
            ["string", "integer"].iter().any(|plain| schema["type"] == *plain) || schema["oneOf"].is_array();
        assert!(is_object || is_value, "{name}: {schema}");
        assert!(
            !is_object || schema["additionalProperties"] == false,
            "{name} allows other members"
        );
    }
}
