//! How fast the projections are. Not part of the ordinary run: its figure depends on the machine.

use std::time::Instant;

use super::history::{End, Life, listed};
use super::support::World;

/// `cargo test -p projector --test it -- --ignored --nocapture speed`
#[tokio::test]
#[ignore = "prints a figure"]
async fn speed_of_all_projections() {
    let mut world = World::create().await;
    for product in 0..3_000 {
        world.append(&listed(product)).await;
    }
    for (what, order_count, line_count) in [("single-line", 3_000_u128, 1_usize), ("25-line", 1_500, 25)] {
        let lives = (0..order_count).map(|index| {
            let number = index + if line_count == 1 { 1 } else { 1_000_000 };
            let first = usize::try_from(index).unwrap() * 7;
            let lines: Vec<(usize, i64)> = (0..line_count)
                .map(|line| ((first + line * 13) % 3_000, 1))
                .collect();
            let mut life = Life::new(number, &lines, End::Completed);
            if line_count > 1 {
                life.channel = domain::order::SalesChannel::Import;
            }
            life
        });
        world.project_all().await;
        let before = world.store.head().await.unwrap();
        let lives: Vec<Life> = lives.collect();
        for lives in lives.chunks(50) {
            let events: Vec<_> = lives.iter().flat_map(Life::events).collect();
            world.append(&events).await;
        }
        let after = world.store.head().await.unwrap();
        let started = Instant::now();
        let running = world.project(2_000);
        world.projected(after).await;
        let seconds = started.elapsed().as_secs_f64();
        running.stop().await;
        #[expect(clippy::cast_precision_loss, reason = "a rate to read")]
        let rate = (after - before) as f64 / seconds;
        println!(
            "{what}: {} events in {seconds:.2} s, {rate:.0} events/s",
            after - before
        );
    }
    world.assert_rebuilt_equal().await;
}
