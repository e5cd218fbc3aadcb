//! Answers of handlers. The type fixes the status and the body, so that an answer and its documentation cannot differ.

use actix_web::body::BoxBody;
use actix_web::cookie::Cookie;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, Responder};
use schemars::JsonSchema;
use serde::Serialize;

use crate::problem::Problem;
use crate::route::Operation;

/// An answer that documents itself.
pub trait DocumentedAnswer: Responder {
    /// Adds its status, body and headers.
    fn document(operation: &mut Operation<'_>);
}

impl<A: DocumentedAnswer> DocumentedAnswer for Result<A, Problem> {
    fn document(operation: &mut Operation<'_>) {
        A::document(operation);
    }
}

/// 200 with a body.
#[derive(Debug, Clone)]
pub struct Found<T>(pub T);

impl<T: Serialize> Responder for Found<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok().json(self.0)
    }
}

impl<T: Serialize + JsonSchema> DocumentedAnswer for Found<T> {
    fn document(operation: &mut Operation<'_>) {
        operation.json_answer::<T>(200);
    }
}

/// 201 with a body.
#[derive(Debug, Clone)]
pub struct Created<T>(pub T);

impl<T: Serialize> Responder for Created<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Created().json(self.0)
    }
}

impl<T: Serialize + JsonSchema> DocumentedAnswer for Created<T> {
    fn document(operation: &mut Operation<'_>) {
        operation.json_answer::<T>(201);
    }
}

/// 202 with a body: the request was received, and the answer does not tell what became of it.
#[derive(Debug, Clone)]
pub struct Received<T>(pub T);

impl<T: Serialize> Responder for Received<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Accepted().json(self.0)
    }
}

impl<T: Serialize + JsonSchema> DocumentedAnswer for Received<T> {
    fn document(operation: &mut Operation<'_>) {
        operation.json_answer::<T>(202);
    }
}

/// 204.
#[derive(Debug, Clone, Copy)]
pub struct NoContent;

impl Responder for NoContent {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::NoContent().finish()
    }
}

impl DocumentedAnswer for NoContent {
    fn document(operation: &mut Operation<'_>) {
        operation.empty_answer(204, "It was carried out; there is nothing to say about it.");
    }
}

/// An answer with the version of a stream as its entity tag.
#[derive(Debug, Clone)]
pub struct Versioned<A> {
    /// The answer.
    pub answer: A,
    /// The version.
    pub version: i64,
}

impl<A: Responder<Body = BoxBody>> Responder for Versioned<A> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let tag = format!("\"{}\"", self.version);
        with_header(self.answer.respond_to(request), header::ETAG, &tag)
    }
}

impl<A: DocumentedAnswer<Body = BoxBody>> DocumentedAnswer for Versioned<A> {
    fn document(operation: &mut Operation<'_>) {
        A::document(operation);
        operation.answer_header("ETag", "The version of the stream, quoted; for If-Match.");
    }
}

/// An answer from rows that follow from the events up to a position, in the header `Waybill-Position`.
#[derive(Debug, Clone)]
pub struct At<A> {
    /// The answer.
    pub answer: A,
    /// The position.
    pub position: i64,
}

impl<A: Responder<Body = BoxBody>> Responder for At<A> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let name = HeaderName::from_static("waybill-position");
        with_header(self.answer.respond_to(request), name, &self.position.to_string())
    }
}

impl<A: DocumentedAnswer<Body = BoxBody>> DocumentedAnswer for At<A> {
    fn document(operation: &mut Operation<'_>) {
        A::document(operation);
        operation.answer_header(
            "Waybill-Position",
            "The position up to which every event is in the answer; later ones may be in it too.",
        );
    }
}

/// An answer that sets a cookie, if there is one to set.
#[derive(Debug, Clone)]
pub struct WithCookie<A> {
    /// The answer.
    pub answer: A,
    /// The cookie.
    pub cookie: Option<Cookie<'static>>,
}

impl<A: Responder<Body = BoxBody>> Responder for WithCookie<A> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let response = self.answer.respond_to(request);
        match self.cookie {
            Some(cookie) => with_header(response, header::SET_COOKIE, &cookie.encoded().to_string()),
            None => response,
        }
    }
}

impl<A: DocumentedAnswer<Body = BoxBody>> DocumentedAnswer for WithCookie<A> {
    fn document(operation: &mut Operation<'_>) {
        A::document(operation);
        operation.answer_header(
            "Set-Cookie",
            "The refresh token, `HttpOnly` and `SameSite=Strict`.",
        );
    }
}

/// An answer that any cache may keep for a number of seconds.
#[derive(Debug, Clone)]
pub struct Cacheable<A> {
    /// The answer.
    pub answer: A,
    /// How long it may be kept, in seconds.
    pub max_age_s: u32,
}

impl<A: Responder<Body = BoxBody>> Responder for Cacheable<A> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let control = format!("public, max-age={}", self.max_age_s);
        with_header(self.answer.respond_to(request), header::CACHE_CONTROL, &control)
    }
}

impl<A: DocumentedAnswer<Body = BoxBody>> DocumentedAnswer for Cacheable<A> {
    fn document(operation: &mut Operation<'_>) {
        A::document(operation);
        operation.answer_header("Cache-Control", "How long the answer may be kept.");
    }
}

fn with_header(mut response: HttpResponse, name: HeaderName, value: &str) -> HttpResponse {
    match HeaderValue::from_str(value) {
        Ok(value) => {
            response.headers_mut().append(name, value);
            response
        }
        Err(error) => HttpResponse::from_error(Problem::internal(error)),
    }
}
