//! The order of a key's events, and to which code dead letters belong.

use domain::Event;
use domain::product::ProductPriceChanged;
use projector::dead_letters::{self, ParkedKey};
use projector::replay::Phase;
use projector::{Log, Options, Release};
use testkit::eventually;

use super::dead_letters::raw;
use super::history::{gbp, listed, sku, start};
use super::letters;
use super::replaying::{append_orders, count, hold, projected_world, settle};
use super::support::{Running, World};

/// The unreadable event becomes readable, as if a release had repaired the code.
const REPAIR: &str = "
    ALTER TABLE event_store.events DISABLE TRIGGER USER;
    UPDATE event_store.events AS broken SET payload =
        (SELECT payload FROM event_store.events WHERE event_type = 'ProductPriceChanged' AND position > broken.position
         ORDER BY position LIMIT 1)
    WHERE payload::text = '{}';
    ALTER TABLE event_store.events ENABLE TRIGGER USER";

/// The sessions that wait for a lock.
const WAITING: &str = "SELECT COUNT(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'";

/// A dead letter of `orders`, as a fault of the running code makes it.
const FAULT: &str = "
    INSERT INTO read_model.dead_letters (projection, position, key, event_id, event_type, state, reason)
    SELECT 'orders', position, partition_key, event_id, event_type, 'poison', 'a fault of this code'
    FROM event_store.events WHERE event_type = 'OrderPlaced' ORDER BY position LIMIT 1";

const LETTERS_OF_ORDERS: &str = "SELECT COUNT(*) FROM read_model.dead_letters WHERE projection = 'orders'";

const CODE_VERSION: &str =
    "SELECT code_version::bigint FROM read_model.checkpoints WHERE projection = 'orders'";

fn price(minor: i64) -> Event {
    ProductPriceChanged {
        sku: sku(0),
        price: gbp(minor),
    }
    .into()
}

async fn price_now(world: &World) -> i64 {
    count(world, "SELECT price_minor FROM read_model.products").await
}

fn project(world: &World, release: Release) -> Running {
    let mut options = Options::new(Log::Embedded(world.wakeup()));
    options.release = release;
    world.project_with(options)
}

/// The process that retries is not the one that leads: it has only the database.
#[tokio::test]
async fn an_event_that_arrives_while_its_key_is_retried_is_applied_after_the_retry() {
    let mut world = World::create().await;
    world.append(&listed(0)).await;
    world
        .append_raw(vec![(raw(0, "ProductPriceChanged", 1, "{}"), start())])
        .await;
    let head = world.append(&[(price(7), start())]).await;
    let running = world.project(10);
    world.projected(head).await;
    let key = ParkedKey {
        projection: "products".to_owned(),
        key: sku(0).to_string(),
    };
    assert_eq!(letters::retry(&world, &key).await.unwrap().applied, 0);
    assert_eq!(letters::seen(&world, &key).await.attempts, 2);
    world.tamper(REPAIR).await;

    let mut retry = world.pool.begin().await.unwrap();
    let released = dead_letters::retry(&mut retry, &world.store, &key).await.unwrap();
    assert_eq!((released.applied, released.failure), (2, None));
    let head = world.append(&[(price(9), start())]).await;
    eventually("the leader waits for the retry", || async {
        let waiting: i64 = sqlx::query_scalar(WAITING)
            .fetch_one(world.database.pool())
            .await
            .unwrap();
        waiting > 0
    })
    .await;
    assert_eq!(price_now(&world).await, 100, "nothing is beside the retry");
    retry.commit().await.unwrap();
    world.projected(head).await;
    assert_eq!(price_now(&world).await, 9);
    let products = "SELECT COUNT(*) FROM read_model.dead_letters WHERE projection = 'products'";
    assert_eq!(count(&world, products).await, 0, "resolved letters are gone");
    running.stop().await;
}

#[tokio::test]
async fn letters_belong_to_the_code_that_made_them_in_an_upgrade_and_back() {
    let world = projected_world(3).await;
    let version = count(&world, CODE_VERSION).await;
    world.tamper(FAULT).await;
    let new = project(&world, Release::CURRENT.with_code_version("orders", 1_000));
    world.until_phase("orders", Phase::Switched).await;
    assert_eq!(count(&world, CODE_VERSION).await, 1_000);
    assert_eq!(
        count(&world, LETTERS_OF_ORDERS).await,
        0,
        "new code starts without them"
    );
    world.tamper(FAULT).await;
    new.stop().await;

    let old = project(&world, Release::CURRENT);
    world.replay("orders").await;
    assert_eq!(count(&world, CODE_VERSION).await, version);
    assert_eq!(
        count(&world, LETTERS_OF_ORDERS).await,
        0,
        "nor does the way back inherit any"
    );
    settle(&world).await;
    old.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn open_transactions_and_long_readers_do_not_stall_the_projections() {
    let mut world = projected_world(2).await;
    let idle = hold(&world, "SELECT pg_current_xact_id()").await;
    let mut snapshot = hold(&world, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").await;
    let orders = "SELECT COUNT(*) FROM read_model.orders, event_store.log_head";
    let before: i64 = sqlx::query_scalar(orders)
        .fetch_one(&mut *snapshot)
        .await
        .unwrap();
    let running = world.project(10);
    let head = append_orders(&mut world, 2..8).await;
    world.projected(head).await;
    let seen: i64 = sqlx::query_scalar(orders)
        .fetch_one(&mut *snapshot)
        .await
        .unwrap();
    assert_eq!((before, seen), (2, 2), "the reader still has its snapshot");
    assert_eq!(count(&world, orders).await, 8);
    running.stop().await;
    idle.rollback().await.unwrap();
    snapshot.rollback().await.unwrap();
    world.assert_rebuilt_equal().await;
}
