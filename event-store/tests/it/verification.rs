//! Verifications that are recorded: one at a time, with a sign of life.

use event_store::Store;
use event_store::verify::Report;
use testkit::TestDatabase;

async fn database() -> (TestDatabase, Store) {
    let database = TestDatabase::create(&[&event_store::MIGRATOR]).await;
    let store = Store::new(database.pool().clone());
    (database, store)
}

async fn fall_silent(database: &TestDatabase) {
    sqlx::query("UPDATE event_store.verifications SET seen_at = seen_at - interval '1 minute'")
        .execute(database.pool())
        .await
        .unwrap();
}

#[tokio::test]
async fn only_one_verification_runs_at_a_time() {
    let (_database, store) = database().await;
    let (first, second) = tokio::join!(store.begin_verification("a"), store.begin_verification("b"));
    let begun: Vec<_> = [first.unwrap(), second.unwrap()].into_iter().flatten().collect();
    let [running] = begun.as_slice() else {
        panic!("{begun:?}");
    };
    assert!(store.continue_verification(running.id, 7).await.unwrap());
    let listed = store.verifications(10).await.unwrap();
    assert_eq!(
        (listed.len(), listed[0].position, listed[0].finished_at),
        (1, 7, None)
    );

    let report = Report {
        events: 7,
        ..Report::default()
    };
    store.finish_verification(running.id, Ok(&report)).await.unwrap();
    assert!(!store.continue_verification(running.id, 8).await.unwrap());
    let next = store.begin_verification("c").await.unwrap().unwrap();
    store.finish_verification(next.id, Err("Stopped.")).await.unwrap();
    let listed = store.verifications(10).await.unwrap();
    assert_eq!(listed[1].report.as_ref(), Some(&report));
    assert_eq!(
        (&listed[0].error, &listed[0].report),
        (&Some("Stopped.".to_owned()), &None)
    );
}

#[tokio::test]
async fn a_verification_without_a_sign_of_life_counts_as_stopped_and_makes_way() {
    let (database, store) = database().await;
    let silent = store.begin_verification("a").await.unwrap().unwrap();
    fall_silent(&database).await;
    let listed = store.verifications(1).await.unwrap().remove(0);
    assert!(listed.finished_at.is_some() && listed.error.unwrap().contains("has stopped"));
    let next = store.begin_verification("b").await.unwrap().unwrap();
    // The silent one wakes up: it is over, and changes nothing.
    assert!(!store.continue_verification(silent.id, 5).await.unwrap());
    store
        .finish_verification(silent.id, Ok(&Report::default()))
        .await
        .unwrap();
    let listed = store.verifications(10).await.unwrap();
    assert_eq!((listed[0].id, listed[0].finished_at), (next.id, None));
    assert!(listed[1].report.is_none() && listed[1].error.is_some());
}

#[tokio::test]
async fn the_newest_hundred_are_kept() {
    let (_database, store) = database().await;
    for _ in 0..103 {
        let begun = store.begin_verification("a").await.unwrap().unwrap();
        store
            .finish_verification(begun.id, Err("Stopped."))
            .await
            .unwrap();
    }
    let listed = store.verifications(1_000).await.unwrap();
    assert_eq!((listed.len(), listed[99].id), (100, 4));
}
