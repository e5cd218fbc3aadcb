//! Settings of the HTTP server: limits, timeouts, headers, traces, and a problem for every error.

use std::time::Duration;

use actix_web::http::header::HeaderMap;
use actix_web::web;

use crate::config::{Environment, HttpConfig};
use crate::json::BodyLimits;
use crate::route::RouteTable;

pub mod client_address;
pub mod context;
mod limits;
mod observe;
mod security;
mod shield;

pub use observe::METRICS;
pub(crate) use observe::found;
pub use security::SecurityPolicy;
pub use shield::shield;

/// The longest request URI, in bytes.
pub const URI_LEN_MAX: usize = 8 * 1024;
/// The most headers of a request. The server itself rejects at 96, with an empty 431.
pub const HEADERS_COUNT_MAX: usize = 64;
/// The most bytes of a request's headers.
pub const HEADERS_BYTES_MAX: usize = 16 * 1024;

/// Registers what every application needs: body limits, the 404 and 405 fallback, the policy for headers, and which
/// source of the client's address is trusted. Wrap the application in `from_fn(http::shield)` as well.
pub fn configure(
    config: &mut web::ServiceConfig,
    http: &HttpConfig,
    environment: Environment,
    routes: RouteTable,
) {
    config
        .app_data(web::Data::new(BodyLimits::from(http)))
        .app_data(web::Data::new(SecurityPolicy::new(environment)))
        .app_data(web::Data::new(client_address::Trust {
            is_behind_proxy: http.behind_proxy,
        }))
        .app_data(web::Data::new(routes));
}

/// Sets a server's timeouts, workers and connection limit.
pub fn server_defaults<F, I, S, B>(
    server: actix_web::HttpServer<F, I, S, B>,
    http: &HttpConfig,
) -> actix_web::HttpServer<F, I, S, B>
where
    F: Fn() -> I + Send + Clone + 'static,
    I: actix_service::IntoServiceFactory<S, actix_http::Request>,
    S: actix_service::ServiceFactory<actix_http::Request, Config = actix_web::dev::AppConfig> + 'static,
    S::Error: Into<actix_web::Error>,
    S::InitError: std::fmt::Debug,
    S::Response: Into<actix_http::Response<B>>,
    B: actix_web::body::MessageBody + 'static,
{
    server
        .workers(http.workers)
        .keep_alive(http.keep_alive)
        .client_request_timeout(http.header_timeout)
        .client_disconnect_timeout(Duration::from_secs(2))
        .tcp_nodelay(true)
        .shutdown_timeout(10)
        .disable_signals()
}

fn header_bytes(headers: &HeaderMap) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum()
}
