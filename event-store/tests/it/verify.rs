//! Every kind of tampering is detected.

use event_store::Store;
use testkit::TestDatabase;

use crate::support::{Writer, store};

async fn tampered(statement: &'static str) -> (TestDatabase, Store) {
    let (database, store) = store().await;
    let mut writer = Writer::default();
    store
        .append(&[writer.command(&[("a", 3), ("b", 3)]), writer.command(&[("a", 3)])])
        .await
        .unwrap();
    assert!(store.verify(|_, _| ()).await.unwrap().is_sound());
    // Only the owner can do this, and only with the triggers disabled.
    sqlx::raw_sql("ALTER TABLE event_store.events DISABLE TRIGGER USER")
        .execute(database.pool())
        .await
        .unwrap();
    sqlx::query(statement).execute(database.pool()).await.unwrap();
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
        let report = store.verify(|_, _| ()).await.unwrap();
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
        let report = store.verify(|_, _| ()).await.unwrap();
        assert!(!report.is_sound(), "{statement}: {report:?}");
    }
}

#[tokio::test]
async fn a_changed_stream_head_is_found() {
    let (_database, store) =
        tampered("UPDATE event_store.streams SET hash = sha256('x') WHERE stream_id = 'a'").await;
    assert!(!store.verify(|_, _| ()).await.unwrap().is_sound());
}
