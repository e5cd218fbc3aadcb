//! What happens to persons.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::{FreeText, OrderId, PersonId};

/// Who asked for an erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErasureRequester {
    /// The person, with the password of the account or, as a guest, with the e-mail address of the order.
    Person,
    /// An admin.
    Admin,
    /// An operator, at the command line.
    Operator,
}

/// The erasure of a person was requested. The key that opens the person's data is destroyed next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonErasureRequested {
    /// The person.
    pub person_id: PersonId,
    /// The order of a guest; none for the person of an account.
    pub order_id: Option<OrderId>,
    /// Who asked for it.
    pub requested_by: ErasureRequester,
    /// The reason that an admin or operator gave, sealed with a key of its own, which outlives the person's.
    pub reason: FreeText,
}

/// The person was erased: the key is destroyed, and the account with its sessions is deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonErased {
    /// The person.
    pub person_id: PersonId,
}

events! {
    /// An event of a person.
    PersonEvent in Person(person_id) by person_id {
        PersonErasureRequested = 1,
        PersonErased = 1,
    }
}
