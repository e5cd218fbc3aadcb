//! What is known about the request that the current task serves.

use std::future::Future;

use actix_web::http::header::HeaderMap;
use uuid::Uuid;

tokio::task_local! {
    static CURRENT: TraceContext;
}

/// The W3C trace context of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceContext {
    trace_id: u128,
    span_id: u64,
}

impl TraceContext {
    /// A new trace.
    pub fn random() -> Self {
        let (high, low) = Uuid::new_v4().as_u64_pair();
        Self {
            trace_id: Uuid::new_v4().as_u128(),
            span_id: high ^ low,
        }
    }

    /// Continues the trace that the caller is in, or begins one.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let incoming = headers
            .get("traceparent")
            .and_then(|value| value.to_str().ok())
            .and_then(Self::parse);
        incoming.unwrap_or_else(Self::random)
    }

    /// Reads `00-<trace id>-<span id>-<flags>`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        if version != "00"
            || trace.len() != 32
            || span.len() != 16
            || flags.len() != 2
            || parts.next().is_some()
        {
            return None;
        }
        let trace_id = u128::from_str_radix(trace, 16).ok()?;
        let span_id = u64::from_str_radix(span, 16).ok()?;
        (trace_id != 0 && span_id != 0).then_some(Self { trace_id, span_id })
    }

    /// The trace's id in hexadecimal.
    pub fn trace_id(self) -> String {
        format!("{:032x}", self.trace_id)
    }

    /// The `traceparent` to hand on.
    pub fn traceparent(self) -> String {
        format!("00-{:032x}-{:016x}-01", self.trace_id, self.span_id)
    }
}

/// Runs `future` as part of the trace `context`.
pub async fn scope<F: Future>(context: TraceContext, future: F) -> F::Output {
    CURRENT.scope(context, future).await
}

/// Runs `work` as part of the trace `context`.
pub fn sync_scope<T>(context: TraceContext, work: impl FnOnce() -> T) -> T {
    CURRENT.sync_scope(context, work)
}

/// The current trace's id; a new one outside of a request.
pub fn trace_id() -> String {
    current().unwrap_or_else(TraceContext::random).trace_id()
}

/// The `traceparent` of the current request, if there is one.
pub fn traceparent() -> Option<String> {
    current().map(TraceContext::traceparent)
}

fn current() -> Option<TraceContext> {
    CURRENT.try_with(|context| *context).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_traceparent_is_read_and_written() {
        let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let context = TraceContext::parse(text).unwrap();
        assert_eq!(context.traceparent(), text);
        assert_eq!(context.trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
    }

    #[test]
    fn a_wrong_traceparent_is_ignored() {
        for text in [
            "",
            "00",
            "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-0-0-01",
        ] {
            assert_eq!(TraceContext::parse(text), None, "{text}");
        }
        let zero = format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32));
        assert_eq!(TraceContext::parse(&zero), None);
    }
}
