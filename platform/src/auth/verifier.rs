//! Checks access tokens.

use std::sync::Arc;

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Principal, Revocations, Roles, jwks};
use crate::clock::Clock;

/// The `iss` of every token.
pub const ISSUER: &str = "waybill";
/// The `aud` of every token.
pub const AUDIENCE: &str = "waybill";
/// The `typ` of every token (RFC 9068).
pub const TOKEN_TYPE: &str = "at+jwt";
/// The tolerated difference between clocks, in seconds.
pub const LEEWAY_S: u64 = 5;

/// How many verified tokens are cached.
const CACHE_LEN_MAX: u64 = 20_000;
/// The longest token that is checked, in bytes.
const TOKEN_LEN_MAX: usize = 4_096;

/// The claims of a token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// Issuer.
    pub iss: String,
    /// Audience.
    pub aud: String,
    /// The account, or a guest's order.
    pub sub: Uuid,
    /// The roles.
    pub roles: Roles,
    /// The session; nil for a guest.
    pub sid: Uuid,
    /// The token's own id.
    pub jti: Uuid,
    /// Issued at, in seconds since 1970.
    pub iat: i64,
    /// Not before, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
    /// Expires at, in seconds since 1970.
    pub exp: i64,
}

/// Why a token is invalid.
#[derive(Debug, thiserror::Error)]
pub enum InvalidToken {
    /// Not a token of this service: wrong form, signature, algorithm, type, issuer or audience.
    #[error("the token is not valid")]
    Malformed(#[source] Option<jsonwebtoken::errors::Error>),
    /// The token has expired.
    #[error("the token has expired")]
    Expired,
    /// The session or account was ended.
    #[error("the token was revoked")]
    Revoked,
}

/// Checks access tokens. Clones share the cache.
#[derive(Clone)]
pub struct TokenVerifier(Arc<Inner>);

struct Inner {
    key: DecodingKey,
    key_id: String,
    public_key: [u8; 32],
    validation: Validation,
    verified: moka::sync::Cache<Box<str>, Arc<Principal>>,
    revocations: Revocations,
    clock: Arc<dyn Clock>,
}

impl TokenVerifier {
    /// Checks tokens signed with the private half of `public_key`.
    pub fn new(public_key: [u8; 32], revocations: Revocations, clock: Arc<dyn Clock>) -> Self {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        // The times are checked here on every use, against our own clock, and not once by the library.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        Self(Arc::new(Inner {
            key: DecodingKey::from_ed_der(&public_key),
            key_id: jwks::key_id(&public_key),
            public_key,
            validation,
            verified: moka::sync::Cache::new(CACHE_LEN_MAX),
            revocations,
            clock,
        }))
    }

    /// Checks tokens signed with the Ed25519 key of `seed`. `None` when it cannot be a seed.
    pub fn from_seed(seed: &[u8; 32], revocations: Revocations, clock: Arc<dyn Clock>) -> Option<Self> {
        use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
        let public_key = pair.public_key().as_ref().try_into().ok()?;
        Some(Self::new(public_key, revocations, clock))
    }

    /// The public key.
    pub fn public_key(&self) -> &[u8; 32] {
        &self.0.public_key
    }

    /// The shared revocation list.
    pub fn revocations(&self) -> &Revocations {
        &self.0.revocations
    }

    /// Identifies the caller who holds `token`.
    ///
    /// # Errors
    /// When the token is invalid.
    pub fn verify(&self, token: &str) -> Result<Arc<Principal>, InvalidToken> {
        let principal = match self.0.verified.get(token) {
            Some(principal) => principal,
            None => self.decode(token)?,
        };
        self.check(&principal)?;
        Ok(principal)
    }

    /// Checks that a token verified earlier is still valid: it has not expired and was not revoked.
    ///
    /// # Errors
    /// When it is no longer valid.
    pub fn check(&self, principal: &Principal) -> Result<(), InvalidToken> {
        if self.0.clock.now().timestamp() >= principal.expires_at_s {
            return Err(InvalidToken::Expired);
        }
        if self.0.revocations.contains(principal) {
            return Err(InvalidToken::Revoked);
        }
        Ok(())
    }

    fn decode(&self, token: &str) -> Result<Arc<Principal>, InvalidToken> {
        if token.len() > TOKEN_LEN_MAX {
            return Err(InvalidToken::Malformed(None));
        }
        let decoded = jsonwebtoken::decode::<Claims>(token, &self.0.key, &self.0.validation)
            .map_err(|error| InvalidToken::Malformed(Some(error)))?;
        let is_ours = decoded
            .header
            .typ
            .as_deref()
            .is_some_and(|typ| typ.eq_ignore_ascii_case(TOKEN_TYPE))
            && decoded.header.kid.as_deref() == Some(self.0.key_id.as_str());
        let claims = decoded.claims;
        let latest_s = self.0.clock.now().timestamp().saturating_add_unsigned(LEEWAY_S);
        let is_begun = claims.iat <= latest_s && claims.nbf.is_none_or(|nbf| nbf <= latest_s);
        if !is_ours || !is_begun {
            return Err(InvalidToken::Malformed(None));
        }
        let principal = Arc::new(Principal {
            subject: claims.sub,
            roles: claims.roles,
            session_id: claims.sid,
            expires_at_s: claims.exp,
        });
        self.0.verified.insert(token.into(), Arc::clone(&principal));
        Ok(principal)
    }
}

impl std::fmt::Debug for TokenVerifier {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("TokenVerifier")
            .field("key_id", &self.0.key_id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
