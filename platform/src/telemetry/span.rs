//! Spans of sampled traces.
//!
//! Spans use OpenTelemetry's own API instead of `tracing` spans: most of them are known only once their work is done (a
//! command's wait in the queue, an append that many commands share), and a trace that is not sampled must cost nothing.

use std::borrow::Cow;
use std::time::SystemTime;

use opentelemetry::trace::{
    Link, Span as _, SpanBuilder, SpanContext, SpanId, Status, TraceContextExt as _, TraceFlags, TraceId,
    TraceState, Tracer as _,
};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::trace::Span;

pub use opentelemetry::KeyValue as Attribute;
pub use opentelemetry::trace::SpanKind as Kind;

use super::context::TraceContext;
use super::exporter;

/// The initial values of a span.
#[derive(Debug)]
pub struct NewSpan {
    parent: Option<TraceContext>,
    builder: SpanBuilder,
    links: Vec<TraceContext>,
}

impl NewSpan {
    /// A span of `parent`'s trace; `None` when spans are not exported, or the trace is not sampled.
    pub fn child_of(parent: TraceContext, kind: Kind, name: impl Into<Cow<'static, str>>) -> Option<Self> {
        (parent.is_sampled && exporter::tracer().is_some())
            .then(|| Self::new(Some(parent), kind, name.into()))
    }

    /// The first span of a trace that is sampled; `None` when spans are not exported.
    pub fn root(kind: Kind, name: impl Into<Cow<'static, str>>) -> Option<Self> {
        exporter::tracer().map(|_| Self::new(None, kind, name.into()))
    }

    fn new(parent: Option<TraceContext>, kind: Kind, name: Cow<'static, str>) -> Self {
        Self {
            parent,
            builder: SpanBuilder::from_name(name).with_kind(kind),
            links: Vec::new(),
        }
    }

    /// Sets when it started, if not now.
    #[must_use]
    pub fn since(mut self, started_at: SystemTime) -> Self {
        self.builder = self.builder.with_start_time(started_at);
        self
    }

    /// Adds attributes.
    #[must_use]
    pub fn with(mut self, attributes: impl IntoIterator<Item = KeyValue>) -> Self {
        self.builder = self.builder.with_attributes(attributes);
        self
    }

    /// Adds links to related spans of other traces.
    #[must_use]
    pub fn linked_to(mut self, links: impl IntoIterator<Item = TraceContext>) -> Self {
        self.links.extend(links);
        self
    }

    /// Starts the span.
    pub fn start(self) -> ActiveSpan {
        let Some(tracer) = exporter::tracer() else {
            return ActiveSpan::none();
        };
        let links = self
            .links
            .into_iter()
            .map(|link| Link::with_context(remote(link)));
        let builder = self.builder.with_links(links.collect());
        let parent = match self.parent {
            Some(parent) => Context::new().with_remote_span_context(remote(parent)),
            None => Context::new(),
        };
        ActiveSpan(Some(Box::new(tracer.build_with_context(builder, &parent))))
    }
}

/// A running span, or none if the trace is not sampled. Dropping it ends it.
#[derive(Debug, Default)]
pub struct ActiveSpan(Option<Box<Span>>);

impl ActiveSpan {
    /// No span: every operation on it does nothing.
    pub const fn none() -> Self {
        Self(None)
    }

    /// Starts a child of `parent`; none when there is no parent, or its trace is not recorded.
    pub fn child_of(parent: Option<TraceContext>, kind: Kind, name: impl Into<Cow<'static, str>>) -> Self {
        let span = parent.and_then(|parent| NewSpan::child_of(parent, kind, name));
        span.map_or_else(Self::none, NewSpan::start)
    }

    /// Whether there is a span, so that attributes are worth computing.
    pub const fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// The context for children of the span.
    pub fn context(&self) -> Option<TraceContext> {
        let context = self.0.as_ref()?.span_context();
        Some(TraceContext {
            trace_id: u128::from_be_bytes(context.trace_id().to_bytes()),
            span_id: u64::from_be_bytes(context.span_id().to_bytes()),
            is_sampled: context.is_sampled(),
        })
    }

    /// Changes its name.
    pub fn rename(&mut self, name: impl Into<Cow<'static, str>>) {
        if let Some(span) = &mut self.0 {
            span.update_name(name);
        }
    }

    /// Adds attributes.
    pub fn set(&mut self, attributes: impl IntoIterator<Item = KeyValue>) {
        if let Some(span) = &mut self.0 {
            span.set_attributes(attributes);
        }
    }

    /// Marks the operation as failed; `error_type` is a low-cardinality word (`error.type`).
    pub fn fail(&mut self, error_type: impl Into<Cow<'static, str>>) {
        if let Some(span) = &mut self.0 {
            let error_type = error_type.into();
            span.set_attribute(KeyValue::new("error.type", error_type.clone()));
            span.set_status(Status::error(error_type));
        }
    }

    /// Ends the span now.
    pub fn end(self) {
        drop(self);
    }

    /// Ends the span at `ended_at`.
    pub fn end_at(mut self, ended_at: SystemTime) {
        if let Some(span) = &mut self.0 {
            span.end_with_timestamp(ended_at);
        }
    }
}

fn remote(context: TraceContext) -> SpanContext {
    SpanContext::new(
        TraceId::from_bytes(context.trace_id.to_be_bytes()),
        SpanId::from_bytes(context.span_id.to_be_bytes()),
        if context.is_sampled {
            TraceFlags::SAMPLED
        } else {
            TraceFlags::default()
        },
        true,
        TraceState::default(),
    )
}
