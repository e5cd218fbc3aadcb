//! Measures requests: a metric for each, and a span for those of sampled traces.

use std::time::Instant;

use actix_web::Error;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;

use super::context::{self, TraceContext};
use crate::metrics::{Counter, DURATION_BUCKETS, Family, Histogram};
use crate::telemetry::samples;
use crate::telemetry::span::{ActiveSpan, Attribute, Kind, NewSpan};

crate::metrics! {
    static REQUESTS: Family<Counter> = Family::counter(
        "waybill_http_requests_total",
        "HTTP requests answered, by route pattern.",
        &["method", "route", "status"],
    );
    static DURATION: Family<Histogram> = Family::histogram(
        "waybill_http_request_duration_seconds",
        "Time from a request's head to the head of its answer.",
        &["method", "route"],
        DURATION_BUCKETS,
    );
}

/// The route of what no pattern matches.
const NO_ROUTE: &str = "none";

/// A request that is being answered.
pub(super) struct Observed {
    started_at: Instant,
    method: &'static str,
    context: TraceContext,
    span: ActiveSpan,
}

impl Observed {
    /// Puts a request into its caller's trace, or into one of its own.
    pub(super) fn start(request: &ServiceRequest) -> Self {
        let method = method(request.method());
        let (context, new_span) = match context::incoming(request.headers()) {
            Some(incoming) => (incoming, NewSpan::child_of(incoming, Kind::Server, method)),
            None => begin_trace(method),
        };
        let span = new_span.map_or_else(ActiveSpan::none, |span| {
            let attributes = [
                Attribute::new("http.request.method", method),
                Attribute::new("url.path", request.path().to_owned()),
                Attribute::new("url.scheme", request.connection_info().scheme().to_owned()),
            ];
            span.with(attributes).start()
        });
        Self {
            started_at: Instant::now(),
            method,
            context: span.context().unwrap_or(context),
            span,
        }
    }

    /// The trace that the request is part of.
    pub(super) const fn context(&self) -> TraceContext {
        self.context
    }

    /// Counts the request by its answer.
    pub(super) fn finish(self, answer: &Result<ServiceResponse<BoxBody>, Error>) {
        let (route, status) = match answer {
            Ok(response) => (response.request().match_pattern(), response.status()),
            // A panic: the request is gone, and with it its route.
            Err(error) => (None, error.as_response_error().status_code()),
        };
        let route = route.as_deref().unwrap_or(NO_ROUTE);
        let seconds = self.started_at.elapsed().as_secs_f64();
        REQUESTS.with(&[self.method, route, status.as_str()]).increment(1);
        DURATION.with(&[self.method, route]).record(seconds);
        let mut span = self.span;
        if span.is_some() {
            span.rename(format!("{} {route}", self.method));
            span.set([
                Attribute::new("http.route", route.to_owned()),
                Attribute::new("http.response.status_code", i64::from(status.as_u16())),
            ]);
            if status.is_server_error() {
                span.fail(status.as_str().to_owned());
            }
        }
        span.end();
    }
}

fn begin_trace(method: &'static str) -> (TraceContext, Option<NewSpan>) {
    let context = TraceContext::random();
    let new_span = if samples(context.random_bits()) {
        NewSpan::root(Kind::Server, method)
    } else {
        None
    };
    (context, new_span)
}

/// The method's name; one that is not HTTP's own could be anything, and would be a label of its own.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::TRACE => "TRACE",
        Method::CONNECT => "CONNECT",
        _ => "_OTHER",
    }
}
