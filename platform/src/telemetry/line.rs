//! Adds the trace id to log lines.

use std::fmt;

use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use super::context;

/// Formats like `F`, and adds the id of the current trace.
pub(super) struct WithTraceId<F> {
    format: F,
    place: Place,
}

/// Where the id is added.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// At the end of the line.
    End,
    /// In the JSON object of the line.
    Object,
}

impl<F> WithTraceId<F> {
    /// Creates a formatter for `format`, which writes a line of text.
    pub(super) const fn text(format: F) -> Self {
        Self {
            format,
            place: Place::End,
        }
    }

    /// Creates a formatter for `format`, which writes a JSON object.
    pub(super) const fn json(format: F) -> Self {
        Self {
            format,
            place: Place::Object,
        }
    }
}

impl<S, N, F> FormatEvent<S, N> for WithTraceId<F>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let Some(trace) = context::current() else {
            return self.format.format_event(context, writer, event);
        };
        let mut line = String::new();
        self.format.format_event(context, Writer::new(&mut line), event)?;
        let (trace_id, line) = (trace.trace_id(), line.trim_end());
        match (self.place, line.strip_suffix('}')) {
            (Place::Object, Some(open)) => writeln!(writer, "{open},\"trace_id\":\"{trace_id}\"}}"),
            _ => writeln!(writer, "{line} trace_id={trace_id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::fmt::format;

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Lines {
        fn taken(&self) -> String {
            String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap()
        }
    }

    const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

    fn say() {
        tracing::info!(order.id = 7, "An order was placed.");
    }

    #[test]
    fn a_line_of_a_traced_request_carries_the_trace_id() {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .event_format(WithTraceId::json(format::json().flatten_event(true)))
            .with_writer(move || writer.clone())
            .finish();
        let context = context::TraceContext::parse(TRACEPARENT).unwrap();
        tracing::subscriber::with_default(subscriber, || {
            context::sync_scope(context, say);
            let line: serde_json::Value = serde_json::from_str(&lines.taken()).unwrap();
            assert_eq!(line["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
            assert_eq!(line["order.id"], 7);
            say();
            let line: serde_json::Value = serde_json::from_str(&lines.taken()).unwrap();
            assert_eq!(line["trace_id"], serde_json::Value::Null);
        });
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .event_format(WithTraceId::text(format::format().compact().with_ansi(false)))
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            context::sync_scope(context, say);
            let line = lines.taken();
            assert!(line.contains("An order was placed. order.id=7"), "{line}");
            assert!(
                line.ends_with(" trace_id=4bf92f3577b34da6a3ce929d0e0e4736\n"),
                "{line}"
            );
        });
    }
}
