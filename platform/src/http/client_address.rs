//! The client's address, for rate limits.

use std::net::{IpAddr, Ipv6Addr};

use actix_web::{HttpRequest, web};

/// Which source of the client's address is trusted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trust {
    /// The peer is our own reverse proxy, which added the last entry of `X-Forwarded-For`.
    pub is_behind_proxy: bool,
}

/// The client's address. For IPv6 its /64, since one client usually has all of it.
pub fn of(request: &HttpRequest) -> IpAddr {
    let trust = request
        .app_data::<web::Data<Trust>>()
        .map(|trust| ***trust)
        .unwrap_or_default();
    let forwarded = || {
        let value = request
            .headers()
            .get_all("x-forwarded-for")
            .last()?
            .to_str()
            .ok()?;
        value.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    let peer = request.peer_addr().map(|address| address.ip());
    let address = if trust.is_behind_proxy {
        forwarded().or(peer)
    } else {
        peer
    };
    block(address)
}

/// The address, or for IPv6 its /64. An unknown address is 0.0.0.0.
pub(super) fn block(address: Option<IpAddr>) -> IpAddr {
    match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V6(address)) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)))
        }
        Some(address) => address,
        None => IpAddr::from([0, 0, 0, 0]),
    }
}
