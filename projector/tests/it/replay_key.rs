//! The rebuild of one key's rows in the live tables.

use projector::Error;
use projector::replay;
use serde_json::Value;

use super::dead_letters::raw;
use super::history::{End, Life, sku, start};
use super::replaying::{append_orders, count, projected_world};
use super::support::World;

async fn rebuild(world: &World, projection: &str, key: &str) -> Result<replay::KeyReport, Error> {
    replay::rebuild_key(&world.store, projection, key, "ada").await
}

async fn refusal(world: &World, projection: &str, key: &str) -> String {
    match rebuild(world, projection, key).await {
        Err(error @ (Error::NotByKey { .. } | Error::KeyRefused { .. })) => error.to_string(),
        other => panic!("{projection} {key}: {other:?}"),
    }
}

async fn tampered(world: &World) -> Value {
    sqlx::query_scalar(
        "SELECT json_agg(o ORDER BY id) FROM read_model.orders AS o WHERE country = 'tampered'",
    )
    .fetch_one(&world.pool)
    .await
    .unwrap()
}

#[tokio::test]
async fn only_the_rows_of_the_key_are_made_again_and_differences_are_told() {
    let mut world = projected_world(5).await;
    world
        .tamper(
            "UPDATE read_model.orders SET country = 'tampered'; DELETE FROM read_model.order_sellers; \
             UPDATE read_model.stock SET on_hand = on_hand + 7",
        )
        .await;
    let running = world.project(10);
    let key = Life::new(2, &[(0, 2)], End::Completed).order_id().to_string();
    let report = rebuild(&world, "orders", &key).await.unwrap();
    assert_eq!(
        (report.differing(), report.position),
        (2, world.store.head().await.unwrap())
    );
    let [orders, sellers] = report.tables.as_slice() else {
        panic!("{report:?}")
    };
    assert_eq!(orders.rows[0].columns, ["country"]);
    assert_eq!(orders.rows[0].values[0].live.as_deref(), Some("tampered"));
    assert_eq!(
        (sellers.row_count, sellers.rows[0].difference.as_str()),
        (1, "added")
    );
    assert_eq!(tampered(&world).await.as_array().unwrap().len(), 4);
    assert_eq!(
        count(&world, "SELECT COUNT(*) FROM read_model.order_sellers").await,
        1
    );
    let again = rebuild(&world, "orders", &key).await.unwrap();
    assert_eq!(again.differing(), 0, "it was right");
    let recorded =
        "SELECT COUNT(*) FROM read_model.operator_actions WHERE verb = 'rebuild_key' AND by = 'ada'";
    assert_eq!(count(&world, recorded).await, 2);
    let stock = rebuild(&world, "stock", sku(0).as_str()).await.unwrap();
    assert_eq!(stock.tables[0].rows[0].columns, ["on_hand"]);
    // The projector goes on with the new rows.
    append_orders(&mut world, 5..8).await;
    world.projected(world.store.head().await.unwrap()).await;
    for number in [1, 3, 4, 5] {
        let key = Life::new(number, &[(0, 2)], End::Completed)
            .order_id()
            .to_string();
        rebuild(&world, "orders", &key).await.unwrap();
    }
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn every_projection_by_key_gives_the_rows_that_it_had() {
    let world = projected_world(4).await;
    let order = Life::new(1, &[(0, 2)], End::Completed).order_id().to_string();
    for (projection, key) in [
        ("products", sku(0).to_string()),
        ("stock", sku(0).to_string()),
        ("orders", order.clone()),
        ("deliveries", order.clone()),
        ("payments", order),
    ] {
        let report = rebuild(&world, projection, &key).await.unwrap();
        assert_eq!(report.differing(), 0, "{report:?}");
        assert!(
            report.tables.iter().all(|table| table.row_count > 0),
            "{report:?}"
        );
    }
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn what_cannot_be_rebuilt_by_key_is_refused_and_nothing_changes() {
    let mut world = projected_world(2).await;
    let before = world.database.pool();
    let rows = "SELECT COUNT(*) FROM read_model.orders";
    let live = projector::live_checksums(&mut before.acquire().await.unwrap())
        .await
        .unwrap();
    let unknown = rebuild(&world, "rumours", "a").await;
    assert!(
        matches!(unknown, Err(Error::UnknownProjection { .. })),
        "{unknown:?}"
    );
    assert!(
        refusal(&world, "sales", sku(0).as_str())
            .await
            .contains("sums over many keys")
    );
    assert!(
        refusal(&world, "orders", "no-such-key")
            .await
            .contains("no event has the key")
    );
    let after = projector::live_checksums(&mut before.acquire().await.unwrap())
        .await
        .unwrap();
    assert_eq!((live.tables, count(&world, rows).await), (after.tables, 2));

    world
        .append_raw(vec![(raw(0, "ProductPriceChanged", 1, "{}"), start())])
        .await;
    world.project_all().await;
    assert!(
        refusal(&world, "products", sku(0).as_str())
            .await
            .contains("are parked")
    );
    world
        .tamper("UPDATE read_model.checkpoints SET code_version = 99 WHERE projection = 'orders'")
        .await;
    let key = Life::new(1, &[(0, 2)], End::Completed).order_id().to_string();
    let outdated = rebuild(&world, "orders", &key).await;
    assert!(matches!(outdated, Err(Error::Outdated { .. })), "{outdated:?}");
}
