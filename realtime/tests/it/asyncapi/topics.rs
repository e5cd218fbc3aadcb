//! The two Kafka topics behind the socket.

use ::schemas::change::WATERMARK_KEY;
use ::schemas::topic::{self, header};
use serde_json::{Map, Value, json};

use super::schemas::Schemas;
use super::{message_references, operation, reference};

pub fn channels() -> Map<String, Value> {
    let events = json!({
        "address": topic::EVENTS,
        "title": "Every event of the store",
        "description": format!(
            "{} partitions by default. The partition is Kafka's murmur2 of the key: the order's id for order, payment, \
             delivery and return streams, the SKU for product and stock streams. So everything that concerns one order \
             is in order. At least once: a position that is not higher than the last one seen on the partition is a \
             duplicate, and a `{}` other than the last position seen on it means that something is missing.",
            topic::EVENT_PARTITIONS,
            header::PREV,
        ),
        "servers": [reference("servers/kafka")],
        "messages": message_references(["event"]),
    });
    let changes = json!({
        "address": topic::CHANGES,
        "title": "Changes of read models",
        "description": "One partition with a short retention. The changes of a projected batch in the order of \
                        positions, then a watermark. At least once, in whole batches: a change that is not above the \
                        last watermark is a duplicate, and changes are complete only with their watermark.",
        "servers": [reference("servers/kafka")],
        "messages": message_references(["topic_change", "watermark"]),
    });
    Map::from_iter([("events".to_owned(), events), ("changes".to_owned(), changes)])
}

pub fn operations() -> Map<String, Value> {
    let changes = ["topic_change", "watermark"];
    let publish_events = operation(
        "send",
        "events",
        "The relay publishes committed events.",
        ["event"],
    );
    let publish_changes = operation("send", "changes", "The projector publishes changes.", changes);
    let follow_changes = operation(
        "receive",
        "changes",
        "Every socket node reads all changes.",
        changes,
    );
    Map::from_iter([
        ("publishEvents".to_owned(), publish_events),
        ("publishChanges".to_owned(), publish_changes),
        ("followChanges".to_owned(), follow_changes),
    ])
}

pub fn messages(schemas: &mut Schemas) -> Map<String, Value> {
    let event = json!({
        "name": "event",
        "summary": "One event, in the binary mode of the CloudEvents Kafka binding 1.0.2.",
        "headers": event_headers(),
        "payload": {
            "type": "object",
            "description": "The payload of the event, byte for byte as it was stored. Its shape is in `schemas/json/`.",
        },
        "bindings": {"kafka": {"key": {"type": "string", "description": "The partition key."}}},
    });
    let change = json!({
        "name": "topic_change",
        "summary": "One change, for all its channels.",
        "payload": schemas.change(),
        "bindings": {"kafka": {"key": {"type": "string", "description": "The first channel."}}},
    });
    let watermark = json!({
        "name": "watermark",
        "summary": "Every change up to `position` has been sent.",
        "payload": schemas.watermark(),
        "bindings": {"kafka": {"key": {"const": WATERMARK_KEY}}},
    });
    Map::from_iter([
        ("event".to_owned(), event),
        ("topic_change".to_owned(), change),
        ("watermark".to_owned(), watermark),
    ])
}

fn event_headers() -> Value {
    let text = |description: &str| json!({"type": "string", "description": description});
    let number = |description: &str| json!({"type": "integer", "description": description});
    let cloud_event_type = topic::cloud_event_type("OrderPlaced");
    let optional = [
        (header::VERSION, number("Place in the stream, from 1.")),
        (
            header::SCHEMA_VERSION,
            number("Version of the payload's shape, from 1."),
        ),
        (header::METADATA, text("The metadata of the event as JSON.")),
        (
            header::RECORDED_AT,
            json!({"type": "string", "format": "date-time", "description": "When it was stored."}),
        ),
        (
            header::HASH,
            text("The hash of the event in the chain of its stream, in hexadecimal."),
        ),
    ];
    let required = [
        (header::SPEC_VERSION, json!({"const": topic::SPEC_VERSION})),
        (header::ID, json!({"type": "string", "format": "uuid"})),
        (
            header::TYPE,
            text(&format!(
                "The event type with a prefix, e.g. `{cloud_event_type}`."
            )),
        ),
        (header::SOURCE, json!({"const": topic::SOURCE})),
        (header::SUBJECT, text("The stream.")),
        (header::TIME, json!({"type": "string", "format": "date-time"})),
        (header::CONTENT_TYPE, json!({"const": "application/json"})),
        (header::POSITION, number("Place in the log, from 1.")),
        (
            header::PREV,
            number("The position of the message before it on the same partition; 0 for the first."),
        ),
    ];
    let names: Vec<_> = required.iter().map(|(name, _)| *name).collect();
    let properties: Map<_, _> = required
        .iter()
        .chain(&optional)
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()))
        .collect();
    json!({"type": "object", "required": names, "properties": properties})
}
