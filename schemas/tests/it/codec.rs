//! Decoding of stored events, and rejection of unreadable ones.

use domain::{Event, FreeText, PersonId, Sealed, Sku};
use schemas::codec::{DecodeError, decode, encode};

fn received() -> Event {
    received_with(FreeText::clear("first delivery"))
}

fn received_with(reference: FreeText) -> Event {
    let sku = Sku::parse("85123a").unwrap();
    domain::stock::StockReceived {
        sku,
        quantity: 12,
        reference,
    }
    .into()
}

#[test]
fn a_free_text_is_sealed_or_in_the_clear_as_in_version_1() {
    let person_id = PersonId::from_uuid(uuid::Uuid::from_u128(1));
    let sealed = FreeText::Sealed(Sealed {
        person_id,
        ciphertext: "c2VhbGVk".to_owned(),
    });
    let payload = format!(
        r#"{{"sku":"85123A","quantity":12,"reference":{{"person_id":"{person_id}","ciphertext":"c2VhbGVk"}}}}"#
    );
    assert_eq!(encode(&received_with(sealed.clone())).payload, payload);
    assert_eq!(
        decode("StockReceived", 2, &payload).unwrap(),
        received_with(sealed)
    );
    for text in ["", "first delivery"] {
        let payload = format!(r#"{{"sku":"85123A","quantity":12,"reference":"{text}"}}"#);
        assert_eq!(
            decode("StockReceived", 1, &payload).unwrap(),
            received_with(FreeText::clear(text))
        );
    }
}

#[test]
fn an_encoded_event_is_decoded_unchanged() {
    let encoded = encode(&received());
    assert_eq!((encoded.event_type, encoded.schema_version), ("StockReceived", 2));
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
        decode("StockReceived", 3, &payload),
        Err(DecodeError::NewerVersion {
            found: 3,
            known: 2,
            ..
        })
    ));
    assert!(matches!(
        decode("StockEvaporated", 1, &payload),
        Err(DecodeError::UnknownType(_))
    ));
    for (event_type, version) in [("StockReceived", 3), ("StockEvaporated", 1)] {
        assert!(
            decode(event_type, version, &payload)
                .unwrap_err()
                .is_of_newer_release()
        );
    }
    for malformed in [
        "",
        "{",
        "{}",
        "null",
        r#"{"sku":"A","quantity":"1","reference":""}"#,
        r#"{"sku":"A","quantity":1,"reference":{"person_id":"ada","ciphertext":""}}"#,
        r#"{"sku":"A","quantity":1,"reference":{"ciphertext":""}}"#,
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

#[test]
fn what_is_wrong_with_a_payload_is_said_without_its_values() {
    let person = r#"{"person_id":"CANARY","ciphertext":"CANARY"}"#;
    let faults = [
        (
            r#"{"sku":"CANARY","quantity":"CANARY"}"#,
            "invalid type, expected i64 at line 1",
        ),
        (r#"{"sku":{"CANARY":1}}"#, "invalid type, expected"),
        (r#"{"quantity":1,"reference":"CANARY"}"#, "missing field `sku`"),
        (r#"{"sku":"A","sku":"CANARY"}"#, "duplicate field `sku`"),
        (r#"{"sku":"CANARY","quantity":1,"#, "EOF while parsing"),
        (r#"["CANARY, expected CANARY"]"#, ""),
        (person, ""),
    ];
    for (payload, expected) in faults {
        for version in [1, 2] {
            let error = decode("StockReceived", version, payload).unwrap_err();
            let cause = std::error::Error::source(&error).unwrap().to_string();
            assert!(version == 1 || cause.starts_with(expected), "{payload}: {cause}");
            let told = format!("{error} {error:?} {cause}");
            assert!(!told.contains("CANARY"), "{told}");
        }
    }
}
