//! Unreadable messages: each is kept as a dead letter, and its event is read from the store.

use event_store::kafka::dead_letter::header as dead;
use rdkafka::message::{Header, Headers, Message as _, OwnedHeaders, OwnedMessage};
use schemas::topic::header;
use testkit::eventually;

use super::fixture::{Draft, Fixture, assert_same, collect_until, read_topic};

type Spoil = fn(&mut Draft);

/// How each message is damaged, and the reported reason.
const CASES: &[(Spoil, &str)] = &[
    (|draft| draft.payload = None, "the message is a tombstone"),
    (|draft| draft.key = None, "the message has no key"),
    (
        |draft| draft.payload = Some(vec![0xff, 0xfe]),
        "the payload is not UTF-8",
    ),
    (
        |draft| draft.payload = Some(b"{\"z\":".to_vec()),
        "the payload is not JSON",
    ),
    (
        |draft| draft.payload = Some(b"".to_vec()),
        "the payload is not JSON",
    ),
    (|draft| draft.payload = Some(b"{\"z\":1000000}".to_vec()), FORGED),
    (|draft| draft.key = Some(vec![0xff]), "the key is not UTF-8"),
    (|draft| draft.key = Some(b"stream-0x".to_vec()), FORGED),
    (
        |draft| draft.headers = OwnedHeaders::new(),
        "header `ce_specversion` is missing",
    ),
    (|draft| without(draft, header::ID), "header `ce_id` is missing"),
    (
        |draft| without(draft, header::TYPE),
        "header `ce_type` is missing",
    ),
    (
        |draft| without(draft, header::SUBJECT),
        "header `ce_subject` is missing",
    ),
    (
        |draft| without(draft, header::POSITION),
        "header `waybill_position` is missing",
    ),
    (
        |draft| without(draft, header::PREV),
        "header `waybill_prev` is missing",
    ),
    (
        |draft| without(draft, header::HASH),
        "header `waybill_hash` is missing",
    ),
    (
        |draft| without(draft, header::METADATA),
        "header `waybill_metadata` is missing",
    ),
    (
        |draft| without(draft, header::SIGNATURE),
        "header `waybill_signature` is missing",
    ),
    (
        |draft| without(draft, header::LOG),
        "header `waybill_log` is missing",
    ),
    (|draft| with(draft, header::SIGNATURE, &"0".repeat(64)), FORGED),
    // Another place on the partition.
    (|draft| with(draft, header::PREV, "0"), FORGED),
    (
        |draft| with(draft, header::SPEC_VERSION, "2.0"),
        "header `ce_specversion` is not valid",
    ),
    (
        |draft| with(draft, header::SOURCE, "/elsewhere"),
        "header `ce_source` is not valid",
    ),
    (
        |draft| with(draft, header::CONTENT_TYPE, "text/plain"),
        "header `content-type` is not valid",
    ),
    (
        |draft| with(draft, header::TYPE, "SomethingHappened"),
        "header `ce_type` is not valid",
    ),
    (
        |draft| with(draft, header::ID, "7"),
        "header `ce_id` is not valid",
    ),
    (
        |draft| with(draft, header::TIME, "yesterday"),
        "header `ce_time` is not valid",
    ),
    (
        |draft| with(draft, header::POSITION, "first"),
        "header `waybill_position` is not valid",
    ),
    (
        |draft| with(draft, header::PREV, "-1"),
        "header `waybill_prev` is not valid",
    ),
    (
        |draft| with(draft, header::PREV, "9223372036854775807"),
        "header `waybill_prev` is not valid",
    ),
    (
        |draft| with(draft, header::SCHEMA_VERSION, "99999"),
        "header `waybill_schema_version` is not valid",
    ),
    (
        |draft| with(draft, header::METADATA, "{"),
        "header `waybill_metadata` is not valid",
    ),
    (
        |draft| with(draft, header::HASH, "00"),
        "header `waybill_hash` is not valid",
    ),
    (|draft| with(draft, header::HASH, &"0".repeat(64)), FORGED),
    (
        |draft| with(draft, header::POSITION, "9000000000000000000"),
        FORGED,
    ),
    (
        |draft| with(draft, header::TYPE, "dev.waybill.SomethingElseHappened"),
        FORGED,
    ),
    (|draft| with(draft, header::SUBJECT, "stream-other"), FORGED),
    (|draft| with(draft, header::VERSION, "77"), FORGED),
    (
        |draft| with(draft, header::TIME, "2026-01-01T00:00:00.000000Z"),
        FORGED,
    ),
];

const FORGED: &str = "the message is forged or was changed: its signature does not match its content";

#[tokio::test(flavor = "multi_thread")]
async fn an_unreadable_message_is_kept_and_its_event_read_from_the_store() {
    let mut fixture = Fixture::new().await;
    fixture.append(CASES.len() * 2).await;
    let events = fixture.events().await;
    let mut publisher = fixture.publisher().await;
    let mut expected = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let mut draft = publisher.draft(event);
        // Every second message is intact.
        if index % 2 == 1 {
            let (spoil, error) = CASES[index / 2];
            spoil(&mut draft);
            let (partition, key, payload) = (draft.partition, draft.key.clone(), draft.payload.clone());
            let offset = publisher.send(draft).await;
            expected.push((
                format!("{}/{partition}/{offset}", fixture.topic),
                error,
                key,
                payload,
            ));
        } else {
            publisher.send(draft).await;
        }
    }
    let mut follower = fixture.follow_kafka();

    let (given, offsets) = collect_until(&mut follower, events.len() as i64).await;

    assert_same(&given, &events);
    assert!(!offsets.is_empty());
    let counters = follower.counters();
    let _waiting = tokio::spawn(async move { follower.next_batch(1).await });
    eventually("every unreadable message is counted", || async {
        counters.values().dead_letters == CASES.len() as u64
    })
    .await;
    let read_letters = || read_topic(&fixture.kafka, &fixture.dead_letters);
    eventually("every unreadable message is kept", || async {
        read_letters().await.len() >= CASES.len()
    })
    .await;
    let letters = read_letters().await;
    assert_eq!(letters.len(), expected.len());
    for (place, error, key, payload) in expected {
        let letter = letters
            .iter()
            .find(|letter| letter.key() == Some(place.as_bytes()))
            .unwrap();
        assert_eq!(
            header_of(letter, dead::ERROR).as_deref(),
            Some(error.as_bytes()),
            "{place}"
        );
        assert_eq!(header_of(letter, dead::KEY), key);
        assert_eq!(letter.payload(), payload.as_deref());
        let parts: Vec<_> = [dead::TOPIC, dead::PARTITION, dead::OFFSET]
            .map(|name| String::from_utf8(header_of(letter, name).unwrap()).unwrap())
            .into();
        assert_eq!(parts.join("/"), place);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_foreign_messages_delays_nothing() {
    let mut fixture = Fixture::new().await;
    fixture.append(20).await;
    let events = fixture.events().await;
    let mut publisher = fixture.publisher().await;
    for event in &events {
        for number in 0..25 {
            let draft = Draft {
                partition: number % super::fixture::PARTITIONS,
                key: None,
                payload: Some(b"hello".to_vec()),
                headers: OwnedHeaders::new(),
            };
            publisher.send(draft).await;
        }
        let draft = publisher.draft(event);
        publisher.send(draft).await;
    }
    let mut follower = fixture.follow_kafka();

    let (given, _) = collect_until(&mut follower, 20).await;

    assert_same(&given, &events);
    let values = follower.counters().values();
    // On a busy machine, some may be read from the store because they are late.
    assert!(values.from_kafka > values.from_store, "{values:?}");
}

fn without(draft: &mut Draft, name: &str) {
    replace(draft, name, None);
}

fn with(draft: &mut Draft, name: &str, value: &str) {
    replace(draft, name, Some(value));
}

fn replace(draft: &mut Draft, name: &str, value: Option<&str>) {
    let mut headers = OwnedHeaders::new();
    for found in draft.headers.iter().filter(|found| found.key != name) {
        headers = headers.insert(found);
    }
    if value.is_some() {
        headers = headers.insert(Header { key: name, value });
    }
    draft.headers = headers;
}

fn header_of(message: &OwnedMessage, name: &str) -> Option<Vec<u8>> {
    let mut headers = message.headers().unwrap().iter();
    headers
        .find(|header| header.key == name)?
        .value
        .map(<[u8]>::to_vec)
}
