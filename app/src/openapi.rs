//! The OpenAPI document, built from the route tables and the Rust types of their handlers.

use std::collections::BTreeSet;

use platform::route::{Route, Schemas};
use serde_json::{Map, Value, json};

use crate::{dead_letter, demo, health, replay, system, verification};

/// The prefix of references to component schemas.
const SCHEMAS: &str = "#/components/schemas/";

const DESCRIPTION: &str = "\
The HTTP interface of Waybill, an event-sourced order platform.

* **Access.** Every operation names who may call it in `x-access`: `public`; `authenticated` (any account);
  `guest-or-owner` (a party of the object, or the guest whose token belongs to that order; for everybody else the
  answer is 404); or the name of a permission.
* **Commands** need an `Idempotency-Key` and answer `{id, version, position}`. The same key with the same body gives
  the stored answer; with another body 422 `key-reused`.
* **Reads** take `min_position`: they wait until the read models have reached that position, else 503
  `not-caught-up`.
* **Lists** are `{items, next_cursor}`. Cursors are opaque.
* **Errors** are problem+json (RFC 9457) with a stable `type` and a `trace_id`.
* **Unknown fields** of a request body are refused with 422.
* **Texts** are trimmed and stored in Unicode normalisation form NFC. Control and invisible characters are refused with
  422; line breaks are accepted in descriptions, notes and the reason of a failed delivery attempt only.
* Money is an integer of minor units with a currency; times are RFC 3339 in UTC.

The socket (`/ws`, subprotocol `waybill.v1`) is described in the AsyncAPI document.
";

const TAGS: &[(&str, &str)] = &[
    ("auth", "Accounts and log-in"),
    ("products", "The catalogue"),
    ("stock", "How many units there are"),
    ("orders", "From checkout to completion"),
    ("payments", "Collecting an order's total"),
    ("deliveries", "A parcel's way to the customer"),
    ("returns", "Units that come back"),
    ("admin", "For administrators"),
    ("analytics", "Figures over days"),
    ("privacy", "The data of persons"),
    ("health", "For load balancers"),
];

/// Every operation of every service.
fn routes() -> Vec<Route> {
    [
        command_api::routes(),
        query_api::routes(),
        demo::routes(),
        health::routes(),
        replay::http::routes(),
        system::http::routes(),
        dead_letter::http::routes(),
        verification::http::routes(),
    ]
    .concat()
}

/// The document.
pub fn document() -> Value {
    let mut schemas = Schemas::default();
    let mut operations: Vec<_> = routes()
        .into_iter()
        .map(|route| {
            let method = route.method.as_str().to_lowercase();
            (route.full_path(), method, route.document(&mut schemas))
        })
        .collect();
    let requests = definitions(&mut schemas.requests);
    let answers = definitions(&mut schemas.answers);
    let renamed = differing(&requests, &answers);
    let mut components = answers;
    for (name, mut schema) in requests {
        rename(&mut schema, &renamed);
        let name = if renamed.contains(&name) {
            request_name(&name)
        } else {
            name
        };
        components.insert(name, schema);
    }
    let mut paths = Map::new();
    for (path, method, operation) in &mut operations {
        for part in ["parameters", "requestBody"] {
            if let Some(part) = operation.get_mut(part) {
                rename(part, &renamed);
            }
        }
        let item = paths.entry(path.as_str()).or_insert_with(|| json!({}));
        item[method.as_str()] = Value::Object(std::mem::take(operation));
    }
    paths.sort_keys();
    components.sort_keys();
    let tags: Vec<_> = TAGS
        .iter()
        .map(|(name, description)| json!({"name": name, "description": description}))
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Waybill",
            "version": env!("CARGO_PKG_VERSION"),
            "license": {
                "name": "MIT OR Apache-2.0",
                "url": "https://www.apache.org/licenses/LICENSE-2.0",
            },
            "description": DESCRIPTION,
        },
        "servers": [{"url": "/", "description": "The address that serves the application"}],
        "tags": tags,
        "paths": paths,
        "components": {"securitySchemes": security_schemes(), "schemas": components},
    })
}

/// The document as text, in the committed form.
pub fn text() -> String {
    format!("{:#}\n", document())
}

fn security_schemes() -> Value {
    json!({
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "An access token (`at+jwt`, EdDSA) from `login`, or the `guest_token` of one order.",
        },
        "refreshCookie": {
            "type": "apiKey",
            "in": "cookie",
            "name": "waybill_refresh",
            "description": "A refresh token. It prolongs a session that was used within 30 days.",
        },
    })
}

fn definitions(generator: &mut schemars::SchemaGenerator) -> Map<String, Value> {
    generator.take_definitions(true)
}

fn request_name(name: &str) -> String {
    format!("{name}Input")
}

/// The names whose schema differs between requests and answers, directly or through a reference.
fn differing(requests: &Map<String, Value>, answers: &Map<String, Value>) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = requests
        .iter()
        .filter(|(name, schema)| answers.get(*name).is_some_and(|answer| answer != *schema))
        .map(|(name, _)| name.clone())
        .collect();
    loop {
        let dependent: Vec<_> = requests
            .iter()
            .filter(|(name, schema)| {
                answers.contains_key(*name) && !names.contains(*name) && refers_to_any(schema, &names)
            })
            .map(|(name, _)| name.clone())
            .collect();
        if dependent.is_empty() {
            return names;
        }
        names.extend(dependent);
    }
}

fn refers_to_any(schema: &Value, names: &BTreeSet<String>) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(key, value)| {
            let target = value.as_str().and_then(|text| text.strip_prefix(SCHEMAS));
            let refers = key == "$ref" && target.is_some_and(|name| names.contains(name));
            refers || refers_to_any(value, names)
        }),
        Value::Array(items) => items.iter().any(|item| refers_to_any(item, names)),
        _ => false,
    }
}

/// Redirects references to `names` to their request schemas.
fn rename(schema: &mut Value, names: &BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                let target = value.as_str().and_then(|text| text.strip_prefix(SCHEMAS));
                match target.filter(|name| key == "$ref" && names.contains(*name)) {
                    Some(name) => *value = format!("{SCHEMAS}{}", request_name(name)).into(),
                    None => rename(value, names),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, names)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_has_two_names_only_if_requests_and_answers_differ() {
        let reference = |name: &str| json!({"$ref": format!("{SCHEMAS}{name}")});
        let answers =
            json!({"Same": {"type": "string"}, "Other": {"type": "string"}, "Holder": reference("Other")});
        let requests =
            json!({"Same": {"type": "string"}, "Other": {"type": "null"}, "Holder": reference("Other")});
        let names = differing(requests.as_object().unwrap(), answers.as_object().unwrap());
        assert_eq!(names, ["Holder", "Other"].map(str::to_owned).into());
        let mut body = json!([reference("Same"), reference("Other")]);
        rename(&mut body, &names);
        assert_eq!(body, json!([reference("Same"), reference("OtherInput")]));
    }

    #[test]
    fn every_operation_has_a_name_a_summary_and_a_known_tag() {
        let mut names = BTreeSet::new();
        let document = document();
        let items = document["paths"].as_object().unwrap().values();
        for operation in items.flat_map(|item| item.as_object().unwrap().values()) {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name), "{name}");
            assert_ne!(operation["summary"], "", "{name}");
            let tag = operation["tags"][0].as_str().unwrap();
            assert!(TAGS.iter().any(|(known, _)| *known == tag), "{name}");
        }
    }

    #[test]
    fn bounds_of_parameters_are_documented() {
        let document = document();
        let parameters = document["paths"]["/api/v1/products"]["get"]["parameters"]
            .as_array()
            .unwrap();
        let schema = |name: &str| {
            &parameters
                .iter()
                .find(|parameter| parameter["name"] == name)
                .unwrap()["schema"]
        };
        assert_eq!(
            (&schema("limit")["minimum"], &schema("limit")["maximum"]),
            (&json!(1), &json!(100))
        );
        assert_eq!(schema("min_position")["minimum"], 0);
    }

    #[test]
    fn no_two_types_share_a_name() {
        let document = document();
        let names = document["components"]["schemas"].as_object().unwrap().keys();
        let doubled: Vec<_> = names
            .filter(|name| name.ends_with(|last: char| last.is_ascii_digit()))
            .collect();
        assert!(doubled.is_empty(), "{doubled:?}");
    }
}
