//! What operators learn before a replay starts, and how many are built at once.

use projector::Error;
use projector::replay::{self, DryRun, Phase, Request, Verb};

use super::replaying::projected_world;
use super::support::World;

async fn dry_run(world: &World, request: Request<'_>) -> DryRun {
    replay::dry_run(&world.pool, &request).await.unwrap()
}

/// All that a start could change.
async fn everything(world: &World) -> String {
    sqlx::query_scalar(
        "SELECT concat((SELECT json_agg(r) FROM read_model.replays AS r), \
                       (SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace \
                        WHERE nspname LIKE 'read_model%'))",
    )
    .fetch_one(world.database.pool())
    .await
    .unwrap()
}

#[tokio::test]
async fn a_dry_run_says_what_a_start_would_do_and_starts_nothing() {
    let world = projected_world(20).await;
    let head = world.store.head().await.unwrap();
    let start = || Request::new("orders", Verb::Start, "ada");
    let before = everything(&world).await;
    let first = dry_run(&world, start()).await;
    assert_eq!((first.events, first.estimated_s), (head, None));
    assert_eq!((first.free_bytes, first.refusals.len()), (None, 0));
    assert!(first.write_bytes > 0 && first.needed_bytes > first.write_bytes);
    let full = Request {
        throttle: Some(10),
        free_bytes: Some(8_192),
        ..start()
    };
    let full = dry_run(&world, full).await;
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let seconds = head as f64 / 10.0;
    assert_eq!(full.estimated_s, Some(seconds));
    assert!(full.refusals[0].contains("needs about"), "{full:?}");
    let unknown = replay::dry_run(&world.pool, &Request::new("rumours", Verb::Start, "ada")).await;
    assert!(
        matches!(unknown, Err(Error::UnknownProjection { .. })),
        "{unknown:?}"
    );
    assert_eq!(everything(&world).await, before);

    let running = world.project(10);
    world.request("orders", Verb::Start).await.unwrap();
    world.until_phase("orders", Phase::Ready).await;
    let refused = dry_run(&world, start()).await;
    assert!(
        refused.refusals[0].contains("has a replay already"),
        "{refused:?}"
    );
    assert!(refused.estimated_s.unwrap() > 0.0, "the last one was measured");
    world.replay_switch("orders").await;
    let again = dry_run(&world, start()).await;
    assert!(again.drops_replaced && again.refusals.is_empty(), "{again:?}");
    running.stop().await;
}

#[tokio::test]
async fn no_more_replays_are_built_at_once_than_workers_were_allowed() {
    let world = projected_world(30).await;
    let projections = ["orders", "payments", "deliveries"];
    for projection in projections {
        let start = Request {
            workers: Some(1),
            ..Request::new(projection, Verb::Start, "ada")
        };
        replay::request(&world.pool, &start).await.unwrap();
    }
    for projection in &projections[1..] {
        let waits = world.replay_of(projection).await.unwrap();
        assert_eq!(
            (waits.workers, waits.waiting_for.as_deref()),
            (Some(1), Some("orders"))
        );
    }
    let waits = dry_run(&world, Request::new("products", Verb::Start, "ada")).await;
    assert_eq!(waits.waiting_for.as_deref(), Some("orders"));
    let running = world.project(10);
    for projection in projections {
        world.until_phase(projection, Phase::Ready).await;
    }
    let mut begun = Vec::new();
    for projection in projections {
        begun.push(world.replay_of(projection).await.unwrap().started_at.unwrap());
    }
    assert!(
        begun.is_sorted(),
        "one after the other, in the order of the requests: {begun:?}"
    );
    running.stop().await;
}
