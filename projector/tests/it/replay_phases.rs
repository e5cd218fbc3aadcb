//! What operators can do with replays, and what they see.

use projector::Error;
use projector::replay::{self, Phase, Request, Verb};
use testkit::eventually;

use super::replaying::{append_orders, count, projected_world};
use super::support::World;

const ALL_REPLAYS: &str = "SELECT COALESCE(json_agg(r)::text, '') FROM read_model.replays AS r";

async fn replays(world: &World) -> String {
    sqlx::query_scalar(ALL_REPLAYS)
        .fetch_one(&world.pool)
        .await
        .unwrap()
}

async fn refusal(world: &World, projection: &str, verb: Verb) -> String {
    match world.request(projection, verb).await {
        Err(Error::ReplayRefused { reason }) => reason,
        other => panic!("{verb}: {other:?}"),
    }
}

/// Starts a replay that takes long.
async fn start_slowly(world: &World, projection: &str) {
    let start = Request {
        throttle: Some(1),
        ..Request::new(projection, Verb::Start, "ada")
    };
    replay::request(&world.pool, &start).await.unwrap();
}

#[tokio::test]
async fn bad_requests_are_refused_with_a_sentence_and_change_nothing() {
    let world = projected_world(5).await;
    let unknown = world.request("rumours", Verb::Start).await;
    assert!(
        matches!(unknown, Err(Error::UnknownProjection { .. })),
        "{unknown:?}"
    );
    assert!(
        refusal(&world, "orders", Verb::Switch)
            .await
            .contains("start one first")
    );
    let too_small = Request {
        free_bytes: Some(8_192),
        ..Request::new("orders", Verb::Start, "ada")
    };
    let too_small = replay::request(&world.pool, &too_small).await.unwrap_err();
    assert!(matches!(too_small, Error::DiskTooSmall { .. }), "{too_small}");
    assert_eq!(replays(&world).await, "");

    start_slowly(&world, "orders").await;
    let running = world.project(10);
    eventually("it is under way", || async {
        world.replay_of("orders").await.unwrap().position > 0
    })
    .await;
    running.stop().await;
    let before = replays(&world).await;
    assert!(
        refusal(&world, "orders", Verb::Start)
            .await
            .contains("it is building")
    );
    for verb in [Verb::Switch, Verb::Verify] {
        assert!(
            refusal(&world, "orders", verb)
                .await
                .contains("has not caught up yet")
        );
    }
    for (verb, says) in [
        (Verb::Resume, "is building, not paused"),
        (Verb::RollBack, "is building, not switched"),
        (Verb::Drop, "is building, not switched"),
    ] {
        let said = refusal(&world, "orders", verb).await;
        assert!(said.contains(says), "{said}");
    }
    assert_eq!(replays(&world).await, before);
}

#[tokio::test]
async fn a_replay_is_paused_and_resumed_where_it_was_and_cancelled_without_a_trace() {
    let world = projected_world(20).await;
    start_slowly(&world, "orders").await;
    let running = world.project(10);
    eventually("it makes progress", || async {
        world.replay_of("orders").await.unwrap().position > 1
    })
    .await;
    world.request("orders", Verb::Pause).await.unwrap();
    let paused = world.until_phase("orders", Phase::Paused).await;
    running.kill().await;
    // A second process takes over, and the pause lasts.
    let running = world.project(10);
    eventually("it leads", || async {
        projector::is_running(&world.pool).await.unwrap()
    })
    .await;
    world.request("products", Verb::Start).await.unwrap();
    world.until_phase("products", Phase::Ready).await;
    let later = world.replay_of("orders").await.unwrap();
    assert_eq!((later.phase, later.owner.as_ref()), (Phase::Paused, None));
    assert!(later.position <= paused.position + 1, "{later:?}");
    let faster = Request {
        throttle: Some(100_000),
        ..Request::new("orders", Verb::Resume, "ada")
    };
    replay::request(&world.pool, &faster).await.unwrap();
    let ready = world.until_phase("orders", Phase::Ready).await;
    assert_eq!(ready.started_at, later.started_at, "it was not begun anew");
    let schemas = "SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'read_model_replay_%'";
    assert_eq!(count(&world, schemas).await, 2);
    for projection in ["orders", "products"] {
        world.request(projection, Verb::Cancel).await.unwrap();
    }
    eventually("the tables are dropped", || async {
        count(&world, schemas).await == 0
    })
    .await;
    assert!(
        refusal(&world, "orders", Verb::Cancel)
            .await
            .contains("is cancelled already")
    );
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn a_second_replay_waits_in_line_and_a_throttle_holds() {
    let world = projected_world(20).await;
    let throttled = Request {
        throttle: Some(400),
        ..Request::new("orders", Verb::Start, "ada")
    };
    replay::request(&world.pool, &throttled).await.unwrap();
    world.request("products", Verb::Start).await.unwrap();
    let began = std::time::Instant::now();
    let running = world.project(1_000);
    let replay = world.replay_of("products").await.unwrap();
    assert_eq!(replay.waiting_for.as_deref(), Some("orders"));
    eventually("progress is shown", || async {
        let replay = world.replay_of("orders").await.unwrap();
        replay.events_per_s.is_some() && replay.eta_s.is_some() && replay.owner.is_some()
    })
    .await;
    assert_eq!(world.replay_of("products").await.unwrap().started_at, None);
    let orders = world.until_phase("orders", Phase::Ready).await;
    let least = std::time::Duration::from_millis(orders.position.unsigned_abs() * 1_000 / 400);
    // The last batch is not waited for.
    assert!(
        began.elapsed() + std::time::Duration::from_millis(250) >= least,
        "{least:?}"
    );
    world.until_phase("products", Phase::Ready).await;
    running.stop().await;
}

#[tokio::test]
async fn equal_rows_are_verified_and_other_rows_of_the_same_code_are_refused_by_key() {
    let mut world = projected_world(10).await;
    let running = world.project(10);
    world.request("orders", Verb::Start).await.unwrap();
    world.until_phase("orders", Phase::Ready).await;
    world.request("orders", Verb::Verify).await.unwrap();
    let verified = world.until_phase("orders", Phase::Verified).await;
    let report = verified.report.unwrap();
    assert!(report.is_equal() && !report.code_changed);
    assert_eq!(report.tables[0].live.row_count, 10);
    // It still follows.
    let head = append_orders(&mut world, 10..12).await;
    eventually("it follows", || async {
        world.replay_of("orders").await.unwrap().position == head
    })
    .await;

    world.projected(head).await;
    world
        .tamper(
            "UPDATE read_model.orders SET country = 'tampered', version = 99 WHERE number = \
                 (SELECT MIN(number) FROM read_model.orders); \
             DELETE FROM read_model.orders WHERE number = (SELECT MAX(number) FROM read_model.orders)",
        )
        .await;
    world.request("orders", Verb::Verify).await.unwrap();
    let refused = world.until_phase("orders", Phase::Ready).await;
    let says = "2 rows differ from the live ones: orders (1 changed, 0 missing, 1 added)";
    assert!(refused.refused.as_ref().unwrap().contains(says), "{refused:?}");
    let rows = &refused.report.as_ref().unwrap().tables[0].rows;
    let differences: Vec<&str> = rows.iter().map(|row| row.difference.as_str()).collect();
    assert_eq!(differences, ["changed", "added"]);
    assert_eq!(rows[0].columns, ["country", "version"]);
    assert_eq!(
        (rows[0].values[0].live.as_deref(), rows[1].values.len()),
        (Some("tampered"), 0)
    );
    assert_ne!(rows[0].values[0].replay, rows[0].values[0].live);
    // A switch compares first, too.
    world.request("orders", Verb::Switch).await.unwrap();
    let refused = world.until_phase("orders", Phase::Ready).await;
    assert!(refused.refused.unwrap().contains(says));
    let tampered = "SELECT COUNT(*) FROM read_model.orders WHERE country = 'tampered'";
    assert_eq!(count(&world, tampered).await, 1, "nothing has changed");
    running.stop().await;
}

#[tokio::test]
async fn a_replay_that_keeps_failing_is_failed_and_can_be_resumed() {
    let world = projected_world(5).await;
    world
        .tamper("REVOKE EXECUTE ON FUNCTION read_model.copy_tables_without_indexes FROM waybill_app")
        .await;
    let running = world.project(10);
    world.request("orders", Verb::Start).await.unwrap();
    let failed = world.until_phase("orders", Phase::Failed).await;
    assert!(failed.error.unwrap().contains("permission denied"));
    let status = world.status_of("orders").await;
    assert_eq!(status.error, None, "the live projection is not concerned");
    world
        .tamper("GRANT EXECUTE ON FUNCTION read_model.copy_tables_without_indexes TO waybill_app")
        .await;
    world.request("orders", Verb::Resume).await.unwrap();
    let ready = world.until_phase("orders", Phase::Ready).await;
    assert_eq!(ready.error, None);
    running.stop().await;
}

#[tokio::test]
async fn a_switch_waits_for_readers_and_happens_then() {
    let world = projected_world(5).await;
    let running = world.project(10);
    world.request("orders", Verb::Start).await.unwrap();
    world.until_phase("orders", Phase::Ready).await;
    let mut reader = world.pool.begin().await.unwrap();
    projector::hold_live_tables(&mut reader).await.unwrap();
    world.request("orders", Verb::Switch).await.unwrap();
    eventually("it was compared", || async {
        world.replay_of("orders").await.unwrap().phase == Phase::Verified
    })
    .await;
    assert_eq!(
        world.replay_of("orders").await.unwrap().wanted,
        Some(Verb::Switch)
    );
    reader.commit().await.unwrap();
    world.until_phase("orders", Phase::Switched).await;
    running.stop().await;
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn a_replay_of_an_empty_log_is_ready_at_once() {
    let world = World::create().await;
    let running = world.project(10);
    world.request("orders", Verb::Start).await.unwrap();
    let ready = world.until_phase("orders", Phase::Ready).await;
    assert_eq!((ready.position, ready.target, ready.left()), (0, 0, 0));
    running.stop().await;
}

/// Rows of a newer release are left alone by this one, until an operator requests a replay.
#[tokio::test]
async fn a_requested_switch_from_other_code_needs_a_reason_if_rows_differ() {
    let world = projected_world(10).await;
    world
        .tamper(
            "UPDATE read_model.checkpoints SET code_version = 99 WHERE projection = 'orders'; \
             UPDATE read_model.orders SET country = 'other code'",
        )
        .await;
    let running = world.project(10);
    world.request("orders", Verb::Start).await.unwrap();
    let ready = world.until_phase("orders", Phase::Ready).await;
    let report = ready.report.unwrap();
    assert_eq!((report.code_changed, report.differing()), (true, 10));
    world.request("orders", Verb::Switch).await.unwrap();
    let refused = world.until_phase("orders", Phase::Ready).await.refused.unwrap();
    let says = "the code has changed, and at position";
    assert!(
        refused.starts_with(says) && refused.ends_with("a switch needs a reason to accept this"),
        "{refused}"
    );
    let other = "SELECT COUNT(*) FROM read_model.orders WHERE country = 'other code'";
    assert_eq!(count(&world, other).await, 10, "nothing has changed");
    let accept = Request {
        accepted: Some("the new column is expected"),
        ..Request::new("orders", Verb::Switch, "ada")
    };
    replay::request(&world.pool, &accept).await.unwrap();
    world.until_phase("orders", Phase::Switched).await;
    assert_eq!(count(&world, other).await, 0);
    running.stop().await;
}
