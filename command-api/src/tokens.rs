//! Signs tokens. Ed25519 signatures are deterministic: the same claims always make the same token.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use domain::{AccountId, OrderId};
use platform::auth::{AUDIENCE, Claims, ISSUER, Role, Roles, TOKEN_TYPE, key_id};
use platform::config::Secret32;
use uuid::Uuid;

/// How long an access token counts, in seconds.
pub const ACCESS_TOKEN_LIFETIME_S: u32 = 15 * 60;
/// How long a guest can follow their order, in seconds.
pub const GUEST_TOKEN_LIFETIME_S: u32 = 30 * 24 * 3_600;

/// Why there is no issuer, or no token.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The seed makes no Ed25519 key.
    #[error("the token seed makes no Ed25519 key")]
    Seed,
    /// The claims cannot be written.
    #[error("the claims cannot be written as JSON")]
    Claims(#[from] serde_json::Error),
}

/// Signs tokens.
#[derive(Debug)]
pub struct TokenIssuer {
    pair: Ed25519KeyPair,
    public_key: [u8; 32],
    /// The header of every token, encoded.
    header: String,
}

impl TokenIssuer {
    /// Signs with the Ed25519 key of `seed`.
    ///
    /// # Errors
    /// When the seed makes no key.
    pub fn new(seed: &Secret32) -> Result<Self, Error> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.expose()).map_err(|_| Error::Seed)?;
        let public_key: [u8; 32] = pair.public_key().as_ref().try_into().map_err(|_| Error::Seed)?;
        let header = format!(
            r#"{{"alg":"EdDSA","typ":"{TOKEN_TYPE}","kid":"{}"}}"#,
            key_id(&public_key)
        );
        Ok(Self {
            pair,
            public_key,
            header: URL_SAFE_NO_PAD.encode(header),
        })
    }

    /// The public half of the key.
    pub const fn public_key(&self) -> &[u8; 32] {
        &self.public_key
    }

    /// A token for an account's session.
    ///
    /// # Errors
    /// When the claims cannot be written.
    pub fn access_token(
        &self,
        account_id: AccountId,
        roles: Roles,
        session_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<String, Error> {
        let iat = now.timestamp();
        self.sign(&Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: account_id.as_uuid(),
            roles,
            sid: session_id,
            jti: Uuid::new_v4(),
            iat,
            nbf: None,
            exp: iat + i64::from(ACCESS_TOKEN_LIFETIME_S),
        })
    }

    /// A token for the one order a guest placed. It depends on nothing but the order's id and time, so that a
    /// repeated command gets the same one.
    ///
    /// # Errors
    /// When the claims cannot be written.
    pub fn guest_token(&self, order_id: OrderId, placed_at: DateTime<Utc>) -> Result<String, Error> {
        let iat = placed_at.timestamp();
        self.sign(&Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: order_id.as_uuid(),
            roles: Roles::only(Role::Guest),
            sid: Uuid::nil(),
            jti: order_id.as_uuid(),
            iat,
            nbf: None,
            exp: iat + i64::from(GUEST_TOKEN_LIFETIME_S),
        })
    }

    fn sign(&self, claims: &Claims) -> Result<String, Error> {
        let payload = URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims)?);
        let mut token = format!("{}.{payload}", self.header);
        let signature = URL_SAFE_NO_PAD.encode(self.pair.sign(token.as_bytes()));
        token.push('.');
        token.push_str(&signature);
        Ok(token)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use platform::auth::{Revocations, TokenVerifier};
    use platform::clock::{Clock, SystemClock};

    use super::*;

    #[test]
    fn what_is_issued_is_verified() {
        let issuer = TokenIssuer::new(&Secret32::new([5; 32])).unwrap();
        let verifier = TokenVerifier::new(*issuer.public_key(), Revocations::new(), Arc::new(SystemClock));
        let now = SystemClock.now();
        let account_id = AccountId::from_uuid(Uuid::from_u128(7));
        let roles = Roles::only(Role::Courier);
        let token = issuer
            .access_token(account_id, roles, Uuid::from_u128(8), now)
            .unwrap();
        let principal = verifier.verify(&token).unwrap();
        assert_eq!(
            (principal.account_id(), principal.roles),
            (Some(account_id.as_uuid()), roles)
        );

        let order_id = OrderId::from_uuid(Uuid::from_u128(9));
        let token = issuer.guest_token(order_id, now).unwrap();
        assert_eq!(token, issuer.guest_token(order_id, now).unwrap());
        assert_eq!(
            verifier.verify(&token).unwrap().guest_order_id(),
            Some(order_id.as_uuid())
        );
    }
}
