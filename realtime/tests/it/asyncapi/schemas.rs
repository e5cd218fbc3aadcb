//! JSON Schemas of frames and payloads, by schemars.

use ::schemas::change::{Change, ChangeKind, Watermark};
use realtime::protocol::{ClientFrame, ServerFrame};
use schemars::JsonSchema;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use crate::frames;

/// Generates schemas and collects the definitions they refer to.
pub struct Schemas {
    generator: SchemaGenerator,
}

impl Default for Schemas {
    fn default() -> Self {
        // AsyncAPI 3.0 uses JSON Schema draft 07.
        let settings = SchemaSettings::draft07().for_serialize().with(|settings| {
            settings.meta_schema = None;
            settings.definitions_path = "/components/schemas".into();
        });
        Self {
            generator: settings.into_generator(),
        }
    }
}

impl Schemas {
    /// Builds the messages of clients, by operation.
    pub fn client_frames(&mut self) -> Map<String, Value> {
        let settings = self.generator.settings().clone().for_deserialize();
        frame_messages(inline::<ClientFrame>(settings), &frames::client_examples())
    }

    /// Builds the messages of the server, by operation.
    pub fn server_frames(&mut self) -> Map<String, Value> {
        let settings = self.generator.settings().clone();
        frame_messages(
            inline::<ServerFrame<'static>>(settings),
            &frames::server_examples(),
        )
    }

    /// Builds the schema of a change on the topic.
    pub fn change(&self) -> Value {
        inline::<Change>(self.generator.settings().clone())
    }

    /// Builds the schema of a watermark on the topic.
    pub fn watermark(&self) -> Value {
        inline::<Watermark>(self.generator.settings().clone())
    }

    /// Builds the schema of the data of `kind`, by reference.
    pub fn payload(&mut self, kind: ChangeKind) -> Value {
        kind.payload_schema(&mut self.generator).to_value()
    }

    /// Returns the definitions that all of the above refer to.
    pub fn into_definitions(mut self) -> Map<String, Value> {
        let definitions = self.generator.take_definitions(true).into_iter();
        definitions
            .map(|(name, schema)| (name, with_joined_lines(schema)))
            .collect()
    }
}

/// Builds the schema of `T`, with the schemas of its fields inlined.
fn inline<T: JsonSchema>(settings: SchemaSettings) -> Value {
    let settings = settings.with(|settings| settings.inline_subschemas = true);
    let schema = settings.into_generator().into_root_schema_for::<T>();
    with_joined_lines(schema.to_value())
}

/// Joins the lines of each paragraph in the descriptions of a schema.
fn with_joined_lines(schema: Value) -> Value {
    match schema {
        Value::Object(object) => object
            .into_iter()
            .map(|(key, value)| match value {
                Value::String(text) if key == "description" => (key, Value::String(joined(&text))),
                value => (key, with_joined_lines(value)),
            })
            .collect(),
        Value::Array(items) => items.into_iter().map(with_joined_lines).collect(),
        other => other,
    }
}

fn joined(text: &str) -> String {
    let paragraphs: Vec<_> = text
        .split("\n\n")
        .map(|paragraph| paragraph.replace('\n', " "))
        .collect();
    paragraphs.join("\n\n")
}

/// Builds one message for each frame of an enum that is tagged by `op`.
fn frame_messages(schema: Value, examples: &[Value]) -> Map<String, Value> {
    let variants = schema["oneOf"].as_array().expect("a tagged enum");
    variants
        .iter()
        .map(|variant| {
            let mut payload = variant.clone();
            let summary = payload.as_object_mut().unwrap().remove("description");
            let op = payload["properties"]["op"]["const"].as_str().unwrap().to_owned();
            let examples: Vec<_> = examples
                .iter()
                .filter(|example| example["op"] == op)
                .map(|example| json!({"payload": example}))
                .collect();
            let message = json!({
                "name": op,
                "summary": summary.expect("every frame has a comment"),
                "payload": payload,
                "examples": examples,
            });
            (op, message)
        })
        .collect()
}
