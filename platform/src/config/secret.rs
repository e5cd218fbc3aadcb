//! Secret values that must not be shown.

use std::fmt;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

/// 32 secret bytes. `Debug` hides them.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret32([u8; 32]);

impl Secret32 {
    /// Wraps `bytes` as a secret.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads base64 of exactly 32 bytes.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let trimmed = text.trim().trim_end_matches('=');
        STANDARD_NO_PAD.decode(trimmed).ok()?.try_into().ok().map(Self)
    }

    /// The bytes.
    pub const fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// A key for one purpose, derived from these bytes: HMAC-SHA256 with the purpose as the message. Keys of different
    /// purposes reveal nothing about each other.
    pub fn derive(&self, purpose: &str) -> hmac::Key {
        let master = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let derived = hmac::sign(&master, purpose.as_bytes());
        hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref())
    }

    /// Base64, the form in the file.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Whether it does not look random: one repeated byte, a sequence, or a repeated pattern.
    pub(super) fn is_weak(&self) -> bool {
        let mut seen = [false; 256];
        for byte in self.0 {
            seen[usize::from(byte)] = true;
        }
        let distinct = seen.iter().filter(|seen| **seen).count();
        let step = self.0[1].wrapping_sub(self.0[0]);
        let counts = self
            .0
            .windows(2)
            .all(|pair| pair[1].wrapping_sub(pair[0]) == step);
        // 32 random bytes have fewer than 16 different values less than once in 10^12 draws.
        let is_text = self.0.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ');
        distinct < 16 || counts || is_text
    }
}

impl fmt::Debug for Secret32 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret32(…)")
    }
}

/// A secret text, such as a URL with a password. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(String);

impl SecretText {
    /// Wraps `text` as a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretText(…)")
    }
}
