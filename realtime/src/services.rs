//! What every connection of a node uses.

use platform::auth::TokenVerifier;

use crate::admission::Admission;
use crate::rights::ChannelAccess;

/// What every connection of a node uses.
pub struct Services {
    /// Verifies tokens, and checks whether they are still valid.
    pub verifier: TokenVerifier,
    /// Answers who takes part in an order.
    pub access: Box<dyn ChannelAccess>,
    /// Counts connections.
    pub admission: Admission,
}
