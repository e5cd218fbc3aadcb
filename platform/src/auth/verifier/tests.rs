use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta};
use serde_json::{Value, json};

use super::*;
use crate::auth::Role;
use crate::clock::ManualClock;

const NOW_S: i64 = 1_800_000_000;

struct Setup {
    pair: Ed25519KeyPair,
    verifier: TokenVerifier,
    clock: Arc<ManualClock>,
}

fn setup() -> Setup {
    let pair = Ed25519KeyPair::from_seed_unchecked(&[9; 32]).unwrap();
    let clock = Arc::new(ManualClock::new(DateTime::from_timestamp(NOW_S, 0).unwrap()));
    let public_key = pair.public_key().as_ref().try_into().unwrap();
    let verifier = TokenVerifier::new(public_key, Revocations::new(), clock.clone());
    Setup {
        pair,
        verifier,
        clock,
    }
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": Uuid::from_u128(1), "roles": ["courier"],
        "sid": Uuid::from_u128(2), "jti": Uuid::from_u128(3), "iat": NOW_S, "exp": NOW_S + 900
    })
}

impl Setup {
    fn header(&self) -> Value {
        json!({"alg": "EdDSA", "typ": TOKEN_TYPE, "kid": self.verifier.0.key_id})
    }

    fn token(&self, header: &Value, claims: &Value) -> String {
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", encode(header), encode(claims));
        let signature = URL_SAFE_NO_PAD.encode(self.pair.sign(message.as_bytes()));
        format!("{message}.{signature}")
    }
}

#[test]
fn a_valid_token_identifies_the_caller() {
    let setup = setup();
    let principal = setup
        .verifier
        .verify(&setup.token(&setup.header(), &claims()))
        .unwrap();
    assert_eq!(principal.subject, Uuid::from_u128(1));
    assert!(principal.has_role(Role::Courier));
}

#[test]
fn a_token_with_changed_claims_is_invalid() {
    let setup = setup();
    let table: &[(&str, Option<Value>)] = &[
        ("aud", None),
        ("aud", Some(json!("other"))),
        ("iss", None),
        ("iss", Some(json!("other"))),
        ("exp", None),
        ("sub", None),
        ("roles", None),
        ("roles", Some(json!(["king"]))),
        ("nbf", Some(json!(NOW_S + 60))),
        ("iat", Some(json!(NOW_S + 60))),
    ];
    for (name, value) in table {
        let mut claims = claims();
        let object = claims.as_object_mut().unwrap();
        match value {
            Some(value) => object.insert((*name).to_owned(), value.clone()),
            None => object.remove(*name),
        };
        let token = setup.token(&setup.header(), &claims);
        assert!(setup.verifier.verify(&token).is_err(), "{name} = {value:?}");
    }
}

#[test]
fn a_token_with_a_changed_header_is_invalid() {
    let setup = setup();
    for (name, value) in [
        ("typ", json!("JWT")),
        ("typ", Value::Null),
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("kid", json!("other")),
        ("kid", Value::Null),
    ] {
        let mut header = setup.header();
        header[name] = value.clone();
        let token = setup.token(&header, &claims());
        assert!(setup.verifier.verify(&token).is_err(), "{name} = {value}");
    }
}

#[test]
fn a_token_with_a_forged_signature_is_invalid() {
    let setup = setup();
    let token = setup.token(&setup.header(), &claims());
    let (message, _) = token.rsplit_once('.').unwrap();
    for forged in [
        format!("{message}."),
        format!("{message}.{}", URL_SAFE_NO_PAD.encode([0; 64])),
        message.into(),
    ] {
        assert!(setup.verifier.verify(&forged).is_err());
    }
}

#[test]
fn an_expired_token_is_invalid_even_when_it_is_cached() {
    let setup = setup();
    let token = setup.token(&setup.header(), &claims());
    setup.verifier.verify(&token).unwrap();
    setup.clock.advance(TimeDelta::seconds(900));
    assert!(matches!(
        setup.verifier.verify(&token),
        Err(InvalidToken::Expired)
    ));
}

#[test]
fn revoking_a_session_invalidates_only_its_tokens() {
    let setup = setup();
    let token = setup.token(&setup.header(), &claims());
    setup.verifier.verify(&token).unwrap();
    setup.verifier.revocations().revoke_session(Uuid::from_u128(1));
    setup
        .verifier
        .verify(&token)
        .expect("the token of another session stays valid");
    setup.verifier.revocations().revoke_session(Uuid::from_u128(2));
    assert!(matches!(
        setup.verifier.verify(&token),
        Err(InvalidToken::Revoked)
    ));
}
