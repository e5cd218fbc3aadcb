//! Settings of the HTTP server: limits, timeouts, headers, traces, and a problem for every error.

use std::time::Duration;

use actix_web::http::header::HeaderMap;
use actix_web::web;

use crate::config::{Environment, HttpConfig, Limits};
use crate::json::BodyLimits;
use crate::route::RouteTable;

pub mod client_address;
mod connections;
pub mod context;
mod hosts;
mod limits;
mod observe;
pub mod origin;
mod security;
mod shield;
pub(crate) mod throttle;

pub use connections::{ConnectionLimits, Connections};
pub use observe::METRICS;
pub(crate) use observe::found;
pub use security::SecurityPolicy;
pub use shield::shield;

use hosts::PublicHost;
use throttle::RequestThrottle;

/// The longest request URI, in bytes.
pub const URI_LEN_MAX: usize = 8 * 1024;
/// The most headers of a request. The server itself rejects at 96, with an empty 431.
pub const HEADERS_COUNT_MAX: usize = 64;
/// The most bytes of a request's headers.
pub const HEADERS_BYTES_MAX: usize = 16 * 1024;

/// What the applications of all workers need: body limits, the policy for headers, accepted host names, the rate limit,
/// which source of the client's address is trusted, and the table behind the 404 and 405 fallback.
#[derive(Debug, Clone)]
pub struct Shared {
    body_limits: web::Data<BodyLimits>,
    policy: web::Data<SecurityPolicy>,
    host: web::Data<PublicHost>,
    trust: web::Data<client_address::Trust>,
    throttle: web::Data<RequestThrottle>,
    routes: web::Data<RouteTable>,
}

impl Shared {
    /// Creates it from the settings, and the routes of all services.
    pub fn new(http: &HttpConfig, environment: Environment, limits: &Limits, routes: RouteTable) -> Self {
        Self {
            body_limits: web::Data::new(BodyLimits::from(http)),
            policy: web::Data::new(SecurityPolicy::new(environment)),
            host: web::Data::new(PublicHost::new(http)),
            trust: web::Data::new(client_address::Trust {
                is_behind_proxy: http.behind_proxy,
            }),
            throttle: web::Data::new(RequestThrottle::new(limits)),
            routes: web::Data::new(routes),
        }
    }

    /// Registers it with an application. Wrap the application in `from_fn(http::shield)` as well.
    pub fn configure(&self, config: &mut web::ServiceConfig) {
        config
            .app_data(self.body_limits.clone())
            .app_data(self.policy.clone())
            .app_data(self.host.clone())
            .app_data(self.trust.clone())
            .app_data(self.throttle.clone())
            .app_data(self.routes.clone());
    }
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
