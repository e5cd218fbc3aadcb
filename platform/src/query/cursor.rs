//! Cursors: the start of the next page, signed so that clients cannot forge them.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::config::Secret32;
use crate::problem::{Problem, kind};

/// Bytes of a cursor's signature.
const SIGNATURE_LEN: usize = 16;
/// The longest cursor that is checked, in characters.
const CURSOR_LEN_MAX: usize = 1_024;

/// Signs cursors. Clones produce the same signatures.
#[derive(Clone)]
pub struct CursorKey(hmac::Key);

impl CursorKey {
    /// A key derived from the instance's data key, so that every process accepts the others' cursors.
    pub fn new(data_key: &Secret32) -> Self {
        Self(data_key.derive("waybill cursor v1"))
    }

    /// Encodes `place` as a cursor of `list`. The list's name must include its filters, so that a cursor of one list is
    /// refused by another.
    ///
    /// # Errors
    /// 500 when `place` cannot be serialized as JSON.
    pub fn encode<T: Serialize>(&self, list: &str, place: &T) -> Result<String, Problem> {
        let mut bytes = serde_json::to_vec(place).map_err(Problem::internal)?;
        let signature = self.sign(list, &bytes);
        bytes.extend_from_slice(&signature.as_ref()[..SIGNATURE_LEN]);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Decodes a cursor that [`CursorKey::encode`] wrote for the same list.
    ///
    /// # Errors
    /// 400 for any other text.
    pub fn decode<T: DeserializeOwned>(&self, list: &str, cursor: &str) -> Result<T, Problem> {
        self.read(list, cursor).ok_or_else(|| {
            Problem::new(
                &kind::INVALID_CURSOR,
                "The cursor is not one that this list gave out.",
            )
        })
    }

    fn read<T: DeserializeOwned>(&self, list: &str, cursor: &str) -> Option<T> {
        if cursor.len() > CURSOR_LEN_MAX {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (place, given) = bytes.split_at_checked(bytes.len().checked_sub(SIGNATURE_LEN)?)?;
        let expected = self.sign(list, place);
        aws_lc_rs::constant_time::verify_slices_are_equal(given, &expected.as_ref()[..SIGNATURE_LEN]).ok()?;
        serde_json::from_slice(place).ok()
    }

    fn sign(&self, list: &str, place: &[u8]) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(list.as_bytes());
        context.update(&[0]);
        context.update(place);
        context.sign()
    }
}

impl std::fmt::Debug for CursorKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("CursorKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_only_accepted_by_its_own_list() {
        let key = CursorKey::new(&Secret32::new([1; 32]));
        let place = (String::from("A"), 7_i64);
        let cursor = key.encode("orders", &place).unwrap();
        assert_eq!(key.decode::<(String, i64)>("orders", &cursor).unwrap(), place);
        assert_eq!(
            key.decode::<(String, i64)>("products", &cursor)
                .unwrap_err()
                .kind()
                .status,
            400
        );
        let other = CursorKey::new(&Secret32::new([2; 32]));
        assert!(other.decode::<(String, i64)>("orders", &cursor).is_err());
    }

    #[test]
    fn a_forged_cursor_is_refused() {
        let key = CursorKey::new(&Secret32::new([1; 32]));
        let cursor = key.encode("orders", &7).unwrap();
        for forged in [
            "",
            "AAAA",
            "!",
            &cursor[1..],
            &format!("{cursor}AA"),
            &"A".repeat(5_000),
        ] {
            assert!(key.decode::<i64>("orders", forged).is_err(), "{forged}");
        }
    }
}
