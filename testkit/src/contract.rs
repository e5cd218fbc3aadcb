//! The committed OpenAPI document. The test clients check every answer they receive against it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::Validator;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

/// An OpenAPI document with its compiled schemas.
pub struct Contract {
    document: Value,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// An answer to be checked against the document.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// Its status.
    pub status: u16,
    /// Its media type; empty without one.
    pub content_type: &'a str,
    /// Its body.
    pub body: &'a [u8],
}

static COMMITTED: LazyLock<Contract> = LazyLock::new(|| {
    let text = include_str!("../../schemas/openapi/waybill.json");
    Contract::new(serde_json::from_str(text).expect("the OpenAPI document is JSON"))
});

impl Contract {
    /// The committed document.
    pub fn committed() -> &'static Self {
        &COMMITTED
    }

    /// Wraps a document.
    pub fn new(document: Value) -> Self {
        Self {
            document,
            validators: Mutex::default(),
        }
    }

    /// Sends a request and checks its answer.
    ///
    /// # Panics
    /// When there is no answer, or it does not match the document.
    pub async fn send(&self, client: &Client, request: RequestBuilder) -> Response {
        let request = request.build().expect("the request can be sent");
        let (method, path) = (request.method().to_string(), request.url().path().to_owned());
        let response = client.execute(request).await.expect("the server answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let content_type = headers
            .get("content-type")
            .map_or("", |value| value.to_str().unwrap_or_default());
        let body = response.bytes().await.expect("the answer is whole");
        let answer = Answer {
            status: status.as_u16(),
            content_type,
            body: &body,
        };
        if let Err(wrong) = self.check(&method, &path, answer) {
            panic!("{method} {path}: {wrong}\n{}", String::from_utf8_lossy(&body));
        }
        let mut whole = http::Response::new(body);
        *whole.status_mut() = status;
        *whole.headers_mut() = headers;
        whole.into()
    }

    /// Checks the answer to `method` at `path`.
    ///
    /// # Errors
    /// A description of what does not match the document.
    pub fn check(&self, method: &str, path: &str, answer: Answer<'_>) -> Result<(), String> {
        let problem = "/components/schemas/Problem";
        let operation = self.operation(if method == "HEAD" { "GET" } else { method }, path);
        let pointer = match (operation, answer.status) {
            // An unknown operation is still answered with a problem, even if it belongs to another process.
            (None, 404 | 405) | (Some(_), 405) => {
                return self.check_body(problem, "application/problem+json", answer);
            }
            (None, status) => return Err(format!("no operation is documented, and the status is {status}")),
            (Some((template, method)), status) => {
                let escaped = template.replace('~', "~0").replace('/', "~1");
                format!("/paths/{escaped}/{method}/responses/{status}")
            }
        };
        let documented = self
            .document
            .pointer(&pointer)
            .ok_or_else(|| format!("status {} is not documented", answer.status))?;
        let content = documented["content"]
            .as_object()
            .and_then(|content| content.iter().next());
        match content {
            None if answer.body.is_empty() => Ok(()),
            None => Err("a body is not documented".to_owned()),
            Some(_) if method == "HEAD" => Ok(()),
            Some((media_type, _)) => {
                let escaped = media_type.replace('/', "~1");
                self.check_body(&format!("{pointer}/content/{escaped}/schema"), media_type, answer)
            }
        }
    }

    fn check_body(&self, pointer: &str, media_type: &str, answer: Answer<'_>) -> Result<(), String> {
        if answer.content_type.split(';').next() != Some(media_type) {
            return Err(format!("`{}` is not {media_type}", answer.content_type));
        }
        let body: Value = serde_json::from_slice(answer.body).map_err(|error| error.to_string())?;
        let validator = self.validator(pointer)?;
        let wrong: Vec<_> = validator
            .iter_errors(&body)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(wrong.join("\n"))
        }
    }

    /// The validator of the schema at `pointer`, compiled once.
    fn validator(&self, pointer: &str) -> Result<Arc<Validator>, String> {
        let mut validators = self.validators.lock().expect("no thread panicked with it");
        if let Some(validator) = validators.get(pointer) {
            return Ok(Arc::clone(validator));
        }
        let schema = self.document.pointer(pointer).ok_or("there is no schema")?;
        let schema = json!({"components": self.document["components"], "allOf": [schema]});
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .build(&schema)
            .map_err(|error| error.to_string())?;
        let validator = Arc::new(validator);
        validators.insert(pointer.to_owned(), Arc::clone(&validator));
        Ok(validator)
    }

    /// The path template and method that match a request; if several match, the one with the fewest parameters.
    fn operation(&self, method: &str, path: &str) -> Option<(&str, String)> {
        let method = method.to_lowercase();
        let paths = self.document["paths"].as_object()?;
        let fitting = paths
            .iter()
            .filter(|(template, item)| item.get(&method).is_some() && fits(template, path));
        let (template, _) = fitting.min_by_key(|(template, _)| template.matches('{').count())?;
        Some((template, method))
    }
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template
            .iter()
            .zip(&path)
            .all(|(expected, actual)| expected == actual || (expected.starts_with('{') && !actual.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        method: &str,
        path: &str,
        (status, content_type): (u16, &str),
        body: &Value,
    ) -> Result<(), String> {
        let body = if body.is_null() {
            Vec::new()
        } else {
            serde_json::to_vec(body).unwrap()
        };
        let answer = Answer {
            status,
            content_type,
            body: &body,
        };
        Contract::committed().check(method, path, answer)
    }

    #[test]
    fn only_answers_that_differ_from_the_document_are_reported() {
        let json = (200, "application/json");
        let (stock, path) = (
            json!({"sku": "A", "on_hand": 3, "reserved": 0, "committed": 0, "available": 3, "position": 9}),
            "/api/v1/stock/A",
        );
        assert_eq!(check("GET", path, json, &stock), Ok(()));
        assert_eq!(check("HEAD", path, json, &Value::Null), Ok(()));
        let with = |name: &str, value: Value| {
            let mut body = stock.clone();
            body[name] = value;
            body
        };
        let mut without = stock.clone();
        without.as_object_mut().unwrap().remove("position");
        for wrong in [with("on_hand", json!("3")), with("colour", json!("red")), without] {
            assert!(check("GET", path, json, &wrong).is_err(), "{wrong}");
        }
        assert!(
            check("GET", path, (200, "text/plain"), &stock).is_err(),
            "another media type"
        );
        assert!(
            check("GET", path, (201, "application/json"), &stock).is_err(),
            "another status"
        );
        assert!(check("GET", path, json, &Value::Null).is_err(), "no body");
    }

    #[test]
    fn problems_are_checked_too() {
        let problem = (404, "application/problem+json");
        let body = json!({
            "type": "https://waybill.dev/problems/not-found", "title": "Not found", "status": 404,
            "detail": "There is nothing.", "trace_id": "a"
        });
        for path in ["/api/v1/stock/A", "/api/v1/nothing"] {
            assert_eq!(check("GET", path, problem, &body), Ok(()), "{path}");
            let plain = (404, "application/json");
            assert!(check("GET", path, plain, &body).is_err(), "{path}");
            assert!(
                check("GET", path, problem, &json!({"status": 404})).is_err(),
                "{path}"
            );
        }
        assert!(check("GET", "/api/v1/nothing", (200, "application/json"), &json!({})).is_err());
    }
}
