//! Measures requests: a metric for each, and a span for those in sampled traces.

use std::borrow::Cow;
use std::cell::Cell;
use std::time::Instant;

use actix_web::Error;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;

use super::context::{self, TraceContext};
use crate::metrics::{Counter, DURATION_BUCKETS, Family, Histogram};
use crate::route::API_PREFIX;
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
        "Time from the request headers to the response headers.",
        &["method", "route"],
        DURATION_BUCKETS,
    );
}

/// The route label of requests that match no pattern.
const NO_ROUTE: &str = "none";

tokio::task_local! {
    /// The pattern of the route that matched the request.
    static ROUTE: Cell<Option<&'static str>>;
}

/// Records which route answers the request. Asking the router again afterwards would cost as much as routing.
pub(crate) fn found(path: &'static str) {
    // Outside of the shield, as in a test of only the routes, nothing is measured.
    let _unmeasured = ROUTE.try_with(|route| route.set(Some(path)));
}

/// A request being answered.
pub(super) struct Observed {
    started_at: Instant,
    method: &'static str,
    context: TraceContext,
    span: ActiveSpan,
}

impl Observed {
    /// Continues the caller's trace, or starts a new one.
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

    /// Answers the request with `answering`, and records it by its answer.
    pub(super) async fn measure(
        self,
        answering: impl Future<Output = Result<ServiceResponse<BoxBody>, Error>>,
    ) -> Result<ServiceResponse<BoxBody>, Error> {
        let answering = async {
            let answer = answering.await;
            let route = ROUTE.with(Cell::get);
            (answer, route)
        };
        let answering = ROUTE.scope(Cell::new(None), answering);
        let (answer, route) = context::scope(self.context, answering).await;
        self.finish(&answer, route);
        answer
    }

    fn finish(self, answer: &Result<ServiceResponse<BoxBody>, Error>, operation: Option<&'static str>) {
        let (pattern, status) = match answer {
            Ok(response) if operation.is_none() => (response.request().match_pattern(), response.status()),
            Ok(response) => (None, response.status()),
            // A panic: the request was dropped.
            Err(error) => (None, error.as_response_error().status_code()),
        };
        let route = match operation {
            Some(path) => Cow::Owned(format!("{API_PREFIX}{path}")),
            None => pattern.map_or(Cow::Borrowed(NO_ROUTE), Cow::Owned),
        };
        let route = route.as_ref();
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

/// The method's name. A non-standard method could be any text, so it gets no label value of its own.
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
