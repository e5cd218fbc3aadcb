//! Issues tokens for tests, with a clock that tests advance.

use std::sync::Arc;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use platform::auth::{AUDIENCE, Claims, ISSUER, Revocations, Role, Roles, TOKEN_TYPE, TokenVerifier, key_id};
use platform::clock::{Clock as _, ManualClock};
use uuid::Uuid;

/// Lifetime of a token of [`Issuer::token`], in seconds.
pub const LIFETIME_S: i64 = 900;

/// Signs tokens.
pub struct Issuer {
    pair: Ed25519KeyPair,
    /// Verifies the tokens.
    pub verifier: TokenVerifier,
    /// The clock.
    pub clock: Arc<ManualClock>,
}

impl Issuer {
    /// Creates an issuer with a fixed key. Its clock starts in 2027.
    pub fn new() -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
        let clock = Arc::new(ManualClock::new(
            DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
        ));
        let public_key = pair.public_key().as_ref().try_into().unwrap();
        let verifier = TokenVerifier::new(public_key, Revocations::new(), clock.clone());
        Self {
            pair,
            verifier,
            clock,
        }
    }

    /// Issues a token, as of now, for the session `sid` of the account `sub`; for a guest `sub` is the order.
    pub fn token(&self, role: Role, sub: Uuid, sid: Uuid) -> String {
        let now_s = self.clock.now().timestamp();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub,
            roles: Roles::only(role),
            sid,
            jti: Uuid::new_v4(),
            iat: now_s,
            nbf: None,
            exp: now_s + LIFETIME_S,
        };
        let header = serde_json::json!({
            "alg": "EdDSA", "typ": TOKEN_TYPE, "kid": key_id(self.verifier.public_key())
        });
        let claims = serde_json::to_string(&claims).unwrap();
        let [header, claims] = [header.to_string(), claims].map(|part| URL_SAFE_NO_PAD.encode(part));
        let message = format!("{header}.{claims}");
        let signature = URL_SAFE_NO_PAD.encode(self.pair.sign(message.as_bytes()));
        format!("{message}.{signature}")
    }
}
