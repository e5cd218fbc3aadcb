//! The trace that a request is part of.

use actix_web::http::header::HeaderMap;

pub use crate::telemetry::context::{TraceContext, scope, sync_scope, trace_id, traceparent};

/// The trace that the caller is in, by its `traceparent` header.
pub fn incoming(headers: &HeaderMap) -> Option<TraceContext> {
    let value = headers.get("traceparent")?.to_str().ok()?;
    TraceContext::parse(value)
}
