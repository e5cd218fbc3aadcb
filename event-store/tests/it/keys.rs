//! Personal data is readable while its key exists, and never afterwards.

use event_store::{Append, Error, KeyRing, Store};
use uuid::Uuid;

use crate::support::{Writer, store};

async fn store_key(store: &Store, keys: &KeyRing, person: Uuid, plaintext: &[u8]) -> String {
    let (ciphertext, new_key) = keys.seal_new(person, plaintext).unwrap();
    let append = Append {
        new_keys: vec![new_key],
        ..Writer::default().command(&[("a", 1)])
    };
    store.append(&[append]).await.unwrap();
    ciphertext
}

#[tokio::test]
async fn sealed_data_can_be_opened_in_another_process() {
    let (_database, store) = store().await;
    let person = Uuid::new_v4();
    let ciphertext = store_key(
        &store,
        &KeyRing::new(store.pool().clone(), &[1; 32]),
        person,
        b"canary",
    )
    .await;
    assert!(!ciphertext.contains("canary"));

    let elsewhere = KeyRing::new(store.pool().clone(), &[1; 32]);
    assert_eq!(
        elsewhere.open(person, &ciphertext).await.unwrap().unwrap(),
        b"canary"
    );
}

#[tokio::test]
async fn a_key_is_stored_with_the_events_or_not_at_all() {
    let (_database, store) = store().await;
    let keys = KeyRing::new(store.pool().clone(), &[1; 32]);
    let person = Uuid::new_v4();
    store
        .append(&[Writer::default().command(&[("a", 1)])])
        .await
        .unwrap();

    let _stale = store_key(&store, &keys, person, b"canary").await;

    assert_eq!(keys.seal(person, b"more").await.unwrap(), None);
}

#[tokio::test]
async fn the_data_of_an_erased_person_stays_sealed() {
    let (_database, store) = store().await;
    let keys = KeyRing::new(store.pool().clone(), &[1; 32]);
    let person = Uuid::new_v4();
    let ciphertext = store_key(&store, &keys, person, b"canary").await;

    keys.erase(person).await.unwrap();

    assert_eq!(keys.open(person, &ciphertext).await.unwrap(), None);
    assert_eq!(keys.seal(person, b"more").await.unwrap(), None);
}

#[tokio::test]
async fn other_processes_forget_the_key_within_seconds_and_it_never_comes_back() {
    let (database, store) = store().await;
    let (keys, elsewhere) = (
        KeyRing::new(store.pool().clone(), &[1; 32]),
        KeyRing::new(store.pool().clone(), &[1; 32]),
    );
    let person = Uuid::new_v4();
    let ciphertext = store_key(&store, &keys, person, b"canary").await;
    assert!(elsewhere.open(person, &ciphertext).await.unwrap().is_some());
    keys.erase(person).await.unwrap();
    let started = std::time::Instant::now();
    testkit::eventually("the key is forgotten", async || {
        elsewhere.open(person, &ciphertext).await.unwrap().is_none()
    })
    .await;
    assert!(started.elapsed() < std::time::Duration::from_secs(5));
    keys.create(person).await.unwrap();
    assert!(!keys.has(person).await.unwrap());
    // The role of the services deletes keys in no other way.
    let services = database.app_pool().await;
    let deleting = sqlx::query("DELETE FROM event_store.subject_keys").execute(&services);
    assert!(deleting.await.is_err());
}

#[tokio::test]
async fn a_ciphertext_of_another_person_or_instance_does_not_open() {
    let (_database, store) = store().await;
    let keys = KeyRing::new(store.pool().clone(), &[1; 32]);
    let (person, other) = (Uuid::new_v4(), Uuid::new_v4());
    let ciphertext = store_key(&store, &keys, person, b"canary").await;
    keys.create(other).await.unwrap();

    assert!(keys.open(other, &ciphertext).await.is_err());
    let wrong_platform = KeyRing::new(store.pool().clone(), &[2; 32]);
    assert!(wrong_platform.open(person, &ciphertext).await.is_err());
}

#[tokio::test]
async fn a_store_accepts_only_the_data_key_it_was_created_with() {
    let (_database, store) = store().await;
    let keys = |byte| KeyRing::new(store.pool().clone(), &[byte; 32]);
    keys(1).verify().await.unwrap();
    keys(1).verify().await.unwrap();
    assert!(matches!(keys(2).verify().await, Err(Error::WrongDataKey)));
}

#[tokio::test]
async fn a_store_without_a_record_is_checked_by_its_keys() {
    let (_database, store) = store().await;
    let keys = |byte| KeyRing::new(store.pool().clone(), &[byte; 32]);
    keys(1).create(Uuid::new_v4()).await.unwrap();
    assert!(matches!(keys(2).verify().await, Err(Error::WrongDataKey)));
    keys(1).verify().await.unwrap();
}
