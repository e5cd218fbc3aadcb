//! Signs tokens. Ed25519 signatures are deterministic: the same claims always make the same token.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use domain::{AccountId, OrderId};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use platform::auth::{AUDIENCE, Claims, ISSUER, Role, Roles, TOKEN_TYPE, key_id};
use platform::config::Secret32;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::sessions::{ACCESS_TOKEN_LIFETIME_S, Session};

/// How long a guest's token is valid, in seconds.
pub const GUEST_TOKEN_LIFETIME_S: u32 = 30 * 24 * 3_600;

/// How long an unused session can still be prolonged, in seconds.
pub const REFRESH_TOKEN_LIFETIME_S: u32 = 30 * 24 * 3_600;

/// The `aud` and the `typ` of a refresh token, which no service accepts as an access token (RFC 8725, 3.11).
const REFRESH_AUDIENCE: &str = "waybill-refresh";
const REFRESH_TOKEN_TYPE: &str = "rt+jwt";

/// The claims of a refresh token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshClaims {
    iss: String,
    aud: String,
    /// The session.
    pub sid: Uuid,
    /// The number of the refresh token within its session, from 1.
    pub generation: i32,
    iat: i64,
    exp: i64,
}

/// Why an issuer or a token could not be created.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The seed is not a valid Ed25519 key.
    #[error("the token seed makes no Ed25519 key")]
    Seed,
    /// The claims cannot be serialized.
    #[error("the claims cannot be written as JSON")]
    Claims(#[from] serde_json::Error),
}

/// Signs tokens.
#[derive(Debug)]
pub struct TokenIssuer {
    pair: Ed25519KeyPair,
    public_key: [u8; 32],
    key_id: String,
}

impl TokenIssuer {
    /// Creates an issuer with the Ed25519 key of `seed`.
    ///
    /// # Errors
    /// When the seed is not a valid key.
    pub fn new(seed: &Secret32) -> Result<Self, Error> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.expose()).map_err(|_| Error::Seed)?;
        let public_key: [u8; 32] = pair.public_key().as_ref().try_into().map_err(|_| Error::Seed)?;
        Ok(Self {
            pair,
            public_key,
            key_id: key_id(&public_key),
        })
    }

    /// The public half of the key.
    pub const fn public_key(&self) -> &[u8; 32] {
        &self.public_key
    }

    /// Issues an access token for an account's session.
    ///
    /// # Errors
    /// When the claims cannot be serialized.
    pub fn access_token(
        &self,
        account_id: AccountId,
        roles: Roles,
        session_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<String, Error> {
        let iat = now.timestamp();
        self.sign(
            TOKEN_TYPE,
            &Claims {
                iss: ISSUER.to_owned(),
                aud: AUDIENCE.to_owned(),
                sub: account_id.as_uuid(),
                roles,
                sid: session_id,
                jti: Uuid::new_v4(),
                iat,
                nbf: None,
                exp: iat + i64::from(ACCESS_TOKEN_LIFETIME_S),
            },
        )
    }

    /// Issues a token for the one order that a guest placed. It depends only on the order's id and the time, so that a
    /// repeated command gets the same one. It cannot be revoked, so it gives access to nothing else, and expires.
    ///
    /// # Errors
    /// When the claims cannot be serialized.
    pub fn guest_token(&self, order_id: OrderId, issued_at: DateTime<Utc>) -> Result<String, Error> {
        let iat = issued_at.timestamp();
        self.sign(
            TOKEN_TYPE,
            &Claims {
                iss: ISSUER.to_owned(),
                aud: AUDIENCE.to_owned(),
                sub: order_id.as_uuid(),
                roles: Roles::only(Role::Guest),
                sid: Uuid::nil(),
                jti: order_id.as_uuid(),
                iat,
                nbf: None,
                exp: iat + i64::from(GUEST_TOKEN_LIFETIME_S),
            },
        )
    }

    /// Issues the token that prolongs a session next. The same session and generation always get the same token.
    ///
    /// # Errors
    /// When the claims cannot be serialized.
    pub fn refresh_token(&self, session: &Session) -> Result<String, Error> {
        let iat = session.refreshed_at.timestamp();
        self.sign(
            REFRESH_TOKEN_TYPE,
            &RefreshClaims {
                iss: ISSUER.to_owned(),
                aud: REFRESH_AUDIENCE.to_owned(),
                sid: session.session_id,
                generation: session.generation,
                iat,
                exp: iat + i64::from(REFRESH_TOKEN_LIFETIME_S),
            },
        )
    }

    /// Verifies a refresh token and returns its claims, unless it has expired. Whether it was used before is checked by
    /// the session.
    pub fn read_refresh_token(&self, token: &str, now: DateTime<Utc>) -> Option<RefreshClaims> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[REFRESH_AUDIENCE]);
        // The expiry is checked against our own clock.
        validation.validate_exp = false;
        let key = DecodingKey::from_ed_der(&self.public_key);
        let decoded = jsonwebtoken::decode::<RefreshClaims>(token, &key, &validation).ok()?;
        let is_ours = decoded.header.typ.as_deref() == Some(REFRESH_TOKEN_TYPE);
        let claims = decoded.claims;
        (is_ours && now.timestamp() < claims.exp).then_some(claims)
    }

    fn sign(&self, token_type: &str, claims: &impl Serialize) -> Result<String, Error> {
        let key_id = &self.key_id;
        let header = format!(r#"{{"alg":"EdDSA","typ":"{token_type}","kid":"{key_id}"}}"#);
        let mut token = URL_SAFE_NO_PAD.encode(header);
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(serde_json::to_vec(claims)?, &mut token);
        let signature = self.pair.sign(token.as_bytes());
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
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
    fn issued_tokens_are_verified() {
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

    #[test]
    fn no_kind_of_token_is_accepted_as_another() {
        let issuer = TokenIssuer::new(&Secret32::new([5; 32])).unwrap();
        let verifier = TokenVerifier::new(*issuer.public_key(), Revocations::new(), Arc::new(SystemClock));
        let now = SystemClock.now();
        let session = Session {
            session_id: Uuid::from_u128(8),
            account_id: AccountId::from_uuid(Uuid::from_u128(7)),
            generation: 3,
            refreshed_at: now,
        };
        let refresh = issuer.refresh_token(&session).unwrap();
        assert!(verifier.verify(&refresh).is_err());
        let claims = issuer.read_refresh_token(&refresh, now).unwrap();
        assert_eq!((claims.sid, claims.generation), (session.session_id, 3));

        let roles = Roles::only(Role::Admin);
        let access = issuer
            .access_token(session.account_id, roles, session.session_id, now)
            .unwrap();
        assert_eq!(issuer.read_refresh_token(&access, now), None);
        let over = now + chrono::TimeDelta::seconds(i64::from(REFRESH_TOKEN_LIFETIME_S));
        assert_eq!(issuer.read_refresh_token(&refresh, over), None);
        let stranger = TokenIssuer::new(&Secret32::new([6; 32])).unwrap();
        let forged = stranger.refresh_token(&session).unwrap();
        assert_eq!(issuer.read_refresh_token(&forged, now), None);
    }
}
