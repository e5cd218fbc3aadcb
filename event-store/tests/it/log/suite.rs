//! The guarantees of both logs.

use std::time::Duration;

use event_store::follow::ConsumerStart;

use super::fixture::{Fixture, Log, assert_same, collect_until, next_batch};

macro_rules! on_both_logs {
    ($($name:ident),* $(,)?) => {
        mod embedded_log {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() { super::$name(super::Log::Embedded).await })*
        }
        mod kafka_log {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() { super::$name(super::Log::Kafka).await })*
        }
    };
}

on_both_logs!(
    events_come_in_order_and_complete_while_others_append,
    a_follower_that_waits_is_woken_by_an_append,
    a_consumer_resumes_where_it_left_off,
    a_consumer_that_is_restarted_under_load_misses_nothing,
    a_batch_whose_read_is_cancelled_is_not_lost,
    a_follower_that_starts_at_the_end_gets_new_events,
);

async fn events_come_in_order_and_complete_while_others_append(log: Log) {
    const COUNT: usize = 5_000;
    let mut fixture = Fixture::new().await;
    let _relay = fixture.relay_for(log);
    let mut follower = fixture.follow(log, ConsumerStart::default());
    let appended = fixture.append_in_background(COUNT);

    let (given, _) = collect_until(&mut follower, COUNT as i64).await;

    appended.await.unwrap();
    assert_same(&given, &fixture.events().await);
}

async fn a_follower_that_waits_is_woken_by_an_append(log: Log) {
    let mut fixture = Fixture::new().await;
    let _relay = fixture.relay_for(log);
    let mut follower = fixture.follow(log, ConsumerStart::default());
    for expected in 1..=5 {
        let waiting = tokio::spawn(async move {
            let batch = next_batch(&mut follower, 10).await;
            (follower, batch)
        });
        fixture.append(1).await;
        let batch;
        (follower, batch) = waiting.await.unwrap();
        assert_eq!(batch.position(), expected);
    }
}

async fn a_consumer_resumes_where_it_left_off(log: Log) {
    let mut fixture = Fixture::new().await;
    let _relay = fixture.relay_for(log);
    fixture.append(500).await;
    let mut start = ConsumerStart::default();
    let mut given = Vec::new();
    while start.position < 500 {
        let mut follower = fixture.follow(log, start.clone());
        let batch = next_batch(&mut follower, 97).await;
        // The next batch is read but never applied.
        if batch.position() < 500 {
            next_batch(&mut follower, 50).await;
        }
        start = ConsumerStart {
            position: batch.position(),
            offsets: batch.offsets,
        };
        given.extend(batch.events);
    }

    assert_same(&given, &fixture.events().await);
}

async fn a_consumer_that_is_restarted_under_load_misses_nothing(log: Log) {
    const COUNT: i64 = 4_000;
    let mut fixture = Fixture::new().await;
    let _relay = fixture.relay_for(log);
    let appended = fixture.append_in_background(COUNT as usize);
    let mut start = ConsumerStart::default();
    let mut given = Vec::new();
    let mut restarts = 0;
    while start.position < COUNT {
        let mut follower = fixture.follow(log, start.clone());
        restarts += 1;
        for _ in 0..5 {
            let batch = next_batch(&mut follower, 150).await;
            start = ConsumerStart {
                position: batch.position(),
                offsets: batch.offsets,
            };
            given.extend(batch.events);
            if start.position == COUNT {
                break;
            }
        }
    }

    appended.await.unwrap();
    assert!(restarts > 1);
    assert_same(&given, &fixture.events().await);
}

async fn a_batch_whose_read_is_cancelled_is_not_lost(log: Log) {
    let mut fixture = Fixture::new().await;
    let _relay = fixture.relay_for(log);
    let mut follower = fixture.follow(log, ConsumerStart::default());
    let appended = fixture.append_in_background(1_000);
    let mut given = Vec::new();
    for patience_ms in [1, 2, 4, 8, 30_000].into_iter().cycle() {
        // Most of these are cancelled while they wait.
        let attempt = follower.next_batch(40);
        if let Ok(batch) = tokio::time::timeout(Duration::from_millis(patience_ms), attempt).await {
            given.extend(batch.unwrap().events);
        }
        if follower.position() == 1_000 {
            break;
        }
    }

    appended.await.unwrap();
    assert_same(&given, &fixture.events().await);
}

async fn a_follower_that_starts_at_the_end_gets_new_events(log: Log) {
    let mut fixture = Fixture::new().await;
    let _relay = fixture.relay_for(log);
    fixture.append(300).await;
    let mut follower = fixture.follow(
        log,
        ConsumerStart {
            position: 300,
            ..ConsumerStart::default()
        },
    );
    fixture.append(20).await;

    let (given, _) = collect_until(&mut follower, 320).await;

    assert_same(&given, &fixture.events().await[300..]);
}
