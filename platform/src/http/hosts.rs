//! The names under which an instance is reached. A request for another name reached this server by mistake, or by DNS
//! rebinding: a page of another site whose name was pointed at this address.

use actix_web::dev::RequestHead;
use actix_web::http::header::HOST;

use crate::config::HttpConfig;
use crate::problem::{Problem, kind};

/// Names of the own machine, which no other site can have.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Probes of load balancers use addresses instead of names.
const PROBES_PREFIX: &str = "/health/";

/// The public URL, and every accepted name.
#[derive(Debug, Clone)]
pub struct PublicHost {
    /// The address that browsers use, without a trailing slash.
    pub url: String,
    names: Vec<String>,
}

impl PublicHost {
    /// Accepts the name in the public URL, the configured ones, and those of the own machine.
    pub fn new(http: &HttpConfig) -> Self {
        let authority = http.public_url.split("//").nth(1).unwrap_or_default();
        let configured = http.allowed_hosts.iter().map(String::as_str);
        let names = LOOPBACK.into_iter().chain([name(authority)]).chain(configured);
        Self {
            url: http.public_url.clone(),
            names: names.map(str::to_ascii_lowercase).collect(),
        }
    }

    /// Refuses a request for another name.
    pub(super) fn check(&self, head: &RequestHead) -> Result<(), Problem> {
        let host = head
            .headers
            .get(HOST)
            .map(|host| host.to_str().unwrap_or_default());
        let is_own = |host: &str| self.names.contains(&name(host).to_ascii_lowercase());
        // Programs may leave the header out in HTTP/1.0; browsers never do.
        if host.is_none_or(is_own) || head.uri.path().starts_with(PROBES_PREFIX) {
            return Ok(());
        }
        Err(Problem::new(
            &kind::MISDIRECTED,
            "This server does not answer for the name in the Host header.",
        ))
    }
}

/// The name in `host`, without the port.
fn name(host: &str) -> &str {
    let port_at = host.rfind(':').filter(|at| !host[*at..].contains(']'));
    port_at.map_or(host, |at| &host[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_not_part_of_the_name() {
        for (host, expected) in [
            ("shop.example", "shop.example"),
            ("shop.example:8080", "shop.example"),
            ("[::1]", "[::1]"),
            ("[::1]:8080", "[::1]"),
            ("", ""),
        ] {
            assert_eq!(name(host), expected);
        }
    }
}
