//! Limits the connections per node, per address and per account.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use crate::options::Limits;

/// Counts connections. Clones share the counts.
#[derive(Debug, Clone, Default)]
pub struct Admission(Arc<Mutex<Counts>>);

#[derive(Debug, Default)]
struct Counts {
    total: usize,
    addresses: HashMap<IpAddr, usize>,
    accounts: HashMap<Uuid, usize>,
}

/// Holds the count of one connection, and releases it on drop.
#[derive(Debug)]
pub struct Permit {
    admission: Admission,
    holder: Holder,
}

#[derive(Debug, Clone, Copy)]
enum Holder {
    Address(IpAddr),
    Account(Uuid),
}

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
    pub fn connection(&self, address: IpAddr, limits: &Limits) -> Result<Permit, Refused> {
        let mut counts = self.counts();
        if counts.total >= limits.connections_max {
            return Err(Refused::Node);
        }
        let of_address = counts.addresses.get(&address).copied().unwrap_or(0);
        if of_address >= limits.connections_per_address_max {
            return Err(Refused::Address);
        }
        counts.total += 1;
        counts.addresses.insert(address, of_address + 1);
        Ok(Permit {
            admission: self.clone(),
            holder: Holder::Address(address),
        })
    }

    /// Counts a connection of an account; `None` when it would exceed the limit.
    pub fn account(&self, account: Uuid, limits: &Limits) -> Option<Permit> {
        let mut counts = self.counts();
        let of_account = counts.accounts.get(&account).copied().unwrap_or(0);
        if of_account >= limits.connections_per_account_max {
            return None;
        }
        counts.accounts.insert(account, of_account + 1);
        Some(Permit {
            admission: self.clone(),
            holder: Holder::Account(account),
        })
    }

    /// Returns the number of connections.
    pub fn total(&self) -> usize {
        self.counts().total
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut counts = self.admission.counts();
        match self.holder {
            Holder::Address(address) => {
                counts.total -= 1;
                release(&mut counts.addresses, address);
            }
            Holder::Account(account) => release(&mut counts.accounts, account),
        }
    }
}

fn release<K: std::hash::Hash + Eq>(counts: &mut HashMap<K, usize>, key: K) {
    if let Some(count) = counts.get_mut(&key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(&key);
        }
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
