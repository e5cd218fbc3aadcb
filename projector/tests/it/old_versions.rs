//! Events of older schema versions give the rows that the current ones give, live and in a replay.

use domain::FreeText;
use domain::stock::{AdjustmentCause, StockAdjusted};

use super::history::{Dated, End, Life, listed, sku, start};
use super::letters::list;
use super::support::World;

fn adjusted(delta: i64) -> Dated {
    let event = StockAdjusted {
        sku: sku(1),
        delta,
        cause: AdjustmentCause::Other,
        reason: FreeText::clear("Two were broken"),
    };
    (event.into(), start())
}

fn log() -> Vec<Dated> {
    let mut events = listed(1);
    events.extend([adjusted(-2), adjusted(5)]);
    for (number, end) in (1_u128..).zip(End::ALL) {
        events.extend(Life::new(number, &[(1, 2)], *end).events());
    }
    events
}

#[tokio::test]
async fn a_log_in_version_1_gives_the_rows_of_the_same_log_in_the_current_versions() {
    let (mut old, mut current) = (World::create().await, World::create().await);
    old.append_in_version_1(&log()).await;
    current.append(&log()).await;
    let mut tables = Vec::new();
    for world in [&old, &current] {
        world.project_all().await;
        let letters = list(world).await;
        assert_eq!(letters, []);
        world.assert_rebuilt_equal().await;
        let mut connection = world.database.pool().acquire().await.unwrap();
        tables.push(projector::live_checksums(&mut connection).await.unwrap().tables);
    }
    assert_eq!(tables[0], tables[1]);
    let on_hand: i64 = sqlx::query_scalar("SELECT on_hand FROM read_model.stock WHERE sku = $1")
        .bind(sku(1).as_str())
        .fetch_one(&old.pool)
        .await
        .unwrap();
    assert!(on_hand > 0);
}
