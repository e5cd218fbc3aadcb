//! The public key, for other services that verify our tokens (RFC 7517, 7638, 8037).

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::JsonSchema;
use serde::Serialize;

/// The key's id: its JWK thumbprint (RFC 7638).
pub fn key_id(public_key: &[u8; 32]) -> String {
    let x = URL_SAFE_NO_PAD.encode(public_key);
    let canonical = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    URL_SAFE_NO_PAD.encode(digest(&SHA256, canonical.as_bytes()))
}

/// The public keys that access tokens are signed with (RFC 7517).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct JsonWebKeySet {
    keys: Vec<JsonWebKey>,
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
struct JsonWebKey {
    kty: &'static str,
    crv: &'static str,
    #[serde(rename = "use")]
    purpose: &'static str,
    alg: &'static str,
    kid: String,
    x: String,
}

impl JsonWebKeySet {
    /// The set with this one key.
    pub fn of(public_key: &[u8; 32]) -> Self {
        Self {
            keys: vec![JsonWebKey {
                kty: "OKP",
                crv: "Ed25519",
                purpose: "sig",
                alg: "EdDSA",
                kid: key_id(public_key),
                x: URL_SAFE_NO_PAD.encode(public_key),
            }],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key and thumbprint of RFC 8037, appendices A.2 and A.3.
    #[test]
    fn the_thumbprint_matches_the_example_of_the_rfc() {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        let key: [u8; 32] = URL_SAFE_NO_PAD.decode(x).unwrap().try_into().unwrap();
        assert_eq!(key_id(&key), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assert_eq!(JsonWebKeySet::of(&key).keys[0].x, x);
    }
}
