//! The trace that a request is part of.

use actix_web::http::header::HeaderMap;

pub use crate::telemetry::context::{TraceContext, scope, sync_scope, trace_id, traceparent};

/// The caller's trace, from the `traceparent` header.
pub fn incoming(headers: &HeaderMap) -> Option<TraceContext> {
    let value = headers.get("traceparent")?.to_str().ok()?;
    TraceContext::parse(value)
}
