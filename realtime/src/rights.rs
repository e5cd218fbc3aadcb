//! Who may read which channel. What roles alone decide is decided here; who owns an order is asked of
//! [`ChannelAccess`], since this crate has no SQL.

use futures_util::future::BoxFuture;
use platform::auth::{Permission, Principal, Role};
use schemas::channel::Channel;
use uuid::Uuid;

/// Why a question about ownership has no answer.
pub type AccessError = Box<dyn std::error::Error + Send + Sync>;

/// Answers what roles cannot decide.
pub trait ChannelAccess: Send + Sync + 'static {
    /// Whether `principal` owns the order, sells one of its lines or is the courier it is assigned to. An
    /// order that does not exist is nobody's.
    fn may_read_order<'a>(
        &'a self,
        principal: &'a Principal,
        order_id: Uuid,
    ) -> BoxFuture<'a, Result<bool, AccessError>>;
}

/// What roles say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Allowed,
    /// No.
    Refused,
    /// It depends on the order.
    AskOrder(Uuid),
}

/// Says whether `principal` (nobody: `None`) may read `channel`.
pub fn judge(principal: Option<&Principal>, channel: &Channel) -> Verdict {
    if let Channel::Product(_) = channel {
        return Verdict::Allowed;
    }
    let Some(principal) = principal else {
        return Verdict::Refused;
    };
    if let Channel::Order(id) = channel {
        return judge_order(principal, *id);
    }
    let is_self = |id: &Uuid| principal.account_id() == Some(*id);
    let allowed = match channel {
        Channel::Product(_) | Channel::Order(_) => true,
        Channel::Courier(id) => {
            (is_self(id) && principal.has_role(Role::Courier)) || principal.may(Permission::ManageDeliveries)
        }
        Channel::Seller(id) => {
            (is_self(id) && principal.may(Permission::ReadSales)) || principal.may(Permission::ReadOrders)
        }
        Channel::Account(id) => is_self(id),
        Channel::Orders => principal.may(Permission::ReadOrders),
        Channel::Deliveries => principal.may(Permission::ManageDeliveries),
        Channel::StockAlerts => principal.may(Permission::ManageStock),
        Channel::Metrics => principal.may(Permission::ReadDashboard),
        Channel::Replays => principal.may(Permission::ManageProjections),
    };
    if allowed {
        Verdict::Allowed
    } else {
        Verdict::Refused
    }
}

fn judge_order(principal: &Principal, id: Uuid) -> Verdict {
    match principal.guest_order_id() {
        Some(own) if own == id => Verdict::Allowed,
        Some(_) => Verdict::Refused,
        None if principal.may(Permission::ReadOrders) => Verdict::Allowed,
        None => Verdict::AskOrder(id),
    }
}

/// What kind of reader somebody is: a change is serialised once for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Audience {
    /// Nobody, guests and customers.
    Public,
    /// Sellers.
    Seller,
    /// Couriers.
    Courier,
    /// Who runs the shop.
    Staff,
}

impl Audience {
    /// How many there are.
    pub const COUNT: usize = 4;

    /// The widest of the principal's roles.
    pub fn of(principal: Option<&Principal>) -> Self {
        match principal {
            Some(principal) if principal.may(Permission::ReadOrders) => Self::Staff,
            Some(principal) if principal.has_role(Role::Courier) => Self::Courier,
            Some(principal) if principal.has_role(Role::Seller) => Self::Seller,
            _ => Self::Public,
        }
    }
}

/// Leaves out of a change what an audience may not see.
pub trait Redaction: Send + Sync + 'static {
    /// The data for `audience` on `channel`, when it is not the data as it is.
    fn redact(
        &self,
        audience: Audience,
        channel: &Channel,
        data: &serde_json::value::RawValue,
    ) -> Option<String>;

    /// Whether [`Redaction::redact`] never changes anything, so that audiences can share one frame.
    fn is_never_needed(&self) -> bool {
        false
    }
}

/// Everybody who may read a channel sees all of its data.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unredacted;

impl Redaction for Unredacted {
    fn redact(&self, _: Audience, _: &Channel, _: &serde_json::value::RawValue) -> Option<String> {
        None
    }

    fn is_never_needed(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use platform::auth::Roles;

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

    /// Rows: channel; columns: nobody, guest, customer, seller, courier, analyst, admin, superadmin.
    /// `+` allowed, `-` refused, `?` asked.
    const TABLE: &[(&str, &str)] = &[
        ("product:MUG-1", "++++++++"),
        ("order:me", "-+????++"),
        ("order:other", "--????++"),
        ("courier:me", "----+-++"),
        ("courier:other", "------++"),
        ("seller:me", "---+--++"),
        ("seller:other", "------++"),
        ("account:me", "--++++++"),
        ("account:other", "--------"),
        ("orders", "------++"),
        ("deliveries", "------++"),
        ("stock-alerts", "------++"),
        ("metrics", "------++"),
        ("replays", "------++"),
    ];

    #[test]
    fn each_role_reads_its_channels_and_no_others() {
        let readers = [
            None,
            Some(principal(Role::Guest)),
            Some(principal(Role::Customer)),
            Some(principal(Role::Seller)),
            Some(principal(Role::Courier)),
            Some(principal(Role::Analyst)),
            Some(principal(Role::Admin)),
            Some(principal(Role::Superadmin)),
        ];
        for (name, expected) in TABLE {
            let text = name
                .replace("me", &ME.to_string())
                .replace("other", &OTHER.to_string());
            let text = if *name == "metrics" {
                (*name).to_owned()
            } else {
                text
            };
            let channel: Channel = text.parse().unwrap();
            let verdicts: String = readers
                .iter()
                .map(|reader| match judge(reader.as_ref(), &channel) {
                    Verdict::Allowed => '+',
                    Verdict::Refused => '-',
                    Verdict::AskOrder(_) => '?',
                })
                .collect();
            assert_eq!(verdicts, *expected, "{name}");
        }
    }
}
