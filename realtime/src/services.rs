//! The services shared by all connections of a node.

use platform::auth::TokenVerifier;

use crate::admission::Admission;
use crate::rights::ChannelAccess;

/// The services shared by all connections of a node.
pub struct Services {
    /// Verifies tokens, and checks whether they are still valid.
    pub verifier: TokenVerifier,
    /// Returns who takes part in an order.
    pub access: Box<dyn ChannelAccess>,
    /// Counts connections.
    pub admission: Admission,
}
