//! Decrypts personal data that was sealed with the key of a person.

use domain::Sealed;
use event_store::KeyRing;
use platform::problem::Problem;

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
