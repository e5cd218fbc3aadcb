//! The W3C trace context of the current task.

use std::future::Future;

use uuid::Uuid;

/// The flag of a trace whose spans are recorded.
const SAMPLED: u8 = 0x01;
/// The text before a trace context in an event's metadata.
const METADATA_KEY: &str = "\"traceparent\":\"";
/// The length of `00-<trace id>-<span id>-<flags>`.
const TRACEPARENT_LEN: usize = 55;

tokio::task_local! {
    static CURRENT: TraceContext;
}

/// A W3C trace context: which trace, which span of it, and whether its spans are recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceContext {
    pub(super) trace_id: u128,
    pub(super) span_id: u64,
    pub(super) is_sampled: bool,
}

impl TraceContext {
    /// A new trace, whose spans are not recorded.
    pub fn random() -> Self {
        let (high, low) = Uuid::new_v4().as_u64_pair();
        Self {
            trace_id: Uuid::new_v4().as_u128(),
            span_id: high ^ low,
            is_sampled: false,
        }
    }

    /// The context in the text of an event's metadata, if its trace is sampled. Checks the flag before it parses the
    /// rest, since nearly all events belong to traces that are not sampled.
    pub fn sampled_in_metadata(metadata: &str) -> Option<Self> {
        // The writer of metadata puts the context last, so an event outside of a sampled trace is recognised at once.
        if metadata.ends_with("-00\"}") {
            return None;
        }
        // Inside a JSON string the quotes would be escaped, so this is the key.
        let start = metadata.rfind(METADATA_KEY)? + METADATA_KEY.len();
        Self::parse_sampled(metadata.get(start..start + TRACEPARENT_LEN)?)
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
        let flags = u8::from_str_radix(flags, 16).ok()?;
        (trace_id != 0 && span_id != 0).then_some(Self {
            trace_id,
            span_id,
            is_sampled: flags & SAMPLED != 0,
        })
    }

    /// Reads a context if its trace is sampled.
    pub fn parse_sampled(text: &str) -> Option<Self> {
        let is_sampled = text.ends_with(['1', '3', '5', '7', '9', 'b', 'd', 'f']);
        if is_sampled { Self::parse(text) } else { None }
    }

    /// Whether the trace's spans are recorded.
    pub const fn is_sampled(self) -> bool {
        self.is_sampled
    }

    /// The random bits at the end of the trace's id, most significant first, by which sampling is decided.
    pub(crate) const fn random_bits(self) -> u64 {
        #[allow(clippy::cast_possible_truncation, reason = "the lower half")]
        let lower_half = self.trace_id as u64;
        // A version 4 UUID has its variant in the first two bits.
        lower_half << 2
    }

    /// The trace's id in hexadecimal.
    pub fn trace_id(self) -> String {
        format!("{:032x}", self.trace_id)
    }

    /// The `traceparent` header value to pass on.
    pub fn traceparent(self) -> String {
        let flags = u8::from(self.is_sampled);
        format!("00-{:032x}-{:016x}-{flags:02x}", self.trace_id, self.span_id)
    }
}

/// Runs `future` as part of the trace `context`.
pub async fn scope<F: Future>(context: TraceContext, future: F) -> F::Output {
    CURRENT.scope(context, future).await
}

/// Runs `future` as part of the trace `context`, if there is one.
pub async fn scope_if_some<F: Future>(context: Option<TraceContext>, future: F) -> F::Output {
    match context {
        Some(context) => scope(context, future).await,
        None => future.await,
    }
}

/// Runs `work` as part of the trace `context`.
pub fn sync_scope<T>(context: TraceContext, work: impl FnOnce() -> T) -> T {
    CURRENT.sync_scope(context, work)
}

/// Runs `work` as part of the trace `context`, if there is one.
pub fn sync_scope_if_some<T>(context: Option<TraceContext>, work: impl FnOnce() -> T) -> T {
    match context {
        Some(context) => sync_scope(context, work),
        None => work(),
    }
}

/// The current trace's id; a new one outside of a request.
pub fn trace_id() -> String {
    current().unwrap_or_else(TraceContext::random).trace_id()
}

/// The `traceparent` of the current request, if there is one.
pub fn traceparent() -> Option<String> {
    current().map(TraceContext::traceparent)
}

/// The current trace, if there is one.
pub fn current() -> Option<TraceContext> {
    CURRENT.try_with(|context| *context).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_traceparent_survives_a_round_trip() {
        let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let context = TraceContext::parse(text).unwrap();
        assert_eq!(context.traceparent(), text);
        assert_eq!(context.trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert!(context.is_sampled());
        let not_sampled = text.replace("b7-01", "b7-00");
        assert_eq!(
            TraceContext::parse(&not_sampled).unwrap().traceparent(),
            not_sampled
        );
    }

    #[test]
    fn only_a_sampled_trace_is_parsed_from_metadata() {
        let metadata = |flags: &str| {
            format!(
                r#"{{"command_id":"x","actor":{{"kind":"tool","name":"\"traceparent\":\""}},"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-{flags}"}}"#
            )
        };
        let found = TraceContext::sampled_in_metadata(&metadata("01")).unwrap();
        assert_eq!(found.trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_eq!(TraceContext::sampled_in_metadata(&metadata("00")), None);
        assert_eq!(TraceContext::sampled_in_metadata(r#"{"traceparent":"00"}"#), None);
        assert_eq!(TraceContext::sampled_in_metadata("{}"), None);
    }

    #[test]
    fn an_invalid_traceparent_is_ignored() {
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
