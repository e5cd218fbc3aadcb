//! Security headers.

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::config::Environment;

/// Selects which headers are set.
#[derive(Debug, Clone, Copy, Default)]
pub struct SecurityPolicy {
    is_https: bool,
}

/// What a page may load: resources and sockets of the same origin.
const PAGE_POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; connect-src 'self' ws: wss:; \
    font-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; \
    frame-ancestors 'none'";
/// An API answer is never rendered as a page.
const API_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

impl SecurityPolicy {
    /// The policy of an environment: outside of development, browsers are told to use HTTPS only.
    pub const fn new(environment: Environment) -> Self {
        Self {
            is_https: matches!(environment, Environment::Production),
        }
    }

    /// Adds the headers to an answer of the API or to a page. A header that is already set is kept.
    pub(super) fn apply(self, is_api: bool, headers: &mut HeaderMap) {
        let policy = if is_api { API_POLICY } else { PAGE_POLICY };
        let mut set = |name: HeaderName, value: &'static str| {
            if !headers.contains_key(&name) {
                headers.insert(name, HeaderValue::from_static(value));
            }
        };
        set(header::CONTENT_SECURITY_POLICY, policy);
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(header::X_FRAME_OPTIONS, "DENY");
        set(header::REFERRER_POLICY, "same-origin");
        if is_api {
            set(header::CACHE_CONTROL, "no-store");
        }
        if self.is_https {
            set(
                header::STRICT_TRANSPORT_SECURITY,
                "max-age=31536000; includeSubDomains",
            );
        }
    }
}
