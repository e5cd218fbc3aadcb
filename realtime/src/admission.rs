//! Limits the connections per node, per address and per account.

use std::net::IpAddr;

use platform::permits::{Permit, Permits};
use uuid::Uuid;

use crate::options::Limits;

/// Counts connections. Clones share the counts.
#[derive(Debug, Clone, Default)]
pub struct Admission {
    total: Permits<()>,
    addresses: Permits<IpAddr>,
    accounts: Permits<Uuid>,
}

/// What a connection counts for. It counts until this is dropped.
#[derive(Debug)]
pub struct ConnectionPermit {
    _total: Permit<()>,
    _address: Permit<IpAddr>,
}

/// A connection counts for its account until this is dropped.
pub type AccountPermit = Permit<Uuid>;

/// The limit that a connection would exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The limit of the node.
    Node,
    /// The limit of its address.
    Address,
}

impl Admission {
    /// Counts a connection from `address`.
    ///
    /// # Errors
    /// When it would exceed a limit.
    pub fn connection(&self, address: IpAddr, limits: &Limits) -> Result<ConnectionPermit, Refused> {
        let total = self.total.take((), limits.connections_max);
        let total = total.ok_or(Refused::Node)?;
        let address = self.addresses.take(address, limits.connections_per_address_max);
        Ok(ConnectionPermit {
            _total: total,
            _address: address.ok_or(Refused::Address)?,
        })
    }

    /// Counts a connection of an account; `None` when it would exceed the limit.
    pub fn account(&self, account: Uuid, limits: &Limits) -> Option<AccountPermit> {
        self.accounts.take(account, limits.connections_per_account_max)
    }

    /// Returns the number of connections.
    pub fn total(&self) -> usize {
        self.total.in_use(&())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_count_until_they_are_dropped() {
        let admission = Admission::default();
        let limits = Limits {
            connections_max: 3,
            connections_per_address_max: 2,
            connections_per_account_max: 1,
            ..Limits::default()
        };
        let (here, there) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let first = admission.connection(here, &limits).unwrap();
        let _second = admission.connection(here, &limits).unwrap();
        assert_eq!(admission.connection(here, &limits).unwrap_err(), Refused::Address);
        let _third = admission.connection(there, &limits).unwrap();
        assert_eq!(admission.connection(there, &limits).unwrap_err(), Refused::Node);
        drop(first);
        assert!(admission.connection(here, &limits).is_ok());
        let account = admission.account(Uuid::nil(), &limits);
        assert!(account.is_some() && admission.account(Uuid::nil(), &limits).is_none());
        drop(account);
        assert!(admission.account(Uuid::nil(), &limits).is_some());
        assert_eq!(admission.total(), 2);
    }
}
