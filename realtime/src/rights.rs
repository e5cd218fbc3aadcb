//! Decides who may subscribe to which channel, as declared by the table in `schemas::channel`.
//!
//! Rules about roles and ids are evaluated here. [`ChannelAccess`] returns who takes part in an order, because this
//! crate has no SQL.

use futures_util::future::BoxFuture;
use platform::auth::{Permission, Principal};
use schemas::channel::{Channel, ChannelName, Reader};
use schemas::read_model::order::Party;
use uuid::Uuid;

/// The error of a failed [`ChannelAccess`] check.
pub type AccessError = Box<dyn std::error::Error + Send + Sync>;

/// Decides the rights that depend on more than the token.
pub trait ChannelAccess: Send + Sync + 'static {
    /// Returns how `principal` takes part in the order; `None` if they do not, or if the order does not exist.
    fn party_to_order<'a>(
        &'a self,
        principal: &'a Principal,
        order_id: Uuid,
    ) -> BoxFuture<'a, Result<Option<Party>, AccessError>>;
}

/// A reader of a channel, as far as it decides what the reader receives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Receives the whole row.
    Everyone,
    /// This courier: until another courier has the delivery.
    Courier(Uuid),
    /// This seller: the seller's view, if there is one.
    Seller(Uuid),
}

impl From<Party> for Audience {
    fn from(party: Party) -> Self {
        match party {
            Party::Customer => Self::Everyone,
            Party::Courier(id) => Self::Courier(id),
            Party::Seller(id) => Self::Seller(id),
        }
    }
}

/// The right to read a channel, as far as the token decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The channel may be read, by this audience.
    Granted(Audience),
    /// The channel may not be read.
    Denied,
    /// The channel may be read if [`ChannelAccess`] confirms it for this order.
    IfPartyToOrder(Uuid),
}

/// Evaluates the rules of `channel` for `principal`; `None` is a connection without a token.
pub fn access(principal: Option<&Principal>, channel: &Channel) -> Access {
    let mut access = Access::Denied;
    for reader in channel.info().readers {
        match admit(*reader, principal, channel) {
            granted @ Access::Granted(_) => return granted,
            Access::Denied => {}
            conditional @ Access::IfPartyToOrder(_) => access = conditional,
        }
    }
    access
}

fn admit(reader: Reader, principal: Option<&Principal>, channel: &Channel) -> Access {
    let id = channel.id();
    if reader == Reader::Everyone {
        return Access::Granted(Audience::Everyone);
    }
    let Some(principal) = principal else {
        return Access::Denied;
    };
    let may = |name| permission(name).is_some_and(|permission| principal.may(permission));
    let is_named = id.is_some() && principal.account_id() == id;
    let is_admitted = match reader {
        Reader::Everyone => true,
        Reader::Permission(name) => may(name),
        Reader::Account => is_named,
        Reader::AccountWith(name) => is_named && may(name),
        Reader::GuestOfOrder => id.is_some() && principal.guest_order_id() == id,
        Reader::PartyToOrder => {
            return match id {
                Some(order_id) if !principal.is_guest() => Access::IfPartyToOrder(order_id),
                _ => Access::Denied,
            };
        }
    };
    if !is_admitted {
        return Access::Denied;
    }
    match channel {
        // Those who may read every order see whole orders on this channel, too.
        Channel::Seller(seller_id) if !principal.may(Permission::ReadOrders) => {
            Access::Granted(Audience::Seller(*seller_id))
        }
        _ => Access::Granted(Audience::Everyone),
    }
}

/// Returns the permission called `name` in the table.
pub const fn permission(name: &str) -> Option<Permission> {
    let mut index = 0;
    while index < Permission::ALL.len() {
        let permission = Permission::ALL[index];
        if is_equal(permission.as_str().as_bytes(), name.as_bytes()) {
            return Some(permission);
        }
        index += 1;
    }
    None
}

const fn is_equal(one: &[u8], other: &[u8]) -> bool {
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}

/// Fails to compile when the table names an unknown permission.
const _: () = {
    let mut channel = 0;
    while channel < ChannelName::ALL.len() {
        let readers = ChannelName::ALL[channel].info().readers;
        let mut index = 0;
        while index < readers.len() {
            if let Reader::Permission(name) | Reader::AccountWith(name) = readers[index] {
                assert!(
                    permission(name).is_some(),
                    "a channel names an unknown permission"
                );
            }
            index += 1;
        }
        channel += 1;
    }
};

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use platform::auth::{Role, Roles};

    use super::*;

    const ME: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn principal(role: Role) -> Principal {
        Principal {
            subject: ME,
            roles: Roles::only(role),
            session_id: Uuid::nil(),
            expires_at_s: i64::MAX,
        }
    }

    fn readers() -> [Option<Principal>; 8] {
        [
            None,
            Some(principal(Role::Guest)),
            Some(principal(Role::Customer)),
            Some(principal(Role::Seller)),
            Some(principal(Role::Courier)),
            Some(principal(Role::Analyst)),
            Some(principal(Role::Admin)),
            Some(principal(Role::Superadmin)),
        ]
    }

    /// Rows: channels; columns: no token, guest, customer, seller, courier, analyst, admin, superadmin.
    /// `+` granted, `-` denied, `?` depends on the order.
    fn table() -> Vec<(Channel, &'static str)> {
        vec![
            (Channel::Product("MUG-1".parse().unwrap()), "++++++++"),
            (Channel::Order(ME), "-+????++"),
            (Channel::Order(OTHER), "--????++"),
            (Channel::Courier(ME), "----+-++"),
            (Channel::Courier(OTHER), "------++"),
            (Channel::Seller(ME), "---+--++"),
            (Channel::Seller(OTHER), "------++"),
            (Channel::Account(ME), "--++++++"),
            (Channel::Account(OTHER), "--------"),
            (Channel::Orders, "------++"),
            (Channel::Deliveries, "------++"),
            (Channel::StockAlerts, "------++"),
            (Channel::Metrics, "------++"),
            (Channel::Replays, "------++"),
        ]
    }

    #[test]
    fn each_role_reads_its_channels_and_no_others() {
        for (channel, expected) in table() {
            let found: String = readers()
                .iter()
                .map(|reader| match access(reader.as_ref(), &channel) {
                    Access::Granted(_) => '+',
                    Access::Denied => '-',
                    Access::IfPartyToOrder(_) => '?',
                })
                .collect();
            assert_eq!(found, expected, "{channel}");
        }
    }

    #[test]
    fn the_rights_of_every_channel_are_tested() {
        let tested: HashSet<_> = table().iter().map(|(channel, _)| channel.name()).collect();
        let declared: HashSet<_> = ChannelName::ALL.iter().copied().collect();
        assert_eq!(tested, declared);
    }

    #[test]
    fn only_sellers_have_a_view_of_their_own_on_their_channel() {
        let audience = |role| access(Some(&principal(role)), &Channel::Seller(ME));
        assert_eq!(audience(Role::Seller), Access::Granted(Audience::Seller(ME)));
        assert_eq!(audience(Role::Admin), Access::Granted(Audience::Everyone));
    }
}
