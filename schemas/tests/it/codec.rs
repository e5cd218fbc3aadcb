//! Decoding of stored events, and rejection of unreadable ones.

use domain::{Event, Sku};
use schemas::codec::{DecodeError, decode, encode};

fn received() -> Event {
    domain::stock::StockReceived {
        sku: Sku::parse("85123a").unwrap(),
        quantity: 12,
        reference: "first delivery".to_owned(),
    }
    .into()
}

#[test]
fn an_encoded_event_is_decoded_unchanged() {
    let encoded = encode(&received());
    assert_eq!((encoded.event_type, encoded.schema_version), ("StockReceived", 1));
    assert_eq!(
        encoded.payload,
        r#"{"sku":"85123A","quantity":12,"reference":"first delivery"}"#
    );
    assert_eq!(
        decode(encoded.event_type, encoded.schema_version, &encoded.payload).unwrap(),
        received()
    );
}

#[test]
fn a_newer_version_is_distinguished_from_a_malformed_event() {
    let payload = encode(&received()).payload;
    assert!(matches!(
        decode("StockReceived", 2, &payload),
        Err(DecodeError::NewerVersion {
            found: 2,
            known: 1,
            ..
        })
    ));
    assert!(matches!(
        decode("StockEvaporated", 1, &payload),
        Err(DecodeError::UnknownType(_))
    ));
    for malformed in [
        "",
        "{",
        "{}",
        "null",
        r#"{"sku":"A","quantity":"1","reference":""}"#,
        &format!("{payload} x"),
    ] {
        assert!(
            matches!(
                decode("StockReceived", 1, malformed),
                Err(DecodeError::Malformed { .. })
            ),
            "{malformed}"
        );
    }
}
