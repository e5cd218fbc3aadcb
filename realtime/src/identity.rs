//! The identity of a client.

use std::sync::Arc;

use platform::auth::Principal;

/// The identity of a client.
#[derive(Debug, Clone)]
pub enum Identity {
    /// The client has not sent `auth` yet.
    Unknown,
    /// The client authenticated without a token: it reads public channels only.
    Anonymous,
    /// The client authenticated with a token.
    Authenticated(Arc<Principal>),
}

impl Identity {
    /// Returns the holder of the token.
    pub fn principal(&self) -> Option<&Arc<Principal>> {
        match self {
            Self::Authenticated(principal) => Some(principal),
            Self::Unknown | Self::Anonymous => None,
        }
    }

    /// Returns whether a connection of `self` may continue as `next`: it never changes from one account to another.
    pub fn may_become(&self, next: &Self) -> bool {
        match (self, next) {
            (Self::Authenticated(now), Self::Authenticated(next)) => now.subject == next.subject,
            (Self::Authenticated(_), _) => false,
            (Self::Unknown | Self::Anonymous, _) => true,
        }
    }
}
