//! Every kind of tampering is detected.

use event_store::Store;
use event_store::anchor::{Anchor, AnchorKey, Damaged};
use event_store::verify::Finding;
use platform::config::Secret32;
use testkit::TestDatabase;

use crate::support::{Writer, store};

async fn tampered(statement: &str) -> (TestDatabase, Store) {
    let (database, store) = store().await;
    let mut writer = Writer::default();
    store
        .append(&[writer.command(&[("a", 3), ("b", 3)]), writer.command(&[("a", 3)])])
        .await
        .unwrap();
    assert!(store.verify(&[], |_, _| ()).await.unwrap().is_sound());
    // Only the owner can do this, and only with the triggers disabled.
    sqlx::raw_sql("ALTER TABLE event_store.events DISABLE TRIGGER USER")
        .execute(database.pool())
        .await
        .unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned()))
        .execute(database.pool())
        .await
        .unwrap();
    (database, store)
}

#[tokio::test]
async fn a_changed_event_is_found() {
    for statement in [
        "UPDATE event_store.events SET payload = '{}' WHERE position = 2",
        "UPDATE event_store.events SET metadata = '{}' WHERE position = 2",
        "UPDATE event_store.events SET event_type = 'OtherThing' WHERE position = 2",
        "UPDATE event_store.events SET occurred_at = occurred_at + '1 second' WHERE position = 2",
        "UPDATE event_store.events SET hash = sha256('x') WHERE position = 2",
    ] {
        let (_database, store) = tampered(statement).await;
        let report = store.verify(&[], |_, _| ()).await.unwrap();
        assert!(
            report.findings.iter().any(|finding| finding.position == 2),
            "{statement}: {report:?}"
        );
    }
}

#[tokio::test]
async fn a_removed_event_is_found_at_any_position() {
    for statement in [
        "DELETE FROM event_store.events WHERE position = 1",
        "DELETE FROM event_store.events WHERE position = 4",
        "DELETE FROM event_store.events WHERE position = 9",
        "DELETE FROM event_store.events",
    ] {
        let (_database, store) = tampered(statement).await;
        let report = store.verify(&[], |_, _| ()).await.unwrap();
        assert!(!report.is_sound(), "{statement}: {report:?}");
    }
}

#[tokio::test]
async fn a_changed_stream_head_is_found() {
    let (_database, store) =
        tampered("UPDATE event_store.streams SET hash = sha256('x') WHERE stream_id = 'a'").await;
    assert!(!store.verify(&[], |_, _| ()).await.unwrap().is_sound());
}

/// What each kind of tampering is reported as: the position, and a part of the description.
#[tokio::test]
async fn tampering_is_named_by_position() {
    let byte = |column, position| {
        format!(
            "UPDATE event_store.events SET {column} = overlay({column}::text PLACING 'X' FROM 3 FOR 1)::json
             WHERE position = {position}"
        )
    };
    let swap = "UPDATE event_store.events AS e SET payload = o.payload FROM event_store.events AS o
                WHERE (e.position, o.position) IN ((1, 2), (2, 1))";
    let swap_positions = "UPDATE event_store.events SET position = -position WHERE position IN (2, 3);
                UPDATE event_store.events SET position = 5 + position WHERE position < 0";
    let cut = "DELETE FROM event_store.events WHERE position > 7";
    let cut_with_heads = "DELETE FROM event_store.events WHERE position > 7;
                UPDATE event_store.log_head SET position = 7";
    let changed = "its hash does not match";
    for (statement, expected) in [
        (byte("payload", 5), vec![(5, changed)]),
        (byte("metadata", 9), vec![(9, changed)]),
        (
            "DELETE FROM event_store.events WHERE position = 4".to_owned(),
            vec![(4, "the event is missing")],
        ),
        (
            "DELETE FROM event_store.events WHERE position IN (2, 3)".to_owned(),
            vec![(2, "up to position 3 are missing")],
        ),
        (swap.to_owned(), vec![(1, changed), (2, changed)]),
        (
            swap_positions.to_owned(),
            vec![(2, "versions of its stream are missing"), (3, "a later version")],
        ),
        (cut.to_owned(), vec![(8, "up to position 9 are missing")]),
        (
            cut_with_heads.to_owned(),
            vec![(7, "events after version 4 are missing")],
        ),
        (
            "UPDATE event_store.log_head SET position = 7".to_owned(),
            vec![(8, "beyond the recorded end")],
        ),
    ] {
        let (_database, store) = tampered(&statement).await;
        let report = store.verify(&[], |_, _| ()).await.unwrap();
        for (position, detail) in expected {
            let is_named =
                |finding: &Finding| finding.position == position && finding.detail.contains(detail);
            assert!(report.findings.iter().any(is_named), "{statement}: {report:?}");
        }
    }
}

fn key() -> AnchorKey {
    AnchorKey::new(&Secret32::new([7; 32])).unwrap()
}

/// Two streams of three events in two commands, anchored after each.
async fn anchored() -> (TestDatabase, Store, Vec<Anchor>) {
    let (database, store) = store().await;
    let mut writer = Writer::default();
    let mut anchors: Vec<Anchor> = Vec::new();
    for _ in 0..2 {
        store
            .append(&[writer.command(&[("a", 2), ("b", 1)])])
            .await
            .unwrap();
        let anchor = store.anchor(&key(), anchors.last()).await.unwrap();
        anchors.push(anchor.unwrap());
    }
    assert_eq!(store.anchor(&key(), anchors.last()).await.unwrap(), None);
    let report = store.verify(&anchors, |_, _| ()).await.unwrap();
    assert!(report.is_sound() && report.anchors == 2, "{report:?}");
    (database, store, anchors)
}

#[tokio::test]
async fn an_anchor_does_not_depend_on_the_one_before() {
    let (_database, store, anchors) = anchored().await;
    let whole = store.anchor(&key(), None).await.unwrap().unwrap();
    assert_eq!((whole.position, &whole.digest), (6, &anchors[1].digest));
}

/// Whoever may change every table can compute every hash anew. The anchor shows it.
#[tokio::test]
async fn a_rewritten_tail_is_found_by_the_anchor() {
    let (_database, store) = store().await;
    let (other_database, rewritten) = crate::support::store().await;
    let mut writer = Writer::default();
    let first = writer.command(&[("a", 2), ("b", 1)]);
    let mut other_writer = writer.clone();
    store.append(std::slice::from_ref(&first)).await.unwrap();
    let mut anchors = vec![store.anchor(&key(), None).await.unwrap().unwrap()];
    store.append(&[writer.command(&[("a", 3)])]).await.unwrap();
    anchors.push(store.anchor(&key(), anchors.last()).await.unwrap().unwrap());
    // The same log, but for its second half.
    rewritten.append(&[first]).await.unwrap();
    rewritten
        .append(&[other_writer.command(&[("b", 3)])])
        .await
        .unwrap();
    sqlx::query("UPDATE event_store.log_identity SET log_id = $1")
        .bind(anchors[0].log_id)
        .execute(other_database.pool())
        .await
        .unwrap();
    assert!(rewritten.verify(&[], |_, _| ()).await.unwrap().is_sound());
    let report = rewritten.verify(&anchors, |_, _| ()).await.unwrap();
    assert_eq!((report.finding_count, report.findings[0].position), (1, 4));
    assert!(
        report.findings[0].detail.contains("from here to position 6"),
        "{report:?}"
    );

    sqlx::query("UPDATE event_store.log_identity SET log_id = gen_random_uuid()")
        .execute(other_database.pool())
        .await
        .unwrap();
    let report = rewritten.verify(&anchors, |_, _| ()).await.unwrap();
    assert_eq!((report.finding_count, report.findings[0].position), (1, 4));
    assert!(
        report.findings[0].detail.contains("is of another log"),
        "{report:?}"
    );
}

async fn owner(database: &TestDatabase, statements: &'static str) {
    sqlx::raw_sql("ALTER TABLE event_store.events DISABLE TRIGGER USER")
        .execute(database.pool())
        .await
        .unwrap();
    sqlx::raw_sql(statements).execute(database.pool()).await.unwrap();
}

#[tokio::test]
async fn a_cut_tail_or_an_old_copy_is_found_by_the_anchor() {
    let (database, store, anchors) = anchored().await;
    // Everything in the database is as it was after the first command.
    let old = "DELETE FROM event_store.events WHERE position > 3;
               UPDATE event_store.log_head SET position = 3;
               UPDATE event_store.streams AS s SET version = e.version, hash = e.hash FROM event_store.events AS e
               WHERE e.stream_id = s.stream_id AND e.position IN (2, 3)";
    owner(&database, old).await;
    assert!(store.verify(&anchors[..1], |_, _| ()).await.unwrap().is_sound());
    let report = store.verify(&anchors, |_, _| ()).await.unwrap();
    assert_eq!((report.finding_count, report.findings[0].position), (1, 4));
    assert!(report.findings[0].detail.contains("had 6 events"), "{report:?}");
}

/// Events of different streams have no hash in common, so only the anchor shows that they changed places.
#[tokio::test]
async fn two_swapped_events_of_different_streams_are_found_by_the_anchor() {
    let (database, store, anchors) = anchored().await;
    let swap = "UPDATE event_store.events SET position = -position WHERE position IN (5, 6);
                UPDATE event_store.events SET position = 11 + position WHERE position < 0";
    owner(&database, swap).await;
    assert!(store.verify(&[], |_, _| ()).await.unwrap().is_sound());
    let report = store.verify(&anchors, |_, _| ()).await.unwrap();
    assert_eq!((report.finding_count, report.findings[0].position), (1, 4));
    assert!(report.findings[0].detail.contains("to position 6"), "{report:?}");
}

#[tokio::test]
async fn a_damaged_anchor_is_an_error() {
    let (_database, _store, anchors) = anchored().await;
    let line = serde_json::to_string(&anchors[0]).unwrap();
    assert_eq!(key().read(&line).unwrap(), anchors[0]);
    let changed = line.replace("\"position\":3", "\"position\":2");
    assert!(matches!(key().read(&changed), Err(Damaged::Signature)));
    assert!(matches!(key().read(&line[..50]), Err(Damaged::Malformed(_))));
    let other = AnchorKey::new(&Secret32::new([8; 32])).unwrap();
    assert!(matches!(other.read(&line), Err(Damaged::ForeignKey)));
}
