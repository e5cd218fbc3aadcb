//! The caller, as named by a verified token.

use uuid::Uuid;

use super::{Permission, Permissions, Role, Roles};
use crate::problem::Problem;

/// The caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The account's id; for a guest the id of the one order they placed.
    pub subject: Uuid,
    /// Their roles.
    pub roles: Roles,
    /// The session the token belongs to; nil for a guest.
    pub session_id: Uuid,
    /// When the token expires, in seconds since 1970.
    pub expires_at_s: i64,
}

impl Principal {
    /// The account, unless the caller is a guest.
    pub fn account_id(&self) -> Option<Uuid> {
        (!self.is_guest()).then_some(self.subject)
    }

    /// The order a guest placed; `None` for an account.
    pub fn guest_order_id(&self) -> Option<Uuid> {
        self.is_guest().then_some(self.subject)
    }

    /// Whether the caller is a guest with a token for one order.
    pub fn is_guest(&self) -> bool {
        self.roles.contains(Role::Guest)
    }

    /// Whether the caller has `role`.
    pub fn has_role(&self, role: Role) -> bool {
        self.roles.contains(role)
    }

    /// Whether the caller has `permission`.
    pub fn may(&self, permission: Permission) -> bool {
        Permissions::of(self.roles).contains(permission)
    }

    /// Refuses a caller without `permission`.
    ///
    /// # Errors
    /// 403.
    pub fn require(&self, permission: Permission) -> Result<(), Problem> {
        if self.may(permission) {
            Ok(())
        } else {
            Err(Problem::forbidden())
        }
    }
}
