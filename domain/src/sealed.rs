//! Sealed personal data in events: ciphertext under the person's own key.
//!
//! A text that a person typed is personal data, whatever its field is for: it may name anybody. A text about an order is
//! sealed with the key of the order's customer, any other with the key of its author. The author's key also seals texts
//! about orders without a customer: imported ones, and those of an erased customer.

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

/// A text that people type, such as a reason. Events of earlier schema versions hold it in the clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum FreeText {
    /// No text, a text of a program, or a text of a person in an event that was stored before such texts were sealed.
    Clear(String),
    /// A text of a person. It was checked before it was sealed.
    Sealed(Sealed),
}

impl FreeText {
    /// A text in the clear: of a program, not of a person.
    pub fn clear(text: impl Into<String>) -> Self {
        Self::Clear(text.into())
    }

    /// No text.
    pub const fn none() -> Self {
        Self::Clear(String::new())
    }

    /// Whether there is no text.
    pub const fn is_empty(&self) -> bool {
        match self {
            Self::Clear(text) => text.is_empty(),
            Self::Sealed(_) => false,
        }
    }
}
