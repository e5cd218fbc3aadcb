//! Opens sealed personal data.

use domain::Sealed;
use event_store::KeyRing;
use platform::problem::Problem;
use serde_json::value::RawValue;

use crate::api::store;

/// A customer's name and address, opened; none if there is none, or the person was erased.
///
/// # Errors
/// 503 when the keys cannot be read, 500 when the sealed data is not valid.
pub(crate) async fn open(keys: &KeyRing, sealed: Option<&Sealed>) -> Result<Option<Box<RawValue>>, Problem> {
    let Some(sealed) = sealed else { return Ok(None) };
    let opened = keys
        .open(sealed.person_id.as_uuid(), &sealed.ciphertext)
        .await
        .map_err(store)?;
    let Some(plaintext) = opened else { return Ok(None) };
    serde_json::from_slice(&plaintext)
        .map(Some)
        .map_err(Problem::internal)
}
