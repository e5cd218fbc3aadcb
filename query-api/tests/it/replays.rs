//! Reads while projections are replayed: switches and roll-backs are not noticed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use platform::auth::Role;
use projector::replay::{Phase, Verb};
use reqwest::Client;
use serde_json::Value;

use crate::history::{End, Life};
use crate::test_app::{TestApp, log};

/// A client that reads its own writes.
struct Reader {
    url: String,
    token: String,
    /// The newest position that was written.
    written: Arc<AtomicI64>,
    stop: Arc<AtomicBool>,
}

impl Reader {
    /// Reads as fast as it can. Returns the number of reads; each must be answered, with everything that was written
    /// before and everything that was seen before.
    async fn run(self) -> u64 {
        let client = Client::new();
        let (mut reads, mut newest, mut count, mut stocked) = (0, 0, 0, 0);
        while !self.stop.load(Ordering::SeqCst) {
            let written = self.written.load(Ordering::SeqCst);
            let path = format!("/orders?limit=100&min_position={written}");
            let (position, orders) = self.get(&client, &path).await;
            assert!(
                position >= written && position >= newest,
                "{newest} or {written}, then {position}"
            );
            newest = position;
            let found = orders["items"].as_array().unwrap().len();
            assert!(found >= count, "of {count} orders {found} are left");
            count = found;
            let (_, stock) = self
                .get(&client, &format!("/stock/SKU-0001?min_position={written}"))
                .await;
            let seen = stock["position"].as_i64().unwrap();
            assert!(seen >= stocked, "stock went from {stocked} back to {seen}");
            stocked = seen;
            reads += 1;
        }
        reads
    }

    async fn get(&self, client: &Client, path: &str) -> (i64, Value) {
        let request = client.get(format!("{}/api/v1{path}", self.url));
        let response = request.bearer_auth(&self.token).send().await.unwrap();
        let status = response.status();
        let position = response.headers().get("waybill-position").cloned();
        let body: Value = response.json().await.unwrap();
        assert_eq!(status, 200, "{path}: {body}");
        (position.unwrap().to_str().unwrap().parse().unwrap(), body)
    }
}

fn order(number: u128) -> Life {
    Life::new(number, &[(1, 1)], End::Completed)
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_of_own_writes_never_fail_or_go_back_through_switches_and_roll_backs() {
    let lives: Vec<Life> = (1..=10).map(order).collect();
    let mut app = TestApp::with(&log(1, &lives)).await;
    let running = app.world.project(20);
    for projection in ["orders", "stock"] {
        app.world.request(projection, Verb::Start).await.unwrap();
        app.world.until_phase(projection, Phase::Ready).await;
    }
    let written = Arc::new(AtomicI64::new(app.world.store.head().await.unwrap()));
    let stop = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..4)
        .map(|_| Reader {
            url: app.url.clone(),
            token: app.anyone(Role::Admin),
            written: Arc::clone(&written),
            stop: Arc::clone(&stop),
        })
        .map(|reader| tokio::spawn(reader.run()))
        .collect();
    let mut number = 10;
    for (verb, phase) in [
        (Verb::Switch, Phase::Switched),
        (Verb::RollBack, Phase::Ready),
        (Verb::Switch, Phase::Switched),
        (Verb::RollBack, Phase::Ready),
    ] {
        for projection in ["orders", "stock"] {
            app.world.request(projection, verb).await.unwrap();
            number += 1;
            let position = app.world.append(&order(number).events()).await;
            written.store(position, Ordering::SeqCst);
            app.world.until_phase(projection, phase).await;
        }
    }
    stop.store(true, Ordering::SeqCst);
    for reader in readers {
        assert!(reader.await.unwrap() > 10);
    }
    let admin = app.anyone(Role::Admin);
    let position = written.load(Ordering::SeqCst);
    let orders = app
        .read(
            Some(&admin),
            &format!("/orders?limit=100&min_position={position}"),
        )
        .await;
    assert_eq!(orders["items"].as_array().unwrap().len(), 18);
    running.stop().await;
}
