//! Permissions: what an operation requires, and which roles grant it.

use super::{Role, Roles};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $text:literal for $($role:ident)|+;)+) => {
        /// The right to perform one kind of operation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Permission {
            $($(#[$doc])* $name),+
        }

        impl Permission {
            /// Every permission.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its name in the OpenAPI document.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text),+
                }
            }

            /// The roles that have it.
            pub const fn roles(self) -> Roles {
                match self {
                    $(Self::$name => Roles::NONE$(.with(Role::$role))+),+
                }
            }
        }
    };
}

permissions! {
    /// Place orders on the account, and pay for, read, cancel and return them.
    Buy = "orders:buy" for Customer | Seller | Courier | Admin | Superadmin;
    /// List and change the caller's own products.
    SellProducts = "products:sell" for Seller | Admin | Superadmin;
    /// Change all products.
    ManageProducts = "products:manage" for Admin | Superadmin;
    /// Receive and adjust the stock of the caller's own products, and read counts.
    KeepStock = "stock:keep" for Seller | Admin | Superadmin;
    /// Receive and adjust all stock.
    ManageStock = "stock:manage" for Admin | Superadmin;
    /// Read orders that contain the caller's own products.
    ReadSales = "orders:read-sales" for Seller | Admin | Superadmin;
    /// Read every order and its history.
    ReadOrders = "orders:read" for Admin | Superadmin;
    /// Cancel any order.
    ManageOrders = "orders:manage" for Admin | Superadmin;
    /// Approve, reject and receive returns.
    ManageReturns = "returns:manage" for Seller | Admin | Superadmin;
    /// Read the caller's own queue and move the caller's own deliveries.
    Deliver = "deliveries:deliver" for Courier | Admin | Superadmin;
    /// Read and assign every delivery, and move it on behalf of a courier.
    ManageDeliveries = "deliveries:manage" for Admin | Superadmin;
    /// Read analytics.
    ReadAnalytics = "analytics:read" for Admin | Analyst | Superadmin;
    /// See the live board: couriers, counts, live lists.
    ReadDashboard = "dashboard:read" for Admin | Superadmin;
    /// Search the log of events.
    ReadEvents = "events:read" for Admin | Superadmin;
    /// Verify and anchor the log of events.
    VerifyLog = "events:verify" for Admin | Superadmin;
    /// Rebuild read models and handle dead letters.
    ManageProjections = "projections:manage" for Admin | Superadmin;
    /// Erase persons on their behalf.
    ErasePersons = "privacy:erase" for Admin | Superadmin;
    /// Create accounts and grant roles.
    ManageAccounts = "accounts:manage" for Superadmin;
}

/// The permissions of a set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permissions(Roles);

impl Permissions {
    /// The permissions that `roles` grant.
    pub const fn of(roles: Roles) -> Self {
        Self(roles)
    }

    /// Whether `permission` is among them.
    pub fn contains(self, permission: Permission) -> bool {
        permission.roles().iter().any(|role| self.0.contains(role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_and_an_account_without_roles_have_no_permission() {
        for permission in Permission::ALL {
            assert!(!Permissions::of(Roles::only(Role::Guest)).contains(*permission));
            assert!(!Permissions::of(Roles::NONE).contains(*permission));
        }
    }

    #[test]
    fn a_courier_may_deliver_but_not_read_analytics() {
        let permissions = Permissions::of(Roles::only(Role::Courier));
        assert!(permissions.contains(Permission::Deliver));
        assert!(!permissions.contains(Permission::ReadAnalytics));
        assert!(!permissions.contains(Permission::ManageDeliveries));
    }
}
