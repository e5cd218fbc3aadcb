//! The OpenAPI document against the routes that the services have.

use std::collections::BTreeMap;

use platform::route::{API_PREFIX, RouteTable};
use serde_yaml_ng::Value;

/// Operations that the binary serves itself, outside the services' route tables.
const OUTSIDE: &[&str] = &["getJwks", "getLiveness", "getReadiness", "listDemoAccounts"];

/// Method, path and access by operation id.
type Operations = BTreeMap<String, (String, String, String)>;

fn documented() -> Operations {
    let text = include_str!("../../../schemas/openapi/waybill.yaml");
    let document: Value = serde_yaml_ng::from_str(text).unwrap();
    let mut operations = Operations::new();
    for (path, methods) in document["paths"].as_mapping().unwrap() {
        for (method, operation) in methods.as_mapping().unwrap() {
            let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
                continue;
            };
            if OUTSIDE.contains(&id) {
                continue;
            }
            let access = operation["x-access"]
                .as_str()
                .unwrap_or_else(|| panic!("{id} names no access"));
            let method = method.as_str().unwrap().to_uppercase();
            operations.insert(
                id.to_owned(),
                (method, path.as_str().unwrap().to_owned(), access.to_owned()),
            );
        }
    }
    operations
}

fn served() -> Operations {
    RouteTable::new(&[command_api::ROUTES, command_api::READ_ROUTES, query_api::ROUTES])
        .routes()
        .iter()
        .map(|route| {
            let path = format!("{API_PREFIX}{}", route.path);
            let operation = (route.method.to_string(), path, route.access.as_str().to_owned());
            (route.operation_id.to_owned(), operation)
        })
        .collect()
}

#[test]
fn every_operation_is_documented_and_every_documented_one_is_served_with_the_same_access() {
    let (documented, served) = (documented(), served());
    let wrong: Vec<_> = documented
        .keys()
        .chain(served.keys())
        .filter(|id| documented.get(*id) != served.get(*id))
        .map(|id| {
            format!(
                "{id}: documented {:?}, served {:?}",
                documented.get(id),
                served.get(id)
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
