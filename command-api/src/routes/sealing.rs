//! Seals personal data before it goes into an event: with the key of the person who sent it, or whom it concerns.

use domain::order::PlacedOrder;
use domain::{FreeText, PersonId, Sealed};
use event_store::NewSubjectKey;
use platform::problem::Problem;

use super::call::Call;
use super::problem::IntoProblem;
use crate::api::Api;

pub(super) use crate::privacy::{guest_of, person_of};

/// Seals `plaintext` with the person's key.
///
/// # Errors
/// 401 when the person was erased: their last tokens have yet to expire.
pub(super) async fn seal(api: &Api, person_id: PersonId, plaintext: &[u8]) -> Result<Sealed, Problem> {
    seal_unless_erased(api, person_id, plaintext)
        .await?
        .ok_or_else(erased)
}

/// Seals a text about an order with the key of its customer. The author's key is used if the order names no customer, as
/// imported ones, or if the customer was erased: nothing else is lost with them then.
///
/// # Errors
/// 401 when the author was erased.
pub(super) async fn about_order(
    api: &Api,
    author: &Call,
    order: Option<&PlacedOrder>,
    text: &str,
) -> Result<FreeText, Problem> {
    if let Some(person_id) = order
        .and_then(PlacedOrder::person_id)
        .filter(|_| !text.is_empty())
        && let Some(sealed) = seal_unless_erased(api, person_id, text.as_bytes()).await?
    {
        return Ok(FreeText::Sealed(sealed));
    }
    by_author(api, author, text).await
}

/// Seals a text that concerns no customer with the key of its author.
///
/// # Errors
/// 401 when the author was erased.
pub(super) async fn by_author(api: &Api, author: &Call, text: &str) -> Result<FreeText, Problem> {
    if text.is_empty() {
        return Ok(FreeText::none());
    }
    // A guest has the key of their order alone.
    let account_id = author.account_id().ok_or_else(erased)?;
    seal(api, person_of(account_id), text.as_bytes())
        .await
        .map(FreeText::Sealed)
}

fn erased() -> Problem {
    Problem::unauthorized("The account was erased.")
}

/// Seals `plaintext` with the person's key; `None` when the person was erased.
async fn seal_unless_erased(
    api: &Api,
    person_id: PersonId,
    plaintext: &[u8],
) -> Result<Option<Sealed>, Problem> {
    let ciphertext = api
        .keys
        .seal(person_id.as_uuid(), plaintext)
        .await
        .map_err(IntoProblem::into_problem)?;
    Ok(ciphertext.map(|ciphertext| Sealed {
        person_id,
        ciphertext,
    }))
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
