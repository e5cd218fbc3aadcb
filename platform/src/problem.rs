//! Error answers: problem+json (RFC 9457) with a stable type and the trace's id.

use std::error::Error as StdError;
use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::causes::with_causes;
use crate::http::context;

pub mod kind;
pub use kind::Kind;

/// The media type of every error answer.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// The prefix of every problem's type; the slug follows.
pub const TYPE_PREFIX: &str = "https://waybill.dev/problems/";

/// The longest detail of one field error, in characters, so that client input is not echoed at length.
const FIELD_DETAIL_LEN_MAX: usize = 200;

/// An error in the body or query of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "ProblemError")]
pub struct FieldError {
    /// A JSON pointer into the body (RFC 6901), or `?name` for a query parameter.
    pub pointer: String,
    /// What is wrong, as a sentence.
    pub detail: String,
}

impl FieldError {
    /// Creates an error at `pointer`.
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        let mut detail = detail.into();
        if let Some((end, _)) = detail.char_indices().nth(FIELD_DETAIL_LEN_MAX) {
            detail.truncate(end);
        }
        Self {
            pointer: pointer.into(),
            detail,
        }
    }
}

/// An error answer. Its cause, if it has one, is logged when the answer is written and never sent.
pub struct Problem(Box<ProblemFields>);

struct ProblemFields {
    kind: &'static Kind,
    detail: String,
    errors: Vec<FieldError>,
    members: Map<String, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Problem {
    /// Creates a problem of `kind`; `detail` is shown to users.
    pub fn new(kind: &'static Kind, detail: impl Into<String>) -> Self {
        Self(Box::new(ProblemFields {
            kind,
            detail: detail.into(),
            errors: Vec::new(),
            members: Map::new(),
            headers: Vec::new(),
            source: None,
        }))
    }

    /// 404: the resource does not exist or is hidden from the caller.
    pub fn not_found() -> Self {
        Self::new(
            &kind::NOT_FOUND,
            "Not found. Check the address, or log in with an account that has access.",
        )
    }

    /// 401 with the challenge of RFC 6750.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(&kind::UNAUTHORIZED, detail).with_header(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer realm=\"waybill\""),
        )
    }

    /// 403: the caller's roles do not allow the operation.
    pub fn forbidden() -> Self {
        Self::new(
            &kind::FORBIDDEN,
            "Your account doesn't have permission to do this.",
        )
    }

    /// 422 with a list of field errors.
    pub fn validation(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [only] => format!("{}: {}", only.pointer, only.detail),
            several => format!("Check the {} fields listed in `errors`.", several.len()),
        };
        Self::new(&kind::VALIDATION, detail).with_errors(errors)
    }

    /// 422 with one field error.
    pub fn invalid_field(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::validation(vec![FieldError::new(pointer, detail)])
    }

    /// 503: a dependency of the service cannot be reached.
    pub fn unavailable(retry_after_s: u32, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(
            &kind::UNAVAILABLE,
            "The service is temporarily unavailable. Try again shortly.",
        )
        .with_retry_after(retry_after_s)
        .with_source(source)
    }

    /// 500 for a broken invariant; `source` is only logged.
    pub fn internal(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(
            &kind::INTERNAL,
            "Something went wrong on our side. Try again later.",
        )
        .with_source(source)
    }

    /// Adds field errors.
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.0.errors = errors;
        self
    }

    /// Adds an extension member.
    pub fn with_member(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.members.insert(name.to_owned(), value.into());
        self
    }

    /// Adds a response header.
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// Adds `Retry-After` in seconds.
    pub fn with_retry_after(self, seconds: u32) -> Self {
        self.with_header(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)))
    }

    /// Sets the cause, for the log.
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Returns the kind of problem.
    pub fn kind(&self) -> &'static Kind {
        self.0.kind
    }

    /// Returns the message for users.
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// Returns the field errors.
    pub fn errors(&self) -> &[FieldError] {
        &self.0.errors
    }

    /// Serializes the response body with its trace id.
    pub fn body(&self, trace_id: &str) -> String {
        let kind = self.0.kind;
        let body = Body {
            kind: format_args!("{TYPE_PREFIX}{}", kind.slug).to_string(),
            title: kind.title,
            status: kind.status,
            detail: &self.0.detail,
            trace_id,
            errors: &self.0.errors,
            members: &self.0.members,
        };
        serde_json::to_string(&body).unwrap_or_else(|_| String::from("{}"))
    }

    fn log(&self) {
        let Some(source) = &self.0.source else { return };
        let causes = with_causes(source.as_ref());
        let trace_id = context::trace_id();
        if self.0.kind.status >= 500 {
            tracing::error!(
                trace_id,
                problem = self.0.kind.slug,
                error = causes,
                "A request failed."
            );
        } else {
            tracing::debug!(
                trace_id,
                problem = self.0.kind.slug,
                error = causes,
                "A request was rejected."
            );
        }
    }
}

/// An error answer (RFC 9457). A type of problem may have further members.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct Body<'a> {
    /// The type of problem, which never changes: `https://waybill.dev/problems/<slug>`.
    #[serde(rename = "type")]
    kind: String,
    /// A short name of the type.
    title: &'a str,
    /// The HTTP status.
    #[schemars(range(min = 400, max = 599))]
    status: u16,
    /// What happened, in words for the user.
    detail: &'a str,
    /// Identifies the request in traces and logs.
    trace_id: &'a str,
    /// What is wrong with the request, by field.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
    #[serde(flatten)]
    members: &'a Map<String, Value>,
}

impl fmt::Debug for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Problem")
            .field("slug", &self.0.kind.slug)
            .field("status", &self.0.kind.status)
            .field("detail", &self.0.detail)
            .field("errors", &self.0.errors)
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.0.kind.slug, self.0.detail)
    }
}

impl StdError for Problem {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.kind.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        self.log();
        let mut response = HttpResponse::build(self.status_code());
        for (name, value) in &self.0.headers {
            response.append_header((name.clone(), value.clone()));
        }
        response
            .content_type(CONTENT_TYPE)
            .body(self.body(&context::trace_id()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_names_type_status_trace_and_fields() {
        let problem = Problem::invalid_field("/lines/0/quantity", "must be at least 1")
            .with_member("limit", 5)
            .with_source(std::io::Error::other("secret"));
        let body: Value = serde_json::from_str(&problem.body("abc")).unwrap();
        assert_eq!(
            body,
            serde_json::json!({
                "type": "https://waybill.dev/problems/validation", "title": "Not valid", "status": 422,
                "detail": "/lines/0/quantity: must be at least 1", "trace_id": "abc",
                "errors": [{"pointer": "/lines/0/quantity", "detail": "must be at least 1"}], "limit": 5
            })
        );
    }

    #[test]
    fn long_details_are_cut() {
        let error = FieldError::new("/name", "ä".repeat(1000));
        assert_eq!(error.detail.chars().count(), FIELD_DETAIL_LEN_MAX);
    }
}
