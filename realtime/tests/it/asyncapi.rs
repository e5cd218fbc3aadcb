//! The AsyncAPI document, generated from the types of the protocol and from the table of channels.
//!
//! `WAYBILL_WRITE_SCHEMAS=1 cargo test -p realtime asyncapi` writes it.

use std::path::{Path, PathBuf};

use ::schemas::channel::ChannelName;
use serde_json::{Map, Value, json};

mod channels;
mod info;
mod schemas;
mod topics;

use schemas::Schemas;

use crate::support::sorted;

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/asyncapi/waybill.json")
}

/// Builds the whole document.
pub fn document() -> Value {
    let mut schemas = Schemas::default();
    let client = schemas.client_frames();
    let server = schemas.server_frames();
    let mut channels = Map::new();
    let mut operations = Map::new();
    let mut messages = Map::new();
    channels.insert("socket".to_owned(), info::socket(&client, &server));
    operations.extend(info::operations(&client, &server));
    messages.extend(client);
    messages.extend(server);
    messages.extend(channels::messages(&mut schemas));
    messages.extend(topics::messages(&mut schemas));
    channels.extend(channels::channels());
    channels.extend(topics::channels());
    operations.extend(channels::operations());
    operations.extend(topics::operations());
    sorted(json!({
        "asyncapi": "3.0.0",
        "info": info::info(),
        "defaultContentType": "application/json",
        "servers": info::servers(),
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages, "schemas": schemas.into_definitions()},
    }))
}

/// Builds a reference to an entry of the document.
fn reference(path: &str) -> Value {
    json!({"$ref": format!("#/{path}")})
}

/// Builds references to the messages of a channel, by name.
fn message_references<'a>(names: impl IntoIterator<Item = &'a str>) -> Value {
    let reference = |name: &str| (name.to_owned(), reference(&format!("components/messages/{name}")));
    Value::Object(names.into_iter().map(reference).collect())
}

/// Builds an operation on `channel` with some of its messages.
fn operation<'a>(
    action: &str,
    channel: &str,
    summary: &str,
    messages: impl IntoIterator<Item = &'a str>,
) -> Value {
    let messages: Vec<_> = messages
        .into_iter()
        .map(|name| reference(&format!("channels/{channel}/messages/{name}")))
        .collect();
    json!({
        "action": action,
        "channel": reference(&format!("channels/{channel}")),
        "summary": summary,
        "messages": messages,
    })
}

#[test]
fn the_asyncapi_document_is_current() {
    let text = format!("{}\n", serde_json::to_string_pretty(&document()).unwrap());
    if std::env::var_os("WAYBILL_WRITE_SCHEMAS").is_some() {
        std::fs::write(path(), &text).unwrap();
    }
    assert!(
        std::fs::read_to_string(path()).ok() == Some(text),
        "{} differs from the code: run WAYBILL_WRITE_SCHEMAS=1 cargo test -p realtime asyncapi",
        path().display()
    );
}

#[test]
fn every_reference_of_the_asyncapi_document_resolves() {
    let document = document();
    let mut references = Vec::new();
    collect_references(&document, &mut references);
    assert!(references.len() > 50, "{} references", references.len());
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn the_asyncapi_document_has_every_channel() {
    let document = document();
    let channels = document["channels"].as_object().unwrap();
    for name in ChannelName::ALL {
        assert_eq!(channels[name.info().name]["address"], name.to_string());
    }
    // The others are the socket itself and the two topics.
    assert_eq!(channels.len(), ChannelName::ALL.len() + 3);
}

fn collect_references<'a>(value: &'a Value, references: &mut Vec<&'a str>) {
    match value {
        Value::Object(object) => {
            references.extend(object.get("$ref").and_then(Value::as_str));
            object
                .values()
                .for_each(|value| collect_references(value, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_references(item, references)),
        _ => {}
    }
}
