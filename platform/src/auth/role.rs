//! Roles: named sets of permissions.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A role of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Role {
    /// Somebody without an account who placed one order: the token's subject is that order.
    #[schemars(skip)]
    Guest = 0,
    /// Places orders.
    Customer = 1,
    /// Manages products and their stock.
    Seller = 2,
    /// Delivers orders.
    Courier = 3,
    /// Manages the platform.
    Admin = 4,
    /// Reads analytics.
    Analyst = 5,
    /// Grants roles, beside the rights of an admin.
    Superadmin = 6,
}

/// The text names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a role is one of customer, seller, courier, admin, analyst, superadmin")]
pub struct UnknownRole;

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Guest,
        Self::Customer,
        Self::Seller,
        Self::Courier,
        Self::Admin,
        Self::Analyst,
        Self::Superadmin,
    ];

    /// Its name in tokens, tables and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Customer => "customer",
            Self::Seller => "seller",
            Self::Courier => "courier",
            Self::Admin => "admin",
            Self::Analyst => "analyst",
            Self::Superadmin => "superadmin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or(UnknownRole)
    }
}

/// A set of roles. In JSON it is a list of names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, JsonSchema)]
#[schemars(inline)]
pub struct Roles(#[schemars(with = "Vec<Role>")] u8);

impl Roles {
    /// No role.
    pub const NONE: Self = Self(0);

    /// One role.
    pub const fn only(role: Role) -> Self {
        Self(1 << role as u8)
    }

    /// These roles and `role`.
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | 1 << role as u8)
    }

    /// Whether `role` is one of them.
    pub const fn contains(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles, in a fixed order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.contains(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Debug for Roles {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for Roles {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Roles {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RolesVisitor;

        impl<'de> Visitor<'de> for RolesVisitor {
            type Value = Roles;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list of roles")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Roles, A::Error> {
                let mut roles = Roles::NONE;
                while let Some(role) = list.next_element::<Role>()? {
                    roles = roles.with(role);
                }
                Ok(roles)
            }
        }

        deserializer.deserialize_seq(RolesVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_serialized_as_a_list_of_names() {
        let roles: Roles = serde_json::from_str(r#"["courier","admin"]"#).unwrap();
        assert!(
            roles.contains(Role::Admin) && roles.contains(Role::Courier) && !roles.contains(Role::Seller)
        );
        assert_eq!(serde_json::to_string(&roles).unwrap(), r#"["courier","admin"]"#);
        assert!(serde_json::from_str::<Roles>(r#"["king"]"#).is_err());
    }

    #[test]
    fn every_role_is_found_by_its_name() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
    }
}
