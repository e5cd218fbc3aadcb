//! Seals personal data with the key of the person who sent it, before it goes into an event.

use domain::{AccountId, OrderId, PersonId, Sealed};
use event_store::NewSubjectKey;
use platform::problem::Problem;
use uuid::Uuid;

use super::problem::IntoProblem;
use crate::api::Api;

/// The person of an account.
pub(super) const fn person_of(account_id: AccountId) -> PersonId {
    PersonId::from_uuid(account_id.as_uuid())
}

/// The person of a guest: each guest order has its own.
pub(super) fn guest_of(order_id: OrderId) -> PersonId {
    PersonId::from_uuid(Uuid::new_v5(&order_id.as_uuid(), b"person"))
}

/// Seals `plaintext` with the person's key.
///
/// # Errors
/// 401 when the person was erased: their last tokens have yet to expire.
pub(super) async fn seal(api: &Api, person_id: PersonId, plaintext: &[u8]) -> Result<Sealed, Problem> {
    let ciphertext = api
        .keys
        .seal(person_id.as_uuid(), plaintext)
        .await
        .map_err(IntoProblem::into_problem)?
        .ok_or_else(|| Problem::unauthorized("The account was erased."))?;
    Ok(Sealed {
        person_id,
        ciphertext,
    })
}

/// Seals `plaintext` with a new key, which is stored together with the events of the command.
pub(super) fn seal_new(
    api: &Api,
    person_id: PersonId,
    plaintext: &[u8],
) -> Result<(Sealed, NewSubjectKey), Problem> {
    let (ciphertext, key) = api
        .keys
        .seal_new(person_id.as_uuid(), plaintext)
        .map_err(IntoProblem::into_problem)?;
    Ok((
        Sealed {
            person_id,
            ciphertext,
        },
        key,
    ))
}
