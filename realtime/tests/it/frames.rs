//! The text of every frame.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use realtime::protocol::{ClientFrame, ErrorCode, ServerFrame};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::asyncapi;

const EPOCH: &str = "0198c2f0-0000-7000-8000-000000000000";
const ORDER: &str = "order:0198c2f0-5f3a-7c31-9d6e-3a5b2c1d0e4f";

fn data() -> Box<RawValue> {
    let data = r#"{"sku":"MUG-1","on_hand":12,"reserved":2,"committed":0,"available":10,"position":42}"#;
    RawValue::from_string(data.to_owned()).unwrap()
}

/// Creates one frame of each kind; `error` with and without a channel.
fn frames(data: &RawValue) -> Vec<ServerFrame<'_>> {
    vec![
        ServerFrame::Ready {
            session_id: Uuid::from_u128(7),
            epoch: EPOCH,
            position: 41,
        },
        ServerFrame::Subscribed {
            channel: ORDER,
            epoch: EPOCH,
            position: 41,
        },
        ServerFrame::Change {
            channel: "product:MUG-1",
            position: 42,
            kind: "stock.changed",
            key: "stock:MUG-1",
            data,
        },
        ServerFrame::Position { position: 42 },
        ServerFrame::Resync {
            channel: "orders",
            epoch: EPOCH,
            position: 42,
        },
        ServerFrame::Unsubscribed { channel: ORDER },
        ServerFrame::Error {
            code: ErrorCode::UnknownChannel,
            detail: "The channel does not exist, or you may not read it.",
            channel: Some("order:1"),
        },
        ServerFrame::Error {
            code: ErrorCode::Malformed,
            detail: "The message is not a frame of waybill.v1.",
            channel: None,
        },
        ServerFrame::Pong,
        ServerFrame::Reconnect { delay_ms: 1_700 },
    ]
}

/// Returns examples for the AsyncAPI document.
pub fn server_examples() -> Vec<Value> {
    let data = data();
    let render = |frame: &ServerFrame<'_>| serde_json::from_str(&frame.render()).unwrap();
    frames(&data).iter().map(render).collect()
}

/// Returns examples for the AsyncAPI document.
pub fn client_examples() -> Vec<Value> {
    vec![
        json!({"op": "auth", "token": null}),
        json!({"op": "subscribe", "channel": "orders"}),
        json!({"op": "subscribe", "channel": ORDER, "since": {"epoch": EPOCH, "position": 41}}),
        json!({"op": "unsubscribe", "channel": ORDER}),
        json!({"op": "ping"}),
    ]
}

/// Returns the names of the frames of an operation of the AsyncAPI document.
fn documented(operation: &str) -> BTreeSet<String> {
    let document = asyncapi::document();
    let messages = document["operations"][operation]["messages"].as_array().unwrap();
    let name = |message: &Value| {
        message["$ref"]
            .as_str()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned()
    };
    messages.iter().map(name).collect()
}

fn operations(examples: &[Value]) -> BTreeSet<String> {
    let op = |frame: &Value| frame["op"].as_str().unwrap().to_owned();
    examples.iter().map(op).collect()
}

#[test]
fn every_server_frame_is_serialized_as_documented() {
    let data = data();
    let text: Vec<_> = frames(&data)
        .iter()
        .map(|frame| frame.render().to_string())
        .collect();
    assert_snapshot!(text.join("\n"), @r#"
    {"op":"ready","session_id":"00000000-0000-0000-0000-000000000007","epoch":"0198c2f0-0000-7000-8000-000000000000","position":41}
    {"op":"subscribed","channel":"order:0198c2f0-5f3a-7c31-9d6e-3a5b2c1d0e4f","epoch":"0198c2f0-0000-7000-8000-000000000000","position":41}
    {"op":"change","channel":"product:MUG-1","position":42,"kind":"stock.changed","key":"stock:MUG-1","data":{"sku":"MUG-1","on_hand":12,"reserved":2,"committed":0,"available":10,"position":42}}
    {"op":"position","position":42}
    {"op":"resync","channel":"orders","epoch":"0198c2f0-0000-7000-8000-000000000000","position":42}
    {"op":"unsubscribed","channel":"order:0198c2f0-5f3a-7c31-9d6e-3a5b2c1d0e4f"}
    {"op":"error","code":"unknown-channel","detail":"The channel does not exist, or you may not read it.","channel":"order:1"}
    {"op":"error","code":"malformed","detail":"The message is not a frame of waybill.v1."}
    {"op":"pong"}
    {"op":"reconnect","delay_ms":1700}
    "#);
}

#[test]
fn every_documented_frame_has_an_example() {
    assert_eq!(operations(&server_examples()), documented("sendFrames"));
    assert_eq!(operations(&client_examples()), documented("receiveFrames"));
    for example in client_examples() {
        assert!(
            serde_json::from_value::<ClientFrame>(example.clone()).is_ok(),
            "{example}"
        );
    }
}
