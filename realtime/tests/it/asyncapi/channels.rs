//! The channels of the socket, as declared in the table.

use ::schemas::change::ChangeKind;
use ::schemas::channel::{ChannelInfo, ChannelName, Conflation, Reader};
use platform::auth::Role;
use serde_json::{Map, Value, json};

use super::schemas::Schemas;
use super::{message_references, operation, reference};

/// Builds one AsyncAPI channel for each entry of the table.
pub fn channels() -> Map<String, Value> {
    let entry = |name: &ChannelName| (name.info().name.to_owned(), channel(name.info()));
    ChannelName::ALL.iter().map(entry).collect()
}

/// Builds one operation for each channel with publications.
pub fn operations() -> Map<String, Value> {
    let infos = ChannelName::ALL.iter().map(|name| name.info());
    infos
        .filter(|info| !info.carries.is_empty())
        .map(|info| {
            let summary = format!(
                "The server sends the changes of `{}` to its subscribers.",
                info.pattern()
            );
            let kinds = info.carries.iter().map(|kind| kind.as_str());
            (
                format!("publish_{}", info.name),
                operation("send", info.name, &summary, kinds),
            )
        })
        .collect()
}

/// Builds one message for each kind of change: the `change` frame with the data of the kind.
pub fn messages(schemas: &mut Schemas) -> Map<String, Value> {
    let message = |kind: &ChangeKind| {
        let payload = json!({
            "allOf": [
                reference("components/messages/change/payload"),
                {
                    "type": "object",
                    "properties": {"kind": {"const": kind.as_str()}, "data": schemas.payload(*kind)},
                },
            ]
        });
        let message = json!({"name": kind.as_str(), "summary": kind.description(), "payload": payload});
        (kind.as_str().to_owned(), message)
    };
    ChangeKind::ALL.iter().map(message).collect()
}

fn channel(info: &ChannelInfo) -> Value {
    let readers: Vec<_> = info
        .readers
        .iter()
        .map(|reader| describe(*reader, info.parameter.unwrap_or_default()))
        .collect();
    let conflation = match info.conflation {
        Conflation::None => "An event channel: every change is sent.",
        Conflation::ByKey => {
            "A state channel: of the changes with the same key that a client has not been sent yet, only the newest is \
             sent."
        }
        Conflation::Latest => {
            "A state channel without history: a subscription starts with the newest value of each key, whatever `since` \
             says, and receives each value that replaces it; of the values that a client has not been sent yet, only the \
             newest is sent. A value is not of the log: its frame has the position that the node has reached."
        }
    };
    let mut channel = json!({
        "address": info.pattern(),
        "title": info.pattern(),
        "description": format!("{} {conflation} Readers: {}.", info.description, readers.join("; ")),
        "servers": [reference("servers/socket")],
        "messages": message_references(info.carries.iter().map(|kind| kind.as_str())),
        "x-conflation": match info.conflation {
            Conflation::None => "none",
            Conflation::ByKey => "by-key",
            Conflation::Latest => "latest",
        },
        "x-readers": readers,
    });
    if let Some(parameter) = info.parameter {
        let description = match parameter {
            "id" => "A UUID.",
            "sku" => "A SKU.",
            other => panic!("no description for a parameter {other}"),
        };
        channel["parameters"] = json!({parameter: {"description": description}});
    }
    channel
}

fn describe(reader: Reader, parameter: &str) -> String {
    match reader {
        Reader::Everyone => "everyone, with or without a token".to_owned(),
        Reader::Permission(name) => format!("accounts with the permission `{name}` ({})", roles(name)),
        Reader::Account => format!("the account `{{{parameter}}}`"),
        Reader::AccountWith(name) => {
            format!(
                "the account `{{{parameter}}}` with the permission `{name}` ({})",
                roles(name)
            )
        }
        Reader::GuestOfOrder => "the guest who placed the order".to_owned(),
        Reader::PartyToOrder => {
            "the customer of the order, the sellers of its lines and its courier".to_owned()
        }
    }
}

/// Returns the roles with the permission `name`.
fn roles(name: &str) -> String {
    let roles = realtime::permission(name)
        .expect("checked when realtime is compiled")
        .roles();
    let roles: Vec<_> = roles.iter().map(Role::as_str).collect();
    roles.join(", ")
}
