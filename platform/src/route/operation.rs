//! The OpenAPI entry of one operation, built from its table row, its arguments and its answer.

use std::collections::{BTreeMap, BTreeSet};

use schemars::generate::{Contract, SchemaSettings};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::problem::{self, Kind};

/// The schemas of all operations in a document: one generator for requests, one for answers.
#[derive(Debug)]
pub struct Schemas {
    /// For bodies, parameters and headers of requests.
    pub requests: SchemaGenerator,
    /// For bodies of answers.
    pub answers: SchemaGenerator,
}

impl Default for Schemas {
    fn default() -> Self {
        let generator = |contract| {
            SchemaSettings::draft2020_12()
                .with(|settings| {
                    settings.definitions_path = "/components/schemas".into();
                    settings.meta_schema = None;
                    settings.contract = contract;
                })
                .with_transform(schemars::transform::RecursiveTransform(tidy))
                .into_generator()
        };
        Self {
            requests: generator(Contract::Deserialize),
            answers: generator(Contract::Serialize),
        }
    }
}

/// Forbids properties that a schema does not list, because bodies with unknown fields are refused and answers have
/// none.
fn tidy(schema: &mut Schema) {
    if schema.get("properties").is_some() && schema.get("additionalProperties").is_none() {
        schema.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    // A `oneOf` with one choice is replaced by that choice.
    if let Some([Value::Object(only)]) = schema.get("oneOf").and_then(Value::as_array).map(Vec::as_slice) {
        let only = only.clone();
        schema.remove("oneOf");
        for (name, value) in only {
            schema.insert(name, value);
        }
    }
}

/// One operation of the document, while it is being built.
#[derive(Debug)]
pub struct Operation<'a> {
    /// The schemas of the document.
    pub schemas: &'a mut Schemas,
    path: &'a str,
    parameters: Vec<Value>,
    request_body: Option<Value>,
    security: Vec<Value>,
    answers: BTreeMap<u16, Value>,
    problems: BTreeMap<u16, BTreeSet<&'static str>>,
}

impl<'a> Operation<'a> {
    /// Starts an operation at `path` without any content.
    pub(super) fn new(schemas: &'a mut Schemas, path: &'a str) -> Self {
        Self {
            schemas,
            path,
            parameters: Vec::new(),
            request_body: None,
            security: Vec::new(),
            answers: BTreeMap::new(),
            problems: BTreeMap::new(),
        }
    }

    /// Adds the only parameter of the path, with the schema of `T`.
    pub fn path_parameter<T: JsonSchema>(&mut self) {
        let name = self
            .path
            .split_once('{')
            .and_then(|(_, rest)| rest.split_once('}'))
            .map_or("id", |(name, _)| name);
        let schema = self.schemas.requests.subschema_for::<T>();
        self.parameters
            .push(json!({"name": name, "in": "path", "required": true, "schema": schema}));
    }

    /// Adds a required header.
    pub fn required_header(&mut self, name: &str, description: &str, schema: Value) {
        let parameter = json!({"name": name, "in": "header", "required": true, "description": description, "schema": schema});
        self.parameters.push(parameter);
    }

    /// Adds a query parameter for each property of `T`.
    pub fn query_parameters<T: JsonSchema>(&mut self) {
        let schema = T::json_schema(&mut self.schemas.requests);
        let required = schema.get("required").and_then(Value::as_array).cloned();
        let properties = schema.get("properties").and_then(Value::as_object).cloned();
        for (name, mut property) in properties.unwrap_or_default() {
            without_null(&mut property);
            let is_required = required
                .as_ref()
                .is_some_and(|names| names.iter().any(|required| *required == *name));
            let mut parameter = json!({"name": name, "in": "query", "required": is_required});
            if let Some(description) = property
                .as_object_mut()
                .and_then(|schema| schema.remove("description"))
            {
                parameter["description"] = description;
            }
            parameter["schema"] = property;
            self.parameters.push(parameter);
        }
    }

    /// Sets the JSON body to a `T`.
    pub fn json_body<T: JsonSchema>(&mut self, is_required: bool) {
        let schema = self.schemas.requests.subschema_for::<T>();
        self.request_body = Some(json!({
            "required": is_required,
            "content": {"application/json": {"schema": schema}},
        }));
    }

    /// Sets the only way to authenticate, by its name in the security schemes.
    pub fn authenticated_by(&mut self, scheme: &str) {
        self.security.clear();
        self.security(scheme);
    }

    /// Adds an alternative way to authenticate.
    pub(super) fn security(&mut self, scheme: &str) {
        let mut requirement = Map::new();
        requirement.insert(scheme.to_owned(), json!([]));
        self.security.push(Value::Object(requirement));
    }

    /// Allows calls without authentication.
    pub(super) fn no_security(&mut self) {
        self.security.push(json!({}));
    }

    /// Adds an answer without a body.
    pub fn empty_answer(&mut self, status: u16, description: &str) {
        self.answers.insert(status, json!({"description": description}));
    }

    /// Adds an answer with a `T` as JSON; the description is that of `T`.
    pub fn json_answer<T: JsonSchema>(&mut self, status: u16) {
        let schema = self.schemas.answers.subschema_for::<T>();
        let description = self.description_of(&schema);
        let answer = json!({
            "description": description,
            "content": {"application/json": {"schema": schema}},
        });
        self.answers.insert(status, answer);
    }

    fn description_of(&self, schema: &Schema) -> String {
        let name = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| reference.rsplit('/').next());
        let definition = name.and_then(|name| self.schemas.answers.definitions().get(name));
        let description = definition.and_then(|definition| definition.get("description")?.as_str());
        description.unwrap_or("It was carried out.").to_owned()
    }

    /// Adds a header to every answer so far.
    pub fn answer_header(&mut self, name: &str, description: &str) {
        for answer in self.answers.values_mut() {
            answer["headers"][name] = json!({"description": description, "schema": {"type": "string"}});
        }
    }

    /// Adds a problem as a possible answer.
    pub fn problem(&mut self, kind: &'static Kind) {
        self.problems.entry(kind.status).or_default().insert(kind.slug);
    }

    /// Returns the operation's entry, without the fields that come from its table row.
    pub(super) fn finish(mut self) -> Map<String, Value> {
        for (status, slugs) in &self.problems {
            let slugs: Vec<_> = slugs.iter().map(|slug| format!("`{slug}`")).collect();
            let schema = self.schemas.answers.subschema_for::<problem::Body<'static>>();
            let mut answer = json!({
                "description": format!("A problem of type {}.", slugs.join(" or ")),
                "content": {problem::CONTENT_TYPE: {"schema": schema}},
            });
            if matches!(status, 429 | 503) {
                let description = "Seconds after which it is worth another try.";
                let schema = json!({"type": "integer", "minimum": 0});
                answer["headers"] = json!({"Retry-After": {"description": description, "schema": schema}});
            }
            self.answers.entry(*status).or_insert(answer);
        }
        let mut operation = Map::new();
        if !self.parameters.is_empty() {
            operation.insert("parameters".to_owned(), Value::Array(self.parameters));
        }
        operation.extend(self.request_body.map(|body| ("requestBody".to_owned(), body)));
        operation.insert("security".to_owned(), Value::Array(self.security));
        let answers = self.answers.into_iter();
        let answers: Map<_, _> = answers
            .map(|(status, answer)| (status.to_string(), answer))
            .collect();
        operation.insert("responses".to_owned(), Value::Object(answers));
        operation
    }
}

/// Removes `null` from the schema of an optional parameter, which is omitted instead.
fn without_null(schema: &mut Value) {
    if let Some([only]) = schema["type"]
        .as_array_mut()
        .map(|types| {
            types.retain(|name| name != "null");
            types.clone()
        })
        .as_deref()
    {
        schema["type"] = only.clone();
    }
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    if object.get("type") == Some(&Value::Null) {
        object.remove("type");
    }
    if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
        choices.retain(|choice| choice["type"] != "null");
        if let [Value::Object(only)] = choices.as_slice() {
            let only = only.clone();
            object.remove("anyOf");
            object.extend(only);
        }
    }
    // The parameter's schema states the default; null is not one.
    if object.get("default") == Some(&Value::Null) {
        object.remove("default");
    }
}
