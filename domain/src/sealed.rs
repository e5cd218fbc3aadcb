//! Sealed personal data in events: ciphertext under the person's own key.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::PersonId;

/// Personal data, encrypted with the key of one person. Deleting that key erases the data; the rest of the event stays
/// readable and replayable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// The person with whose key it is sealed.
    pub person_id: PersonId,
    /// Base64 (standard, unpadded) of a 12-byte nonce, followed by the AES-256-GCM ciphertext and tag. The additional
    /// data is the person's id (16 bytes).
    pub ciphertext: String,
}
