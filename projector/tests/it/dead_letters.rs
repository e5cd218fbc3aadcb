//! Poison events are parked with their key; other keys continue.

use domain::product::{ProductListed, ProductPriceChanged};
use domain::{Event, StreamId};
use projector::Error;
use projector::dead_letters::{ParkedKey, Released};
use schemas::consumer::ConsumerState;
use testkit::eventually;

use super::history::{End, Life, gbp, listed, seller, sku, start};
use super::letters;
use super::support::{Raw, World};

fn parked_key(projection: &str, key: &str) -> ParkedKey {
    ParkedKey {
        projection: projection.to_owned(),
        key: key.to_owned(),
    }
}

pub fn raw(number: usize, event_type: &'static str, schema_version: i16, payload: &str) -> Raw {
    Raw {
        stream_id: StreamId::Product(sku(number)),
        key: sku(number).to_string(),
        event_type,
        schema_version,
        payload: payload.to_owned(),
    }
}

fn price(number: usize, minor: i64) -> Event {
    ProductPriceChanged {
        sku: sku(number),
        price: gbp(minor),
    }
    .into()
}

async fn price_of(world: &World, number: usize) -> Option<i64> {
    sqlx::query_scalar("SELECT price_minor FROM read_model.products WHERE sku = $1")
        .bind(sku(number).as_str())
        .fetch_optional(&world.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn an_unreadable_event_is_parked_with_its_key_and_skipped_by_an_operator() {
    let mut world = World::create().await;
    world.append(&listed(0)).await;
    world.append(&listed(1)).await;
    world
        .append_raw(vec![(raw(0, "ProductPriceChanged", 1, "{}"), start())])
        .await;
    world
        .append(&[(price(0, 7), start()), (price(1, 8), start())])
        .await;
    world.project_all().await;
    assert_eq!(
        price_of(&world, 0).await,
        Some(100),
        "later events of the key wait"
    );
    assert_eq!(price_of(&world, 1).await, Some(8), "other keys continue");
    let key = parked_key("products", sku(0).as_str());
    let states: Vec<_> = letters::list(&world)
        .await
        .into_iter()
        .filter(|letter| letter.projection == "products")
        .map(|letter| (letter.state, letter.attempts))
        .collect();
    assert_eq!(states, [("poison".to_owned(), 1), ("waiting".to_owned(), 0)]);
    let seen = letters::seen(&world, &key).await;
    let again = letters::retry(&world, &key).await.unwrap();
    assert_eq!((again.applied, again.failure.unwrap().0), (0, seen.position));
    let moved = letters::skip(&world, &key, seen, "a test wrote it").await;
    assert!(matches!(moved, Err(Error::LetterMoved { .. })), "{moved:?}");
    assert_eq!(letters::seen(&world, &key).await.attempts, 2);
    assert_eq!(letters::skip_first(&world, &key, "a test wrote it").await, 1);
    assert_eq!(price_of(&world, 0).await, Some(7));
    world.append(&[(price(0, 9), start())]).await;
    world.project_all().await;
    assert_eq!(price_of(&world, 0).await, Some(9), "the key is no longer parked");
}

#[tokio::test]
async fn only_the_event_whose_data_the_database_rejects_is_parked() {
    let mut world = World::create().await;
    // Longer than an entry of an index, however well it is compressed.
    let name = (1..4_000_u32).map(|number| format!("{:x}", number.wrapping_mul(2_654_435_761)));
    let poison = ProductListed {
        sku: sku(0),
        name: name.collect(),
        description: String::new(),
        category: "mugs".to_owned(),
        price: gbp(1),
        seller_id: seller(0),
    };
    let mut events = listed(1);
    events.push((poison.into(), start()));
    events.extend(listed(2));
    events.push((price(0, 2), start()));
    let lives: Vec<Life> = (1..20)
        .map(|number| Life::new(number, &[(1, 1)], End::Completed))
        .collect();
    events.extend(lives.iter().flat_map(Life::events));
    world.append(&events).await;
    world.project_all().await;
    assert_eq!(price_of(&world, 0).await, None);
    assert_eq!(
        (price_of(&world, 1).await, price_of(&world, 2).await),
        (Some(101), Some(102))
    );
    let letters = letters::list(&world).await;
    let reason = "Postgres refused its data, with SQLSTATE 54000";
    assert_eq!(letters[0].reason, reason, "the data is not quoted");
    let parked: Vec<_> = letters
        .iter()
        .map(|letter| (letter.projection.as_str(), letter.position, letter.state.as_str()))
        .collect();
    assert_eq!(parked, [("products", 4, "poison"), ("products", 8, "waiting")]);
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn parked_events_are_applied_in_order_once_the_first_succeeds() {
    let mut world = World::create().await;
    let life = Life::new(1, &[(0, 1)], End::Completed);
    let mut events = life.events();
    let placed = events.remove(0);
    world.append(&listed(0)).await;
    // The row is missing for all later events, so they are parked.
    world.append(&events).await;
    world.project_all().await;
    let key = parked_key("orders", &life.order_id().to_string());
    assert!(letters::retry(&world, &key).await.unwrap().failure.is_some());
    let head = world.append(&[placed]).await;
    world.project_all().await;
    let letters = letters::list(&world).await;
    let newest = letters
        .iter()
        .rfind(|letter| letter.projection == "orders")
        .unwrap();
    assert_eq!((newest.position, newest.state.as_str()), (head, "waiting"));
    // Skipping the first event releases the next, which then fails.
    assert_eq!(letters::skip_first(&world, &key, "out of order").await, 0);
    while let Ok(Released { failure: Some(_), .. }) = letters::retry(&world, &key).await {
        letters::skip_first(&world, &key, "out of order").await;
    }
    let status: String = sqlx::query_scalar("SELECT status FROM read_model.orders WHERE id = $1")
        .bind(life.order_id().as_uuid())
        .fetch_one(&world.pool)
        .await
        .unwrap();
    assert_eq!(status, "pending");
    let nothing = letters::retry(&world, &key).await;
    assert!(matches!(nothing, Err(Error::NothingParked { .. })), "{nothing:?}");
}

/// A log with an event that only a newer release knows, which takes over in the end.
async fn meets(event_type: &'static str, schema_version: i16) {
    let mut world = World::create().await;
    let good = world.append(&listed(0)).await;
    let payload = format!(r#"{{"sku":"{}","reason":"sold out"}}"#, sku(0));
    world
        .append_raw(vec![(raw(0, event_type, schema_version, &payload), start())])
        .await;
    let head = world.append(&listed(1)).await;
    let running = world.project(100);
    eventually("the projector has given up", || async {
        let stopped = "SELECT COUNT(*) > 0 AND COUNT(*) = COUNT(stopped) FROM read_model.checkpoints";
        sqlx::query_scalar(stopped).fetch_one(&world.pool).await.unwrap()
    })
    .await;
    for projection in projector::status(&world.pool).await.unwrap() {
        assert_eq!(
            (projection.position, projection.parked),
            (good, 0),
            "it is never skipped"
        );
        assert_eq!(
            (projection.state, projection.error),
            (ConsumerState::Running, None),
            "it is quiet"
        );
    }
    // A minute later, nobody has taken over.
    world
        .tamper("UPDATE read_model.checkpoints SET stop_is_fault_at = now()")
        .await;
    world
        .until("that is a fault, although the projector tries again", |status| {
            status.error.as_ref().is_some_and(|error| error.contains("newer"))
                && status.state == ConsumerState::Stopped
        })
        .await;
    // Simulates that a release which knows the event took over.
    world
        .tamper(
            "ALTER TABLE event_store.events DISABLE TRIGGER USER;
             UPDATE event_store.events SET schema_version = 1, event_type = 'ProductWithdrawn'
             WHERE schema_version = 99 OR event_type = 'ProductVanished';
             ALTER TABLE event_store.events ENABLE TRIGGER USER",
        )
        .await;
    world
        .until("the projector continues automatically", |status| {
            status.position == head && status.state == ConsumerState::Running
        })
        .await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn a_version_of_a_newer_release_is_quietly_left_to_it() {
    meets("ProductWithdrawn", 99).await;
}

#[tokio::test]
async fn a_type_of_a_newer_release_is_quietly_left_to_it() {
    meets("ProductVanished", 1).await;
}
