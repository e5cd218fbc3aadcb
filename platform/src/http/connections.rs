//! Limits the connections of the server, in total and by address, and ends those whose client reads nothing.
//!
//! A connection beyond a limit is accepted, so that its requests get an answer, and closed after the first.

use std::any::Any;
use std::net::IpAddr;
use std::time::Duration;

use actix_web::dev::{Extensions, ServiceRequest};
use rustix::net::sockopt::set_tcp_user_timeout;

use super::client_address;
use crate::permits::{Permit, Permits};
use crate::problem::{Problem, kind};

/// Retry delay of a refused client, in seconds.
const RETRY_AFTER_S: u32 = 2;

/// The limits.
#[derive(Debug, Clone, Copy)]
pub struct ConnectionLimits {
    /// Of the server.
    pub total_max: usize,
    /// Of one address. It does not count behind a proxy, which all connections come from.
    pub per_address_max: usize,
    /// How long a client may leave sent data without reading it.
    pub write_timeout: Duration,
}

/// The connections of a server. Clones share the counts.
#[derive(Debug, Clone)]
pub struct Connections {
    limits: ConnectionLimits,
    is_behind_proxy: bool,
    total: Permits<()>,
    by_address: Permits<IpAddr>,
}

/// Whether a connection is within the limits; kept with the connection.
#[derive(Debug)]
enum Admission {
    Admitted {
        _total: Permit<()>,
        _address: Option<Permit<IpAddr>>,
    },
    TooManyOfServer,
    TooManyOfAddress,
}

impl Connections {
    /// Starts with none.
    pub fn new(limits: ConnectionLimits, is_behind_proxy: bool) -> Self {
        Self {
            limits,
            is_behind_proxy,
            total: Permits::default(),
            by_address: Permits::default(),
        }
    }

    /// Counts a new connection. Call it from `HttpServer::on_connect`.
    pub fn on_connect(&self, connection: &dyn Any, extensions: &mut Extensions) {
        let Some(stream) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() else {
            return;
        };
        // Linux ends a connection whose sent data is not acknowledged, or not read, for so long (tcp(7)).
        let timeout_ms = u32::try_from(self.limits.write_timeout.as_millis()).unwrap_or(u32::MAX);
        if let Err(error) = set_tcp_user_timeout(stream, timeout_ms) {
            tracing::debug!(%error, "The write timeout of a connection could not be set.");
        }
        let peer = stream.peer_addr().ok().map(|peer| peer.ip());
        extensions.insert(self.admit(client_address::block(peer)));
    }

    fn admit(&self, address: IpAddr) -> Admission {
        let Some(total) = self.total.take((), self.limits.total_max) else {
            return Admission::TooManyOfServer;
        };
        if self.is_behind_proxy {
            return Admission::Admitted {
                _total: total,
                _address: None,
            };
        }
        match self.by_address.take(address, self.limits.per_address_max) {
            None => Admission::TooManyOfAddress,
            address => Admission::Admitted {
                _total: total,
                _address: address,
            },
        }
    }
}

/// Refuses the requests of a connection that is beyond a limit.
pub(super) fn check(request: &ServiceRequest) -> Result<(), Problem> {
    let (kind, detail) = match request.request().conn_data::<Admission>() {
        None | Some(Admission::Admitted { .. }) => return Ok(()),
        Some(Admission::TooManyOfServer) => (&kind::OVERLOADED, "The server has too many connections."),
        Some(Admission::TooManyOfAddress) => (
            &kind::TOO_MANY_CONNECTIONS,
            "This address has too many connections.",
        ),
    };
    Err(Problem::new(kind, detail).with_retry_after(RETRY_AFTER_S))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_are_limited_in_total_and_by_address() {
        let limits = ConnectionLimits {
            total_max: 3,
            per_address_max: 2,
            write_timeout: Duration::from_secs(1),
        };
        let (here, there) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let connections = Connections::new(limits, false);
        let first = connections.admit(here);
        let _second = connections.admit(here);
        assert!(matches!(connections.admit(here), Admission::TooManyOfAddress));
        let _third = connections.admit(there);
        assert!(matches!(connections.admit(there), Admission::TooManyOfServer));
        drop(first);
        assert!(matches!(connections.admit(here), Admission::Admitted { .. }));

        let behind_proxy = Connections::new(limits, true);
        let _all: [Admission; 3] = std::array::from_fn(|_| behind_proxy.admit(here));
        assert!(matches!(behind_proxy.admit(here), Admission::TooManyOfServer));
    }
}
