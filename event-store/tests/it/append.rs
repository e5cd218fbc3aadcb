//! Appending events and reading them back.

use event_store::Outcome::{Appended, Conflict, Duplicate};
use event_store::store::StreamCursor;
use event_store::{IdempotencyClaim, Store, StoredAnswer, StreamHead};

use crate::support::{Writer, store, with_key};

#[tokio::test]
async fn positions_and_versions_are_gapless_from_one() {
    let (_database, store) = store().await;
    let mut writer = Writer::default();
    let batch = [
        writer.command(&[("a", 2), ("b", 1)]),
        writer.command(&[("a", 1)]),
        writer.command(&[("b", 3)]),
    ];

    let outcomes = store.append(&batch).await.unwrap();

    assert_eq!(
        outcomes,
        [
            Appended { position: 3 },
            Appended { position: 4 },
            Appended { position: 7 }
        ]
    );
    assert_eq!(store.head().await.unwrap(), 7);
    let events = store.read(0, 100).await.unwrap();
    let places: Vec<_> = events
        .iter()
        .map(|event| (event.position, event.stream_id.as_str(), event.version))
        .collect();
    assert_eq!(
        places,
        [
            (1, "a", 1),
            (2, "a", 2),
            (3, "b", 1),
            (4, "a", 3),
            (5, "b", 2),
            (6, "b", 3),
            (7, "b", 4)
        ]
    );
    assert!(store.verify(&[], |_, _| ()).await.unwrap().is_sound());
}

#[tokio::test]
async fn a_payload_is_read_back_unchanged() {
    let (_database, store) = store().await;
    store
        .append(&[Writer::default().command(&[("a", 1)])])
        .await
        .unwrap();

    let events = store.read(0, 1).await.unwrap();

    assert_eq!(
        events[0].payload.get(),
        r#"{"z":0,"a":"é \u0000 kept as written",  "price":1.50}"#
    );
}

#[tokio::test]
async fn a_stale_command_is_rejected_and_the_others_are_accepted() {
    let (_database, store) = store().await;
    let mut first = Writer::default();
    let mut second = first.clone();
    store.append(&[first.command(&[("a", 1)])]).await.unwrap();

    let batch = [
        second.command(&[("b", 1)]),
        second.command(&[("a", 1)]),
        second.command(&[("c", 2)]),
    ];
    let outcomes = store.append(&batch).await.unwrap();

    assert_eq!(
        outcomes,
        [Appended { position: 2 }, Conflict, Appended { position: 4 }]
    );
    let report = store.verify(&[], |_, _| ()).await.unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(report.events, 4);
}

#[tokio::test]
async fn a_rejected_command_also_rejects_commands_decided_on_its_events() {
    let (_database, store) = store().await;
    let mut first = Writer::default();
    let mut second = first.clone();
    store.append(&[first.command(&[("a", 1)])]).await.unwrap();

    let batch = [
        second.command(&[("a", 1), ("b", 1)]), // stale on a
        second.command(&[("b", 1), ("c", 1)]), // decided on b after the first command
        second.command(&[("c", 1)]),           // decided on c after the second command
        second.command(&[("d", 1)]),
    ];
    let outcomes = store.append(&batch).await.unwrap();

    assert_eq!(outcomes, [Conflict, Conflict, Conflict, Appended { position: 2 }]);
    assert!(store.verify(&[], |_, _| ()).await.unwrap().is_sound());
}

#[tokio::test]
async fn a_stream_that_was_only_read_by_a_rejected_command_stays_usable() {
    let (_database, store) = store().await;
    let mut first = Writer::default();
    let mut second = first.clone();
    store.append(&[first.command(&[("a", 1)])]).await.unwrap();

    let batch = [
        second.command(&[("read", 0), ("a", 1)]),
        second.command(&[("read", 0), ("b", 1)]),
    ];
    let outcomes = store.append(&batch).await.unwrap();

    assert_eq!(outcomes, [Conflict, Appended { position: 2 }]);
}

#[tokio::test]
async fn a_command_that_only_reads_is_rejected_when_a_stream_it_read_has_changed() {
    let (_database, store) = store().await;
    let mut first = Writer::default();
    let mut second = first.clone();
    store.append(&[first.command(&[("a", 1)])]).await.unwrap();

    let outcomes = store
        .append(&[second.command(&[("a", 0)]), second.command(&[("b", 0)])])
        .await
        .unwrap();

    assert_eq!(outcomes, [Conflict, Appended { position: 1 }]);
}

#[tokio::test]
async fn a_repeated_key_gets_the_same_answer_and_stores_nothing() {
    let (_database, store) = store().await;
    let mut writer = Writer::default();
    store.append(&[writer.command(&[("x", 1)])]).await.unwrap();
    let stale = writer.clone();
    let command = with_key(writer.command(&[("a", 2)]), "key", [7; 32]);
    store.append(&[command]).await.unwrap();

    // First the original decision, then a new decision, then a refused command that only looks up the key.
    let mut stale = stale;
    let mut looked_up = writer.clone().command(&[("a", 0)]);
    looked_up.idempotency = Some(IdempotencyClaim {
        key: "key".to_owned(),
        request_hash: [7; 32],
        answer: None,
    });
    for repeat in [
        with_key(stale.command(&[("a", 2)]), "key", [7; 32]),
        with_key(writer.clone().command(&[("a", 1)]), "key", [7; 32]),
        looked_up,
    ] {
        let mut other = writer.clone();
        let outcomes = store
            .append(&[repeat, other.command(&[("other", 0)])])
            .await
            .unwrap();
        let stored = StoredAnswer {
            request_hash: vec![7; 32],
            stream_id: "a".to_owned(),
            version: 2,
            position: 3,
        };
        assert_eq!(outcomes, [Duplicate(stored), Appended { position: 3 }]);
    }
    assert_eq!(store.head().await.unwrap(), 3);
}

#[tokio::test]
async fn the_stored_position_of_a_key_is_that_of_its_last_event_even_after_rejections() {
    let (_database, store) = store().await;
    let mut first = Writer::default();
    let mut second = first.clone();
    store.append(&[first.command(&[("a", 1)])]).await.unwrap();

    let stale = with_key(second.command(&[("a", 3)]), "stale", [1; 32]);
    let fine = with_key(second.command(&[("b", 2)]), "fine", [2; 32]);
    assert_eq!(
        store.append(&[stale, fine]).await.unwrap(),
        [Conflict, Appended { position: 3 }]
    );

    let mut third = Writer::default();
    let stale = with_key(third.command(&[("a", 3)]), "stale", [1; 32]);
    let fine = with_key(third.command(&[("b", 2)]), "fine", [2; 32]);
    let stored = StoredAnswer {
        request_hash: vec![2; 32],
        stream_id: "b".to_owned(),
        version: 2,
        position: 3,
    };
    assert_eq!(
        store.append(&[stale, fine]).await.unwrap(),
        [Conflict, Duplicate(stored)]
    );
}

#[tokio::test]
async fn folding_reads_each_stream_from_its_cursor_onwards() {
    let (_database, store) = store().await;
    let mut writer = Writer::default();
    store
        .append(&[writer.command(&[("a", 3), ("b", 2), ("c", 1)])])
        .await
        .unwrap();

    let of = |read: &[(&str, i64)]| {
        read.iter()
            .map(|(stream, version)| (stream.to_string(), *version))
            .collect::<Vec<_>>()
    };
    for (cursors, expected) in [
        (
            &[("b", 0), ("a", 2), ("unknown", 0)][..],
            of(&[("a", 3), ("b", 1), ("b", 2)]),
        ),
        (&[("a", 1)][..], of(&[("a", 2), ("a", 3)])),
        (&[("unknown", 0)][..], of(&[])),
        (&[][..], of(&[])),
    ] {
        assert_eq!(folded(&store, cursors).await, expected, "{cursors:?}");
    }
}

/// The events after these cursors, each as stream and version.
async fn folded(store: &Store, cursors: &[(&str, i64)]) -> Vec<(String, i64)> {
    let cursors: Vec<StreamCursor> = cursors
        .iter()
        .map(|(stream_id, after_version)| StreamCursor {
            stream_id: (*stream_id).to_owned(),
            after_version: *after_version,
        })
        .collect();
    let mut seen = Vec::new();
    store
        .fold::<event_store::Error>(&cursors, |event| {
            seen.push((event.stream_id, event.version));
            Ok(())
        })
        .await
        .unwrap();
    seen
}

#[tokio::test]
async fn events_of_some_types_are_found_up_to_a_position() {
    let (_database, store) = store().await;
    store
        .append(&[Writer::default().command(&[("a", 5)])])
        .await
        .unwrap();

    let found = store.read_types(1, &["SomethingHappened"], 2).await.unwrap();
    let none = store.read_types(3, &["SomethingElse"], 100).await.unwrap();

    assert_eq!((found.events.len(), found.up_to), (2, 3));
    assert_eq!((none.events.len(), none.up_to), (0, 5));
}

#[tokio::test]
async fn the_service_role_can_neither_insert_nor_change_nor_delete_events() {
    let (database, store) = store().await;
    store
        .append(&[Writer::default().command(&[("a", 1)])])
        .await
        .unwrap();
    let statements = [
        "INSERT INTO event_store.events SELECT * FROM event_store.events",
        "UPDATE event_store.events SET payload = '{}'",
        "DELETE FROM event_store.events",
        "TRUNCATE event_store.events",
        "UPDATE event_store.log_head SET position = 0",
        "UPDATE event_store.streams SET version = 9",
    ];
    for statement in statements {
        let error = sqlx::query(statement).execute(store.pool()).await.unwrap_err();
        assert_eq!(sqlstate(&error), "42501", "{statement}");
    }
    // Not even the owner may change events.
    for statement in &statements[1..4] {
        let error = sqlx::query(*statement)
            .execute(database.pool())
            .await
            .unwrap_err();
        assert_eq!(sqlstate(&error), "42501", "{statement}");
    }
}

#[tokio::test]
async fn a_batch_with_an_unstorable_event_stores_nothing() {
    let (database, store) = store().await;
    sqlx::query("ALTER TABLE event_store.events ADD CONSTRAINT events_not_b CHECK (stream_id <> 'b')")
        .execute(database.pool())
        .await
        .unwrap();
    let mut writer = Writer::default();
    let error = store
        .append(&[writer.command(&[("a", 1)]), writer.command(&[("b", 1)])])
        .await
        .unwrap_err();

    assert!(!error.is_unavailable());
    assert_eq!(store.head().await.unwrap(), 0);
    assert!(store.read(0, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_empty_batch_changes_nothing() {
    let (_database, store) = store().await;
    assert_eq!(store.append(&[]).await.unwrap(), []);
    assert_eq!(StreamHead::default().version, 0);
    assert_eq!(store.head().await.unwrap(), 0);
}

fn sqlstate(error: &sqlx::Error) -> String {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .unwrap_or_default()
        .into_owned()
}

#[tokio::test]
async fn the_customer_of_an_order_is_read_from_the_member_and_from_no_text() {
    let (_database, store) = store().await;
    let account = "0198a1b2-c3d4-7e5f-8a6b-000000000007";
    for (payload, customer) in [
        (
            format!(r#"{{"customer":{{"kind":"account","account_id":"{account}"}},"country":"a\u0000b"}}"#),
            Some(account),
        ),
        (
            format!(r#"{{"customer":{{"kind":"guest"}},"country":"\"account_id\":\"{account}\""}}"#),
            None,
        ),
    ] {
        let found: Option<String> = sqlx::query_scalar("SELECT event_store.customer_of_order($1::json)")
            .bind(payload)
            .fetch_one(store.pool())
            .await
            .unwrap();
        assert_eq!(found.as_deref(), customer);
    }
}
