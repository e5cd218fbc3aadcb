//! Authentication of messages: HMAC-SHA256 (RFC 2104) under a key derived from the instance's data key. Without that key,
//! whoever can write to the broker can neither forge a message nor change one.

use std::sync::Arc;

use aws_lc_rs::{constant_time, hmac};

use crate::config::Secret32;

/// The length of a signature, in bytes.
pub const SIGNATURE_LEN: usize = 32;

/// Signs messages and verifies their signatures. Clones produce the same signatures.
#[derive(Clone)]
pub struct MessageKey(Arc<hmac::Key>);

impl MessageKey {
    /// A key derived from the instance's data key, so that every process accepts the others' messages.
    pub fn new(data_key: &Secret32) -> Self {
        Self(Arc::new(data_key.derive("waybill message v1")))
    }

    /// Signs the parts of a message. Parts of other lengths give another signature, even if their concatenation is equal.
    pub fn sign(&self, parts: &[&[u8]]) -> [u8; SIGNATURE_LEN] {
        let mut context = hmac::Context::with_key(&self.0);
        for part in parts {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut signature = [0; SIGNATURE_LEN];
        signature.copy_from_slice(context.sign().as_ref());
        signature
    }

    /// Whether `signature` is that of the parts. Takes the same time for every wrong signature.
    pub fn verifies(&self, parts: &[&[u8]], signature: &[u8]) -> bool {
        constant_time::verify_slices_are_equal(&self.sign(parts), signature).is_ok()
    }
}

impl std::fmt::Debug for MessageKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("MessageKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_and_parts_verify() {
        let key = MessageKey::new(&Secret32::new([7; 32]));
        let signature = key.sign(&[b"ab", b"c"]);
        assert!(key.verifies(&[b"ab", b"c"], &signature));
        assert!(!key.verifies(&[b"a", b"bc"], &signature));
        assert!(!key.verifies(&[b"ab", b"c", b""], &signature));
        assert!(!key.verifies(&[b"ab", b"c"], &signature[..31]));
        let other = MessageKey::new(&Secret32::new([8; 32]));
        assert!(!other.verifies(&[b"ab", b"c"], &signature));
    }
}
