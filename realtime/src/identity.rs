//! Who a connection belongs to.

use std::sync::Arc;

use platform::auth::Principal;

/// Who a connection belongs to.
#[derive(Debug, Clone)]
pub enum Identity {
    /// It has not said.
    Unknown,
    /// It said that it is nobody: public channels alone.
    Nobody,
    /// It showed a token.
    Known(Arc<Principal>),
}

impl Identity {
    /// Whoever showed the token.
    pub fn principal(&self) -> Option<&Arc<Principal>> {
        match self {
            Self::Known(principal) => Some(principal),
            Self::Unknown | Self::Nobody => None,
        }
    }

    /// Whether a connection of `self` may go on as `next`: somebody never becomes somebody else.
    pub fn may_become(&self, next: &Self) -> bool {
        match (self, next) {
            (Self::Known(now), Self::Known(next)) => now.subject == next.subject,
            (Self::Known(_), _) => false,
            (Self::Unknown | Self::Nobody, _) => true,
        }
    }
}
