//! The outermost middleware.

use std::panic::AssertUnwindSafe;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, ResponseError, web};
use futures_util::FutureExt as _;

use super::hosts::PublicHost;
use super::observe::Observed;
use super::{SecurityPolicy, connections, limits};
use crate::problem::{CONTENT_TYPE, Kind, Problem, kind};
use crate::route::API_PREFIX;

/// Continues the request's trace and measures it, refuses oversized requests, turns panics and framework errors into
/// problems, and sets the security headers. Use as `App::wrap(from_fn(http::shield))`, outermost.
///
/// # Errors
/// Never: every error is turned into an answer.
pub async fn shield<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    Observed::start(&request).measure(answer(request, next)).await
}

async fn answer<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let policy = request
        .app_data::<web::Data<SecurityPolicy>>()
        .map(|policy| ***policy)
        .unwrap_or_default();
    let is_api = request.path().starts_with(API_PREFIX);
    let host = request.app_data::<web::Data<PublicHost>>().cloned();
    let checked = connections::check(&request)
        .and_then(|()| limits::check(request.head()))
        .and_then(|()| host.map_or(Ok(()), |host| host.check(request.head())));
    if let Err(problem) = checked {
        let mut refused = problem.error_response();
        // The body was not read and is not worth reading.
        refused
            .head_mut()
            .set_connection_type(actix_http::ConnectionType::Close);
        policy.apply(is_api, refused.headers_mut());
        return Ok(request.into_response(refused));
    }
    let error = match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(Ok(response)) => {
            let mut response = as_problem(response.map_into_boxed_body(), is_api);
            policy.apply(is_api, response.headers_mut());
            return Ok(response);
        }
        Ok(Err(error)) => error,
        Err(panic) => Problem::internal(panic_message(panic.as_ref())).into(),
    };
    // The failed call consumed the request, so the answer is carried by the error.
    let response = error.error_response();
    let mut response = match foreign_error(&response, is_api) {
        Some(problem) => problem.error_response(),
        None => response,
    };
    policy.apply(is_api, response.headers_mut());
    Err(InternalError::from_response("answered", response).into())
}

/// Turns a framework error, which has an empty or plain text body, into a problem.
fn as_problem(response: ServiceResponse<BoxBody>, is_api: bool) -> ServiceResponse<BoxBody> {
    match foreign_error(response.response(), is_api) {
        Some(problem) => {
            let replacement = problem.error_response();
            response.into_response(replacement)
        }
        None => response,
    }
}

/// The problem that replaces an error answer that is not a problem.
fn foreign_error(response: &HttpResponse<BoxBody>, is_api: bool) -> Option<Problem> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let content_type = response.headers().get(header::CONTENT_TYPE);
    let is_problem = content_type.is_some_and(|value| value.as_bytes() == CONTENT_TYPE.as_bytes());
    let is_empty = matches!(response.body().size(), BodySize::None | BodySize::Sized(0));
    let is_foreign = !is_problem && (is_api || is_empty);
    is_foreign.then(|| Problem::new(kind_of(status), status.canonical_reason().unwrap_or("An error.")))
}

fn kind_of(status: StatusCode) -> &'static Kind {
    kind::ALL
        .iter()
        .find(|kind| kind.status == status.as_u16())
        .copied()
        .unwrap_or(if status.is_server_error() {
            &kind::INTERNAL
        } else {
            &kind::BAD_REQUEST
        })
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("a handler panicked: {}", text.unwrap_or("no message"))
}

#[cfg(test)]
mod tests {
    use actix_web::middleware::from_fn;
    use actix_web::{App, test};

    use super::*;
    use crate::answer::{Found, NoContent};
    use crate::config::Config;
    use crate::route::{self, Access, Route, RouteTable};

    async fn read() -> Found<&'static str> {
        Found("read")
    }

    async fn panics() -> NoContent {
        assert!(std::hint::black_box(false), "a deliberate panic");
        NoContent
    }

    async fn hangs() -> NoContent {
        std::future::pending().await
    }

    fn routes() -> Vec<Route> {
        vec![
            Route::get("/hanging", "getHanging", Access::Public, hangs),
            Route::post("/hanging", "makeHanging", Access::Public, hangs),
            Route::get("/things/{id}", "getThing", Access::Public, read),
            Route::post("/things", "makeThing", Access::Public, panics),
            Route::post("/things/{id}", "changeThing", Access::Authenticated, panics),
        ]
    }

    fn shared() -> crate::http::Shared {
        let text = "port = 1\npostgres_url = 'postgres://a@127.0.0.1:1/x'\nlog = 'embedded'\n\
                    environment = 'development'\n[secrets]\n\
                    token_seed = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='\n\
                    data_key = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='\n";
        let config = Config::parse(std::path::Path::new("."), text, &|_| None).unwrap();
        let table = RouteTable::new(routes());
        crate::http::Shared::new(&config.http, config.environment, &config.limits, table)
    }

    async fn call(request: test::TestRequest) -> (u16, header::HeaderMap, serde_json::Value) {
        let app = test::init_service(
            App::new()
                .wrap(from_fn(shield))
                .configure(|config| shared().configure(config))
                .configure(|config| route::configure(config, &routes()))
                .default_service(web::to(route::fallback)),
        )
        .await;
        let response = match test::try_call_service(&app, request.to_request()).await {
            Ok(response) => response.into_parts().1,
            // As the server does with an error that no service handled.
            Err(error) => error.error_response(),
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap();
        (status, headers, serde_json::from_slice(&body).unwrap_or_default())
    }

    #[actix_web::test]
    async fn an_operation_that_hangs_is_unavailable() {
        use test::TestRequest as Request;
        let started = std::time::Instant::now();
        let (read, command) = tokio::join!(
            call(Request::get().uri("/api/v1/hanging")),
            call(Request::post().uri("/api/v1/hanging"))
        );
        assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
        for ((status, headers, body), says) in [(read, "Try again"), (command, "The outcome is unknown")] {
            assert_eq!(status, 503, "{body}");
            assert!(headers.contains_key("retry-after"));
            assert!(body["detail"].as_str().unwrap().contains(says), "{body}");
        }
    }

    #[actix_web::test]
    async fn every_error_is_a_problem() {
        use test::TestRequest as Request;
        let long = format!("/api/v1/things/{}", "a".repeat(16 * 1024));
        let mut many = Request::get().uri("/api/v1/things/1");
        for number in 0..80 {
            many = many.insert_header((format!("x-{number}"), "1"));
        }
        let table = [
            (Request::get().uri("/api/v1/things/1"), 200, None),
            (Request::get().uri("/api/v1/nothing"), 404, Some("not-found")),
            (
                Request::get().uri("/api/v1/things/..%2f1/x"),
                404,
                Some("not-found"),
            ),
            (
                Request::delete().uri("/api/v1/things/1"),
                405,
                Some("method-not-allowed"),
            ),
            (
                Request::get().uri("/api/v1/things"),
                405,
                Some("method-not-allowed"),
            ),
            (Request::post().uri("/api/v1/things"), 500, Some("internal")),
            (Request::post().uri("/api/v1/things/1"), 401, Some("unauthorized")),
            (Request::get().uri(&long), 414, Some("uri-too-long")),
            (many, 431, Some("headers-too-large")),
            (
                Request::get()
                    .uri("/api/v1/things/1")
                    .insert_header(("accept", "application/xml")),
                406,
                Some("not-acceptable"),
            ),
        ];
        for (request, status, slug) in table {
            let (answered, headers, body) = call(request).await;
            assert_eq!(answered, status, "{body}");
            assert_eq!(headers.get("x-content-type-options").unwrap(), "nosniff");
            if let Some(slug) = slug {
                assert_eq!(body["type"], format!("https://waybill.dev/problems/{slug}"));
                assert_eq!(body["trace_id"].as_str().unwrap().len(), 32);
                assert_eq!(headers.get(header::CONTENT_TYPE).unwrap(), CONTENT_TYPE);
            }
        }
    }

    #[actix_web::test]
    async fn a_wrong_method_is_answered_with_the_allowed_ones() {
        let (_, headers, _) = call(test::TestRequest::delete().uri("/api/v1/things/1")).await;
        assert_eq!(headers.get(header::ALLOW).unwrap(), "GET, HEAD, POST");
    }

    #[actix_web::test]
    async fn a_head_request_is_answered_like_a_get() {
        let head = test::TestRequest::default()
            .method(actix_web::http::Method::HEAD)
            .uri("/api/v1/things/1");
        assert_eq!(call(head).await.0, 200);
    }

    #[actix_web::test]
    async fn the_callers_trace_is_continued() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let header = ("traceparent", format!("00-{trace}-00f067aa0ba902b7-01"));
        let (_, _, body) = call(test::TestRequest::get().uri("/api/v1/x").insert_header(header)).await;
        assert_eq!(body["trace_id"], trace);
    }
}
