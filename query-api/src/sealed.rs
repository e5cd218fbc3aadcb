//! Decrypts personal data that was sealed with the key of a person.

use domain::{FreeText, PersonId, Sealed};
use event_store::KeyRing;
use platform::problem::Problem;
use schemas::read_model::{Stage, StoredStage};

use crate::api::store;
use crate::view::Raw;

/// The plaintext; `None` when the person was erased.
///
/// # Errors
/// 503 when the keys cannot be read, 500 when the ciphertext does not fit the key.
pub(crate) async fn open(keys: &KeyRing, sealed: &Sealed) -> Result<Option<Vec<u8>>, Problem> {
    keys.open(sealed.person_id.as_uuid(), &sealed.ciphertext)
        .await
        .map_err(store)
}

/// The sealed text; `None` when the person was erased.
///
/// # Errors
/// As [`open`]; 500 when it is not UTF-8.
pub(crate) async fn open_text(keys: &KeyRing, sealed: &Sealed) -> Result<Option<String>, Problem> {
    let plaintext = open(keys, sealed).await?;
    plaintext
        .map(String::from_utf8)
        .transpose()
        .map_err(Problem::internal)
}

/// The text about an order of the customer `person_id`; `None` when the person with whose key it is sealed was erased. A
/// text that was stored in the clear is withheld, too, when the customer was erased.
///
/// # Errors
/// As [`open_text`].
pub(crate) async fn open_free_text(
    keys: &KeyRing,
    text: &FreeText,
    person_id: Option<PersonId>,
) -> Result<Option<String>, Problem> {
    match (text, person_id) {
        (FreeText::Sealed(sealed), _) => open_text(keys, sealed).await,
        (FreeText::Clear(text), None) => Ok(Some(text.clone())),
        (FreeText::Clear(text), Some(person_id)) => {
            let is_known = keys.has(person_id.as_uuid()).await.map_err(store)?;
            Ok(is_known.then(|| text.clone()))
        }
    }
}

/// The stages of an order of the customer `person_id`, with their reasons.
///
/// # Errors
/// As [`open_free_text`].
pub(crate) async fn open_timeline<S: Copy>(
    keys: &KeyRing,
    timeline: &[StoredStage<S>],
    person_id: Option<PersonId>,
) -> Result<Vec<Stage<S>>, Problem> {
    let mut stages = Vec::with_capacity(timeline.len());
    for stage in timeline {
        let reason = match &stage.reason {
            Some(reason) => Some(open_free_text(keys, reason, person_id).await?),
            None => None,
        };
        stages.push(stage.with(reason));
    }
    Ok(stages)
}

/// The sealed JSON, as a contact is stored; `None` when there is none, or the person was erased.
///
/// # Errors
/// As [`open`]; 500 when it is not JSON.
pub(crate) async fn open_json(keys: &KeyRing, sealed: Option<&Sealed>) -> Result<Option<Raw>, Problem> {
    let Some(sealed) = sealed else { return Ok(None) };
    let plaintext = open(keys, sealed).await?;
    plaintext
        .map(|plaintext| serde_json::from_slice(&plaintext))
        .transpose()
        .map_err(Problem::internal)
}
