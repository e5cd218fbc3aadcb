//! Keys that make commands safe to repeat, and ids derived from them.
//!
//! # Why a repeated command gets the same answer
//!
//! In the transaction that appends a command's events, the store keeps the key with the stream's id, its version and
//! the position; a repeated command gets these back instead of being decided again. Every other field of an answer
//! follows from them: a command creates the stream named in its answer, and all further ids are derived from that one
//! ([`payment_id`], [`delivery_id`]), as are the guest's token (Ed25519 signatures are deterministic) and the order's
//! number. Values that were decided from the catalogue (total, reservation) are read back from the order's first event,
//! which never changes.
//!
//! # Scope of a key
//!
//! A key is looked up within its owner's scope, so guessing a key does not reveal another caller's answer. The owner is
//! the account, or a guest's order; for a guest without an order yet, it is a digest of the e-mail address.

use aws_lc_rs::digest::{Context, SHA256};
use aws_lc_rs::hmac;
use domain::{DeliveryId, OrderId, PaymentId, RefundId, ReturnId};
use platform::auth::Principal;
use platform::config::Secret32;
use platform::problem::{Problem, kind};
use uuid::Uuid;

use crate::accounts::Email;

/// The longest key, in bytes.
pub const KEY_LEN_MAX: usize = 255;

/// A key as the caller chose it: 1 to [`KEY_LEN_MAX`] visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Parses the `Idempotency-Key` header.
    ///
    /// # Errors
    /// 400 when it is missing, too long, or has other characters.
    pub fn parse(header: Option<&[u8]>) -> Result<Self, Problem> {
        let refused = |detail| Problem::new(&kind::INVALID_HEADER, detail);
        let bytes = header.ok_or_else(|| refused("This needs an Idempotency-Key header."))?;
        if bytes.is_empty() || bytes.len() > KEY_LEN_MAX || !bytes.iter().all(u8::is_ascii_graphic) {
            return Err(refused(
                "An Idempotency-Key has 1 to 255 visible ASCII characters.",
            ));
        }
        Ok(Self(bytes.iter().map(|byte| char::from(*byte)).collect()))
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The scope of a caller's keys; `None` for a caller without a token.
pub fn scope(principal: Option<&Principal>) -> Option<String> {
    principal.map(|principal| match principal.guest_order_id() {
        Some(order_id) => format!("order/{order_id}"),
        None => format!("account/{}", principal.subject),
    })
}

/// Derives the scope of a guest who has no token yet. It does not reveal the address.
#[derive(Clone)]
pub struct GuestScopes(hmac::Key);

impl GuestScopes {
    /// Derives scopes with a key of the instance, so that a stolen table cannot be searched for an address.
    pub fn new(data_key: &Secret32) -> Self {
        Self(data_key.derive("waybill guest scope v1"))
    }

    /// The scope of the guest with this address.
    pub fn scope(&self, email: &Email) -> String {
        let tag = hmac::sign(&self.0, email.lookup().as_bytes());
        format!("guest/{}", hex::encode(&tag.as_ref()[..16]))
    }
}

impl std::fmt::Debug for GuestScopes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("GuestScopes(…)")
    }
}

/// SHA-256 of the method, path and body of a request.
pub fn request_hash(method: &str, path: &str, body: &[u8]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in [method.as_bytes(), path.as_bytes(), body] {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

/// The payment of an order.
pub fn payment_id(order_id: OrderId) -> PaymentId {
    PaymentId::from_uuid(Uuid::new_v5(&order_id.as_uuid(), b"payment"))
}

/// The delivery of an order.
pub fn delivery_id(order_id: OrderId) -> DeliveryId {
    DeliveryId::from_uuid(Uuid::new_v5(&order_id.as_uuid(), b"delivery"))
}

/// The refund of a return.
pub fn refund_id(return_id: ReturnId) -> RefundId {
    RefundId::from_uuid(Uuid::new_v5(&return_id.as_uuid(), b"refund"))
}

/// The refund of an order that is over, after the provider refused `failed_len` refunds.
pub fn order_refund_id(order_id: OrderId, failed_len: usize) -> RefundId {
    let name = format!("refund/{failed_len}");
    RefundId::from_uuid(Uuid::new_v5(&order_id.as_uuid(), name.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_bounds() {
        assert!(IdempotencyKey::parse(Some(b"a-1")).is_ok());
        for bad in [
            None,
            Some(&b""[..]),
            Some(&[b'a'; 256]),
            Some(b"a b"),
            Some("ä".as_bytes()),
        ] {
            assert_eq!(IdempotencyKey::parse(bad).unwrap_err().kind().status, 400);
        }
    }

    #[test]
    fn the_parts_of_a_request_do_not_run_into_each_other() {
        assert_ne!(request_hash("POST", "/a", b"b"), request_hash("POST", "/ab", b""));
    }
}
